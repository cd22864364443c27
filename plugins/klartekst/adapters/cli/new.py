"""`klartekst new`: the beginning of somebody's own site."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import click

from klartekst.adapters.cli.group import main
from klartekst.documents import examine_all
from klartekst.model import missing
from klartekst.start import (
    Answers,
    OccupiedError,
    accepted,
    answers,
    check_is_free,
    default_language,
    installed_from,
    site_files,
    write_site,
)

_NEEDED = ("name", "country", "email")


@main.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="The full legal name of the organisation.")
@click.option("--short-name", help="The name that readers know; the full one if left out.")
@click.option("--country", help="Where it is established: DK, NO ...")
@click.option("--email", help="Its general e-mail address.")
@click.option("--languages", help="The languages of the site, the main one first: da,nb,en.")
@click.option("--website", help="The address of its website.")
@click.option("--registration", help="Its number in the register of companies, as scheme:number or the number alone.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def new_command(folder: Path, yes: bool, **texts: str | None) -> None:
    """Begin a site of your own in DIR: what a build needs, and the facts that are true of nearly everybody.

    It asks a few questions, unless name, country and email are given. What only you can know is left out, and
    klartekst check tells you line by line what to write.

    Exit status: 0 written, 2 nothing written.

    Example: klartekst new my-site --name Fjordlys --country NO --email post@fjordlys.example
    """
    try:
        check_is_free(folder)
        made = _answers({field: text for field, text in texts.items() if text is not None}, yes)
        write_site(folder, site_files(made, dt.date.today(), installed_from()))
    except (OccupiedError, OSError) as error:
        click.echo(f"Nothing was written. {_said(error, folder)}.", err=True)
        raise SystemExit(2) from error
    _tell(folder)


def _answers(given: dict[str, str], yes: bool) -> Answers:
    for field, text in given.items():
        _hold(field, text, given)
    if not yes and any(field not in given for field in _NEEDED):
        _ask(given)
    for field in _NEEDED:
        if field not in given:
            raise click.UsageError(f"Missing option '{_flag(field)}'.")
    return answers(given)


def _hold(field: str, text: str, given: dict[str, str]) -> None:
    """Hold what a flag says against the model."""
    try:
        accepted(field, text, given.get("country", ""))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=_flag(field)) from error


def _ask(given: dict[str, str]) -> None:
    """Ask for each answer that no flag gave, again and again until the model takes it."""
    for field, question in _QUESTIONS.items():
        if field not in given:
            given[field] = click.prompt(question, default=_default(field, given), value_proc=_taker(field, given))


_QUESTIONS = {
    "name": "The full legal name of your organisation",
    "short_name": "The name that readers know",
    "country": "The country it is established in (DK, NO ...)",
    "registration": "Its number in the register of companies (leave it empty if it has none)",
    "email": "Its general e-mail address",
    "website": "Its website (leave it empty if it has none)",
    "languages": "The languages of the site, the main one first (da, nb, en)",
}


def _default(field: str, given: dict[str, str]) -> str | None:
    """Return what an empty answer means; None where there must be one."""
    made = {
        "short_name": given.get("name"),
        "languages": default_language(given.get("country", "")),
        "registration": "",
        "website": "",
    }
    return made.get(field)


def _taker(field: str, given: dict[str, str]) -> Callable[[str], str]:
    """Return what takes a typed answer if the model does."""

    def take(text: str) -> str:
        try:
            if text:
                accepted(field, text, given.get("country", ""))
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        return text

    return take


def _flag(field: str) -> str:
    return f"--{field.replace('_', '-')}"


def _said(error: Exception, folder: Path) -> str:
    return f"{error.filename or folder}: {error.strerror}" if isinstance(error, OSError) else str(error)


def _tell(folder: Path) -> None:
    """Say what to do next."""
    count = missing(examine_all(folder / "data").findings)
    click.echo(f"{folder} is ready: a draft, in which {count} facts are missing. Next:")
    click.echo(f"  cd {folder}")
    click.echo("  klartekst check data    lists them, each with what to write")
    click.echo("  mkdocs serve            shows the draft")
    click.echo("README.md there says more.")
