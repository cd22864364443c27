"""Which phrase stands behind words on a page: a search in which a slot is whatever the facts put there."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from klartekst.phrases.catalogue import Phrases

_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"[.!?:;()\n–·•|]+")
_SLOT = None
_Pattern = list[str | None]


@dataclass(frozen=True)
class Found:
    """A phrase that says the words, in one language."""

    key: str
    language: str
    words: int
    """How many of the words are the phrase's own; the facts gave the others."""
    exact: int
    """How many of those are whole words of it, not cut at an end of what was copied."""
    rest: int
    """How many words of the phrase were not among them."""


def find(text: str, catalogues: Iterable[Phrases]) -> list[Found]:
    """Return the phrases that say some words, the likeliest first; if no single one says all, those that say a part.

    Args:
        text: words as they were copied from a page; case, spaces and punctuation do not matter.
        catalogues: the phrases of each language to search in.
    """
    patterns = [(key, one.language, _pattern(one, key)) for one in catalogues for key in one.texts]
    whole = _likeliest(_words(text), patterns)
    if whole:
        return whole
    pieces = (_likeliest(_words(piece), patterns) for piece in _PIECE.split(text))
    return list(dict.fromkeys(found for piece in pieces for found in piece))


def says(text: str, words: str) -> bool:
    """Return whether a text without slots holds some words, in the same loose sense."""
    return f" {' '.join(_words(words))} " in f" {' '.join(_words(text))} "


def _likeliest(words: Sequence[str], patterns: Iterable[tuple[str, str, _Pattern]]) -> list[Found]:
    """Return the phrases that explain most of the words, those of which least is left first."""
    found = []
    for key, language, pattern in patterns:
        own, exact = _own_words(words, pattern)
        if own > 1 or own == len(words) > 0:
            found.append(Found(key, language, own, exact, sum(part is not _SLOT for part in pattern) - own))
    most = max(((one.words, one.exact) for one in found), default=None)
    return sorted((one for one in found if (one.words, one.exact) == most), key=lambda one: one.rest)


def _own_words(words: Sequence[str], pattern: _Pattern) -> tuple[int, int]:
    """Return how many words, and how many whole words, are a phrase's own where all are a stretch of it, slots filled.

    The best counts by the place in the phrase that comes next are carried from word to word; none are zeros.
    """
    best = dict.fromkeys(range(len(pattern) + 1), (0, 0))
    for index, word in enumerate(words):
        following: dict[int, tuple[int, int]] = {}
        for start, (own, exact) in best.items():
            for place in _next(pattern, start):
                part = pattern[place]
                if part is _SLOT:
                    following[place] = max((own, exact), following.get(place, (0, 0)))
                elif _same(word, part, index == 0, index == len(words) - 1):
                    counts = (own + 1, exact + (word == part))
                    following[place + 1] = max(counts, following.get(place + 1, (0, 0)))
        best = following
    return max(best.values(), default=(0, 0))


def _next(pattern: _Pattern, start: int) -> Iterable[int]:
    """Yield the places that can take the next word: a slot may take none."""
    for place in range(start, len(pattern)):
        yield place
        if pattern[place] is not _SLOT:
            return


def _same(word: str, part: str, is_first: bool, is_last: bool) -> bool:
    """Return whether a word is a word of the phrase; at an end of what was copied, a piece of a word will do."""
    if word == part or len(word) < 3:
        return word == part
    return (
        (is_first and is_last and word in part)
        or (is_first and part.endswith(word))
        or (is_last and part.startswith(word))
    )


def _pattern(phrases: Phrases, key: str) -> _Pattern:
    found: _Pattern = []
    for part, is_slot in phrases.parts(key):
        found += [_SLOT] if is_slot else _words(part)
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold())
