"""A document can prove where it says what the law demands: blocks name the articles, and the outline holds them all."""

import re

import pytest
from tests.blocks.variants import published
from tests.conftest import LANGUAGES

from klartekst.blocks import BLOCKS, Page
from klartekst.documents import outlines
from klartekst.law import notice_items

NO_LINES_OF_A_NOTICE = {"21.4"}
"""Articles that demand something else of a page than to state a fact: 21(4) asks for a place of its own."""

CANNOT_OCCUR = {
    "13.1.a.representative": "a controller outside the EEA cannot be declared yet",
    "14.1.d": "a source other than the person cannot be declared yet, so no notice is one of Art. 14",
    "14.2.f": "a source other than the person cannot be declared yet, so no notice is one of Art. 14",
}


@pytest.mark.parametrize("name", BLOCKS)
def test_the_articles_of_a_block_are_known_to_the_law(name: str) -> None:
    """A block claims to satisfy only what the law data lists, or an article that is no line of a notice."""
    known = {*notice_items(), *(item.twin for item in notice_items().values()), *NO_LINES_OF_A_NOTICE}
    assert set(BLOCKS[name].articles) <= known


def test_the_statement_covers_every_item_that_can_occur() -> None:
    """Its outline holds a block for each line of Art. 13 that the facts of today can call for."""
    covered = {article for name in outlines()["statement"].blocks for article in BLOCKS[name].articles}
    assert set(notice_items()) - covered == set(CANNOT_OCCUR)


@pytest.mark.parametrize("name", outlines()["statement"].blocks)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_block_of_the_statement_says_something(name: str, language: str) -> None:
    """No block that claims an article is empty on the demonstration's statement."""
    assert re.search(r"\w", BLOCKS[name](published(), Page(language)))


def test_outlines_name_blocks_that_exist_and_paths_that_differ() -> None:
    """Every document is made of known blocks, at an address of its own."""
    assert {name for outline in outlines().values() for name in outline.blocks} <= set(BLOCKS)
    assert len({outline.path for outline in outlines().values()}) == len(outlines())


def test_every_block_has_its_place_in_a_document_or_is_there_to_be_placed() -> None:
    """The block that no default document holds is one for hand-written pages."""
    placed = {name for outline in outlines().values() for name in outline.blocks}
    assert set(BLOCKS) - placed == {"retention"}
