"""Data leaves the EEA only with a mechanism (Art. 44-49 GDPR)."""

import datetime as dt
from collections.abc import Iterator

from klartekst.check.rule import Report, rule
from klartekst.law import adequacy_decisions, eea, safeguards
from klartekst.model import Party, Path, Register, Transfer


def _transfers(register: Register) -> Iterator[tuple[Path, Party, Transfer]]:
    for party in register.parties.values():
        for index, transfer in enumerate(party.transfers or ()):
            yield ("parties", party.id, "transfers", index), party, transfer


@rule("transfer/missing", "missing")
def transfers_are_stated(register: Register) -> Report:
    """Every party that gets data says whether it leaves the EEA.

    Why: Art. 13(1)(f) asks for the transfers; that there are none is a fact, too.

    Bad: a party without `transfers`. Good: `transfers: none`, or a list.
    """
    for party in register.parties.values():
        if party.transfers is None:
            yield (
                ("parties", party.id),
                f'"{party.id}" does not say whether data leaves the EEA. Give transfers: none, or a list with country '
                "and mechanism (GDPR Art. 13(1)(f)).",
            )


@rule("transfer/mechanism")
def country_outside_the_eea_has_a_mechanism(register: Register) -> Report:
    """Each country outside the EEA in which a party has the data has a transfer with its mechanism.

    Why: a transfer needs an adequacy decision or appropriate safeguards (Art. 44-47), and the statement must name
    them (Art. 13(1)(f)).

    Bad: `locations: [US]` with `transfers: none`.
    Good: `locations: [US]` with `transfers: [{country: US, mechanism: adequacy, checked: 2026-10-01}]`
    """
    for party in register.parties.values():
        if party.transfers is None:
            continue
        covered = {transfer.country for transfer in party.transfers}
        for index, country in enumerate(party.locations):
            if country not in eea() and country not in covered:
                yield (
                    ("parties", party.id, "locations", index),
                    f"{country} is outside the EEA and has no transfer mechanism. Give an item of transfers with "
                    f"country: {country} and mechanism: adequacy, standard-clauses, binding-corporate-rules or another "
                    "(GDPR Art. 44-49, 13(1)(f)).",
                )


@rule("transfer/inside")
def transfer_leaves_the_eea(register: Register) -> Report:
    """A transfer names a country outside the EEA, in which the party has the data.

    Why: within the EEA there is no transfer (Art. 44), and a statement that says so misleads.

    Bad: `transfers: [{country: NO, ...}]`, or a country that is not among `locations`.
    Good: `transfers: none`, or a country of `locations` outside the EEA.
    """
    for path, party, transfer in _transfers(register):
        if transfer.country in eea():
            yield (
                (*path, "country"),
                f"{transfer.country} is inside the EEA: that is no transfer. Delete the item (GDPR Art. 44).",
            )
        elif transfer.country not in party.locations:
            yield (
                (*path, "country"),
                f"{transfer.country} is not among the locations of {party.id} ({', '.join(party.locations)}). "
                "Add it there, or correct it here (GDPR Art. 44).",
            )


@rule("transfer/site")
def buildings_stand_where_the_data_is(register: Register) -> Report:
    """A building in which a party keeps the data stands in one of the countries that it names.

    Why: a country that is only named with a building is a transfer that nobody checks (Art. 13(1)(f), 44).

    Bad: `locations: [DE]` with `sites: [{name: Data centre 2, place: Virginia, country: US}]`.
    Good: `locations: [DE, US]`, with the transfer to the US.
    """
    for party in register.parties.values():
        for index, site in enumerate(party.sites):
            if site.country not in party.locations:
                yield (
                    ("parties", party.id, "sites", index, "country"),
                    f"{site.country} is not among the locations of {party.id} ({', '.join(party.locations)}). Add it "
                    "there, or correct it here (GDPR Art. 13(1)(f), 44).",
                )


@rule("transfer/adequacy")
def adequacy_holds_for_the_recipient(register: Register) -> Report:
    """A transfer on adequacy has a decision in force; where that is limited, it says when its scope was checked.

    Why: the decision on the United States covers only certified organisations, others only a sector (Art. 45(3)).

    Bad: `{country: IN, mechanism: adequacy}`, or `{country: US, mechanism: adequacy}` without `checked`.
    Good: `{country: US, mechanism: adequacy, checked: 2026-10-01}`
    """
    today = register.organisation.updated
    for path, party, transfer in _transfers(register):
        if transfer.mechanism != "adequacy" or transfer.country in eea():
            continue
        decision = adequacy_decisions().get(transfer.country)
        if decision is None or (decision.valid_to is not None and decision.valid_to < today):
            ended = f"the adequacy decision on {transfer.country} ended on {decision.valid_to}" if decision else ""
            yield (
                (*path, "mechanism"),
                f"{ended or f'there is no adequacy decision on {transfer.country}'}. Use standard-clauses or "
                "binding-corporate-rules (GDPR Art. 45-47).",
            )
        elif decision.kind != "full" and transfer.checked is None:
            yield (
                path,
                f"the decision on {transfer.country} covers only some recipients. Give checked, the day you saw that "
                f"{party.id} is covered. Its scope: {decision.note} (GDPR Art. 45).",
            )


