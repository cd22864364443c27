"""Every code that the data may hold is put into words, in each language, and no two codes into the same ones."""

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any, Literal, get_args, get_origin

import pytest
from tests.blocks.variants import ONE, changed, everything, facts, text_of
from tests.conftest import LANGUAGES

from klartekst.blocks import BLOCKS, Page, plain
from klartekst.model import Basis, Label, Register, Registration
from klartekst.model.codes import SelfService
from klartekst.model.organisation import Scheme

CODED = {fact.name: fact for fact in facts() if get_origin(fact.annotation) is Literal}
"""Every field of every model that holds a code: found by the types, so that a new one is tried without an entry."""

UNSPOKEN = {
    "Organisation.klartekst": "the version of the format: there is only one",
    "Agreement.transfers": "a rule compares it with the processors, and the page lists what they say",
    "Assurance.about": "which fact can contradict the claim: the rules read it, readers get the claim",
    "RoleGuidance.capacity": "what a role is under the law: the rules read it, and a controller sees its authority",
}

ACTIVITY = ("activities", ONE)


def with_self_service(register: Register) -> Register:
    """Return facts with a place for each right that people can use in the service, and a topic that shows it."""
    places = {right: Label(dict.fromkeys(LANGUAGES, "I appen.")) for right in get_args(SelfService)}
    shown = changed(register, ("guidance", ONE, "shows"), ("self-service",))
    found: Register = changed(shown, ("organisation", "rights", "self_service"), places)
    return found


# What has to be otherwise, so that a page can tell one code from another.
AROUND: Mapping[str, Callable[[Register, str], Register]] = {
    "Activity.capacity": lambda register, code: (
        register if code == "joint" else changed(register, (*ACTIVITY, "joint"), None)
    ),
    "Agreement.visibility": lambda register, code: register.published(),
    "Category.data_class": lambda register, code: changed(
        register, ("categories", ONE, "kind"), "health" if code == "special" else None
    ),
    "Grounds.self_service": lambda register, code: with_self_service(register),
    "Measure.status": lambda register, code: changed(register, ("measures", ONE, "party"), None),
    "NotRelevant.kind": lambda register, code: changed(register, ("measures", ONE, "kinds"), ()),
    "RetentionRule.action": lambda register, code: changed(
        changed(register, ("retention", ONE, "kind"), "at-most"), ("retention", ONE, "review"), None
    ),
    "Registration.scheme": lambda register, code: changed(
        register, ("organisation", "registration"), registration(code)
    ),
}

ALSO_IN = [
    ("Party.capacity", "activities"), ("Party.capacity", "processors"),
    ("Transfer.mechanism", "activities"), ("Transfer.mechanism", "processors"),
    ("Transfer.derogation", "activities"), ("Transfer.derogation", "processors"),
    ("RetentionRule.kind", "activities"), ("RetentionRule.kind", "retention"), ("RetentionRule.kind", "schedule"),
    ("RetentionRule.action", "activities"), ("RetentionRule.action", "retention"), ("RetentionRule.action", "schedule"),
    ("Transfer.mechanism", "annexes"), ("Transfer.derogation", "annexes"), ("RetentionRule.kind", "annexes"),
    ("RetentionRule.action", "annexes"), ("Activity.operations", "annexes"), ("Measure.kinds", "annexes"),
    ("SecurityTerms.level", "annexes"), ("Audit.form", "annexes"), ("Audit.costs", "annexes"),
    ("Duration.ends", "annexes"), ("Agreement.authorisation", "annexes"), ("Agreement.end_of_service", "annexes"),
    ("Registration.scheme", "identity"), ("Basis.article", "activities"), ("AutomatedDecision.basis", "automated"),
]  # fmt: skip
"""Where a code must be told from all others within one block, and not only somewhere on the site."""

NUMBERS = {
    "dk-cvr": "12345674", "no-orgnr": "123456785", "se-orgnr": "556016-0680", "fi-ytunnus": "1572860-0",
    "de-hrb": "Aachen HRA 11223", "fr-siren": "552008443",
}  # fmt: skip


def registration(scheme: str) -> Registration:
    """Return a valid number of a register."""
    return Registration.model_validate({"scheme": scheme, "number": NUMBERS[scheme]})


def variants(name: str) -> dict[str, Register]:
    """Return facts with each code in the place of a field, by code."""
    path, codes = CODED[name].path, get_args(CODED[name].annotation)
    base = changed(everything(), ("parties", ONE, "transfers", 0, "mechanism"), "derogation")
    found = {code: changed(base, path, code) for code in codes}
    return {code: AROUND[name](register, code) if name in AROUND else register for code, register in found.items()}


def alike(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the codes that read the same."""
    return [pair for pair in combinations(texts, 2) if texts[pair[0]] == texts[pair[1]]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CODED)
def test_each_code_has_words_of_its_own(name: str, language: str) -> None:
    """No code lacks its phrase, and none reads like another."""
    texts = {code: text_of(register, language) for code, register in variants(name).items()}
    assert [code for code, text in texts.items() if "{" in text.replace("{: #", "").replace("{: .", "")] == []
    if name in UNSPOKEN:
        assert len(set(texts.values())) == 1
    else:
        assert alike(texts) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "block"), ALSO_IN)
def test_each_code_has_words_of_its_own_in_a_block(name: str, block: str, language: str) -> None:
    """A block that stands alone on a page tells each code from the others."""
    texts = {code: page(register, block, language) for code, register in variants(name).items()}
    assert alike(texts) == []


def page(register: Register, block: str, language: str) -> str:
    return plain(BLOCKS[block](register, Page(language)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", get_args(Scheme))
def test_each_register_of_companies_has_its_name(scheme: str, language: str) -> None:
    """The number stands with the name of its register, for the organisation and for a party."""
    found = registration(scheme)
    register = changed(everything(), ("organisation", "registration"), found)
    register = changed(register, ("parties", ONE, "registration"), found)
    for block in ("identity", "processors"):
        assert shown(found.formatted) in shown(page(register, block, language))


def shown(text: str) -> str:
    """Return a text without what escaping does to it."""
    return text.replace("&#45;", "-").replace("&#47;", "/")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", ["withdrawal", "interest", "when"])
def test_what_a_basis_brings_along_stands_with_it(field: str, language: str) -> None:
    """A consent says how to withdraw it, an interest is named, a condition is said."""
    words = dict.fromkeys(LANGUAGES, "Markblomst")
    basis = Basis.model_validate({"article": "6.1.a", field: words})
    path: tuple[Any, ...] = (*ACTIVITY, "purposes", 0, "bases")
    assert "Markblomst" in page(changed(everything(), path, (basis,)), "activities", language)
