"""The door to Word and PDF: the tools for them are an extra, and nothing of them is loaded before it is needed."""

from functools import cache
from html import escape
from importlib import import_module
from typing import Any

from klartekst.export.facts import FileError, FileFacts

_TOOLS = ("pypandoc", "typst", "docx", "lxml")
_INSTALL = "Word files and PDFs need tools that are not installed ({tool}). Run: pip install 'klartekst[downloads]'"


def as_word(
    page: str, facts: FileFacts, *, address: str | None = None, banner: str = "", letterhead: bytes | None = None
) -> bytes:
    """Return a page as a Word file.

    Args:
        page: the HTML of its content: what `page_html` returned, or what a site made.
        facts: what the properties and the footer say.
        address: where the page stands on the web, for its links to other pages; without it, their words stay.
        banner: what is said before everything else.
        letterhead: a Word file with the looks to take; ours where left out.

    Raises:
        FileError: the tools are not installed, the letterhead is no Word file, or a tool refuses.
    """
    made: bytes = _tool("word").word_of(_paper(page, address, banner), facts, letterhead)
    return made


def as_pdf(page: str, facts: FileFacts, *, address: str | None = None, banner: str = "") -> bytes:
    """Return a page as PDF/UA-1.

    Args:
        page: the HTML of its content: what `page_html` returned, or what a site made.
        facts: what the properties and the footer say.
        address: where the page stands on the web; a link to another host becomes words all the same.
        banner: what is said before everything else.

    Raises:
        FileError: the tools are not installed, a character is in none of the fonts, or a tool refuses.
    """
    made: bytes = _tool("pdf").pdf_of(_paper(page, address, banner), facts)
    return made


def standard_letterhead() -> bytes:
    """Return the Word file that gives documents their looks, for a firm to begin its own with.

    Raises:
        FileError: the tools are not installed.
    """
    made: bytes = _tool("looks").our_letterhead()
    return made


def check_letterhead(content: bytes) -> None:
    """Make sure that a letterhead can be used.

    Raises:
        FileError: the tools are not installed, or it is no Word file.
    """
    _tool("letterhead").open_letterhead(content)


def require_tools() -> None:
    """Make sure that Word files and PDFs can be made.

    Raises:
        FileError: the tools are not installed.
    """
    for part in ("word", "pdf"):
        _tool(part)


def _paper(page: str, address: str | None, banner: str) -> Any:
    said = f'<p class="kt-draft">{escape(banner)}</p>\n' if banner else ""
    return _tool("paper").on_paper(said + page, address)


@cache
def _tool(name: str) -> Any:
    """Return a module of this package that needs the extra."""
    try:
        return import_module(f"klartekst.export.{name}")
    except ModuleNotFoundError as error:
        missing = (error.name or "").split(".")[0]
        if missing not in _TOOLS:
            raise
        raise FileError(_INSTALL.format(tool=missing)) from error
