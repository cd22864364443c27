"""The words of the glossary, explained where they first stand on a page."""

import re
from collections.abc import Callable

from klartekst.blocks.renderer import render
from klartekst.model import Register, Term

_WHOLE = re.compile(r"(\[[^\]]*\]\([^)]*\)|<[^>]*>|&#\d+;|\ue010[^\ue011]*\ue011|\ue012[^\ue013]*\ue013|`[^`]*`)")
"""What stays as it is: links, tags, references, marks, code."""
_UNTOUCHED = ("#", "|", "<", "[", ">", "**")
"""What begins a line that is no running text: a heading, a row, a tag, a link of its own, words in bold alone."""


def explained(text: str, register: Register, language: str) -> str:
    """Return a rendered text in which the first use of each term leads to its definition at the end.

    A term inside a longer one is not meant: of the forms that stand at a place, the longest counts.

    Args:
        text: Markdown with marks, as `render` gives it.
        register: its glossary is looked at.
        language: ISO 639-1.
    """
    forms = {form: term.id for term in register.glossary.values() for form in _forms(term, language)}
    if not forms:
        return text
    longest_first = sorted(forms, key=len, reverse=True)
    found = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
    used: dict[str, None] = {}

    def linked(match: re.Match[str]) -> str:
        id = forms[match[0].casefold()]
        if id in used:
            return match[0]
        used[id] = None
        return f"[{match[0]}](#term-{id})"

    body = "\n".join(_outside(line, found, linked) for line in text.split("\n"))
    terms = [term for id, term in register.glossary.items() if id in used]
    return f"{body}\n\n{render('terms', language, register, terms=terms)}" if terms else body


def _forms(term: Term, language: str) -> list[str]:
    """Return what stands for a term in a language, in small letters."""
    texts = [words[language] for words in (term.term, term.forms) if words and words.has(language)]
    return [form.strip().casefold() for text in texts for form in text.split(",") if form.strip()]


def _outside(line: str, found: re.Pattern[str], linked: Callable[[re.Match[str]], str]) -> str:
    if line.lstrip().startswith(_UNTOUCHED):
        return line
    parts = _WHOLE.split(line)
    return "".join(part if index % 2 else found.sub(linked, part) for index, part in enumerate(parts))
