"""Untrusted words into Markdown: a label shows every character as itself, prose keeps its named subset."""

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it.token import Token
from markupsafe import Markup

from klartekst.model import parse_prose

# A character that could mean something to Markdown, to an extension or to HTML becomes a reference to itself.
_ACTIVE = re.compile(r"[^\w\s,;%]|_")
# In an address some of them stay: Markdown and the host read the rest of it as it is.
_ACTIVE_IN_ADDRESS = re.compile(r"[^\w/:.,?=#@%()-]")
_ENCODED = {"<": "%3C", ">": "%3E", '"': "%22", " ": "%20", "\\": "%5C", "`": "%60"}


def escaped(text: str) -> Markup:
    """Return a text as Markdown in which every character shows as itself, on one line."""
    return Markup(_ACTIVE.sub(_unless_harmless, text.replace("\n", " ")))


def address(url: str) -> Markup:
    """Return the address of a link as it stands between angle brackets: nothing in it ends it or changes it."""
    return Markup(_ACTIVE_IN_ADDRESS.sub(lambda match: _ENCODED.get(match[0]) or _reference(match[0]), url))


def _unless_harmless(match: re.Match[str]) -> str:
    return match[0] if _is_harmless(match) else _reference(match[0])


def _reference(character: str) -> str:
    return character if ord(character) > 127 else f"&#{ord(character)};"


def _is_harmless(match: re.Match[str]) -> bool:
    """Return whether nothing reads it: a hyphen inside a word, a full stop after a word that begins no line."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if match[0] == "-":
        return before[-1:].isalnum() and after[:1].isalnum()
    ends_word = before[-1:].isalpha() and not after[:1].strip()
    return match[0] == "." and ends_word and len(before.split()) > 1


def prose(text: str) -> Markup:
    """Return prose as Markdown: paragraphs, lists, emphasis and links, every other character as itself."""
    return Markup("\n".join(_lines(parse_prose(text))))


def begins_with_list(text: str) -> bool:
    """Return whether prose begins with a list, which can't stand on the line of what leads to it."""
    return parse_prose(text)[0].type != "paragraph_open"


def _lines(tokens: list[Token]) -> Iterator[str]:
    """Yield the lines of block tokens: four spaces for each level of lists, an empty line around what is loose."""
    lists: list[str] = []
    marks, number, apart = "", "", False
    for index, token in enumerate(tokens):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            if index and tokens[index - 1].type in {"bullet_list_close", "ordered_list_close"}:
                yield from ("", " " * len("".join(lists)) + _BORDER, "")
            lists.append(_mark(token))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
            apart = apart or not lists
        elif token.type == "list_item_open":
            marks += lists[-1]
            number = "" if lists[-1] else escaped(f"{token.info}. ")
        elif token.type == "list_item_close":
            marks = marks[:-4]
        elif token.type == "paragraph_open":
            if apart or number or (index and not token.hidden):
                yield ""
            apart = not token.hidden
        elif token.type == "inline":
            indent = " " * (len("".join(lists)) - len(marks))
            yield indent + marks + number + "".join(_inline(token.children or []))
            marks = number = ""


_BORDER = "<!-- -->"
"""Keeps two lists apart that stand one after the other; Markdown would make them one."""


def _mark(token: Token) -> str:
    """Return what begins an item of a list, or nothing where its numbers don't begin with 1: they are text then."""
    if token.type == "bullet_list_open":
        return "-   "
    return "1.  " if token.attrs.get("start", 1) == 1 else ""


def _inline(tokens: list[Token]) -> Iterator[str]:
    tokens = [token for token in tokens if token.type != "text" or token.content]
    marks = _TAGS if _is_tangled(tokens) else _MARKS
    links: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            links.append(str(token.attrs["href"]))
            yield "["
        elif token.type == "link_close":
            yield f"](<{address(links.pop())}>)"
        elif token.type in marks:
            yield marks[token.type]
        elif token.type in {"softbreak", "hardbreak"}:
            yield " "
        else:
            yield escaped(token.content)


_MARKS = {"em_open": "*", "em_close": "*", "strong_open": "**", "strong_close": "**"}
_TAGS = {"em_open": "<em>", "em_close": "</em>", "strong_open": "<strong>", "strong_close": "</strong>"}


def _is_tangled(tokens: list[Token]) -> bool:
    """Return whether marks of emphasis touch each other or a break, where Markdown reads stars in another way."""
    kinds = [token.type for token in tokens]
    touching = {*_MARKS, "softbreak", "hardbreak"}
    return any(
        (one in _MARKS and other in touching) or (one in touching and other in _MARKS) for one, other in pairwise(kinds)
    )
