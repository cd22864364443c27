"""`klartekst export document` as somebody types it: what is written, and what is refused."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.check.patches import CASES, apply, copy_of_base

from klartekst.adapters.cli import main
from klartekst.documents import examine_all
from klartekst.model import missing


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, in which `data` has no findings."""
    copy_of_base(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", "document", *arguments])


def test_it_writes_what_it_prints(folder: Path) -> None:
    """A file holds the bytes that the terminal gets, and its name is said."""
    printed = export("statement", "--language", "da")
    written = export("statement", "--language", "da", "-o", "new.html")
    assert (written.exit_code, written.stdout) == (0, "new.html\n")
    assert (folder / "new.html").read_bytes() == printed.stdout_bytes
    assert printed.stdout.startswith('<div class="klartekst" lang="da">')
    assert export("statement", "--language", "da", "-o", "-").stdout_bytes == printed.stdout_bytes


def test_it_writes_markdown(folder: Path) -> None:
    """The same document in the other format, in another language, with its title on another level."""
    result = export("statement", "--language", "nb", "--format", "md", "--heading-level", "2")
    assert result.exit_code == 0
    assert result.stdout.startswith("## Personvernerklæring\n\n")


def test_links_to_other_documents_are_kept_or_counted(folder: Path) -> None:
    """Without the address of a site it says how many links are gone; with it, none is."""
    alone = export("processors", "--language", "da")
    linked = export("processors", "--language", "da", "--site", "https://privatliv.kor.example")
    assert "links to other documents became plain words; --site URL keeps them." in alone.stderr
    assert "https://privatliv.kor.example/privacy/#activity-" not in alone.stdout
    assert "https://privatliv.kor.example/privacy/#activity-" in linked.stdout
    assert linked.stderr == ""


REFUSED = {
    "an unknown document": (["statment", "--language", "da"], 'no document "statment". Did you mean "statement"?'),
    "an unknown language": (["statement", "--language", "dk"], 'There is no language "dk". Did you mean "da"?'),
    "no language": (["statement"], "--language"),
    "an unknown format": (["statement", "--language", "da", "--format", "doc"], "'html', 'md', 'docx', 'pdf'"),
    "no address": (["statement", "--language", "da", "--site", "kor.example"], "starts with https://"),
    "a place in a page": (["statement", "--language", "da", "--site", "https://kor.example/#a"], "neither ? nor #"),
    "no folder": (["statement", "--language", "da", "--data", "nowhere"], "there is no such folder"),
    "no such folder": (["statement", "--language", "da", "-o", "nowhere/x.html"], "cannot be written"),
    "a folder": (["statement", "--language", "da", "-o", "data"], "cannot be written"),
    "a level too deep": (["statement", "--language", "da", "--heading-level", "5"], "1<=x<=4"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_exits_with_2(name: str, folder: Path) -> None:
    """The message says what is wrong and what there is, nothing is printed, and nothing written."""
    arguments, message = REFUSED[name]
    before = sorted(folder.iterdir())
    result = export(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert (result.stdout, sorted(folder.iterdir())) == ("", before)


def test_errors_are_mended_first(folder: Path) -> None:
    """Facts with errors are not exported, not even as a draft."""
    (folder / "data" / "roles.yml").write_text("chair: 3\n")
    result = export("statement", "--language", "da", "-o", "x.html", "--draft")
    assert result.exit_code == 1
    assert "must be mended first. klartekst check data lists them." in result.stderr
    assert not (folder / "x.html").exists()


def _lacking(folder: Path) -> int:
    apply(CASES / "retention" / "missing" / "bad.yml", folder / "data")
    return missing(examine_all(folder / "data").findings)


def test_missing_facts_are_counted(folder: Path) -> None:
    """A document that lacks facts is refused with their number, and leaves an earlier file as it was."""
    (folder / "x.html").write_text("earlier")
    count = _lacking(folder)
    result = export("statement", "--language", "da", "-o", "x.html")
    assert result.exit_code == 1
    assert f"Nothing was exported: {count} fact" in result.stderr
    assert "klartekst check data lists them; --draft exports all the same." in result.stderr
    assert (folder / "x.html").read_text() == "earlier"


def test_a_draft_is_marked(folder: Path) -> None:
    """Asked for, the document is written all the same and says how much is missing."""
    count = _lacking(folder)
    result = export("statement", "--language", "da", "--draft")
    assert result.exit_code == 0
    banner = result.stdout.split('<p class="kt-draft">')[1].split("</p>")[0]
    assert str(count) in banner
    assert '<strong class="kt-missing">' in result.stdout


def _no_room(self: Path, content: bytes) -> int:
    with self.open("wb") as file:
        file.write(content[:100])
    raise OSError(28, "No space left on device")


def test_a_file_is_never_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the earlier file stays, and nothing lies beside it."""
    (folder / "x.html").write_text("earlier")
    monkeypatch.setattr(Path, "write_bytes", _no_room)
    result = export("statement", "--language", "da", "-o", "x.html")
    assert (result.exit_code, result.stderr) == (2, "x.html: cannot be written: No space left on device\n")
    assert (folder / "x.html").read_text() == "earlier"
    assert sorted(file.name for file in folder.iterdir()) == ["data", "x.html"]


def _link(folder: Path) -> None:
    (folder / "real.html").write_text("earlier")
    (folder / "x.html").symlink_to("real.html")


def _pipe(folder: Path) -> None:
    (folder / "x.html").symlink_to("/dev/null")


@pytest.mark.parametrize(("lay", "kept"), [(_link, "real.html"), (_pipe, "x.html")], ids=["a link", "a device"])
def test_links_and_devices_stay_what_they_are(folder: Path, lay: Callable[[Path], None], kept: str) -> None:
    """What the name stands for is written to; it is never replaced by a file."""
    lay(folder)
    assert export("statement", "--language", "da", "-o", "x.html").exit_code == 0
    assert (folder / "x.html").is_symlink()
    assert (folder / kept).exists()
    assert not Path("/dev/null").is_file()


def test_a_new_file_can_be_read_by_those_who_may(folder: Path) -> None:
    """It has the rights that any new file gets."""
    earlier = os.umask(0o022)
    try:
        export("statement", "--language", "da", "-o", "x.html")
    finally:
        os.umask(earlier)
    assert (folder / "x.html").stat().st_mode & 0o777 == 0o644


def test_nothing_else_is_needed(folder: Path) -> None:
    """The facts are enough: neither a site nor its settings are looked for."""
    shutil.move(folder / "data", folder / "facts")
    assert export("statement", "--language", "da", "--data", "facts").exit_code == 0
