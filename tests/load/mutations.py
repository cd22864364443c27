"""Every field of every model in the demonstration data, spoilt in turn: found by the types, not by a list.

A case is loaded with just what it needs: the thing that is spoilt, the organisation, an activity, and whatever these
refer to. So thousands of cases take seconds, and each is still loaded, checked and reported as a whole folder is.
"""

import copy
import re
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

from klartekst.blocks import BLOCKS
from klartekst.documents.directive import read_directive
from klartekst.load import load, read_tree
from klartekst.model import (
    COLLECTIONS,
    FILES_OF_ONE,
    DocumentFacts,
    Entity,
    Organisation,
    Path,
    Reference,
    Register,
    Translated,
    references,
)
from klartekst.model.text import Line

DATA = ROOT / "data"
OUTSIDE = FilePath(__file__).parent / "outside"
"""An organisation outside the EEA, for what the demonstration cannot have."""

WRONG: dict[str, Any] = {"text": "§ wrong", "list": [["§"]], "map": {"§ wrong": "§"}, "nothing": None}
"""One value of each type that no field takes, except for free text and notes."""


class Thing(NamedTuple):
    """A thing that somebody declared: in which folder, in which collection (or `organisation`), under which id."""

    folder: FilePath
    collection: str
    id: str = ""

    @property
    def file(self) -> str:
        """The file it stands in, as a path inside the folder."""
        return f"{self.collection}/{self.id}.yml" if self.collection in FILES_OF_ONE else f"{self.collection}.yml"

    @property
    def path(self) -> Path:
        """Where it stands in its file."""
        return () if self.collection in ("organisation", *FILES_OF_ONE) else (self.id,)


class Home(NamedTuple):
    """Where an instance of a model stands: the thing, and the path in its file."""

    thing: Thing
    path: Path


@dataclass(frozen=True)
class Spoilt:
    """A file with one thing in it spoilt."""

    name: str
    thing: Thing
    """What it belongs to; `surroundings` holds what else is needed to load it."""
    text: str
    path: Path
    """What is spoilt, or, where it is missing, what it is missing from."""
    rule: str | None = None
    """The rule of the finding, where only one fits; `none` where nothing is wrong."""
    words: str = ""
    """What the message must hold."""

    @property
    def file(self) -> str:
        """The file that is spoilt."""
        return self.thing.file


def spoilt() -> Iterator[Spoilt]:
    """Yield every way to spoil every field of every model that is declared somewhere."""
    for model in (model for model in models() if homes()[model]):
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
    """Return where each model has an instance, in the demonstration first."""
    found: dict[type[BaseModel], list[Home]] = {model: [] for model in models()}
    for folder in (DATA, OUTSIDE):
        _note(Organisation, plain(Thing(folder, "organisation")), Home(Thing(folder, "organisation"), ()), found)
        for thing in things(folder):
            _note(COLLECTIONS[thing.collection], plain(thing), Home(thing, thing.path), found)
    return found


def _note(annotation: Any, value: Any, home: Home, found: dict[type[BaseModel], list[Home]]) -> None:
    if get_origin(annotation) is Annotated:
        _note(get_args(annotation)[0], value, home, found)
    elif get_origin(annotation) in {Union, types.UnionType}:
        for arm in get_args(annotation):
            _note(arm, value, home, found)
    elif get_origin(annotation) is tuple and isinstance(value, list):
        for index, item in enumerate(value):
            _note(get_args(annotation)[0], item, inside(home, index), found)
    elif get_origin(annotation) is dict and isinstance(value, dict):
        for key, item in value.items():
            _note(get_args(annotation)[1], item, inside(home, key), found)
    elif annotation in found:
        found[annotation].append(home)
        for key, field in fields(annotation).items():
            if key in value:
                _note(field.annotation, value[key], inside(home, key), found)


def home_of(model: type[BaseModel], key: str) -> Home:
    """Return an instance of a model with few things around it, one that has the key if any has."""
    having = [home for home in homes()[model] if key in at(home)]
    return min(having or homes()[model], key=lambda home: (home.thing.folder != DATA, len(_near(home.thing))))


# -- what is declared ------------------------------------------------------------------------------------------------


