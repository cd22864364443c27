"""An agreement says the same as a page, in Word and as PDF: each fact that it refers to is found in all three."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from tests.conftest import LANGUAGES, ROOT
from tests.documents.agreement_facts import unstated
from tests.export.contract import demonstration, read, without_footers

from klartekst.documents import outlines_of
from klartekst.export import FileFacts, as_pdf, as_word, exported, file_facts, page_html
from klartekst.model import Agreement

AGREEMENTS = tuple(demonstration().agreements.values())


def _page(agreement: Agreement, language: str) -> tuple[str, FileFacts]:
    register, name = demonstration(), f"agreement-{agreement.id}"
    return page_html(exported(register, name, language)), file_facts(register, outlines_of(register)[name], language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("agreement", AGREEMENTS, ids=lambda one: one.id)
def test_its_word_file_states_every_fact(agreement: Agreement, language: str) -> None:
    """Read back by a library that did not write it."""
    word = docx.Document(BytesIO(as_word(*_page(agreement, language))))
    text = "\n".join(
        "".join(node.text or "" for node in part.iter() if node.tag.endswith("}t")) for part in word.element
    )
    assert unstated(agreement, demonstration(), ROOT / "data", language, text) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("agreement", AGREEMENTS, ids=lambda one: one.id)
def test_its_pdf_states_every_fact(agreement: Agreement, language: str, tmp_path: Path) -> None:
    """In the order in which a machine reads it, without the footers between its sheets."""
    page, facts = _page(agreement, language)
    file = tmp_path / "agreement.pdf"
    file.write_bytes(as_pdf(page, facts))
    text = without_footers(read(file), facts.date)
    assert unstated(agreement, demonstration(), ROOT / "data", language, text) == []
