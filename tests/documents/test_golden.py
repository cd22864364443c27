"""Documents of a small choir, as files that a lawyer can read without any program.

A change of wording, of a template or of the law changes them, so that the reviewer sees what readers will see. To write
them again: `KLARTEKST_WRITE_GOLDEN=1 python -m pytest tests/documents/test_golden.py`, then read the difference.
"""

import os
import re
from pathlib import Path

import pytest
from tests.conftest import LANGUAGES

from klartekst.documents import Document, compose, examine_all
from klartekst.model import Place

GOLDEN = Path(__file__).parent / "golden"
DOCUMENTS = (
    "statement", "processors", "retention", "coverage",
    "guidance", "role-helper", "topic-breach", "answer-helper--breach", "checklist-helper", "breach-plan",
)  # fmt: skip


@pytest.fixture(scope="module")
def documents() -> dict[tuple[str, str], Document]:
    """The documents of the choir's site, by id and language."""
    made = compose(GOLDEN / "data", "data", LANGUAGES, (), Place("mkdocs.yml"))
    return {(document.id, document.language): document for document in made.documents.values()}


def test_the_choir_has_nothing_to_mend() -> None:
    """Its facts are whole, and its statement says them all, so that its pages are what a careful author gets."""
    assert examine_all(GOLDEN / "data").findings == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_reads_as_it_did(documents: dict[tuple[str, str], Document], document: str, language: str) -> None:
    """The page is, character for character, the one that was read and found good."""
    file = GOLDEN / f"{document}.{language}.md"
    text = legible(documents[document, language].markdown)
    if os.environ.get("KLARTEKST_WRITE_GOLDEN"):
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


def legible(markdown: str) -> str:
    """Return Markdown without the references that keep a sign from being read as Markdown; blocks/ tests those."""
    return re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), markdown)


def test_every_golden_page_is_compared() -> None:
    """No file is left over from a document that is gone."""
    expected = {f"{document}.{language}.md" for document in DOCUMENTS for language in LANGUAGES}
    assert {file.name for file in GOLDEN.glob("*.md")} == expected