@cache
def register(folder: FilePath) -> Register:
    """Return what a folder declares."""
    found = load(folder).register
    assert found, folder
    return found


@cache
def things(folder: FilePath) -> tuple[Thing, ...]:
    """Return what a folder declares beside the organisation itself."""
    return tuple(Thing(folder, name, id) for name in COLLECTIONS for id in getattr(register(folder), name))


@cache
def _file(file: FilePath) -> Any:
    return read_plain(file)


def plain(thing: Thing) -> Any:
    """Return a thing as text, lists and maps, as its file has it."""
    value = _file(thing.folder / thing.file)
    return value[thing.id] if thing.path else value


@cache
def surroundings(thing: Thing) -> dict[str, Any]:
    """Return the smallest folder, as plain values by file, in which a thing can be loaded and spoilt.

    It holds whatever the thing, the organisation and one activity refer to, and one thing of each collection that the
    thing could refer to.
    """
    found = {*_near(thing), *_near(Thing(thing.folder, "organisation"))}
    for name in sorted({"activities", *_reachable(thing)}):
        if not any(one.collection == name for one in found):
            found |= min(
                map(_near, _of(thing.folder, name)), key=lambda near: (len(near), min(near)), default=frozenset()
            )
    files: dict[str, Any] = {}
    for one in sorted(found):
        if one.path:
            files.setdefault(one.file, {})[one.id] = plain(one)
        else:
            files[one.file] = plain(one)
    return files


def _of(folder: FilePath, collection: str) -> list[Thing]:
    return [one for one in things(folder) if one.collection == collection]


def known(thing: Thing, collection: str) -> list[str]:
    """Return the id of one thing of a collection around a thing, if there is one."""
    files = surroundings(thing)
    if collection not in FILES_OF_ONE:
        return sorted(files.get(f"{collection}.yml", ()))[:1]
    return sorted(FilePath(file).stem for file in files if file.startswith(f"{collection}/"))[:1]


@cache
def _near(thing: Thing) -> frozenset[Thing]:
    """Return a thing with all that it refers to, and all that these refer to."""
    found: set[Thing] = set()
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += [Thing(one.folder, name, id) for name, id in _referred(_entity(one))]
    return frozenset(found)


def _referred(entity: Entity) -> Iterator[tuple[str, str]]:
    """Yield the collection and id of all that an entity refers to, in the keys of blocks, too."""
    yield from ((name, id) for _, name, id in references(entity))
    texts = entity.blocks or () if isinstance(entity, DocumentFacts) else ()
    for directive in filter(None, map(read_directive, texts)):
        yield from ((BLOCKS[directive.block].parameters[key], id) for key, id in directive.parameters)


def _entity(thing: Thing) -> Entity:
    own = register(thing.folder)
    entity: Entity = getattr(own, thing.collection)[thing.id] if thing.id else own.organisation
    return entity


def _reachable(thing: Thing) -> set[str]:
    """Return the collections that a thing of this kind can refer to."""
    waiting: list[Any] = [COLLECTIONS.get(thing.collection, Organisation)]
    seen: set[type[BaseModel]] = set()
    found: set[str] = set()
    while waiting:
        for model in _models_in(waiting.pop()):
            if model not in seen:
                seen.add(model)
                marks = (reference(field) for field in fields(model).values())
                found |= {mark.collection for mark, _ in filter(None, marks)}
                waiting += [field.annotation for field in fields(model).values()]
    return found


def reference(field: FieldInfo) -> tuple[Reference, int] | None:
    """Return what a field refers to, and in how many lists the id stands; None where it refers to nothing."""
    own = next((mark for mark in field.metadata if isinstance(mark, Reference)), None)
    return (own, 0) if own else next(_marks(field.annotation, int(get_origin(field.annotation) is tuple)), None)


def _marks(annotation: Any, lists: int) -> Iterator[tuple[Reference, int]]:
    for argument in get_args(annotation):
        if isinstance(argument, Reference):
            yield argument, lists
        elif not (isinstance(argument, type) and issubclass(argument, BaseModel)):
            yield from _marks(argument, lists + (get_origin(argument) is tuple))


def read_plain(file: FilePath) -> Any:
    """Return a file as text, lists and maps."""
    return _lists(read_tree(file.read_bytes(), file.name).value)


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, tuple) else value


