"""What a reader sees: everything, on small screens, without scripts, on paper, and the essence first."""

import io
import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from pypdf import PdfReader
from tests.conftest import LANGUAGES, language_of, opened_pages, pages_of
from tests.site.reader import DESKTOP, PHONE, SCREENS, open_details, open_drawer, reading

SMALL: ViewportSize = {"width": 320, "height": 568}
TABLET: ViewportSize = {"width": 768, "height": 1024}

TEXTS = """selector => {
  const texts = [], walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode.data.trim());
  return texts;
}"""

# A text is seen if it takes place on the page, inside its width, and nothing hides it.
UNSEEN = """() => {
  const unseen = [], walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, range = document.createRange();
    if (!node.data.trim()) continue;
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter(box => box.width && box.height);
    const inside = boxes.every(box => box.left >= 0 && box.right <= document.documentElement.clientWidth + 0.5);
    const shown = node.parentElement.checkVisibility({opacityProperty: true, visibilityProperty: true});
    if (!boxes.length || !inside || !shown) unseen.push(node.data.trim());
  }
  return unseen;
}"""

# A word may go on in the next line after a hyphen that is written, not among its letters; an address has no choice.
BROKEN = """() => {
  const broken = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, around = node.parentElement;
    if (!around.checkVisibility({visibilityProperty: true}) || around.closest('script')) continue;
    const words = node.data.replace(/\\S*[@/]\\S*/g, address => ' '.repeat(address.length));
    for (const word of words.matchAll(/\\p{L}+/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
      if (lines.size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""

UNNUMBERED = "document.querySelectorAll('ol').forEach(list => { list.style.listStyle = 'none' })"
"""Takes the numbers off lists, which paper has and no text of the page."""

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def squeezed(text: str) -> str:
    """Return a text without its spaces and soft hyphens: paper breaks lines elsewhere."""
    return re.sub(r"[\s\u00ad\u200b]", "", unicodedata.normalize("NFKC", text))


def open_by_touch(page: Page) -> None:
    """Open every closed explanation as a touch does, which needs no script."""
    page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach(summary => summary.click())")


@pytest.mark.parametrize("language", LANGUAGES)
def test_article_is_whole_without_scripts(browser: Browser, site: Path, address: str, language: str) -> None:
    """Without JavaScript each page says the same words, all of them can be seen, and no search is offered."""
    with reading(browser, PHONE, java_script_enabled=False) as page, reading(browser, PHONE) as other:
        for path in (path for path in opened_pages(site) if language_of(path) == language):
            page.goto(address + path)
            other.goto(address + path)
            open_by_touch(page)
            assert page.evaluate(TEXTS, "article") == other.evaluate(TEXTS, "article"), path
            for screen in SCREENS:
                page.set_viewport_size(screen)
                assert page.evaluate(UNSEEN) == [], path
                assert page.locator(".md-search:visible, [for=__search]:visible").count() == 0, path


@pytest.mark.parametrize("screen", SCREENS, ids=["phone", "desktop"])
def test_explanations_are_closed_until_they_are_opened(browser: Browser, address: str, screen: ViewportSize) -> None:
    """The check of what can be seen is no formality: it finds the text of a closed explanation."""
    with reading(browser, screen, java_script_enabled=False) as page:
        page.goto(f"{address}privacy/")
        assert page.evaluate(UNSEEN)


@pytest.mark.parametrize("screen", SCREENS, ids=["phone", "desktop"])
def test_navigation_works_without_scripts(browser: Browser, address: str, screen: ViewportSize) -> None:
    """Without JavaScript the navigation leads to a page, and the switcher to the same page in another language."""
    with reading(browser, screen, java_script_enabled=False) as page:
        page.goto(f"{address}privacy/")
        if screen is PHONE:
            page.click("label.md-header__button[for=__drawer]")
        page.click(".md-nav--primary a[href='../processors/']:visible")
        assert page.url == f"{address}processors/"
        page.focus(".md-select button")
        page.click(".md-select__link[hreflang=nb]")
        assert page.url == f"{address}nb/processors/"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_paper_holds_the_article_and_nothing_else(browser: Browser, site: Path, address: str, scripts: bool) -> None:
    """On paper every text of the article stands, closed explanations too, and neither header nor sidebars.

    A table that goes on over the sheet repeats its header row there, and nothing else stands twice.
    """
    with reading(browser, DESKTOP, java_script_enabled=scripts) as page:
        for path in opened_pages(site):
            page.goto(address + path)
            page.evaluate(UNNUMBERED)
            document = PdfReader(io.BytesIO(page.pdf(format="A4")))
            page.evaluate("document.querySelectorAll('.kt-downloads').forEach(links => links.remove())")  # on screens
            article = squeezed("".join(page.evaluate(TEXTS, "article")))
            heads = [squeezed(head) for head in page.locator("article thead").all_text_contents()]
            assert _without_repeated(heads, document, article) == article, path


def _without_repeated(heads: list[str], document: PdfReader, article: str) -> str:
    """Return the text of all sheets, each without the header row it begins with where the article has none there."""
    paper = ""
    for sheet in document.pages:
        text = squeezed(sheet.extract_text()).replace("•", "")
        repeated = next((head for head in heads if text.startswith(head)), "") if paper else ""
        goes_on = article[len(paper) : len(paper) + len(repeated)] == repeated
        paper += text if goes_on else text.removeprefix(repeated)
    return paper


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off(browser: Browser, site: Path, address: str, language: str) -> None:
    """No page is wider than its screen, no text leaves it, and no word is broken among its letters."""
    with reading(browser, SMALL) as page:
        for path in (path for path in opened_pages(site) if language_of(path) == language):
            page.goto(address + path)
            open_details(page)
            for screen in (DESKTOP, TABLET, PHONE, SMALL):  # a window that is made narrower, the drawer last
                page.set_viewport_size(screen)
                where = f"{path} at {screen['width']}"
                assert page.evaluate(OVERFLOW) <= 0, where
                assert page.evaluate(UNSEEN) == [], where
                assert page.evaluate(BROKEN) == [], where
            open_drawer(page)
            assert page.evaluate(BROKEN) == [], f"the drawer of {path}"


@pytest.mark.parametrize("screen", SCREENS, ids=["phone", "desktop"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_first_screen_answers_four_questions(
    browser: Browser, site: Path, address: str, language: str, screen: ViewportSize
) -> None:
    """The first screen of the statement says who we are, what we do, which rights there are, and whom to ask."""
    statement = next(path for path in pages_of(site) if path.endswith("privacy/") and language_of(path) == language)
    with reading(browser, screen) as page:
        page.goto(address + statement)
        boxes = [part.bounding_box() for part in page.locator(".kt-summary dt, .kt-summary dd").all()]
    assert len(boxes) == 8
    for box in boxes:
        assert box is not None
        assert box["y"] > 0
        assert box["y"] + box["height"] <= screen["height"]
