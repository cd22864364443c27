"""A real firm's whole statement: every row of the case on a page, and every defect that facts can hold, found."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.cases.coverage import NO_FACT, Case, Row
from tests.conftest import mkdocs

from klartekst.documents import examine_all

CASE = Case("bjornson", "nb")
ROWS = 84

MARKED = {4, 12, 13, 21, 22, 28, 30, 32, 35, 38, 39, 41, 43, 44, 46, 48, 53, 54, 56, 61, 72, 74, 80, 83}
"""The rows that the case marks as a defect of the original."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the clean copy, built strictly."""
    return CASE.build(tmp_path_factory.mktemp("bjornson") / "project")


def test_the_clean_copy_has_nothing_to_mend() -> None:
    """Its facts are whole and agree, and its statement says them all."""
    assert [str(finding) for finding in examine_all(CASE.data).findings] == []


def test_each_row_of_the_case_has_one_line() -> None:
    """The lines are numbered as the case is, and none is missing."""
    assert [row.number for row in CASE.rows()] == list(range(1, ROWS + 1))


def test_few_rows_are_no_fact_and_each_of_those_says_why() -> None:
    """At most ten rows are left out, with a reason."""
    left_out = [row for row in CASE.rows() if NO_FACT in row.paths]
    assert len(left_out) <= 10
    assert all(row.words != ("",) for row in left_out)


def test_no_two_rows_share_their_words() -> None:
    """Each row is proved by words of its own."""
    count = Counter(words for row in CASE.rows() for words in row.words)
    assert [words for words, times in count.items() if times > 1] == []


@pytest.mark.parametrize("row", CASE.rows(), ids=lambda row: str(row.number))
def test_a_row_stands_where_its_line_says(row: Row, site: Path) -> None:
    """The fact is in the data, the page has the anchor, and the words stand under it."""
    assert NO_FACT in row.paths or list(CASE.problems(row, site)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"paths": ("policies.yml:internal-control.words",)},
        {"paths": ("policies.yml:record.text",)},
        {"places": ("privacy#policy-gone",)},
        {"places": ("gone#policy-internal-control",)},
        {"places": ("privacy#policy-record",)},
        {"words": ("Erklæringen er en del av årsregnskapet",)},
    ],
    ids=["no-value", "other-value", "no-anchor", "no-page", "other-place", "other-words"],
)
def test_a_wrong_line_is_found(changes: dict[str, Any], site: Path) -> None:
    """A line with one wrong cell does not pass."""
    right = CASE.rows()[5]
    assert list(CASE.problems(right, site)) == []
    assert list(CASE.problems(replace(right, **changes), site)) != []


@pytest.mark.parametrize("patch", CASE.patches(), ids=lambda patch: patch.stem)
def test_the_defects_of_the_original_are_found(patch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the original says gives exactly the lines that were read and found right."""
    monkeypatch.chdir(tmp_path)
    lines, expected = CASE.lines(patch, Path("data"))
    assert lines == expected


def test_each_defect_is_told_and_each_rule_it_names_finds_something() -> None:
    """DEFECTS.md has the rows that the case marks, and the rules it names are those that find something."""
    assert {int(cells[0]) for cells in CASE.told()} >= MARKED
    assert CASE.rules_told() == CASE.rules_that_find()


@pytest.mark.parametrize(("patch", "plainly"), [("original.yml", 0), ("refused.yml", 1)])
def test_the_original_is_at_most_a_draft(patch: str, plainly: int, tmp_path: Path) -> None:
    """What is not stated makes a draft that says so, what is wrong makes nothing, and neither builds strictly."""
    CASE.original(CASE.defects / patch, tmp_path / "data")
    shutil.copy(CASE.folder / "mkdocs.yml", tmp_path)
    (tmp_path / "content").mkdir()
    assert mkdocs("build", "--strict", cwd=tmp_path).returncode == 1
    assert not (tmp_path / "site").exists()
    assert mkdocs("build", cwd=tmp_path).returncode == plainly
    drafts = [page for page in (tmp_path / "site").rglob("*.html") if "Dette er et utkast" in page.read_text("utf-8")]
    assert bool(drafts) is (plainly == 0)
