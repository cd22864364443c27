"""The blocks of data processing agreements: one with its annexes, the list of them, and the register of processors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from klartekst.blocks.block import Page, block
from klartekst.blocks.catalogue import scopes
from klartekst.blocks.renderer import render
from klartekst.law import (
    Authority,
    Template,
    authorities,
    contract_terms,
    is_published,
    safeguards,
    template_of,
)
from klartekst.model import (
    Address,
    Agreement,
    Category,
    Contact,
    Declared,
    Label,
    Measure,
    NotRelevant,
    Party,
    Register,
    Registration,
    RetentionRule,
)
from klartekst.model.codes import MeasureKind


@dataclass(frozen=True)
class Person:
    """Whom one reaches on one side: a position, what it is for, and how."""

    position: Label
    matters: tuple[str, ...]
    contact: Contact
    hours: Label | None
    source: Declared


@dataclass(frozen=True)
class Side:
    """One side of an agreement."""

    role: str
    """A key of the phrases `agreement/side/`."""
    source: Declared
    """The thing that it is declared in."""
    name: str | None
    """The legal name; None where it is filled in on paper."""
    kind: Label | None
    registration: Registration | None
    address: Address | None
    people: tuple[Person, ...]
    contact: Contact | None = None
    """How to reach it, where no position is named."""


@block("agreement", "28.2", "28.3", "28.4", agreement="agreements")
def agreement(register: Register, page: Page, agreement: str = "") -> str:
    """An agreement: its parties, what the clauses leave open, its annexes, and where it says what Art. 28 asks."""
    return "\n\n".join(_agreement(one, register, page) for one in _chosen(register, agreement))


@block("annexes", agreement="agreements")
def annexes(register: Register, page: Page, agreement: str = "") -> str:
    """The annexes of an agreement alone, each item with an anchor."""
    chosen = _chosen(register, agreement)
    return "\n\n".join(render("annexes", page.language, register, page=page, **_facts(a, register)) for a in chosen)


@block("agreements")
def agreements(register: Register, page: Page) -> str:
    """The agreements that are public, each with what it is about, its template, its version and its day."""
    found = [(one, template_of(one)) for one in register.agreements.values() if one.visibility == "public"]
    return render("agreements", page.language, register, agreements=found, page=page) if found else ""


@block("sub-processors", "28.2")
def sub_processors(register: Register, page: Page) -> str:
    """Who processes for your customers on your behalf, since when or from when: the register of sub-processors."""
    clock = register.notice_clock
    parties = [party for id, party in register.parties.items() if id in clock]
    values = {"parties": parties, "clock": clock, "scopes": scopes(), "safeguards": safeguards()}
    return render("sub-processors", page.language, register, page=page, **values) if parties else ""


def _chosen(register: Register, agreement: str) -> Iterator[Agreement]:
    """Yield the agreement that was asked for, else all public ones: nothing leads to those that are unlisted."""
    for id, one in register.agreements.items():
        if template_of(one) and (agreement == id or (not agreement and one.visibility == "public")):
            yield one


def _agreement(one: Agreement, register: Register, page: Page) -> str:
    facts = _facts(one, register)
    before = render("agreement", page.language, register, page=page, terms=contract_terms(one), **facts)
    annexes = render("annexes", page.language, register, page=page, **facts)
    after = render("agreement-end", page.language, register, page=page, terms=contract_terms(one), **facts)
    return f"{before}\n\n{annexes}\n\n{after}"


def _facts(one: Agreement, register: Register) -> dict[str, object]:
    """Return what the templates print of an agreement: everything it refers to, narrowed as it says."""
    template = template_of(one)
    assert template is not None  # _chosen took no other
    activities = [register.activities[id] for id in one.activities]
    controller, processor = _sides(one, register)
    return {
        "agreement": one,
        "form": template,
        "activities": activities,
        "data": list(data_of(one, register)),
        "subjects": [register.subjects[id] for id in _unique(a.subjects for a in activities)],
        "sub_processors": register.sub_processors_of(one),
        "handlers": handlers_of(one, register),
        "rules": rules_of(one, register),
        "prompts": list(_prompts(one, template, register)),
        "published": one.clauses is not None and is_published(one),
        "parameters": [(name, clause) for name, clause in template.parameters.items() if _is_open(name, one)],
        "controller": controller,
        "processor": processor,
        "supervisor": _supervisor(one, register),
        "prevailing": one.prevails or (one.clauses and one.clauses.language) or "",
        "line_break": Markup("<br />"),
        "scopes": scopes(),
        "safeguards": safeguards(),
    }


def _is_open(parameter: str, agreement: Agreement) -> bool:
    """Return whether an agreement has chosen what not every text leaves open."""
    return parameter not in {"beneficiary", "docking"} or getattr(agreement, parameter) is not None


def _unique(groups: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(id for group in groups for id in group))


def data_of(agreement: Agreement, register: Register) -> Iterator[tuple[Category, list[Label]]]:
    """Yield each category of data that an agreement covers, with the elements that any of its activities uses."""
    uses = [use for id in agreement.activities for use in register.activities[id].data]
    for id in _unique([use.category] for use in uses):
        if not agreement.data or id in agreement.data:
            category = register.categories[id]
            used = [use.elements or tuple(category.elements) for use in uses if use.category == id]
            yield category, [label for key, label in category.elements.items() if any(key in one for one in used)]


def handlers_of(agreement: Agreement, register: Register) -> tuple[Party, ...]:
    """Return who handles the data under an agreement besides you: the processor, where that is another, and its own."""
    processor = (register.parties[agreement.processor],) if agreement.processor else ()
    return (*processor, *register.sub_processors_of(agreement))


def rules_of(agreement: Agreement, register: Register) -> list[RetentionRule]:
    """Return the rules of storage that hold under an agreement, in the order in which its activities name them."""
    of_activities = _unique(register.activities[id].retention for id in agreement.activities)
    return [register.retention[id] for id in of_activities if not agreement.retention or id in agreement.retention]


def _prompts(
    agreement: Agreement, template: Template, register: Register
) -> Iterator[tuple[str, list[Measure], NotRelevant | None]]:
    """Yield each kind of measure that the template asks about, with the answer; then what it does not ask about."""
    if agreement.security is None:
        return
    measures = [register.measures[id] for id in agreement.security.measures]
    declined = {refusal.kind: refusal for refusal in agreement.security.not_relevant}
    for kind in template.prompts:
        yield kind, [measure for measure in measures if kind in measure.kinds], declined.get(kind)
    others = [measure for measure in measures if not set(template.prompts) & set(measure.kinds)]
    for kind in (kind for kind in get_args(MeasureKind) if kind not in template.prompts):
        found = [measure for measure in others if kind in measure.kinds]
        if found or kind in declined:
            yield kind, found, declined.get(kind)
    if nameless := [measure for measure in others if not measure.kinds]:
        yield "other", nameless, None


def _sides(agreement: Agreement, register: Register) -> tuple[Side, Side]:
    """Return who instructs and who processes."""
    if agreement.direction == "controller":
        party = register.parties[agreement.processor or ""]
        return _ours(agreement, register, "controller"), _party(party)
    roles = ("controller", "processor") if agreement.direction == "processor" else ("main-processor", "sub-processor")
    return _customer(agreement, register, roles[0]), _ours(agreement, register, roles[1])


def _ours(agreement: Agreement, register: Register, role: str) -> Side:
    own = register.organisation
    people = tuple(
        Person(register.roles[point.role].name, point.matters, point.contact, point.hours, point)
        for point in agreement.contacts
    )
    return Side(role, own, own.name, None, own.registration, own.address, people)


def _customer(agreement: Agreement, register: Register, role: str) -> Side:
    customer = register.customers[agreement.customer or ""]
    people = tuple(Person(one.position, one.matters, one.contact, None, one) for one in customer.contacts)
    return Side(role, customer, customer.name, customer.kind, customer.registration, customer.address, people)


def _party(party: Party) -> Side:
    return Side("processor", party, party.name, None, party.registration, party.address, (), party.contact)


def _supervisor(agreement: Agreement, register: Register) -> tuple[Authority, str] | None:
    """Return the authority of the controller, with its country."""
    own = agreement.direction == "controller"
    country = register.organisation.country if own else register.customers[agreement.customer or ""].country
    return (authorities()[country], country) if country in authorities() else None
