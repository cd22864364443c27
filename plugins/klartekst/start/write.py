"""Files onto the disk: all of them, or none."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path


class OccupiedError(Exception):
    """The folder holds something already; its text says what, and what to do."""


def check_is_free(folder: Path) -> None:
    """Accept a folder that does not exist, is empty, or holds an empty repository (`.git`).

    Raises:
        OccupiedError: there is something else in it, or a file has its name.
        OSError: one may not look.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OccupiedError(f"{folder} is a file. Name a folder that does not exist yet")
    found = sorted(entry.name for entry in folder.iterdir() if entry.name != ".git")
    if found:
        shown = ", ".join(found[:3]) + (" ..." if len(found) > 3 else "")
        raise OccupiedError(f"{folder} is not empty ({shown}). Name a new folder, or an empty one")


def write_site(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files into a free folder, which is made if need be; if one cannot be written, none is there afterwards.

    Args:
        folder: where to write.
        texts: the text of each file by its path inside the folder.

    Raises:
        OccupiedError: the folder is not free.
        OSError: something cannot be written.
    """
    check_is_free(folder)
    made = _make(folder)
    try:
        _fill(folder, texts)
    except BaseException:
        for parent in reversed(made):
            with suppress(OSError):
                parent.rmdir()
        raise


def _make(folder: Path) -> list[Path]:
    """Make a folder with those above it, and return the ones that were made, the outermost first."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _fill(folder: Path, texts: Mapping[str, str]) -> None:
    """Write beside the places, inside the folder, and put everything in place at the end."""
    stage = Path(tempfile.mkdtemp(prefix=".klartekst-", dir=folder))
    moved: list[Path] = []
    try:
        for name, text in texts.items():
            file = stage / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        for entry in sorted(stage.iterdir()):
            moved.append(folder / entry.name)
            entry.rename(folder / entry.name)
    except BaseException:
        _remove(moved)
        raise
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _remove(entries: Iterable[Path]) -> None:
    for entry in entries:
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
