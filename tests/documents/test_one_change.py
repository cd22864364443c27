"""One changed fact changes every place that states it, in every language, and nothing else.

Nothing here knows where a fact is used. A word that stands nowhere is put in the place of each fact; the site with the
old word and the site with the new one are compared in full, and what differs must be that word alone.
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import LANGUAGES, ROOT, copy_facts, copy_project, mkdocs

from klartekst.documents import compose
from klartekst.model import COLLECTIONS, Place

Words = Mapping[str, str]
"""What a reader sees of a fact, by language."""


@dataclass(frozen=True)
class Change:
    """A fact of one thing: which, and what it is before and after."""

    file: str
    """The file of facts; `*` is the first file of a folder that has the key."""
    path: tuple[str | int, ...]
    """The keys to it; `*` is the first of a map or list."""
    before: Any
    after: Any
    seen_before: Words
    seen_after: Words


def in_words(file: str, *path: str | int) -> Change:
    """Return a change of words, another one in each language."""
    name = "".join(part for part in "".join(map(str, (file, *path))) if part.isalpha())
    before = {language: f"Markblomst{name}{language}" for language in LANGUAGES}
    after = {language: f"Kornblomst{name}{language}" for language in LANGUAGES}
    return Change(file, path, before, after, before, after)


def in_every_language(file: str, *path: str | int, before: str, after: str) -> Change:
    """Return a change of something that reads the same in every language."""
    return Change(file, path, before, after, dict.fromkeys(LANGUAGES, before), dict.fromkeys(LANGUAGES, after))


def coded(file: str, *path: str | int, before: str, after: str, seen: Mapping[str, tuple[str, str]]) -> Change:
    """Return a change of a code, with what it reads like in each language."""
    old = {language: words[0] for language, words in seen.items()}
    new = {language: words[1] for language, words in seen.items()}
    return Change(file, path, before, after, old, new)


MONTHS = {
    "da": ("47 måneder", "53 måneder"),
    "nb": ("47 måneder", "53 måneder"),
    "en": ("47 months", "53 months"),
}
WEEKS = {
    "da": ("47 uger", "53 uger"),
    "nb": ("47 uker", "53 uker"),
    "en": ("47 weeks", "53 weeks"),
}
HOURS = {
    "da": ("47 timer", "53 timer"),
    "nb": ("47 timer", "53 timer"),
    "en": ("47 hours", "53 hours"),
}
DAYS = {
    "da": ("3. marts 2021", "4. april 2022"),
    "nb": ("3. mars 2021", "4. april 2022"),
    "en": ("3 March 2021", "4 April 2022"),
}
COUNTRIES = {"da": ("Bulgarien", "Cypern"), "nb": ("Bulgaria", "Kypros"), "en": ("Bulgaria", "Cyprus")}

CHANGES: dict[str, Change] = {
    "organisation": in_every_language(
        "organisation.yml", "short_name", before="Markblomstvirke", after="Kornblomstvirke"
    ),
    "organisation's e-mail": in_every_language(
        "organisation.yml", "rights", "contact", "email",
        before="markblomst@lindeby.example", after="kornblomst@lindeby.example",
    ),
    "organisation's day": coded("organisation.yml", "updated", before="2021-03-03", after="2022-04-04", seen=DAYS),
    "roles": in_words("roles.yml", "*", "name"),
    "subjects": in_words("subjects.yml", "*", "name"),
    "categories": in_words("categories.yml", "*", "name"),
    "elements of categories": in_words("categories.yml", "*", "elements", "*"),
    "parties": in_every_language("parties/*", "name", before="Markblomst A/S", after="Kornblomst A/S"),
    "what parties do": in_words("parties/*", "tasks"),
    "where parties are": coded("parties/*", "locations", 0, before="BG", after="CY", seen=COUNTRIES),
    "systems": in_words("systems.yml", "*", "name"),
    "laws": in_words("laws.yml", "*", "citation"),
    "measures": in_words("measures.yml", "*", "claim"),
    "retention": in_words("retention.yml", "*", "covers"),
    "periods": coded("retention.yml", "*", "period", before="P47M", after="P53M", seen=MONTHS),
    "activities": in_words("activities/*", "name"),
    "purposes": in_words("activities/*", "purposes", "*", "text"),
    "customers": in_words("customers.yml", "*", "kind"),
    "assistance": in_words("assistance.yml", "*", "text"),
    "agreements": in_words("agreements/*", "service"),
    "services": in_words("services.yml", "*", "name"),
    "policies": in_words("policies.yml", "*", "heading"),
    "assessments": in_words("assessments.yml", "*", "conclusion"),
    "reviews": in_words("reviews.yml", "*", "name"),
    "how often is reviewed": coded("reviews.yml", "*", "every", before="P47W", after="P53W", seen=WEEKS),
    "assurances": in_words("assurances.yml", "*", "claim"),
    "quotes": in_every_language("quotes.yml", "*", "text", before="Markblomst citat.", after="Kornblomst citat."),
    "glossary": in_words("glossary.yml", "*", "term"),
    "guidance": in_words("guidance/*", "title"),
    "answers of guidance": in_words("guidance/*", "answers", "*", "because"),
    "evidence of a duty": in_words("guidance/*", "answers", "*", "duties", "*", "evidence"),
    "time limits": coded(
        "guidance/*", "answers", "*", "duties", "*", "deadline", before="PT47H", after="PT53H", seen=HOURS
    ),
    "whom guidance speaks to": in_words("roles.yml", "*", "guidance", "name"),
    "self-service": in_words("organisation.yml", "rights", "self_service", "*"),
    "sites": in_words("sites.yml", "*", "name"),
    "documents": in_words("documents/*", "title"),
}  # fmt: skip
"""A fact of each kind of entity, and of each kind of code."""


def test_every_kind_of_entity_is_changed() -> None:
    """The organisation and every collection are in the table."""
    assert {"organisation", *COLLECTIONS} <= set(CHANGES)


# -- facts on disk ------------------------------------------------------------------------------------------------


def put(data: Path, change: Change, value: Any) -> None:
    """Write a value into the facts: into the first thing that has such a key."""
    for file in sorted(data.glob(change.file if change.file.endswith(".yml") else f"{change.file}.yml")):
        tree = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
        path = next(_paths(tree, change.path), None)
        if path is not None:
            _put(tree, path, value)
            file.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=1000), "utf-8")
            return
    raise AssertionError(f"nothing has {change.path} in {change.file}")


def _paths(tree: Any, path: tuple[str | int, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the paths of a tree that a path with stars fits, public things only."""
    if not path:
        yield ()
        return
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree))) if isinstance(tree, list) else []
    for key in keys if path[0] == "*" else [path[0]] if path[0] in keys else []:
        if not (isinstance(tree[key], dict) and tree[key].get("internal") == "true"):
            yield from ((key, *rest) for rest in _paths(tree[key], path[1:]))


