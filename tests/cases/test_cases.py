"""Real cases: every row of each on a page, and every defect of its original that facts can hold, found."""

import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.cases.coverage import NO_FACT, Case, Row, article, line
from tests.conftest import mkdocs
from tests.load.mutations import read_plain

from klartekst.documents import examine_all
from klartekst.phrases import phrases

BJORNSON = Case(
    "bjornson",
    "nb",
    rows_in_all=84,
    marked=frozenset({4, 12, 13, 21, 22, 28, 30, 32, 35, 38, 39, 41, 43, 44, 46, 48, 53, 54, 56, 61, 72, 74, 80, 83}),
    also_told=frozenset({24, 49, 55, 84}),
)
"""A firm's whole statement."""

ELEVAID = Case(
    "elevaid",
    "da",
    rows_in_all=40,
    marked=frozenset({1, 9, 11, 12, 14, 15, 16, 18, 19, 23, 24, 25, 27, 29, 33, 34, 35, 36, 39, 40}),
)
"""A firm's addendum to a data processing agreement."""

GOMENTOR = Case(
    "gomentor",
    "nb",
    rows_in_all=29,
    left_out=frozenset({26}),
    marked=frozenset({2, 3, 7, 9, 10, 12, 13, 16, 18, 22, 23}),
    also_told=frozenset({8, 15, 17, 19, 28}),
)
"""A platform's guidance for its mentors; whom it works with is advertising, all else is a fact."""

CASES = (BJORNSON, ELEVAID, GOMENTOR)
ROWS = [pytest.param(case, row, id=f"{case.name}-{row.number}") for case in CASES for row in case.rows()]
PATCHES = [pytest.param(case, patch, id=f"{case.name}-{patch.stem}") for case in CASES for patch in case.patches()]
of_each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)

WRONG: dict[Case, dict[str, dict[str, Any]]] = {
    BJORNSON: {
        "no-value": {"paths": ("policies.yml:internal-control.words",)},
        "other-value": {"paths": ("policies.yml:record.text",)},
        "no-anchor": {"places": ("privacy#policy-gone",)},
        "no-page": {"places": ("gone#policy-internal-control",)},
        "other-place": {"places": ("privacy#policy-record",)},
        "other-words": {"words": ("Erklæringen er en del av årsregnskapet",)},
    },
    ELEVAID: {
        "no-value": {"paths": ("agreements/school.yml:instructions",)},
        "other-value": {"paths": ("measures.yml:restore.claim",)},
        "no-anchor": {"places": ("agreements/school#c-8",)},
        "no-page": {"places": ("agreements/gone#c-1",)},
        "other-place": {"places": ("agreements/school#c-2",)},
        "other-words": {"words": ("Elevaid behandler de elever, som skolen henviser",)},
    },
    GOMENTOR: {
        "no-value": {"paths": ("guidance/location.yml:answers.0.duties",)},
        "other-value": {"paths": ("guidance/officer.yml:answers.0.remains",)},
        "no-anchor": {"places": ("guidance/mentor#gone",)},
        "no-page": {"places": ("guidance/gone#location",)},
        "other-place": {"places": ("guidance/mentor#officer",)},
        "other-words": {"words": ("Journal, e-post og kalender er alltid vårt ansvar",)},
    },
}
"""For each case, one wrong cell in a line that is right; RIGHT has its number."""

RIGHT = {BJORNSON: 6, ELEVAID: 31, GOMENTOR: 11}

DRAFTS = {"bjornson-original"}
"""What is merely not stated makes a draft; what is wrong makes nothing at all."""

ITEMS = [
    *("a", "a-1", "a-2", "a-3", "a-4", "a-5"),
    *("b", "b-1", "b-2"),
    *("c", "c-1", "c-2", "c-3", "c-4", "c-5", "c-6", "c-7"),
    "d",
]

ORIGINAL = ["no", "no", "depends", "no", "no", "no", "yes", "yes", "yes", "yes"]
"""What the original answers the mentors, topic by topic, as the last row of the case has it."""

CLEAN = ["no", "no", "depends", "no", "done-for-you", "done-for-you", "yes", "yes", "yes", "yes"]
"""What the clean copy answers: access and erasure are the mentor's own by law, whoever does the work."""

WORDS = {"no": "Nei", "done-for-you": "Vi gjør arbeidet", "yes": "Ja", "depends": "Det kommer an på situasjonen"}

RESIDUE = ["sidst opdateret", "retten til at", "læse mere", "lese mere", "konsekvensanalyse", "databehandlingsavtale"]
"""What stood on the mentors' Norwegian page and is Danish, or a word of nobody's."""


@pytest.fixture(scope="module")
def site_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Case], Path]:
    """The site of a clean copy, built strictly when it is first asked for."""
    return cache(lambda case: case.build(tmp_path_factory.mktemp(case.name) / "project"))


@of_each_case
def test_the_clean_copy_has_nothing_to_mend(case: Case) -> None:
    """Its facts are whole and agree, not even an info is left, and its documents say them all."""
    assert [str(finding) for finding in examine_all(case.data).findings] == []


