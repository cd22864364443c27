"""What the GDPR asks of a controller whoever does the work, on which conditions, and in what time; and whom to call."""

from functools import cache
from typing import Literal

from klartekst.load import packaged
from klartekst.model.base import Declared
from klartekst.model.codes import Country, Provision, Span, Url


class Duties(Declared):
    """What an answer to "must I do anything?" can get wrong about the law."""

    own: tuple[str, ...]
    """The articles whose duties stay with the controller (Art. 5(2), 24 GDPR)."""
    conditions: dict[Provision, str]
    """The duties that do not hold for every case, with what they depend on."""
    controllers: tuple[Provision, ...]
    """The duties that are never a processor's (Art. 33(2), 34(1))."""
    limits: dict[Provision, Span]
    """The longest time there is."""


class CrisisLine(Declared):
    """Somebody to call in a crisis."""

    name: str
    language: str
    """The language of the name, ISO 639-1."""
    number: str
    """The number as people dial it in the country."""
    url: Url
    audience: Literal["everyone", "children"]


@cache
def duties() -> Duties:
    """Return what the law says about duties."""
    return Duties.model_validate(
        {k: v for k, v in packaged("klartekst.law", "data/duties.yml").items() if k != "as_of"}
    )


@cache
def crisis_lines() -> dict[Country, tuple[CrisisLine, ...]]:
    """Return whom to call in a crisis, by country."""
    found = packaged("klartekst.law", "data/crisis.yml")["lines"]
    return {code: tuple(CrisisLine.model_validate(line) for line in lines) for code, lines in found.items()}


@cache
def emergency_numbers(country: str) -> tuple[str, ...]:
    """Return whom to call when a life is in danger, first the ambulance; 112 in any country that is not listed.

    Source: Directive (EU) 2018/1972, Art. 109 (112), and the national numbers beside it.
    """
    return tuple(packaged("klartekst.law", "data/crisis.yml")["emergency"].get(country, ("112",)))
