"""Templates to Markdown; the only place that knows the template engine.

Whatever a template prints is escaped on its way out, by its kind: a label as a label, prose as prose. A template can't
forget to, and can't print a language map without a language.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal

import jinja2
from markupsafe import Markup

from klartekst.blocks.markdown import address, begins_with_list, escaped, prose
from klartekst.blocks.marks import fact_mark, marked, plain, said_mark
from klartekst.model import Label, Prose, Register, Translated
from klartekst.phrases import cite, country, date, language_name, listed, period, phrases_with


@jinja2.pass_context
def _finalize(context: jinja2.runtime.Context, value: Any) -> Markup:
    if type(value) is jinja2.Undefined:  # what an inline `if` without `else` gives; a lost name is a StrictUndefined
        return Markup("")
    shown: Markup = context["show"](value)
    return shown


class Words:
    """What a template needs to put words of one language on a page."""

    def __init__(self, language: str, register: Register) -> None:
        """Take the language as ISO 639-1, and the Register: it knows the owner's own wording and each fact's place."""
        self.language = language
        self._phrases = phrases_with(language, register.phrases.get(language))
        self._origins = register.origins

    def t(self, key: str, **slots: Any) -> Markup:
        """Return a phrase, its own text and each slot escaped by its kind."""
        parts = self._phrases.parts(key)
        return Markup("").join(self.show(slots[part]) if is_slot else escaped(part) for part, is_slot in parts)

    def has(self, key: str) -> bool:
        """Return whether a phrase has any words in this language."""
        return bool(self._phrases.texts[key])

    def show(self, value: Any) -> Markup:
        """Return any value that has words as Markdown, escaped by its kind; what a draft lacks shows as missing."""
        if isinstance(value, Markup):
            return value
        if isinstance(value, Translated):
            return self._words(value)
        if isinstance(value, str):
            return escaped(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return Markup(value)
        if value is None:
            return self.missing()
        raise TypeError(f"a template prints a {type(value).__name__}, which has no words")

    def _words(self, value: Translated) -> Markup:
        if not value.has(self.language):
            return self.missing() + self.at(value)
        text = value[self.language]
        return marked(prose(text) if isinstance(value, Prose) else escaped(text), self.at(value, self.language))

    def missing(self) -> Markup:
        """Return what stands in a draft where a fact is not stated yet."""
        return Markup(f'<strong class="kt-missing">{escaped(self._phrases("draft/missing"))}</strong>')

    def at(self, thing: Any, *keys: str) -> Markup:
        """Return the mark that leads from what is printed here to the fact it comes from."""
        path = self._origins.get(id(thing))
        return Markup("") if path is None else fact_mark((*path, *keys))

    def says(self, item: str, scope: str = "") -> Markup:
        """Return the mark that an item of Art. 13 or 14 is stated here, for one activity or for all."""
        return said_mark(item, scope)

    def unmarked(self, words: Markup) -> Markup:
        """Return words as an attribute can hold them: a mark would be read out there."""
        return Markup(plain(words))

    def led(self, lead: Any, words: Prose) -> Markup:
        """Return prose after the words that lead to it: on their line, or below it where the prose is a list."""
        text = words[self.language] if words.has(self.language) else ""
        between = "\n\n" if text and begins_with_list(text) else " "
        return Markup(between).join((self.show(lead), self.show(words)))

    def upper_first(self, value: Any) -> Markup:
        """Return a label with a capital, to begin a line with it."""
        if isinstance(value, Markup):  # escaped already
            return value[:1].upper() + value[1:]
        if not isinstance(value, Label):
            text = str(value)
            return escaped(text[:1].upper() + text[1:])
        if not value.has(self.language):
            return self.missing() + self.at(value)
        text = value[self.language]
        return marked(escaped(text[:1].upper() + text[1:]), self.at(value, self.language))

    def joined(self, items: Sequence[Any]) -> Markup:
        """Return items as a list in running text, each escaped by its kind."""
        return self._joined(items, "standard")

    def either(self, items: Sequence[Any]) -> Markup:
        """Return alternatives in running text, each escaped by its kind: `a, b or c`."""
        return self._joined(items, "or")

    def _joined(self, items: Sequence[Any], style: Literal["standard", "or"]) -> Markup:
        marks = [f"\ue000{index}\ue001" for index in range(len(items))]  # private use: in no text that was loaded
        text = str(escaped(listed(marks, self.language, style)))
        for mark, item in zip(marks, items, strict=True):
            text = text.replace(mark, str(self.show(item)))
        return Markup(text)

    def cite(self, provision: str) -> Markup:
        """Return a provision of the GDPR, such as `6.1.b`."""
        return escaped(cite(provision, self.language, self._phrases))

    def date(self, day: dt.date) -> Markup:
        """Return a day."""
        return escaped(date(day, self.language))

    def period(self, duration: str) -> Markup:
        """Return an ISO 8601 duration."""
        return escaped(period(duration, self.language))

    def country(self, code: str) -> Markup:
        """Return the name of a country, ISO 3166-1 alpha-2."""
        return escaped(country(code, self.language))

    def foreign(self, text: str, language: str) -> Markup:
        """Return words of another language, marked as such."""
        return escaped(text) if language == self.language else Markup(f'<span lang="{language}">{escaped(text)}</span>')

    def language_name(self, code: str) -> Markup:
        """Return the name of a language, ISO 639-1."""
        return escaped(language_name(code, self.language))

    def link(self, text: Any, target: str) -> Markup:
        """Return a link to an address that the product made or the model accepted."""
        return Markup(f"[{self.show(text)}](<{address(target)}>)")


def named(things: Mapping[str, Any], ids: Iterable[str]) -> list[Any]:
    """Return the names of the things with these ids, in the order of the ids."""
    return [getattr(things[id], "name", things[id]) for id in ids]


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("klartekst.blocks", "templates"),
        autoescape=True,
        finalize=_finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


def render(template: str, language: str, register: Register, **values: Any) -> str:
    """Render a template of `blocks/templates` in a language, as Markdown with marks (see `marks`).

    Raises:
        jinja2.TemplateError: the template is defective; a KeyError: a phrase is missing.
    """
    words = Words(language, register)
    tools = {name: getattr(words, name) for name in dir(words) if not name.startswith("_") and name != "language"}
    tools["named"] = named
    tools["language"] = language
    return _tidy(_environment().get_template(f"{template}.md.j2").render(**tools, register=register, **values))


def _tidy(text: str) -> str:
    """Drop spaces at line ends and runs of empty lines, so that the Markdown reads as written by hand."""
    lines = [line.rstrip() for line in text.split("\n")]
    kept = [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]
    return "\n".join(kept).strip("\n")
