"""The commands that take something out of Klartekst: export document."""

import os
from collections.abc import Callable
from pathlib import Path

import click

from klartekst.adapters.cli.group import main
from klartekst.documents import Document, Examined, examine_all, outlines_of
from klartekst.export import Host, as_html, as_markdown, draft_banner, exported, links_elsewhere
from klartekst.load import nearest
from klartekst.model import Register, is_broken, missing
from klartekst.model.codes import is_web_address

_FORMATS: dict[str, Callable[[Document, Host, str], str]] = {"html": as_html, "md": as_markdown}


@main.group("export")
def export() -> None:
    """Take documents out of Klartekst, for a website that is made with something else.

    Example: klartekst export document statement --language da -o statement.html
    """


def _site(context: click.Context, option: click.Parameter, address: str | None) -> str | None:
    if address is not None and (not is_web_address(address) or {"?", "#"} & set(address)):
        raise click.BadParameter("an address starts with https:// and has neither ? nor #.")
    return address


@export.command("document")
@click.argument("id", metavar="ID")
@click.option("--language", required=True, metavar="CODE", help="A language of organisation.yml, such as da.")
@click.option(
    "--format", "form", type=click.Choice([*_FORMATS]), default="html", show_default=True, help="HTML or Markdown."
)
@click.option("-o", "--output", default="-", metavar="FILE", help="Write into FILE; to the terminal if left out, or -.")
@click.option(
    "--site",
    metavar="URL",
    callback=_site,
    help="Your Klartekst site in this language: links to other documents lead there. Else their words stay.",
)
@click.option(
    "--heading-level",
    type=click.IntRange(1, 4),
    default=1,
    show_default=True,
    help="The level of the title; 2 where your page has a title of its own.",
)
@click.option(
    "--data",
    "folder",
    type=click.Path(path_type=Path),
    default="data",
    metavar="DIR",
    show_default=True,
    help="The folder of facts.",
)
@click.option("--draft", is_flag=True, help="Export although facts are missing; the text says that it is a draft.")
def document_command(
    id: str, language: str, form: str, output: str, site: str | None, heading_level: int, folder: Path, draft: bool
) -> None:
    """Write the document ID, made from your facts, as one fragment to paste into a page.

    HTML brings its own styles and no script, and looks the same on every page. Markdown is plain. What you wrote
    yourself in a page of the site is not in it.

    Exit status: 0 written, 1 the facts must be mended first, 2 nothing could be read or written.

    Example: klartekst export document statement --language da --format html -o statement.html
    """
    examined = examine_all(folder)
    register = _publishable(examined, folder, draft)
    _known("document", id, [*outlines_of(register)])
    _known("language", language, register.organisation.languages)
    host = Host(heading_level, site)
    banner = draft_banner(register, language, missing(examined.findings))
    document = exported(register, id, language, host)
    _write(_FORMATS[form](document, host, banner), output)
    if lost := links_elsewhere(document):
        click.echo(f"{_counted(lost, 'link')} to other documents became plain words; --site URL keeps them.", err=True)


def _publishable(examined: Examined, folder: Path, draft: bool) -> Register:
    """Return what is public, where it may be published."""
    register, gaps = examined.register, missing(examined.findings)
    look = f"klartekst check {folder.as_posix()} lists them"
    if not examined.files_read:
        raise _refusal("\n".join(map(str, examined.findings)), 2)
    if register is None or is_broken(examined.findings):
        errors = sum(finding.severity == "error" for finding in examined.findings)
        raise _refusal(f"Nothing was exported: {_counted(errors, 'error')} must be mended first. {look}.", 1)
    if gaps and not draft:
        raise _refusal(
            f"Nothing was exported: {_counted(gaps, 'fact')} not stated yet. {look}; --draft exports all the same.", 1
        )
    return register.published()


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def _known(what: str, given: str, known: list[str] | tuple[str, ...]) -> None:
    if given not in known:
        raise _refusal(f'There is no {what} "{given}".{nearest(given, known)} Known: {", ".join(known)}.', 2)


def _refusal(message: str, status: int) -> SystemExit:
    click.echo(message, err=True)
    return SystemExit(status)


def _write(text: str, output: str) -> None:
    """Write a text as UTF-8, whole or not at all."""
    if output == "-":
        click.echo(text.encode(), nl=False)
        return
    try:
        _put(text.encode(), Path(output))
    except OSError as error:
        raise _refusal(f"{output}: cannot be written: {error.strerror}", 2) from error
    click.echo(Path(output).as_posix())


def _put(content: bytes, file: Path) -> None:
    if file.exists() and not file.is_file():  # a pipe or a device is written to, and never replaced
        file.write_bytes(content)
        return
    target = file.resolve()
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
