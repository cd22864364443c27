"""The words of the glossary, explained where they first stand on a page."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from klartekst.blocks.markdown import escaped
from klartekst.blocks.renderer import render
from klartekst.model import Register, Term

_WHOLE = r"\[[^\]]*\]\(<[^>]*>\)|<[^>]*>|&#\d+;|\ue010[^\ue011]*\ue011|\ue012[^\ue013]*\ue013"
"""What stays as it is: links, tags, references, marks."""
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
    terms = register.glossary.values()
    forms, found = _sought(tuple((form, term.id) for term in terms for form in _forms(term, language)))
    if not forms:
        return text
    used: dict[str, None] = {}

    def linked(match: re.Match[str]) -> str:
        id = forms.get((match["form"] or "").casefold())
        if id is None or id in used:
            return match[0]
        used[id] = None
        return f"[{match[0]}](#term-{id})"

    lines = (line if line.lstrip().startswith(_UNTOUCHED) else found.sub(linked, line) for line in text.split("\n"))
    body = "\n".join(lines)
    shown = [term for term in terms if term.id in used]
    return f"{body}\n\n{render('terms', language, register, terms=shown)}" if shown else body


@lru_cache(maxsize=8)  # a glossary in a language is looked for on each of its pages, one after the other
def _sought(words: tuple[tuple[str, str], ...]) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """Return what to look for: each form as it stands on a page, with the id of its term, and what finds them all."""
    forms = {str(escaped(form)).casefold(): id for form, id in words}
    longest_first = sorted(forms, key=len, reverse=True)
    form = rf"(?<![\w-])(?P<form>{'|'.join(map(re.escape, longest_first))})(?![\w-])"
    return MappingProxyType(forms), re.compile(f"{form}|{_WHOLE}", re.IGNORECASE)


def _forms(term: Term, language: str) -> list[str]:
    """Return what may stand for a term in a language."""
    names = [term.term[language]] if term.term.has(language) else []
    if term.forms and term.forms.has(language):
        names += term.forms[language].split(",")
    return [name.strip() for name in names if name.strip()]
