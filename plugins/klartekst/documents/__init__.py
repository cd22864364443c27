"""Outlines as data, documents made from them, and the hand-written pages that blocks stand in."""

from klartekst.documents.document import Document, render_document, title
from klartekst.documents.handwritten import Directive, check_page, directives, expand, front_matter
from klartekst.documents.outline import Outline, outlines
from klartekst.documents.site import Composition, Expansion, HandWritten, compose

__all__ = [
    "Composition",
    "Directive",
    "Document",
    "Expansion",
    "HandWritten",
    "Outline",
    "check_page",
    "compose",
    "directives",
    "expand",
    "front_matter",
    "outlines",
    "render_document",
    "title",
]
