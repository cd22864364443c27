"""Texts as YAML, and packaged facts in the languages of one site."""

import json
import re
from collections.abc import Iterator, Sequence

_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.&'’()/@–-]*[\w.)])?")
_WORDS_OF_YAML = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
_TEXT = re.compile(r"\s+([a-z]{2}): ")
_ONLY_IN = re.compile(r"  # ((?:[A-Z]{2} ?)+)$")


def scalar(text: str) -> str:
    """Return a text as one YAML scalar, plain where every reader of YAML takes it for text."""
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def localised(facts: str, languages: Sequence[str], country: str) -> str:
    """Return packaged facts with the texts of some languages only, and with what holds in a country.

    Args:
        facts: YAML with one text a line, `nb: ...`; a line that holds in some countries only ends with them, `# DK NO`.
        languages: ISO 639-1.
        country: ISO 3166-1 alpha-2.
    """
    return "".join(f"{line}\n" for line in _lines(facts, languages, country))


def _lines(facts: str, languages: Sequence[str], country: str) -> Iterator[str]:
    for line in facts.splitlines():
        text, only_in = _TEXT.match(line), _ONLY_IN.search(line)
        if text and text[1] not in languages:
            continue
        if not only_in:
            yield line
        elif country in only_in[1].split():
            yield line[: only_in.start()]
