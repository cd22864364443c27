"""Whatever stands in the files, loading them raises nothing and points into them."""

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.check.patches import CASES, apply, copy_of_base

from klartekst.check import check
from klartekst.load import load

PIECES = [
    "a: ",
    "da: ",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "&x ",
    "*x",
    "!!t ",
    "|\n",
    ">-\n",
    "'",
    '"',
    "#",
    "\t",
]
PIECES += [
    "? ",
    ": ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "<<: ",
    "~",
    "name",
    "none",
    "true",
    "\\e",
    "\\u202e",
    "æ",
    "\ufeff",
]
yaml_ish = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join).map(str.encode)
KEYS = ["name", "da", "nb", "purposes", "data", "internal", "elements", "id"]
KEYS += ["customer", "template", "outline", "clauses", "articles", "questions", "answers", "cases", "when", "duties"]
keys = st.sampled_from(KEYS) | st.text(max_size=4)
trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["none", "6.1.f", "clients"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
FILES = ["organisation.yml", "roles.yml", "categories.yml", "activities/supper.yml", "parties/hall.yml"]
FILES += ["customers.yml", "assistance.yml", "agreements/school.yml", "guidance/breach.yml"]
files = st.sampled_from(FILES)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small organisation that has no findings."""
    data = copy_of_base(tmp_path_factory.mktemp("any") / "data")
    apply(CASES / "guidance" / "good.yml", data)
    return data


def _load(data: Path, file: str, raw: bytes) -> None:
    """Load with one file replaced; every finding in it points at a line and column that it has."""
    before = (data / file).read_bytes() if (data / file).exists() else None
    (data / file).write_bytes(raw)
    loaded = load(data, "data")
    if loaded.register is not None:
        check(loaded.register)
    if before is None:
        (data / file).unlink()
    else:
        (data / file).write_bytes(before)
    rows = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in loaded.findings:
        assert len(str(finding).splitlines()) == 1
        if finding.place.file == f"data/{file}":
            assert finding.place.line <= len(rows), finding
            assert finding.place.column <= len(rows[finding.place.line - 1]) + 1, finding


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(file=files, raw=yaml_ish | st.binary(max_size=40))
def test_random_bytes_raise_nothing(data: Path, file: str, raw: bytes) -> None:
    """Bytes that look a little like YAML, or not at all, give findings at places that exist."""
    _load(data, file, raw)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(file=files, tree=trees)
def test_random_trees_raise_nothing(data: Path, file: str, tree: object) -> None:
    """Plain trees of any shape give findings at places that exist."""
    _load(data, file, yaml.safe_dump(tree, allow_unicode=True).encode())
