"""The law as dated data: who supervises, which countries are inside, which rights follow from which basis."""

from functools import cache
from typing import Literal, TypeVar

from klartekst.load import packaged
from klartekst.model.base import Declared, Flag
from klartekst.model.codes import BasisCode, Country, Date, Email, Period, Url

T = TypeVar("T", bound=Declared)


class Authority(Declared):
    """A supervisory authority (Art. 51 GDPR)."""

    name: str
    language: str
    web: Url
    complaint: Url | None = None
    email: Email | None = None
    phone: str | None = None
    address: str | None = None
    gdpr: Flag = True

    @property
    def complaint_url(self) -> str:
        """The page on which one complains, or the front page where that page was not seen."""
        return self.complaint or self.web


class Adequacy(Declared):
    """A decision of the Commission that a country protects personal data adequately (Art. 45 GDPR)."""

    kind: Literal["full", "sectoral", "certified"]
    decision: str
    adopted: Date | None = None
    valid_to: Date | None = None
    note: str


class Right(Declared):
    """A right of the data subject and the bases that give it (Art. 7(3), 15-22, 77 GDPR)."""

    article: str
    bases: Literal["all"] | tuple[BasisCode, ...]
    not_beside: tuple[BasisCode, ...] = ()
    limited: tuple[BasisCode, ...] = ()
    limit: str | None = None
    media: Literal["digital"] | None = None
    only_if: Literal["automated-decisions"] | None = None
    note: str


class BasisDemand(Declared):
    """What a legal basis demands beside itself."""

    group: Literal["ordinary", "special", "criminal"]
    needs: tuple[Literal["interest", "law", "consent", "secrecy"], ...]


class Item(Declared):
    """Something that a privacy notice must state (Art. 13(1)-(2), 14(1)-(2) GDPR)."""

    when: Literal[
        "always", "representative", "dpo", "objection", "legitimate-interest", "recipients", "transfers", "consent",
        "automated-decisions", "direct", "indirect",
    ]  # fmt: skip
    twin: str | None = None
    article: str | None = None


class ResponseTime(Declared):
    """How fast a request must be answered (Art. 12(3) GDPR), as ISO 8601 durations."""

    period: Period
    extension: Period
    article: str


def _table(file: str, key: str, model: type[T]) -> dict[str, T]:
    return {id: model.model_validate(value) for id, value in packaged("klartekst.law", f"data/{file}.yml")[key].items()}


@cache
def authorities() -> dict[Country, Authority]:
    """Return the supervisory authorities by country."""
    return _table("authorities", "authorities", Authority)


@cache
def adequacy_decisions() -> dict[Country, Adequacy]:
    """Return the adequacy decisions by country."""
    return _table("adequacy", "decisions", Adequacy)


@cache
def rights() -> dict[str, Right]:
    """Return the rights by id, in the order in which a statement names them."""
    return _table("rights", "rights", Right)


@cache
def bases() -> dict[str, BasisDemand]:
    """Return what each legal basis demands, by its code."""
    return _table("bases", "bases", BasisDemand)


@cache
def notice_items() -> dict[str, Item]:
    """Return the items that a privacy notice must state, by provision."""
    return _table("items", "items", Item)


@cache
def response_time() -> ResponseTime:
    """Return the time in which a request must be answered."""
    return ResponseTime.model_validate(packaged("klartekst.law", "data/rights.yml")["response"])


@cache
def safeguards() -> dict[str, str]:
    """Return the provision behind each mechanism of transfer other than adequacy and derogation (Art. 46, 47 GDPR)."""
    return dict(packaged("klartekst.law", "data/safeguards.yml")["safeguards"])


@cache
def device_laws() -> tuple[Country, ...]:
    """Return the countries whose rules on storage on a reader's device have phrases of their own."""
    return tuple(packaged("klartekst.law", "data/devices.yml")["countries"])


@cache
def consent_ages() -> dict[Country, int]:
    """Return the age, in years, from which a child consents alone to an online service (Art. 8(1) GDPR), by country."""
    return {country: int(age) for country, age in packaged("klartekst.law", "data/ages.yml")["ages"].items()}


@cache
def eea() -> frozenset[Country]:
    """Return the countries inside the European Economic Area, with EU territory that has a code of its own."""
    data = packaged("klartekst.law", "data/eea.yml")
    return frozenset((*data["eu"], *data["efta"], *data["eu_territories"]))
