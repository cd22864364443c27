"""`klartekst export` with Word and PDF as somebody types it: what is written, and what is refused."""

import os
import pty
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
from click.testing import CliRunner, Result
from tests.check.patches import CASES, apply, copy_of_base

from klartekst.adapters.cli import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, in which `data` has no findings."""
    copy_of_base(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments])


def statement(form: str, *more: str) -> Result:
    return export("document", "statement", "--language", "da", "--format", form, *more)


def test_it_writes_a_word_file(folder: Path) -> None:
    """Word opens it, and its name is said."""
    result = statement("docx", "-o", "x.docx")
    assert (result.exit_code, result.stdout) == (0, "x.docx\n")
    assert docx.Document(str(folder / "x.docx")).paragraphs[0].text == "Privatlivspolitik"


def test_it_writes_a_pdf(folder: Path) -> None:
    """In another language, too, and with nothing said about links that a PDF never has."""
    result = export("document", "statement", "--language", "nb", "--format", "pdf", "-o", "x.pdf")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "x.pdf\n", "")
    assert str(pikepdf.open(folder / "x.pdf").Root.Lang) == "nb-NO"


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_it_can_be_given_to_another_program(form: str, folder: Path) -> None:
    """What goes to standard output are the bytes of the file."""
    statement(form, "-o", "x")
    assert statement(form, "-o", "-").stdout_bytes == (folder / "x").read_bytes()


def test_links_lead_to_the_site(folder: Path) -> None:
    """In Word, links to other documents lead to the site that is named; without one, it is said that they are gone."""
    arguments = ("document", "processors", "--language", "da", "--format", "docx", "-o", "x.docx")
    assert "links to other documents became plain words" in export(*arguments).stderr
    assert export(*arguments, "--site", "https://kor.example").stderr == ""
    targets = {one.target_ref for one in docx.Document("x.docx").part.rels.values() if one.is_external}
    assert any(target.startswith("https://kor.example/privacy/#activity-") for target in targets)


def test_a_letterhead_of_ones_own(folder: Path) -> None:
    """What is written as a start can be changed, and is taken."""
    result = export("letterhead", "-o", "ours.docx")
    assert (result.exit_code, result.stdout) == (0, "ours.docx\n")
    word = docx.Document("ours.docx")
    word.sections[0].header.paragraphs[0].text = "Bakkekoret – {title}"
    word.save("own.docx")
    assert statement("docx", "--letterhead", "own.docx", "-o", "x.docx").exit_code == 0
    assert docx.Document("x.docx").sections[0].header.paragraphs[0].text == "Bakkekoret – Privatlivspolitik"


REFUSED = {
    "a letterhead for a PDF": (["pdf", "-o", "x", "--letterhead", "l.docx"], "--letterhead is for --format docx"),
    "a letterhead for a page": (["html", "--letterhead", "l.docx"], "--letterhead is for --format docx"),
    "a level of a page": (["docx", "-o", "x", "--heading-level", "2"], "docx has none"),
    "no such letterhead": (["docx", "-o", "x", "--letterhead", "l.docx"], "l.docx: cannot be read: No such file"),
    "no Word file": (["docx", "-o", "x", "--letterhead", "data/roles.yml"], "data/roles.yml: it is not a Word file."),
    "a folder": (["docx", "-o", "x", "--letterhead", "data"], "data: cannot be read"),
    "no such folder": (["pdf", "-o", "nowhere/x.pdf"], "nowhere/x.pdf: cannot be written"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_exits_with_2(name: str, folder: Path) -> None:
    """The message says what is wrong, and no file is left behind."""
    arguments, message = REFUSED[name]
    before = sorted(folder.iterdir())
    result = statement(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert (result.stdout, sorted(folder.iterdir())) == ("", before)


def test_a_sign_that_the_pdf_cannot_show_leaves_no_file(folder: Path) -> None:
    """The message names it; an earlier file stays as it was."""
    file = folder / "data" / "organisation.yml"
    file.write_text(file.read_text("utf-8").replace("name: Bakkekoret\n", "name: Bakkekoret 漢\n"), "utf-8")
    (folder / "x.pdf").write_text("earlier")
    result = statement("pdf", "-o", "x.pdf")
    assert result.exit_code == 2
    assert 'Nothing was exported. The fonts of the PDF have no sign for "漢".' in result.stderr
    assert (folder / "x.pdf").read_text() == "earlier"
    assert sorted(file.name for file in folder.iterdir()) == ["data", "x.pdf"]


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_draft_says_so(form: str, folder: Path) -> None:
    """Without --draft nothing is written; with it, the file begins with the banner."""
    apply(CASES / "retention" / "missing" / "bad.yml", folder / "data")
    assert statement(form, "-o", "x").exit_code == 1
    assert not (folder / "x").exists()
    assert statement(form, "-o", "x", "--draft").exit_code == 0
    if form == "docx":
        first = docx.Document("x").paragraphs[0]
        assert first.style
        assert (first.style.name, first.text[:6]) == ("Draft", "Dette ")


# -- as a program of its own ------------------------------------------------------------------------------------

RUN = "from klartekst.adapters.cli import main; main()"
WITHOUT = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {tools}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Missing())
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, "export", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


STATEMENT = ("document", "statement", "--language", "da")


@pytest.mark.parametrize("tool", ["pypandoc", "typst", "docx", "lxml"])
def test_a_missing_extra_is_named(tool: str, folder: Path) -> None:
    """Without one of the tools the message says how to get them; no traceback, and no file."""
    without = WITHOUT.format(tools={tool}) + RUN
    for arguments in ((*STATEMENT, "--format", "pdf", "-o", "x"), (*STATEMENT, "--format", "docx", "-o", "x")):
        result = run(without, *arguments)
        assert result.returncode == 2
        assert f"({tool}). Run: pip install 'klartekst[downloads]'" in result.stderr
        assert "Traceback" not in result.stderr
    assert not (folder / "x").exists()


def test_texts_need_no_extra(folder: Path) -> None:
    """HTML and Markdown are made without the tools, and without loading them where they are."""
    without = WITHOUT.format(tools={"pypandoc", "typst", "docx", "lxml"}) + RUN
    assert run(without, *STATEMENT, "--format", "html").returncode == 0
    assert run(without, *STATEMENT, "--format", "md").returncode == 0
    loaded = "import atexit, sys; atexit.register(lambda: print([*sys.modules], file=sys.stderr)); " + RUN
    names = run(loaded, *STATEMENT, "--format", "html").stderr
    assert "'klartekst.export.files'" in names
    assert not [tool for tool in ("'pypandoc'", "'typst'", "'docx'", "'lxml'") if tool in names]


def on_a_terminal(*arguments: str) -> tuple[int, str]:
    """Run the command as on a terminal, and return its exit status and what the terminal showed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", RUN, "export", *arguments]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "200"}
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    return process.wait(), shown.decode(errors="replace")


