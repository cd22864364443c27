"""Words of the organisation on a page: a label shows every character as itself, prose keeps its subset and no more."""

import re
from pathlib import Path
from typing import Any

import lxml.html
import markdown
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from pydantic import TypeAdapter, ValidationError

from klartekst.blocks.markdown import address, escaped, prose
from klartekst.model.codes import Email, Url
from klartekst.model.text import Line, ProseText, parse_prose

OURS = ["attr_list", "def_list", "md_in_html", "tables", "toc"]
THEIRS = [
    *OURS, "abbr", "admonition", "footnotes", "smarty",
    "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.blocks.admonition", "pymdownx.caret", "pymdownx.critic",
    "pymdownx.details", "pymdownx.emoji", "pymdownx.escapeall", "pymdownx.fancylists", "pymdownx.highlight",
    "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.progressbar",
    "pymdownx.smartsymbols", "pymdownx.snippets", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist",
    "pymdownx.tilde",
]  # fmt: skip
# Plain letters mean something to it: it makes 1st an ordinal, which no reference in the source can prevent.
OPTIONS = {"pymdownx.smartsymbols": {"ordinal_numbers": False}}
DIALECTS = {
    "ours": markdown.Markdown(extensions=OURS),
    "theirs": markdown.Markdown(extensions=THEIRS, extension_configs=OPTIONS),
}

PLACES = {
    "paragraph": ("{}", "p"),
    "heading": ("## {} {{: #here }}", "h2"),
    "bullet": ("- {}", "li"),
    "step": ("1. {}", "li"),
    "box": ('<ul markdown="block">\n<li markdown="span"><label><input /> <span>{}</span></label></li>\n</ul>', "span"),
    "cell": ("| [{}](<x.md>) | ja |\n| --- | --- |\n| a | b |", "a"),
    "strong": ("**{}**", "strong"),
    "link": ("[{}](<https://www.lindeby.example/>)", "a"),
    "term": ("{}\n:   what it is", "dt"),
    "definition": ("Term\n:   {}", "dd"),
    "sentence": ("Before {}, and after.", "p"),
    "summary": ("<details markdown>\n<summary>{}</summary>\n\nmore\n\n</details>", "summary"),
}
"""Where templates put labels: the Markdown around it, and the element whose text it is."""

PAINS = (Path(__file__).parent / "labels.txt").read_text("utf-8").splitlines()


def is_valid(kind: Any, text: str) -> bool:
    """Return whether the model takes a text as it is."""
    try:
        return bool(TypeAdapter(kind).validate_python(text) == text)
    except ValidationError:
        return False


visible = st.characters(exclude_categories=["C", "Zl", "Zp"])
labels = st.one_of(
    st.text(st.sampled_from("aZæ01 .-_*#:[](){}<>&!\"'`~^=+/\\|@$%,;?xst\u00a0\u00ad\u2026"), min_size=1, max_size=12),
    st.text(visible, min_size=1, max_size=12),
    st.lists(st.sampled_from(PAINS), min_size=1, max_size=3).map(" ".join),
).filter(lambda text: is_valid(Line, text))


def element(source: str, dialect: str, tag: str) -> lxml.html.HtmlElement:
    """Return the only element of a tag on the page that Markdown makes."""
    page = lxml.html.fragment_fromstring(DIALECTS[dialect].reset().convert(source), create_parent=True)
    found = page.findall(f".//{tag}")
    assert len(found) == 1, lxml.html.tostring(page, encoding="unicode")
    return found[0]


def shown(text: str) -> str:
    """Return a text as a browser shows it: runs of spaces are one."""
    return re.sub(r"[ \n]+", " ", text).strip(" \n")


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", PAINS)
def test_a_label_with_a_meaning_in_markdown_shows_as_itself(dialect: str, place: str, text: str) -> None:
    """What would be a list, a tag, an emoji or a link shows as the characters that were written."""
    assert_shows_as_itself(text, dialect, place)


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.filter_too_much])
@given(text=labels, place=st.sampled_from(sorted(PLACES)), dialect=st.sampled_from(sorted(DIALECTS)))
def test_any_label_shows_as_itself(text: str, place: str, dialect: str) -> None:
    """No visible text becomes an element or another text, wherever a template puts it, with any usual extension."""
    assert_shows_as_itself(text, dialect, place)


def assert_shows_as_itself(text: str, dialect: str, place: str) -> None:
    around, tag = PLACES[place]
    found = element(around.format(escaped(text)), dialect, tag)
    inner = list(found.iterdescendants())
    assert [child.tag for child in inner if child.get("class") != "headerlink"] == []
    expected = f"Before {text}, and after." if place == "sentence" else text
    assert shown(found.text_content()) == shown(expected)


