"""The annexes of an agreement agree with the facts and with each other (Art. 28(3), 32 GDPR)."""

from collections.abc import Iterator

from klartekst.check.rule import Report, rule
from klartekst.check.rules.agreements import covered, each, processor_of, with_template
from klartekst.law import CUSTOM, eea
from klartekst.model import Agreement, DataSite, Path, Register, RetentionRule

_ASSISTED = ("13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "32", "33", "34", "35", "36")
"""What Art. 28(3)(e) and (f) oblige a processor to help with: the rights of Chapter III, and Art. 32 to 36."""

_NO_PLACE = {
    "online", "internet", "the internet", "cloud", "the cloud", "remote", "web", "virtual", "anywhere",
    "internettet", "skyen", "nettet", "på nettet", "virtuelt", "fjernarbejde", "fjernarbeid", "skya", "nett",
}  # fmt: skip
"""What is written for a place and is none, in the languages of the product."""


@rule("agreement/data")
def narrowed_data_is_used(register: Register) -> Report:
    """What an agreement narrows its data to, or excludes, fits what its activities use.

    Why: annexes may add to or narrow the facts, never contradict them (Art. 28(3)).

    Bad: `data: [health]` where no activity of the agreement uses it; a category both used and `not_covered`.
    Good: categories of the activities; `not_covered` for what must stay out.
    """
    for path, agreement in each(register):
        used = {use.category for id in agreement.activities for use in register.activities[id].data}
        for index, category in enumerate(agreement.data):
            if category not in used:
                yield (
                    (*path, "data", index),
                    f'no activity of this agreement uses "{category}". Delete it here, or add it there (GDPR Art. '
                    "28(3)).",
                )
        for index, category in enumerate(agreement.not_covered):
            if category in covered(agreement, register):
                yield (
                    (*path, "not_covered", index),
                    f'"{category}" is processed under this agreement and cannot be excluded. Delete it here, or take '
                    "it out of the data (GDPR Art. 28(3)).",
                )


@rule("agreement/place")
def places_are_places(register: Register) -> Report:
    """The place of processing is a town, an address or a building.

    Why: the instruction says where data may be processed, and from where (Art. 28(3)(a)); "online" is nowhere.

    Bad: `sites: [{name: Online, place: online, country: DK}]`. Good: `place: Aarhus`
    """
    own = register.organisation.sites
    buildings: list[tuple[Path, DataSite]] = [(("organisation", "sites", i), site) for i, site in enumerate(own)]
    for id, party in register.parties.items():
        buildings += [(("parties", id, "sites", i), site) for i, site in enumerate(party.sites)]
    for path, site in buildings if register.agreements else ():
        if site.place.strip(" .").casefold() in _NO_PLACE:
            yield (
                (*path, "place"),
                f'"{site.place}" is no place. Name the town in which the data lies or people work (GDPR Art. '
                "28(3)(a)).",
            )


@rule("agreement/transfers")
def transfers_agree_with_the_processors(register: Register) -> Report:
    """What an agreement says on transfers is what its processors do, and where there are some, the annexes list them.

    Why: a transfer needs documented instructions (Art. 28(3)(a), 44); a processor outside the EEA needs its row there.

    Bad: `transfers: none` with a sub-processor in the US; `transfers: listed` where nobody is outside the EEA; custom
    annexes that leave out the item on transfers although there are some.
    Good: `transfers: listed`, with the item in the annexes.
    """
    for path, agreement in each(register):
        outside = ", ".join(_outside(agreement, register))
        if agreement.transfers == "none" and outside:
            yield (
                (*path, "transfers"),
                f"data lies outside the EEA with {outside}. Write transfers: listed, or name the party under without "
                "(GDPR Art. 28(3)(a), 44).",
            )
        elif agreement.transfers == "listed" and not outside and _is_named(agreement):
            yield (
                (*path, "transfers"),
                "no data lies outside the EEA, so there is nothing to list. Write transfers: none, or correct the "
                "locations of the party (GDPR Art. 28(3)(a), 44).",
            )
    for path, agreement, template in with_template(register):
        outside = ", ".join(_outside(agreement, register))
        if outside and agreement.transfers and agreement.template == CUSTOM and not template.item("transfers"):
            yield (
                (*path, "outline", "leave_out"),
                f"data lies outside the EEA with {outside}, and the annexes have no item on transfers. Take that item "
                "out of leave_out (GDPR Art. 28(3)(a), 44).",
            )


def _is_named(agreement: Agreement) -> bool:
    """Return whether it is known who processes: else another rule asks for the party."""
    return agreement.is_ours_to_perform or agreement.processor is not None


def _outside(agreement: Agreement, register: Register) -> Iterator[str]:
    """Yield who has data outside the EEA under an agreement: the processor, and whom it engages."""
    processor = processor_of(agreement, register)
    for party in (*([processor] if processor else []), *register.sub_processors_of(agreement)):
        if party.transfers or not set(party.locations) <= set(eea()):
            yield party.id


@rule("agreement/transfers-stated", "missing")
def transfers_are_stated(register: Register) -> Report:
    """An agreement says whether data may leave the EEA.

    Why: the processor may transfer only on documented instructions (Art. 28(3)(a)); that it may not is one, too.

    Bad: no `transfers`. Good: `transfers: none`, or `transfers: listed`
    """
    for path, agreement in each(register):
        if agreement.transfers is None:
            yield (
                path,
                "nothing says whether data may leave the EEA. Give transfers: none or listed (GDPR Art. 28(3)(a)).",
            )


@rule("agreement/storage")
def storage_agrees_with_duration(register: Register) -> Report:
    """The items on duration and on storage name the same rules; where you process, each kind of data has one term.

    Why: two terms for the same data leave open which holds (Art. 28(3)(g), 5(1)(e)). What the controller itself keeps
    longer is its own affair.

    Bad: an activity of capacity processor with two rules of storage for all its data, or one that keeps it permanently
    although it is to be erased at the end; `duration: {retention: [a]}` with `retention: [b]`.
    Good: one rule for each category; the same rules in both places, or none under duration.
    """
    for path, agreement in each(register):
        rules = _rules(agreement, register)
        yield from _rules_of_other_activities(path, agreement, rules)
        yield from _two_terms(path, agreement, register)
        if agreement.duration and agreement.duration.retention:
            named = {*agreement.duration.retention}
            if named != rules.keys():
                yield (
                    (*path, "duration", "retention"),
                    f"the item on duration names {', '.join(sorted(named))}, the item on storage "
                    f"{', '.join(rules) or 'nothing'}. Name the same, or delete it here (GDPR Art. 28(3)(g)).",
                )
        for rule_ in rules.values() if agreement.is_ours_to_perform else ():
            if rule_.kind == "permanently" and agreement.end_of_service:
                yield (
                    (*path, "end_of_service"),
                    f'"{rule_.id}" keeps data permanently, and here it is to be erased or returned. Correct one of '
                    "them (GDPR Art. 28(3)(g)).",
                )


def _rules(agreement: Agreement, register: Register) -> dict[str, RetentionRule]:
    """Return the rules of storage that hold under an agreement, by id, in the order of its activities."""
    ids = (id for activity in agreement.activities for id in register.activities[activity].retention)
    return {id: register.retention[id] for id in ids if not agreement.retention or id in agreement.retention}


def _rules_of_other_activities(path: Path, agreement: Agreement, rules: dict[str, RetentionRule]) -> Report:
    for index, id in enumerate(agreement.retention):
        if id not in rules:
            yield (
                (*path, "retention", index),
                f'no activity of this agreement has the rule "{id}". Delete it here, or add it there (GDPR Art. '
                "28(3)(g)).",
            )


def _two_terms(path: Path, agreement: Agreement, register: Register) -> Report:
    """Yield where two rules of one activity cover everything, so that they cover the same data."""
    rules = _rules(agreement, register)
    for index, activity in enumerate(agreement.activities if agreement.is_ours_to_perform else ()):
        whole = [id for id in register.activities[activity].retention if id in rules and not rules[id].categories]
        if len(whole) > 1:
            yield (
                (*path, *(("retention",) if agreement.retention else ("activities", index))),
                f'"{activity}" has {len(whole)} terms of storage for the same data: {", ".join(whole)}. Give each its '
                "categories, or choose one (GDPR Art. 28(3)(g), 5(1)(e)).",
            )


@rule("agreement/processors-law")
def statutory_storage_is_the_processors(register: Register) -> Report:
    """Where you process, a term of storage that a law demands is a law that binds you.

    Why: the controller's statutory minima are the controller's; the processor erases or returns, unless a law binds
    itself (Art. 28(3)(g)). What you keep for your own accounts is an activity of your own, as controller.

    Bad: a rule with `law: bookkeeping-act` in an activity of capacity processor, and that law not in `stored_by_law`.
    Good: the law among `stored_by_law`; or the accounts as an activity with `capacity: controller`.
    """
    for path, agreement in each(register):
        where = "activities" if agreement.stored_by_law is None else "stored_by_law"
        for rule_ in _stored(agreement, register) if agreement.is_ours_to_perform else ():
            if rule_.law and rule_.law not in (agreement.stored_by_law or ()):
                yield (
                    (*path, where),
                    f'"{rule_.id}" keeps data because of "{rule_.law}", which is not among the laws that bind the '
                    "processor. Add it to stored_by_law if it does; else erase, or make it an activity of your own "
                    "(GDPR Art. 28(3)(g)).",
                )


def _stored(agreement: Agreement, register: Register) -> list[RetentionRule]:
    """Return the rules of storage that an agreement names anywhere: in the item on storage, or in that on duration."""
    of_duration = agreement.duration.retention if agreement.duration else ()
    ids = dict.fromkeys((*_rules(agreement, register), *of_duration))
    return [register.retention[id] for id in ids]


@rule("agreement/assistance", "missing")
def assistance_is_described(register: Register) -> Report:
    """An agreement says how the processor helps with each right, and with each of Art. 32 to 36.

    Why: the processor assists the controller with all of them (Art. 28(3)(e) and (f)).

    Bad: `assistance` without an entry for Art. 33. Good: entries whose `articles` cover 13 to 22 and 32 to 36.
    """
    for path, agreement in each(register):
        helped = {article.split(".")[0] for id in agreement.assistance for article in register.assistance[id].articles}
        lacking = [article for article in _ASSISTED if article not in helped]
        if lacking:
            yield (
                (*path, "assistance"),
                f"nothing says how the processor helps with Art. {', '.join(lacking)}. Give assistance, entries of "
                "assistance.yml with these articles (GDPR Art. 28(3)(e)-(f)).",
            )
