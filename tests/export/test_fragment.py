"""A fragment of HTML: whole by itself, harmless to the page around it, and nothing of that page's in it."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import lxml.html
import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from tests.blocks.test_markdown import PAINS, labels, shown
from tests.conftest import ROOT

from klartekst.blocks import BLOCKS, escaped
from klartekst.documents import Document, outlines_of, render_document
from klartekst.export import Host, as_html, as_markdown, draft_banner, exported
from klartekst.export.fragment import styles
from klartekst.load import load
from klartekst.model import Register

SITE = "https://privatliv.lindeby.example/nb"
LEVELS = (1, 2, 3, 4)


@cache
def public() -> Register:
    """Return the public facts of the demonstration."""
    found = load(ROOT / "data").register
    assert found
    return found.published()


@cache
def documents(site: str | None = None) -> dict[str, Document]:
    """Return each document in each language, by a name for messages."""
    return {
        f"{id} {language}": exported(public(), id, language, Host(site=site))
        for id in outlines_of(public())
        for language in public().organisation.languages
    }


def fragments(host: Host | None = None) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """Yield the fragment of each document in each language, parsed."""
    host = host or Host()
    for name, document in documents(host.site).items():
        yield name, parsed(as_html(document, host))


def parsed(text: str) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(text)


def words(text: str) -> Document:
    """Return a document that says one thing."""
    return Document("one", "one", "da", "Titel", "", text)


def test_a_fragment_is_one_element_of_its_language() -> None:
    """It begins and ends with its own element, whose language is that of the words."""
    for name, root in fragments():
        assert (root.tag, root.get("class"), root.get("lang")) == ("div", "klartekst", name.split()[1])


def test_a_fragment_brings_no_script_and_asks_for_nothing() -> None:
    """There is no script, no frame, no handler, and no address but those of links."""
    for name, root in fragments():
        attributes = {attribute for element in root.iter() for attribute in element.attrib}
        assert attributes <= {"aria-label", "class", "href", "id", "lang", "open", "role", "tabindex"}, name
        assert {element.tag for element in root.iter() if element.get("href")} <= {"a"}, name
        assert {link.split(":")[0] for link in root.xpath("//a/@href")} - {"https", "mailto", "tel"} <= {
            link for link in root.xpath("//a/@href") if link.startswith("#")
        }, name
    assert not re.search(r"url\(|@import|expression|javascript", styles())


def test_a_fragment_survives_an_editor() -> None:
    """Lines end between elements only, so none becomes a break; no sign in the styles is one that editors change."""
    for name, document in {**documents(), "two lines": words("en\nto\n\n\n\n- *a*\n*b*")}.items():
        assert re.findall(r"[^>]\n|\n[^<]", as_html(document).strip()) == [], name
    assert not set(styles()) & set("\\<>&\n")


def test_every_style_is_out_of_reach_of_the_host() -> None:
    """Each selector names the fragment, with the weight of three ids, and each declaration is important."""
    css = re.sub(r"@[^{]+\{((?:[^{}]+\{[^{}]*\})+)\s*\}", r"\1", styles())
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", css)
    assert len(rules) > 30
    for selectors, declarations in rules:
        for selector in selectors.split(","):
            assert selector.strip().startswith(".klartekst" + 3 * ":not(#klartekst-never)"), selector
        assert {one.strip().endswith(" !important") for one in declarations.strip().strip(";").split(";")} == {True}


def test_no_style_is_for_what_there_is_not() -> None:
    """Each class that is styled is one that a fragment can have."""
    templates = (ROOT / "plugins" / "klartekst" / "blocks").rglob("*.*")
    source = "".join(file.read_text("utf-8") for file in templates if file.suffix in {".py", ".j2"})
    made = {"kt-h1", "kt-h2", "kt-h3", "kt-draft"}
    assert {name for name in re.findall(r"\.(kt-[a-z0-9]+)", styles()) if name not in source} - made == set()


def test_ids_are_no_ids_of_the_host() -> None:
    """Each id has our prefix and stands once, and each link inside the fragment leads to one."""
    for name, root in fragments():
        ids = root.xpath("//@id")
        assert [id for id in ids if not id.startswith("kt-")] == [], name
        assert len(ids) == len(set(ids)), name
        assert {link[1:] for link in root.xpath("//a/@href") if link.startswith("#")} <= set(ids), name


@pytest.mark.parametrize("level", LEVELS)
def test_headings_begin_where_the_host_says(level: int) -> None:
    """The title has that level, no level is left out, and each heading looks as it does at any other level."""
    for name, root in fragments(Host(heading_level=level)):
        headings = root.xpath("//*[starts-with(@class, 'kt-h')]")
        levels = [int(heading.tag[1]) for heading in headings]
        assert levels[0] == level, name
        assert levels.count(level) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
        assert [int(heading.get("class")[-1]) for heading in headings] == [one - level + 1 for one in levels], name


def test_a_link_to_another_document_becomes_its_words() -> None:
    """Without a site nothing leads anywhere else, and the words are the same as with one."""
    for (name, alone), (_, linked) in zip(fragments(), fragments(Host(site=SITE)), strict=True):
        kept = [link for link in linked.xpath("//a/@href") if not link.startswith(f"{SITE}/")]
        assert alone.xpath("//a/@href") == kept, name
        assert alone.text_content() == linked.text_content(), name


@pytest.mark.parametrize("site", [SITE, f"{SITE}/"])
def test_a_link_to_another_document_leads_to_the_site(site: str) -> None:
    """With a site it leads to the page and the place there, and links inside the fragment stay inside."""
    links = {name: root.xpath("//a/@href") for name, root in fragments(Host(site=site))}
    assert {f"{SITE}/privacy/", f"{SITE}/processors/"} <= set(links["home nb"])
    assert [link for link in links["processors nb"] if link.startswith(f"{SITE}/privacy/#activity-")]
    assert [link for link in links["statement nb"] if link.startswith("#kt-activity-")]
    assert f"{SITE}/privacy/" not in " ".join(links["statement nb"])


def test_the_coverage_map_says_where() -> None:
    """Outside of a site, too, it knows what the statement says."""
    rows = dict(fragments(Host(site=SITE)))["coverage da"].xpath("//li/a/@href")
    assert len([link for link in rows if link.startswith(f"{SITE}/privacy/#")]) > 20


def test_a_document_that_lists_itself_leads_to_its_top() -> None:
    """A link to the document itself leads to its title."""
    root = parsed(as_html(words("[her](<>)")))
    assert root.xpath("//a/@href") == ["#kt-top"]
    assert root.xpath("//h1/@id") == ["kt-top"]


@pytest.mark.parametrize("text", PAINS)
def test_a_label_shows_as_itself(text: str) -> None:
    """What means something to Markdown or HTML is only letters in a fragment."""
    assert_shows_as_itself(text)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(text=labels)
def test_any_label_shows_as_itself(text: str) -> None:
    """So is any other text."""
    assert_shows_as_itself(text)


def assert_shows_as_itself(text: str) -> None:
    root = parsed(as_html(words(f"- {escaped(text)}"), banner=text))
    assert shown(root.find(".//li").text_content()) == shown(text)
    assert shown(root.find("p").text_content()) == shown(text)
    assert {element.tag for element in root.iter()} == {"div", "style", "p", "h1", "ul", "li"}


def test_a_draft_says_so_first() -> None:
    """With facts missing, the first words are how many; without, there is no such banner."""
    banner = draft_banner(public(), "da", 3)
    first = parsed(as_html(documents()["processors da"], banner=banner)).find("p")
    assert "3" in banner
    assert (first.get("class"), first.text_content()) == ("kt-draft", banner)
    assert draft_banner(public(), "da", 0) == ""
    assert [name for name, root in fragments() if root.find_class("kt-draft")] == []


@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_can_stand_in_an_export(block: str) -> None:
    """Whatever block an owner puts into a document of their own, both formats can hold it."""
    outline = outlines_of(public())["processors"].model_copy(update={"blocks": (block,)})
    document = render_document(outline, public(), "da")
    root = parsed(as_html(document))
    root.find("style").drop_tree()
    read = MarkdownIt("commonmark").render(as_markdown(document))
    assert root.text_content().split() == parsed(f"<div>{read}</div>").text_content().split()
