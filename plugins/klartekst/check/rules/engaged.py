"""Whom a processor engages in turn: with authorisation, and only when the notice has run (Art. 28(2), (4) GDPR)."""

import datetime as dt
from collections.abc import Iterator

from klartekst.check.rule import Report, rule
from klartekst.check.rules.agreements import each, processor_of
from klartekst.law import template_of
from klartekst.model import Agreement, Party, Path, Register
from klartekst.model.register import earliest_start, holds_at_start


def _performed(register: Register) -> Iterator[tuple[Path, Agreement, tuple[Party, ...]]]:
    """Yield each agreement under which you process, with the processors that you engage."""
    for path, agreement in each(register):
        if agreement.is_ours_to_perform:
            yield path, agreement, register.sub_processors_of(agreement)


@rule("agreement/authorisation", "missing")
def authorisation_is_stated(register: Register) -> Report:
    """An agreement says how processors of the processor are authorised.

    Why: without an authorisation, specific or general, the processor may engage nobody (Art. 28(2)).

    Bad: no `authorisation`. Good: `authorisation: general` with `notice`, or `authorisation: specific` with
    `approvals`.
    """
    for path, agreement in each(register):
        if agreement.authorisation is None:
            yield (
                path,
                "nothing says how sub-processors are authorised. Give authorisation: general or specific (GDPR Art. "
                "28(2)).",
            )


@rule("agreement/both-authorisations")
def one_kind_of_authorisation(register: Register) -> Report:
    """An agreement has one kind of authorisation, not two.

    Why: under a general authorisation a change is announced, under a specific one it is approved; a text with both
    leaves open which holds (Art. 28(2)).

    Bad: `authorisation: general` with `approvals`. Good: approvals under `specific`, a notice under `general`.
    """
    for path, agreement in each(register):
        if agreement.authorisation == "general" and agreement.approvals:
            yield (
                (*path, "approvals"),
                "approvals belong to authorisation: specific; under a general one, changes are announced. Delete them, "
                "or correct the authorisation (GDPR Art. 28(2)).",
            )


@rule("agreement/notice")
def general_authorisation_has_a_notice(register: Register) -> Report:
    """Under a general authorisation, the agreement says how long before a change the controller is told.

    Why: the controller must have the opportunity to object (Art. 28(2)); the templates leave a blank for the period,
    the Commission's under a specific authorisation, too, and a blank binds nobody.

    Bad: `authorisation: general` alone. Good: `authorisation: general` with `notice: P30D`
    """
    for path, agreement in each(register):
        template, kind = template_of(agreement), agreement.authorisation
        is_asked = kind == "general" or (kind is not None and template is not None and template.notice_always)
        if is_asked and agreement.notice is None:
            yield (
                (*path, "authorisation"),
                "no period of notice is agreed, so nothing can be announced in time. Give notice, such as P30D (GDPR "
                "Art. 28(2)).",
            )


@rule("agreement/approval")
def specific_authorisation_is_recorded(register: Register) -> Report:
    """Under a specific authorisation, each sub-processor has been approved before it starts.

    Why: without the controller's approval in writing it may not be engaged (Art. 28(2)).

    Bad: `authorisation: specific` and an activity whose system is run by a party that is not among `approvals`, or was
    approved after its `since`.
    Good: an approval for each, dated before it started; or `without`, where this agreement does without it.
    """
    for path, agreement in each(register):
        if agreement.authorisation == "specific":
            for where, message in _unapproved(agreement, register):
                yield (*path, *where), f"{message} (GDPR Art. 28(2))."


def _unapproved(agreement: Agreement, register: Register) -> Report:
    is_ours = agreement.is_ours_to_perform
    for party in register.sub_processors_of(agreement):
        first = min(
            ((one.date, index) for index, one in enumerate(agreement.approvals) if one.party == party.id), default=None
        )
        started = _started(party, agreement) if is_ours else None  # when another engaged it, nobody declares
        if first is None:
            other = "name it under without" if is_ours else "take it out of sub_processors in the processor's file"
            starts = f" from {started}" if started else ""
            yield (
                ("authorisation",),
                f'"{party.id}" is used{starts} and was not approved. Add it to approvals, or {other}',
            )
        elif started and started < first[0]:
            yield (
                ("approvals", first[1], "date"),
                f'"{party.id}" starts on {started}, before it was approved. Correct the day, or since in its file',
            )


def _started(party: Party, agreement: Agreement) -> dt.date | None:
    """Return from when a party is used under an agreement: not before that holds; None where nothing says so."""
    return max(party.since, agreement.effective or party.since) if party.since else None


@rule("agreement/approved-who")
def approvals_are_of_processors_in_use(register: Register) -> Report:
    """An approval is of a processor that the agreement uses.

    Why: a list of approved processors that nobody uses misleads the controller (Art. 28(2)).

    Bad: an approval of a party that no activity of the agreement uses. Good: no such approval.
    """
    for path, agreement in each(register):
        used = {party.id for party in register.sub_processors_of(agreement)}
        for index, approval in enumerate(agreement.approvals if agreement.authorisation != "general" else ()):
            if approval.party not in used:
                yield (
                    (*path, "approvals", index, "party"),
                    f'"{approval.party}" processes nothing under this agreement. Delete the approval, or name the '
                    "party where it is used (GDPR Art. 28(2)).",
                )


