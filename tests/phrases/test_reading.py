"""The product's own words read easily: short sentences, short words, in each language."""

import re
import statistics

import pytest
from tests.conftest import LANGUAGES

from klartekst.phrases import phrases

_SLOT = re.compile(r"\{[a-z_]+\}")
_ABBREVIATION = re.compile(r"\b(nr|stk|art)\.|\bEU-U\.S\.")


def sentences(language: str) -> list[list[str]]:
    """Return the words of each sentence of a language; what stands in a slot counts as one short word."""
    texts = (_ABBREVIATION.sub("nr", _SLOT.sub("x", text)) for text in phrases(language).texts.values())
    found = (part for text in texts if re.search(r"[.!?]$", text) for part in re.split(r"(?<=[.:!?])\s", text))
    return [words for part in found if (words := re.findall(r"[\w'’-]+", part))]


def lix(found: list[list[str]]) -> float:
    """Return the readability index of Björnsson: words a sentence, and per cent of words over six letters."""
    words = [word for sentence in found for word in sentence]
    return len(words) / len(found) + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_long(language: str) -> None:
    """At most 30 words in a sentence, and fewer than 20 on average."""
    found = sentences(language)
    assert [" ".join(words) for words in found if len(words) > 30] == []
    assert statistics.mean(map(len, found)) < 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_easy(language: str) -> None:
    """The readability index is at most 45, the upper end of a plain newspaper text."""
    assert lix(sentences(language)) <= 45


def test_the_measure_tells_hard_text_from_easy_text() -> None:
    """Long words in one long sentence give an index far above 45, so the bound means something."""
    hard = ["behandlingsansvarlige", "virksomheders", "databeskyttelsesretlige", "forpligtelser", "udspringer", "heraf"]
    assert lix([hard * 5]) > 45 > lix([["vi", "sletter", "det"]])
