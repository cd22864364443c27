"""A document as plain Markdown: every program reads the same words, headings, lists and links in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from tests.blocks.test_markdown import PAINS, labels, shown
from tests.conftest import ROOT

from klartekst.blocks import escaped
from klartekst.blocks.markdown import prose
from klartekst.documents import Document, outlines_of
from klartekst.export import Host, as_html, as_markdown, exported
from klartekst.load import load

READER = MarkdownIt("commonmark")
FACTS = (ROOT / "data", ROOT / "tests" / "documents" / "golden" / "data")
PROSE = (ROOT / "tests" / "blocks" / "prose.txt").read_text("utf-8")


def read(markdown: str) -> lxml.html.HtmlElement:
    """Return what a reader of CommonMark makes of it."""
    return lxml.html.fragment_fromstring(READER.render(markdown), create_parent=True)


def pasted(document: Document, host: Host) -> lxml.html.HtmlElement:
    """Return the same document as HTML, without its styles."""
    root = lxml.html.fragment_fromstring(as_html(document, host))
    root.find("style").drop_tree()
    return root


def documents(host: Host) -> Iterator[Document]:
    """Yield every document of two organisations in every language."""
    for folder in FACTS:
        register = load(folder).register
        assert register
        public = register.published()
        for id in outlines_of(public):
            for language in public.organisation.languages:
                yield exported(public, id, language, host)


def squeezed(element: lxml.html.HtmlElement) -> str:
    return re.sub(r"\s", "", element.text_content())


def words(text: str) -> Document:
    """Return a document that says one thing."""
    return Document("one", "one", "da", "Titel", "", text)


@pytest.mark.parametrize("host", [Host(), Host(2, "https://privatliv.lindeby.example/")], ids=["alone", "with a site"])
def test_markdown_says_what_html_says(host: Host) -> None:
    """Words, headings and links are the same, each heading that is led to has its anchor, and lists stay lists."""
    for document in documents(host):
        ours, theirs = read(as_markdown(document, host)), pasted(document, host)
        name = f"{document.id} {document.language}"
        assert squeezed(ours) == squeezed(theirs), name
        for path in ("//h1", "//h2", "//h3", "//h4", "//li"):
            assert [squeezed(one) for one in ours.xpath(path)] == [squeezed(one) for one in theirs.xpath(path)], name
        assert ours.xpath("//a/@href") == theirs.xpath("//a/@href"), name
        inside = {link[1:] for link in ours.xpath("//a/@href") if link.startswith("#")}
        assert inside == set(ours.xpath("//a/@id")), name


def test_markdown_is_plain() -> None:
    """There are no attributes in braces, no elements but anchors and tables, and no references to characters."""
    for document in documents(Host()):
        text = re.sub(r"<table>.*?</table>", "", as_markdown(document), flags=re.DOTALL)
        assert "{:" not in text
        assert "&#" not in text
        assert {
            tag for tag in re.findall(r"<[^>]+>", text) if not re.fullmatch(r'<a id="kt-[\w-]+">|</a>', tag)
        } == set()


def test_terms_and_boxes_can_be_told_apart() -> None:
    """A term is a bold paragraph of its own, the words of an explanation lead to it, a box is a quotation."""
    text = as_markdown(
        words(
            "Adresse\n:   Bakken 1\n\n"
            "<details markdown='block'>\n<summary>Hvorfor?</summary>\n\nDerfor.\n\n</details>\n\n"
            '<div class="kt-box" markdown>\n\n## Indsigelse {: #right-objection }\n\nDu kan sige nej.\n\n</div>'
        )
    )
    assert text == (
        "# Titel\n\n**Adresse**\n\nBakken 1\n\n*Hvorfor?*\n\nDerfor.\n\n> ## Indsigelse\n>\n> Du kan sige nej.\n"
    )


@pytest.mark.parametrize("text", PAINS)
def test_a_label_shows_as_itself(text: str) -> None:
    """What means something to Markdown or HTML is only letters."""
    assert_shows_as_itself(text)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(text=labels)
def test_any_label_shows_as_itself(text: str) -> None:
    """So is any other text, wherever it stands."""
    assert_shows_as_itself(text)


def assert_shows_as_itself(text: str) -> None:
    label = escaped(text)
    source = (
        f"{label}\n\n- {label}\n\n## {label}\n\n{label}\n:   x\n\nx **{label}** x **{label}**x **{label}**: "
        f"[{label}](<https://a.example>) !{label}[x](<https://b.example>)"
    )
    root = read(as_markdown(words(source)))
    places = [root.xpath(f"(//{tag})[1]")[0] for tag in ("p", "li", "h2", "p/strong", "a")]
    assert [shown(place.text_content()) for place in places] == 5 * [shown(text)]
    assert len(root.xpath("//strong")) == 4
    assert root.xpath("//img | //blockquote | //hr | //code | //em | //ol") == []


@pytest.mark.parametrize("text", [*PROSE.splitlines(), PROSE, "*a***b**", "x*y*z", "**(a)**b", "_a_*b*", "a!*b*"])
def test_prose_keeps_its_form(text: str) -> None:
    """Emphasis, lists and links of the organisation's own words are the same as in HTML."""
    document = words(prose(text))
    ours, theirs = read(as_markdown(document)), pasted(document, Host())
    assert shown(ours.text_content()).split() == shown(theirs.text_content()).split()
    for tag in ("strong", "em", "li", "ol", "ul", "a"):
        found = [[squeezed(element) for element in root.iter(tag)] for root in (ours, theirs)]
        assert found[0] == found[1], tag


def test_the_reader_is_strict() -> None:
    """The reader in these tests knows no more than CommonMark: what only some programs know stays as it is."""
    source = Path(__file__).name
    assert squeezed(read(f"# {source} {{: #here }}\n\na\n:   b")) == f"{source}{{:#here}}a:b"
