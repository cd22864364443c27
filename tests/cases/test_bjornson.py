"""A real firm's whole statement: every row of the case on a page, and every defect that facts can hold, found."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from tests.check.patches import apply
from tests.conftest import ROOT, mkdocs
from tests.load.mutations import read_plain

from klartekst.documents import examine_all
from klartekst.model import Finding
from klartekst.phrases import phrases

CASE = ROOT / "tests" / "cases" / "bjornson"
ORIGINAL = ROOT / "tests" / "cases" / "bjornson-original"
DATA = CASE / "data"

ROWS = 84
NO_FACT = "no fact of a privacy document"
APART = " … "
"""Parts words that stand apart."""

MARKED = {4, 12, 13, 21, 22, 28, 30, 32, 35, 38, 39, 41, 43, 44, 46, 48, 53, 54, 56, 61, 72, 74, 80, 83}
"""The rows that the case marks as a defect of the original."""


@dataclass(frozen=True)
class Row:
    """One line of COVERAGE.md."""

    number: int
    paths: tuple[str, ...]
    """`file.yml:key.path`, or `phrase:key` for the product's own words."""
    places: tuple[str, ...]
    """`page#anchor`."""
    words: tuple[str, ...]


def table(file: Path) -> list[list[str]]:
    """Return the cells of each line of a table that starts with the number of a row."""
    lines = (line for line in file.read_text("utf-8").splitlines() if re.match(r"\|\s*\d+\s*\|", line))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def rows() -> list[Row]:
    """Return the lines of COVERAGE.md."""
    return [
        Row(int(number), tuple(paths.split(", ")), tuple(places.split(", ")), tuple(words.split(APART)))
        for number, paths, places, words in table(CASE / "COVERAGE.md")
    ]


def problems(row: Row, site: Path) -> Iterator[str]:
    """Yield what is not true of a line: a path without a value, a place that is not there, words that are not."""
    values = {path: value_at(path) for path in row.paths}
    yield from (f"{path}: nothing stands there" for path, value in values.items() if value is None)
    texts = [part(site, place) for place in row.places]
    yield from (f"{place}: no such place" for place, text in zip(row.places, texts, strict=True) if text is None)
    yield from (f"{words!r}: not there" for words in row.words if not any(words in (text or "") for text in texts))
    for path, value in values.items():
        if isinstance(value, dict) and "nb" in value and not any(overlap(words, value["nb"]) for words in row.words):
            yield f"{path}: its words are not among those of the line"


def value_at(path: str) -> Any:
    """Return what stands at a data path, or None."""
    file, _, keys = path.partition(":")
    if file == "phrase":
        return {"nb": phrases("nb").texts[keys]} if keys in phrases("nb").texts else None
    value = facts(file)
    for key in keys.split("."):
        try:
            value = value[int(key)] if isinstance(value, list) else value[key]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return value


@cache
def facts(file: str) -> Any:
    """Return a file of the case as text, lists and maps; None where there is no such file."""
    return read_plain(DATA / file) if (DATA / file).is_file() else None


