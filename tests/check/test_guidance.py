"""Guidance: what mends each bad case, what its rules say of any questions and cases, and bad facts in real data."""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.check.patches import BASE, CASES, apply, copy_of_base, start
from tests.check.test_agreements import Patch, patched
from tests.check.test_rules import findings
from tests.load.mutations import DATA

from klartekst.adapters.cli import main
from klartekst.check import RULES
from klartekst.load import load, read_tree
from klartekst.model import Label, Prose, Register, Topic

# -- what mends a case -------------------------------------------------------------------------------------------------

ACCESS, BREACH, ROLES, ORGANISATION = "guidance/access.yml", "guidance/breach.yml", "roles.yml", "organisation.yml"
WORDS = {"da": "Ord.", "nb": "Ord."}
STEPS = [{"actions": [WORDS]}]
NUMBER = {"da": "Ring til [112](tel:112).", "nb": "Ring til [112](tel:112)."}


def _no(role: str) -> Mapping[str, Any]:
    return {"role": role, "answer": "no", "because": WORDS}


MENDED: Mapping[str, Patch] = {
    "role/bad": {
        ROLES: {"chair.guidance": {"name": WORDS, "capacity": "staff"}},
        BREACH: {"answers.1": _no("chair")},
    },
    "twice/bad": {ACCESS: {"answers.2": "deleted"}},
    "unanswered/bad": {ACCESS: {"answers.1": _no("singer")}},
    "unanswered/bad-two": {ACCESS: {"answers.1": _no("singer"), "answers.2": _no("parent")}},
    "depends/bad": {BREACH: {"answers.1.answer": "no"}},
    "depends/bad-cases": {BREACH: {"answers.1.cases": "deleted"}},
    "depends/bad-duties": {BREACH: {"answers.1.duties": "deleted"}},
    "question/bad": {BREACH: {"answers.1.cases.1.when": {"whose": ["own"]}}},
    "question/bad-answer": {BREACH: {"answers.1.cases.0.when": {"whose": ["choir", "school"]}}},
    "cases/bad": {BREACH: {"answers.1.cases.1.when": {"whose": ["school", "own"]}}},
    "cases/bad-overlap": {BREACH: {"answers.1.cases.1": "deleted"}},
    "cases/bad-both": {
        BREACH: {
            "answers.1.cases.0.when": {"whose": ["choir"]},
            "answers.1.cases.1.when": {"whose": ["school", "own"], "copy": ["here", "there"]},
        }
    },
    "cases/bad-many": {BREACH: {"answers.1.cases.0.when": {"first": [f"a{n:02}" for n in range(1, 13)]}}},
    "agreement/bad": {ROLES: {"school.guidance.agreements": ["school", "letters"]}},
    "agreement/bad-settled": {BREACH: {"answers.1.cases.0.duties.0.settled_by": {"measures": ["order"]}}},
    "holds/bad": {
        "measures.yml": {"order.status": "in-place"},
        "assurances.yml": {"calm.holds": "yes"},
        "agreements/school.yml": {"duration": {"ends": "notice"}},
    },
    "channel/bad": {ORGANISATION: {"rights.self_service": {"portability": WORDS}}},
    "facts/bad": {ACCESS: {"answers.0.rests_on": {"measures": ["order"]}}},
    "facts/bad-remains": {
        ACCESS: {"answers.0.remains": WORDS},
        BREACH: {"answers.1.cases.0.remains": WORDS, "answers.1.cases.0.rests_on": {"systems": ["cabinet"]}},
    },
    "actions/bad": {BREACH: {"answers.0.duties": STEPS}},
    "actions/bad-no": {BREACH: {"answers.1.cases.1.duties.0.optional": "true"}},
    "deadline/bad": {BREACH: {"answers.0.duties.0.runs_from": WORDS}},
    "deadline/bad-open": {BREACH: {"answers.0.duties.0.deadline": "P2D"}},
    "shows/bad": {
        ROLES: {"school.guidance.activities": ["school-concert"], "officer": {"name": WORDS}},
        ORGANISATION: {
            "data_protection_officer": {"appointed": "true", "role": "officer", "contact": {"email": "x@choir.example"}}
        },
    },
    "shows/bad-self-service": {
        ORGANISATION: {"rights.self_service": {"access": WORDS}},
        ACCESS: {"answers.0.rests_on": {"agreements": ["school"], "self_service": ["access"]}},
    },
    "shows/bad-unlisted": {"agreements/school.yml": {"visibility": "public"}},
    "own-duty/bad": {ACCESS: {"answers.0.answer": "done-for-you"}},
    "own-duty/bad-paragraph": {BREACH: {"articles": ["33.2"]}},
    "own-duty/bad-depends": {BREACH: {"answers.0.cases.0.answer": "yes", "answers.0.cases.0.duties": STEPS}},
    "own-duty/bad-processor": {BREACH: {"articles": ["34"]}},
    "own-duty/bad-advice": {BREACH: {"answers.0.duties.0.optional": "false"}},
    "actions/bad-nobody": {BREACH: {"answers.0.duties.0.owner": "both"}},
    "crisis/bad-word": {BREACH: {"emergency": NUMBER}},
    "condition/bad-portability": {ACCESS: {"answers.0.duties.0.when": WORDS}},
    "condition/bad": {BREACH: {"answers.0.duties.0.when": WORDS}},
    "processor-notifies/bad": {BREACH: {"answers.0.duties.0.owner": "role"}},
    "processor-notifies/bad-processor": {BREACH: {"answers.0.duties.0.article": "33.2"}},
    "too-late/bad": {
        BREACH: {"answers.0.duties.0.deadline": "P3D"},
        ACCESS: {"answers.0.duties.0.deadline": "P4W"},
    },
    "too-late/bad-request": {
        ACCESS: {"answers.0.duties.0.deadline": "P1M", "answers.0.duties.1.deadline": "P28D"},
        BREACH: {"answers.0.duties.0.deadline": "PT72H"},
    },
    "crisis/bad": {BREACH: {"emergency": NUMBER}},
    "crisis/bad-theirs": {ROLES: {"school.guidance.serves": ["SE"]}},
    "storage/bad": {"sites.yml": {"website.storage.0.name": "klartekst-ticks"}},
}
"""What the message of each bad case asks for."""


