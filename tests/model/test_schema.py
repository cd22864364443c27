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
from pydantic import BaseModel
from tests.conftest import ROOT
from tests.load.mutations import dumped, fields, homes, models, spoilt, surroundings

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
_Editor.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))  # 0150 is no octal number


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
    assert {name for name, schema in schemas().items() if "properties" in schema} == {"organisation", *FILES_OF_ONE}
    assert schemas()["systems"]["$defs"]["System"]["properties"]["medium"]["enum"] == ["digital", "paper", "room"]


@pytest.mark.parametrize("file", FILES)
def test_schemas_accept_the_demonstration(file: str) -> None:
    """An editor marks nothing in data that the loader accepts."""
    assert mistakes(file, (DATA / file).read_text(encoding="utf-8")) == []


def test_schemas_refuse_what_the_loader_refuses() -> None:
    """A key that is missing, misspelt or of a wrong type is marked in the editor already."""
    cases = [case for case in spoilt() if case.rule not in UNSEEN_BY_SCHEMA]
    usual = {
        thing: set(mistakes(thing.file, dumped(surroundings(thing)[thing.file])))
        for thing in {case.thing for case in cases}
    }  # in these, a postcode may be a number
    accepted = {case.name for case in cases if not set(mistakes(case.file, case.text)) - usual[case.thing]}
    assert len(cases) > 1200
    assert accepted == FORMATS


FORMATS = {
    "Agreement.effective-is-text",
    "Approval.date-is-text",
    "Assessment.date-is-text",
    "Assurance.as_of-is-text",
    "Contact.email-is-text",
    "DocumentFacts.effective-is-text",
    "Duration.until-is-text",
    "Law.valid_to-is-text",
    "LegacyRule.before-is-text",
    "MainAgreement.date-is-text",
    "Organisation.updated-is-text",
    "Party.notified-is-text",
    "Party.since-is-text",
    "Transfer.checked-is-text",
}
"""What a schema states as a format, which editors check and this library leaves alone."""


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_schemas_explain_each_key(model: type[BaseModel]) -> None:
    """Each key of each model has its docstring in the schema of the file it stands in, so that an editor shows it."""
    schema = schemas()[homes()[model][0].thing.collection]
    found = next(part for part in (schema, *schema["$defs"].values()) if _describes(part, model))
    for key, field in fields(model).items():
        assert field.description, key
        assert found["properties"][key]["description"] == field.description


def _describes(schema: dict[str, Any], model: type[BaseModel]) -> bool:
    return list(schema.get("properties", ())) == list(fields(model)) and schema["description"] == model.__doc__


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
