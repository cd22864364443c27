"""A fragment in a page that something else made: it looks as it should, whatever the page says about looks."""

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, ViewportSize
from pypdf import PdfReader
from tests.conftest import ROOT, is_opened
from tests.site.projects import built, configuration, page, text_of
from tests.site.reader import DESKTOP, PHONE, SCREENS, open_details, reading
from tests.site.test_browser_accessibility import axe_source, problems
from tests.site.test_browser_privacy import Witness
from tests.site.test_browser_reading import BROKEN, OVERFLOW, TEXTS, UNSEEN, squeezed

from klartekst.documents import outlines_of
from klartekst.export import Host, as_html, exported
from klartekst.load import load

FACTS = {"choir": ROOT / "tests" / "documents" / "golden" / "data", "demonstration": ROOT / "data"}

# What somebody's theme can do at worst. What it does to the column in which the text stands is its own affair.
HOSTILE = """
  *, *::before, *::after, *::first-letter, *::first-line, *::marker, *::details-content,
  #content p, #content li, #content li::marker, #content a, #content h1, #content h2, #content h3, #content div,
  #content #article *, #content #article .klartekst, #content summary::-webkit-details-marker {
    animation: spin 2s infinite !important; background: maroon !important; border: 3px dashed lime !important;
    box-sizing: content-box !important; clip-path: inset(1px) !important; color: pink !important; columns: 2 !important;
    container-type: size !important; content: "!" !important; content-visibility: hidden !important;
    counter-reset: list-item !important; cursor: wait !important; direction: rtl !important; display: inline !important;
    filter: blur(1px) !important; float: right !important; font: italic 100 7px/0.8 cursive !important;
    hyphens: auto !important; letter-spacing: 4px !important; list-style: none !important; margin: -3px !important;
    max-height: 9px !important; max-width: 60px !important; min-width: 2000px !important; opacity: 0.4 !important;
    order: 3 !important; outline: none !important; overflow: hidden !important; padding: 17px !important;
    pointer-events: none !important; position: absolute !important; text-align: justify !important;
    text-decoration: none !important; text-indent: 5em !important; text-shadow: 0 0 3px red !important;
    text-transform: uppercase !important; transform: rotate(4deg) !important; transition: all 2s !important;
    unicode-bidi: bidi-override !important; user-select: none !important; visibility: hidden !important;
    white-space: nowrap !important; width: 40px !important; word-break: break-all !important;
    word-spacing: 9px !important; writing-mode: vertical-rl !important; z-index: -1 !important;
    -webkit-text-fill-color: pink !important; -webkit-text-stroke: 1px red !important;
  }
  #content dl dt { clear: left !important; float: left !important; width: 30% !important; }
  #content a:hover, #content a:visited, #content a:focus { color: white !important; outline: 0 !important; }
  @keyframes spin { to { transform: rotate(1turn); } }
  @media print { #content details, #content a::after { display: none !important; } }
  :root:root, :root:root head, :root:root body, :root #content, :root #content #article { all: initial !important; }
  :root:root, :root:root body, :root #content, :root #content #article { display: block !important; }
  :root:root::before, :root:root::after, :root body::before, :root body::after { all: initial !important; }
  #content::before, #content::after, #content #article::before, #content #article::after { all: initial !important; }
  :root:root { color-scheme: dark !important; font-size: 7px !important; line-height: 0.7 !important; }
  :root:root body { background: black !important; color: white !important; margin: 8px !important; }
  :root:root body { letter-spacing: 3px !important; text-align: center !important; }
  :root:root body { text-transform: uppercase !important; }
  :root:root head, :root:root head * { display: none !important; }
"""

# Every property of every element and of what CSS puts around it, and where it stands inside the fragment.
DIFFERENT = """() => {
  const root = document.querySelector('.klartekst'), host = document.querySelector('#host');
  const around = ['::before', '::after', '::marker', '::first-letter', '::first-line', '::details-content'];
  const seen = ['color', 'content', 'display', 'float', 'font', 'letterSpacing', 'textTransform', 'visibility'];
  const elements = [root, ...root.querySelectorAll('*')];
  const look = () => {
    const start = root.getBoundingClientRect();
    return elements.map(element => {
      const box = element.getBoundingClientRect();
      const parts = around.map(part => {
        const style = getComputedStyle(element, part);
        return seen.map(name => style[name]).join('|');
      });
      const place = [box.left - start.left, box.top - start.top, box.width, box.height].map(Math.round);
      return [place.join(), ...parts, getComputedStyle(element).cssText];
    });
  };
  host.disabled = true;
  const bare = look();
  host.disabled = false;
  const hostile = look();
  const rules = text => new Set(text.split('; '));
  return elements.flatMap((element, index) => bare[index].flatMap((one, part) => {
    const other = hostile[index][part];
    const changed = [...rules(other)].filter(rule => !rules(one).has(rule));
    return one === other ? [] : [`${element.tagName}.${element.className} ${changed.slice(0, 5)}`];
  })).slice(0, 20);
}"""


