"""Every leaf of an organisation's data: found by the types of the model, and changed to another valid value."""

import itertools
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from klartekst.law import templates
from klartekst.load import Tree, read_tree, shape
from klartekst.model import (
    COLLECTIONS,
    FILES_OF_ONE,
    Activity,
    Case,
    Declared,
    DocumentFacts,
    Grounds,
    Label,
    Organisation,
    Prose,
    Reference,
    Register,
    Registration,
)
from klartekst.model.base import Flag, Id, Notes
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
from klartekst.model.register import without_notes
from klartekst.model.text import LanguageCode, Line

M = TypeVar("M", bound=Declared)

MARK = "Markblomst"
"""Stands in no data and in no phrase, and in no language means anything."""

Step = str | int
Edits = Mapping[tuple[Step, ...], Any]
"""New values by path within one file; None takes the key out."""

_OTHER_CODE = {
    Country: ("SE", "FI"),
    Date: ("2026-03-05", "2026-04-06"),
    Digest: ("7" * 64, "9" * 64),
    Email: ("markblomst@lindeby.example", "markblad@lindeby.example"),
    Hours: ("7", "9"),
    LanguageCode: ("nn", "sv"),
    Lasting: ("P7M", "P9M"),
    PagePath: ("markblomst", "markblad"),
    Period: ("P7M", "P9M"),
    Phone: ("+45 71 11 11 11", "+45 72 22 22 22"),
    Provision: ("33.1", "34.1"),
    Rank: ("1", "99"),
    Span: ("PT7H", "PT9H"),
    Url: ("https://www.markblomst.example/", "https://www.markblad.example/"),
}
_NUMBERS = {
    "dk-cvr": ("12345674", "35642536"),
    "no-orgnr": ("123456785", "974760673"),
    "se-orgnr": ("556016-0680", "556703-7485"),
    "fi-ytunnus": ("1572860-0", "2077474-0"),
    "de-hrb": ("Aachen HRA 11223", "Frankfurt/Oder HRB 14602"),
    "fr-siren": ("552008443", "732829320"),
}


@dataclass(frozen=True)
class Leaf:
    """A scalar of a file, or a word that stands for a list: `none`, or `data-subject` as the only source."""

    file: str
    path: tuple[Step, ...]
    value: Any
    annotation: Any
    owner: type[Declared]

    @property
    def name(self) -> str:
        """The leaf as the list of unpublished fields names it: `activities/newsletter/name/da`."""
        return "/".join([self.file.removesuffix(".yml"), *map(str, self.path)])

    @property
    def language(self) -> str | None:
        """The language of the words, where the leaf is words of one language."""
        return str(self.path[-1]) if self.annotation in {Label, Prose} else None

    @property
    def is_text(self) -> bool:
        """Whether the leaf is words, so that a mark in their place must be seen."""
        return self.annotation in {Label, Prose, Line} and self.owner is not Registration and not self.is_directive

    @property
    def is_directive(self) -> bool:
        """Whether the leaf names a block of a document."""
        return self.owner is DocumentFacts and self.path[0] == "blocks"

    @property
    def is_condition(self) -> bool:
        """Whether the leaf is an answer for which a case holds."""
        return self.owner is Case and self.path[-3] == "when"

    @property
    def is_self_service(self) -> bool:
        """Whether the leaf is a right that people use in the service itself, of those that organisation.yml has."""
        return self.owner is Grounds and self.path[-2] == "self_service"