@pytest.mark.parametrize("arguments", [(*STATEMENT, "--format", "pdf"), ("letterhead", "-o", "-")])
def test_a_terminal_gets_no_bytes(arguments: tuple[str, ...], folder: Path) -> None:
    """Nobody can read them there; the message says what to add."""
    status, shown = on_a_terminal(*arguments)
    assert status == 2
    assert "Name a file: -o FILE." in shown
    assert "%PDF" not in shown


def test_a_terminal_sees_that_it_is_working(folder: Path) -> None:
    """While the file is made, a line says which; in a log there is no such line."""
    status, shown = on_a_terminal(*STATEMENT, "--format", "pdf", "-o", "x.pdf")
    assert status == 0
    assert "Writing x.pdf ..." in shown
    assert run(RUN, *STATEMENT, "--format", "pdf", "-o", "x.pdf").stderr == ""


def test_the_bytes_do_not_depend_on_the_day(folder: Path) -> None:
    """Two programs at different times write the same file."""
    for form in ("docx", "pdf"):
        run(RUN, *STATEMENT, "--format", form, "-o", "a")
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
        command = [sys.executable, "-c", RUN, "export", *STATEMENT, "--format", form, "-o", "b"]
        subprocess.run(command, env=environment, check=True, capture_output=True)
        assert (folder / "a").read_bytes() == (folder / "b").read_bytes()
        assert BytesIO((folder / "a").read_bytes()).read(2) in {b"PK", b"%P"}


def test_an_agreement_that_there_is_not_is_said(folder: Path) -> None:
    """It is looked for by its own id, among agreements only."""
    shutil.rmtree(folder / "data" / "agreements", ignore_errors=True)
    result = export("agreement", "statement", "--language", "da", "--format", "pdf", "-o", "x.pdf")
    assert result.exit_code == 2
    assert 'There is no agreement "statement". Known: none.' in result.stderr
