"""The documentation keeps up: what there is stands in it, and what stands in it is there."""

import inspect
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT

from klartekst.adapters.cli import main
from klartekst.adapters.mkdocs.downloads import DownloadsPlugin
from klartekst.adapters.mkdocs.plugin import KlartekstPlugin
from klartekst.blocks import BLOCKS
from klartekst.check import RULES
from klartekst.documents import outlines, render_document
from klartekst.load import load, packaged, read_tree
from klartekst.phrases import languages

DOCS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
README = (ROOT / "README.md").read_text("utf-8")
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def table(heading: str) -> dict[str, list[str]]:
    """Return the cells of the table below a heading of the README, by the code in the first column."""
    section = re.split(rf"^### {heading}$", README, flags=re.MULTILINE)[1].split("\n#")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.split("\n") if line[:3] == "| `"]
    return {row[0].strip("`"): row[1:] for row in rows}


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_each_command_is_named() -> None:
    """The README lists the commands that there are, and no other."""
    assert {row.split()[1] for row in table("Commands")} == set(main.commands)


@pytest.mark.parametrize("command", main.commands)
def test_the_help_of_a_command_ends_with_an_example(command: str) -> None:
    """Whoever asks for help sees a line to copy."""
    text = inspect.cleandoc(main.commands[command].help or "")
    assert text.split("\n")[-1].startswith(f"Example: klartekst {command}")


def test_each_option_of_the_plugin_is_named() -> None:
    """The README lists the plugin's options with their defaults."""
    options = {
        name: {True: "true", False: "false"}.get(o.default, o.default) for name, o in KlartekstPlugin.config_scheme
    }
    assert {name: codes(row[-1])[0] for name, row in table("Options of the plugin").items()} == options


def test_each_option_of_the_second_plugin_is_named() -> None:
    """The README lists the options of the downloads."""
    assert set(table("Options of klartekst-downloads")) == {name for name, _ in DownloadsPlugin.config_scheme}


def test_each_document_is_named() -> None:
    """The README lists the documents by their paths."""
    made_for = {"subjects": "/<group>", "agreements": "/<id>", "roles": "/<role>", "topics": "/<topic>"}
    made_for["answers"] = made_for["roles"] + made_for["topics"]
    paths = {outline.path + (made_for[outline.each] if outline.each else "") for outline in outlines().values()}
    assert set(table("Documents")) == paths


def test_each_block_is_named_with_its_keys() -> None:
    """The README lists the blocks with the keys that a directive may give."""
    assert {name: codes(row[-1]) for name, row in table("Blocks").items()} == {
        name: list(block.parameters) for name, block in BLOCKS.items()
    }


def test_each_rule_is_named() -> None:
    """The README lists the rules that check applies."""
    assert set(table("Rules")) == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_the_explanation_of_a_rule_is_whole(rule: str) -> None:
    """It says what holds, why, what is bad and what is good."""
    text = RULES[rule].explanation
    assert [part for part in ("Why:", "Bad:", "Good:") if part not in text] == []


@pytest.mark.parametrize("file", DOCS)
def test_each_make_target_that_is_named_exists(file: str) -> None:
    """What a reader is told to make can be made."""
    named = re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / file).read_text("utf-8"), re.MULTILINE)
    assert [target for target in named if target not in TARGETS] == []


def test_the_targets_that_contributors_need_exist() -> None:
    """The Makefile has them, and each says what it does."""
    help_lines = re.findall(r"^([a-z]+):.*## \S", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {"site", "serve", "test", "lint", "format", "bench"} <= set(help_lines)


@pytest.mark.parametrize("file", DOCS)
def test_each_relative_link_leads_to_a_file(file: str) -> None:
    """No link of the documentation is broken inside the repository."""
    targets = re.findall(r"\]\(([^)#\s]+)", (ROOT / file).read_text("utf-8"))
    relative = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in relative if not (ROOT / target).exists()] == []


def test_each_file_that_contributors_are_sent_to_exists() -> None:
    """Files and folders named in CONTRIBUTING are there, below the repository or the package."""
    named = {
        name for name in codes((ROOT / "CONTRIBUTING.md").read_text("utf-8")) if re.fullmatch(r"[\w./-]+/[\w.-]*", name)
    }
    roots = (ROOT, ROOT / "plugins" / "klartekst")
    assert [name for name in named - INVENTED if not any((root / name).exists() for root in roots)] == []


INVENTED = {"tests/check/cases/theme/name/", "blocks/templates/name.md.j2", "theme/name"}
"""Places of a rule and a block that the reader is about to add."""


def test_the_fact_in_the_readme_is_the_one_in_the_data() -> None:
    """The example is copied from the demonstration, and the sentence is what the page says."""
    example = re.search(r"```yaml\n# data/retention.yml\n(.*?)```", README, re.DOTALL)
    assert example
    shown = read_tree(example[1].encode(), "README.md").value["enquiries"]
    facts = read_tree((ROOT / "data" / "retention.yml").read_bytes(), "retention.yml").value["enquiries"]
    assert {key: facts[key] for key in shown} == shown


def test_the_sentence_in_the_readme_is_the_one_on_the_page() -> None:
    """What the README says becomes of the fact stands in the English statement."""
    quoted = re.search(r"^> \*\*Enquiries\.\*\* (.*)$", README, re.MULTILINE)
    register = load(ROOT / "data").register
    assert quoted
    assert register
    page = render_document(outlines()["statement"], register.published(), "en").markdown
    plain = re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), page).replace("\u00a0", " ")
    assert quoted[1] in plain


def test_the_finding_in_the_readme_is_what_check_says(project: Path) -> None:
    """The line that the README shows is printed, word for word, when that activity loses its rules of storage."""
    quoted = re.search(r"^data/activities/newsletter\.yml:\S+ (retention/missing: .*)$", README, re.MULTILINE)
    file = project / "data" / "activities" / "newsletter.yml"
    file.write_text(re.sub(r"^retention:\n(  - .*\n)+", "", file.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    register = load(project / "data").register
    assert quoted
    assert register
    assert [str(found).split(" ", 1)[1] for found in RULES["retention/missing"](register)] == [quoted[1]]


def test_the_readme_names_the_languages() -> None:
    """Whoever chooses Klartekst sees which languages it speaks."""
    assert set(languages()) == {"da", "nb", "en"}
    assert "Danish, Norwegian (bokmål) and English" in README


def test_the_changelog_dates_the_law() -> None:
    """Owners of sites read which day's law a release holds."""
    dates = {packaged("klartekst.law", f"data/{file.name}")["as_of"] for file in law_files()}
    assert [date for date in dates if f"Law as of {date}" not in (ROOT / "CHANGELOG.md").read_text("utf-8")] == []


def law_files() -> Iterator[Path]:
    return (ROOT / "plugins" / "klartekst" / "law" / "data").glob("*.yml")


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    """A path that exists on one machine only is of no use on another."""
    place = re.compile(rb"(?<![\w.}\-])/(?:" + b"|".join((b"root", b"home", b"work", b"tmp")) + rb")/\w")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    files = [ROOT / name for name in names if name and (ROOT / name).is_file()]
    assert len(files) > 100
    assert [file.relative_to(ROOT).as_posix() for file in files if place.search(file.read_bytes())] == []
