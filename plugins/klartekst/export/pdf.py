"""A page as PDF/UA-1, set by Typst with its own fonts, so that every machine writes the same bytes."""

import json
import re
from functools import cache
from importlib.resources import as_file, files

import typst

from klartekst.export.facts import FileError, FileFacts, region
from klartekst.export.pandoc import converted
from klartekst.export.paper import Paper, without_links_elsewhere

_PARTS = files("klartekst.export") / "paper"
_NO_GLYPH = re.compile(r"the text `(\".*?\")` could not be displayed")


def pdf_of(paper: Paper, facts: FileFacts) -> bytes:
    """Return a page as PDF.

    Args:
        paper: what `on_paper` returned.
        facts: what its properties and its footer say.

    Raises:
        FileError: a character is in none of the fonts, or a tool refuses.
    """
    with as_file(_PARTS / "typst.lua") as filter:
        body = converted(without_links_elsewhere(paper.html), "typst", "--wrap=none", f"--lua-filter={filter}")
    try:
        return typst.compile(
            _template() + body,
            format="pdf",
            pdf_standards="ua-1",
            ignore_system_fonts=True,
            sys_inputs=_inputs(paper, facts),
        )
    except typst.TypstError as error:
        raise FileError(_explained(error)) from error


@cache
def _template() -> bytes:
    return (_PARTS / "page.typ").read_bytes()


def _inputs(paper: Paper, facts: FileFacts) -> dict[str, str]:
    """Return what the template asks for; values and no markup, so that no character can mean anything."""
    page = [f"{{{part}}}" if is_slot else part for part, is_slot in facts.words.parts("file/page")]
    return {
        "title": facts.title or paper.title or facts.author,
        "author": facts.author,
        "language": facts.language,
        "region": region(facts.language),
        "version": facts.version,
        "date": facts.date,
        "day": facts.day.isoformat(),
        "page": json.dumps(page),
    }


def _explained(error: typst.TypstError) -> str:
    unknown = sorted({*_NO_GLYPH.findall(error.diagnostic)})
    if unknown:
        return f"The fonts of the PDF have no sign for {', '.join(unknown)}. Write it with other characters."
    return f"Typst refused the page: {error.message}"
