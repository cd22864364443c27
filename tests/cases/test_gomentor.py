"""A real platform's guidance for its mentors: every row of the case on a page, and every defect in a fact found."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.cases.coverage import NO_FACT, Case, Row, article, line
from tests.conftest import mkdocs
from tests.load.mutations import read_plain

from klartekst.documents import examine_all

CASE = Case("gomentor", "nb")
ROWS = 29

MARKED = {2, 3, 7, 9, 10, 12, 13, 16, 18, 22, 23}
"""The rows that the case marks as a defect of the original."""

ORIGINAL = ["no", "no", "depends", "no", "no", "no", "yes", "yes", "yes", "yes"]
"""What the original answers, topic by topic, as the last row of the case has it."""

CLEAN = ["no", "no", "depends", "no", "done-for-you", "done-for-you", "yes", "yes", "yes", "yes"]
"""What the clean copy answers: access and erasure are the mentor's own by law, whoever does the work."""

WORDS = {"no": "Nei", "done-for-you": "Vi gjør arbeidet", "yes": "Ja", "depends": "Det kommer an på situasjonen"}

RESIDUE = ["sidst opdateret", "retten til at", "læse mere", "lese mere", "konsekvensanalyse", "databehandlingsavtale"]
"""What stood on the Norwegian page and is Danish, or a word of nobody's."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the clean copy, built strictly."""
    return CASE.build(tmp_path_factory.mktemp("gomentor") / "project")


def answers(data: Path) -> list[str]:
    """Return the answers of a folder of facts, in the order of the topics."""
    topics = [read_plain(file) for file in (data / "guidance").glob("*.yml")]
    return [topic["answers"][0]["answer"] for topic in sorted(topics, key=lambda topic: int(topic["order"]))]


def test_the_clean_copy_has_nothing_to_mend() -> None:
    """Its facts are whole and agree, and what it tells the mentors is what the law says."""
    assert [str(finding) for finding in examine_all(CASE.data).findings] == []


def test_each_row_of_the_case_has_one_line() -> None:
    """The lines are numbered as the case is, and none is missing."""
    assert [row.number for row in CASE.rows()] == list(range(1, ROWS + 1))


def test_one_row_is_no_fact_and_says_why() -> None:
    """Whom the platform works with is advertising; all else is a fact."""
    left_out = [row for row in CASE.rows() if NO_FACT in row.paths]
    assert [row.number for row in left_out] == [26]
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
        {"paths": ("guidance/location.yml:answers.0.duties",)},
        {"paths": ("guidance/officer.yml:answers.0.remains",)},
        {"places": ("guidance/mentor#gone",)},
        {"places": ("guidance/gone#location",)},
        {"places": ("guidance/mentor#officer",)},
        {"words": ("Journal, e-post og kalender er alltid vårt ansvar",)},
    ],
    ids=["no-value", "other-value", "no-anchor", "no-page", "other-place", "other-words"],
)
def test_a_wrong_line_is_found(changes: dict[str, Any], site: Path) -> None:
    """A line with one wrong cell does not pass."""
    right = CASE.rows()[10]
    assert list(CASE.problems(right, site)) == []
    assert list(CASE.problems(replace(right, **changes), site)) != []


def test_five_times_no_is_three_times(tmp_path: Path) -> None:
    """The original says no to five topics; two of these are by law the mentor's own, and are done for the mentor."""
    CASE.original(CASE.defects / "original.yml", tmp_path / "data")
    assert answers(tmp_path / "data") == ORIGINAL
    assert answers(CASE.data) == CLEAN


def test_the_table_has_the_answer_to_each_topic(site: Path) -> None:
    """The page of the mentors starts with a table: each topic in its order, with its answer in a word."""
    page = article(site, "guidance/mentor")
    assert page is not None
    cells = [
        line(str(row.findall("td")[-1].text_content()))
        for row in page.find(".//table").iter("tr")
        if row.find("td") is not None
    ]
    assert cells == [WORDS[answer] for answer in CLEAN]


def test_no_word_of_another_language_is_left(site: Path) -> None:
    """What the original had in Danish, or in words that neither language has, stands on no page."""
    for file in site.rglob("*.html"):
        text = file.read_text("utf-8").casefold()
        assert [words for words in RESIDUE if words in text] == [], file


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


@pytest.mark.parametrize("patch", CASE.patches(), ids=lambda patch: patch.stem)
def test_the_original_is_not_built(patch: Path, tmp_path: Path) -> None:
    """What the law forbids to say is refused, even as a draft."""
    CASE.original(patch, tmp_path / "data")
    shutil.copy(CASE.folder / "mkdocs.yml", tmp_path)
    (tmp_path / "content").mkdir()
    assert mkdocs("build", cwd=tmp_path).returncode == 1
    assert not (tmp_path / "site").exists()
