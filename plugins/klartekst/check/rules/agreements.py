"""An agreement names its parties and its template, and covers what its processor does (Art. 28 GDPR)."""

from collections.abc import Iterator

from klartekst.check.rule import Report, rule
from klartekst.law import CUSTOM, Template, base_of, numbers_of, template_of, templates
from klartekst.load import nearest
from klartekst.model import Activity, Agreement, CustomOutline, Party, Path, Register


def each(register: Register) -> Iterator[tuple[Path, Agreement]]:
    """Yield each agreement with its path."""
    for id, agreement in register.agreements.items():
        yield ("agreements", id), agreement


def with_template(register: Register) -> Iterator[tuple[Path, Agreement, Template]]:
    """Yield each agreement whose template exists, with its annexes."""
    for path, agreement in each(register):
        template = template_of(agreement)
        if template is not None:
            yield path, agreement, template


def covered(agreement: Agreement, register: Register) -> set[str]:
    """Return the categories of data that an agreement covers."""
    used = {use.category for id in agreement.activities for use in register.activities[id].data}
    return used & set(agreement.data) if agreement.data else used


def processor_of(agreement: Agreement, register: Register) -> Party | None:
    """Return who processes for you; None where you process yourself, or nobody is named."""
    named = agreement.processor if agreement.direction == "controller" else None
    return register.parties[named] if named else None


_HOMES = {"customer": "an id of customers.yml", "processor": "an id of parties/"}
"""What names the other party, and where that is declared."""


@rule("agreement/party")
def agreement_has_its_other_party(register: Register) -> Report:
    """An agreement names the one other party that its direction asks for.

    Why: a contract binds the processor with regard to the controller (Art. 28(3)); it has both.

    Bad: `direction: processor` without `customer`, or with `processor`.
    Good: `direction: processor` with `customer`; `direction: controller` with `processor`.
    """
    for path, agreement in each(register):
        wanted, other = ("processor", "customer") if agreement.direction == "controller" else ("customer", "processor")
        lacks, has_other = getattr(agreement, wanted) is None, getattr(agreement, other) is not None
        if lacks and has_other:
            yield (
                (*path, other),
                f"direction: {agreement.direction} goes with {wanted}, and {other} stands here. Give {wanted}, "
                f"{_HOMES[wanted]}, or correct the direction (GDPR Art. 28(3)).",
            )
        elif lacks:
            yield (
                (*path, "direction"),
                f"direction: {agreement.direction} needs another party, and none is named. Give {wanted}, "
                f"{_HOMES[wanted]} (GDPR Art. 28(3)).",
            )
        elif has_other:
            yield (
                (*path, other),
                f"{other} does not belong to direction: {agreement.direction}. Delete it, or correct the direction "
                "(GDPR Art. 28(3)).",
            )


@rule("agreement/customer", "missing")
def customer_is_identified(register: Register) -> Report:
    """A customer with a name has an address, too, and a contact for breaches and for notices.

    Why: an agreement whose parties cannot be told apart binds nobody (Art. 28(3)); news of breaches and of new
    processors must reach somebody (Art. 28(2), 33(2)).

    Bad: `name: Elmebakken Skole` without `address`, or without a contact for breaches.
    Good: name, address and contacts; or no name at all, where each customer fills in its own.
    """
    named = (agreement.customer for _, agreement in each(register) if agreement.is_ours_to_perform)
    for id in dict.fromkeys(filter(None, named)):
        customer = register.customers[id]
        matters = {matter for contact in customer.contacts for matter in contact.matters}
        if customer.name and customer.address is None:
            yield ("customers", id), f'"{id}" has no address. Give address, as in the register (GDPR Art. 28(3)).'
        if customer.name and "breach" not in matters:
            yield (
                ("customers", id, "contacts"),
                f'"{id}" has nobody who is told of a breach. Give contacts with matters: [breach] (GDPR Art. 33(2)).',
            )
        if customer.name and not matters & {"agreement", "data-protection"}:
            yield (
                ("customers", id, "contacts"),
                f'"{id}" has nobody who is told of new processors. Give contacts with matters: [agreement] (GDPR Art. '
                "28(2)).",
            )


@rule("agreement/template")
def template_exists(register: Register) -> Report:
    """An agreement follows a template that there is, and changes only items that the template has.

    Why: the annexes are part of the contract (Art. 28(3)), and a reference to an item leads astray where the numbers
    are another template's.

    Bad: `template: dk-2021`; `template: custom` without `outline`; `leave_out: [C.9]`.
    Good: `template: dk-2020`; `template: custom` with `outline: {based_on: dk-2020, leave_out: [C.6]}`
    """
    known = [*templates(), CUSTOM]
    for path, agreement in each(register):
        outline = agreement.outline
        if agreement.template not in known:
            yield (*path, "template"), _no_template(agreement.template, known)
        elif agreement.template == CUSTOM and outline is None:
            yield (
                (*path, "template"),
                f"custom annexes start from another template. Give outline with based_on, one of "
                f"{', '.join(templates())} (GDPR Art. 28(3)).",
            )
        elif outline and agreement.template != CUSTOM:
            yield (
                (*path, "outline"),
                "an outline belongs to template: custom only. Delete it, or write template: custom (GDPR Art. 28(3)).",
            )
        elif outline and base_of(agreement) is None:
            yield (*path, "outline", "based_on"), _no_template(outline.based_on, [*templates()])
        elif outline:
            for where, message in _wrong_items(outline, templates()[outline.based_on]):
                yield (*path, "outline", *where), f"{message} (GDPR Art. 28(3))."


