"""Each rule by its case: what is bad, and the exact lines that say so."""

from pathlib import Path

import pytest
from tests.check.patches import CASES, apply, copy_of_base

from klartekst.check import RULES, Rule, check
from klartekst.check.rule import rule
from klartekst.load import load

PATCHES = sorted(CASES.rglob("bad*.yml"))


def findings(data: Path) -> list[str]:
    """Return the lines of all findings."""
    loaded = load(data, "data")
    found = check(loaded.register) if loaded.register else ()
    return [str(finding) for finding in sorted({*loaded.findings, *found})]


def rule_of(patch: Path) -> str:
    """Return the rule that a patch is a case of: its folder."""
    return patch.parent.relative_to(CASES).as_posix()


def test_the_base_has_no_findings(tmp_path: Path) -> None:
    """What a case adds to the base is all that is wrong with it."""
    assert findings(copy_of_base(tmp_path / "data")) == []


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: f"{rule_of(patch)}-{patch.stem}")
def test_what_is_bad_gives_exactly_the_lines_expected(patch: Path, tmp_path: Path) -> None:
    """A case gives the findings of its `expected.txt`, word for word, and its own rule is among them."""
    data = copy_of_base(tmp_path / "data")
    apply(patch, data)
    expected = patch.with_name(patch.name.replace("bad", "expected")).with_suffix(".txt").read_text(encoding="utf-8")
    assert findings(data) == expected.splitlines()
    assert f" {rule_of(patch)}: " in expected


def test_each_rule_has_a_case_and_each_case_a_rule() -> None:
    """The catalogue and the folders of cases agree, so that neither can rot."""
    assert {rule_of(patch) for patch in PATCHES} == set(RULES)


def test_each_case_has_its_lines_and_each_line_its_case() -> None:
    """Every `expected` file stands beside the `bad` file that it belongs to."""
    expected = {
        file.with_name(file.name.replace("expected", "bad")).with_suffix(".yml") for file in CASES.rglob("*.txt")
    }
    assert expected == set(PATCHES)


@pytest.mark.parametrize("one", RULES.values(), ids=lambda one: one.id)
def test_each_rule_explains_itself(one: Rule) -> None:
    """A rule says what, why with the article, what is bad and what is good, in this order."""
    text = one.explanation
    first = text.splitlines()[0]
    assert first.endswith(".")
    assert -1 < text.find("Why:") < text.find("Bad:") < text.find("Good:")
    assert "Art." in text


def test_a_rule_without_explanation_or_with_a_taken_id_is_refused() -> None:
    """The catalogue refuses what it could not explain, and a second rule of one id."""
    with pytest.raises(ValueError, match="docstring is missing"):
        rule("purpose/unexplained")(lambda register: iter(()))
    with pytest.raises(ValueError, match="the id is taken"):
        rule("purpose/basis")(RULES["purpose/basis"].find)
