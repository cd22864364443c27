"""The answers of guidance rest on facts: facts that are there, that hold, and that belong to who asks."""

from collections.abc import Iterator, Mapping

from klartekst.check.rule import Report, rule
from klartekst.check.rules.guidance import outcomes, some_of, topics
from klartekst.model import Grounds, Outcome, Path, Register


def _grounds(path: Path, outcome: Outcome) -> Iterator[tuple[Path, Grounds]]:
    """Yield what an outcome and its duties rest on."""
    if outcome.rests_on:
        yield (*path, "rests_on"), outcome.rests_on
    for index, duty in enumerate(outcome.duties):
        if duty.settled_by:
            yield (*path, "duties", index, "settled_by"), duty.settled_by


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
                        f'"{answer.role}" has no agreement "{id}". Its own: {some_of(held)}. Name one of its own, or '
                        "list it under agreements of the role in roles.yml (GDPR Art. 28(3)).",
                    )


@rule("guidance/holds")
def grounds_hold(register: Register) -> Report:
    """What an answer rests on is there: a measure that is in place, an assurance that holds, no ended agreement.

    Why: whoever relies on what is planned, unknown or over relies on nothing (Art. 5(2), 24(1)).

    An agreement has ended if its last day is before `updated` in organisation.yml: a check gives the same on any day.

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
