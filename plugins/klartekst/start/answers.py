"""What a new site is made from: a few answers, each held against the model itself."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import Field

from klartekst.law import authorities
from klartekst.load import Tree, nearest, shape
from klartekst.model import Declared, Registration
from klartekst.model.codes import Country, Email, Url
from klartekst.model.text import LanguageCode, Line
from klartekst.phrases import languages


class Answers(Declared):
    """What only the owner of a site can say, and what no site can do without."""

    name: Line
    """The full legal name."""
    short_name: Line
    """The name that readers know."""
    country: Country
    """The country of establishment."""
    email: Email
    """The general e-mail address."""
    languages: tuple[LanguageCode, ...] = Field(min_length=1)
    """The languages of the site; the first is the main one."""
    website: Url | None = None
    """The address of the website."""
    registration: Registration | None = None
    """The number in the register of companies."""


def answers(texts: Mapping[str, str]) -> Answers:
    """Return the answers from the texts that somebody wrote, by field.

    A field without text is left out; the short name is then the name, and the language that of the country.

    Raises:
        ValueError: a text is none that the model takes, or one that is needed is not there.
    """
    country = texts.get("country", "")
    implied = {"short_name": texts.get("name", ""), "languages": default_language(country)}
    given = implied | {field: text for field, text in texts.items() if text}
    values = {field: accepted(field, text, country) for field, text in given.items()}
    made, findings = shape(Answers, values, Tree("answers"), ())
    if made is None:
        raise ValueError("; ".join(finding.message for finding in findings))
    return made


def accepted(field: str, text: str, country: str = "") -> Any:
    """Return what a text means as the answer of a field, once the model has taken it.

    Args:
        field: a field of Answers.
        text: what somebody wrote.
        country: the answer of `country`, which tells the register of a number without one.

    Raises:
        ValueError: with what is wrong and what to write.
    """
    value = parsed(field, text, country)
    _, findings = shape(Answers, {field: value}, Tree("answers"), ())
    for finding in findings:
        if finding.rule != "shape/missing":
            raise ValueError(re.sub(r"^this: ", "", finding.message))
    _MEANING.get(field, lambda _: None)(value)
    return value


def parsed(field: str, text: str, country: str = "") -> Any:
    """Return a text in the form that the model takes for a field."""
    if field == "languages":
        return tuple(part for part in re.split(r"[\s,]+", text) if part)
    if field == "registration":
        scheme, colon, number = text.partition(":")
        return {"scheme": scheme, "number": number} if colon else {"scheme": _scheme(country), "number": text}
    return text


def default_language(country: str) -> str:
    """Return the language that a site in a country probably has."""
    return {"DK": "da", "NO": "nb"}.get(country, "en")


def _scheme(country: str) -> str:
    if country not in _REGISTERS:
        raise ValueError(
            f"write the register before the number, such as no-orgnr:...; {', '.join(_REGISTERS.values())}"
        )
    return _REGISTERS[country]


_REGISTERS = {
    "DK": "dk-cvr",
    "NO": "no-orgnr",
    "SE": "se-orgnr",
    "FI": "fi-ytunnus",
    "DE": "de-hrb",
    "FR": "fr-siren",
}


def _is_spoken(codes: tuple[str, ...]) -> None:
    for code in codes:
        if code not in languages():
            hint = " Norwegian bokmål is nb." if code == "no" else nearest(code, languages())
            raise ValueError(f'there are no phrases in "{code}". Known: {", ".join(languages())}.{hint}')
    if len(set(codes)) < len(codes):
        raise ValueError("a language stands here twice. Delete one")


def _is_supervised(country: str) -> None:
    if country not in authorities() or not authorities()[country].gdpr:
        raise ValueError(
            f"{country} has no supervisory authority under the GDPR. Give the country of an establishment in the EEA"
        )


_MEANING: Mapping[str, Callable[[Any], None]] = {"languages": _is_spoken, "country": _is_supervised}
"""What check would say as an error at once: a new site must not begin with one."""
