"""A document can prove where it says what the law demands: blocks name the articles, and the outline holds them all."""

import re

import pytest
from tests.blocks.variants import everything, published
from tests.conftest import LANGUAGES

from klartekst.blocks import BLOCKS, Page, said
from klartekst.documents import outlines, outlines_of
from klartekst.documents.directive import problems, read_directive
from klartekst.law import notice_items, templates

NO_LINES_OF_A_NOTICE = {"21.4", "33", "34"}
"""Articles that demand no stated fact of a page: a place of its own (21(4)), acts in a breach (33 and 34)."""

OF_AN_AGREEMENT = frozenset(templates()["dk-2020"].says)
"""What Art. 28 demands of an agreement."""

TO_BE_PLACED = {"annexes", "emergency", "retention", "policy"}
"""Blocks that no default document holds: they are for hand-written pages, and for documents of one's own."""


@pytest.mark.parametrize("name", BLOCKS)
def test_the_articles_of_a_block_are_known_to_the_law(name: str) -> None:
    """A block claims to satisfy only what the law data lists, or an article that is no line of a notice."""
    known = {*notice_items(), *(item.twin for item in notice_items().values()), *NO_LINES_OF_A_NOTICE, *OF_AN_AGREEMENT}
    assert set(BLOCKS[name].articles) <= known


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_says_no_more_than_it_claims(name: str) -> None:
    """What a block notes that it states is among the articles that it names."""
    for register in (published(), everything()):
        stated = {found.item for found in said(BLOCKS[name](register, Page("da")))}
        assert stated <= set(BLOCKS[name].articles)


@pytest.mark.parametrize("document", ["statement", "audience"])
def test_the_statement_covers_every_item(document: str) -> None:
    """Its outline, and that of the one for each group of people, holds a block for each line of Art. 13 and 14."""
    covered = {article for name in outlines()[document].blocks for article in BLOCKS[name].articles}
    assert set(notice_items()) - covered == set()


@pytest.mark.parametrize("name", {block: None for outline in outlines().values() for block in outline.blocks})
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_block_of_a_default_document_says_something(name: str, language: str) -> None:
    """No block is empty on the demonstration's documents."""
    assert re.search(r"\w", BLOCKS[name](published(), Page(language)))


def test_outlines_name_blocks_that_exist_and_paths_that_differ() -> None:
    """Every document is made of known blocks, at an address of its own, also those for one group of people."""
    assert {name for outline in outlines().values() for name in outline.blocks} <= set(BLOCKS)
    made = outlines_of(published())
    assert len({outline.path for outline in made.values()}) == len(made)
    for outline in made.values():
        assert len(outline.directives) == len(outline.blocks)
        assert [problem for found in outline.directives for problem in problems(found, published())] == []


def test_every_block_has_its_place_in_a_document_or_is_there_to_be_placed() -> None:
    """A block that no default document holds is one for hand-written pages."""
    placed = {name for outline in outlines().values() for name in outline.blocks}
    assert set(BLOCKS) - placed == TO_BE_PLACED


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_can_be_placed_with_each_of_its_keys(name: str, language: str) -> None:
    """A directive with a key and an id of the facts is fine, renders, and is about fewer things than the whole."""
    block = BLOCKS[name]
    whole = block(published(), Page(language))
    for key, collection in block.parameters.items():
        id = next(iter(getattr(published(), collection)))
        directive = read_directive(f"{name} {key}={id}")
        assert directive
        assert list(problems(directive, published())) == []
        assert block(published(), Page(language), **dict(directive.parameters)) != whole
