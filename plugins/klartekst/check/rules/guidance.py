"""Guidance answers for every role, completely, and says what to do."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, product

from klartekst.check.rule import Report, rule
from klartekst.model import Answer, Case, Path, Register, Topic

_MOST = 1000
"""How many combinations of answers one can still decide about."""
_SHOWN = 3
"""How many of them a message names."""


def topics(register: Register) -> Iterator[tuple[Path, Topic]]:
    """Yield each topic with its path."""
    for id, topic in register.guidance.items():
        yield ("guidance", id), topic


def answers(register: Register) -> Iterator[tuple[Path, Topic, Answer]]:
    """Yield each answer with its path and topic."""
    for path, topic in topics(register):
        for index, answer in enumerate(topic.answers):
            yield (*path, "answers", index), topic, answer


def outcomes(register: Register) -> Iterator[tuple[Path, Topic, Answer, Answer | Case]]:
    """Yield each outcome, that of a case included, with its path, its topic and the answer it belongs to."""
    for path, topic, answer in answers(register):
        yield path, topic, answer, answer
        for index, case in enumerate(answer.cases):
            yield (*path, "cases", index), topic, answer, case


@rule("guidance/role")
def roles_are_guided(register: Register) -> Report:
    """An answer is for a role that has a page of guidance.

    Why: whoever acts under your authority must know what to do (Art. 24(1), 29, 32(4)); an answer without a page is
    read by nobody.

    Bad: `role: school`, and the role has no `guidance` in roles.yml. Good: the same with `guidance: {capacity: ...}`
    """
    for path, _, answer in answers(register):
        if register.roles[answer.role].guidance is None:
            yield (
                (*path, "role"),
                f'"{answer.role}" has no guidance in roles.yml, so nobody would read this. Give it guidance with name '
                "and capacity there, or name another role (GDPR Art. 24(1)).",
            )


@rule("guidance/twice")
def roles_answer_once(register: Register) -> Report:
    """A topic has one answer for a role.

    Why: two answers to one question are none (Art. 12(1)).

    Bad: two items of `answers` with `role: school`. Good: one, with `answer: depends` and cases.
    """
    for path, topic in topics(register):
        count = Counter(answer.role for answer in topic.answers)
        for index, answer in enumerate(topic.answers):
            if count[answer.role] > 1:
                yield (
                    (*path, "answers", index, "role"),
                    f'"{answer.role}" has {count[answer.role]} answers here. Keep one; where it depends, write '
                    "answer: depends with cases (GDPR Art. 12(1)).",
                )


@rule("guidance/unanswered", "missing")
def every_role_has_an_answer(register: Register) -> Report:
    """Each topic answers for each role that has guidance.

    Why: a missing answer reads as "nothing", and nobody has said so (Art. 24(1), 12(1)).

    Bad: a role with `guidance`, and a topic without an answer for it. Good: an answer in each topic.
    """
    for path, topic in topics(register):
        answering = {answer.role for answer in topic.answers}
        asking = (role for role in register.guided if topic.is_internal or not role.is_internal)
        missing = [role.id for role in asking if role.id not in answering]
        if missing:
            yield (
                (*path, "answers"),
                f"no answer for {', '.join(missing)}. Give each an answer, if only no (GDPR Art. 24(1)).",
            )


@rule("guidance/depends")
def what_depends_says_on_what(register: Register) -> Report:
    """An answer that depends has cases and no duties of its own; any other has none.

    Why: a reader must be able to decide what holds (Art. 12(1)).

    Bad: `answer: depends` without `cases`; `answer: "no"` with `cases`. Good: `answer: depends` with cases for each.
    """
    for path, _, answer in answers(register):
        if answer.answer == "depends" and not answer.cases:
            yield path, "it depends, and no cases say on what. Give cases, or another answer (GDPR Art. 12(1))."
        if answer.answer != "depends" and answer.cases:
            yield (
                (*path, "cases"),
                f"the answer is {answer.answer}, and cases say otherwise. Write answer: depends, or delete the cases "
                "(GDPR Art. 12(1)).",
            )
        if answer.answer == "depends" and answer.duties:
            yield (
                (*path, "duties"),
                "it depends, so each duty belongs to a case. Move them into the cases (GDPR Art. 12(1)).",
            )


@rule("guidance/question")
def cases_use_declared_questions(register: Register) -> Report:
    """A case names questions of its topic, and answers that they have.

    Why: what rests on a question that nobody asks cannot be decided (Art. 12(1)).

    Bad: `when: {origin: [platfrom]}`, where the answers are `platform` and `own`. Good: `when: {origin: [platform]}`
    """
    for path, topic, _, case in outcomes(register):
        for id, given in case.when.items() if isinstance(case, Case) else ():
            if id not in topic.questions:
                yield (
                    (*path, "when", id),
                    f'"{id}" is no question of this topic. Known: {some_of(topic.questions)}. Correct it, or add it to '
                    "questions (GDPR Art. 12(1)).",
                )
            for index, one in enumerate(given):
                if id in topic.questions and one not in topic.questions[id].answers:
                    yield (
                        (*path, "when", id, index),
                        f'"{one}" is no answer to "{id}". Known: {some_of(topic.questions[id].answers)}. Correct it, '
                        "or add it to the answers (GDPR Art. 12(1)).",
                    )


def some_of(ids: Iterable[str]) -> str:
    """Return ids as a message lists them."""
    return ", ".join(ids) or "none"


@rule("guidance/cases")
def cases_cover_everything_once(register: Register) -> Report:
    """Each combination of answers to the questions belongs to one case, and to one only.

    Why: a reader whose case is left out gets no answer, and one whose case stands twice gets two (Art. 12(1)).

    Bad: cases for `origin: [platform]` alone, where `own` is possible; or a second case that holds for it, too.
    Good: one case for each answer, or one with `origin: [platform, own]`.
    """
    for path, topic, answer in answers(register):
        asked = all(_is_asked(topic, case) for case in answer.cases)  # where not, guidance/question says so
        if answer.answer == "depends" and answer.cases and asked:
            yield from _undecided(path, topic, answer)


def _is_asked(topic: Topic, case: Case) -> bool:
    return all(
        id in topic.questions and set(given) <= set(topic.questions[id].answers) for id, given in case.when.items()
    )


def _undecided(path: Path, topic: Topic, answer: Answer) -> Report:
    asked = [id for id in topic.questions if any(id in case.when for case in answer.cases)]
    choices = [list(topic.questions[id].answers) for id in asked]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > _MOST:
        yield (
            (*path, "cases"),
            f"the questions have {size} combinations, more than the {_MOST} that anybody could decide about. Ask "
            "fewer questions (GDPR Art. 12(1)).",
        )
        return
    holding = [
        (combination, [index for index, case in enumerate(answer.cases) if _holds(case, dict(combination))])
        for combination in (list(zip(asked, given, strict=True)) for given in product(*choices))
    ]
    left_out = [combination for combination, found in holding if not found]
    if left_out:
        yield (
            (*path, "cases"),
            f"no case for {_named(left_out)}. Add one, or widen another (GDPR Art. 12(1)).",
        )
    for index in range(1, len(answer.cases)):
        shared = [combination for combination, found in holding if index in found[1:]]
        if shared:
            yield (
                (*path, "cases", index, "when"),
                f"an earlier case holds for {_named(shared)} already. Narrow one of them (GDPR Art. 12(1)).",
            )


def _holds(case: Case, given: dict[str, str]) -> bool:
    return all(given.get(id) in wanted for id, wanted in case.when.items())


def _named(combinations: list[list[tuple[str, str]]]) -> str:
    shown = [" and ".join(f"{id}: {one}" for id, one in combination) for combination in islice(combinations, _SHOWN)]
    more = len(combinations) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")


@rule("guidance/actions", "missing")
def yes_says_what_to_do(register: Register) -> Report:
    """An answer that is yes says what to do, and one that is no asks for nothing.

    Why: a worried reader needs a step, and a "no" with a duty is a "yes" (Art. 12(1)).

    Bad: `answer: "yes"` without a duty of the role; `answer: "no"` with a duty of the role that is not optional.
    Good: `answer: "yes"` with `duties`, each with `actions`.
    """
    for path, _, _, outcome in outcomes(register):
        asked = any(duty.owner != "organisation" and not duty.optional for duty in outcome.duties)
        if outcome.answer == "yes" and not asked:
            yield (
                path,
                "the answer is yes, and nothing says what the role must do. Give duties of the role with actions (GDPR "
                "Art. 12(1)).",
            )
        for index, duty in enumerate(outcome.duties):
            if outcome.answer == "no" and duty.owner != "organisation" and not duty.optional:
                yield (
                    (*path, "duties", index),
                    "the answer is no, and this must be done all the same. Write answer: yes, or optional: true (GDPR "
                    "Art. 12(1)).",
                )


@rule("guidance/deadline", "missing")
def deadlines_have_a_start(register: Register) -> Report:
    """A deadline says from when it runs.

    Why: seventy-two hours from the breach and from the day somebody heard of it are not the same (Art. 33(1)).

    Bad: `deadline: PT72H` alone. Good: `deadline: PT72H` and `runs_from: you hear of the breach`
    """
    for path, _, _, outcome in outcomes(register):
        for index, duty in enumerate(outcome.duties):
            if (duty.deadline is None) != (duty.runs_from is None):
                there, wanted = ("deadline", "runs_from") if duty.deadline else ("runs_from", "deadline")
                yield (
                    (*path, "duties", index, there),
                    f"this needs {wanted}: a deadline is how long, and from when. Give {wanted} (GDPR Art. 33(1)).",
                )
