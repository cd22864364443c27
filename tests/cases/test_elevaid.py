"""A real firm's addendum to a data processing agreement: every row of the case on a page, and every defect found."""

import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.cases.coverage import NO_FACT, Case, Row, article
from tests.conftest import mkdocs

from klartekst.documents import examine_all

CASE = Case("elevaid", "da")
ROWS = 40
ITEMS = [
    *("a", "a-1", "a-2", "a-3", "a-4", "a-5"),
    *("b", "b-1", "b-2"),
    *("c", "c-1", "c-2", "c-3", "c-4", "c-5", "c-6", "c-7"),
    "d",
]

MARKED = {1, 9, 11, 12, 14, 15, 16, 18, 19, 23, 24, 25, 27, 29, 33, 34, 35, 36, 39, 40}
"""The rows that the case marks as a defect of the original."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the clean copy, built strictly."""
    return CASE.build(tmp_path_factory.mktemp("elevaid") / "project")


def test_the_clean_copy_has_nothing_to_mend() -> None:
    """Its facts are whole and agree, not even an info is left, and its statement says them all."""
    assert [str(finding) for finding in examine_all(CASE.data).findings] == []


def test_each_row_of_the_case_has_one_line() -> None:
    """The lines are numbered as the case is, and none is missing."""
    assert [row.number for row in CASE.rows()] == list(range(1, ROWS + 1))


def test_every_row_is_a_fact() -> None:
    """No row is left out."""
    assert [row.number for row in CASE.rows() if NO_FACT in row.paths] == []


def test_no_two_rows_share_their_words() -> None:
    """Each row is proved by words of its own."""
    count = Counter(words for row in CASE.rows() for words in row.words)
    assert [words for words, times in count.items() if times > 1] == []


@pytest.mark.parametrize("row", CASE.rows(), ids=lambda row: str(row.number))
def test_a_row_stands_where_its_line_says(row: Row, site: Path) -> None:
    """The fact is in the data, the page has the anchor, and the words stand under it."""
    assert list(CASE.problems(row, site)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"paths": ("agreements/school.yml:instructions",)},
        {"paths": ("measures.yml:restore.claim",)},
        {"places": ("agreements/school#c-8",)},
        {"places": ("agreements/gone#c-1",)},
        {"places": ("agreements/school#c-2",)},
        {"words": ("Elevaid behandler de elever, som skolen henviser",)},
    ],
    ids=["no-value", "other-value", "no-anchor", "no-page", "other-place", "other-words"],
)
def test_a_wrong_line_is_found(changes: dict[str, Any], site: Path) -> None:
    """A line with one wrong cell does not pass."""
    right = CASE.rows()[30]
    assert list(CASE.problems(right, site)) == []
    assert list(CASE.problems(replace(right, **changes), site)) != []


def test_the_annexes_are_numbered_as_those_of_the_original(site: Path) -> None:
    """The item on transfers is gone, those behind it have moved up, and annex D is back."""
    page = article(site, "agreements/school")
    assert page is not None
    numbers = [heading.get("id", "") for heading in page.iter("h2", "h3")]
    assert [number for number in numbers if re.fullmatch("[a-d](-[0-9])?", number)] == ITEMS


@pytest.mark.parametrize("patch", CASE.patches(), ids=lambda patch: patch.stem)
def test_the_defects_of_the_original_are_found(patch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the original says gives exactly the lines that were read and found right."""
    monkeypatch.chdir(tmp_path)
    lines, expected = CASE.lines(patch, Path("data"))
    assert lines == expected


def test_each_defect_is_told_and_each_rule_it_names_finds_something() -> None:
    """DEFECTS.md has the rows that the case marks, and the rules it names are those that find something."""
    assert {int(cells[0]) for cells in CASE.told()} == MARKED
    assert CASE.rules_told() == CASE.rules_that_find()


@pytest.mark.parametrize("patch", CASE.patches(), ids=lambda patch: patch.stem)
def test_the_original_is_not_built(patch: Path, tmp_path: Path) -> None:
    """What contradicts itself is refused, even as a draft."""
    CASE.original(patch, tmp_path / "data")
    shutil.copy(CASE.folder / "mkdocs.yml", tmp_path)
    (tmp_path / "content").mkdir()
    assert mkdocs("build", cwd=tmp_path).returncode == 1
    assert not (tmp_path / "site").exists()
