"""What is published: nothing internal, but for an agreement that is exported, with all that it refers to."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel
from tests.check.patches import BASE

from klartekst.load import load
from klartekst.model import COLLECTIONS, Register, references

SCHOOL = "school"
NOTE = "Only for colleagues."


@cache
def base() -> Register:
    """Return an organisation with three agreements, all of them internal."""
    register = load(BASE).register
    assert register
    return register


def needed_by(register: Register, collection: str, id: str) -> set[tuple[str, str]]:
    """Return what a thing refers to, however far: written here on its own, and not with the code under test."""
    found = {(collection, id)}
    while (
        more := {(where, target) for name, id in found for _, where, target in references(getattr(register, name)[id])}
        - found
    ):
        found |= more
    return found


def everything(register: Register) -> set[tuple[str, str]]:
    return {(name, id) for name in COLLECTIONS for id in getattr(register, name)}


def with_all(register: Register, **changes: Any) -> Register:
    """Return the Register with a change of each thing in it."""
    things = {
        name: {id: thing.model_copy(update=changes) for id, thing in getattr(register, name).items()}
        for name in COLLECTIONS
    }
    return replace(register, organisation=register.organisation.model_copy(update={"internal": NOTE}), **things)


def test_an_internal_agreement_is_on_no_page() -> None:
    """An agreement is internal unless it says otherwise; a customer that no other agreement names goes with it."""
    published = base().published()
    assert len(base().agreements) == 3
    assert (dict(published.agreements), dict(published.customers)) == ({}, {})


@pytest.mark.parametrize("visibility", ["unlisted", "public"])
def test_a_customer_stays_with_an_agreement_that_is_published(visibility: str) -> None:
    """A page that names the customer finds it, and no other customer."""
    school = base().agreements[SCHOOL].model_copy(update={"visibility": visibility})
    published = replace(base(), agreements={**base().agreements, SCHOOL: school}).published()
    assert ([*published.agreements], [*published.customers]) == ([SCHOOL], ["lake-school"])


@pytest.mark.parametrize("id", ["school", "union", "letters"])
def test_an_internal_agreement_stays_for_its_own_export(id: str) -> None:
    """With everything it refers to, though all of it is internal; nothing else that is internal is there."""
    whole = with_all(base(), internal=True)
    assert everything(whole.published()) == set()
    assert everything(whole.published(id)) == needed_by(whole, "agreements", id)
    assert ("agreements", id) in everything(whole.published(id))
    assert len(everything(whole.published(id))) > 10


def test_what_an_export_keeps_is_not_kept_for_others() -> None:
    """The export of one agreement shows neither another one nor its customer."""
    published = base().published(SCHOOL)
    assert ([*published.agreements], [*published.customers]) == ([SCHOOL], ["lake-school"])


@pytest.mark.parametrize("id", [None, SCHOOL])
@pytest.mark.parametrize("note", [True, NOTE, (NOTE,), {"who": NOTE}], ids=["flag", "text", "list", "map"])
def test_no_note_leaves_the_house(id: str | None, note: Any) -> None:
    """What is published has no internal note, whatever it is written as."""
    published = with_all(base(), internal=note).published(id)
    assert published.organisation.internal is False
    assert {thing.internal for _, thing in _things(published)} <= {False}
    assert NOTE not in repr([thing for _, thing in _things(published)])


def _things(register: Register) -> Iterator[tuple[str, Any]]:
    for name in COLLECTIONS:
        for id, thing in getattr(register, name).items():
            assert isinstance(thing, BaseModel)
            yield id, thing


def test_an_agreement_that_there_is_not_raises() -> None:
    """Whoever asks for one has looked it up before."""
    with pytest.raises(KeyError):
        base().published("nothing")
