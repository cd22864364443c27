"""Which items of Art. 13 and 14 apply, and about what, follows from the facts: domain.md 1, written here by hand."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.law.facts import activity, choir, incidental, purpose, register

from klartekst.law import WHOLE, demands
from klartekst.model import Disclosure, Register, Source

Scopes = Mapping[str, tuple[str, ...]]

EACH, ONCE, NEVER = ("choir",), (WHOLE,), ()
PLAIN: Scopes = {
    "13.1.a": ONCE,
    "13.1.a.representative": NEVER,
    "13.1.b": NEVER,
    "13.1.c": EACH,
    "13.1.d": NEVER,
    "13.1.e": NEVER,
    "13.1.f": NEVER,
    "13.2.a": EACH,
    "13.2.b": ONCE,
    "13.2.b.objection": NEVER,
    "13.2.c": NEVER,
    "13.2.d": ONCE,
    "13.2.e": EACH,
    "13.2.f": EACH,
    "14.1.d": NEVER,
    "14.2.f": NEVER,
}
"""For a choir in the EEA without officer, with one activity: from the person, on a contract, for nobody else to see."""


def source(origin: str) -> Source:
    """Return a source of this kind, with nothing said about it."""
    return Source.model_validate({"from": origin})


def resting_on(*codes: str) -> Register:
    """Return the choir with these bases."""
    return register(activity(purpose(codes)))


def outside() -> Register:
    """Return the choir in the United States, which names no representative."""
    return register(activity(), country="US")


def with_officer() -> Register:
    """Return the choir with an officer whom nobody can reach yet."""
    officer = choir().organisation.data_protection_officer
    assert officer
    return register(activity(), data_protection_officer=officer.model_copy(update={"appointed": True}))


def abroad() -> Register:
    """Return the choir whose vendor is abroad."""
    made = register(activity(systems=("hosted",)))
    system = made.systems["hosted"].model_copy(update={"vendor": "abroad"})
    return replace(made, systems={**made.systems, "hosted": system})


def disclosing() -> Register:
    """Return the choir that gives data to recipients of a kind, and to nobody by name."""
    words = dict.fromkeys(choir().organisation.languages, "x")
    return register(activity(disclosures=(Disclosure.model_validate({"to": words, "text": words}),)))


CHANGES: dict[str, tuple[Register, Scopes]] = {
    "nothing": (register(activity()), {}),
    "outside the EEA": (outside(), {"13.1.a.representative": ONCE}),
    "in Norway": (register(activity(), country="NO"), {}),
    "an officer": (with_officer(), {"13.1.b": ONCE}),
    "an officer or none": (register(activity(), data_protection_officer=None), {"13.1.b": ONCE}),
    "consent": (resting_on("6.1.a"), {"13.2.c": EACH}),
    "a law": (resting_on("6.1.c"), {}),
    "a vital interest": (resting_on("6.1.d"), {}),
    "a public task": (resting_on("6.1.e"), {"13.2.b.objection": ONCE}),
    "a legitimate interest": (resting_on("6.1.f"), {"13.1.d": EACH, "13.2.b.objection": ONCE}),
    "explicit consent": (resting_on("6.1.b", "9.2.a"), {"13.2.c": EACH}),
    "care": (resting_on("6.1.b", "9.2.h"), {}),
    "no basis": (resting_on(), {}),
    "consent to volunteered data": (register(activity(incidental=incidental("9.2.a"))), {"13.2.c": EACH}),
    "interest in volunteered data": (
        register(activity(incidental=incidental("6.1.f"))),
        {"13.1.d": EACH, "13.2.b.objection": ONCE},
    ),
    "marketing": (register(activity(purpose(["6.1.b"], marketing=True))), {"13.2.b.objection": ONCE}),
    "a recipient": (register(activity(recipients=("hosting",))), {"13.1.e": EACH}),
    "a recipient or none": (register(activity(recipients=None)), {"13.1.e": EACH}),
    "a vendor": (register(activity(systems=("hosted",))), {"13.1.e": EACH}),
    "recipients of a kind": (disclosing(), {"13.1.e": EACH}),
    "a recipient abroad": (register(activity(recipients=("abroad",))), {"13.1.e": EACH, "13.1.f": EACH}),
    "a recipient abroad or not": (register(activity(recipients=("silent",))), {"13.1.e": EACH, "13.1.f": EACH}),
    "a vendor abroad": (abroad(), {"13.1.e": EACH, "13.1.f": EACH}),
    "a source or another": (register(activity(sources=None)), {"14.1.d": EACH, "14.2.f": EACH}),
    "observation": (register(activity(sources=(source("observation"),))), {}),
    "jointly": (register(activity(capacity="joint")), {}),
    "on behalf of others": (
        register(activity(purpose(["6.1.f"]), capacity="processor", recipients=("abroad",))),
        {"13.1.c": NEVER, "13.2.a": NEVER, "13.2.b": NEVER, "13.2.e": NEVER, "13.2.f": NEVER},
    ),
}
"""What is changed, and which items apply otherwise than before; all others stay."""


def scopes(facts: Register) -> Scopes:
    """Return the scopes of each item."""
    return {demand.id: demand.scopes for demand in demands(facts)}


@pytest.mark.parametrize("change", CHANGES)
def test_an_item_applies_where_its_condition_holds(change: str) -> None:
    """Each condition brings exactly its items, and takes exactly those away that it should."""
    facts, other = CHANGES[change]
    assert scopes(facts) == {**PLAIN, **other}
    assert [demand.twin_scopes for demand in demands(facts)] == [()] * len(PLAIN)


INDIRECT = {"14.1.d": EACH, "14.2.f": EACH}
TWINS = {
    "13.1.a": ONCE,
    "13.1.c": EACH,
    "13.2.a": EACH,
    "13.2.b": ONCE,
    "13.2.d": ONCE,
    "13.2.f": EACH,
}
"""For data from others, it is Art. 14 that asks for these; 14.1.d and 14.2.f stand there alone, 13.2.e has no twin."""


@pytest.mark.parametrize("origin", ["third-party", "public-source"])
def test_data_from_others_is_a_matter_of_article_14(origin: str) -> None:
    """What and whence is told, and not whether the person must give it; the other items stand in Art. 14, too."""
    facts = register(activity(sources=(source(origin),)))
    assert scopes(facts) == {**PLAIN, **INDIRECT, "13.2.e": NEVER}
    assert {demand.id: demand.twin_scopes for demand in demands(facts) if demand.twin_scopes} == TWINS


def test_data_from_both_is_a_matter_of_both() -> None:
    """Where some data comes from the person and some from others, all items of both articles apply."""
    facts = register(activity(sources=(source("data-subject"), source("third-party"))))
    assert scopes(facts) == {**PLAIN, **INDIRECT}
    assert {demand.id: demand.twin_scopes for demand in demands(facts) if demand.twin_scopes} == TWINS


def test_items_of_an_activity_are_about_the_activity() -> None:
    """Of two activities, each owes what its own facts ask for."""
    first = activity(purpose(["6.1.f"]), recipients=("abroad",))
    second = activity(purpose(["6.1.a"]), id="band", sources=(source("third-party"),))
    both = ("choir", "band")
    assert scopes(register(first, second)) == {
        **dict.fromkeys(("13.1.a", "13.2.b", "13.2.b.objection", "13.2.d"), ONCE),
        **dict.fromkeys(("13.1.a.representative", "13.1.b"), NEVER),
        **dict.fromkeys(("13.1.c", "13.2.a", "13.2.f"), both),
        **dict.fromkeys(("13.1.d", "13.1.e", "13.1.f", "13.2.e"), ("choir",)),
        **dict.fromkeys(("13.2.c", "14.1.d", "14.2.f"), ("band",)),
    }


def test_every_item_has_a_condition_that_was_tried() -> None:
    """Each item applies in one case above and, but for those that always do, not in another."""
    cases = [facts for facts, _ in CHANGES.values()]
    cases.append(register(activity(sources=(source("third-party"),))))
    found = {id: {bool(scopes(facts)[id]) for facts in cases} for id in PLAIN}
    assert {id for id, seen in found.items() if seen != {True, False}} == {"13.1.a", "13.2.d"}


ARTICLES: dict[str, tuple[str, str | None]] = {
    "13.1.a": ("13.1.a", "14.1.a"),
    "13.1.a.representative": ("13.1.a", "14.1.a"),
    "13.1.b": ("13.1.b", "14.1.b"),
    "13.1.c": ("13.1.c", "14.1.c"),
    "13.1.d": ("13.1.d", "14.2.b"),
    "13.1.e": ("13.1.e", "14.1.e"),
    "13.1.f": ("13.1.f", "14.1.f"),
    "13.2.a": ("13.2.a", "14.2.a"),
    "13.2.b": ("13.2.b", "14.2.c"),
    "13.2.b.objection": ("21.4", None),
    "13.2.c": ("13.2.c", "14.2.d"),
    "13.2.d": ("13.2.d", "14.2.e"),
    "13.2.e": ("13.2.e", None),
    "13.2.f": ("13.2.f", "14.2.g"),
    "14.1.d": ("14.1.d", None),
    "14.2.f": ("14.2.f", None),
}


def test_an_item_names_its_provision_and_its_twin() -> None:
    """What the two articles share, and what only one of them has, is as the Regulation has it."""
    assert {demand.id: (demand.article, demand.twin) for demand in demands(choir())} == ARTICLES


def test_no_item_of_the_two_paragraphs_is_left_out() -> None:
    """Art. 13(1) and (2) have six points each, Art. 14(1) six and 14(2) seven; each is an item or its twin."""
    stated = {provision for pair in ARTICLES.values() for provision in pair if provision} - {"21.4"}
    points = {"13.1": "abcdef", "13.2": "abcdef", "14.1": "abcdef", "14.2": "abcdefg"}
    assert stated == {f"{paragraph}.{point}" for paragraph, letters in points.items() for point in letters}
