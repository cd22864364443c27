"""Every word the product itself puts on a page: the same keys in each language, and no fallback."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from klartekst.load import packaged

_SLOT = re.compile(r"\{([a-z_]+)\}")


class Phrases:
    """The phrases of one language."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        """Take the texts by key, such as `retention/at-most`."""
        self.language = language
        self.texts = texts

    def __call__(self, key: str, **slots: str) -> str:
        """Return a phrase as plain text with its slots filled.

        Raises:
            KeyError: there is no such phrase, or a slot is not filled: a hole is an error, never an empty place.
        """
        return "".join(slots[part] if is_slot else part for part, is_slot in self.parts(key))

    def parts(self, key: str) -> Iterator[tuple[str, bool]]:
        """Yield the pieces of a phrase, (text, False) and (name of a slot, True), so that each can be escaped."""
        for index, part in enumerate(_SLOT.split(self.texts[key])):
            yield part, bool(index % 2)

    def slots(self, key: str) -> frozenset[str]:
        """Return the names of the slots of a phrase."""
        return frozenset(_SLOT.findall(self.texts[key]))


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have phrases, as ISO 639-1 codes."""
    names = (file.name for file in files("klartekst.phrases").iterdir())
    return tuple(sorted(name[:2] for name in names if re.fullmatch(r"[a-z]{2}\.yml", name)))


@cache
def phrases(language: str) -> Phrases:
    """Return the phrases of a language.

    Raises:
        KeyError: the product has no phrases in that language.
    """
    if language not in languages():
        raise KeyError(language)
    return Phrases(language, dict(_flat(packaged("klartekst.phrases", f"{language}.yml"))))


def phrases_with(language: str, own: Mapping[str, str] | None) -> Phrases:
    """Return the phrases of a language, with the owner's own wording in place of the built-in one.

    Args:
        language: ISO 639-1.
        own: the owner's texts by key; a key that is no phrase was found before (rule `phrase/unknown`).

    Raises:
        KeyError: the product has no phrases in that language.
    """
    built_in = phrases(language)
    return Phrases(language, {**built_in.texts, **own}) if own else built_in


def _flat(texts: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in texts.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}/")
        else:
            yield f"{prefix}{key}", value or ""
