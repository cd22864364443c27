"""Every word and every reference inside a typed entity, with its path: found by the types, not by a list of fields."""

import types
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

from klartekst.model.base import Path, Reference
from klartekst.model.text import Translated


def references(entity: BaseModel, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Yield (path, collection, id) for each reference inside an entity."""
    for where, value, marks in _leaves(entity, type(entity), (), path):
        for mark in marks:
            if isinstance(mark, Reference) and isinstance(value, str):
                yield where, mark.collection, value


def translations(entity: BaseModel, path: Path = ()) -> Iterator[tuple[Path, Translated]]:
    """Yield (path, words) for each language map inside an entity."""
    for where, value, _ in _leaves(entity, type(entity), (), path):
        if isinstance(value, Translated):
            yield where, value


@cache
def _parts(model: type[BaseModel]) -> tuple[tuple[str, str, Any, tuple[Any, ...]], ...]:
    """Return the fields of a model that can hold words or references: name, key, type and marks."""
    return tuple(
        (name, field.alias or name, field.annotation, tuple(field.metadata))
        for name, field in model.model_fields.items()
        if name not in {"internal", "id"} and _can_hold((field.annotation, *field.metadata))
    )


def _can_hold(arguments: Iterable[Any]) -> bool:
    return any(
        isinstance(one, Reference) or (isinstance(one, type) and issubclass(one, BaseModel)) or _can_hold(get_args(one))
        for one in arguments
    )


def _leaves(
    value: Any, annotation: Any, marks: tuple[Any, ...], path: Path
) -> Iterator[tuple[Path, Any, tuple[Any, ...]]]:
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        yield from _leaves(value, inner, (*marks, *more), path)
    elif get_origin(annotation) in {Union, types.UnionType}:
        arms = [arm for arm in get_args(annotation) if arm is not type(None)]
        if value is not None and len(arms) == 1:
            yield from _leaves(value, arms[0], marks, path)
    elif isinstance(value, BaseModel) and not isinstance(value, RootModel):
        for name, key, annotation, own in _parts(type(value)):
            yield from _leaves(getattr(value, name), annotation, own, (*path, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _leaves(item, get_args(annotation)[0], (), (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, get_args(annotation)[1], (), (*path, key))
    elif value is not None:
        yield path, value, marks
