"""The commands that take something out of Klartekst: export document, agreement, letterhead."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from klartekst.adapters.cli.group import main
from klartekst.adapters.cli.output import TERMINAL, is_shown, progress, refusal, write
from klartekst.documents import Document, Examined, examine_all, outlines_of
from klartekst.export import (
    FileError,
    FileFacts,
    Host,
    as_html,
    as_markdown,
    as_pdf,
    as_word,
    check_letterhead,
    draft_banner,
    exported,
    file_facts,
    links_elsewhere,
    page_html,
    require_tools,
    standard_letterhead,
)
from klartekst.load import nearest
from klartekst.model import Register, is_broken, missing
from klartekst.model.codes import is_web_address

_TEXTS: dict[str, Callable[[Document, Host, str], str]] = {"html": as_html, "md": as_markdown}
_FILES = ("docx", "pdf")


@dataclass(frozen=True)
class Asked:
    """What somebody asked for."""

    language: str
    form: str
    output: str
    site: str | None
    heading_level: int
    folder: Path
    letterhead: Path | None
    draft: bool


@main.group("export")
def export() -> None:
    """Take documents out of Klartekst: as Word or PDF, or for a website that is made with something else.

    Example: klartekst export document statement --language da -o statement.html
    """


def _site(context: click.Context, option: click.Parameter, address: str | None) -> str | None:
    if address is not None and (not is_web_address(address) or {"?", "#"} & set(address)):
        raise click.BadParameter("an address starts with https:// and has neither ? nor #.")
    return address


_PATH = click.Path(path_type=Path)
_OPTIONS = (
    click.option("--language", required=True, metavar="CODE", help="A language of organisation.yml, such as da."),
    click.option(
        "--format",
        "form",
        type=click.Choice([*_TEXTS, *_FILES]),
        default="html",
        show_default=True,
        help="HTML, Markdown, Word or PDF.",
    ),
    click.option(
        "-o", "--output", default=TERMINAL, metavar="FILE", help="Write into FILE; to the terminal if left out, or -."
    ),
    click.option(
        "--site",
        metavar="URL",
        callback=_site,
        help="Your Klartekst site in this language: links to other documents lead there. Else their words stay.",
    ),
    click.option(
        "--heading-level",
        type=click.IntRange(1, 4),
        default=1,
        show_default=True,
        help="The level of the title; 2 where your page has a title of its own.",
    ),
    click.option(
        "--letterhead", type=_PATH, metavar="FILE", help="For docx: a Word file with your logo, fonts and footer."
    ),
    click.option(
        "--data", "folder", type=_PATH, default="data", metavar="DIR", show_default=True, help="The folder of facts."
    ),
    click.option("--draft", is_flag=True, help="Export although facts are missing; the text says that it is a draft."),
)


def export_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all exports share; it gets them as keywords, for `Asked`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@export.command("document")
@click.argument("id", metavar="ID")
@export_options
def document_command(id: str, **options: Any) -> None:
    """Write the document ID, made from your facts: to paste into a page, or as a Word file or a PDF.

    HTML brings its own styles and no script, and looks the same on every page. Markdown is plain. What you wrote
    yourself in a page of the site is not in it. Word and PDF need an extra: pip install 'klartekst[downloads]'.

    Exit status: 0 written, 1 the facts must be mended first, 2 nothing could be read or written.

    Example: klartekst export document statement --language da --format pdf -o statement.pdf
    """
    export_one("document", id, Asked(**options))


@export.command("agreement")
@click.argument("id", metavar="ID")
@export_options
def agreement_command(id: str, **options: Any) -> None:
    """Write the agreement ID with its annexes, as export document does; data/agreements/ID.yml declares it.

    Exit status: 0 written, 1 the facts must be mended first, 2 nothing could be read or written.

    Example: klartekst export agreement school --language da --format docx -o agreement.docx
    """
    export_one("agreement", id, Asked(**options), "agreement-")


@export.command("letterhead")
@click.option("-o", "--output", required=True, metavar="FILE", help="The Word file to write.")
def letterhead_command(output: str) -> None:
    """Write the Word file that documents look like: put your logo, fonts and footer in, and give it to --letterhead.

    In its headers and footers, {title}, {version}, {date} and {page} are filled in.

    Example: klartekst export letterhead -o letterhead.docx
    """
    _not_on_a_terminal(output)
    try:
        write(standard_letterhead(), output)
    except FileError as error:
        raise refusal(str(error), 2) from error


def export_one(what: str, id: str, asked: Asked, prefix: str = "") -> None:
    """Write one document.

    Args:
        what: what messages call it.
        id: its id, as somebody typed it.
        asked: the options.
        prefix: what stands before the id in the outlines: `agreement-` for agreements.

    Raises:
        SystemExit: it could not be written; why has been said.
    """
    _fitting(asked)
    examined = examine_all(asked.folder)
    whole = _publishable(examined, asked.folder, asked.draft)
    internal = (
        id if prefix and id in whole.agreements else None
    )  # its document goes to the other party, not to the public
    register = whole.published(internal)
    outlines = outlines_of(register)
    known = whole.agreements if prefix else outlines
    _known(what, id, [*known])
    _known("language", asked.language, register.organisation.languages)
    document = exported(register, prefix + id, asked.language, Host(asked.heading_level, asked.site))
    banner = draft_banner(register, asked.language, missing(examined.findings))
    facts = file_facts(register, outlines[prefix + id], asked.language)
    write(_made(document, facts, banner, asked), asked.output)
    lost = links_elsewhere(document)
    if lost and asked.form != "pdf":
        click.echo(f"{_counted(lost, 'link')} to other documents became plain words; --site URL keeps them.", err=True)


def _fitting(asked: Asked) -> None:
    """Refuse options that do not go together, before anything is read."""
    if asked.letterhead and asked.form != "docx":
        raise click.UsageError(f"--letterhead is for --format docx, and not for {asked.form}.")
    if asked.form in _FILES:
        if asked.heading_level != 1:
            raise click.UsageError(f"--heading-level is for a page around the text, and {asked.form} has none.")
        _not_on_a_terminal(asked.output)


def _not_on_a_terminal(output: str) -> None:
    if is_shown(output):
        raise click.UsageError("A Word file or a PDF cannot be shown on a terminal. Name a file: -o FILE.")


def _made(document: Document, facts: FileFacts, banner: str, asked: Asked) -> bytes:
    if asked.form in _TEXTS:
        return _TEXTS[asked.form](document, Host(asked.heading_level, asked.site), banner).encode()
    try:
        require_tools()
        with progress(f"Writing {asked.output} ..."):
            page = page_html(document)
            if asked.form == "pdf":
                return as_pdf(page, facts, address=asked.site, banner=banner)
            return as_word(page, facts, address=asked.site, banner=banner, letterhead=_letterhead(asked.letterhead))
    except FileError as error:
        raise refusal(f"Nothing was exported. {error}", 2) from error


def _letterhead(file: Path | None) -> bytes | None:
    if file is None:
        return None
    try:
        content = file.read_bytes()
        check_letterhead(content)
    except OSError as error:
        raise refusal(f"{file}: cannot be read: {error.strerror}", 2) from error
    except FileError as error:
        raise refusal(f"{file}: {error}", 2) from error
    return content


def _publishable(examined: Examined, folder: Path, draft: bool) -> Register:
    """Return the Register, where what is public in it may be published."""
    register, gaps = examined.register, missing(examined.findings)
    look = f"klartekst check {folder.as_posix()} lists them"
    if not examined.files_read:
        raise refusal("\n".join(map(str, examined.findings)), 2)
    if register is None or is_broken(examined.findings):
        errors = sum(finding.severity == "error" for finding in examined.findings)
        raise refusal(f"Nothing was exported: {_counted(errors, 'error')} must be mended first. {look}.", 1)
    if gaps and not draft:
        raise refusal(
            f"Nothing was exported: {_counted(gaps, 'fact')} not stated yet. {look}; --draft exports all the same.", 1
        )
    return register


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def _known(what: str, given: str, known: list[str] | tuple[str, ...]) -> None:
    if given not in known:
        raise refusal(f'There is no {what} "{given}".{nearest(given, known)} Known: {", ".join(known) or "none"}.', 2)
