"""Words that an organisation writes itself: labels, in which every character shows as itself, and prose."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import AfterValidator, ConfigDict, RootModel, StringConstraints

from klartekst.model.codes import is_web_address

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""An ISO 639-1 code, such as `da`; Norwegian is written `nb` (bokmål) or `nn` (nynorsk), never `no`."""

# Joiners and soft hyphens are part of ordinary words; all other format characters can reorder or hide text.
_HARMLESS_FORMAT = {"\u00ad", "\u200c", "\u200d"}
_BREAKS = {ord("\n"): None}
_TAG = re.compile(r"<\s*[A-Za-z/!?]")
_OUTSIDE_THE_SITE = re.compile(r"(mailto|tel):[^\s:]+")


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802  markdown-it's name
        """Parse every link, so that ours is the one that refuses and says so."""
        return True


_PROSE = _Parser("zero").enable(["list", "emphasis", "link", "escape", "entity", "newline"])


def _hidden(character: str) -> bool:
    category = unicodedata.category(character)
    return category in {"Cc", "Zl", "Zp", "Co", "Cs", "Cn"} or (category == "Cf" and character not in _HARMLESS_FORMAT)


def _visible(text: str, allowed: str = "") -> str:
    printable = text.translate(_BREAKS if allowed else {}).isprintable()  # tells at once of nearly every text
    for index, character in enumerate("" if printable else text):
        if character not in allowed and _hidden(character):
            raise ValueError(
                f"character {index + 1} is the invisible U+{ord(character):04X}; only visible text is allowed here"
            )
    if not text.strip():
        raise ValueError("the text is empty; write the words, or leave the key out")
    return text.strip()


def visible_line(text: str) -> str:
    """Accept one line of visible text.

    Raises:
        ValueError: it has several lines, nothing to see, or something that hides.
    """
    if "\n" in text.strip():
        raise ValueError("a label is one line; join the lines, or use a field that takes prose")
    return _visible(text)


def _leaves(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _leaves(token.children or [])


def _check_links(tokens: list[Token]) -> None:
    last = None
    for token in _leaves(tokens):
        href = str(token.attrs.get("href", ""))
        if token.type == "link_open" and not (is_web_address(href) or _OUTSIDE_THE_SITE.fullmatch(href)):
            raise ValueError(f"the link to {href!r} is not safe; start it with https://, mailto: or tel:")
        if token.type == "link_close" and last == "link_open":
            raise ValueError("a link has no words; write [words](https://...)")
        if token.type == "text" and "](" in token.content:
            raise ValueError("a link cannot be read; write [words](https://...), without spaces in the address")
        last = token.type if token.type != "text" or token.content.strip() else last


def _prose(text: str) -> str:
    """Accept paragraphs, lists, emphasis and links; refuse tags and links that could run or hide something."""
    text = _visible(text, allowed="\n")
    if tag := _TAG.search(text):
        raise ValueError(
            f"a tag starts at {text[tag.start() : tag.start() + 12]!r}; prose takes paragraphs, lists, "
            "*emphasis*, **strong** and [links](https://...), no HTML"
        )
    if "[" in text or "<" in text:  # no link starts otherwise, and to parse is slow
        _check_links(parse_prose(text))
    return text


def parse_prose(text: str) -> list[Token]:
    """Parse prose (the named subset of Markdown) into markdown-it tokens."""
    return _PROSE.parse(text)


Line = Annotated[str, AfterValidator(visible_line)]
"""One line that is the same in every language: a name, a number, a street."""

ProseText = Annotated[str, AfterValidator(_prose)]


class Translated(RootModel[dict[LanguageCode, Any]]):
    """Words per language; `words["nb"]` are the words in that language, without any fallback."""

    model_config = ConfigDict(frozen=True, strict=True)

    def __getitem__(self, language: str) -> str:
        """Return the words in a language (ISO 639-1); a KeyError means that there are none: `has` tells before."""
        return str(self.root[language])

    def has(self, language: str) -> bool:
        """Return whether there are words in a language."""
        return language in self.root

    @property
    def languages(self) -> frozenset[str]:
        """The languages in which the words stand."""
        return frozenset(self.root)


class Label(Translated):
    """A label per language, one line each: every character shows as itself."""

    root: dict[LanguageCode, Line]


class Prose(Translated):
    """Prose per language: paragraphs, lists, emphasis and links."""

    root: dict[LanguageCode, ProseText]
