"""Every file of a new site, by its path."""

import datetime as dt
import json
from collections.abc import Iterator
from importlib.resources import files

from klartekst.model.schema import schemas
from klartekst.phrases import language_name
from klartekst.start.answers import Answers
from klartekst.start.yamltext import localised, scalar

_EVERYWHERE = ("roles", "subjects", "categories", "systems", "activities/enquiries", "activities/invoices")
_COUNTRIES = ("DK", "NO")
"""Where the law that asks for accounts is known here, with how long they are kept at least."""


def site_files(answers: Answers, today: dt.date, source: str | None) -> dict[str, str]:
    """Return the text of each file of a new site, by its path inside the folder of the site.

    Args:
        answers: what the owner said.
        today: the day on which the facts are stated.
        source: what `pip install` takes to install Klartekst again, if that is known.
    """
    return {
        "mkdocs.yml": _configuration(answers),
        "README.md": _readme(answers, source),
        "requirements.txt": _requirements(source),
        ".gitignore": ".venv/\nsite/\n.site.klartekst-*\n",
        "content/.gitkeep": "",
        "data/organisation.yml": _organisation(answers, today),
        **{f"data/{name}.yml": text for name, text in _facts(answers)},
        **{f"data/.schema/{name}.json": _json(schema) for name, schema in schemas().items()},
    }


def _facts(answers: Answers) -> Iterator[tuple[str, str]]:
    chosen = {name: name for name in _EVERYWHERE}
    if answers.country in _COUNTRIES:
        chosen |= {"retention": "retention", "laws": f"laws-{answers.country}"}
    for name, packaged in chosen.items():
        facts = files("klartekst.start").joinpath(f"facts/{packaged}.yml").read_text("utf-8")
        yield name, localised(facts, answers.languages, answers.country)


def _organisation(answers: Answers, today: dt.date) -> str:
    registration = answers.registration
    lines = [
        "# yaml-language-server: $schema=.schema/organisation.json",
        "# Who you are. What is still missing, here and elsewhere: klartekst check data",
        "klartekst: 1",
        f"name: {scalar(answers.name)}",
        f"short_name: {scalar(answers.short_name)}",
        *(["registration:", f"  scheme: {registration.scheme}"] if registration else []),
        *([f"  number: {json.dumps(registration.number)}"] if registration else []),
        f"country: {scalar(answers.country)}",
        "contact:",
        f"  email: {scalar(answers.email)}",
        *([f"website: {answers.website}"] if answers.website else []),
        "languages:",
        *(f"  - {language}" for language in answers.languages),
        f"authoritative_language: {answers.languages[0]}",
        f"updated: {today.isoformat()}",
    ]
    return "\n".join([*lines, ""])


def _configuration(answers: Answers) -> str:
    main, *others = answers.languages
    lines = [
        "# How the site is built. Facts stand in data/, never here.",
        f"site_name: {scalar(answers.short_name)}",
        "# site_url: the address at which you publish it, with a slash at the end",
        "docs_dir: content",
        "theme:",
        "  name: material",
        *([] if others else [f"  language: {main}"]),
        "plugins:",
        "  - search",
        "  - klartekst",
        *(_translations(answers.languages) if others else []),
    ]
    return "\n".join([*lines, ""])


def _translations(languages: tuple[str, ...]) -> Iterator[str]:
    yield from ("  - i18n:", "      docs_structure: suffix", "      languages:")
    for language in languages:
        yield f"        - locale: {language}"
        yield f"          name: {_own_name(language)}"
        if language == languages[0]:
            yield "          default: true"


def _own_name(language: str) -> str:
    name = language_name(language, language)
    return name[:1].upper() + name[1:]


def _requirements(source: str | None) -> str:
    if source is None:
        return (
            "# Klartekst is in no package index yet. Write here: klartekst @ the address of your clone of Klartekst\n"
        )
    return f"# Klartekst is in no package index yet; this is where yours came from.\nklartekst @ {source}\n"


def _readme(answers: Answers, source: str | None) -> str:
    text = files("klartekst.start").joinpath("readme.txt").read_text("utf-8")
    install = f"pip install -r requirements.txt    # {source}" if source else _CLONE
    added = next((code for code in ("nb", "da", "en") if code not in answers.languages), "nb")
    every = dict.fromkeys([*answers.languages, added])
    values = {
        "{name}": answers.name,
        "{install}": install,
        "{main}": answers.languages[0],
        "{translations}": "\n".join(_translations(tuple(every))),
    }
    for slot, value in values.items():
        text = text.replace(slot, value)
    return text


_CLONE = "pip install <path or address of your clone of Klartekst>"


def _json(schema: object) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
