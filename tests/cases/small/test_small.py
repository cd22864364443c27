"""A joiner in Norway, as small as a firm gets: whole, and how many lines that takes."""

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
from tests.conftest import ROOT, mkdocs
from tests.site.filling import fill_in, lines_of_check

from klartekst.documents import examine_all
from klartekst.start import answers, site_files

HERE = Path(__file__).parent
THREE = answers(
    {"name": "T", "short_name": "T", "country": "NO", "email": "t@trollmyr.example", "languages": "nb,da,en"}
)


def lines_of_yaml(project: Path) -> int:
    """Return how many lines an owner wrote: of all YAML files, without empty lines and comments."""
    files = [file for file in project.rglob("*.yml") if ".schema" not in file.parts]
    lines = [line.strip() for file in files for line in file.read_text("utf-8").splitlines()]
    return sum(bool(line) and not line.startswith("#") for line in lines)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the joiner's site that a test may change."""
    for name in ("data", "content"):
        shutil.copytree(HERE / name, tmp_path / "small" / name)
    shutil.copy(HERE / "mkdocs.yml", tmp_path / "small")
    return tmp_path / "small"


def test_the_small_firm_has_nothing_to_mend() -> None:
    """Its facts are whole, without a single finding."""
    assert examine_all(HERE / "data").findings == ()


def test_the_small_firm_is_built_strictly(small: Path) -> None:
    """`mkdocs build --strict` makes its site."""
    result = mkdocs("build", "--strict", cwd=small)
    assert result.returncode == 0, result.stderr
    assert "Trollmyr Snekkerverksted er behandlingsansvarlig" in (small / "site/privacy/index.html").read_text("utf-8")


def test_every_line_is_needed(small: Path) -> None:
    """No file is there for show: without any one of them the facts are not whole."""
    for file in sorted((small / "data").rglob("*.yml")):
        text = file.read_bytes()
        file.unlink()
        if file.parent.name != "activities":  # a firm that does less has less to say
            assert lines_of_check(small), file
        file.write_bytes(text)


def test_the_readme_tells_how_many_lines_a_small_firm_needs(small: Path) -> None:
    """Its figures, for one language and for three, are those that are measured, rounded to tens."""
    one = lines_of_yaml(small)
    facts = small / "data" / "organisation.yml"
    facts.write_text(facts.read_text("utf-8").replace("  - nb\n", "  - nb\n  - da\n  - en\n"), "utf-8")
    (small / "mkdocs.yml").write_text(site_files(THREE, dt.date(2026, 11, 25), None)["mkdocs.yml"], "utf-8")
    fill_in(small)
    told = re.findall(r"(\d+) lines of YAML", (ROOT / "README.md").read_text("utf-8"))
    assert told == [str(round(lines, -1)) for lines in (one, lines_of_yaml(small))]
