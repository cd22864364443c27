"""Templates to Markdown; the only place that knows the template engine.

Whatever a template prints is escaped on its way out, by its kind: a label as a label, prose as prose. A template can't
forget to, and can't print a language map without a language.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from klartekst.blocks.markdown import address, begins_with_list, escaped, prose
from klartekst.model import Label, Prose
from klartekst.phrases import cite, country, date, language_name, listed, period, phrases


@jinja2.pass_context
def _finalize(context: jinja2.runtime.Context, value: Any) -> Markup:
    return _shown(value, context["language"])


def _shown(value: Any, language: str) -> Markup:
    """Return a value as Markdown, by its kind."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Label):
        return escaped(value[language])
    if isinstance(value, Prose):
        return prose(value[language])
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Markup(value)
    raise TypeError(f"a template prints a {type(value).__name__}, which has no words")


class Words:
    """What a template needs to put words of one language on a page."""

    def __init__(self, language: str) -> None:
        """Take the language as ISO 639-1."""
        self.language = language
        self._phrases = phrases(language)

    def t(self, key: str, **slots: Any) -> Markup:
        """Return a phrase, its own text and each slot escaped by its kind."""
        parts = self._phrases.parts(key)
        return Markup("").join(self.show(slots[part]) if is_slot else escaped(part) for part, is_slot in parts)

    def has(self, key: str) -> bool:
        """Return whether a phrase has any words in this language."""
        return bool(self._phrases.texts[key])

    def show(self, value: Any) -> Markup:
        """Return any value that has words, escaped by its kind."""
        return _shown(value, self.language)

    def led(self, lead: Any, words: Prose) -> Markup:
        """Return prose after the words that lead to it: on their line, or below it where the prose is a list."""
        between = "\n\n" if begins_with_list(words[self.language]) else " "
        return Markup(between).join((self.show(lead), self.show(words)))

    def upper_first(self, value: Any) -> Markup:
        """Return a label with a capital, to begin a line with it."""
        text = value[self.language] if isinstance(value, Label) else str(value)
        return escaped(text[:1].upper() + text[1:])

    def joined(self, items: Sequence[Any]) -> Markup:
        """Return items as a list in running text, each escaped by its kind."""
        marks = [f"\ue000{index}\ue001" for index in range(len(items))]  # private use: in no text that was loaded
        text = str(escaped(listed(marks, self.language)))
        for mark, item in zip(marks, items, strict=True):
            text = text.replace(mark, str(self.show(item)))
        return Markup(text)

    def cite(self, provision: str) -> Markup:
        """Return a provision of the GDPR, such as `6.1.b`."""
        return escaped(cite(provision, self.language))

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


def named(things: Mapping[str, Any], ids: Iterable[str]) -> list[Any]:
    """Return the names of the things with these ids, in the order of the ids."""
    return [getattr(things[id], "name", things[id]) for id in ids]


def link(text: Any, target: str, words: Words) -> Markup:
    """Return a link to an address that the product made or the model accepted."""
    return Markup(f"[{words.show(text)}](<{address(target)}>)")


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


def render(template: str, language: str, **values: Any) -> str:
    """Render a template of `blocks/templates` in a language, as Markdown.

    Raises:
        jinja2.TemplateError: the template is defective; a KeyError: a phrase is missing.
    """
    words = Words(language)
    tools = {name: getattr(words, name) for name in dir(words) if not name.startswith("_") and name != "language"}
    tools["link"] = lambda text, target: link(text, target, words)
    tools["named"] = named
    tools["language"] = language
    return _tidy(_environment().get_template(f"{template}.md.j2").render(**tools, **values))


def _tidy(text: str) -> str:
    """Drop spaces at line ends and runs of empty lines, so that the Markdown reads as written by hand."""
    lines = [line.rstrip() for line in text.split("\n")]
    kept = [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]
    return "\n".join(kept).strip("\n")