@dataclass(frozen=True)
class Fragment:
    """One document in one language, to paste."""

    id: str
    path: str
    language: str
    html: str

    @property
    def bare(self) -> str:
        """A page that holds it and nothing else."""
        return self.inside("")

    @property
    def hostile(self) -> str:
        """A page whose styles could not be worse."""
        return self.inside(HOSTILE)

    def inside(self, styles: str) -> str:
        """A page with some styles that holds it."""
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{self.id}</title>'
            f'<style id="host">{styles}</style></head>'
            f'<body><main id="content"><article id="article">{self.html}</article></main></body></html>'
        )


def fragments(data: Path) -> Iterator[Fragment]:
    """Yield every document in every language."""
    register = load(data).register
    assert register
    public = register.published()
    for id, outline in outlines_of(public).items():
        for language in public.organisation.languages:
            text = as_html(exported(public, id, language, Host()), Host())
            yield Fragment(id, outline.path, language, text)


@pytest.fixture(scope="module")
def pasted() -> list[Fragment]:
    """The documents of the demonstration that a browser opens, in every language."""
    found = [one for one in fragments(FACTS["demonstration"]) if is_opened(f"{one.path}/")]
    assert len(found) >= 30
    return found


@pytest.fixture(scope="module")
def statement() -> Fragment:
    """The statement of the choir, which has a box, notes and explanations."""
    return next(found for found in fragments(FACTS["choir"]) if (found.id, found.language) == ("statement", "nb"))


@pytest.mark.parametrize("screen", SCREENS, ids=["phone", "desktop"])
def test_no_style_of_the_host_gets_through(browser: Browser, pasted: list[Fragment], screen: ViewportSize) -> None:
    """Each element of each fragment has the same look and place in a bare page and in a hostile one."""
    with reading(browser, screen) as reader:
        for fragment in pasted:
            reader.set_content(fragment.hostile)
            open_details(reader)
            assert reader.evaluate(DIFFERENT) == [], f"{fragment.id} {fragment.language}"


_SCOPE = ".klartekst" + 3 * ":not(#klartekst-never)"
DEFENCES = {
    "nothing is important": (" !important", ""),
    "rules weigh as little as any": (":not(#klartekst-never)", ""),
    "the root inherits": ("all: initial", "color: inherit"),
    "elements keep what the host says": ("all: revert", "color: inherit"),
    "the direction is the host's": ("direction: ltr", "quotes: none"),
    "what is put before and after stays": (f"{_SCOPE} ::before, {_SCOPE} ::after,", ""),
    "list marks are the host's": (f"{_SCOPE} ::marker,", ""),
    "first letters are the host's": (f"{_SCOPE} ::first-letter,", ""),
    "explanations are the host's": (f"{_SCOPE} ::details-content,", ""),
}


@pytest.mark.parametrize("defence", DEFENCES)
def test_a_style_that_gets_through_is_seen(browser: Browser, statement: Fragment, defence: str) -> None:
    """Without any one of its defences the fragment looks different in a hostile page."""
    weak = Fragment(statement.id, statement.path, "nb", statement.html.replace(*DEFENCES[defence]))
    assert weak.html != statement.html
    with reading(browser, DESKTOP) as reader:
        reader.set_content(weak.hostile)
        open_details(reader)
        assert reader.evaluate(DIFFERENT)


@pytest.mark.parametrize("screen", SCREENS, ids=["phone", "desktop"])
@pytest.mark.parametrize("kind", ["bare", "hostile"])
def test_a_fragment_can_be_read(browser: Browser, pasted: list[Fragment], screen: ViewportSize, kind: str) -> None:
    """Axe finds nothing; nothing is cut off, hidden, broken among its letters, or asked of anybody."""
    with reading(browser, screen) as reader:
        witness = Witness(reader)
        for fragment in pasted:
            where = f"{fragment.id} {fragment.language}"
            reader.set_content(getattr(fragment, kind))
            reader.evaluate(axe_source())
            open_details(reader)
            assert problems(reader, where) == []
            assert reader.evaluate(OVERFLOW) <= 0, where
            assert [text for text in reader.evaluate(UNSEEN) if not text.startswith(".klartekst")] == [], where
            assert reader.evaluate(BROKEN.replace("script", "script, style")) == [], where
        assert (witness.asked, witness.complaints) == ([], [])