@of_each_case
def test_each_row_of_a_case_has_one_line(case: Case) -> None:
    """The lines are numbered as the case is, and none is missing."""
    assert [row.number for row in case.rows()] == list(range(1, case.rows_in_all + 1))


@of_each_case
def test_few_rows_are_no_fact_and_each_of_those_says_why(case: Case) -> None:
    """The rows that were left out are those that were meant to be, each with a reason."""
    left_out = [row for row in case.rows() if NO_FACT in row.paths]
    assert {row.number for row in left_out} == case.left_out
    assert all(row.words != ("",) for row in left_out)


@of_each_case
def test_no_two_rows_share_their_words(case: Case) -> None:
    """Each row is proved by words of its own."""
    count = Counter(words for row in case.rows() for words in row.words)
    assert [words for words, times in count.items() if times > 1] == []


@pytest.mark.parametrize(("case", "row"), ROWS)
def test_a_row_stands_where_its_line_says(case: Case, row: Row, site_of: Callable[[Case], Path]) -> None:
    """The fact is in the data, the page has the anchor, and the words stand under it."""
    assert NO_FACT in row.paths or list(case.problems(row, site_of(case))) == []


@of_each_case
@pytest.mark.parametrize("wrong", WRONG[BJORNSON])
def test_a_wrong_line_is_found(case: Case, wrong: str, site_of: Callable[[Case], Path]) -> None:
    """A line with one wrong cell does not pass."""
    right = case.rows()[RIGHT[case] - 1]
    assert list(case.problems(right, site_of(case))) == []
    assert list(case.problems(replace(right, **WRONG[case][wrong]), site_of(case))) != []


@pytest.mark.parametrize(("case", "patch"), PATCHES)
def test_the_defects_of_an_original_are_found(
    case: Case, patch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the original says gives exactly the lines that were read and found right."""
    monkeypatch.chdir(tmp_path)
    lines, expected = case.lines(patch, Path("data"))
    assert lines == expected


@of_each_case
def test_each_defect_is_told_and_each_rule_it_names_finds_something(case: Case) -> None:
    """DEFECTS.md has the rows that the case marks, those that we found, and the rules that find something."""
    assert {int(cells[0]) for cells in case.told()} == case.marked | case.also_told
    assert case.rules_told() == case.rules_that_find()


@pytest.mark.parametrize(("case", "patch"), PATCHES)
def test_an_original_is_at_most_a_draft(case: Case, patch: Path, tmp_path: Path) -> None:
    """What is not stated makes a draft that says so, what is wrong makes nothing, and neither builds strictly."""
    drafted = f"{case.name}-{patch.stem}" in DRAFTS
    case.original(patch, tmp_path / "data")
    shutil.copy(case.folder / "mkdocs.yml", tmp_path)
    (tmp_path / "content").mkdir()
    assert mkdocs("build", "--strict", cwd=tmp_path).returncode == 1
    assert not (tmp_path / "site").exists()
    assert mkdocs("build", cwd=tmp_path).returncode == (0 if drafted else 1)
    assert (tmp_path / "site").exists() is drafted
    said, _ = next(phrases(case.language).parts("draft/banner"))
    drafts = [page for page in (tmp_path / "site").rglob("*.html") if said in page.read_text("utf-8")]
    assert bool(drafts) is drafted


def test_the_annexes_are_numbered_as_those_of_the_original(site_of: Callable[[Case], Path]) -> None:
    """Elevaid's item on transfers is gone, those behind it have moved up, and annex D is back."""
    page = article(site_of(ELEVAID), "agreements/school")
    assert page is not None
    numbers = [heading.get("id", "") for heading in page.iter("h2", "h3")]
    assert [number for number in numbers if re.fullmatch("[a-d](-[0-9])?", number)] == ITEMS


def test_five_times_no_is_three_times(tmp_path: Path) -> None:
    """GoMentor says no to five topics; two of these are by law the mentor's own, and are done for the mentor."""
    GOMENTOR.original(GOMENTOR.defects / "original.yml", tmp_path / "data")
    assert _answers(tmp_path / "data") == ORIGINAL
    assert _answers(GOMENTOR.data) == CLEAN


def _answers(data: Path) -> list[str]:
    """Return the answers of a folder of facts, in the order of the topics."""
    topics = [read_plain(file) for file in (data / "guidance").glob("*.yml")]
    return [topic["answers"][0]["answer"] for topic in sorted(topics, key=lambda topic: int(topic["order"]))]


def test_the_table_has_the_answer_to_each_topic(site_of: Callable[[Case], Path]) -> None:
    """The page of the mentors starts with a table: each topic in its order, with its answer in a word."""
    page = article(site_of(GOMENTOR), "guidance/mentor")
    assert page is not None
    cells = [
        line(str(row.findall("td")[-1].text_content()))
        for row in page.find(".//table").iter("tr")
        if row.find("td") is not None
    ]
    assert cells == [WORDS[answer] for answer in CLEAN]


def test_no_word_of_another_language_is_left(site_of: Callable[[Case], Path]) -> None:
    """What the mentors' original had in Danish, or in words that neither language has, stands on no page."""
    for file in site_of(GOMENTOR).rglob("*.html"):
        text = file.read_text("utf-8").casefold()
        assert [words for words in RESIDUE if words in text] == [], file
