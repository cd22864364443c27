"""Guidance on a site: what the search is told about a page, beside what the author of the page says."""

from types import SimpleNamespace
from typing import Any

import pytest
from tests.blocks.variants import ONE, changed, everything

from klartekst.adapters.mkdocs import guiding
from klartekst.documents import outlines_of
from klartekst.model import Label, Register

TOPIC, SHEET, ELSE = f"topic-{ONE}", f"answer-{ONE}--{ONE}", "retention"


def searched(words: str | None = "Hacket, sky-lager") -> Register:
    """Return facts with a topic that people look for by these words."""
    label = Label.model_validate({"da": words}) if words else None
    return changed(everything(), ("guidance", ONE, "words"), label)  # type: ignore[no-any-return]


def marked(document: str, meta: dict[str, Any], register: Register | None = None, language: str = "da") -> Any:
    """Return the front matter of the page of a document after it was marked."""
    public = register or searched()
    page: Any = SimpleNamespace(meta=meta)
    guiding.mark(page, outlines_of(public)[document], public, language)
    return page.meta


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({}, ["hacket", "sky", "lager"]),
        ({"tags": None}, ["hacket", "sky", "lager"]),
        ({"tags": ["Brud", "sky"]}, ["Brud", "sky", "hacket", "lager"]),
        ({"tags": "Brud"}, ["Brud", "hacket", "sky", "lager"]),
    ],
)
def test_everyday_words_stand_behind_the_tags_of_the_author(own: dict[str, Any], expected: list[str]) -> None:
    """No tag of a hand-written page is lost, and none is there twice."""
    assert marked(TOPIC, {"title": "Brud", **own}) == {"title": "Brud", "tags": expected}


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({}, {"exclude": True}),
        ({"search": None}, {"exclude": True}),
        ({"search": {"boost": 2}}, {"exclude": True, "boost": 2}),
        ({"search": {"exclude": False}}, {"exclude": False}),
    ],
)
def test_no_search_finds_a_sheet_unless_its_author_says_so(own: dict[str, Any], expected: dict[str, Any]) -> None:
    """What the author of a hand-written sheet says about the search stands beside that, or before it."""
    assert marked(SHEET, {"title": "Brud", **own}) == {"title": "Brud", "search": expected}


@pytest.mark.parametrize("own", [{}, {"title": "Brud"}, {"tags": ["Brud"], "search": {"boost": 2}}])
@pytest.mark.parametrize(
    ("document", "register", "language"),
    [(ELSE, searched(), "da"), (TOPIC, searched(None), "da"), (TOPIC, searched(), "nb")],
    ids=["no-topic", "no-words", "other-language"],
)
def test_where_there_is_nothing_to_say_nothing_is_set(
    document: str, register: Register, language: str, own: dict[str, Any]
) -> None:
    """A page without a topic, or without words in its language, keeps its front matter as it is."""
    assert marked(document, dict(own), register, language) == own
