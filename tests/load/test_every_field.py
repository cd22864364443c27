"""Every field of every model, spoilt in turn, is found at its place."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.load.mutations import DATA, Spoilt, homes, ids, models, spoilt

from klartekst.adapters.cli import main
from klartekst.check import RULES
from klartekst.load import Tree, read_tree
from klartekst.model import Place

CASES = list(spoilt())
LINE = re.compile(
    r"(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+) (?P<rule>[a-z]+/[a-z-]+)(?: \(\w+\))?: (?P<words>.+)"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration data, without the activities that no case spoils: each is read for every case."""
    data = shutil.copytree(DATA, tmp_path_factory.mktemp("spoilt") / "data")
    for activity in {f"activities/{id}.yml" for id in ids("activities")} - {case.file for case in CASES}:
        (data / activity).unlink()
    return data


@pytest.fixture
def result(case: Spoilt, folder: Path) -> Iterator[Result]:
    """What `klartekst check` says with one file spoilt."""
    file = folder / case.file
    file.write_text(case.text, encoding="utf-8")
    yield CliRunner().invoke(main, ["check", str(folder)])
    shutil.copy(DATA / case.file, file)


def test_every_model_is_in_the_demonstration() -> None:
    """There is no model without an instance, so that none goes untested."""
    assert [model.__name__ for model in models() if not homes()[model]] == []


@pytest.mark.parametrize("case", [case for case in CASES if case.rule != "none"], ids=lambda case: case.name)
def test_what_is_spoilt_is_found(case: Spoilt, result: Result, folder: Path) -> None:
    """A spoilt field is reported where it stands, with exit status 1 and without a traceback."""
    lines = [found for line in result.output.splitlines() if (found := LINE.fullmatch(line))]
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert len(lines) == len(result.output.splitlines())
    tree = read_tree(case.text.encode(), f"{folder}/{case.file}")
    allowed = _places(tree, case)
    here = [line for line in lines if Place(line["file"], int(line["line"]), int(line["column"])) in allowed]
    rules = {line["rule"] for line in here if case.words in line["words"]}
    assert case.rule in rules if case.rule else rules - set(RULES), result.output


def _places(tree: Tree, case: Spoilt) -> set[Place]:
    """Return the places at which the finding may stand: the key, or what is wrong behind it."""
    if case.rule:
        return {tree.key_place(case.path)}
    size = len(case.path)
    inside = {place for path, place in tree.values.items() if path[:size] == case.path}
    return {tree.key_place(case.path), *inside}


@pytest.mark.parametrize("case", [case for case in CASES if case.rule == "none"], ids=lambda case: case.name)
def test_what_may_be_left_out_is_not_asked_for(case: Spoilt, result: Result) -> None:
    """An optional field that is left out is nothing to the loader; only a rule may ask for it."""
    rules = {found["rule"] for line in result.output.splitlines() if (found := LINE.fullmatch(line))}
    assert rules <= set(RULES), result.output
    assert result.exit_code == bool(rules)