class Facts:
    """The raw files of a data folder."""

    def __init__(self, folder: Path) -> None:
        """Read every file of the folder."""
        kept = (file for file in sorted(folder.rglob("*.yml")) if file.parent.name != "phrases")
        found = {file.relative_to(folder).as_posix(): file for file in kept}
        self.folder = folder
        self.files = {name: read_tree(file.read_bytes(), name).value for name, file in found.items()}

    def leaves(self, file: str) -> Iterator[Leaf]:
        """Yield the leaves of a file."""
        collection = file.split("/")[0].removesuffix(".yml")
        model: Any = Organisation if collection == "organisation" else COLLECTIONS[collection]
        whole = model if collection == "organisation" or collection in FILES_OF_ONE else dict[Id, model]
        yield from _leaves(file, (), self.files[file], whole, Declared)

    def ids(self, collection: str) -> list[str]:
        """Return the ids of a collection."""
        if collection in FILES_OF_ONE:
            return [Path(name).stem for name in self.files if name.startswith(f"{collection}/")]
        return list(self.files[f"{collection}.yml"])

    def at(self, file: str, path: tuple[Step, ...]) -> Any:
        """Return the raw value at a path of a file."""
        value = self.files[file]
        for step in path:
            value = value[step]
        return value

    def published_with(self, published: Register, leaf: Leaf, edits: Edits) -> Register:
        """Return the published Register with the one thing that edits are about read anew."""
        content = edited(self.files[leaf.file], edits)
        collection = leaf.file.split("/")[0].removesuffix(".yml")
        if collection == "organisation":
            return _untraced(replace(published, organisation=without_notes(_shaped(Organisation, content, leaf.file))))
        id = Path(leaf.file).stem if collection in FILES_OF_ONE else str(leaf.path[0])
        raw = content if collection in FILES_OF_ONE else content[id]
        thing = _shaped(COLLECTIONS[collection], raw, leaf.file, id)
        others = getattr(published, collection)
        things = {key: thing if key == id else other for key, other in others.items()}
        changed: dict[str, Any] = {collection: without_notes_each(things)}
        return _untraced(replace(published, **changed))

    def published_with_all(self, published: Register, leaves: Iterable[Leaf]) -> Register:
        """Return the published Register with each of these leaves changed."""
        things: dict[tuple[str, Step], tuple[Leaf, dict[tuple[Step, ...], Any]]] = {}
        for leaf in leaves:
            is_file = leaf.file.split("/")[0] in FILES_OF_ONE or leaf.file == "organisation.yml"
            things.setdefault((leaf.file, "" if is_file else leaf.path[0]), (leaf, {}))[1].update(
                change(leaf, self) or {}
            )
        for leaf, edits in things.values():
            published = self.published_with(published, leaf, _in_reverse(edits))
        return published


def _in_reverse(edits: Edits) -> Edits:
    """Return edits with the last item of each list first, so that none moves when another goes."""
    return dict(sorted(edits.items(), reverse=True))


def without_notes_each(things: Mapping[str, Any]) -> dict[str, Any]:
    """Return what may be published of things by id."""
    return {id: without_notes(thing) for id, thing in things.items() if not thing.is_internal}


def _untraced(register: Register) -> Register:
    """Return a Register that does not look up where its facts stand: here only the words count."""
    vars(register)["origins"] = {}
    return register


def edited(content: Any, edits: Edits) -> Any:
    """Return raw content with edits: maps and lists on the way are copied, the rest is shared."""
    for path, value in edits.items():
        content = _with(content, path, value)
    return content


def _with(content: Any, path: tuple[Step, ...], value: Any) -> Any:
    if not path:
        return value
    step, rest = path[0], path[1:]
    items = dict(enumerate(content)) if isinstance(content, tuple) else dict(content)
    items[step] = _with(items.get(step), rest, value)
    if isinstance(content, tuple):
        return tuple(item for item in items.values() if item is not None)
    return {key: item for key, item in items.items() if item is not None}


def _shaped(model: type[M], raw: Any, file: str, id: str | None = None) -> M:
    thing, findings = shape(model, raw, Tree(file), (), id)
    assert thing is not None, findings
    return thing


def change(leaf: Leaf, facts: Facts) -> Edits | None:
    """Return the edits that put something else in the place of a leaf; None where nothing else is valid."""
    if leaf.annotation is Notes:
        return {leaf.path: MARK}
    if leaf.is_text:
        return {leaf.path: MARK}
    value = _other(leaf, facts)
    if value is None and (isinstance(leaf.annotation, Reference) or leaf.is_condition or leaf.is_self_service):
        return {leaf.path: None}  # there is no other thing of its kind: take it out
    return None if value is None else {leaf.path: value, **_companions(leaf, value, facts)}


def _other(leaf: Leaf, facts: Facts) -> Any:
    annotation = leaf.annotation
    if leaf.owner is Registration:
        return _other_registration(leaf, facts)
    if annotation is bool:
        return "false" if leaf.value == "true" else "true"
    if leaf.is_self_service:
        return _after(
            leaf.value, list(facts.at("organisation.yml", ("rights", "self_service"))), _siblings(leaf, facts)
        )
    if get_origin(annotation) is Literal:
        return _after(leaf.value, [str(code) for code in get_args(annotation)])
    if leaf.is_directive:
        return _after(leaf.value, [leaf.value, "principles", "dates"], _siblings(leaf, facts))
    if annotation in _OTHER_CODE:
        return next(code for code in _OTHER_CODE[annotation] if code != leaf.value)
    if isinstance(annotation, Reference):
        return _after(leaf.value, facts.ids(annotation.collection), _siblings(leaf, facts))
    if leaf.path[-2:-1] == ("elements",):
        category = facts.at(leaf.file, (*leaf.path[:-2], "category"))
        return _after(leaf.value, list(facts.at("categories.yml", (category, "elements"))), _siblings(leaf, facts))
    if leaf.is_condition:
        answers = facts.at(leaf.file, ("questions", leaf.path[-2], "answers"))
        return _after(leaf.value, list(answers), _siblings(leaf, facts))
    if leaf.value in {"none", "data-subject"}:
        return _stated(leaf, facts)
    if leaf.path == ("template",):
        return _after(leaf.value, sorted(templates()))
    assert annotation is Id, f"{leaf.name} is of a kind that this test does not know: {annotation}"
    return "markblomst"


