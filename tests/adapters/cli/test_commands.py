"""The commands as somebody types them: output, exit status, help."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.check.patches import CASES, apply, copy_of_base
from tests.conftest import ROOT

from klartekst.adapters.cli import main
from klartekst.check import RULES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which `data` has no findings."""
    copy_of_base(tmp_path / "data")
    return tmp_path


def klartekst(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the real command, through pipes."""
    command = [str(Path(sys.executable).with_name("klartekst")), *arguments]
    settings = {**os.environ, **environment}
    return subprocess.run(command, cwd=cwd, env=settings, text=True, capture_output=True, timeout=60, check=False)


def _nothing(data: Path) -> None:
    """Change nothing."""


def _spoil(data: Path) -> None:
    for case in ("purpose/basis", "transfer/mechanism", "category/kind"):
        apply(CASES / case / "bad.yml", data)
    with (data / "roles.yml").open("a") as roles:
        roles.write('deputy:\n  name:\n    da: "[/b][red]\\e[31m formand"\n    nb: {a: b}\n')


def _empty(data: Path) -> None:
    shutil.rmtree(data)
    data.mkdir()


def _only_broken(data: Path) -> None:
    _empty(data)
    (data / "organisation.yml").write_text("{")


STATUS: dict[str, tuple[Callable[[Path], object], int]] = {
    "nothing to mend": (_nothing, 0),
    "something to mend": (_spoil, 1),
    "an alias bomb": (lambda d: (d / "roles.yml").write_text("a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n"), 1),
    "only a broken organisation": (_only_broken, 2),
    "an empty folder": (_empty, 2),
    "no folder": (shutil.rmtree, 2),
}


@pytest.mark.parametrize("name", STATUS)
def test_check_exits_with_0_1_or_2(name: str, folder: Path) -> None:
    """0 nothing to mend, 1 something to mend, 2 nothing could be read; never a traceback."""
    spoil, status = STATUS[name]
    spoil(folder / "data")
    result = klartekst("check", cwd=folder)
    assert (result.returncode, result.stderr) == (status, "")
    assert bool(result.stdout) == (status > 0)


def test_findings_are_plain_sorted_lines(folder: Path) -> None:
    """On a narrow pipe each finding is one line, unwrapped, without escape sequences, and markup in data stays."""
    _spoil(folder / "data")
    result = klartekst("check", "data", cwd=folder, COLUMNS="20", FORCE_COLOR="1", TERM="xterm-256color")
    lines = result.stdout.splitlines()
    places = [re.match(r"data/([\w/-]+\.yml):(\d+):(\d+) [a-z]+/[a-z-]+: .{20}", line) for line in lines]
    assert all(places)
    order = [(match[1], int(match[2]), int(match[3])) for match in places if match]
    assert order == sorted(order)
    assert len(lines) > 3
    assert max(map(len, lines)) > 80
    assert "\x1b" not in result.stdout
    assert 'name.da: "[/b][red] [31m formand": character 10 is the invisible U+001B' in result.stdout


def test_findings_reach_a_pipe_that_knows_few_letters(folder: Path) -> None:
    """A terminal of another age gets the finding, with its letters spelt out, and no traceback."""
    (folder / "data/roles.yml").write_text("chair:\n  form→nd: x\n", encoding="utf-8")
    result = klartekst("check", "data", cwd=folder, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert (result.returncode, result.stderr) == (1, "")
    assert "data/roles.yml:2:3 shape/unknown-key" in result.stdout
    assert r"form\u2192nd" in result.stdout


SEVERITIES = {
    "category/open": ("info", 0, 0),
    "law/expired": ("warning", 0, 1),
    "retention/missing": ("missing", 1, 1),
    "purpose/missing": ("missing", 1, 1),
    "transfer/mechanism": ("error", 1, 1),
}
"""A rule of each severity, with the exit status of a plain and of a strict check."""


@pytest.mark.parametrize("rule", SEVERITIES)
def test_how_severe_a_finding_is_decides_the_exit_status(rule: str, folder: Path) -> None:
    """A fact that is missing fails, a warning fails only strictly, and a hint never does; each is printed."""
    severity, plain, strict = SEVERITIES[rule]
    assert RULES[rule].severity == severity
    apply(CASES / rule / "bad.yml", folder / "data")
    for arguments, status in ((["check"], plain), (["check", "--strict"], strict)):
        result = klartekst(*arguments, cwd=folder)
        assert (result.returncode, result.stderr) == (status, "")
        assert f" {rule}" in result.stdout


def test_check_says_what_the_statement_would_not_say(folder: Path) -> None:
    """A block that the owner leaves out is found before there is a site, at the line that leaves it out."""
    with (folder / "data/documents/statement.yml").open("a") as statement:
        statement.write("blocks: [summary, identity, activities, automated, measures, rights, objection, dates]\n")
    result = klartekst("check", cwd=folder)
    assert result.returncode == 1
    found = r"data/documents/statement\.yml:4:1 coverage/hole: .+ Art\. 13\(2\)\(d\) .+ block complaint back .+\n"
    assert re.fullmatch(found, result.stdout)


def _commands() -> list[str]:
    """Return every command and every command inside a group, as one types them."""
    found = [""]
    for name, command in main.commands.items():
        found += [name, *(f"{name} {inner}" for inner in getattr(command, "commands", {}))]
    return found


@pytest.mark.parametrize("command", _commands())
def test_help_ends_with_an_example_that_works(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last words of every help are a command line that exits with 0."""
    monkeypatch.chdir(folder)
    text = CliRunner().invoke(main, [*command.split(), "--help"]).output
    description = " ".join(text.split("Options:")[0].split())
    example = description.rpartition("Example: klartekst ")[2]
    assert example != description
    result = CliRunner().invoke(main, example.split())
    assert (result.exit_code, result.exception) == (0, None)


def test_rules_are_listed_and_explained() -> None:
    """`rules` names every rule with its first sentence; with an id it explains that one."""
    listed = CliRunner().invoke(main, ["rules"]).output.splitlines()
    assert listed == [f"{one.id} ({one.severity}): {one.explanation.splitlines()[0]}" for one in RULES.values()]
    assert "Why:" in CliRunner().invoke(main, ["rules", "retention/missing"]).output


def test_an_unknown_rule_names_the_nearest() -> None:
    """A rule that does not exist exits with 2 and says which was meant."""
    result = CliRunner().invoke(main, ["rules", "retention/mising"])
    assert result.exit_code == 2
    assert result.stderr == 'There is no rule "retention/mising". Did you mean "retention/missing"?\n'


def _file_in_the_way(folder: Path) -> None:
    (folder / ".schema").touch()


@pytest.mark.parametrize("spoil", [shutil.rmtree, _file_in_the_way], ids=["no folder", "a file in the way"])
def test_schema_exits_with_2_where_it_cannot_write(spoil: Callable[[Path], object], folder: Path) -> None:
    """Without a folder to write into there is one line that says so."""
    spoil(folder / "data")
    result = klartekst("schema", cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1


def test_the_demonstration_has_no_findings() -> None:
    """`klartekst check data` has nothing to say about the demonstration."""
    result = klartekst("check", "data", cwd=ROOT)
    assert (result.returncode, result.stdout) == (0, "")
