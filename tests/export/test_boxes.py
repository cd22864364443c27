"""A checklist outside of its site: nothing can be clicked there, so each box is a sign, ticked or not."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import lxml.html
import pytest
from lxml import etree
from tests.conftest import LANGUAGES
from tests.export.contract import demonstration, read
from tests.export.test_word import texts

from klartekst.documents import outlines_of
from klartekst.export import as_html, as_markdown, as_pdf, as_word, exported, file_facts, page_html
from klartekst.export.boxes import as_signs

EMPTY, TICKED = "\u2610", "\u2611"
ROLE = "employee"
"""A role of the demonstration with steps that the facts settle already, and steps that they do not."""

Step = tuple[str, str]
"""A sign and the words after it."""


def squeezed(text: str) -> str:
    """Return a text without spaces and without the hyphens that break lines: each form breaks them elsewhere."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def steps(language: str) -> list[Step]:
    """Return what must stand in a file: each step of the role with its sign, in the order of the topics."""
    topics = sorted(demonstration().guidance.values(), key=lambda one: (one.order, one.id))
    outcomes = (
        outcome
        for topic in topics
        for answer in topic.answers
        if answer.role == ROLE
        for outcome in (answer, *answer.cases)
    )
    duties = (duty for outcome in outcomes for duty in outcome.duties if duty.owner != "organisation")
    return [
        (TICKED if duty.settled_by else EMPTY, squeezed(action[language])) for duty in duties for action in duty.actions
    ]


def in_markdown(language: str, folder: Path) -> str:
    """Return the text of the checklist as Markdown."""
    return re.sub(r"\\(?=[^\w\s])", "", as_markdown(exported(demonstration(), f"checklist-{ROLE}", language)))


def in_fragment(language: str, folder: Path) -> str:
    """Return the text of the checklist as HTML that is pasted into another page."""
    root = lxml.html.fragment_fromstring(as_html(exported(demonstration(), f"checklist-{ROLE}", language)))
    assert root.xpath("//input | //label") == []
    root.find("style").drop_tree()
    return str(root.text_content())


def in_word(language: str, folder: Path) -> str:
    """Return the text of the checklist as Word reads it."""
    page = page_html(exported(demonstration(), f"checklist-{ROLE}", language))
    facts = file_facts(demonstration(), outlines_of(demonstration())[f"checklist-{ROLE}"], language)
    return texts(docx.Document(BytesIO(as_word(page, facts))))


def in_pdf(language: str, folder: Path) -> str:
    """Return the text of the checklist as a machine reads the PDF."""
    page = page_html(exported(demonstration(), f"checklist-{ROLE}", language))
    facts = file_facts(demonstration(), outlines_of(demonstration())[f"checklist-{ROLE}"], language)
    (folder / "checklist.pdf").write_bytes(as_pdf(page, facts))
    return read(folder / "checklist.pdf")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", [in_markdown, in_fragment, in_word, in_pdf])
def test_each_step_has_its_sign(form: Callable[[str, Path], str], language: str, tmp_path: Path) -> None:
    """Every box is there once, in order, right before its words, ticked where the page has it ticked."""
    text = squeezed(form(language, tmp_path))
    expected = steps(language)
    assert {sign for sign, _ in expected} == {EMPTY, TICKED}
    assert re.findall(f"[{EMPTY}{TICKED}]", text) == [sign for sign, _ in expected]
    rest = text
    for sign, words in expected:
        assert f"{sign}{words}" in rest
        rest = rest.split(f"{sign}{words}", 1)[1]


@pytest.mark.parametrize("parse", [etree.fromstring, lxml.html.fragment_fromstring])
@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ('<label><input type="checkbox" /> <span>a</span></label>', f"{EMPTY} a"),
        ('<label><input type="checkbox" checked="checked" /> <span>a</span></label>', f"{TICKED} a"),
        ('<label><input type="checkbox" /><span>a</span></label>', f"{EMPTY} a"),
        ('<label>b <input type="checkbox" />a</label>', f"b {EMPTY} a"),
        ("<label>a</label>", "a"),
    ],
)
def test_a_label_keeps_its_words(parse: Callable[[str], etree._Element], label: str, expected: str) -> None:
    """Whatever reads it, the sign takes the place of the box, and the words stay; a label without a box is words."""
    root = parse(f"<div><p>x</p>{label} y</div>")
    as_signs(root)
    assert root.xpath("//input | //label") == []
    assert "".join(root.itertext()) == f"x{expected} y"