def test_each_case_has_what_mends_it() -> None:
    """No case of guidance stands without the way out."""
    cases = (file.relative_to(CASES / "guidance") for file in (CASES / "guidance").rglob("bad*.yml"))
    assert set(MENDED) == {file.with_suffix("").as_posix() for file in cases}


@pytest.mark.parametrize("case", MENDED)
def test_what_a_message_asks_for_mends_the_case(case: str, tmp_path: Path) -> None:
    """Whoever does what the message says has no finding left."""
    data = copy_of_base(tmp_path / "data")
    bad = CASES / "guidance" / f"{case}.yml"
    start(bad, data)
    apply(bad, data)
    assert findings(patched(data, MENDED[case])) == []


@pytest.mark.parametrize("place", ["answers.0.rests_on", "answers.0.duties.0.settled_by"])
def test_what_rests_on_facts_names_one(place: str, tmp_path: Path) -> None:
    """An empty map of facts would pass for facts; it is refused where it stands."""
    data = copy_of_base(tmp_path / "data")
    apply(CASES / "guidance" / "good.yml", data)
    assert findings(data) == []
    file = ACCESS if place.endswith("rests_on") else BREACH
    found = findings(patched(data, {file: {place: {}}}))
    assert [line for line in found if " shape/value: " in line and "name at least one fact" in line]


# -- any questions and cases -------------------------------------------------------------------------------------------

Some = dict[str, list[str]]
"""Answers by question: all that a question has, or those for which a case holds."""
Combinations = set[frozenset[tuple[str, ...]]]


def _any_case(questions: Some) -> st.SearchStrategy[Some]:
    """Draw a case that holds for some answers to some questions."""
    some = {id: st.lists(st.sampled_from(every), min_size=1, unique=True) for id, every in questions.items()}
    return st.fixed_dictionaries({}, optional=some).filter(bool)


@st.composite
def shared_out(draw: st.DrawFn) -> tuple[Some, list[Some]]:
    """Draw questions, and cases that share out their answers: one case is split in two, again and again."""
    sizes = draw(st.lists(st.integers(2, 3), min_size=1, max_size=3))
    questions = {f"q{n}": [f"a{m}" for m in range(size)] for n, size in enumerate(sizes)}
    cases: list[Some] = [{"q0": questions["q0"]}]
    for _ in range(draw(st.integers(0, 5))):
        case = cases.pop(draw(st.integers(0, len(cases) - 1)))
        id = draw(st.sampled_from(sorted(questions)))
        free = case.get(id, questions[id])
        size = draw(st.integers(1, len(free)))
        cases += [{**case, id: part} for part in (free[:size], free[size:]) if part]
    return questions, draw(st.permutations(cases))


