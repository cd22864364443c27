"""A processor added to an activity appears in every document concerned and no other; removed, it leaves all."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
import yaml
from tests.conftest import LANGUAGES, ROOT

from klartekst.documents import compose
from klartekst.model import Place

NAME = "Markblomst Tale ApS"
ACTIVITY = "pupil-counselling"


def with_party(folder: Path, activity: str | None, **more: str) -> Path:
    """Copy the demonstration's facts, with one more processor, used by an activity or by none."""
    shutil.copytree(ROOT / "data", folder, dirs_exist_ok=True)
    party = {
        "name": NAME,
        "capacity": "processor",
        "address": {"street": "Eksempelvej 99", "postcode": "9000", "city": "Aalborg", "country": "DK"},
        "tasks": dict.fromkeys(LANGUAGES, "markblomst"),
        "locations": ["DK"],
        "transfers": "none",
        **more,
    }
    (folder / "parties" / "markblomst.yml").write_text(yaml.safe_dump(party), encoding="utf-8")
    if activity:
        file = folder / "activities" / f"{activity}.yml"
        text = file.read_text("utf-8")
        file.write_text(text.replace("recipients:\n", "recipients:\n  - markblomst\n"), encoding="utf-8")
        assert file.read_text("utf-8") != text
    return folder


def documents_naming(folder: Path, words: str) -> set[tuple[str, str]]:
    """Return language and id of each document that has some words."""
    made = compose(folder, "data", LANGUAGES, (), Place("mkdocs.yml"))
    assert made.documents, made.findings
    return {(one.language, one.id) for one in made.documents.values() if words in one.body.replace("&#46;", ".")}


def concerned(folder: Path) -> set[str]:
    """Return the agreements under which the organisation carries out the activity, and that do not do without."""
    found = set[str]()
    for file in (folder / "agreements").glob("*.yml"):
        raw = yaml.safe_load(file.read_text("utf-8"))
        if raw["direction"] == "processor" and ACTIVITY in raw["activities"] and raw["authorisation"] == "general":
            found.add(file.stem)
    return found


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The facts with one more processor, in use for an activity that is done for others."""
    folder = with_party(tmp_path_factory.mktemp("used"), ACTIVITY)
    for file in (folder / "agreements").glob("*.yml"):
        raw = yaml.safe_load(file.read_text("utf-8"))
        if raw["authorisation"] == "specific" and ACTIVITY in raw["activities"]:
            because = dict.fromkeys(LANGUAGES, "Markblad.")
            raw["without"] = [*raw.get("without", ()), {"party": "markblomst", "because": because}]
            file.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    return folder


def test_a_processor_appears_in_statement_register_and_exactly_the_annexes_concerned(used: Path) -> None:
    """It is in the statement, among the recipients, in the register, and in annex B of the agreements concerned."""
    everywhere = {id for _, id in documents_naming(used, NAME)}
    agreements = {f"agreement-{id}" for id in concerned(used)}
    assert agreements
    assert {"statement", "processors", "sub-processors"} <= everywhere
    listed = {id for _, id in documents_naming(used, f"| {NAME} |")}
    assert listed == agreements
    for language in LANGUAGES:
        assert {id for code, id in documents_naming(used, NAME) if code == language} == everywhere


def test_a_processor_that_no_activity_uses_is_in_no_agreement_and_no_register(tmp_path: Path) -> None:
    """Removed from the activity, it leaves the statement, the register and every annex."""
    folder = with_party(tmp_path / "data", None)
    assert {id for _, id in documents_naming(folder, NAME)} == {"processors"}


def test_the_register_tells_the_earliest_day_and_an_earlier_one_is_an_error(used: Path, tmp_path: Path) -> None:
    """The longest notice of all agreements, counted from receipt, decides; the message names the day."""
    longest = max(
        int(yaml.safe_load((used / "agreements" / f"{id}.yml").read_text("utf-8"))["notice"].strip("PD"))
        for id in concerned(used)
    )
    shutil.copytree(used, tmp_path / "data")
    received = dt.date(2026, 11, 20)
    earliest = received + dt.timedelta(days=longest)
    party = tmp_path / "data" / "parties" / "markblomst.yml"
    text = party.read_text("utf-8") + f"notified: '{received}'\n"
    party.write_text(f"{text}since: '{earliest}'\n", encoding="utf-8")
    made = compose(tmp_path / "data", "data", ("en",), (), Place("mkdocs.yml"))
    body = made.documents["en", "sub-processors"].body
    assert f"{earliest.day} {earliest:%B %Y}" in body.split("sub-processor-markblomst")[1]
    party.write_text(f"{text}since: '{earliest - dt.timedelta(days=1)}'\n", encoding="utf-8")
    found = compose(tmp_path / "data", "data", ("en",), (), Place("mkdocs.yml")).findings
    line = len(party.read_text("utf-8").splitlines())
    assert [(one.rule, one.place.line, str(earliest) in one.message) for one in found] == [
        ("agreement/clock", line, True)
    ]
