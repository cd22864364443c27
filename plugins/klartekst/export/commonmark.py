"""A document as plain Markdown that every program reads alike: CommonMark, with nothing that only one of them knows."""

import re
import string
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

from klartekst.documents import Document
from klartekst.export.content import Host, content, targets

_Element = ElementTree.Element
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADINGS | {"blockquote", "dd", "details", "div", "dl", "dt", "ol", "p", "summary", "table", "ul"}
_QUOTED = {"kt-note", "kt-box", "kt-draft"}
"""What a frame sets apart on a page is set apart as a quotation."""

_ACTIVE = re.compile(r"[\\`*\[\]<~]|_(?!\w)|(?<!\w)_|&(?=#?\w+;)")
_ACTIVE_IN_FRONT = re.compile(r"\d{1,9}(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[-+](?:[\s-]|$)|>)")
"""What would begin a list, a heading or a quotation; the character after it is the one to escape."""
_BETWEEN_LISTS = "<!-- -->"


def as_markdown(document: Document, host: Host | None = None, banner: str = "") -> str:
    """Return a document as Markdown.

    Args:
        document: what `exported` returned.
        host: the page that it is for.
        banner: what is said before everything else.
    """
    root = content(document, host or Host(), banner)
    return "\n\n".join(_Writer(frozenset(targets(root))).blocks(root)) + "\n"


class _Writer:
    def __init__(self, targets: frozenset[str]) -> None:
        """Take the ids that are led to: only their headings and terms get an anchor."""
        self._targets = targets

    def blocks(self, parent: _Element) -> list[str]:
        """Return the blocks inside an element; words that stand free in it are a paragraph."""
        found: list[str] = []
        free: list[str | _Element] = [parent.text or ""]
        before = ""
        for child in parent:
            if child.tag not in _BLOCKS:
                free += [child, child.tail or ""]
                continue
            found += _paragraph(free)
            if child.tag == before and before in {"ul", "ol"}:
                found.append(_BETWEEN_LISTS)
            found += self._block(child)
            free, before = [child.tail or ""], child.tag
        return [*found, *_paragraph(free)]

    def _block(self, element: _Element) -> list[str]:
        if element.tag in _HEADINGS:
            return [self._heading(element)]
        if element.tag in {"ul", "ol"}:
            return [self._list(element)]
        if element.tag == "table":
            return [_table(element)]
        if element.tag in {"dt", "summary"}:
            words = _inline(_pieces(element), "*", "*").strip(" ")
            anchors = "".join(map(self._anchor, element.iter()))
            mark = ("**", "strong") if element.tag == "dt" else ("*", "em")
            return [f"{anchors}{_emphasised(*mark, words)}"]
        blocks = self.blocks(element)
        is_apart = element.tag == "blockquote" or element.get("class") in _QUOTED
        return [_indented("\n\n".join(blocks), "> ", "> ")] if is_apart else blocks

    def _heading(self, element: _Element) -> str:
        words = re.sub(r"#$", r"\\#", _inline(_pieces(element)).strip())
        return f"{'#' * int(element.tag[1])} {self._anchor(element)}{words}"

    def _anchor(self, element: _Element) -> str:
        id = element.get("id")
        return f'<a id="{id}"></a>' if id in self._targets else ""

    def _list(self, element: _Element) -> str:
        items = [self.blocks(item) for item in element]
        marks = ["- " if element.tag == "ul" else f"{number}. " for number in range(1, len(items) + 1)]
        lines = [_indented("\n\n".join(item), mark, " " * len(mark)) for mark, item in zip(marks, items, strict=True)]
        return ("\n" if all(len(item) == 1 for item in items) else "\n\n").join(lines)


def _table(element: _Element) -> str:
    """Return a table as HTML, which CommonMark keeps: it has no tables of its own."""
    text = ElementTree.tostring(element, encoding="unicode", method="html")
    return "\n".join(line for line in text.strip().split("\n") if line.strip())


def _indented(text: str, first: str, others: str) -> str:
    line, *lines = text.split("\n")
    return "\n".join((first + line, *((others + line).rstrip(" ") for line in lines)))


def _paragraph(pieces: list[str | _Element]) -> Iterator[str]:
    text = _inline(pieces).strip(" ")
    active = _ACTIVE_IN_FRONT.match(text)
    if text:
        yield f"{text[: active.end()]}\\{text[active.end() :]}" if active else text


def _pieces(element: _Element) -> list[str | _Element]:
    pieces: list[str | _Element] = [element.text or ""]
    for child in element:
        pieces += [child, child.tail or ""]
    return pieces


def _inline(pieces: list[str | _Element], before: str = "", after: str = "") -> str:
    """Return words and the elements among them; `before` and `after` are the characters around them."""
    text = ""
    for index, piece in enumerate(pieces):
        if isinstance(piece, str):
            text += _ACTIVE.sub(lambda match: f"\\{match[0]}", piece.replace("\n", " "))
            continue
        if piece.tag == "a" and text.endswith("!"):
            text = f"{text[:-1]}\\!"  # else the link would be a picture
        text += _INLINE[piece.tag](piece, text[-1:] or before, _next(pieces[index + 1 :]) or after)
    return text


def _next(pieces: list[str | _Element]) -> str:
    """Return the first character of what follows; an element counts as a mark of emphasis."""
    first = next((piece for piece in pieces if not isinstance(piece, str) or piece), "")
    return first[:1] if isinstance(first, str) else "*"


def _plain(element: _Element, before: str, after: str) -> str:
    return _inline(_pieces(element), before, after)


def _space(element: _Element, before: str, after: str) -> str:
    return " "


def _link(element: _Element, before: str, after: str) -> str:
    target = re.sub(r"&(?=#?\w+;)", "&amp;", element.get("href", ""))
    return f"[{_inline(_pieces(element), '[', ']')}]({f'<{target}>' if set('()') & set(target) else target})"


def _strong(element: _Element, before: str, after: str) -> str:
    return _emphasised("**", "strong", _inline(_pieces(element), "*", "*"), before, after)


def _soft(element: _Element, before: str, after: str) -> str:
    return _emphasised("*", "em", _inline(_pieces(element), "*", "*"), before, after)


_INLINE: dict[str, Callable[[_Element, str, str], str]] = {
    "a": _link,
    "br": _space,
    "em": _soft,
    "span": _plain,
    "strong": _strong,
}


def _emphasised(mark: str, tag: str, words: str, before: str = "", after: str = "") -> str:
    """Return words with marks of emphasis, or with tags where Markdown would not read the marks as such."""
    is_read = words and _opens(before, words[0]) and _opens(after, words[-1])
    return f"{mark}{words}{mark}" if is_read else f"<{tag}>{words}</{tag}>"


def _opens(outside: str, inside: str) -> bool:
    """Return whether a mark between these two characters is read as one that belongs to the inner one."""
    if inside.isspace() or "*" in {inside, outside}:
        return False
    return inside.isalnum() or not outside or outside.isspace() or outside in string.punctuation