@st.composite
def any_cases(draw: st.DrawFn) -> tuple[Some, list[Some]]:
    """Draw questions, and cases that may leave out or hold twice what they like."""
    questions, cases = draw(shared_out())
    more = draw(st.lists(_any_case(questions), max_size=2))
    kept = cases[draw(st.integers(0, 2)) :]
    return questions, draw(st.permutations([*kept, *more] or cases))


@cache
def _base() -> Register:
    register = load(BASE).register
    assert register
    return register


def _said(questions: Some, cases: list[Some]) -> dict[int | None, str]:
    """Return what the rule says: of each case by its index, and under None of what is left out."""
    label, prose = Label({"da": "Ord"}), Prose({"da": "Ord."})
    values = {
        "id": "topic",
        "order": "1",
        "title": label,
        "what": prose,
        "questions": {id: {"text": label, "answers": dict.fromkeys(every, label)} for id, every in questions.items()},
        "answers": ({"role": "chair", "answer": "depends", "because": prose, "cases": tuple(map(_case, cases))},),
    }
    register = replace(_base(), guidance={"topic": Topic.model_validate(values)})
    said = [(_index(path), message) for path, message in RULES["guidance/cases"].find(register)]
    assert len(dict(said)) == len(said)
    return dict(said)


def _case(when: Some) -> dict[str, Any]:
    return {"when": {id: tuple(some) for id, some in when.items()}, "answer": "yes", "because": Prose({"da": "Ord."})}


def _index(path: tuple[int | str, ...]) -> int | None:
    """Return which case a path leads to; None for all of them."""
    assert path[:5] == ("guidance", "topic", "answers", 0, "cases")
    assert path[5:] == () or path[6:] == ("when",)
    return int(path[5]) if path[5:] else None


def _read_by_force(questions: Some, cases: list[Some]) -> dict[int | None, Combinations]:
    """Return which combinations each case holds for that an earlier one does, and under None those of no case."""
    asked = [id for id in questions if any(id in case for case in cases)]
    found: dict[int | None, Combinations] = {}
    for answers in product(*questions.values()):
        chosen = dict(zip(questions, answers, strict=True))
        holding = [n for n, case in enumerate(cases) if all(chosen[id] in some for id, some in case.items())]
        for index in holding[1:] if holding else [None]:
            found.setdefault(index, set()).add(frozenset((id, chosen[id]) for id in asked))
    return found


MESSAGE = re.compile(r"(?:no case for|an earlier case holds for) (.+?)(?:; and (\d+) more)?(?: already)?\. [AN].*")


def _named(message: str) -> tuple[Combinations, int]:
    """Return the combinations that a message names, and how many it speaks of."""
    found = MESSAGE.fullmatch(message)
    assert found
    named = [frozenset(tuple(one.split(": ")) for one in text.split(" and ")) for text in found[1].split("; ")]
    assert len(set(named)) == len(named) <= 3
    return set(named), len(named) + int(found[2] or 0)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(drawn=any_cases())
def test_a_combination_is_reported_exactly_where_it_is_left_out_or_held_twice(drawn: tuple[Some, list[Some]]) -> None:
    """What is read one combination after the other is what the rule says: no more, no less, each at its case."""
    expected = _read_by_force(*drawn)
    said = {index: _named(message) for index, message in _said(*drawn).items()}
    sizes = {index: len(combinations) for index, combinations in expected.items()}
    assert {index: size for index, (_, size) in said.items()} == sizes
    assert all(named <= expected[index] for index, (named, _) in said.items())


@settings(max_examples=100, deadline=None, derandomize=True)
@given(drawn=shared_out())
def test_cases_that_share_out_all_answers_are_right(drawn: tuple[Some, list[Some]]) -> None:
    """However the answers are shared out between the cases, nothing is said."""
    assert _said(*drawn) == {}


