"""A folder of YAML files to a Register: every problem of every file in one run."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from errno import EINVAL
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from klartekst.load.shape import known, nearest, shape, shown, some
from klartekst.load.tree import Tree, read_tree
from klartekst.model import (
    COLLECTIONS,
    FILES_OF_ONE,
    Activity,
    Finding,
    Organisation,
    Path,
    Place,
    Register,
    Severity,
    is_id,
    references,
    translations,
    visible_line,
)

FOLDERS = FILES_OF_ONE
"""The collections that have a folder with one file per thing; the others are one file, a map by id."""


_PHRASES = "phrases"
"""The folder of the owner's own wording, a file per language."""
_FILES = ("organisation.yml", *(f"{name}.yml" for name in COLLECTIONS if name not in FOLDERS))


@dataclass(frozen=True)
class Loaded:
    """What loading a folder gave."""

    register: Register | None
    """What could be read and refers to nothing that is missing; None where there is no readable organisation."""
    findings: tuple[Finding, ...]
    """Everything that is wrong, by place."""
    files_read: int
    """How many files could be read as YAML."""


def load(folder: FilePath, shown_as: str | None = None) -> Loaded:
    """Load the data folder of an organisation.

    Args:
        folder: the folder that holds `organisation.yml`.
        shown_as: how findings name the folder; as given if left out.

    Returns:
        The Register and all findings. Nothing is raised for bad input.
    """
    loading = _Loading(folder, shown_as if shown_as is not None else folder.as_posix())
    loading.read()
    register = loading.register()
    return Loaded(register, tuple(sorted(set(loading.findings))), loading.files_read)


