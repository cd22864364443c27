"""Variants of the demonstration's facts, as a template gets them."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from tests.conftest import ROOT

from klartekst.load import load
from klartekst.model import Register


@cache
def published() -> Register:
    """Return what is public in the demonstration data."""
    register = load(ROOT / "data").register
    assert register
    return register.published()


def changed(thing: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a frozen thing with another value at a path."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(thing, tuple):
        return (*thing[:step], changed(thing[step], rest, value), *thing[step + 1 :])
    if isinstance(thing, Mapping):
        return {**thing, step: changed(thing[step], rest, value)}
    inner = {step: changed(getattr(thing, step), rest, value)}
    return replace(thing, **inner) if isinstance(thing, Register) else thing.model_copy(update=inner)
