"""Outlines as data, documents made from them, and the hand-written pages that blocks stand in."""

from klartekst.documents.coverage import coverage
from klartekst.documents.directive import Directive
from klartekst.documents.document import Document, label, page_in, render_document, title
from klartekst.documents.examine import Examined, examine, examine_all
from klartekst.documents.handwritten import check_page, directives, expand, front_matter
from klartekst.documents.outline import Outline, outlines, outlines_of
from klartekst.documents.readability import lix
from klartekst.documents.site import Composition, Expansion, HandWritten, compose
from klartekst.documents.structured import structured
from klartekst.documents.trace import Sentence, sentences

__all__ = [
    "Composition",
    "Directive",
    "Document",
    "Examined",
    "Expansion",
    "HandWritten",
    "Outline",
    "Sentence",
    "check_page",
    "compose",
    "coverage",
    "directives",
    "examine",
    "examine_all",
    "expand",
    "front_matter",
    "label",
    "lix",
    "outlines",
    "outlines_of",
    "page_in",
    "render_document",
    "sentences",
    "structured",
    "title",
]
