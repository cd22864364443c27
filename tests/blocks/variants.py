"""Variants of facts, as a template gets them: the demonstration's, and facts in which everything is declared once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo
from tests.conftest import LANGUAGES, ROOT
from tests.documents.leaves import bare, types_by_key

from klartekst.blocks import plain
from klartekst.documents import outlines_of, render_document
from klartekst.load import load
from klartekst.model import COLLECTIONS, DocumentFacts, Label, Organisation, Path, Prose, Reference, Register
from klartekst.model.base import Declared, Id
from klartekst.model.codes import (
    Country,
    Date,
    Digest,
    Email,
    Hours,
    Lasting,
    PagePath,
    Period,
    Phone,
    Provision,
    Rank,
    Span,
    Url,
)
from klartekst.model.text import LanguageCode, Line


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


# -- everything ---------------------------------------------------------------------------------------------------

ONE = "one"
"""The id of each thing in `everything`."""

_SAMPLES = {
    bool: True,
    Country: "DK",
    Date: "2026-03-05",
    Digest: "7" * 64,
    Email: "markblomst@lindeby.example",
    Hours: "7",
    Id: ONE,
    LanguageCode: "da",
    Lasting: "session",
    Line: "Linje",
    PagePath: "markblomst",
    Period: "P7M",
    Phone: "+45 71 11 11 11",
    Provision: "4.1",
    Rank: "7",
    Span: "PT7H",
    Url: "https://www.markblomst.example/",
}
_CHOSEN = {
    ("Agreement", "template"): "dk-2020",
    ("Agreement", "visibility"): "public",
    ("Clauses", "says"): {"28.3.b": "5.1"},
    ("CustomOutline", "based_on"): "dk-2020",
    ("CustomOutline", "leave_out"): ("C.6",),
    ("CustomOutline", "renumber"): {"C.7": "C.6"},
    ("Question", "answers"): {ONE: dict.fromkeys(LANGUAGES, "Ja"), "other": dict.fromkeys(LANGUAGES, "Nej")},
    ("Registration", "number"): "12345674",
    ("Organisation", "klartekst"): "1",
    ("Organisation", "languages"): LANGUAGES,
    ("DocumentFacts", "blocks"): ("principles",),
}


@cache
def everything() -> Register:
    """Return facts in which every field of every model is declared: one thing of each kind, each code the first one."""
    things: dict[str, Any] = {
        name: {ONE: model.model_validate({**_raw_map(model), "id": ONE})} for name, model in COLLECTIONS.items()
    }
    organisation = Organisation.model_validate(_raw_map(Organisation))
    return Register(organisation=organisation, **things, phrases={}, places={})


def _raw_map(model: type[Declared]) -> dict[str, Any]:
    written = types_by_key(model)
    keys = [field.alias or name for name, field in model.model_fields.items() if _is_declared(name, field)]
    return {key: _CHOSEN.get((model.__name__, key)) or _raw(written[key]) for key in keys}


def _is_declared(name: str, field: FieldInfo) -> bool:
    """Return whether a field says something to the world: not an id that is a key or a file name, nor a note."""
    return not field.exclude and name != "internal"


def _raw(annotation: Any) -> Any:
    annotation = bare(annotation)
    if annotation in {Label, Prose}:
        return {language: f"Tekst på {language}." for language in LANGUAGES}
    if isinstance(annotation, Reference):
        return ONE
    if isinstance(annotation, type) and issubclass(annotation, Declared):
        return _raw_map(annotation)
    if get_origin(annotation) is Literal:
        return get_args(annotation)[0]
    if get_origin(annotation) is tuple:
        return (_raw(get_args(annotation)[0]),)
    if get_origin(annotation) is dict:
        return {_key(annotation): _raw(get_args(annotation)[1])}
    return _SAMPLES[annotation]


def _key(annotation: Any) -> str:
    """Return a key of a map: the first code where keys are codes, else the id."""
    keys = bare(get_args(annotation)[0])
    return str(get_args(keys)[0]) if get_origin(keys) is Literal else ONE


@dataclass(frozen=True)
class Fact:
    """A place in `everything`: what is declared there, and as what."""

    name: str
    """The model and its field: `Activity.advice`."""
    path: Path
    annotation: Any


@cache
def facts() -> tuple[Fact, ...]:
    """Return every place of `everything` that holds words, a code or a flag, the first of each name."""
    found = [fact for name, model in _models() for fact in _facts(model, name)]
    return tuple({fact.name: fact for fact in reversed(found)}.values())[::-1]


def _models() -> Iterator[tuple[Path, type[Declared]]]:
    yield ("organisation",), Organisation
    for name, model in COLLECTIONS.items():
        yield (name, ONE), model


def _facts(model: type[Declared], path: Path) -> Iterator[Fact]:
    written = types_by_key(model)
    for name, field in model.model_fields.items():
        if _is_declared(name, field):
            yield from _facts_in(bare(written[field.alias or name]), f"{model.__name__}.{name}", (*path, name))


def _facts_in(annotation: Any, name: str, path: Path) -> Iterator[Fact]:
    if isinstance(annotation, type) and issubclass(annotation, Declared):
        yield from _facts(annotation, path)
    elif get_origin(annotation) in {tuple, dict}:
        step, inner = (0, 0) if get_origin(annotation) is tuple else (_key(annotation), 1)
        yield from _facts_in(bare(get_args(annotation)[inner]), name, (*path, step))
    else:
        yield Fact(name, path, annotation)


def text_of(register: Register, language: str) -> str:
    """Return what all documents of a language say, one after the other."""
    made = (render_document(outline, register, language) for outline in outlines_of(register).values())
    return "\n".join(f"{document.title}\n{document.description}\n{plain(document.marked)}" for document in made)


def own_document(*blocks: str) -> DocumentFacts:
    """Return the facts of a document that is made of blocks."""
    return DocumentFacts.model_validate({"blocks": blocks})
