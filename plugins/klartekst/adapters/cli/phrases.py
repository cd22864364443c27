"""`klartekst phrases`: the product's own words, which one stands on a page, and how to put others in its place."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from klartekst.adapters.cli.group import main
from klartekst.load import load, nearest
from klartekst.model import COLLECTIONS, Entity, Register, translations
from klartekst.model import Path as FactPath
from klartekst.phrases import Phrases, languages, phrases_with
from klartekst.phrases.find import Found, find, says
from klartekst.start import scalar

_MOST = 5


@main.command("phrases")
@click.argument("key", required=False)
@click.option("--find", "words", help="Words copied from a page.")
@click.option("--language", help="The language to look in: da, nb or en; all if left out.")
@click.option("--data", "folder", type=click.Path(path_type=Path), help="The folder of facts (default: data).")
def phrases_command(key: str | None, words: str | None, language: str | None, folder: Path | None) -> None:
    """List the phrases that the product puts on pages, or show the one called KEY, or find it by its words.

    What the facts put into a phrase need not be there: whatever stands in a {slot} matches. The words that you put in
    place of ours, in DATA/phrases/<language>.yml, are searched instead of ours.

    Exit status: 0 shown, 1 no phrase says the words, 2 there is no such key, language or folder.

    Example: klartekst phrases --find behandlingsansvarlig
    """
    chosen = _languages(language)
    register, folder = _register(folder), folder or Path("data")
    known = {code: phrases_with(code, register.phrases.get(code) if register else None) for code in languages()}
    if words is not None:
        _print_found(words, [known[code] for code in chosen], known, register, folder)
    elif key is not None:
        _print_key(key, known, chosen, folder)
    else:
        for line in _listed(known, chosen):
            click.echo(line)


def _languages(language: str | None) -> tuple[str, ...]:
    if language is None:
        return languages()
    if language not in languages():
        _stop(f'There are no phrases in "{language}". Known: {", ".join(languages())}.')
    return (language,)


def _register(folder: Path | None) -> Register | None:
    """Return the facts, which hold the owner's own wording, where there are any."""
    loaded = load(folder or Path("data"))
    if folder is not None and not loaded.files_read:
        _stop(f"{folder}: there are no facts here. Name the folder that holds organisation.yml")
    return loaded.register


def _listed(known: Mapping[str, Phrases], chosen: tuple[str, ...]) -> Iterator[str]:
    for key in known[chosen[0]].texts:
        if len(chosen) == 1:
            yield f"{key}: {known[chosen[0]].texts[key]}"
        else:
            yield from _worded(key, {code: known[code] for code in chosen})


def _worded(key: str, known: Mapping[str, Phrases]) -> Iterator[str]:
    yield key
    for code, phrases in known.items():
        yield f"  {code}: {phrases.texts[key]}"


def _print_key(key: str, known: Mapping[str, Phrases], chosen: tuple[str, ...], folder: Path) -> None:
    keys = list(known[chosen[0]].texts)
    below = [one for one in keys if one.startswith(f"{key.rstrip('/')}/")]
    if key not in keys and not below:
        near = nearest(key, keys) or " klartekst phrases lists them."
        _stop(f'There is no phrase "{key}".{near}')
    for one in below or [key]:
        _show(one, known, chosen if key in keys else (), folder)


def _print_found(
    words: str, searched: list[Phrases], known: Mapping[str, Phrases], register: Register | None, folder: Path
) -> None:
    found = find(words, searched)
    facts = list(_facts(words, register))
    if facts:  # a phrase that is left then says the words by itself; its slots would say anything
        found = [one for one in found if one.words >= len(words.split())]
        for place in facts[:_MOST]:
            click.echo(f"{place} says this: it is a fact of yours. Change it there.")
    keys = list(dict.fromkeys(one.key for one in found))
    for key in keys[:_MOST]:
        _show(key, known, _spoken(key, found), folder)
    if len(keys) > _MOST:
        click.echo(f"{len(keys) - _MOST} more phrases say it, too: {', '.join(keys[_MOST:])}. Give more words.")
    if not keys:
        _say_none(words, bool(facts))


def _say_none(words: str, is_fact: bool) -> None:
    if not is_fact:
        click.echo(
            f'No phrase says "{words}". Copy a whole sentence. If it is a fact, the page leads to it: '
            "each sentence in the page's source has a comment with its file and line.",
            err=True,
        )
    raise SystemExit(1)


def _spoken(key: str, found: Iterable[Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.language for one in found if one.key == key))


def _facts(words: str, register: Register | None) -> Iterator[str]:
    """Yield the place of each fact that says the words by itself."""
    if register is None or not words.split():
        return
    entities: list[tuple[FactPath, Entity]] = [(("organisation",), register.organisation)]
    entities += [((name, id), thing) for name in COLLECTIONS for id, thing in getattr(register, name).items()]
    for path, entity in entities:
        for where, texts in translations(entity, path):
            for code in texts.languages:
                if says(texts[code], words):
                    yield str(register.place((*where, code)))


def _show(key: str, known: Mapping[str, Phrases], own: tuple[str, ...], folder: Path) -> None:
    """Print a phrase in each language, and what to write to put other words in its place."""
    for line in _worded(key, known):
        click.echo(line)
    for code in own:
        click.echo(f"Your own words: write into {folder.as_posix()}/phrases/{code}.yml")
        for line in yaml_of(key, known[code].texts[key]):
            click.echo(f"    {line}")
    click.echo()


def yaml_of(key: str, text: str) -> Iterator[str]:
    """Yield the lines of YAML that put words in the place of a phrase."""
    *maps, last = key.split("/")
    for depth, name in enumerate(maps):
        yield f"{'  ' * depth}{name}:"
    yield f"{'  ' * len(maps)}{last}: {scalar(text)}"


def _stop(message: str) -> None:
    click.echo(message, err=True)
    raise SystemExit(2)
