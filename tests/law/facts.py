"""A small organisation in three languages, and what can be made of it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from klartekst.load import load
from klartekst.model import Activity, Basis, Incidental, Purpose, Register

HERE = Path(__file__).parent


@cache
def choir() -> Register:
    """Return the facts of tests/law/choir; nothing is wrong with them."""
    loaded = load(HERE / "choir")
    assert loaded.register
    assert loaded.findings == ()
    return loaded.register.published()


def basis(code: str) -> Basis:
    """Return a basis by its code."""
    return Basis.model_validate({"article": code})


def purpose(codes: Iterable[str], mode: Literal["all", "either"] = "all", marketing: bool = False) -> Purpose:
    """Return a purpose that rests on these bases."""
    changes = {"bases": tuple(map(basis, codes)), "mode": mode, "direct_marketing": marketing}
    return choir().activities["choir"].purposes[0].model_copy(update=changes)


def incidental(*codes: str) -> Incidental:
    """Return data that people volunteer, with what makes it lawful."""
    words = dict.fromkeys(choir().organisation.languages, "x")
    made = {"categories": ("contact-details",), "advice": words, "bases": tuple({"article": code} for code in codes)}
    return Incidental.model_validate(made)


def activity(*purposes: Purpose, id: str = "choir", **changes: Any) -> Activity:
    """Return one of the two activities with these purposes, or its own, and with changes."""
    found = choir().activities[id]
    return found.model_copy(update={"purposes": purposes or found.purposes, **changes})


def register(*activities: Activity, **organisation: Any) -> Register:
    """Return the choir with these activities alone, and with changes of the organisation."""
    own = choir().organisation.model_copy(update=organisation)
    return replace(choir(), organisation=own, activities={one.id: one for one in activities})
