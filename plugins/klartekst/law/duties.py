"""What the GDPR asks of a controller whoever does the work, on which conditions, and in what time; and whom to call."""

from functools import cache
from typing import Literal

from klartekst.law.dated import eea
from klartekst.load import packaged
from klartekst.model.base import Declared
from klartekst.model.codes import Country, Provision, Span, Url


class Duties(Declared):
    """What an answer to "must I do anything?" can get wrong about the law."""

    own: tuple[Provision, ...]
    """The articles whose duties stay with the controller (Art. 5(2), 24 GDPR)."""
    others: tuple[Provision, ...]
    """The provisions of these that bind a processor, or say when the controller need not."""
    processors: tuple[Provision, ...]
    """The provisions that bind a processor itself."""
    conditions: tuple[Provision, ...]
    """The duties that do not hold for every case."""
    requests: tuple[Provision, ...]
    """The articles whose requests are answered within the time of Art. 12(3)."""
    controllers: tuple[Provision, ...]
    """The duties that are never a processor's (Art. 33(2), 34(1))."""
    limits: dict[Provision, Span]
    """The longest time there is, as ISO 8601."""

    def is_own(self, provision: str) -> bool:
        """Return whether a provision binds the controller itself, whoever does the work."""
        return provision.split(".")[0] in self.own and provision not in self.others

    def binds_processor(self, provision: str) -> bool:
        """Return whether a provision, or a part of it, binds a processor itself."""
        return any(one == provision or one.startswith(f"{provision}.") for one in self.processors)

    def limit(self, provision: str) -> str | None:
        """Return the longest time that a provision gives, as ISO 8601; None where it names none."""
        return self.limits.get("12.3" if self.is_request(provision) else provision)

    def is_request(self, provision: str) -> bool:
        """Return whether a provision is about a request, which is answered within the time of Art. 12(3)."""
        return provision.split(".")[0] in self.requests


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
    """Return whom to call when a life is in danger, first the ambulance: 112 elsewhere in the EEA, nothing outside it.

    Source: Directive (EU) 2018/1972, Art. 109 (112), and the national numbers beside it.
    """
    elsewhere = ("112",) if country in eea() else ()
    return tuple(packaged("klartekst.law", "data/crisis.yml")["emergency"].get(country, elsewhere))
