"""Documents for other places than a site: a fragment to paste into a page, a Word file, a PDF."""

from klartekst.export.commonmark import as_markdown
from klartekst.export.content import Host, draft_banner, exported, links_elsewhere, page_html
from klartekst.export.facts import FileError, FileFacts, file_facts
from klartekst.export.files import as_pdf, as_word, check_letterhead, require_tools, standard_letterhead
from klartekst.export.fragment import as_html

__all__ = [
    "FileError",
    "FileFacts",
    "Host",
    "as_html",
    "as_markdown",
    "as_pdf",
    "as_word",
    "check_letterhead",
    "draft_banner",
    "exported",
    "file_facts",
    "links_elsewhere",
    "page_html",
    "require_tools",
    "standard_letterhead",
]