class _Loading:
    """One run over one folder."""

    def __init__(self, folder: FilePath, shown_as: str) -> None:
        self.folder = folder
        self.shown_as = shown_as.rstrip("/")
        self.findings: list[Finding] = []
        self.places: dict[Path, Place] = {}
        self.files_read = 0
        self.organisation: Organisation | None = None
        self.things: dict[str, dict[str, Any]] = {name: {} for name in COLLECTIONS}
        self.declared: dict[str, set[str]] = {name: set() for name in COLLECTIONS}
        self.phrases: dict[str, dict[str, str]] = {}

    # -- reading ------------------------------------------------------------------------------------------------

    def read(self) -> None:
        if not _is_folder(self.folder):
            message = "there is no such folder. Name the folder that holds organisation.yml"
            self.findings.append(Finding(Place(self.shown_as), "load/no-folder", message))
            return
        entries = self._entries(self.folder)
        if self.findings:
            return
        for entry in entries:
            if entry.name in FOLDERS and _is_folder(entry):
                self._read_folder(entry)
            elif entry.name == _PHRASES and _is_folder(entry):
                self._read_phrases(entry)
            elif entry.name in _FILES:
                self._read_file(entry, entry.stem)
            elif entry.name in (*FOLDERS, _PHRASES) or _looks_meant(entry):
                self._unknown(entry)
        if not any(entry.name == "organisation.yml" for entry in entries):
            message = f"organisation.yml is missing. Say in it who you are: {known(Organisation)}"
            self.findings.append(Finding(Place(self.shown_as), "load/no-organisation", message))
        elif not self.declared["activities"]:
            message = "no activity is declared. Say what you do with personal data in activities/<id>.yml"
            self.findings.append(Finding(Place(self.shown_as), "load/no-activity", message))

    def _entries(self, folder: FilePath) -> list[FilePath]:
        try:
            return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
        except OSError as error:
            message = f"the folder cannot be read: {error.strerror}. Give yourself the right to read it"
            self.findings.append(Finding(Place(self._shown(folder)), "load/unreadable", message))
            return []

    def _unknown(self, entry: FilePath) -> None:
        expected = [*_FILES, *(f"{name}/" for name in (*FOLDERS, _PHRASES))]
        shown = entry.name + ("/" if _is_folder(entry) else "")
        near = nearest(shown, expected) or f" Known here: {', '.join(expected)}."
        message = f'"{shown}" is not read by anything.{near}'
        self.findings.append(Finding(Place(self._shown(entry)), "load/unknown-file", message))

    def _read_folder(self, folder: FilePath) -> None:
        for entry in self._entries(folder):
            if entry.suffix == ".yml" and not _is_folder(entry):
                tree = self._tree(entry)
                self._take(folder.name, entry.stem, tree.value, tree, ())
            elif _looks_meant(entry):
                message = f'"{entry.name}" is not read. A thing of its own is a file {folder.name}/<id>.yml'
                self.findings.append(Finding(Place(self._shown(entry)), "load/unknown-file", message))

    def _read_phrases(self, folder: FilePath) -> None:
        for entry in self._entries(folder):
            if entry.suffix == ".yml" and not _is_folder(entry):
                tree = self._tree(entry)
                self.places[("phrases", entry.stem)] = tree.place(())
                self.phrases[entry.stem] = dict(self._phrases_in(tree.value, tree, (), entry.stem))
            elif _looks_meant(entry):
                message = f'"{entry.name}" is not read. Your own wording is a file phrases/<language>.yml'
                self.findings.append(Finding(Place(self._shown(entry)), "load/unknown-file", message))

    def _phrases_in(self, value: Any, tree: Tree, path: Path, language: str) -> Iterator[tuple[str, str]]:
        """Yield the phrases of a file by their keys, which are the keys of its maps with a slash between them."""
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from self._phrases_in(inner, tree, (*path, key), language)
        elif isinstance(value, str) and path:
            key = "/".join(map(str, path))
            self.places[("phrases", language, key)] = tree.key_place(path)
            try:
                yield key, visible_line(value)
            except ValueError as error:
                self.findings.append(Finding(tree.place(path), "shape/value", f"{path[-1]}: {error}"))
        elif not tree.findings:
            message = f"{shown(value)} stands where words are expected. Write `key: words` lines"
            self.findings.append(Finding(tree.key_place(path), "shape/value", message))

    def _read_file(self, file: FilePath, name: str) -> None:
        tree = self._tree(file)
        if tree.value is None:
            return
        if name == "organisation":
            self.organisation, findings = shape(Organisation, tree.value, tree, ())
            self._keep_places(tree, ("organisation",), ())
            self.findings += findings
        elif not isinstance(tree.value, dict):
            message = f"{shown(tree.value)} stands where a map is expected. Write `<id>:` for each of the {name}"
            self.findings.append(Finding(tree.place(()), "shape/map", message))
        else:
            for id, value in tree.value.items():
                self._take(name, id, value, tree, (id,))

    def _tree(self, file: FilePath) -> Tree:
        shown = self._shown(file)
        try:
            tree = read_tree(_bytes(file), shown)
            self.files_read += tree.value is not None
        except OSError as error:
            message = f"the file cannot be read: {error.strerror}. Put an ordinary file here that you may read"
            tree = Tree(shown, findings=[Finding(Place(shown), "load/unreadable", message)])
        self.findings += tree.findings
        return tree

    def _shown(self, file: FilePath) -> str:
        inside = file.relative_to(self.folder).as_posix()
        return self.shown_as if inside == "." else f"{self.shown_as}/{inside}"

    def _take(self, collection: str, id: str, value: Any, tree: Tree, path: Path) -> None:
        """Shape one thing and remember it, or remember that there is one which is broken."""
        if is_id(id):
            self.declared[collection].add(id)
        self._keep_places(tree, (collection, id), path)
        if value is None and tree.findings:
            return
        thing, findings = shape(COLLECTIONS[collection], value, tree, path, id)
        self.findings += findings
        if thing is not None:
            self.things[collection][id] = thing

    def _keep_places(self, tree: Tree, prefix: Path, path: Path) -> None:
        size = len(path)
        self.places[prefix] = tree.key_place(path)
        for places in (tree.values, tree.keys):  # keys last: a finding points at the key
            for where, place in places.items():
                if len(where) > size and where[:size] == path:
                    self.places[prefix + where[size:]] = place

    # -- what crosses files -------------------------------------------------------------------------------------

    def register(self) -> Register | None:
        for path, entity in self._entities():
            self._check_references(path, entity)
        if self.organisation is None:
            return None
        self._check_languages(self.organisation.languages)
        self._drop_what_dangles()
        if any(id not in self.things[name] for _, name, id in references(self.organisation)):
            return None
        collections: dict[str, Any] = {name: MappingProxyType(things) for name, things in self.things.items()}
        collections["phrases"] = MappingProxyType(self.phrases)
        return Register(organisation=self.organisation, places=MappingProxyType(self.places), **collections)

    def _entities(self) -> Iterator[tuple[Path, BaseModel]]:
        if self.organisation is not None:
            yield ("organisation",), self.organisation
        for name, things in self.things.items():
            for id, thing in things.items():
                yield (name, id), thing

    def _check_languages(self, languages: tuple[str, ...]) -> None:
        texts = [pair for path, entity in self._entities() for pair in translations(entity, path)]
        for language in languages:
            for where, words in texts:
                if not words.has(language):
                    message = f'"{_key(where)}" has no text in {language}. Write a line `{language}: ...`'
                    self._report(where, "language/missing", message, "missing")
        for where, words in texts:
            for language in sorted(words.languages - set(languages)):
                hint = " Norwegian bokmål is nb." if language == "no" else nearest(language, languages)
                message = f'"{language}" is not a language of organisation.yml ({", ".join(languages)}).{hint}'
                self._report((*where, language), "language/unknown", message)

    def _check_references(self, path: Path, entity: BaseModel) -> None:
        found = [*references(entity, path)]
        for where, collection, id in found:
            if id not in self.declared[collection]:
                ids = sorted(self.declared[collection])
                near = nearest(id, ids) or (f" Known: {some(ids)}." if ids else " None is declared yet.")
                home = f"{collection}/{id}.yml" if collection in FOLDERS else f"{collection}.yml"
                self._report(where, "reference/unknown", f'"{id}" is not declared in {home}.{near}')
        for where, element, category in _elements(path, entity, self.things["categories"]):
            near = nearest(element, category.elements) or f" Known: {some(category.elements)}."
            self._report(where, "reference/unknown", f'"{element}" is no element of "{category.id}".{near}')
        for where, id in dict.fromkeys((*_repeated(path, entity), *_named_twice(found))):
            self._report(where, "reference/twice", f'"{id}" stands in this list twice. Delete one')

    def _report(self, path: Path, rule: str, message: str, severity: Severity = "error") -> None:
        while path and path not in self.places:
            path = path[:-1]
        self.findings.append(Finding(self.places.get(path, Place(self.shown_as)), rule, message, severity))

    def _drop_what_dangles(self) -> None:
        """Take out what refers to something unreadable, until nothing does: rules may then follow any reference."""
        dropped = True
        while dropped:
            dropped = False
            for things in self.things.values():
                for id, thing in list(things.items()):
                    if any(target not in self.things[name] for _, name, target in references(thing)):
                        del things[id]
                        dropped = True


