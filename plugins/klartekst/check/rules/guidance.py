"""Guidance answers for every role, completely, and by facts that are there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product

from klartekst.check.rule import Report, rule
from klartekst.model import Answer, Case, Grounds, Outcome, Path, Register, Topic

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


def _grounds(path: Path, outcome: Outcome) -> Iterator[tuple[Path, Grounds]]:
    """Yield what an outcome and its duties rest on."""
    if outcome.rests_on:
        yield (*path, "rests_on"), outcome.rests_on
    for index, duty in enumerate(outcome.duties):
        if duty.settled_by:
            yield (*path, "duties", index, "settled_by"), duty.settled_by


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
                    f'"{id}" is no question of this topic. Known: {_some(topic.questions)}. Correct it, or add it to '
                    "questions (GDPR Art. 12(1)).",
                )
            for index, one in enumerate(given):
                if id in topic.questions and one not in topic.questions[id].answers:
                    yield (
                        (*path, "when", id, index),
                        f'"{one}" is no answer to "{id}". Known: {_some(topic.questions[id].answers)}. Correct it, or '
                        "add it to the answers (GDPR Art. 12(1)).",
                    )


def _some(ids: Iterable[str]) -> str:
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


@rule("guidance/agreement")
def agreements_are_the_roles_own(register: Register) -> Report:
    """An answer that rests on an agreement names one that the role has.

    Why: an agreement binds its parties and nobody else (Art. 28(3)); for another role it covers nothing.

    Bad: `rests_on: {agreements: [clinic]}` for a school that has no such agreement.
    Good: the agreement in `guidance: {agreements: [...]}` of the role.
    """
    for path, _, answer, outcome in outcomes(register):
        role = register.roles[answer.role]
        held = role.guidance.agreements if role.guidance else ()
        for where, grounds in _grounds(path, outcome):
            for index, id in enumerate(grounds.agreements):
                if id not in held:
                    yield (
                        (*where, "agreements", index),
                        f'"{answer.role}" has no agreement "{id}". Its own: {_some(held)}. Name one of its own, or '
                        "list it under agreements of the role in roles.yml (GDPR Art. 28(3)).",
                    )


@rule("guidance/holds")
def grounds_hold(register: Register) -> Report:
    """What an answer rests on is there today: a measure that is in place, an assurance that holds, no ended agreement.

    Why: whoever relies on what is planned, unknown or over relies on nothing (Art. 5(2), 24(1)).

    Bad: `rests_on: {measures: [backup]}`, and the measure has `status: planned`.
    Good: `status: in-place` there, once it is; until then another fact, or another answer.
    """
    day = register.organisation.updated
    for path, _, _, outcome in outcomes(register):
        for where, grounds in _grounds(path, outcome):
            for index, id in enumerate(grounds.measures):
                if register.measures[id].status == "planned":
                    yield (
                        (*where, "measures", index),
                        f'the measure "{id}" is planned, not in place. Name one that is, or write status: in-place '
                        "there once it is (GDPR Art. 24(1)).",
                    )
            for index, id in enumerate(grounds.assurances):
                if register.assurances[id].holds != "yes":
                    yield (
                        (*where, "assurances", index),
                        f'nobody knows whether "{id}" holds. Name what does, or write holds: yes there once you know '
                        "(GDPR Art. 5(2)).",
                    )
            for index, id in enumerate(grounds.agreements):
                duration = register.agreements[id].duration
                until = duration.until if duration else None
                if until and until < day:
                    yield (
                        (*where, "agreements", index),
                        f'the agreement "{id}" ended on {until}. Name one that holds, or change until there (GDPR Art. '
                        "28(3)).",
                    )


@rule("guidance/channel")
def self_service_is_there(register: Register) -> Report:
    """An answer that rests on what people do in the service themselves names a right for which there is such a place.

    Why: whoever relies on an export that is not there answers no request in time (Art. 12(2)-(3)).

    Bad: `self_service: [portability]`, and organisation.yml has no such place.
    Good: `rights: {self_service: {portability: ...}}` in organisation.yml.
    """
    channel = register.organisation.rights
    there = channel.self_service if channel else {}
    for path, _, _, outcome in outcomes(register):
        for where, grounds in _grounds(path, outcome):
            for index, right in enumerate(grounds.self_service):
                if right not in there:
                    yield (
                        (*where, "self_service", index),
                        f"nobody can use {right} by themselves: organisation.yml names no place for it. Give rights: "
                        f"{{self_service: {{{right}: ...}}}} there, or delete this (GDPR Art. 12(2)).",
                    )


@rule("guidance/facts", "missing")
def what_is_done_for_somebody_rests_on_facts(register: Register) -> Report:
    """What the organisation does for a role rests on facts, and what stays with the role is said.

    Why: whoever relies on a processor must be able to show on what (Art. 5(2), 24(1)), and the responsibility stays
    with the controller (Art. 28(1)).

    Bad: `answer: done-for-you` without `rests_on` or `remains`.
    Good: `rests_on: {measures: [export]}` and `remains: You answer the request within a month.`
    """
    for path, _, _, outcome in outcomes(register):
        if outcome.answer == "done-for-you":
            if outcome.rests_on is None:
                yield path, "nothing says by which facts it is done. Give rests_on (GDPR Art. 5(2), 24(1))."
            if outcome.remains is None:
                yield path, "nothing says what stays with the role. Give remains (GDPR Art. 24(1), 28(1))."


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


_HOMES: Mapping[str, str] = {
    "agreements": "a role in roles.yml an agreement that is public",
    "sub-processors": "a role in roles.yml an agreement that is public",
    "breach": "a role in roles.yml an agreement that is public, or contact in organisation.yml",
    "retention": "activities to a role in roles.yml",
    "officer": "data_protection_officer: {appointed: true, contact: ...} in organisation.yml",
    "self-service": "an answer rests_on: {self_service: [...]}, and rights: {self_service: ...} in organisation.yml",
}
"""Where the facts stand that can be shown."""


@rule("guidance/shows", "missing")
def what_is_shown_is_there(register: Register) -> Report:
    """The facts that a topic shows are there for some role.

    Why: a heading over nothing tells the reader that there is nothing (Art. 5(1)(a), 12(1)).

    Bad: `shows: [sub-processors]`, and no role has a public agreement.
    Good: `guidance: {agreements: [...]}` of a role, and `visibility: public` there.
    """
    guided = [role.guidance for role in register.guided if role.guidance]
    officer, channel = register.organisation.data_protection_officer, register.organisation.rights
    agreed = any(register.agreements[id].visibility == "public" for one in guided for id in one.agreements)
    there = {
        "agreements": agreed,
        "sub-processors": agreed,
        "breach": agreed or register.organisation.contact is not None,
        "retention": any(one.activities for one in guided),
        "officer": bool(officer and officer.appointed and officer.contact),
    }
    resting = {
        topic.id for _, topic, _, outcome in outcomes(register) if outcome.rests_on and outcome.rests_on.self_service
    }
    for path, topic in topics(register):
        served = topic.id in resting and bool(channel and channel.self_service)
        for index, shown in enumerate(topic.shows):
            if not {**there, "self-service": served}[shown]:
                yield (
                    (*path, "shows", index),
                    f"{shown} can be shown to no role. Give {_HOMES[shown]}, or delete this (GDPR Art. 12(1)).",
                )
