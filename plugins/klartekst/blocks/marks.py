"""Where each printed word comes from, and what the law gets said: marks in rendered text, taken out again at the end.

A block prints marks among its words: of a fact, the path in the Register; of an item of Art. 13 or 14, the provision
and the activity it was stated for. So a document knows what it really says, and each sentence leads back to its facts.
The marks are characters for private use, which no loaded text can hold.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from klartekst.model import Path

_FACT = re.compile("\ue010([^\ue011]*)\ue011")
_SAID = re.compile("\ue012([^\ue013]*)\ue013")
_ANY = re.compile("\ue010[^\ue011]*\ue011|\ue012[^\ue013]*\ue013")
_ALONE = re.compile(rf"\n+[ ]*(?:{_ANY.pattern})+[ ]*(?=\n|$)")
_SENTENCE = re.compile(r"([.!?]|&#(33|46|63);)(?= +[^\W\d_])")
_ANCHOR = re.compile(r"\{: #(\S+)")
_HEADING = re.compile(r"^\s*#{1,6} ")


@dataclass(frozen=True)
class Said:
    """An item of Art. 13 or 14 that a document states."""

    item: str
    """The id of the item in law/data/items.yml."""
    scope: str
    """The id of the activity it is stated for, or empty for the whole organisation."""
    anchor: str
    """The anchor of the part of the page where it stands."""


def fact_mark(path: Path) -> Markup:
    """Return the mark of a fact by its path in the Register."""
    return Markup(f"\ue010{'/'.join(map(str, path))}\ue011")


def marked(text: Markup, mark: Markup) -> Markup:
    """Return words as Markdown with a mark at the end of each sentence and of each line, so that none is without."""
    sign = str(mark)  # as Markup, it would escape what it is added to
    lines = (
        line if _is_empty(line) else _SENTENCE.sub(lambda end: end[0] + sign, line) + sign
        for line in str(text).split("\n")
    )
    return Markup("\n".join(lines)) if mark else text


def _is_empty(line: str) -> bool:
    """Return whether a line has no words: nothing, or the comment between two lists."""
    return not line.strip() or line.strip().startswith("<!--")


def said_mark(item: str, scope: str = "") -> Markup:
    """Return the mark of an item that is stated here, for one activity or for the whole organisation."""
    return Markup(f"\ue012{item}|{scope}\ue013")


def plain(text: str) -> str:
    """Return text without its marks, and without the lines that hold nothing else."""
    return _ANY.sub("", _ALONE.sub("", text))


def said(text: str) -> Iterator[Said]:
    """Yield what a rendered text states, each with the anchor it stands under."""
    anchor = ""
    for line in text.split("\n"):
        found = _ANCHOR.search(line)
        anchor = found[1] if found else anchor
        for match in _SAID.finditer(line):
            item, scope = match[1].split("|")
            yield Said(item, scope, anchor)


def traced(text: str, place_of: Callable[[Path], object]) -> str:
    """Return text with each mark as a comment that names the place of the fact, or the provision.

    Args:
        text: Markdown with marks.
        place_of: where a fact stands, by its path.
    """
    return "\n".join(_lines(text, place_of))


def _lines(text: str, place_of: Callable[[Path], object]) -> Iterator[str]:
    for line in text.split("\n"):
        if not _HEADING.match(line):
            yield _ANY.sub(lambda match: _comment(match[0], place_of), line)
        else:  # a comment inside a heading would get into its anchor and into the table of contents
            yield plain(line)
            for mark in _ANY.findall(line):  # of two on one line, Markdown would move the second to the end of the page
                yield from ("", _comment(mark, place_of), "")


def _comment(mark: str, place_of: Callable[[Path], object]) -> str:
    fact = _FACT.fullmatch(mark)
    if fact:
        return f"<!-- fact {encoded(str(place_of(_path(fact[1]))))} -->"
    return f"<!-- article {mark[1:-1].split('|')[0]} -->"


def _path(text: str) -> Path:
    return tuple(int(part) if part.isdigit() else part for part in text.split("/"))


def encoded(place: str) -> str:
    """Return a place as it may stand in a comment on any page: a folder can have any name.

    `urllib.parse.unquote` reads it again.
    """
    return quote(place, safe="/:", errors="surrogateescape").replace("--", "%2D%2D")