def _key(path: Path) -> str:
    """Return the key at the end of a path, with the place in its list where there is one: `examples.1`."""
    last = max(index for index, part in enumerate(path) if isinstance(part, str))
    return ".".join(map(str, path[last:]))


def _looks_meant(entry: FilePath) -> bool:
    """Return whether somebody may have meant this to be read: a note beside the facts is left alone."""
    return _is_folder(entry) or entry.suffix.lower() in {".yml", ".yaml"}


def _is_folder(path: FilePath) -> bool:
    try:
        return path.is_dir()
    except OSError:  # pathlib raises where one may not look
        return False


def _bytes(file: FilePath) -> bytes:
    """Read a file, and nothing that never ends, such as a pipe."""
    if file.exists() and not file.is_file():
        raise OSError(EINVAL, "this is no file")
    return file.read_bytes()


def _elements(path: Path, entity: BaseModel, categories: Mapping[str, Any]) -> Iterator[tuple[Path, str, Any]]:
    """Yield each element of data that its category does not have."""
    for index, use in enumerate(entity.data if isinstance(entity, Activity) else ()):
        category = categories.get(use.category)
        for position, element in enumerate(use.elements):
            if category is not None and element not in category.elements:
                yield (*path, "data", index, "elements", position), element, category


def _named_twice(references: Iterable[tuple[Path, str, str]]) -> Iterator[tuple[Path, str]]:
    """Yield what a list of ids refers to twice, wherever in an entity the list stands."""
    seen: set[tuple[Path, str]] = set()
    for path, _, id in references:
        if isinstance(path[-1], int):
            if (path[:-1], id) in seen:
                yield path, id
            seen.add((path[:-1], id))


def _repeated(path: Path, entity: BaseModel) -> Iterator[tuple[Path, str]]:
    """Yield what stands twice in a list of ids, and ids that two items of one list share."""
    for name, field in type(entity).model_fields.items():
        value = getattr(entity, name)
        if isinstance(value, tuple):
            seen: set[str | None] = set()
            for index, item in enumerate(value):
                id = item if isinstance(item, str) else getattr(item, "id", getattr(item, "category", None))
                if id is not None and id in seen:
                    yield (*path, field.alias or name, index), id
                seen.add(id)