NARROW = {
    "a narrow column": "#article { width: 280px; }",
    "a row that gives it what it needs": "#content { display: flex; }",
    "a column beside another": "#content { display: grid; grid-template-columns: 1fr 3fr; }",
    "something that floats": "#article { float: left; }",
}


@pytest.mark.parametrize("column", NARROW)
def test_a_fragment_fits_its_column(browser: Browser, statement: Fragment, column: str) -> None:
    """It takes the room that the host gives it, also where that is little, and never more."""
    with reading(browser, DESKTOP) as reader:
        reader.set_content(statement.inside(NARROW[column]))
        open_details(reader)
        widths = "[...document.querySelectorAll('#article, .klartekst')].map(element => element.scrollWidth)"
        article, root = reader.evaluate(widths)
        assert 250 < root <= article
        assert reader.evaluate(OVERFLOW) <= 0
        assert reader.evaluate("[...document.querySelectorAll('dl')].every(list => list.offsetWidth > 200)")


@pytest.mark.parametrize("kind", ["bare", "hostile"])
def test_the_focus_can_be_seen(browser: Browser, statement: Fragment, kind: str) -> None:
    """Whoever walks by keyboard sees which link or explanation they are at, and it opens."""
    with reading(browser, DESKTOP) as reader:
        reader.set_content(getattr(statement, kind))
        rings = set()
        for _ in range(reader.locator(".klartekst a, .klartekst summary").count()):
            reader.keyboard.press("Tab")
            rings.add(reader.evaluate(_RING))
        assert rings == {"A 3px solid rgb(11, 85, 99)", "SUMMARY 3px solid rgb(11, 85, 99)"}
        reader.locator("summary").first.press("Enter")
        assert reader.locator("details").first.get_attribute("open") is not None


_RING = """() => {
  const style = getComputedStyle(document.activeElement);
  return `${document.activeElement.tagName} ${style.outlineWidth} ${style.outlineStyle} ${style.outlineColor}`;
}"""


def test_links_inside_lead_somewhere(browser: Browser, statement: Fragment) -> None:
    """A link of the first layer brings its heading onto the screen."""
    with reading(browser, PHONE) as reader:
        reader.set_content(statement.hostile)
        reader.click("a[href='#kt-right-erasure']")
        box = reader.locator("#kt-right-erasure").bounding_box()
        assert box
        assert 0 <= box["y"] < PHONE["height"] / 2


@pytest.mark.parametrize("kind", ["bare", "hostile"])
def test_paper_holds_all_of_it(browser: Browser, statement: Fragment, kind: str) -> None:
    """On paper every text of the fragment stands, closed explanations too."""
    with reading(browser, DESKTOP) as reader:
        reader.set_content(getattr(statement, kind))
        assert printed(reader) == squeezed("".join(_words(reader)))


def printed(reader: Page) -> str:
    """Return the text on paper, without its spaces and the marks of lists."""
    document = PdfReader(io.BytesIO(reader.pdf(format="A4")))
    return squeezed("".join(sheet.extract_text() for sheet in document.pages)).replace("•", "")


def _words(reader: Page) -> list[str]:
    return [text for text in reader.evaluate(TEXTS, "article") if not text.startswith(".klartekst")]


@pytest.mark.parametrize("name", FACTS)
def test_no_sentence_of_the_page_is_lost(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The fragment says what the page of the site says, word for word."""
    site = _site_of_the_choir(tmp_path) if name == "choir" else request.getfixturevalue("site")
    for fragment in fragments(FACTS[name]):
        root = "" if fragment.language == "da" else f"{fragment.language}/"
        address = root + ("" if fragment.path == "index" else f"{fragment.path}/")
        article = page(site, address).find(".//article")
        for links in article.find_class("kt-downloads"):
            links.drop_tree()  # files stand beside pages of a site only
        for box in article.iter("input"):
            sign = "☐" if box.get("checked") is None else "☑"  # where nothing can be clicked, a box is a sign
            box.tail = sign + (box.tail or "")
        shown = html.fragment_fromstring(fragment.html)
        shown.find("style").drop_tree()
        assert squeezed(text_of(shown)) == squeezed(text_of(article)), address


def _site_of_the_choir(folder: Path) -> Path:
    shutil.copytree(FACTS["choir"], folder / "data")
    (folder / "content").mkdir()
    (folder / "mkdocs.yml").write_text(configuration(), encoding="utf-8")
    return built(folder)