def overlap(words: str, text: str) -> bool:
    """Return whether words on a page are words of a fact, or hold them; the page may start them with a capital."""
    plain = line(re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", re.sub(r"(?m)^- ", "", text)).replace("*", ""))
    return words.casefold() in plain.casefold() or plain.rstrip(".").casefold() in words.casefold()


def line(text: str) -> str:
    """Return a text with each run of spaces as one."""
    return " ".join(text.split())


@cache
def article(site: Path, page: str) -> html.HtmlElement | None:
    """Return the text of a page, without what surrounds it."""
    file = site / ("index.html" if page == "index" else f"{page}/index.html")
    return html.document_fromstring(file.read_bytes()).find(".//article") if file.is_file() else None


@cache
def part(site: Path, place: str) -> str | None:
    """Return what stands under an anchor, up to the next heading of the same or a higher level; None if nothing is."""
    page, _, anchor = place.partition("#")
    whole = article(site, page)
    found = whole.xpath(".//*[@id=$anchor]", anchor=anchor) if whole is not None else []
    if not found or not _level(found[0]):
        return None
    return line("".join(_texts_under(found[0])))


def _texts_under(heading: html.HtmlElement) -> Iterator[str]:
    """Yield the texts after a heading, in the order of the page."""
    for text in heading.xpath("following::text()[ancestor::article]"):
        holder = text.getparent().getparent() if text.is_tail else text.getparent()
        if any(0 < _level(around) <= _level(heading) for around in (holder, *holder.iterancestors())):
            return
        yield str(text)


def _level(element: html.HtmlElement) -> int:
    """Return the level of a heading, or 0."""
    return int(element.tag[1]) if isinstance(element.tag, str) and re.fullmatch("h[1-6]", element.tag) else 0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the clean copy, built strictly."""
    folder = tmp_path_factory.mktemp("bjornson") / "project"
    shutil.copytree(CASE, folder, ignore=shutil.ignore_patterns("site"))
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site"


def test_the_clean_copy_has_nothing_to_mend() -> None:
    """Its facts are whole and agree, and its statement says them all."""
    assert [str(finding) for finding in examine_all(DATA).findings] == []


def test_each_row_of_the_case_has_one_line() -> None:
    """The lines are numbered as the case is, and none is missing."""
    assert [row.number for row in rows()] == list(range(1, ROWS + 1))


def test_few_rows_are_no_fact_and_each_of_those_says_why() -> None:
    """At most ten rows are left out, with a reason."""
    left_out = [row for row in rows() if NO_FACT in row.paths]
    assert len(left_out) <= 10
    assert all(row.words != ("",) for row in left_out)


def test_no_two_rows_share_their_words() -> None:
    """Each row is proved by words of its own."""
    count = Counter(words for row in rows() for words in row.words)
    assert [words for words, times in count.items() if times > 1] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row.number))
def test_a_row_stands_where_its_line_says(row: Row, site: Path) -> None:
    """The fact is in the data, the page has the anchor, and the words stand under it."""
    assert NO_FACT in row.paths or list(problems(row, site)) == []


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
    right = rows()[5]
    assert list(problems(right, site)) == []
    assert list(problems(replace(right, **changes), site)) != []


def original(patch: Path, data: Path) -> list[Finding]:
    """Lay the clean copy out as a patch changes it, and return what is found in it."""
    shutil.copytree(DATA, data)
    for name in read_plain(patch):
        (data / name).parent.mkdir(exist_ok=True)
    apply(patch, data)
    return sorted(set(examine_all(data).findings))


@pytest.mark.parametrize("patch", sorted(ORIGINAL.glob("*.yml")), ids=lambda patch: patch.stem)
def test_the_defects_of_the_original_are_found(patch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the original says gives exactly the lines that were read and found right."""
    monkeypatch.chdir(tmp_path)
    lines = "".join(f"{finding}\n" for finding in original(patch, Path("data")))
    expected = ORIGINAL / f"expected-{patch.stem}.txt"
    if os.environ.get("KLARTEKST_WRITE_GOLDEN"):
        expected.write_text(lines, "utf-8")
    assert lines == expected.read_text("utf-8")


def test_each_defect_is_told_and_each_rule_it_names_finds_something() -> None:
    """DEFECTS.md has the rows that the case marks, and the rules it names are those that find something."""
    defects = table(ORIGINAL / "DEFECTS.md")
    assert {int(cells[0]) for cells in defects} >= MARKED
    named = {rule for cells in defects for rule in re.findall(r"`([a-z]+/[a-z-]+)`", cells[3])}
    found = "".join(file.read_text("utf-8") for file in ORIGINAL.glob("expected-*.txt"))
    assert named == set(re.findall(r"^\S+ ([a-z]+/[a-z-]+)(?: \(\w+\))?: ", found, re.MULTILINE))


@pytest.mark.parametrize(("patch", "plainly"), [("original.yml", 0), ("refused.yml", 1)])
def test_the_original_is_at_most_a_draft(patch: str, plainly: int, tmp_path: Path) -> None:
    """What is not stated makes a draft that says so, what is wrong makes nothing, and neither builds strictly."""
    original(ORIGINAL / patch, tmp_path / "data")
    shutil.copy(CASE / "mkdocs.yml", tmp_path)
    (tmp_path / "content").mkdir()
    assert mkdocs("build", "--strict", cwd=tmp_path).returncode == 1
    assert not (tmp_path / "site").exists()
    assert mkdocs("build", cwd=tmp_path).returncode == plainly
    drafts = [page for page in (tmp_path / "site").rglob("*.html") if "Dette er et utkast" in page.read_text("utf-8")]
    assert bool(drafts) is (plainly == 0)
