"""The JSON Schemas: valid, closed, and true of the demonstration data."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from tests.conftest import ROOT
from tests.load.mutations import dumped, plain, spoilt

from klartekst.adapters.cli import main
from klartekst.model import COLLECTIONS, FILES_OF_ONE
from klartekst.model.schema import schemas

DATA = ROOT / "data"
FILES = sorted(file.relative_to(DATA).as_posix() for file in DATA.rglob("*.yml"))
UNSEEN_BY_SCHEMA = {"language/missing", "language/unknown", "reference/unknown", "none"}
"""What only the loader can know: which languages and ids there are. `none` is no mistake."""


class _Editor(yaml.CSafeLoader):
    """Reads plain values as an editor does, by YAML 1.2."""


_Editor.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", "^(true|false)$", "tf"),
    ("int", "^[-+]?[0-9]+$", "-+0123456789"),
    ("null", "^(null|~|)$", "n~\0"),
):
    _Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), [*first, ""])


def schema_of(file: str) -> str:
    """Return the name of the schema of a data file."""
    return file.split("/")[0].removesuffix(".yml")


@cache
def validator(name: str) -> Draft202012Validator:
    """Return what an editor checks one kind of file with."""
    return Draft202012Validator(schemas()[name])


def mistakes(file: str, text: str) -> list[str]:
    """Return what a schema says of a file, as an editor would show it."""
    value: Any = yaml.load(text, Loader=_Editor)
    return [error.message for error in validator(schema_of(file)).iter_errors(value)]


@pytest.mark.parametrize("name", schemas())
def test_schemas_are_valid_and_closed(name: str) -> None:
    """Each is a JSON Schema, and refuses a key that nobody declared."""
    schema = schemas()[name]
    Draft202012Validator.check_schema(schema)
    assert schema["title"] == f"Klartekst: {name}"
    assert schema["additionalProperties"] is False
    assert all(part["additionalProperties"] is False for part in schema["$defs"].values())


def test_there_is_a_schema_for_each_kind_of_file() -> None:
    """The organisation and every collection have one; a thing with a file of its own needs its keys at the top."""
    assert set(schemas()) == {"organisation", *COLLECTIONS}
    assert all("required" in schemas()[name] for name in FILES_OF_ONE)
    assert schemas()["systems"]["$defs"]["System"]["properties"]["medium"]["enum"] == ["digital", "paper"]


@pytest.mark.parametrize("file", FILES)
def test_schemas_accept_the_demonstration(file: str) -> None:
    """An editor marks nothing in data that the loader accepts."""
    assert mistakes(file, (DATA / file).read_text(encoding="utf-8")) == []


def test_schemas_refuse_what_the_loader_refuses() -> None:
    """A key that is missing, misspelt or of a wrong type is marked in the editor already."""
    usual = {
        file: set(mistakes(file, dumped(tree))) for file, tree in plain().items()
    }  # in these, 1 and true are texts
    cases = [case for case in spoilt() if case.rule not in UNSEEN_BY_SCHEMA]
    accepted = {case.name for case in cases if not set(mistakes(case.file, case.text)) - usual[case.file]}
    assert len(cases) > 500
    assert accepted == FORMATS


FORMATS = {"Organisation.updated-is-text", "Transfer.checked-is-text", "Contact.email-is-text"}
"""What a schema states as a format, which editors check and this library leaves alone."""


@pytest.mark.parametrize("file", FILES)
def test_data_files_point_at_their_schema(file: str) -> None:
    """The first line of each file names its schema by a path that is right from where the file stands."""
    first = (DATA / file).read_text(encoding="utf-8").splitlines()[0]
    path = first.removeprefix("# yaml-language-server: $schema=")
    assert path != first
    assert (DATA / file).parent.joinpath(path).resolve() == DATA / ".schema" / f"{schema_of(file)}.json"


def test_schemas_in_the_demonstration_are_current(tmp_path: Path) -> None:
    """`klartekst schema` would write just what stands in data/.schema."""
    assert CliRunner().invoke(main, ["schema", str(tmp_path)]).exit_code == 0
    written = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in (tmp_path / ".schema").iterdir()}
    committed = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in (DATA / ".schema").iterdir()}
    assert committed == written
