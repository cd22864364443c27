"""Where templates print prose: it keeps its paragraphs and lists together, wherever on the page it stands."""

from functools import cache

import lxml.html
import markdown
import pytest
from tests.blocks.variants import ONE, Fact, changed, everything, facts, published
from tests.conftest import LANGUAGES

from klartekst.documents import outlines_of, render_document
from klartekst.model import Path, Prose, Register, Transfer
from klartekst.phrases import country

LIST = "- et\n    - inde i\n- to"
PARAGRAPH_FIRST = f"Et *afsnit* med [link](https://prosa.example).\n\n{LIST}\n\nSidste **afsnit**."
LIST_FIRST = f"- [link](https://prosa.example)\n{LIST}\n\nSidste **afsnit**."

TRANSFERS = ("parties", ONE, "transfers")
LEADING = {"p", "strong"}
"""Paragraphs may stand inside items; the name of a party may lead to the prose."""

# Every field of prose: the element that holds it on the page.
HOLDERS = {
    "Activity.advice": "div",
    "Activity.for_children": "body",
    "Agreement.instruction": "body",
    "Agreement.other": "body",
    "Answer.because": "div",
    "Answer.remains": "body",
    "Assurance.explainer": "details",
    "Assurance.scope": "li",
    "Audit.text": "body",
    "AutomatedDecision.consequences": "dd",
    "AutomatedDecision.logic": "dd",
    "AutomatedDecision.safeguards": "dd",
    "Basis.withdrawal": "li",
    "Case.because": "div",
    "Case.remains": "body",
    "DataProtectionOfficer.because": "dd",
    "DataProtectionOfficer.tasks": "dd",
    "DocumentFacts.intro": "body",
    "Incidental.advice": "div",
    "JointControl.essence": "body",
    "LegacyRule.text": "li",
    "Measure.explainer": "details",
    "Party.note": "dd",
    "Policy.text": "body",
    "RoleGuidance.intro": "div",
    "RightsChannel.identity_check": "body",
    "SecurityTerms.because": "body",
    "Service.text": "body",
    "Site.consent": "body",
    "Site.note": "body",
    "Term.definition": "dd",
    "Topic.emergency": "div",
    "Topic.we_do": "body",
    "Topic.what": "body",
    "Transfer.copy_available": "dd",
    "Transfer.risks": "dd",
    "Variant.text": "li",
}
OTHERS = {
    "Basis.withdrawal": {"div"},
    "Measure.explainer": {"body", "li"},
    "LegacyRule.text": {"body", "dd"},
}
"""Elements that hold the same prose where it stands a second time: in a box, in another block."""

PROSE = {fact.name: fact for fact in facts() if fact.annotation is Prose}


@cache
def declared(fact: Fact) -> Register:
    """Return facts in which a place of prose shows: no officer where the reason for that is told, and so on."""
    around: dict[str, dict[Path, object]] = {
        "DataProtectionOfficer.because": {("organisation", "data_protection_officer", "appointed"): False},
        "Measure.explainer": {
            ("measures", ONE, "status"): "in-place",
            ("measures", ONE, "party"): None,
            ("measures", ONE, "kinds"): ("backup-erasure",),
        },
    }
    register = everything()
    for path, value in around.get(fact.name, {}).items():
        register = changed(register, path, value)
    return register


def pages(register: Register, language: str) -> list[lxml.html.HtmlElement]:
    """Return the documents of a language as HTML."""
    dialect = markdown.Markdown(extensions=["attr_list", "def_list", "md_in_html", "tables", "toc"])
    found = (render_document(outline, register, language) for outline in outlines_of(register).values())
    return [lxml.html.document_fromstring(dialect.reset().convert(page.markdown)) for page in found]


def container_of_prose(page: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """Return what holds the blocks of the prose, for each place of a page that prints it."""
    ends = [strong.getparent() for strong in page.iter("strong") if strong.text_content() == "afsnit"]
    return [end.getparent() for end in ends if end.text_content() == "Sidste afsnit."]


@pytest.mark.parametrize("name", PROSE)
@pytest.mark.parametrize("text", [PARAGRAPH_FIRST, LIST_FIRST], ids=["paragraph-first", "list-first"])
def test_prose_keeps_its_structure_where_it_stands(name: str, text: str) -> None:
    """Its paragraphs, its nested list and its link stay in one element, with or without words that lead to it."""
    prose = Prose.model_validate(dict.fromkeys(LANGUAGES, text))
    register = changed(declared(PROSE[name]), PROSE[name].path, prose)
    found = [holder for page in pages(register, "da") for holder in container_of_prose(page)]
    assert HOLDERS[name] in {holder.tag for holder in found}
    assert {holder.tag for holder in found} <= {HOLDERS[name], *OTHERS.get(name, set())}
    for holder in found:
        assert structure(holder) == structure(lxml.html.document_fromstring(markdown.markdown(text)).find("body"))


def structure(holder: lxml.html.HtmlElement) -> list[tuple[str, list[str]]]:
    """Return the blocks of the prose, the last ones that an element holds: each with the elements in it."""
    last = next(i for i, block in enumerate(holder) if block.text_content() == "Sidste afsnit.")
    first = next(i for i, block in enumerate(holder) if block.find(".//a[@href='https://prosa.example']") is not None)
    inner = (list(holder)[first : last + 1]) if holder.tag != "p" else []
    return [(block.tag, [one.tag for one in block.iterdescendants() if one.tag not in LEADING]) for block in inner]


def test_every_place_of_prose_is_tried() -> None:
    """Whatever the model declares as prose is in the table above."""
    assert set(PROSE) == set(HOLDERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_transfer_begins_a_paragraph(language: str) -> None:
    """Transfers to two countries are said apart, also after a way to get a copy that ends in a list, and in annexes."""
    copy = dict.fromkeys(LANGUAGES, LIST)
    first, second = (
        Transfer.model_validate({"country": code, "mechanism": "standard-clauses", "copy_available": copy})
        for code in ("IN", "JP")
    )
    names = [country(code, language) for code in ("IN", "JP")]
    found = pages(changed(everything(), TRANSFERS, (first, second)), language)
    starts = [
        block for page in found for block in page.iter("p") if any(name in block.text_content() for name in names)
    ]
    holders = ["dd"] * 4 + ["li"] * 2
    assert [block.getparent().tag for block in starts] == holders, "in the statement, among the processors, in annexes"
    assert [sum(name in block.text_content() for name in names) for block in starts] == [1] * 6


@pytest.mark.parametrize("facts_of", [published, everything])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_holds_code(facts_of: object, language: str) -> None:
    """Text that is indented too far for its place would become a block of code."""
    assert callable(facts_of)
    assert [page.find(".//pre") for page in pages(facts_of(), language) if page.find(".//pre") is not None] == []
