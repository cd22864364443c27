"""Every code that the data may hold is put into words, in each language, and no two codes into the same ones."""

from itertools import combinations
from typing import Any, get_args

import pytest
from tests.blocks.variants import changed, published
from tests.conftest import LANGUAGES

from klartekst.blocks import BLOCKS, Page
from klartekst.model import Basis, Measure, Necessity, Party, Register, RetentionRule, System
from klartekst.model.base import Declared
from klartekst.model.codes import BasisCode, DataClass, Mechanism, SpecialKind
from klartekst.model.organisation import Registration, Scheme

NUMBERS = {"dk-cvr": "12345674", "no-orgnr": "123456785", "se-orgnr": "556016-0680"}
PURPOSE = ("activities", "newsletter", "purposes", 0)


def codes(model: type[Declared], field: str) -> tuple[str, ...]:
    return get_args(model.model_fields[field].annotation)


# What is coded: where in the demonstration's Register it stands, its codes, and the block that puts them into words.
CODED: dict[str, tuple[tuple[Any, ...], tuple[str, ...], str]] = {
    "basis": ((*PURPOSE, "bases", 0, "article"), get_args(BasisCode), "activities"),
    "necessity": (("activities", "newsletter", "necessity", "kind"), codes(Necessity, "kind"), "activities"),
    "retention": (("retention", "bookings", "kind"), codes(RetentionRule, "kind"), "activities"),
    "retention in a block": (("retention", "bookings", "kind"), codes(RetentionRule, "kind"), "retention"),
    "action": (("retention", "complaints", "action"), codes(RetentionRule, "action"), "retention"),
    "class": (("categories", "account", "data_class"), get_args(DataClass), "activities"),
    "kind": (("categories", "health", "kind"), get_args(SpecialKind), "activities"),
    "capacity": (("parties", "koel", "capacity"), codes(Party, "capacity"), "processors"),
    "capacity in an activity": (("parties", "koel", "capacity"), codes(Party, "capacity"), "activities"),
    "mechanism": (("parties", "koel", "transfers", 0, "mechanism"), get_args(Mechanism), "processors"),
    "medium": (("systems", "cabinet", "medium"), codes(System, "medium"), "activities"),
    "status": (("measures", "backup", "status"), codes(Measure, "status"), "measures"),
}
SAID_BY_THE_KIND = {"special"}
"""A class without words of its own: the kind of special category, which it must have, says it."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", CODED)
def test_each_code_has_words_of_its_own(what: str, language: str) -> None:
    """No code lacks its phrase, and none reads like another."""
    path, values, block = CODED[what]
    pages = {code: page(changed(published(), path, code), block, language) for code in values}
    alike = [pair for pair in combinations(values, 2) if pages[pair[0]] == pages[pair[1]]]
    assert [pair for pair in alike if not SAID_BY_THE_KIND.intersection(pair)] == []


def page(register: Register, block: str, language: str) -> str:
    text = BLOCKS[block](register, Page(language))
    assert "{" not in text.replace("{: #", "").replace("{: .", "")
    return text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", get_args(Scheme))
def test_each_register_of_companies_has_its_name(scheme: str, language: str) -> None:
    """The number stands with the name of its register, for the organisation and for a party."""
    registration = Registration.model_validate({"scheme": scheme, "number": NUMBERS[scheme]})
    register = changed(published(), ("organisation", "registration"), registration)
    register = changed(register, ("parties", "koel", "registration"), registration)
    number = registration.formatted.replace("-", "&#45;")
    assert number in page(register, "identity", language)
    assert number in page(register, "processors", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consent_says_how_to_withdraw_it_and_an_interest_is_named(language: str) -> None:
    """What a basis brings along stands with it."""
    words = dict.fromkeys(LANGUAGES, "Markblomst")
    for field in ("withdrawal", "interest"):
        basis = Basis.model_validate({"article": "6.1.a", field: words})
        assert "Markblomst" in page(changed(published(), (*PURPOSE, "bases"), (basis,)), "activities", language)
