"""Every word of the site is a word of its language."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, RootModel
from tests.conftest import LANGUAGES, ROOT
from tests.site.spoken import Saying, sayings_of_page, sayings_of_site

from klartekst.law import authorities, crisis_lines
from klartekst.load import load, read_tree
from klartekst.model import COLLECTIONS, Register

DICTIONARIES = {"da": "da_DK", "nb": "nb_NO", "en": "en_GB"}
HOUSE_WORDS = Path(__file__).parent / "house-words"
MOST_HOUSE_WORDS = 40

_NO_WORD = re.compile(
    r"\S+@\S+|https?://\S+|www\.\S+|EU-U\.S\. Data Privacy Framework|\b[A-Z]+-\d+|\b[A-Z](?:\.\d+)?\b|\b[IVX]+\b"
)
"""Addresses, an official name, codes such as SHA-256, items such as B.1, and Roman numerals."""
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_WRONG = {"da": "oplysningger", "nb": "opplysningger", "en": "informattion"}
_FOREIGN = {"da": "opplysninger", "nb": "oplysninger", "en": "oplysninger"}


def words_of(texts: Iterable[str]) -> set[str]:
    """Return the words of some texts; addresses, e-mail, codes and numbers are none."""
    return {word for text in texts for word in _WORD.findall(_NO_WORD.sub(" ", text))}


def words_said(sayings: Iterable[Saying]) -> set[str]:
    """Return the words of some sayings.

    An index for searching is plain text, without the mark that the name of an authority or of a crisis line is in
    another language; on the pages, where it must not be missing, the name is no exception.
    """
    sayings = list(sayings)
    searched = {saying for saying in sayings if "search_index.json" in saying.where}
    foreign = words_of([*(authority.name for authority in authorities().values()), *crisis_names()])
    return words_of(s.text for s in sayings if s not in searched) | (words_of(s.text for s in searched) - foreign)


def crisis_names() -> list[str]:
    """Return the names of crisis lines."""
    return [line.name for lines in crisis_lines().values() for line in lines]


def unknown(words: Iterable[str], language: str) -> set[str]:
    """Return the words that the dictionary of a language does not know."""
    command = ["hunspell", "-i", "utf-8", "-d", DICTIONARIES[language], "-L"]  # -L: the lines that hold one
    answer = subprocess.run(command, input="\n".join(sorted(words)), capture_output=True, text=True, check=True)
    return set(answer.stdout.split("\n")) - {""}


def names(register: Register) -> set[str]:
    """Return the words of all names in the facts: whatever is the same in each language."""
    things: list[Any] = [register.organisation]
    for collection in COLLECTIONS:
        things += getattr(register, collection).values()
    return words_of(line for thing in things for line in _lines(thing))


def _lines(value: Any) -> Iterator[str]:
    """Yield each text that stands in no language: names, streets, towns, products."""
    if isinstance(value, BaseModel) and not isinstance(value, RootModel):
        for name in type(value).model_fields:
            if name not in {"id", "internal"}:
                yield from _lines(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _lines(item)
    elif isinstance(value, str):
        yield value


@cache
def house_words(language: str) -> dict[str, str]:
    """Return the house words of a language with their reasons."""
    tree = read_tree((HOUSE_WORDS / f"{language}.yml").read_bytes(), f"{language}.yml")
    assert not tree.findings, "\n".join(map(str, tree.findings))
    assert isinstance(tree.value, dict)
    return {str(word): str(reason or "") for word, reason in tree.value.items()}


@pytest.fixture(scope="session")
def said(site: Path) -> dict[str, list[Saying]]:
    """Everything that the site says, by language."""
    sayings = list(sayings_of_site(site))
    return {language: [saying for saying in sayings if saying.language == language] for language in LANGUAGES}


@pytest.fixture(scope="session")
def known_names() -> set[str]:
    """The words of all names in the demonstration facts and of crisis lines, of these only what has a capital."""
    register = load(ROOT / "data").register
    assert register is not None
    return names(register.published()) | {word for word in words_of(crisis_names()) if word[0].isupper()}


def test_everything_said_is_in_a_language_of_the_site(site: Path) -> None:
    """No part of the site is in a language that nobody checks."""
    assert {saying.language for saying in sayings_of_site(site)} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_known(said: dict[str, list[Saying]], known_names: set[str], language: str) -> None:
    """Each word is in the dictionary of its language, a name in the facts, or a house word with a reason."""
    strange = unknown(words_said(said[language]), language) - known_names
    strange -= {form for word in house_words(language) for form in (word, word.capitalize())}
    places = {word: next(s.where for s in said[language] if word in words_of([s.text])) for word in strange}
    assert not places


@pytest.mark.parametrize("language", LANGUAGES)
def test_house_words_are_few_used_and_explained(
    said: dict[str, list[Saying]], known_names: set[str], language: str
) -> None:
    """A house word has a reason, stands on the site, and is neither in the dictionary nor a name."""
    house = house_words(language)
    assert len(house) <= MOST_HOUSE_WORDS
    assert all(reason.strip() for reason in house.values())
    needed = unknown(words_said(said[language]), language) - known_names
    assert {word for word in house if not {word, word.capitalize()} & needed} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_kinds_of_words_are_checked(said: dict[str, list[Saying]], language: str) -> None:
    """Titles, descriptions, attributes, script words, searches and the error page are among what is checked."""
    places = [saying.where for saying in said[language]]
    for kind in ("description", "aria-label", "placeholder", "search.result", "search_index.json", "404.html"):
        assert any(kind in place for place in places), kind


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "place", ["<p>{}</p>", "<img alt='{}'>", "<p>a<br>{}</p>", "<div lang='xx'><b lang='{1}'>{0}</b></div>"]
)
def test_spelling_bites(language: str, place: str) -> None:
    """A word that is wrong, or one of the neighbour's, is found wherever it stands."""
    for word in (_WRONG[language], _FOREIGN[language]):
        page = f"<html lang='{language}'><body>{place.format(word, language)}</body></html>"
        said = {saying.text for saying in sayings_of_page(page, "page") if saying.language == language}
        assert unknown(words_of(said), language) - {"a"} == {word}


def test_words_in_another_language_are_checked_in_that_one() -> None:
    """A marked part belongs to its own language, with its attributes, and the text around it stays whole."""
    page = "<html lang='nb'><body><p>Hos <span lang='da' title='Navn'>Tilsynet</span> kan du klage</p></body></html>"
    said = {(saying.language, saying.text) for saying in sayings_of_page(page, "page")}
    assert said == {("nb", "Hos  kan du klage"), ("da", "Tilsynet"), ("da", "Navn")}


def test_addresses_and_numbers_are_no_words() -> None:
    """What only machines read is not spelled."""
    text = "Skriv til post@lindeby.example, https://www.lindeby.example/x eller +45 70 00 00 00: e-post, 2 år"
    assert words_of([text]) == {"Skriv", "til", "eller", "e-post", "år"}