def _put(tree: Any, path: tuple[Any, ...], value: Any) -> None:
    for key in path[:-1]:
        tree = tree[key]
    tree[path[-1]] = value


def documents(data: Path) -> dict[tuple[str, str], str]:
    """Return all documents of a site, by language and path, title and description included."""
    made = compose(data, "data", LANGUAGES, (), Place("mkdocs.yml"))
    assert not made.broken, [str(finding) for finding in made.findings][:5]
    return {key: f"{one.title}\n{one.description}\n{one.marked}" for key, one in made.documents.items()}


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's facts with a word of its own in the place of every fact of the table."""
    data = shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("marked") / "data")
    for change in CHANGES.values():
        put(data, change, change.before)
    return data


@pytest.fixture(scope="module")
def before(marked: Path) -> dict[tuple[str, str], str]:
    """The documents that tell these facts."""
    return documents(marked)


@pytest.mark.parametrize("name", CHANGES)
def test_one_changed_fact_changes_every_place_that_states_it_and_nothing_else(
    name: str, marked: Path, before: dict[tuple[str, str], str], tmp_path: Path
) -> None:
    """Each line that held the old words holds the new ones, no line holds the old ones, and no other line differs."""
    change = CHANGES[name]
    data = shutil.copytree(marked, tmp_path / "data")
    put(data, change, change.after)
    after = documents(data)
    assert after.keys() == before.keys()
    for language in LANGUAGES:
        old, new = change.seen_before[language], change.seen_after[language]
        pairs = [pair for key in before if key[0] == language for pair in lines(before[key], after[key])]
        held = [line for line, _ in pairs if old in line]
        assert held, f"nothing says {old}"
        assert [(line, found) for line, found in pairs if line.replace(old, new) != found] == []
        assert [found for _, found in pairs if old in found] == []


def legible(text: str) -> str:
    """Return a text with each character as a reader sees it: no references, and one kind of space."""
    return re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), text).replace("\u00a0", " ")


def lines(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines of two texts side by side."""
    one, other = (legible(text).split("\n") for text in (before, after))
    assert len(one) == len(other)
    return list(zip(one, other, strict=True))


# -- built sites --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(marked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the marked facts, as MkDocs builds it."""
    return build(tmp_path_factory.mktemp("built"), marked)


def build(folder: Path, data: Path) -> Path:
    """Build the demonstration site with other facts, and return its folder."""
    project = copy_project(folder / "project")
    shutil.rmtree(project / "data")
    copy_facts(project / "data", source=data)
    result = mkdocs("build", cwd=project)
    assert result.returncode == 0, result.stderr
    return project / "site"


def texts(site: Path) -> dict[str, str]:
    """Return everything a site consists of that is text: pages, search indexes, the trace map, the map of the site."""
    files = [file for file in site.rglob("*") if file.suffix in {".html", ".json", ".xml", ".txt"}]
    return {file.relative_to(site).as_posix(): legible(file.read_text("utf-8")) for file in files}


@pytest.mark.parametrize("name", ["activities", "parties", "periods"])
def test_a_built_site_differs_in_the_changed_words_alone(name: str, marked: Path, built: Path, tmp_path: Path) -> None:
    """Pages, search indexes and the trace map of every language: nothing holds the old words, nothing else differs."""
    change = CHANGES[name]
    data = shutil.copytree(marked, tmp_path / "data")
    put(data, change, change.after)
    one, other = texts(built), texts(build(tmp_path, data))
    assert one.keys() == other.keys()
    pairs = [(change.seen_before[language], change.seen_after[language]) for language in LANGUAGES]
    assert all(any(old in text for text in one.values()) for old, _ in pairs)
    for file, text in one.items():
        for old, new in pairs:
            text = text.replace(old, new)
        assert text == other[file], f"{file} differs in something else"
