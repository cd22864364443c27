"""What a file says about itself: its language, author, version and day."""

import datetime as dt
from dataclasses import dataclass

from babel.core import Locale, get_global

from klartekst.documents import Outline
from klartekst.model import Register
from klartekst.phrases import Phrases, date, phrases_with
from klartekst.phrases.formats import locale


class FileError(Exception):
    """A file that cannot be made, with what to do about it."""


@dataclass(frozen=True)
class FileFacts:
    """What the properties and the footer of a file say."""

    words: Phrases
    """The phrases of its language."""
    author: str
    """The organisation."""
    day: dt.date
    """The day of its version; the file bears this day, so that the same text gives the same bytes."""
    number: str = ""
    """Its version, or nothing."""
    title: str = ""
    """Its title; the first heading where left out."""

    @property
    def language(self) -> str:
        """Its language, ISO 639-1."""
        return self.words.language

    @property
    def tag(self) -> str:
        """Its language with the country whose spelling it follows, such as `nb-NO`."""
        return f"{self.language}-{region(self.language)}"

    @property
    def version(self) -> str:
        """Its version in words, or nothing."""
        return self.words("file/version", version=self.number) if self.number else ""

    @property
    def date(self) -> str:
        """Its day in words."""
        return date(self.day, self.language)


def file_facts(register: Register, outline: Outline, language: str) -> FileFacts:
    """Return what the file of a document says about itself: what its owner declared, or what holds of all facts.

    Args:
        register: the published Register.
        outline: the document.
        language: ISO 639-1.
    """
    organisation = register.organisation
    return FileFacts(
        words=phrases_with(language, register.phrases.get(language)),
        author=organisation.name,
        day=outline.effective or organisation.updated,
        number=outline.version or "",
    )


def region(language: str) -> str:
    """Return the country whose spelling a language follows in the product: `GB` for English."""
    found = locale(language).territory
    return found or str(Locale.parse(get_global("likely_subtags")[language]).territory)