@rule("transfer/stray")
def transfers_hold_nothing_else(register: Register) -> Report:
    """A transfer says nothing that its mechanism does not have.

    Why: the statement names the mechanism and what belongs to it (Art. 13(1)(f)); anything else beside it misleads.

    Bad: `mechanism: standard-clauses` with `checked`, `covers_staff`, `derogation` or `risks`; `mechanism: adequacy`
    with `copy_available`.
    Good: each with the mechanism that it belongs to.
    """
    for path, _, transfer in _transfers(register):
        decision = adequacy_decisions().get(transfer.country) if transfer.mechanism == "adequacy" else None
        fitting = {
            "checked": decision is not None and decision.kind != "full",
            "covers_staff": decision is not None and decision.kind == "certified",
            "derogation": transfer.mechanism == "derogation",
            "risks": transfer.derogation == "49.1.a",
            "copy_available": _needs_copy(transfer),
        }
        for key, fits in fitting.items():
            if getattr(transfer, key) and not fits:
                yield (
                    (*path, key),
                    f"{key} does not belong to {_named(transfer)} and {transfer.country}. Delete it, or correct the "
                    "mechanism (GDPR Art. 13(1)(f), 44-49).",
                )


def _named(transfer: Transfer) -> str:
    """Return the mechanism as it is written, or the derogation where it is one."""
    return transfer.derogation if transfer.mechanism == "derogation" and transfer.derogation else transfer.mechanism


def _needs_copy(transfer: Transfer) -> bool:
    return transfer.mechanism in safeguards() or _named(transfer) == "49.1.2"


@rule("transfer/copy", "missing")
def safeguards_can_be_seen(register: Register) -> Report:
    """A transfer on safeguards says how a person gets a copy of them.

    Why: Art. 13(1)(f) asks for it where the transfer rests on Art. 46, 47 or 49(1), second subparagraph.

    Bad: `mechanism: standard-clauses` alone.
    Good: `mechanism: standard-clauses` with `copy_available:` in each language.
    """
    for path, _, transfer in _transfers(register):
        if _needs_copy(transfer) and transfer.copy_available is None:
            yield (
                path,
                f"this rests on {_named(transfer)}, and nothing says how to get a copy of the "
                "safeguards. Give copy_available in each language (GDPR Art. 13(1)(f)).",
            )


@rule("transfer/derogation", "missing")
def derogations_are_named(register: Register) -> Report:
    """A transfer without a decision and without safeguards names its derogation, and the risks that a consent accepts.

    Why: Art. 49(1) lists the only derogations; consent counts only after the person was told the risks (49(1)(a)).

    Bad: `mechanism: derogation` alone, or `derogation: 49.1.a` without `risks`.
    Good: `mechanism: derogation` with `derogation: 49.1.b`.
    """
    for path, _, transfer in _transfers(register):
        if transfer.mechanism == "derogation" and transfer.derogation is None:
            yield path, "the derogation is not named. Give derogation: 49.1.a to 49.1.g, or 49.1.2 (GDPR Art. 49(1))."
        elif transfer.derogation == "49.1.a" and transfer.risks is None:
            yield path, "consent to a transfer counts only where the risks are told. Give risks (GDPR Art. 49(1)(a))."


@rule("transfer/staff", "missing")
def certification_covers_staff(register: Register) -> Report:
    """Data about employees goes to a certified recipient only if its certification covers such data.

    Why: the decision on the United States covers human resources data only where the entry on the list does (Art. 45).

    Bad: employees' data with a party whose US transfer on adequacy lacks `covers_staff: true`.
    Good: `covers_staff: true`, once you have seen it on the list; else standard clauses.
    """
    for path, party, transfer in _transfers(register):
        decision = adequacy_decisions().get(transfer.country)
        if (
            transfer.mechanism != "adequacy"
            or decision is None
            or decision.kind != "certified"
            or transfer.covers_staff
        ):
            continue
        about_staff = [
            activity.id
            for activity in register.activities_with(party.id)
            if any(register.subjects[id].staff for id in activity.subjects)
        ]
        if about_staff:
            yield (
                path,
                f"{party.id} gets data about employees ({', '.join(about_staff)}), which the certification must cover. "
                "Give covers_staff: true if the list says so, else choose standard-clauses (GDPR Art. 45).",
            )


_YEAR = dt.timedelta(days=366)
_HALF_A_YEAR = dt.timedelta(days=180)


@rule("transfer/stale", "warning")
def decisions_are_still_good(register: Register) -> Report:
    """An adequacy decision does not end soon, and its scope was checked within a year of the last change of your facts.

    Why: certifications lapse, and decisions end (Art. 45(3)-(5)).

    Bad: `checked: 2024-01-01` in facts of 2026. Good: checked again, with the new day.
    """
    today = register.organisation.updated
    for path, party, transfer in _transfers(register):
        decision = adequacy_decisions().get(transfer.country) if transfer.mechanism == "adequacy" else None
        if decision and decision.valid_to and today <= decision.valid_to < today + _HALF_A_YEAR:
            yield (
                path,
                f"the decision on {transfer.country} ends on {decision.valid_to}. See whether it is renewed, and "
                "prepare another mechanism (GDPR Art. 45).",
            )
        if transfer.checked and today - transfer.checked > _YEAR:
            yield (
                (*path, "checked"),
                f"you last checked {party.id} on {transfer.checked}, more than a year before your facts were last "
                "changed. Check again, and write the day (GDPR Art. 45).",
            )