def at(home: Home) -> Any:
    """Return what stands at a place."""
    value = plain(home.thing)
    for part in home.path[len(home.thing.path) :]:
        value = value[part]
    return value


def inside(home: Home, *parts: str | int) -> Home:
    """Return a place inside another."""
    return Home(home.thing, (*home.path, *parts))


# -- what is spoilt ----------------------------------------------------------------------------------------------------


def changed(home: Home, value: Any) -> str:
    """Return the text of a file in which something is put at a path, or `...` for taken away."""
    tree = copy.deepcopy(surroundings(home.thing)[home.thing.file])
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
    """Return plain values as YAML; truth and the version of the format stand without quotes, as in the data."""
    text = str(yaml.dump(tree, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=1000))
    return re.sub(r": '(true|false|1)'$", r": \1", text, flags=re.MULTILINE)


def _case(what: str, model: type[BaseModel], key: str, home: Home, value: Any, **expected: Any) -> Spoilt:
    name = f"{model.__name__}.{key}-{what}"
    return Spoilt(name, home.thing, changed(home, value), expected.pop("path", home.path), **expected)


def _without(model: type[BaseModel], key: str, field: FieldInfo, home: Home) -> Iterator[Spoilt]:
    if field.is_required():
        expected = {"path": home.path, "rule": "shape/missing", "words": f'"{key}" is missing'}
    else:
        expected = {"rule": "none"}
    yield _case("missing", model, key, inside(home, key), ..., **expected)


def _of_wrong_type(model: type[BaseModel], key: str, field: FieldInfo, home: Home) -> Iterator[Spoilt]:
    is_note = issubclass(model, Entity) and key == "internal"
    is_free = _is_line(field)
    for kind, value in WRONG.items():
        if not (is_note and kind != "nothing") and not (is_free and kind == "text"):
            yield _case(f"is-{kind}", model, key, inside(home, key), value)


def _is_line(field: FieldInfo) -> bool:
    check = get_args(Line)[1]
    return check in field.metadata or any(check in get_args(arm) for arm in get_args(field.annotation))


def _misspelt(model: type[BaseModel], key: str, home: Home) -> Spoilt:
    typo = key + key[-1]
    words = f'"{typo}" is not a key here. Did you mean "{key}"?'
    return _case("misspelt", model, key, inside(home, typo), "x", rule="shape/unknown-key", words=words)


def _dangling(model: type[BaseModel], key: str, field: FieldInfo, home: Home) -> Iterator[Spoilt]:
    mark, lists = reference(field) or (None, 0)
    for id in known(home.thing, mark.collection) if mark else ():
        wrong: Any = id + "x"
        for _ in range(lists):
            wrong = [wrong]
        words = f'Did you mean "{id}"?'
        path = (*home.path, key, *[0] * lists)
        yield _case("dangling", model, key, inside(home, key), wrong, path=path, rule="reference/unknown", words=words)


def _languages(model: type[BaseModel], key: str, field: FieldInfo, home: Home) -> Iterator[Spoilt]:
    here = _words(inside(home, key), field.annotation)
    if here is not None:
        for language in at(here):
            missing = {"path": here.path, "rule": "language/missing", "words": f"no text in {language}"}
            yield _case(f"{language}-missing", model, key, inside(here, language), ..., **missing)
        language = next(iter(at(here)))
        for kind in ("list", "map", "nothing"):
            yield _case(f"{language}-is-{kind}", model, key, inside(here, language), WRONG[kind])
        unknown = {"rule": "language/unknown", "words": "Norwegian bokmål is nb"}
        yield _case("no", model, key, inside(here, "no"), "x", **unknown)


def _words(home: Home, annotation: Any) -> Home | None:
    """Return the first map of languages at a place, if there is one."""
    if get_origin(annotation) is dict:
        return _words(inside(home, next(iter(at(home)))), get_args(annotation)[1])
    if get_origin(annotation) is tuple and at(home):
        return _words(inside(home, 0), get_args(annotation)[0])
    arms = get_args(annotation) if get_origin(annotation) in {Union, types.UnionType} else (annotation,)
    return home if any(isinstance(arm, type) and issubclass(arm, Translated) for arm in arms) else None
