"""Real cases: each row of one is followed from the data to the page, and each defect of its original to a finding."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import html
from tests.check.patches import apply
from tests.conftest import ROOT, mkdocs
from tests.load.mutations import read_plain

from klartekst.documents import examine_all
from klartekst.model import Finding
from klartekst.phrases import phrases

NO_FACT = "no fact of a privacy document"
APART = " … "
"""Parts words that stand apart."""


@dataclass(frozen=True)
class Row:
    """One line of COVERAGE.md."""

    number: int
    paths: tuple[str, ...]
    """`file.yml:key.path`, or `phrase:key` for the product's own words."""
    places: tuple[str, ...]
    """`page#anchor`."""
    words: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A real case: `NAME/` holds a site that says it without its defects, `NAME-original/` what changes it back."""

    name: str
    language: str
    """The one language of its site."""
    rows_in_all: int
    marked: frozenset[int]
    """The rows that the case marks as a defect of the original."""
    also_told: frozenset[int] = frozenset()
    """The rows in which we found a defect besides."""
    left_out: frozenset[int] = frozenset()
    """The rows that are no fact of a privacy document."""

    @property
    def folder(self) -> Path:
        """The project of the clean copy."""
        return ROOT / "tests" / "cases" / self.name

    @property
    def data(self) -> Path:
        """The facts of the clean copy."""
        return self.folder / "data"

    @property
    def defects(self) -> Path:
        """The folder with the patches, what they give, and DEFECTS.md."""
        return self.folder.with_name(f"{self.name}-original")

    def rows(self) -> list[Row]:
        """Return the lines of COVERAGE.md."""
        return [
            Row(int(number), tuple(paths.split(", ")), tuple(places.split(", ")), tuple(words.split(APART)))
            for number, paths, places, words in table(self.folder / "COVERAGE.md")
        ]

    def patches(self) -> list[Path]:
        """Return the changes that make the facts say what the original says."""
        return sorted(self.defects.glob("*.yml"))

    def build(self, folder: Path) -> Path:
        """Build the clean copy strictly, in a folder that is not there yet, and return its site."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("site"))
        result = mkdocs("build", "--strict", cwd=folder)
        assert result.returncode == 0, result.stdout + result.stderr
        return folder / "site"

    def problems(self, row: Row, site: Path) -> Iterator[str]:
        """Yield what is not true of a line: a path without a value, a place that is not there, words that are not."""
        values = {path: self.value_at(path) for path in row.paths}
        yield from (f"{path}: nothing stands there" for path, value in values.items() if value is None)
        texts = [part(site, place) for place in row.places]
        yield from (f"{place}: no such place" for place, text in zip(row.places, texts, strict=True) if text is None)
        yield from (f"{words!r}: not there" for words in row.words if not any(words in (text or "") for text in texts))
        for path, value in values.items():
            own = value.get(self.language) if isinstance(value, dict) else None
            if isinstance(own, str) and not any(overlap(words, own) for words in row.words):
                yield f"{path}: its words are not among those of the line"

    def value_at(self, path: str) -> Any:
        """Return what stands at a data path, or None."""
        file, _, keys = path.partition(":")
        if file == "phrase":
            texts = phrases(self.language).texts
            return {self.language: texts[keys]} if keys in texts else None
        value = _facts(self.data / file)
        for key in keys.split("."):
            try:
                value = value[int(key)] if isinstance(value, list) else value[key]
            except (KeyError, IndexError, TypeError, ValueError):
                return None
        return value

    def original(self, patch: Path, data: Path) -> list[Finding]:
        """Lay the clean copy out as a patch changes it, and return what is found in it."""
        shutil.copytree(self.data, data)
        for name in read_plain(patch):
            (data / name).parent.mkdir(exist_ok=True)
        apply(patch, data)
        return sorted(set(examine_all(data).findings))

    def lines(self, patch: Path, data: Path) -> tuple[str, str]:
        """Return the lines of what is found in the original, and those that were read and found right."""
        lines = "".join(f"{finding}\n" for finding in self.original(patch, data))
        expected = self.defects / f"expected-{patch.stem}.txt"
        if os.environ.get("KLARTEKST_WRITE_GOLDEN"):
            expected.write_text(lines, "utf-8")
        return lines, expected.read_text("utf-8")

    def told(self) -> list[list[str]]:
        """Return the lines of DEFECTS.md: row, defect, how the data says it, what finds it."""
        return table(self.defects / "DEFECTS.md")

    def rules_told(self) -> set[str]:
        """Return the rules that DEFECTS.md names."""
        return {rule for cells in self.told() for rule in re.findall(r"`([a-z]+/[a-z-]+)`", cells[3])}

    def rules_that_find(self) -> set[str]:
        """Return the rules that find something in the original."""
        found = "".join(file.read_text("utf-8") for file in self.defects.glob("expected-*.txt"))
        return set(re.findall(r"^\S+ ([a-z]+/[a-z-]+)(?: \(\w+\))?: ", found, re.MULTILINE))


def table(file: Path) -> list[list[str]]:
    """Return the cells of each line of a table that starts with the number of a row."""
    lines = (line for line in file.read_text("utf-8").splitlines() if re.match(r"\|\s*\d+\s*\|", line))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@cache
def _facts(file: Path) -> Any:
    """Return a file of facts as text, lists and maps; None where there is no such file."""
    return read_plain(file) if file.is_file() else None


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
