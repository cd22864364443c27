"""Every fact is published: no leaf of the demonstration data can be changed without a page that shows it."""

import functools
import re
from pathlib import Path

import pytest
from tests.conftest import LANGUAGES, ROOT
from tests.documents.leaves import MARK, Facts, Leaf, change

from klartekst.blocks import BLOCKS, plain
from klartekst.documents import outlines_of, page_in, render_document
from klartekst.load import load, read_tree
from klartekst.model import Register

FACTS = Facts(ROOT / "data")
UNPUBLISHED = read_tree((Path(__file__).parent / "unpublished.yml").read_bytes(), "unpublished.yml").value

Part = tuple[str, tuple[tuple[str, str], ...]]
"""A block with its parameters, or the frame of a document: what `render` renders."""


def render(part: Part, register: Register, language: str) -> str:
    """Return a part of the documents of a language; empty where these facts make no such document."""
    name, parameters = part
    if name != "document":
        return BLOCKS[name](register, page_in(register, language), **dict(parameters))
    outline = outlines_of(register).get(dict(parameters)["id"])
    if outline is None:
        return ""
    frame = render_document(outline.model_copy(update={"blocks": ()}), register, language)
    return f"{frame.path}\n{frame.title}\n{frame.description}\n{frame.markdown}\n{outline.blocks}"


@functools.cache
def original() -> Register:
    """Return what is public in the demonstration data."""
    register = load(FACTS.folder).register
    assert register
    return register.published()


@functools.cache
def original_part(part: Part, language: str) -> str:
    return render(part, original(), language)


@functools.cache
def parts() -> tuple[Part, ...]:
    """Return what the documents of the demonstration are made of, each once; slices of the statement are none."""
    made = outlines_of(original())
    blocks = [(found.block, found.parameters) for outline in made.values() for found in outline.directives]
    frames = [("document", (("id", id),)) for id in made]
    return tuple(part for part in dict.fromkeys([*blocks, *frames]) if part not in slices())


@functools.cache
def slices() -> tuple[Part, ...]:
    """Return the parts that show nothing but what stands in the statement: its activities, one by one or by people.

    People about whom you only process for others have no activity there: their controller has.
    """
    one_by_one = [("activities", (("activity", activity.id),)) for activity in original().ours]
    concerned = {id for activity in original().ours for id in activity.subjects}
    return (*one_by_one, *(("activities", (("subject", id),)) for id in original().subjects if id in concerned))


def parts_by_likelihood(leaf: Leaf) -> list[Part]:
    """Return all parts, beginning with the shortest one in which a fact leaves its mark: that one mostly shows it."""
    collection = leaf.file.removesuffix(".yml").split("/")
    where = [*collection, *map(str, leaf.path)]
    field = "/".join(where[:-1] if leaf.language else where)
    entity = "/".join(where[:2])
    likely = [part for part in slices() if leaves_mark(entity, part)]
    return sorted(
        (*likely, *parts()), key=lambda part: (not leaves_mark(field, part), not leaves_mark(entity, part), size(part))
    )


@functools.cache
def leaves_mark(path: str, part: Part) -> bool:
    return f"\ue010{path}" in original_part(part, "da")


def size(part: Part) -> int:
    return len(original_part(part, "da"))


def shows(leaf: Leaf) -> bool:
    """Return whether the documents of each language that a leaf belongs to tell it from another one."""
    edits = change(leaf, FACTS)
    if edits is None:
        return False
    register = FACTS.published_with(original(), leaf, edits)
    languages = (leaf.language,) if leaf.language else LANGUAGES
    likely = parts_by_likelihood(leaf)
    return all(any(tells(leaf, part, register, language) for part in likely) for language in languages)


def tells(leaf: Leaf, part: Part, register: Register, language: str) -> bool:
    """Return whether a part shows the mark in a leaf's place, or, for a code, reads otherwise than before."""
    text = render(part, register, language)
    return MARK in text if leaf.is_text else plain(text) != plain(original_part(part, language))


@pytest.mark.parametrize("part", slices(), ids=lambda part: part[1][0][1])
def test_a_slice_shows_nothing_but_what_stands_in_the_statement(part: Part) -> None:
    """So a leaf that shows in the block of one activity shows in a document."""
    whole = original_part(("activities", ()), "da")
    alone = re.sub(r'(<details [^>]*"block") open>', r"\1>", original_part(part, "da"))
    sections = alone.split("\n### ")[1:]
    assert sections
    assert [section for section in sections if section.rstrip() not in whole] == []


def pattern_of(leaf: Leaf) -> str | None:
    """Return the pattern of unpublished.yml that a leaf falls under."""
    return next((pattern for pattern in UNPUBLISHED if matches(pattern, leaf.name)), None)


def matches(pattern: str, name: str) -> bool:
    parts = (".+" if part == "**" else re.escape(part).replace(r"\*", "[^/]+") for part in pattern.split("/"))
    return bool(re.fullmatch("/".join(parts), name))


@pytest.mark.parametrize("file", FACTS.files)
def test_each_leaf_of_a_file_shows_in_each_language(file: str) -> None:
    """Changed to a mark or another code, each leaf changes the pages of its language, or of every language."""
    hidden = [leaf.name for leaf in FACTS.leaves(file) if pattern_of(leaf) is None and not shows(leaf)]
    assert hidden == []


@pytest.mark.parametrize("pattern", UNPUBLISHED)
def test_each_unpublished_pattern_is_needed_and_hides_nothing_else(pattern: str) -> None:
    """A pattern fits at least one leaf, every leaf it fits is really unpublished, and it says why."""
    leaves = [leaf for file in FACTS.files for leaf in FACTS.leaves(file) if pattern_of(leaf) == pattern]
    assert leaves
    if any_shows(leaves):
        assert [leaf.name for leaf in leaves if shows(leaf)] == []
    assert UNPUBLISHED[pattern].endswith(".")


def any_shows(leaves: list[Leaf]) -> bool:
    """Return whether any document reads otherwise when all of these leaves are changed at once, which is quick."""
    register = FACTS.published_with_all(original(), leaves)
    return any(
        plain(render(part, register, language)) != plain(original_part(part, language))
        for part in (*slices(), *parts())
        for language in LANGUAGES
    )


def test_all_lines_of_the_data_are_reached() -> None:
    """The walk by the types of the model finds as many leaves as the files hold scalars."""
    assert {file: len(list(FACTS.leaves(file))) for file in FACTS.files} == {
        file: count_scalars(content) for file, content in FACTS.files.items()
    }


def count_scalars(value: object) -> int:
    if isinstance(value, dict):
        return sum(map(count_scalars, value.values()))
    return sum(map(count_scalars, value)) if isinstance(value, tuple) else 1