@pytest.mark.parametrize(("sizes", "is_too_much"), [((10, 10, 10), False), ((7, 11, 13), True), ((2,) * 40, True)])
def test_more_combinations_than_anybody_could_decide_about_are_not_gone_through(
    sizes: tuple[int, ...], is_too_much: bool
) -> None:
    """A thousand combinations are read; of more, one finding says that they are too many, and at once."""
    questions = {f"q{n}": [f"a{m}" for m in range(size)] for n, size in enumerate(sizes)}
    messages = list(_said(questions, [questions]).values())
    assert [" combinations, more than the 1000 " in message for message in messages] == [True] * is_too_much


# -- bad facts in the demonstration ------------------------------------------------------------------------------------


@pytest.fixture
def demonstration(tmp_path: Path) -> Path:
    """A copy of the facts of the demonstration."""
    return shutil.copytree(DATA, tmp_path / "data")


def checked(data: Path) -> list[str]:
    """Return what `klartekst check` says of facts that are bad: lines with a place, and no traceback."""
    result = CliRunner().invoke(main, ["check", str(data)])
    assert (result.exit_code, type(result.exception)) == (1, SystemExit), result.output
    lines = [line.removeprefix(f"{data.as_posix()}/") for line in result.output.splitlines()]
    assert [line for line in lines if not re.match(r"[\w/-]+\.yml:\d+:\d+ [a-z]+/[a-z-]+( \(\w+\))?: .", line)] == []
    return lines


