"""Every field of every model, spoilt in turn, is found at its place."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.load.mutations import DATA, Spoilt, Thing, dumped, homes, models, reference, spoilt, surroundings
from tests.load.mutations import fields as fields_of

from klartekst.adapters.cli import main
from klartekst.check import RULES
from klartekst.load import Tree, read_tree
from klartekst.model import COLLECTIONS, Place

CASES = list(spoilt())
LINE = re.compile(
    r"(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+) "
    r"(?P<rule>[a-z]+/[a-z-]+)(?: \((?P<severity>\w+)\))?: (?P<words>.+)"
)


@pytest.fixture(scope="module")
def folder_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Thing], Path]:
    """Return the folder in which a thing can be loaded; each is written once."""
    made: dict[Thing, Path] = {}

    def folder(thing: Thing) -> Path:
        if thing not in made:
            made[thing] = tmp_path_factory.mktemp("spoilt") / "data"
            for file, value in surroundings(thing).items():
                (made[thing] / file).parent.mkdir(parents=True, exist_ok=True)
                (made[thing] / file).write_text(dumped(value), encoding="utf-8")
        return made[thing]

    return folder


@pytest.fixture
def folder(case: Spoilt, folder_of: Callable[[Thing], Path]) -> Path:
    """The folder of a case."""
    return folder_of(case.thing)


@pytest.fixture
def result(case: Spoilt, folder: Path) -> Iterator[Result]:
    """What `klartekst check` says with one file spoilt."""
    file = folder / case.file
    before = file.read_bytes()
    file.write_text(case.text, encoding="utf-8")
    yield CliRunner().invoke(main, ["check", str(folder)])
    file.write_bytes(before)


@pytest.mark.parametrize("thing", sorted({case.thing for case in CASES}), ids=lambda thing: f"{thing.file}-{thing.id}")
def test_what_is_not_spoilt_loads(thing: Thing, folder_of: Callable[[Thing], Path]) -> None:
    """The small folder of each thing has no mistake of its own: what a case reports comes from what it spoils."""
    found = [
        line for line in _lines(CliRunner().invoke(main, ["check", str(folder_of(thing))])) if line["severity"] is None
    ]
    assert [line[0] for line in found] == []


NOT_IN_THE_DEMONSTRATION = {"Representative", "CustomOutline"}
"""What an organisation inside the EEA cannot have, and annexes that no template knows."""


def test_every_model_is_in_the_demonstration() -> None:
    """There is no model without an instance, so that none goes untested."""
    assert [model.__name__ for model in models() if not homes()[model]] == []
    elsewhere = {model.__name__ for model in models() if all(home.thing.folder != DATA for home in homes()[model])}
    assert elsewhere == NOT_IN_THE_DEMONSTRATION


def test_every_field_is_spoilt() -> None:
    """Each field of each model is spoilt in several ways, each reference dangles, and no name stands for two cases."""
    names = [case.name for case in CASES]
    assert len(names) == len(set(names)) > 1800
    every = [(model, key, field) for model in models() for key, field in fields_of(model).items()]
    assert {f"{model.__name__}.{key}" for model, key, _ in every} == {name.split("-")[0] for name in names}
    referring = {f"{model.__name__}.{key}" for model, key, field in every if reference(field)}
    assert {name.split("-")[0] for name in names if name.endswith("-dangling")} == referring
    assert len(referring) > 30
    assert {case.thing.collection for case in CASES} == {"organisation", *COLLECTIONS}


@pytest.mark.parametrize("case", [case for case in CASES if case.rule != "none"], ids=lambda case: case.name)
def test_what_is_spoilt_is_found(case: Spoilt, result: Result, folder: Path) -> None:
    """A spoilt field is reported where it stands, with exit status 1 and without a traceback."""
    lines = _lines(result)
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert len(lines) == len(result.output.splitlines())
    tree = read_tree(case.text.encode(), f"{folder}/{case.file}")
    allowed = _places(tree, case)
    here = [line for line in lines if Place(line["file"], int(line["line"]), int(line["column"])) in allowed]
    rules = {line["rule"] for line in here if case.words in line["words"]}
    assert case.rule in rules if case.rule else rules - set(RULES), result.output


def _lines(result: Result) -> list[re.Match[str]]:
    """Return the lines of a result that are findings."""
    return [found for line in result.output.splitlines() if (found := LINE.fullmatch(line))]


def _places(tree: Tree, case: Spoilt) -> set[Place]:
    """Return the places at which the finding may stand: the key, or what is wrong behind it."""
    if case.rule:
        return {tree.key_place(case.path)}
    size = len(case.path)
    inside = {place for path, place in tree.values.items() if path[:size] == case.path}
    return {tree.key_place(case.path), *inside}


@pytest.mark.parametrize("case", [case for case in CASES if case.rule == "none"], ids=lambda case: case.name)
def test_what_may_be_left_out_is_not_asked_for(case: Spoilt, result: Result) -> None:
    """An optional field that is left out is nothing to the loader; only a rule or a document may ask for it."""
    lines = _lines(result)
    asking = {line["rule"] for line in lines if not line["rule"].startswith(("document/", "coverage/"))}
    assert asking <= set(RULES), result.output
    assert len(lines) == len(result.output.splitlines()), result.output
    assert result.exit_code == any(line["severity"] is None for line in lines)
