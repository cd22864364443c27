"""One tree against one model: a typed entity, or a located finding for each thing that does not fit."""

import difflib
import types
from collections.abc import Iterable
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from klartekst.load.tree import Tree
from klartekst.model import Finding, Path

M = TypeVar("M", bound=BaseModel)


def shape(model: type[M], value: Any, tree: Tree, path: Path, id: str | None = None) -> tuple[M | None, list[Finding]]:
    """Validate the value that stands at a path of a tree.

    Args:
        model: what it should be.
        value: the plain value.
        tree: where it came from, for the places.
        path: where it stands in the tree.
        id: the id of the thing, for models that have one.

    Returns:
        The entity, or None with the findings that say why not.
    """
    if not isinstance(value, dict):
        message = f"{shown(value)} stands where a map of keys is expected. Write `key: value` lines: {known(model)}"
        return None, [Finding(tree.place(path), "shape/map", message)]
    if id is not None and "id" in value:
        message = f'"id" is not written here: the id is "{id}", the name of the file or key. Delete the line'
        return None, [Finding(tree.key_place((*path, "id")), "shape/id", message)]
    try:
        return model.model_validate(value if id is None else {**value, "id": id}), []
    except ValidationError as error:
        found = {_finding(model, detail, tree, path): None for detail in error.errors(include_url=False)}
        return None, list(found)


def known(model: Any) -> str:
    """Return the keys that a model knows, for a message."""
    return ", ".join(_keys(model))


def nearest(word: object, words: Iterable[str]) -> str:
    """Return ` Did you mean "x"?` for the nearest of the words, or nothing if none is near."""
    near = difflib.get_close_matches(str(word), list(words), n=1, cutoff=0.5)
    return f' Did you mean "{near[0]}"?' if near else ""


def shown(value: Any) -> str:
    """Return a value as a message shows it: short, quoted, recognisable."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return f"a map ({', '.join(map(str, value))})" if value else "an empty map"
    if isinstance(value, tuple | list):
        return "a list" if value else "an empty list"
    text = str(value)
    return f'"{text if len(text) <= 60 else text[:57] + "..."}"'


def _keys(model: Any) -> list[str]:
    if not isinstance(model, type) or not issubclass(model, BaseModel) or issubclass(model, RootModel):
        return []
    return [field.alias or name for name, field in model.model_fields.items() if not field.exclude]


def _finding(model: type[BaseModel], detail: ErrorDetails, tree: Tree, path: Path) -> Finding:
    kind, loc, value = detail["type"], detail["loc"], detail["input"]
    owner = _type_at(model, loc[:-1])
    key = loc[-1] if loc else ""
    full = _known_part(tree, (*path, *loc))
    if kind == "missing":
        message = f'"{key}" is missing. {_meaning(owner, key)}'
        return Finding(tree.key_place((*path, *loc[:-1])), "shape/missing", message.strip())
    if kind == "extra_forbidden":
        near = nearest(key, _keys(owner)) or f" Known here: {', '.join(_keys(owner))}."
        return Finding(tree.key_place(full), "shape/unknown-key", f'"{key}" is not a key here.{near}')
    name = ".".join(str(part) for part in full[len(path) :]) or "this"
    return Finding(
        tree.place(full), "shape/value", f"{name}: {_wrong(kind, detail, value)} {_meaning(owner, key)}".strip()
    )


def _wrong(kind: str, detail: ErrorDetails, value: Any) -> str:
    """Say what is there and what is valid."""
    context = detail.get("ctx", {})
    if value is None:
        return "nothing stands here. Write the value, or delete the line if the key may be left out."
    if kind == "literal_error":
        choices = str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
        return f"{shown(value)} is not one of {', '.join(choices)}.{nearest(value, choices)}"
    if kind == "value_error":
        return f"{shown(value)}: {context['error']}."
    expected = {
        "string_type": "one text",
        "tuple_type": "a list (`- item` lines, or [item, item])",
        "dict_type": "a map (`key: value` lines)",
        "model_type": "a map (`key: value` lines)",
        "bool_type": "true or false",
        "date_type": "a date, such as 2026-11-22",
        "too_short": "at least one item",
    }
    if kind in expected:
        return f"{shown(value)} stands where {expected[kind]} is expected."
    return f"{shown(value)}: {_PATTERNS.get(str(context.get('pattern')), detail['msg'])}."


_PATTERNS = {
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "an id is lower-case letters, digits and single hyphens, such as school-contacts",
    r"^[a-z]{2}$": "a language is an ISO 639-1 code of two small letters, such as da",
}


def _meaning(owner: Any, key: Any) -> str:
    """Return what a key is for, from the docstring under it."""
    if isinstance(owner, type) and issubclass(owner, BaseModel):
        for name, field in owner.model_fields.items():
            if key in {name, field.alias} and field.description:
                return field.description
    return ""


def _known_part(tree: Tree, path: Path) -> Path:
    while path and path not in tree.values and path not in tree.keys:
        path = path[:-1]
    return path


def _type_at(annotation: Any, loc: tuple[int | str, ...]) -> Any:
    """Return the model (or other type) that stands at a location inside an annotation."""
    annotation = _plain_type(annotation)
    if not loc:
        return annotation
    if isinstance(annotation, type) and issubclass(annotation, RootModel):
        return None
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if loc[0] in {name, field.alias}:
                return _type_at(field.annotation, loc[1:])
        return None
    arguments = get_args(annotation)
    if get_origin(annotation) in {tuple, dict} and arguments:
        return _type_at(arguments[1 if get_origin(annotation) is dict else 0], loc[1:])
    return None


def _plain_type(annotation: Any) -> Any:
    """Strip Annotated and `| None`."""
    if get_origin(annotation) is Annotated:
        return _plain_type(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        arms = [arm for arm in get_args(annotation) if arm is not type(None)]
        return _plain_type(arms[0]) if len(arms) == 1 else None
    return annotation
