"""Two documents of a small choir, as files that a lawyer can read without any program.

A change of wording, of a template or of the law changes them, so that the reviewer sees what readers will see. To write
them again: `KLARTEKST_WRITE_GOLDEN=1 python -m pytest tests/documents/test_golden.py`, then read the difference.
"""

import os
import re
from pathlib import Path

import pytest
from tests.conftest import LANGUAGES

from klartekst.check import check
from klartekst.documents import outlines, render_document
from klartekst.load import load
from klartekst.model import Register

GOLDEN = Path(__file__).parent / "golden"
DOCUMENTS = ("statement", "processors")


@pytest.fixture(scope="module")
def register() -> Register:
    """The public facts of the choir."""
    found = load(GOLDEN / "data").register
    assert found
    return found.published()


def test_the_choir_has_nothing_to_mend() -> None:
    """Its facts are whole, so that its pages are what a careful author gets."""
    loaded = load(GOLDEN / "data")
    assert loaded.findings == ()
    assert loaded.register
    assert list(check(loaded.register)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_reads_as_it_did(register: Register, document: str, language: str) -> None:
    """The page is, character for character, the one that was read and found good."""
    file = GOLDEN / f"{document}.{language}.md"
    text = legible(render_document(outlines()[document], register, language).markdown)
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
