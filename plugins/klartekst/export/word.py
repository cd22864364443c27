"""A page as a Word file: written by pandoc, with the looks of a letterhead."""

import datetime as dt
import re
import tempfile
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import html

from klartekst.export.facts import FileFacts
from klartekst.export.letterhead import filled
from klartekst.export.pandoc import converted
from klartekst.export.paper import Paper
from klartekst.export.zipped import normalised

_TO_FILL_IN = 560
"""The least height of a row with an empty cell, in twentieths of a point: somebody writes there by hand."""


def word_of(paper: Paper, facts: FileFacts, letterhead: bytes | None = None) -> bytes:
    """Return a page as a Word file.

    Args:
        paper: what `on_paper` returned.
        facts: what its properties and its footer say.
        letterhead: a Word file with the looks to take; ours where left out.

    Raises:
        FileError: the letterhead is no Word file, or pandoc refuses.
    """
    title = facts.title or paper.title or facts.author
    with tempfile.TemporaryDirectory() as folder, as_file(files("klartekst.export") / "paper" / "word.lua") as filter:
        reference = Path(folder) / "reference.docx"
        reference.write_bytes(filled(letterhead, facts, title))
        options = (f"--reference-doc={reference}", f"--lua-filter={filter}", f"--metadata=lang={facts.tag}")
        made = converted(paper.html, "docx", *options, "--syntax-highlighting=none")
    word = docx.Document(BytesIO(made))
    _describe(word, facts, title)
    for table in word.tables:
        _hold_together(table)
    _lead(word)
    _begin_pages(word, paper)
    finished = BytesIO()
    word.save(finished)
    return normalised(finished.getvalue())


def _describe(word: Word, facts: FileFacts, title: str) -> None:
    """Fill in the properties, which programs show in place of the name of the file."""
    properties = word.core_properties
    properties.title, properties.author, properties.last_modified_by = title, facts.author, facts.author
    properties.version, properties.language = facts.number, facts.tag
    properties.created = properties.modified = dt.datetime.combine(facts.day, dt.time())
    for language in word.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), facts.tag)


def _hold_together(table: Table) -> None:
    """Let no row break over pages, and none that somebody writes into stand apart from what it is about."""
    first, *rows = table._tbl.tr_lst
    is_form = any(_is_empty(row) for row in rows)
    for row in (first, *rows):
        properties = row.get_or_add_trPr()
        properties.insert(0, OxmlElement("w:cantSplit"))
        if is_form and row is not first and _is_empty(row):
            properties.append(OxmlElement("w:trHeight", {qn("w:val"): str(_TO_FILL_IN), qn("w:hRule"): "atLeast"}))
    if is_form:
        for paragraph in (_before(table), *(one for row in (first, *rows[:-1]) for one in row.iter(qn("w:p")))):
            _keep_with_next(paragraph)


def _is_empty(row: Any) -> bool:
    """Return whether a row has a cell without a word."""
    return any(not "".join(cell.itertext()).strip() for cell in row.iter(qn("w:tc")))


def _before(table: Table) -> Any:
    """Return the paragraph right before a table; bookmarks may stand between."""
    return next((one for one in table._tbl.itersiblings(preceding=True) if one.tag in {qn("w:p"), qn("w:tbl")}), None)


def _keep_with_next(paragraph: Any) -> None:
    if paragraph is not None and paragraph.tag == qn("w:p"):
        paragraph.get_or_add_pPr().get_or_add_keepNext()


def _lead(word: Word) -> None:
    """Let a line of bold words stand with what it is about."""
    for paragraph in word.element.body.iterchildren(qn("w:p")):
        runs = [run for run in Paragraph(paragraph, word).runs if run.text.strip()]
        if runs and all(run.bold for run in runs):
            _keep_with_next(paragraph)


def _begin_pages(word: Word, paper: Paper) -> None:
    """Begin a page with each annex."""
    root = html.fragment_fromstring(paper.html, create_parent="div")
    headings = [one for one in word.paragraphs if one.style and re.match(r"Heading\d$", one.style.style_id)]
    for heading, paragraph in zip(root.iter("h1", "h2", "h3", "h4", "h5", "h6"), headings, strict=False):
        if "kt-annex" in heading.get("class", "").split():
            paragraph.paragraph_format.page_break_before = True
