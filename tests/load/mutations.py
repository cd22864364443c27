"""Every field of every model in the demonstration data, spoilt in turn: found by the types, not by a list."""

import copy
import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo
from tests.conftest import ROOT

from klartekst.load import read_tree
from klartekst.model import COLLECTIONS, FILES_OF_ONE, Entity, Organisation, Path, Reference, Translated
from klartekst.model.text import Line

DATA = ROOT / "data"

WRONG: dict[str, Any] = {"text": "§ wrong", "list": [["§"]], "map": {"§ wrong": "§"}, "nothing": None}
"""One value of each type that no field takes, except for free text and notes."""


class Home(NamedTuple):
    """Where a thing stands: the file, and the path in it."""

    file: str
    path: Path


@dataclass(frozen=True)
class Spoilt:
    """One file of the demonstration data with one thing in it spoilt."""

    name: str
    file: str
    text: str
    path: Path
    """What is spoilt, or, where it is missing, what it is missing from."""
    rule: str | None = None
    """The rule of the finding, where only one fits; `none` where nothing is wrong."""
    words: str = ""
    """What the message must hold."""


def spoilt() -> Iterator[Spoilt]:
    """Yield every way to spoil every field of every model."""
    for model in models():
        for key, field in fields(model).items():
            home = home_of(model, key)
            present = key in at(home)
            yield from _without(model, key, field, home) if present else ()
            yield from _of_wrong_type(model, key, field, home)
            yield _misspelt(model, key, home)
            yield from _dangling(model, key, field, home)
            yield from _languages(model, key, field, home) if present else ()


def fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a model that stand in files, by key."""
    return {field.alias or name: field for name, field in model.model_fields.items() if not field.exclude}


@cache
def models() -> tuple[type[BaseModel], ...]:
    """Return every model that an organisation can declare something with."""
    found: dict[type[BaseModel], None] = {}
    waiting: list[Any] = [Organisation, *COLLECTIONS.values()]
    while waiting:
        for model in _models_in(waiting.pop(0)):
            if model not in found:
                found[model] = None
                waiting += [field.annotation for field in fields(model).values()]
    return tuple(found)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not issubclass(annotation, RootModel):
            yield annotation
    else:
        for argument in get_args(annotation):
            yield from _models_in(argument)


@cache
def homes() -> dict[type[BaseModel], list[Home]]:
    """Return where each model has an instance in the demonstration data."""
    found: dict[type[BaseModel], list[Home]] = {model: [] for model in models()}
    for file, value in plain().items():
        name = file.removesuffix(".yml").split("/")[0]
        if name == "organisation":
            _note(Organisation, value, Home(file, ()), found)
        elif name in FILES_OF_ONE:
            _note(COLLECTIONS[name], value, Home(file, ()), found)
        else:
            for id, thing in value.items():
                _note(COLLECTIONS[name], thing, Home(file, (id,)), found)
    return found


def _note(annotation: Any, value: Any, home: Home, found: dict[type[BaseModel], list[Home]]) -> None:
    if get_origin(annotation) is Annotated:
        _note(get_args(annotation)[0], value, home, found)
    elif get_origin(annotation) in {Union, types.UnionType}:
        for arm in get_args(annotation):
            _note(arm, value, home, found)
    elif get_origin(annotation) is tuple and isinstance(value, list):
        for index, item in enumerate(value):
            _note(get_args(annotation)[0], item, Home(home.file, (*home.path, index)), found)
    elif annotation in found:
        found[annotation].append(home)
        for key, field in fields(annotation).items():
            if key in value:
                _note(field.annotation, value[key], Home(home.file, (*home.path, key)), found)


def home_of(model: type[BaseModel], key: str) -> Home:
    """Return an instance of a model, one that has the key if any has."""
    return next((home for home in homes()[model] if key in at(home)), homes()[model][0])


@cache
def plain() -> dict[str, Any]:
    """Return the demonstration data as plain values, by file."""
    files = sorted(file for file in DATA.rglob("*.yml"))
    return {file.relative_to(DATA).as_posix(): read_plain(file) for file in files}


def read_plain(file: FilePath) -> Any:
    """Return a file as text, lists and maps."""
    return _lists(read_tree(file.read_bytes(), file.name).value)


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, tuple) else value


def at(home: Home) -> Any:
    """Return what stands at a place of the demonstration data."""
    value = plain()[home.file]
    for part in home.path:
        value = value[part]
    return value


def changed(home: Home, value: Any) -> str:
    """Return the text of a file in which something is put at a path, or `...` for taken away."""
    tree = copy.deepcopy(plain()[home.file])
    *around, last = home.path
    inner = tree
    for part in around:
        inner = inner[part]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return dumped(tree)


def dumped(tree: Any) -> str:
    """Return plain values as YAML."""
    return str(yaml.dump(tree, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=1000))


def _case(what: str, model: type[BaseModel], key: str, home: Home, value: Any, **expected: Any) -> Spoilt:
    name = f"{model.__name__}.{key}-{what}"
    return Spoilt(name, home.file, changed(home, value), expected.pop("path", home.path), **expected)


def _inside(home: Home, *parts: str | int) -> Home:
    return Home(home.file, (*home.path, *parts))


def _without(model: type[BaseModel], key: str, field: FieldInfo, home: Home) -> Iterator[Spoilt]:
    if field.is_required():
        expected = {"path": home.path, "rule": "shape/missing", "words": f'"{key}" is missing'}
    else:
        expected = {"rule": "none"}
    yield _case("missing", model, key, _inside(home, key), ..., **expected)


def _of_wrong_type(model: type[BaseModel], key: str, field: FieldInfo, home: Home) -> Iterator[Spoilt]:
    is_note = issubclass(model, Entity) and key == "internal"
    is_free = get_args(Line)[1] in field.metadata
    for kind, value in WRONG.items():
        if not (is_note and kind != "nothing") and not (is_free and kind == "text"):
            yield _case(f"is-{kind}", model, key, _inside(home, key), value)


def _misspelt(model: type[BaseModel], key: str, home: Home) -> Spoilt:
    typo = key + key[-1]
    words = f'"{typo}" is not a key here. Did you mean "{key}"?'
    return _case("misspelt", model, key, _inside(home, typo), "x", rule="shape/unknown-key", words=words)


def _dangling(model: type[BaseModel], key: str, field: FieldInfo, home: Home) -> Iterator[Spoilt]:
    item = get_args(field.annotation)[0] if get_origin(field.annotation) is tuple else None
    marks = [*field.metadata, *get_args(item), *(mark for arm in get_args(field.annotation) for mark in get_args(arm))]
    for mark in (mark for mark in marks if isinstance(mark, Reference)):
        id = ids(mark.collection)[-1]
        value, where = (id + "x", (key,)) if item is None else ([id + "x"], (key, 0))
        words = f'Did you mean "{id}"?'
        path = (*home.path, *where)
        yield _case("dangling", model, key, _inside(home, key), value, path=path, rule="reference/unknown", words=words)
        return


@cache
def ids(collection: str) -> list[str]:
    """Return the ids of a collection of the demonstration data."""
    if collection in FILES_OF_ONE:
        return sorted(FilePath(file).stem for file in plain() if file.startswith(f"{collection}/"))
    return sorted(plain()[f"{collection}.yml"])


def _languages(model: type[BaseModel], key: str, field: FieldInfo, home: Home) -> Iterator[Spoilt]:
    here = _words(_inside(home, key), field.annotation)
    if here is not None:
        language = next(iter(at(here)))
        missing = {"path": here.path, "rule": "language/missing", "words": f"no text in {language}"}
        yield _case(f"{language}-missing", model, key, _inside(here, language), ..., **missing)
        for kind in ("list", "map", "nothing"):
            yield _case(f"{language}-is-{kind}", model, key, _inside(here, language), WRONG[kind])
        unknown = {"rule": "language/unknown", "words": "Norwegian bokmål is nb"}
        yield _case("no", model, key, _inside(here, "no"), "x", **unknown)


def _words(home: Home, annotation: Any) -> Home | None:
    """Return the first map of languages at a place, if there is one."""
    if get_origin(annotation) is dict:
        return _words(_inside(home, next(iter(at(home)))), get_args(annotation)[1])
    arms = get_args(annotation) if get_origin(annotation) in {Union, types.UnionType} else (annotation,)
    return home if any(isinstance(arm, type) and issubclass(arm, Translated) for arm in arms) else None
