"""Data leaves the EEA only with a mechanism (Art. 44-49 GDPR)."""

from collections.abc import Iterator

from klartekst.check.rule import Report, rule
from klartekst.law import adequacy_decisions, eea
from klartekst.model import Party, Path, Register, Transfer


def _transfers(register: Register) -> Iterator[tuple[Path, Party, Transfer]]:
    for party in register.parties.values():
        for index, transfer in enumerate(party.transfers):
            yield ("parties", party.id, "transfers", index), party, transfer


@rule("transfer/mechanism")
def country_outside_the_eea_has_a_mechanism(register: Register) -> Report:
    """Each country outside the EEA in which a party has the data has a transfer with its mechanism.

    Why: a transfer needs an adequacy decision or appropriate safeguards (Art. 44-47), and the statement must name
    them (Art. 13(1)(f)).

    Bad: `locations: [US]` with `transfers: none`.
    Good: `locations: [US]` with `transfers: [{country: US, mechanism: adequacy, checked: 2026-10-01}]`
    """
    for party in register.parties.values():
        covered = {transfer.country for transfer in party.transfers}
        for index, country in enumerate(party.locations):
            if country not in eea() and country not in covered:
                yield (
                    ("parties", party.id, "locations", index),
                    f"{country} is outside the EEA and has no transfer mechanism. Give an item of transfers with "
                    f"country: {country} and mechanism: adequacy, standard-clauses or binding-corporate-rules "
                    "(GDPR Art. 44-47, 13(1)(f)).",
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
                f"{transfer.country} is inside the EEA: that is no transfer. Delete it (GDPR Art. 44).",
            )
        elif transfer.country not in party.locations:
            yield (
                (*path, "country"),
                f"{transfer.country} is not among the locations of {party.id} ({', '.join(party.locations)}). "
                "Add it there, or correct it here.",
            )


@rule("transfer/adequacy")
def adequacy_holds_for_the_recipient(register: Register) -> Report:
    """A transfer on adequacy has a decision; where the decision is limited, it says when its scope was checked.

    Why: the decision on the United States covers only certified organisations, others only a sector (Art. 45(3)).

    Bad: `{country: IN, mechanism: adequacy}`, or `{country: US, mechanism: adequacy}` without `checked`.
    Good: `{country: US, mechanism: adequacy, checked: 2026-10-01}`
    """
    for path, party, transfer in _transfers(register):
        decision = adequacy_decisions().get(transfer.country) if transfer.mechanism == "adequacy" else None
        limited = decision is not None and decision.kind != "full"
        if transfer.mechanism == "adequacy" and decision is None:
            yield (
                (*path, "mechanism"),
                f"there is no adequacy decision on {transfer.country}. Use standard-clauses or binding-corporate-rules "
                "(GDPR Art. 45-47).",
            )
        elif decision is not None and limited and transfer.checked is None:
            yield (
                path,
                f"the decision for {transfer.country} covers only some recipients. Give checked, the day you saw that "
                f"{party.id} is covered. Its scope: {decision.note} (GDPR Art. 45).",
            )
        elif transfer.checked is not None and not limited:
            yield (
                (*path, "checked"),
                "there is nothing to check here: no limited adequacy decision is relied on. Delete it.",
            )


@rule("transfer/copy")
def safeguards_can_be_seen(register: Register) -> Report:
    """A transfer on safeguards says how a person gets a copy of them.

    Why: Art. 13(1)(f) asks for it where there is no adequacy decision.

    Bad: `mechanism: standard-clauses` alone.
    Good: `mechanism: standard-clauses` with `copy_available:` in each language.
    """
    for path, _, transfer in _transfers(register):
        if transfer.mechanism != "adequacy" and transfer.copy_available is None:
            yield (
                path,
                f"{transfer.mechanism} are relied on, and nothing says how to get a copy. "
                "Give copy_available in each language (GDPR Art. 13(1)(f)).",
            )
