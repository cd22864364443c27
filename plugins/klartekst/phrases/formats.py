"""Dates, periods, countries, lists and provisions, as each language writes them."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.units import format_unit

from klartekst.phrases.catalogue import Phrases, phrases

_LOCALES = {"en": "en_GB"}
_UNITS = {
    "Y": "duration-year",
    "M": "duration-month",
    "W": "duration-week",
    "D": "duration-day",
    "TH": "duration-hour",
    "TM": "duration-minute",
}
_NO_BREAK = "\u00a0"


def locale(language: str) -> Locale:
    """Return Babel's locale of a language; English is British."""
    return Locale.parse(_LOCALES.get(language, language))


def date(day: dt.date, language: str) -> str:
    """Return a day as text: `22. november 2026`."""
    return format_date(day, "long", locale=locale(language))


def period(duration: str, language: str) -> str:
    """Return an ISO 8601 duration as text: `P1Y6M` is `1 år og 6 måneder`, `PT72H` is `72 timer`."""
    days, _, clock = duration.partition("T")
    parts = re.findall(r"(\d+)([YMWD])", days)
    parts += [(number, f"T{unit}") for number, unit in re.findall(r"(\d+)([HM])", clock)]
    return listed([_units(int(number), unit, language).replace(" ", _NO_BREAK) for number, unit in parts], language)


def _units(number: int, unit: str, language: str) -> str:
    if (language, unit) == ("nb", "D"):  # Babel counts Norwegian days as døgn, the law as dager
        return "1 dag" if number == 1 else f"{number} dager"
    return format_unit(number, _UNITS[unit], "long", locale=locale(language))


def country(code: str, language: str) -> str:
    """Return the name of a country (ISO 3166-1 alpha-2)."""
    return str(locale(language).territories[code])


def language_name(code: str, language: str) -> str:
    """Return the name of a language (ISO 639-1), in another."""
    return str(locale(language).languages[code])


def listed(items: Sequence[str], language: str, style: Literal["standard", "or"] = "standard") -> str:
    """Return items as a list in running text: `a, b og c`, or `a, b eller c` for the style `or`."""
    return format_list(items, style, locale(language))


def cite(provision: str, language: str, words: Phrases | None = None) -> str:
    """Return a provision of the GDPR as it is cited in running text: `6.1.b` is `Article 6(1)(b)`.

    Args:
        provision: article, paragraph and point; `49.1.2` is the second subparagraph of Art. 49(1).
        language: ISO 639-1.
        words: the phrases to use; the built-in ones if left out.
    """
    names = ("article", "paragraph", "point")
    numbers = provision.split(".")
    key = _cited_as(numbers)
    slots = dict(zip(names, numbers, strict=False))
    words = words or phrases(language)
    text = words(key, **{name: number for name, number in slots.items() if name in words.slots(key)})
    return re.sub(r"(?<=\w|\.) (?=\d|[a-z]\b)", _NO_BREAK, text)


def _cited_as(numbers: list[str]) -> str:
    """Return the phrase for a provision: Article 4 has definitions, and 49.1.2 is a subparagraph."""
    if numbers[2:]:
        return "cite/point" if numbers[2].isalpha() else "cite/second-subparagraph"
    if numbers[1:]:
        return "cite/definition" if numbers[0] == "4" else "cite/paragraph"
    return "cite/article"
