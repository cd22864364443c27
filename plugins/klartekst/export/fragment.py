"""A document as one piece of HTML with its own styles: no script, no file beside it, nothing asked of anybody."""

import re
from functools import cache
from importlib.resources import files
from xml.etree import ElementTree

from klartekst.documents import Document
from klartekst.export.content import Host, content

_ROOT = ".klartekst"
_NEVER = ":not(#klartekst-never)"
"""Holds of every element, and counts as an id: three of them outweigh what a stylesheet says about `#content p`."""


def as_html(document: Document, host: Host | None = None, banner: str = "") -> str:
    """Return a document as a fragment of HTML.

    Args:
        document: what `exported` returned.
        host: the page that it is for.
        banner: what is said before everything else.
    """
    root = content(document, host or Host(), banner)
    style = ElementTree.Element("style")
    style.text, style.tail = styles(), root.text
    root.insert(0, style)
    return ElementTree.tostring(root, encoding="unicode", method="html") + "\n"


@cache
def styles() -> str:
    """Return the styles of a fragment, on one line, each of them beyond the reach of the page around it.

    An important rule wins over every rule of the host that is not, and over those that are by its many ids. Hosts
    change some characters of what is pasted: backslashes, ampersands and angle brackets must not occur.
    """
    css = files("klartekst.export").joinpath("fragment.css").read_text("utf-8")
    short = " ".join(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).split())
    return short.replace(_ROOT, _ROOT + 3 * _NEVER).replace(";", " !important;")