def _lines_with(data: Path, text: str) -> Iterator[str]:
    """Yield where a line of text stands below the data: the file and its number."""
    for file in sorted(data.rglob("*.yml")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() == text:
                yield f"{file.relative_to(data).as_posix()}:{number}"


def test_each_answer_that_rests_on_a_deleted_agreement_is_reported(demonstration: Path) -> None:
    """Without the agreement with the clinic, each answer that names it and the role that has it are findings."""
    expected = list(_lines_with(demonstration, "- fjellbrisen"))
    register = load(demonstration).register
    assert register
    resting = {id for id, topic in register.guidance.items() if "fjellbrisen" in str(topic.answers)}
    assert {place.split(":")[0] for place in expected} == {"roles.yml", *(f"guidance/{id}.yml" for id in resting)}
    assert len(resting) > 5
    (demonstration / "agreements/fjellbrisen.yml").unlink()
    lines = checked(demonstration)
    assert [re.sub(r":\d+ .*", "", line) for line in lines] == expected
    for line in lines:
        assert ' reference/unknown: "fjellbrisen" is not declared in agreements/fjellbrisen.yml. Known: ' in line


def test_an_assurance_that_denies_the_sub_processors_is_reported(demonstration: Path) -> None:
    """Whoever says that nobody else has the data, and has a sub-processor, finds both places in one line."""
    with (demonstration / "assurances.yml").open("a", encoding="utf-8") as file:
        file.write("alone:\n  claim:\n    da: Vi er alene.\n    nb: Vi er alene.\n    en: We are alone.\n")
        file.write("  about: sub-processors\n")
    (place,) = _lines_with(demonstration, "about: sub-processors")
    (line,) = checked(demonstration)
    assert line.startswith(f"{place}:3 assurance/contradicted: this denies sub-processors, and ")
    assert re.search(r"data/parties/[a-z-]+\.yml:\d+:1 says otherwise\. Delete one, ", line)


SPOILT: Mapping[str, tuple[str, str, str, str]] = {
    "an unknown role": (
        "access",
        "role: employee",
        "role: employe",
        'reference/unknown: "employe" is not declared in roles.yml. Did you mean "employee"?',
    ),
    "an unknown word for an answer": (
        "access",
        "answer: done-for-you",
        "answer: done-for-us",
        'shape/value: answers.0.answer: "done-for-us" is not one of no, done-for-you, yes, depends. Did you mean "done',
    ),
    "a case that depends": (
        "access",
        '        answer: "yes"',
        "        answer: depends",
        'shape/value: answers.3.cases.1.answer: "depends" is not one of no, done-for-you, yes.',
    ),
    "a truth value for an answer": (
        "access",
        'answer: "yes"',
        "answer: true",
        'shape/value: answers.2.answer: "true" is not one of no, done-for-you, yes, depends.',
    ),
    "an unknown key of a topic": (
        "access",
        "we_do:",
        "we_does:",
        'shape/unknown-key: "we_does" is not a key here. Did you mean "we_do"?',
    ),
    "an unknown key of a duty": (
        "breach",
        "effort: PT2H",
        "efforts: PT2H",
        'shape/unknown-key: "efforts" is not a key here. Did you mean "effort"?',
    ),
    "a case with an unknown question": (
        "access",
        "origin:(?=\n +- own)",
        "origins:",
        'guidance/question: "origins" is no question of this topic. Known: origin. Correct it, or add it',
    ),
    "a case with an unknown answer": (
        "access",
        "- lindeby",
        "- lindby",
        'guidance/question: "lindby" is no answer to "origin". Known: lindeby, own. Correct it, or add it',
    ),
    "a deadline in words": (
        "breach",
        "deadline: PT72H",
        "deadline: 72 hours",
        'shape/value: answers.0.duties.0.deadline: "72 hours": how long is an ISO 8601 duration down to minutes: P1M, ',
    ),
    "a deadline without its unit": (
        "breach",
        "deadline: PT72H",
        "deadline: 72",
        'shape/value: answers.0.duties.0.deadline: "72": how long is an ISO 8601 duration down to minutes: P1M, ',
    ),
    "an order in words": (
        "access",
        "order: 4",
        "order: first",
        'shape/value: order: "first": an order is a whole number from 1 to 999.',
    ),
    "an empty list of answers": (
        "access",
        "(?s)\nanswers:.*",
        "\nanswers: []\n",
        "shape/value: answers: an empty list stands where at least one item is expected. What it says: ",
    ),
    "answers that are nothing": (
        "access",
        "(?s)\nanswers:.*",
        "\nanswers: # later\n",
        "shape/nothing: nothing stands here. Write the value, or delete the line if it may be left out",
    ),
    "a question without answers": (
        "access",
        r"answers:\n +lindeby:(\n +\w+: .*)+\n +own:(\n +\w+: .*)+",
        "answers: {}",
        "shape/value: questions.origin.answers: an empty map stands where at least 2 items are expected.",
    ),
}
"""What is wrong, in which topic; what stands there as a pattern, what stands there then, and what is said of it."""


@pytest.mark.parametrize("kind", SPOILT)
def test_bad_guidance_is_one_message_at_its_line(kind: str, demonstration: Path) -> None:
    """A mistake in a topic is said once, where it stands, with what may stand there."""
    topic, pattern, new, expected = SPOILT[kind]
    file = demonstration / f"guidance/{topic}.yml"
    before = file.read_text(encoding="utf-8")
    after = re.sub(pattern, new, before, count=1)
    lines = zip(before.splitlines(), after.splitlines(), strict=False)
    number = next(number for number, (old, line) in enumerate(lines, 1) if old != line)
    file.write_text(after, encoding="utf-8")
    (line,) = checked(demonstration)
    assert re.match(rf"guidance/{topic}\.yml:{number}:\d+ {re.escape(expected)}", line), line


TEXTS = (
    "title",
    "what",
    "we_do",
    "words",
    "examples.1",
    "questions.origin.text",
    "questions.origin.answers.own",
    "answers.0.because",
    "answers.0.remains",
    "answers.2.duties.0.actions.1",
    "answers.2.duties.0.evidence",
    "answers.2.duties.1.runs_from",
    "answers.3.cases.1.because",
    "answers.3.cases.1.duties.0.when",
)
"""A text of each kind in the topic of access."""


@pytest.mark.parametrize("language", ["da", "nb", "en"])
def test_a_text_that_is_missing_in_a_language_is_named(language: str, demonstration: Path) -> None:
    """Each text of a topic that lacks a language is a line, with the key and the language that is missing."""
    patched(demonstration, {ACCESS: {f"{text}.{language}": "deleted" for text in TEXTS}})
    tree = read_tree((demonstration / ACCESS).read_bytes(), ACCESS)
    paths = [tuple(int(part) if part.isdigit() else part for part in text.split(".")) for text in TEXTS]
    keys = [re.sub(r".*?(\w+(\.\d+)?)$", r"\1", text) for text in TEXTS]
    assert sorted(checked(demonstration)) == sorted(
        f'{tree.key_place(path)} language/missing: "{key}" has no text in {language}. Write a line `{language}: ...`'
        for path, key in zip(paths, keys, strict=True)
    )
