"""Every fact is published: no leaf of the demonstration data can be changed without a page that shows it."""

import functools
import operator
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import LANGUAGES, ROOT
from tests.documents.leaves import MARK, Facts, Leaf, change

from klartekst.documents import outlines, render_document
from klartekst.load import load, read_tree
from klartekst.model import Register

FACTS = Facts(ROOT / "data")
UNPUBLISHED = read_tree((Path(__file__).parent / "unpublished.yml").read_bytes(), "unpublished.yml").value
BLOCKS = [(outline, block) for outline in outlines().values() for block in outline.blocks]
LIKELY = {"organisation": "identity", "measures": "measures", "parties": "processors"}
"""The block in which the facts of a file are most likely shown: it is rendered first, and mostly alone."""


def parts(register: Register, language: str, likely: str) -> Iterator[str]:
    """Yield what the documents of a language say, block by block."""
    for outline, block in sorted(BLOCKS, key=lambda pair: pair[1] != likely):
        part = render_document(outline.model_copy(update={"blocks": (block,)}), register, language)
        yield f"{part.title}\n{part.description}\n{part.markdown}"


@functools.cache
def original() -> Register:
    """Return the demonstration's facts as they are, unpublished ones too."""
    register = load(FACTS.folder).register
    assert register
    return register


@functools.cache
def original_parts(language: str, likely: str) -> list[str]:
    return list(parts(original().published(), language, likely))


def shows(leaf: Leaf) -> bool:
    """Return whether the documents of each language that a leaf belongs to tell it from another one."""
    edits = change(leaf, FACTS)
    if edits is None:
        return False
    register = FACTS.register_with(original(), leaf.file, edits).published()
    likely = LIKELY.get(leaf.file.split("/")[0].removesuffix(".yml"), "activities")
    languages = (leaf.language,) if leaf.language else LANGUAGES
    if leaf.is_text:
        return all(any(MARK in part for part in parts(register, language, likely)) for language in languages)
    return all(
        any(map(operator.ne, parts(register, language, likely), original_parts(language, likely)))
        for language in languages
    )


def pattern_of(leaf: Leaf) -> str | None:
    """Return the pattern of unpublished.yml that a leaf falls under."""
    return next((pattern for pattern in UNPUBLISHED if matches(pattern, leaf.name)), None)


def matches(pattern: str, name: str) -> bool:
    parts = {"**": ".+", "*": "[^/]+"}
    return bool(re.fullmatch("/".join(parts.get(part, re.escape(part)) for part in pattern.split("/")), name))


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
    assert [leaf.name for leaf in leaves if shows(leaf)] == []
    assert UNPUBLISHED[pattern].endswith(".")


def test_all_lines_of_the_data_are_reached() -> None:
    """The walk by the types of the model finds as many leaves as the files hold scalars."""
    assert {file: len(list(FACTS.leaves(file))) for file in FACTS.files} == {
        file: count_scalars(content) for file, content in FACTS.files.items()
    }


def count_scalars(value: object) -> int:
    if isinstance(value, dict):
        return sum(map(count_scalars, value.values()))
    return sum(map(count_scalars, value)) if isinstance(value, tuple) else 1
