"""What a command leaves behind: a text on the terminal, or a file that is whole or not there at all."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

TERMINAL = "-"


def refusal(message: str, status: int) -> SystemExit:
    """Say why nothing was done, and return what to raise."""
    click.echo(message, err=True)
    return SystemExit(status)


def is_shown(output: str) -> bool:
    """Return whether what is written there is read on a terminal, and not kept by another program."""
    return output == TERMINAL and sys.stdout.isatty()


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Show on a terminal that something takes a while; nothing stays of it, and elsewhere there is nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(escape(what)):
        yield


def write(content: bytes, output: str) -> None:
    """Write a file whole or not at all, and say its name.

    Raises:
        SystemExit: it cannot be written; nothing is left behind, and an earlier file stays as it was.
    """
    if output == TERMINAL:
        click.echo(content, nl=False)
        return
    try:
        _put(content, Path(output))
    except OSError as error:
        raise refusal(f"{output}: cannot be written: {error.strerror}", 2) from error
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
