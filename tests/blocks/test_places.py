"""Where templates print prose: it keeps its paragraphs and lists together, wherever on the page it stands."""

from functools import cache
from typing import Any, get_args

import lxml.html
import markdown
import pytest
from tests.blocks.variants import changed, published
from tests.conftest import LANGUAGES

from klartekst.documents import outlines, render_document
from klartekst.model import COLLECTIONS, Organisation, Prose, Register, Transfer
from klartekst.model.base import Declared
from klartekst.model.organisation import DataProtectionOfficer
from klartekst.phrases import country

LIST = "- et\n    - inde i\n- to"
PARAGRAPH_FIRST = f"Et *afsnit* med [link](https://prosa.example).\n\n{LIST}\n\nSidste **afsnit**."
LIST_FIRST = f"- [link](https://prosa.example)\n{LIST}\n\nSidste **afsnit**."

SOME = dict.fromkeys(LANGUAGES, "Tekst.")
NO_OFFICER = DataProtectionOfficer.model_validate({"appointed": "false", "because": SOME})
TRANSFER = {"country": "IN", "mechanism": "standard-clauses", "copy_available": SOME}

LEADING = {"p", "strong"}
"""Paragraphs may stand inside items; the name of a party may lead to the prose."""

# The field, where it stands in the demonstration's Register, and the element that holds it on the page.
PLACES: dict[str, tuple[tuple[Any, ...], str]] = {
    "Activity.advice": (("activities", "booking", "advice"), "div"),
    "Basis.withdrawal": (("activities", "newsletter", "purposes", 0, "bases", 0, "withdrawal"), "li"),
    "DataProtectionOfficer.because": (("organisation", "data_protection_officer", "because"), "dd"),
    "Measure.explainer": (("measures", "backup", "explainer"), "details"),
    "RightsChannel.identity_check": (("organisation", "rights", "identity_check"), "body"),
    "Transfer.copy_available": (("parties", "koel", "transfers", 0, "copy_available"), "dd"),
}


@cache
def demonstration() -> Register:
    """Return the published facts, with a copy to be had of a transfer and no data protection officer."""
    register = changed(published(), ("organisation", "data_protection_officer"), NO_OFFICER)
    transfers = (Transfer.model_validate(TRANSFER),)
    return changed(register, ("parties", "koel", "transfers"), transfers)  # type: ignore[no-any-return]


def pages(register: Register, language: str) -> list[lxml.html.HtmlElement]:
    """Return the documents of a language as HTML."""
    dialect = markdown.Markdown(extensions=["attr_list", "def_list", "md_in_html", "tables", "toc"])
    found = (render_document(outline, register, language) for outline in outlines().values())
    return [lxml.html.document_fromstring(dialect.reset().convert(page.markdown)) for page in found]


def container_of_prose(page: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """Return what holds the blocks of the prose, for each place of a page that prints it."""
    ends = [strong.getparent() for strong in page.iter("strong") if strong.text_content() == "afsnit"]
    return [end.getparent() for end in ends if end.text_content() == "Sidste afsnit."]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", [PARAGRAPH_FIRST, LIST_FIRST], ids=["paragraph-first", "list-first"])
def test_prose_keeps_its_structure_where_it_stands(place: str, text: str) -> None:
    """Its paragraphs, its nested list and its link stay in one element, with or without words that lead to it."""
    path, tag = PLACES[place]
    prose = Prose.model_validate(dict.fromkeys(LANGUAGES, text))
    found = [one for page in pages(changed(demonstration(), path, prose), "da") for one in container_of_prose(page)]
    assert found
    for holder in found:
        assert holder.tag == tag
        assert structure(holder) == structure(lxml.html.document_fromstring(markdown.markdown(text)).find("body"))


def structure(holder: lxml.html.HtmlElement) -> list[tuple[str, list[str]]]:
    """Return the blocks of the prose, the last ones that an element holds: each with the elements in it."""
    last = next(i for i, block in enumerate(holder) if block.text_content() == "Sidste afsnit.")
    first = next(i for i, block in enumerate(holder) if block.find(".//a[@href='https://prosa.example']") is not None)
    inner = (list(holder)[first : last + 1]) if holder.tag != "p" else []
    return [(block.tag, [one.tag for one in block.iterdescendants() if one.tag not in LEADING]) for block in inner]


def test_every_place_of_prose_is_tried() -> None:
    """Whatever the model declares as prose is in the table above."""
    models: list[type[Declared]] = [Organisation, *COLLECTIONS.values()]
    assert {name for model in models for name in fields_of_prose(model)} == set(PLACES)


def fields_of_prose(model: type[Declared]) -> set[str]:
    found: set[str] = set()
    for name, field in model.model_fields.items():
        for kind in kinds_in(field.annotation):
            if kind is Prose:
                found.add(f"{model.__name__}.{name}")
            elif isinstance(kind, type) and issubclass(kind, Declared):
                found |= fields_of_prose(kind)
    return found


def kinds_in(annotation: Any) -> list[Any]:
    """Return the types inside an annotation."""
    return [annotation, *(kind for part in get_args(annotation) for kind in kinds_in(part))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_transfer_begins_a_paragraph(language: str) -> None:
    """Transfers to two countries are said apart, also after a way to get a copy that ends in a list."""
    copy = Prose.model_validate(dict.fromkeys(LANGUAGES, LIST))
    first, second = (
        Transfer.model_validate(TRANSFER).model_copy(update={"country": code, "copy_available": copy})
        for code in ("IN", "JP")
    )
    register = changed(demonstration(), ("parties", "koel", "transfers"), (first, second))
    names = [country(code, language) for code in ("IN", "JP")]
    for page in pages(register, language)[1:]:
        starts = [block for block in page.iter("p") if any(name in block.text_content() for name in names)]
        assert [block.getparent().tag for block in starts] == ["dd", "dd"]
        assert [sum(name in block.text_content() for name in names) for block in starts] == [1, 1]


def test_no_page_of_the_demonstration_holds_code() -> None:
    """Text that is indented too far for its place would become a block of code."""
    for language in LANGUAGES:
        assert [page.find(".//pre") for page in pages(demonstration(), language)] == [None] * len(outlines())
