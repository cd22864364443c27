"""Built pages, as the tests of coverage and traces read them: text as a reader sees it, comments, parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin

import lxml.html
from lxml import etree

DEFAULT = "da"


@dataclass(frozen=True)
class Part:
    """What stands under a heading, and under the smaller ones below it."""

    text: str
    comments: tuple[str, ...]


@cache
def page(file: Path) -> lxml.html.HtmlElement:
    """Return a page of a built site."""
    return lxml.html.document_fromstring(file.read_text("utf-8"))


def content(file: Path) -> lxml.html.HtmlElement:
    """Return the content of a page, without what stands around it."""
    return page(file).find(".//article")


def file_of(site: Path, path: str, language: str) -> Path:
    """Return the file of a page by its path and language."""
    root = site if language == DEFAULT else site / language
    return root / path / "index.html" if path != "index" else root / "index.html"


def target(site: Path, file: Path, href: str) -> tuple[Path, str]:
    """Return the file and the anchor that a link of a page leads to."""
    address = urljoin(f"https://x/{file.parent.relative_to(site).as_posix()}/".replace("/./", "/"), href)
    path, _, anchor = address.removeprefix("https://x/").partition("#")
    return site / unquote(path) / "index.html", unquote(anchor)


def squeezed(text: str) -> str:
    """Return a text in which runs of spaces are one, and letters are small."""
    return re.sub(r"\s+", " ", text).strip().casefold()


def visible(element: lxml.html.HtmlElement) -> str:
    """Return the text of an element as a reader sees it, without scripts and styles."""
    return squeezed("".join(piece for kind, piece in _pieces(element) if kind == "text"))


def comments(element: lxml.html.HtmlElement) -> list[str]:
    """Return the comments inside an element."""
    return [piece for kind, piece in _pieces(element) if kind == "comment"]


def part(file: Path, anchor: str) -> Part | None:
    """Return what stands under the heading with an anchor; None where there is no such heading."""
    article = content(file)
    heading = article.find(f".//*[@id='{anchor}']")
    if heading is None:
        return None
    pieces = list(_pieces(article, heading))
    text = squeezed("".join(piece for kind, piece in pieces if kind == "text"))
    return Part(text, tuple(piece for kind, piece in pieces if kind == "comment"))


def _pieces(root: lxml.html.HtmlElement, since: lxml.html.HtmlElement | None = None) -> Iterator[tuple[str, str]]:
    """Yield the text and the comments of an element; since a heading, only up to the next one that is as big."""
    inside = since is None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "start" and isinstance(element.tag, str):
            if since is not None and re.fullmatch("h[1-6]", element.tag):
                inside = element is since or (inside and element.tag > since.tag)
            if inside and element.tag not in {"script", "style"}:
                yield "text", element.text or ""
        elif event == "comment" and inside:
            yield "comment", (element.text or "").strip()
            yield "text", element.tail or ""
        elif event == "end" and inside:
            yield "text", f" {element.tail or ''}" if element.tag in _APART else element.tail or ""


_APART = {"p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "div", "summary", "blockquote"}
