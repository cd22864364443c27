"""The product's own words, and how each language writes dates, periods, countries, lists and provisions."""

from klartekst.phrases.catalogue import Phrases, languages, phrases, phrases_with
from klartekst.phrases.formats import cite, country, date, language_name, listed, period

__all__ = [
    "Phrases",
    "cite",
    "country",
    "date",
    "language_name",
    "languages",
    "listed",
    "period",
    "phrases",
    "phrases_with",
]