@rule("agreement/without")
def exceptions_are_of_processors_in_use(register: Register) -> Report:
    """What an agreement does without is a processor that its activities use, and something is left that holds the data.

    Why: the list of sub-processors is exactly who is used (Art. 28(2), (4)); an exception that cannot be true hides
    one.

    Bad: `without` a party that no activity uses, or the vendor of the only system of an activity.
    Good: `without` a processor of a part of the service that this customer has not bought.
    """
    for path, agreement, left in _performed(register):
        whole = register.sub_processors_of(agreement.model_copy(update={"without": ()}))
        excluded = {party.id for party in whole} - {party.id for party in left}
        homeless = [id for id in agreement.activities if _vendors(id, register) <= excluded]
        for index, exception in enumerate(agreement.without):
            if exception.party not in excluded:
                yield (
                    (*path, "without", index, "party"),
                    f'"{exception.party}" is no processor that an activity of this agreement uses. Delete the '
                    "exception (GDPR Art. 28(2)).",
                )
            for id in homeless:
                if exception.party in _vendors(id, register):
                    yield (
                        (*path, "without", index, "party"),
                        f'without "{exception.party}", "{id}" has no system left. Take out the activity, or this '
                        "exception (GDPR Art. 28(2)).",
                    )


def _vendors(activity: str, register: Register) -> set[str | None]:
    """Return who runs the systems of an activity; None where you run one yourself."""
    return {register.systems[id].vendor for id in register.activities[activity].systems}


@rule("agreement/clock")
def announced_processor_waits(register: Register) -> Report:
    """A processor that was announced does not start before the longest notice of all agreements that use it has run.

    Why: the controller may object until then (Art. 28(2)); the period runs from receipt of the notice.

    Bad: `notified: 2026-11-01` and `since: 2026-11-15`, with an agreement whose notice is P30D.
    Good: `since: 2026-12-01`, or later.
    """
    for id, earliest in register.notice_clock.items():
        party = register.parties[id]
        if earliest and party.since and party.since < earliest:
            yield (
                ("parties", id, "since"),
                f'"{id}" starts on {party.since}, and may start on {earliest} at the earliest: its notice was received '
                f"on {party.notified}, and {_longest(party, earliest, register)}. Give that day or a later one (GDPR "
                "Art. 28(2)).",
            )


def _longest(party: Party, earliest: dt.date, register: Register) -> str:
    """Return in words which agreement lets a processor start last."""
    using = (agreement for _, agreement, parties in _performed(register) if party in parties)
    last = next(agreement for agreement in using if earliest_start(party, agreement) == earliest)
    return f'the agreement "{last.id}" has a notice of {last.notice}'


@rule("agreement/unannounced")
def new_processor_is_announced(register: Register) -> Report:
    """A processor that starts after an agreement came into force was announced to its controller.

    Why: a list that a customer may look up is no notice; the processor tells of each intended change (Art. 28(2)).

    Bad: `since: 2026-12-01` without `notified`, with an agreement under a general authorisation since 2024.
    Good: `notified`, the day on which the last customer had received it.
    """
    found: dict[str, str] = {}
    for _, agreement, parties in _performed(register):
        for party in parties if agreement.authorisation == "general" and agreement.effective else ():
            if party.since and not party.notified and holds_at_start(party, agreement):
                found.setdefault(party.id, agreement.id)
    for id, agreement_id in found.items():
        yield (
            ("parties", id, "since"),
            f'"{id}" starts after the agreement "{agreement_id}" came into force, and no notice of it is recorded. '
            "Give notified, the day on which the last customer received it (GDPR Art. 28(2)).",
        )


@rule("agreement/listed", "missing")
def listed_processors_are_identified(register: Register) -> Report:
    """Each processor in an agreement has an address, and each that you engage the day since when.

    Why: the list of processors says who it is and where (Art. 28(2), (4)); without the day nobody can tell whether a
    change was announced in time.

    Bad: a sub-processor without `address`, or with neither `since` nor `notified`. Good: both in its file.
    """
    engaged = {party.id: agreement.id for _, agreement, parties in _performed(register) for party in parties}
    others = {
        party.id: agreement.id
        for _, agreement in each(register)
        for party in (processor_of(agreement, register), *register.sub_processors_of(agreement))
        if party
    }
    for id, agreement_id in {**others, **engaged}.items():
        party, place = register.parties[id], ("parties", id)
        if party.address is None:
            yield (
                place,
                f'"{id}" stands in the agreement "{agreement_id}" without an address. Give address (GDPR Art. 28(2), '
                "(4)).",
            )
        if id in engaged and party.since is None and party.notified is None:
            yield (
                place,
                f'you use "{id}" under the agreement "{agreement_id}", and nothing says since when. Give since (GDPR '
                "Art. 28(2)).",
            )
