"""How hard a page is to read, as one number: LIX, made for the Scandinavian languages, and used for others."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?:](?=\s|$)|\n+")
_LONG = 6
"""A word with more letters is a long one."""


def lix(text: str) -> int:
    """Return the LIX of a text: words a sentence, and long words in a hundred (Björnsson 1968); below 45 is plain.

    Args:
        text: plain text; the end of a line ends a sentence, as headings, cells and items do.
    """
    words = _WORD.findall(text)
    sentences = [part for part in _SENTENCE.split(text) if _WORD.search(part)]
    if not words:
        return 0
    return round(len(words) / len(sentences) + 100 * sum(len(word) > _LONG for word in words) / len(words))