def _other_registration(leaf: Leaf, facts: Facts) -> str:
    if leaf.path[-1] == "scheme":
        return str(_after(leaf.value, list(_NUMBERS)))
    scheme = facts.at(leaf.file, (*leaf.path[:-1], "scheme"))
    return next(number for number in _NUMBERS[scheme] if number != leaf.value)


def _stated(leaf: Leaf, facts: Facts) -> Any:
    """Return a list for the place of a word that stands for one."""
    some = dict.fromkeys(("da", "nb", "en"), "-")
    stated: dict[Step, Any] = {
        "transfers": {"country": "JP", "mechanism": "adequacy"},
        "sources": {"from": "observation"},
        "recipients": facts.ids("parties")[-1],
        "stored_by_law": facts.ids("laws")[-1],
        "automated_decisions": {
            "decision": some, "profiling": "false", "basis": "22.2.a", "logic": some, "consequences": some,
            "safeguards": some,
        },
        "storage": {"name": MARK, "kind": "cookie", "purpose": some, "lasts": "session", "necessary": "true"},
    }  # fmt: skip
    return (stated[leaf.path[-1]],)


def _companions(leaf: Leaf, value: str, facts: Facts) -> Edits:
    """Return the smallest changes without which the changed leaf would be no fact that a page could state."""
    around = leaf.path[:-1]
    match leaf.path[-1], value:
        case "scheme", _:
            return {(*around, "number"): _NUMBERS[value][0]}
        case "class", _:
            return {(*around, "kind"): "health" if value == "special" else None}
        case "category", _:
            return {(*around, "elements"): None}
        case "appointed", "false":
            return {(*around, "because"): dict.fromkeys(("da", "nb", "en"), "-")}
        case "capacity", "joint" if leaf.owner is Activity:
            return {("joint",): {"with": (facts.ids("parties")[-1],)}}
    return {}


def _siblings(leaf: Leaf, facts: Facts) -> list[Any]:
    """Return what else stands in the list that a leaf is an item of, or an item's key."""
    around = facts.at(leaf.file, leaf.path[:-1])
    if isinstance(around, tuple):
        return list(around)
    if leaf.path[-1] == "category":
        return [use["category"] for use in facts.at(leaf.file, leaf.path[:-2])]
    return []


def _after(value: str, choices: list[str], taken: list[Any] | None = None) -> str | None:
    """Return the next choice after a value, round the end, that is not taken."""
    place = choices.index(value)
    others = itertools.chain(choices[place + 1 :], choices[:place])
    return next((choice for choice in others if choice not in (taken or [])), None)


def _leaves(file: str, path: tuple[Step, ...], value: Any, annotation: Any, owner: type[Declared]) -> Iterator[Leaf]:
    annotation = bare(annotation)
    if annotation in {Label, Prose}:
        for language, words in value.items():
            yield Leaf(file, (*path, language), words, annotation, owner)
    elif get_origin(annotation) is dict:
        for key, item in value.items():
            yield from _leaves(file, (*path, key), item, get_args(annotation)[1], owner)
    elif isinstance(annotation, type) and issubclass(annotation, Declared):
        written = types_by_key(annotation)
        for key, item in value.items():
            yield from _leaves(file, (*path, key), item, written[key], annotation)
    elif get_origin(annotation) is tuple and isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _leaves(file, (*path, index), item, get_args(annotation)[0], owner)
    else:
        yield Leaf(file, path, value, annotation, owner)


def types_by_key(model: type[Declared]) -> dict[str, Any]:
    """Return the type of each key, as it was written and not as pydantic took it apart."""
    written = get_type_hints(model, include_extras=True)
    return {field.alias or name: written[name] for name, field in model.model_fields.items()}


_NAMED = (
    Country, Date, Digest, Email, Flag, Hours, LanguageCode, Lasting, Line, Notes, PagePath, Period, Phone, Provision,
    Rank, Span, Url,
)  # fmt: skip


def bare(annotation: Any) -> Any:
    """Return a type without `| None` and marks: one of the named types of the model, a Reference, or what is left."""
    if get_origin(annotation) in {Union, types.UnionType} and annotation not in _NAMED:
        arms = [arm for arm in get_args(annotation) if arm is not type(None)]
        return bare(arms[0]) if len(arms) == 1 else annotation
    if get_origin(annotation) is not Annotated:
        return annotation
    if annotation in _NAMED or annotation == Id:
        return bool if annotation == Flag else annotation
    marks = annotation.__metadata__
    return next((mark for mark in marks if isinstance(mark, Reference)), None) or bare(get_args(annotation)[0])
