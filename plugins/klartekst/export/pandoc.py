"""HTML in another format, by pandoc: a program of its own that reads no file and asks no host."""

import os
import subprocess

import pypandoc

from klartekst.export.facts import FileError


def converted(page: str, to: str, *options: str) -> bytes:
    """Return HTML in another format.

    Args:
        page: the body of a page.
        to: a format of pandoc.
        options: more options of pandoc.

    Raises:
        FileError: pandoc cannot be run, or refuses.
    """
    return run_pandoc("--sandbox", "-f", "html", "-t", to, *options, "-o", "-", given=page.encode())


def run_pandoc(*options: str, given: bytes = b"") -> bytes:
    """Run pandoc, and return what it writes; files bear no time.

    Raises:
        FileError: pandoc cannot be run, or refuses.
    """
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    try:
        command = [pypandoc.get_pandoc_path(), *options]
        return subprocess.run(command, input=given, env=environment, capture_output=True, check=True).stdout
    except OSError as error:
        raise FileError(f"pandoc cannot be run: {error.strerror or error}.") from error
    except subprocess.CalledProcessError as error:
        raise FileError(f"pandoc refused: {error.stderr.decode(errors='replace').strip()}") from error
