"""The product's own words: the same keys and slots in each language, none missing, none unused, none empty."""

import re

import pytest
from tests.conftest import LANGUAGES
from tests.phrases.usage import CODES, MET, used

from klartekst.phrases import languages, phrases

KEYS = sorted(phrases("en").texts)


def test_there_are_three_languages() -> None:
    """Danish, Norwegian and English have phrases."""
    assert set(languages()) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_keys_of_the_others(language: str) -> None:
    """No key is missing in one language, and none stands in one alone; their order is the same, too."""
    assert list(phrases(language).texts) == list(phrases("en").texts)


@pytest.mark.parametrize("key", KEYS)
def test_a_phrase_says_the_same_in_each_language(key: str) -> None:
    """It has the same slots in each language, and has words in all or in none."""
    assert len({phrases(language).slots(key) for language in LANGUAGES}) == 1
    assert len({bool(phrases(language).texts[key]) for language in LANGUAGES}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_are_clean(language: str) -> None:
    """No brace is left over, no space doubled or at an end, and no mark of one place stands in another's words."""
    for key, text in phrases(language).texts.items():
        rest = re.sub(r"\{[a-z_]+\}", "x", text)
        assert not re.search(r"[{}<>*_`\n]|  |^\s|\s$|TODO|\?\?", rest), key


def test_each_key_that_is_asked_for_exists() -> None:
    """No template and no code asks for a phrase that there is not, for any code the data may hold."""
    assert {key: place for key, place in used().items() if key not in KEYS} == {}


def test_each_key_is_asked_for() -> None:
    """No phrase is kept that no page can show."""
    assert sorted(set(KEYS) - set(used())) == []


def test_what_a_key_is_put_together_from_is_known() -> None:
    """The list of what an expression inside a key can be holds none that no template and no code has."""
    assert used()
    assert set(CODES) == MET


def test_a_missing_phrase_is_an_error_and_never_falls_back() -> None:
    """An unknown key, an unfilled slot and an unknown language raise."""
    with pytest.raises(KeyError):
        phrases("da")("summary/nothing")
    with pytest.raises(KeyError):
        phrases("da")("retention/at-most", period="1 år")
    with pytest.raises(KeyError):
        phrases("sv")
