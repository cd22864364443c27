"""Each rule by its case: what is bad, and the exact lines that say so."""

import re
from pathlib import Path

import pytest
from tests.check.patches import CASES, apply, copy_of_base, start

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


@pytest.mark.parametrize("good", sorted(CASES.rglob("good.yml")), ids=lambda good: good.parent.name)
def test_what_the_cases_of_a_theme_start_from_has_no_findings(good: Path, tmp_path: Path) -> None:
    """What a theme adds to the base for all of its cases is right."""
    data = copy_of_base(tmp_path / "data")
    apply(good, data)
    assert findings(data) == []


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: f"{rule_of(patch)}-{patch.stem}")
def test_what_is_bad_gives_exactly_the_lines_expected(patch: Path, tmp_path: Path) -> None:
    """A case gives the findings of its `expected.txt`, word for word, and its own rule is among them."""
    data = copy_of_base(tmp_path / "data")
    start(patch, data)
    apply(patch, data)
    expected = patch.with_name(patch.name.replace("bad", "expected")).with_suffix(".txt").read_text(encoding="utf-8")
    assert findings(data) == expected.splitlines()
    assert re.search(rf" {rule_of(patch)}( \(\w+\))?: ", expected)


def test_each_rule_has_a_case_and_each_case_a_rule() -> None:
    """The catalogue and the folders of cases agree, so that neither can rot."""
    assert {rule_of(patch) for patch in PATCHES} == set(RULES)


def test_each_case_has_its_lines_and_each_line_its_case() -> None:
    """Every `expected` file stands beside the `bad` file that it belongs to."""
    expected = {
        file.with_name(file.name.replace("expected", "bad")).with_suffix(".yml") for file in CASES.rglob("*.txt")
    }
    assert expected == set(PATCHES)


EXPLANATION = re.compile(
    r"[A-Z][^\n]+\.\n\n    Why: (?P<why>.+?)\n\n    Bad: (?P<bad>.+?)\s+Good: (?P<good>.+)", re.DOTALL
)


@pytest.mark.parametrize("one", RULES.values(), ids=lambda one: one.id)
def test_each_rule_explains_itself(one: Rule) -> None:
    """A rule says what, why with the article, what is bad and what is good, in this order."""
    parts = EXPLANATION.fullmatch(one.explanation)
    assert parts
    assert "Art." in parts["why"]
    assert parts["bad"].rstrip(".") != parts["good"].rstrip(".")


LINES = sorted({line for file in CASES.rglob("*.txt") for line in file.read_text(encoding="utf-8").splitlines()})
LINE = re.compile(r"data/\S+:\d+:\d+ (?P<rule>[a-z]+/[a-z-]+)(?: \((?P<severity>\w+)\))?: (?P<message>.+)")
REMEDY = re.compile(
    r"[.:?] (Add|Appoint|Ask|Change|Check|Choose|Correct|Delete|Find|Give|Keep|Let|Move|Name|Narrow|Publish|Rename|Say|"
    r"See|Take|Use|Write) "
)
ARTICLE = re.compile(r"\((GDPR|Directive 2002/58/EC,) Art\. [1-9][^.]*(\.[^.]*)?\)\.$")


@pytest.mark.parametrize("line", LINES)
def test_each_message_says_what_to_do_and_by_which_article(line: str) -> None:
    """A message of a rule has the severity of its rule, a remedy in the imperative, and its article at the end."""
    found = LINE.fullmatch(line)
    assert found
    if found["rule"] in RULES:
        rule_ = RULES[found["rule"]]
        assert found["severity"] == (rule_.severity if rule_.severity in {"warning", "info"} else None)
        assert REMEDY.search(found["message"])
        assert ARTICLE.search(found["message"])
    else:
        assert found["rule"] == "language/missing"


SEVERITY = {"missing": "missing", "stray": "error", "contradicted": "error"}


def test_what_is_missing_may_be_built_and_what_contradicts_may_not() -> None:
    """A rule on a fact that is not stated lets a draft be built; one on a fact too many, or a false one, does not."""
    ends = {id: SEVERITY.get(id.split("/")[1]) for id in RULES}
    assert set(SEVERITY.values()) <= set(ends.values())
    assert {id: rule.severity for id, rule in RULES.items() if ends[id] not in {None, rule.severity}} == {}


def test_a_rule_without_explanation_or_with_a_taken_id_is_refused() -> None:
    """The catalogue refuses what it could not explain, and a second rule of one id."""
    with pytest.raises(ValueError, match="docstring is missing"):
        rule("purpose/unexplained")(lambda register: iter(()))
    with pytest.raises(ValueError, match="the id is taken"):
        rule("purpose/basis")(RULES["purpose/basis"].find)
