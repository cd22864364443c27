"""A document as a tree that another page can hold: its own ids, the host's headings, no link into nothing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

import markdown

from klartekst.blocks import Coverage
from klartekst.documents import Document, coverage, outlines_of, render_document
from klartekst.documents.coverage import STATEMENT
from klartekst.export.boxes import as_signs
from klartekst.model import Register
from klartekst.phrases import phrases_with

PREFIX = "kt-"
"""Begins every id, so that none is one of the page around it."""

_TOP = f"{PREFIX}top"
_ELSEWHERE = "klartekst:"
"""Begins the address of a document that is on no site; no address of the data can, as those begin with https:."""
_LINK_ELSEWHERE = re.compile(rf'<a href="{_ELSEWHERE}[^"]*">(.*?)</a>', re.DOTALL)
_EXTENSIONS = ("attr_list", "def_list", "md_in_html", "tables")
_EXTENSIONS_OF_PAGES = ("toc", "fenced_code", *_EXTENSIONS)
"""Those that a site has, so that a file made without a site is the same one."""


@dataclass(frozen=True)
class Host:
    """The page that a fragment is made for."""

    heading_level: int = 1
    """The level of the title; the headings below it follow."""
    site: str | None = None
    """The address of the Klartekst site in the language of the fragment: links to other documents lead there."""


def exported(register: Register, id: str, language: str, host: Host | None = None) -> Document:
    """Return a document as it reads outside of its site.

    Args:
        register: the published Register, without errors.
        id: the document, a key of `outlines_of`.
        language: a language of the organisation, ISO 639-1.
        host: the page that it is for.
    """
    address_of = _addresses(register, id, (host or Host()).site)
    outlines = outlines_of(register)
    covered: tuple[Coverage, ...] = ()
    if any(directive.block == "coverage" for directive in outlines[id].directives):
        statement = render_document(outlines[STATEMENT], register, language, address_of)
        covered = coverage(statement.marked, register)
    return render_document(outlines[id], register, language, address_of, covered)


def _addresses(register: Register, id: str, site: str | None) -> Callable[[str], str]:
    """Return how a document reaches another one, and itself."""
    outlines = outlines_of(register)

    def address_of(other: str) -> str:
        if other == id:
            return ""
        if site is None:
            return f"{_ELSEWHERE}{other}"
        return f"{site.rstrip('/')}/{outlines[other].path}/".replace("/index/", "/")

    return address_of


def links_elsewhere(document: Document) -> int:
    """Return how many links lead to documents that are on no site, so that only their words stay."""
    return document.body.count(f"](<{_ELSEWHERE}")


def content(document: Document, host: Host, banner: str = "") -> ElementTree.Element:
    """Return a document as one element.

    Args:
        document: what `exported` returned.
        host: the page that it is for.
        banner: what is said before everything else.
    """
    html = markdown.markdown(document.markdown, extensions=_EXTENSIONS, output_format="xhtml")
    known = _LINK_ELSEWHERE.sub(r"\1", html)
    root = ElementTree.fromstring(f'<div class="klartekst" lang="{document.language}">\n{known}\n</div>')
    as_signs(root)
    for element in root.iter():
        _place(element, host)
    root[0].set("id", _TOP)
    if banner:
        _begin(root, banner)
    _tidy(root)
    return root


def page_html(document: Document) -> str:
    """Return a document as the HTML of its page, as a site makes it: its own ids, and no element around it.

    Args:
        document: what `exported` returned.
    """
    html = markdown.markdown(document.markdown, extensions=_EXTENSIONS_OF_PAGES, output_format="xhtml")
    return _LINK_ELSEWHERE.sub(r"\1", html)


def draft_banner(register: Register, language: str, missing: int) -> str:
    """Return what a draft says of itself, or nothing where no fact is missing."""
    words = phrases_with(language, register.phrases.get(language))
    return words("draft/banner", count=str(missing)) if missing else ""


def _place(element: ElementTree.Element, host: Host) -> None:
    """Give one element its id, address and level on the page of the host."""
    if "id" in element.attrib:
        element.set("id", PREFIX + element.attrib["id"])
    target = element.get("href")
    if target is not None and not target:
        element.set("href", f"#{_TOP}")
    elif target is not None and target.startswith("#"):
        element.set("href", f"#{PREFIX}{target[1:]}")
    if re.fullmatch("h[1-6]", element.tag):
        element.set("class", f"{PREFIX}{element.tag}")
        element.tag = f"h{int(element.tag[1]) + host.heading_level - 1}"


def _begin(root: ElementTree.Element, banner: str) -> None:
    paragraph = ElementTree.Element("p", {"class": f"{PREFIX}draft"})
    paragraph.text, paragraph.tail = banner, "\n"
    root.insert(0, paragraph)


def _tidy(root: ElementTree.Element) -> None:
    """Make each run of spaces one: a host that turns empty lines into paragraphs finds none."""
    for element in root.iter():
        element.text = _one_space(element.text)
        element.tail = _one_space(element.tail)


def _one_space(text: str | None) -> str | None:
    """Return a text with single spaces; between blocks, a line ends where one did."""
    if text and "\n" in text and not text.strip(" \t\r\n"):
        return "\n"
    return re.sub(r"[ \t\r\n]+", " ", text) if text else text


def targets(root: ElementTree.Element) -> Iterator[str]:
    """Yield the ids that a link of the document leads to."""
    for link in root.iter("a"):
        if link.get("href", "").startswith("#"):
            yield link.attrib["href"][1:]
