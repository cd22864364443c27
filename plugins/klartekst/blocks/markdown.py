"""Untrusted words into Markdown: a label shows every character as itself, prose keeps its named subset."""

import re
from collections.abc import Iterator

from markdown_it.token import Token
from markupsafe import Markup

from klartekst.model import parse_prose

# A character that could mean something to Markdown, to an extension or to HTML becomes a reference to itself.
# A full stop after a letter and a hyphen between letters mean nothing to any of them.
_ACTIVE = re.compile(r"(?<=[^\W\d_])\.(?=\s|$)|(?<=[^\W\d_])-(?=[^\W\d_])|[^\w\s,;%]|_")


def escaped(text: str) -> Markup:
    """Return a text as Markdown in which every character shows as itself, on one line."""
    return Markup(_ACTIVE.sub(_reference, " ".join(text.split(" ")).replace("\n", " ")))


def _reference(match: re.Match[str]) -> str:
    character = match.group()
    if character in ".-" and match.end() - match.start() == 1 and _is_harmless(match):
        return character
    return character if ord(character) > 127 else f"&#{ord(character)};"


def _is_harmless(match: re.Match[str]) -> bool:
    text, at = match.string, match.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if match.group() == ".":
        return before.isalpha() and (not after or after.isspace())
    return before.isalpha() and after.isalpha()


def prose(text: str) -> Markup:
    """Return prose as Markdown: paragraphs, lists, emphasis and links, every other character as itself."""
    return Markup("\n".join(_blocks(parse_prose(text))).strip("\n"))


def _blocks(tokens: list[Token]) -> Iterator[str]:
    """Yield the lines of block tokens, with lists indented by four spaces a level."""
    markers: list[str] = []
    first = ""
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            markers.append("-" if token.type.startswith("bullet") else "1.")
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            markers.pop()
            if not markers:
                yield ""
        elif token.type == "list_item_open":
            first = markers[-1].ljust(4)
        elif token.type == "inline":
            indent = "    " * len(markers)
            yield (indent[:-4] + first if first else indent) + "".join(_inline(token.children or []))
            first = ""
            if not token.hidden and not markers:
                yield ""


def _inline(tokens: list[Token]) -> Iterator[str]:
    marks = {"em_open": "*", "em_close": "*", "strong_open": "**", "strong_close": "**", "link_open": "["}
    links: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            links.append(str(token.attrs["href"]))
            yield "["
        elif token.type == "link_close":
            yield f"](<{_address(links.pop())}>)"
        elif token.type in marks:
            yield marks[token.type]
        elif token.type in {"softbreak", "hardbreak"}:
            yield " "
        else:
            yield escaped(token.content)


def _address(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E").replace('"', "%22").replace(" ", "%20")