PLAIN = MarkdownIt("zero")
ALLOWED = {"p", "ul", "ol", "li", "em", "strong", "a"}


lines = st.one_of(
    st.text(st.sampled_from("ab1 .-*_+#>[](){}&!\"'`~^=/\\|@$%,;?\u00a0"), max_size=10),
    st.just(""),
    st.sampled_from((Path(__file__).parent / "prose.txt").read_text("utf-8").splitlines()),
)
proses = (
    st.lists(lines, min_size=1, max_size=7)
    .map(lambda found: "\n".join(found).strip())
    .filter(lambda text: is_valid(ProseText, text))
)


def outline_of(page: lxml.html.HtmlElement) -> list[tuple[int, str, str]]:
    """Return the elements of a page that hold words, with depth and address; a paragraph inside an item is none."""
    found = []
    for one in page.iterdescendants(etree.Element):
        around = list(one.iterancestors())
        if one.text_content().strip() and (one.tag != "p" or one.getparent().tag != "li"):
            depth = sum(1 for other in around if other.tag != "p" or other.getparent().tag != "li")
            found.append((depth, str(one.tag), one.get("href", "")))
    return found


def as_declared(text: str) -> lxml.html.HtmlElement:
    """Return the page that the named subset of Markdown means."""
    html = PLAIN.renderer.render(parse_prose(text), PLAIN.options, {})
    return lxml.html.fragment_fromstring(str(html), create_parent=True)


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(text=proses, dialect=st.sampled_from(sorted(DIALECTS)))
def test_prose_keeps_its_structure_and_has_no_other(text: str, dialect: str) -> None:
    """Paragraphs, nested lists, emphasis, strong and links come through as declared, and nothing else does."""
    meant = as_declared(text)
    assume(not meant.xpath(".//ol[@start]"))  # that one is in the test below
    page = lxml.html.fragment_fromstring(DIALECTS[dialect].reset().convert(str(prose(text))), create_parent=True)
    assert {tag for _, tag, _ in outline_of(page)} <= ALLOWED
    assert shown(page.text_content()) == shown(meant.text_content())
    assert outline_of(page) == outline_of(meant)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_numbers_that_do_not_count_from_one_stay_as_written(dialect: str) -> None:
    """Markdown counts every list from one: a line that begins with a year keeps its year."""
    page = DIALECTS[dialect].reset().convert(str(prose("1986. Et godt år\n1987. Et bedre\n\n- a\n  3. tre")))
    assert "".join(lxml.html.fragment_fromstring(page, create_parent=True).itertext()).split() == [
        "1986.", "Et", "godt", "år", "1987.", "Et", "bedre", "a", "3.", "tre",
    ]  # fmt: skip
    assert "<ol" not in page


TARGETS = [
    "https://lindeby.example/a_b_c?x=1&y=2&copy;=3&lt;#d", "https://lindeby.example/a(b)c[d]*e*{++f++}",
    "https://lindeby.example/++ctrl+c++/:smile:/==a==/~~b~~/^^c^^", "https://lindeby.example/javascript:alert(1)",
    "https://lindeby.example/)](https://other.example)", "https://lindeby.example/%20%3C", "https://b\u00f8.example/\u00e6",
    "mailto:a+b@lindeby.example", "mailto:{a}|b!c#d@lindeby.example", "mailto:a`b`c@lindeby.example", "tel:+4570000000",
    "privacy.md#activity-news", "../privacy.md",
]  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("target", TARGETS)
def test_a_link_target_cannot_break_out(dialect: str, target: str) -> None:
    """An address that the model accepts is the whole address of one link, whatever stands in it."""
    assert_leads_to(target, dialect)


addresses = st.one_of(
    st.text(visible, max_size=12).map("https://lindeby.example/{}".format).filter(lambda url: is_valid(Url, url)),
    st.text(visible, max_size=12).map("{}@lindeby.example".format).filter(lambda email: is_valid(Email, email)),
)


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(target=addresses, dialect=st.sampled_from(sorted(DIALECTS)))
def test_no_address_that_the_model_accepts_breaks_out(target: str, dialect: str) -> None:
    """The same for any address of the web or e-mail address that the model accepts."""
    assert_leads_to(f"mailto:{target}" if "//" not in target else target, dialect)


def assert_leads_to(target: str, dialect: str) -> None:
    page = DIALECTS[dialect].reset().convert(f"before [**her**](<{address(target)}>) after")
    found = lxml.html.fragment_fromstring(page, create_parent=True)
    assert [(one.tag, one.get("href")) for one in found.iterdescendants()] == [
        ("p", None), ("a", target.replace("`", "%60")), ("strong", None),
    ]  # fmt: skip
    assert shown(found.text_content()) == "before her after"
