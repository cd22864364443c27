"""The words of the glossary, explained where they first stand on a page."""

import re

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
    forms = {form: term.id for term in register.glossary.values() for form in _forms(term, language)}
    if not forms:
        return text
    longest_first = sorted(forms, key=len, reverse=True)
    form = rf"(?<![\w-])(?P<form>{'|'.join(map(re.escape, longest_first))})(?![\w-])"
    found = re.compile(f"{form}|{_WHOLE}", re.IGNORECASE)
    used: dict[str, None] = {}

    def linked(match: re.Match[str]) -> str:
        id = forms.get((match["form"] or "").casefold())
        if id is None or id in used:
            return match[0]
        used[id] = None
        return f"[{match[0]}](#term-{id})"

    lines = (line if line.lstrip().startswith(_UNTOUCHED) else found.sub(linked, line) for line in text.split("\n"))
    body = "\n".join(lines)
    terms = [term for id, term in register.glossary.items() if id in used]
    return f"{body}\n\n{render('terms', language, register, terms=terms)}" if terms else body


def _forms(term: Term, language: str) -> list[str]:
    """Return what stands for a term on a page in a language, in small letters and escaped as it is there."""
    names = [term.term[language]] if term.term.has(language) else []
    if term.forms and term.forms.has(language):
        names += term.forms[language].split(",")
    return [str(escaped(name.strip())).casefold() for name in names if name.strip()]
