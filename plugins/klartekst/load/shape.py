"""One tree against one model: a typed entity, or a located finding for each thing that does not fit."""

import difflib
import types
from collections.abc import Iterable, Iterator
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
        message = f"{shown(value)} stands where {_map_of(model)} is expected."
        return None, [Finding(tree.place(path), "shape/map", message)]
    if id is not None and "id" in value:
        message = f'"id" is not written here: the id is "{id}", the name of the file or key. Delete the line'
        return None, [Finding(tree.key_place((*path, "id")), "shape/id", message)]
    findings = dict.fromkeys(_nothings(value, tree, path))
    try:
        return model.model_validate(value if id is None else {**value, "id": id}), list(findings)
    except ValidationError as error:
        details = (detail for detail in error.errors(include_url=False) if detail["input"] is not None)
        own = (detail for detail in details if not _follows(detail))
        findings |= dict.fromkeys(_finding(model, detail, tree, path) for detail in own)
        return None, list(findings)


def _follows(detail: ErrorDetails) -> bool:
    """Return whether an error only follows from others: pydantic counts no item that has an error of its own."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _nothings(value: Any, tree: Tree, path: Path) -> Iterator[Finding]:
    """Yield each key and item behind which nothing stands: silence is not a fact, so it is none for an optional key."""
    if value is None and path not in tree.refused:
        message = "nothing stands here. Write the value, or delete the line if it may be left out"
        yield Finding(tree.key_place(path), "shape/nothing", message)
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
    for key, item in inner:
        yield from _nothings(item, tree, (*path, key))


def known(model: Any) -> str:
    """Return the keys that a model knows, for a message."""
    return ", ".join(_keys(model))


def nearest(word: object, words: Iterable[str]) -> str:
    """Return ` Did you mean "x"?` for the nearest of the words, or nothing if none is near."""
    near = difflib.get_close_matches(str(word), list(words), n=1, cutoff=0.5)
    return f' Did you mean "{near[0]}"?' if near else ""


def some(words: Iterable[object], most: int = 20) -> str:
    """Return words as a message lists them: not a hundred."""
    texts = [_short(str(word)) for word in words]
    return ", ".join(texts[:most]) + (f" and {len(texts) - most} more" if len(texts) > most else "")


def shown(value: Any) -> str:
    """Return a value as a message shows it: short, quoted, recognisable."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return f"a map ({some(value)})" if value else "an empty map"
    if isinstance(value, tuple | list):
        return "a list" if value else "an empty list"
    return f'"{_short(str(value))}"'


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def _keys(model: Any) -> list[str]:
    if not isinstance(model, type) or not issubclass(model, BaseModel) or issubclass(model, RootModel):
        return []
    return [field.alias or name for name, field in model.model_fields.items() if not field.exclude]


def _finding(model: type[BaseModel], detail: ErrorDetails, tree: Tree, path: Path) -> Finding:
    kind, loc = detail["type"], detail["loc"]
    owner = _type_at(model, loc[:-1])
    key = loc[-1] if loc else ""
    full = _known_part(tree, (*path, *loc))
    if kind == "missing":
        message = f'"{key}" is missing. Add it.{_meaning(model, loc)}'
        return Finding(tree.key_place((*path, *loc[:-1])), "shape/missing", message)
    if kind == "extra_forbidden":
        near = nearest(key, _keys(owner)) or f" Known here: {known(owner)}."
        return Finding(tree.key_place(full), "shape/unknown-key", f'"{_short(str(key))}" is not a key here.{near}')
    if loc == ("id",):
        what = "Change the key" if path else "Rename the file"
        return Finding(tree.key_place(path), "shape/id", f"{_wrong(detail, model)} {what}.")
    if key == "[key]":
        return Finding(tree.key_place(full), "shape/key", f"{_wrong(detail, None)} Change the key.")
    name = ".".join(_short(str(part)) for part in full[len(path) :]) or "this"
    said = "" if kind == "value_error" else _meaning(model, loc)  # our own functions say it all
    message = f"{name}: {_wrong(detail, _type_at(model, loc))}{said}"
    return Finding(tree.place(full), "shape/value", message)


def _wrong(detail: ErrorDetails, wanted: Any) -> str:
    """Say what is there and what is valid."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "literal_error":
        return _no_choice(value, str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", "))
    if kind == "value_error":
        return f"{shown(value)}: {str(context['error']).rstrip('.')}."
    if kind in {"dict_type", "model_type"}:
        return f"{shown(value)} stands where {_map_of(wanted)} is expected."
    if kind == "too_short" and context["min_length"] > 1:
        return f"{shown(value)} stands where at least {context['min_length']} items are expected."
    if kind in _EXPECTED:
        return f"{shown(value)} stands where {_EXPECTED[kind]} is expected."
    return f"{shown(value)}: {_PATTERNS.get(str(context.get('pattern')), detail['msg'])}."


def _no_choice(value: Any, choices: list[str]) -> str:
    if len(choices) == 1:
        return f"{shown(value)} is not valid here. Write {choices[0]}."
    return f"{shown(value)} is not one of {', '.join(choices)}.{nearest(value, choices)}"


def _map_of(wanted: Any) -> str:
    if isinstance(wanted, type) and issubclass(wanted, RootModel):
        return "a map of languages (`da: ...`, one line for each)"
    return f"a map ({', '.join(f'`{key}:`' for key in _keys(wanted)) or '`key: value` lines'})"


_EXPECTED = {
    "string_type": "one text",
    "tuple_type": "a list (`- item` lines, or [item, item])",
    "bool_type": "true or false",
    "date_type": "a date, such as 2026-11-22,",
    "too_short": "at least one item",
}
_PATTERNS = {
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "an id is lower-case letters, digits and single hyphens, such as school-contacts",
    r"^[a-z]{2}$": "a language is an ISO 639-1 code of two small letters, such as da",
}


def _meaning(model: Any, loc: tuple[int | str, ...]) -> str:
    """Return what the key at a location, or the nearest one around it, is for: the docstring under it."""
    for size in range(len(loc), 0, -1):
        owner = _type_at(model, loc[: size - 1])
        if isinstance(owner, type) and issubclass(owner, BaseModel) and not issubclass(owner, RootModel):
            for name, field in owner.model_fields.items():
                if loc[size - 1] in {name, field.alias} and field.description:
                    return f" What it says: {field.description}"
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
