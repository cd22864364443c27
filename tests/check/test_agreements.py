"""Agreements whose facts are odd: every defect of one run is reported at its line, and nothing raises."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from tests.check.patches import BASE, apply, copy_of_base
from tests.check.test_rules import findings
from tests.load.mutations import read_plain

from klartekst.adapters.cli import main
from klartekst.check import check
from klartekst.law import CUSTOM, templates
from klartekst.load import load
from klartekst.model import Agreement, Clauses, CustomOutline

FILES = sorted(file.relative_to(BASE).as_posix() for file in (BASE / "agreements").iterdir())
Patch = Mapping[str, Mapping[str, Any]]

BAD: Patch = {
    "agreements/school.yml": {"template": "dk-2021"},
    "agreements/union.yml": {"customer": "deleted"},
    "agreements/letters.yml": {"activities": ["newsletter", "school-concert"]},
    "parties/dove.yml": {"since": "2025-02-13"},
}
"""An unknown template, an agreement without a party, an activity in another capacity, a day that is too early."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the organisation that has no findings."""
    return copy_of_base(tmp_path / "data")


def patched(data: Path, patch: Patch) -> Path:
    """Return the folder, changed."""
    file = data.parent / "patch.yml"
    file.write_text(json.dumps(patch), encoding="utf-8")  # which is YAML without aliases
    apply(file, data)
    return data


def test_bad_input_is_reported_in_one_run_at_its_lines(data: Path) -> None:
    """All four defects stand in one list, each at its own line, with the way out."""
    result = CliRunner().invoke(main, ["check", str(patched(data, BAD))])
    lines = [line for line in result.output.splitlines() if " agreement/" in line]
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert [re.sub(r"^.*/data/", "", line).split(": ")[0] for line in lines] == [
        "agreements/letters.yml:34:5 agreement/capacity",
        "agreements/school.yml:12:1 agreement/template",
        "agreements/union.yml:7:1 agreement/party",
        "parties/dove.yml:15:1 agreement/clock",
    ]
    for line, words in zip(lines, ("Take it out", "dk-2020", "Give customer", "2025-02-14"), strict=True):
        assert words in line


@pytest.mark.parametrize("form", ["html", "md", "docx", "pdf"])
def test_bad_input_exports_nothing(data: Path, tmp_path: Path, form: str) -> None:
    """What is broken leaves no file behind, and says where to look."""
    target = tmp_path / f"agreement.{form}"
    before = sorted(tmp_path.iterdir())
    options = ["--data", str(patched(data, BAD)), "--language", "da", "--format", form, "-o", str(target)]
    result = CliRunner().invoke(main, ["export", "agreement", "school", *options])
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "klartekst check" in result.output
    assert sorted(tmp_path.iterdir()) == sorted([*before, data.parent / "patch.yml"])