def _no_template(name: str, known: list[str]) -> str:
    return f'there is no template "{name}".{nearest(name, known)} Choose one of {", ".join(known)} (GDPR Art. 28(3)).'


def _wrong_items(outline: CustomOutline, template: Template) -> Report:
    annexes = {section.number for section in template.sections}
    known = sorted(number for number in numbers_of(template) if number[0].isalpha())
    named: list[tuple[Path, str]] = [(("leave_out", index), item) for index, item in enumerate(outline.leave_out)]
    named += [(("renumber", item), item) for item in outline.renumber]
    for where, item in named:
        if item not in known:
            yield (
                where,
                f'{outline.based_on} has no item "{item}".{nearest(item, known)} Name one of {", ".join(known)}',
            )
        elif where[0] == "renumber" and item in annexes:
            yield where, f'"{item}" is an annex, and its title holds its letter. Name its items instead'
        elif where[0] == "renumber" and {item, item.split(".")[0]} & set(outline.leave_out):
            yield where, f'"{item}" is left out and cannot have a number. Delete it here, or under leave_out'


@rule("agreement/numbers")
def numbers_are_used_once(register: Register) -> Report:
    """Two items of the annexes never have the same number, and each has one of its own annex.

    Why: a clause of the contract that refers to an item must lead to that item (Art. 28(3)).

    Bad: `renumber: {C.7: C.5}` while C.5 stays, or `renumber: {C.7: B.3}`. Good: a number of Annex C that is free.
    """
    for path, agreement, template in with_template(register):
        renumber = agreement.outline.renumber if agreement.outline else {}
        used = [section.number for section in template.sections] + [item.number for _, item in template.items]
        for item, number in renumber.items():
            annex, *inside = item.split(".")
            if not inside:
                continue  # an annex keeps its letter: agreement/template
            if not number.startswith(f"{annex}."):
                wrong = f'"{item}" stands in {annex}, and "{number}" is a number elsewhere. Choose one of {annex}'
            elif used.count(number) > 1:
                wrong = f'two items have the number "{number}". Choose one that is free, or leave an item out'
            else:
                continue
            yield (*path, "outline", "renumber", item), f"{wrong} (GDPR Art. 28(3))."


@rule("agreement/capacity")
def activities_are_those_of_the_processor(register: Register) -> Report:
    """An agreement covers activities that its processor carries out.

    Why: an agreement under Art. 28 is about what one does for another; what you decide yourself is not (Art. 28(10)).

    Bad: `direction: processor` with an activity of `capacity: controller`; `direction: controller` with an activity
    whose data the processor does not get.
    Good: activities in the right capacity.
    """
    for path, agreement in each(register):
        for index, id in enumerate(agreement.activities):
            wrong = _why_not(register.activities[id], agreement, register)
            if wrong:
                yield (*path, "activities", index), f'"{id}" {wrong} (GDPR Art. 28(3), (10)).'


def _why_not(activity: Activity, agreement: Agreement, register: Register) -> str | None:
    if agreement.is_ours_to_perform:
        wrong = f"has capacity: {activity.capacity}; only what you do as a processor belongs here"
        return f"{wrong}. Take it out, or correct its capacity" if activity.is_ours else None
    if not activity.is_ours:
        return "has capacity: processor; here you are the controller. Take it out, or correct the direction"
    processor = processor_of(agreement, register)
    if processor and processor not in register.recipients_of(activity):
        return f'does not give data to "{processor.id}". Take it out, or name the party among its recipients'
    return None


@rule("agreement/processor")
def processor_is_one(register: Register) -> Report:
    """The party that processes for you has the capacity of a processor.

    Why: a recipient that decides for itself needs no such agreement, and joint controllers another one (Art. 26, 28).

    Bad: `processor: auditor` where the auditor is a controller. Good: a party with `capacity: processor`.
    """
    for path, agreement in each(register):
        party = processor_of(agreement, register)
        if party is not None and party.capacity != "processor":
            yield (
                (*path, "processor"),
                f'"{party.id}" has capacity: {party.capacity}. Correct that in its file, or delete this agreement '
                "(GDPR Art. 26, 28).",
            )


@rule("agreement/description", "missing")
def processing_is_described(register: Register) -> Report:
    """Each activity of an agreement has purposes, operations and data, and the agreement says how long it lasts.

    Why: the contract sets out subject-matter, duration, nature and purpose, the type of data and the categories of data
    subjects (Art. 28(3)).

    Bad: an activity without `operations`; an agreement without `duration`. Good: all of them.
    """
    users: dict[str, str] = {}
    for path, agreement in each(register):
        for id in agreement.activities:
            if register.activities[id].is_ours != agreement.is_ours_to_perform:
                users.setdefault(id, agreement.id)
        if agreement.duration is None:
            yield path, "nothing says how long the processing lasts. Give duration (GDPR Art. 28(3))."
    for id, user in users.items():
        activity = register.activities[id]
        asked = ("operations",) if activity.is_ours else ("purposes", "operations", "data")  # others ask for the rest
        for key in asked:
            if not getattr(activity, key):
                yield (
                    ("activities", id),
                    f'"{id}" has no {key}, and the agreement "{user}" must describe it. Give {key} (GDPR Art. 28(3)).',
                )