def keys(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[str]:
    """Yield the path of everything in a file."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield ".".join(map(str, (*path, key)))
        if isinstance(item, dict | list):
            yield from keys(item, (*path, key))


def findings_with(data: Path, file: str, changes: Mapping[str, Any]) -> list[str]:
    """Return what is found with one file changed, and put it back."""
    found = findings(patched(data, {file: changes}))
    (data / file).write_bytes((BASE / file).read_bytes())
    return found


def test_whatever_is_left_out_of_an_agreement_raises_nothing(data: Path) -> None:
    """Each key and each item of each agreement is taken away in turn: what is said stands in a file of the data."""
    found = [(file, key) for file in FILES for key in keys(read_plain(BASE / file))]
    cases = [(file, key) for file, key in found if key[-3:] not in {".da", ".nb"}]
    assert len(cases) > 100
    for file, key in cases:
        for line in findings_with(data, file, {key: "deleted"}):
            named = re.match(r"data/(\S+):\d+:\d+ [a-z]+/[a-z-]+", line)
            assert named
            assert (data / named[1]).exists()


ODD: Mapping[str, tuple[Any, ...]] = {
    "direction": get_args(Agreement.model_fields["direction"].annotation),
    "template": (*templates(), CUSTOM, "unknown"),
    "outline": (
        None,
        CustomOutline(based_on="eu-2021-915", leave_out=("I", "II", "III", "IV")),
        CustomOutline(based_on="unknown"),
    ),
    "clauses": (None, Clauses(version="9", language="en")),
    "authorisation": ("general", "specific", None),
}


def test_whatever_does_not_fit_together_raises_nothing(data: Path) -> None:
    """Each direction with each template, outline and text is checked, with parties that do not belong to it."""
    register = load(data, "data").register
    assert register
    for agreement, *odd in product(register.agreements.values(), *ODD.values()):
        changed = agreement.model_copy(update=dict(zip(ODD, odd, strict=True)))
        found = check(replace(register, agreements={agreement.id: changed}))
        assert all(finding.place.file.startswith("data/") for finding in found)


RIGHT: Mapping[str, Patch] = {
    "a controller keeps its own data by several rules": {
        "activities/newsletter.yml": {"retention": ["membership", "photos", "accounts"]}
    },
    "a processor was approved before the agreement began, and in use for others": {
        "parties/dove.yml": {"since": "2024-01-01", "notified": "deleted"},
        "agreements/union.yml": {"approvals.0.date": "2024-08-15"},
    },
    "nobody declares from when another one uses its processor": {
        "parties/nest.yml": {"since": "2025-01-01"},
        "agreements/letters.yml": {"authorisation": "specific", "approvals": [{"party": "nest", "date": "2026-01-01"}]},
    },
    "a customer does without a processor, which starts before its notice has run": {
        "parties/dove.yml": {"since": "2025-02-03"},
        "agreements/school.yml": {
            "without": [{"party": "dove", "because": {"da": "Ingen lister.", "nb": "Ingen lister."}}]
        },
    },
    "a customer fills in its own name": {"customers.yml": {"schools.contacts": []}},
    "the commission has no blank for hours, and custom annexes keep their text": {
        "agreements/school.yml": {"template": "custom", "outline": {"based_on": "dk-2020", "leave_out": ["C.6"]}}
    },
}
"""What looks like a defect of the cases and is none."""


@pytest.mark.parametrize("patch", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_not_reported(data: Path, patch: Patch) -> None:
    """A rule that finds too much would make people delete what is true."""
    assert findings(patched(data, patch)) == []


def test_an_agreement_about_what_is_internal_is_checked_like_any_other(data: Path) -> None:
    """A customer, a party and an agreement that are internal are no reason for silence, nor for a traceback."""
    patch = {
        "customers.yml": {"lake-school.internal": "true", "lake-school.address": "deleted"},
        "agreements/school.yml": {"internal": "true"},
    }
    assert [line.split(": ")[0] for line in findings(patched(data, patch))] == [
        "data/customers.yml:1:1 agreement/customer"
    ]


@pytest.mark.parametrize("notice", ["P9999Y", "P7990Y9999M", "P7900Y9999W9999D"])
def test_a_notice_longer_than_the_calendar_is_a_finding(data: Path, notice: str) -> None:
    """A period that leads beyond the last day there is makes the start too early, and raises nothing."""
    (line,) = findings(patched(data, {"agreements/school.yml": {"notice": notice}}))
    assert "agreement/clock" in line
    assert "9999-12-31" in line


def test_no_agreement_at_all_is_nothing_to_report(data: Path) -> None:
    """Whoever has no agreement is asked for nothing that only agreements need."""
    for file in FILES:
        (data / file).unlink()
    patch = {
        "organisation.yml": {"address": "deleted", "sites.0.place": "online"},
        "parties/dove.yml": {"address": "deleted", "since": "deleted", "notified": "deleted"},
    }
    assert findings(patched(data, patch)) == []
