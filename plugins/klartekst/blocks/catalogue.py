"""The blocks of a privacy statement: a few lines each that choose the facts; a template puts them into words."""

from collections.abc import Iterable

from markupsafe import Markup

from klartekst.blocks.block import Page, block
from klartekst.blocks.renderer import render
from klartekst.blocks.stated import stated
from klartekst.law import (
    WHOLE,
    Authority,
    adequacy_decisions,
    authorities,
    consent_ages,
    eea,
    response_time,
    rights_of,
    safeguards,
)
from klartekst.model import Activity, Register, RetentionRule


@block("documents")
def documents(register: Register, page: Page) -> str:
    """Guidance by role, the documents of the front page, each with what it says, then those by group of people."""
    return render("documents", page.language, register, page=page)


@block("welcome")
def welcome(register: Register, page: Page) -> str:
    """What the organisation does, and how to ask it something."""
    return render("welcome", page.language, register)


@block("services")
def services(register: Register, page: Page) -> str:
    """What the organisation offers, and which law regulates it."""
    return render("services", page.language, register) if register.services else ""


@block("summary", subject="subjects")
def summary(register: Register, page: Page, subject: str = "") -> str:
    """The first layer of the statement: who, what for, which rights, whom to ask."""
    activities = chosen(register, subject=subject)
    values = {"activities": activities, "rights": rights_of(register, activities)}
    return render("summary", page.language, register, **values)


@block("identity", "13.1.a", "13.1.a.representative", "13.1.b")
def identity(register: Register, page: Page) -> str:
    """The controller, its representative and its data protection officer, with everything that reaches them."""
    is_outside = register.organisation.country not in eea()
    return render("identity", page.language, register, organisation=register.organisation, is_outside=is_outside)


@block(
    "activities",
    "13.1.c", "13.1.d", "13.1.e", "13.1.f", "13.2.a", "13.2.c", "13.2.e", "14.1.d", "14.2.f",
    activity="activities", subject="subjects",
)  # fmt: skip
def activities(register: Register, page: Page, activity: str = "", subject: str = "") -> str:
    """What is done with personal data, activity by activity; of one activity or one group of people only, if asked."""
    return render(
        "activities",
        page.language,
        register,
        activities=chosen(register, activity, subject),
        stated=lambda one: stated(one, register),
        opened=Markup("" if not (activity or subject) else " open"),
        scopes=scopes(),
        safeguards=safeguards(),
    )


@block("acting", subject="subjects")
def acting(register: Register, page: Page, subject: str = "") -> str:
    """What is done on behalf of others, each with a pointer to the controller: its notice counts, not this one."""
    found = [a for a in _about(register.activities.values(), subject, register) if not a.is_ours]
    return render("acting", page.language, register, activities=found) if found else ""


@block("automated", "13.2.f", subject="subjects")
def automated(register: Register, page: Page, subject: str = "") -> str:
    """The decisions that a machine takes alone, or that there are none."""
    return render("automated", page.language, register, activities=chosen(register, subject=subject))


@block("retention", "13.2.a", activity="activities", subject="subjects")
def retention(register: Register, page: Page, activity: str = "", subject: str = "") -> str:
    """How long data is kept; of one activity or one group of people only, if asked."""
    used = {id for found in chosen(register, activity, subject) for id in found.retention}
    rules: list[RetentionRule] = [rule for id, rule in register.retention.items() if id in used]
    return render("retention", page.language, register, rules=rules)


@block("schedule")
def schedule(register: Register, page: Page) -> str:
    """How long everything is kept, and for what: the schedule of storage."""
    used = {id: [a for a in register.ours if id in a.retention] for id in register.retention}
    rules = [(rule, used[id]) for id, rule in register.retention.items() if used[id]]
    return render("schedule", page.language, register, rules=rules, page=page)


@block("measures")
def measures(register: Register, page: Page) -> str:
    """How the data is protected; what is planned is marked as planned."""
    found = [one for one in register.measures.values() if one.status != "required" and not one.party]
    return render("measures", page.language, register, measures=found) if found else ""


@block("rights", "13.2.b", subject="subjects")
def rights(register: Register, page: Page, subject: str = "") -> str:
    """The rights that follow from the legal bases, and how to use them."""
    found = rights_of(register, chosen(register, subject=subject))
    values = {"rights": found, "time": response_time(), "channel": register.organisation.rights}
    return render("rights", page.language, register, **values) if found else ""


@block("objection", "13.2.b.objection", "21.4", subject="subjects")
def objection(register: Register, page: Page, subject: str = "") -> str:
    """The right to object, apart from all other information, where it applies."""
    found = [right for right in rights_of(register, chosen(register, subject=subject)) if right.id == "objection"]
    return render("objection", page.language, register, right=found[0]) if found else ""


@block("complaint", "13.2.d")
def complaint(register: Register, page: Page) -> str:
    """Where to complain: the authority of the organisation's country, and those of the countries it serves."""
    return render("complaint", page.language, register, authorities=_supervisors(register))


@block("dates")
def dates(register: Register, page: Page) -> str:
    """When the text was last changed, and which language prevails."""
    return render("dates", page.language, register, organisation=register.organisation)


@block("processors", activity="activities")
def processors(register: Register, page: Page, activity: str = "") -> str:
    """Who gets personal data, by name, with task, place and transfers; for one activity only, if asked."""
    parties = register.recipients_of(register.activities[activity]) if activity else tuple(register.parties.values())
    values = {"scopes": scopes(), "safeguards": safeguards()}
    return render("processors", page.language, register, parties=parties, page=page, **values)


@block("children")
def children(register: Register, page: Page) -> str:
    """The statement for children to read: what is done with their data, what they can decide, and whom to ask."""
    young = {id for id, subject in register.subjects.items() if subject.child}
    found = [activity for activity in register.activities.values() if young.intersection(activity.subjects)]
    own = register.organisation
    asked = any(basis.article == "6.1.a" for activity in found if activity.is_ours for basis in activity.bases)
    ages = [(code, consent_ages()[code]) for code in (own.country, *own.serves) if code in consent_ages()]
    values = {
        "activities": found,
        "ages": ages if asked else [],
        "authorities": _supervisors(register),
        "rights": rights_of(register, [activity for activity in found if activity.is_ours]),
    }
    return render("children", page.language, register, organisation=own, **values)


@block("coverage")
def coverage(register: Register, page: Page) -> str:
    """For each item of Art. 13(1)-(2) and 14(1)-(2): where the statement says it, or why it does not apply."""
    return render("coverage", page.language, register, rows=page.coverage, page=page, whole=WHOLE)


def _supervisors(register: Register) -> list[tuple[Authority, str]]:
    """Return the authorities to complain to, each with its country: first that of the organisation.

    Outside the EEA it is that of the representative inside.
    """
    own = register.organisation
    home = own.representative.address.country if own.representative and own.country not in eea() else own.country
    return [(authorities()[code], code) for code in dict.fromkeys((home, *own.serves)) if code in authorities()]


def scopes() -> dict[str, str]:
    """Return what an adequacy decision is limited to, by country, for those that are."""
    return {country: decision.kind for country, decision in adequacy_decisions().items() if decision.kind != "full"}


def chosen(register: Register, activity: str = "", subject: str = "") -> tuple[Activity, ...]:
    """Return the activities the organisation decides over: all, one, or those about one group of people.

    They come by the first group of people they concern, in the order in which those are declared.
    """
    named = (candidate for candidate in register.ours if activity in {"", candidate.id})
    return _about(named, subject, register)


def _about(activities: Iterable[Activity], subject: str, register: Register) -> tuple[Activity, ...]:
    order = {id: place for place, id in enumerate(register.subjects)}
    found = (candidate for candidate in activities if not subject or subject in candidate.subjects)
    return tuple(sorted(found, key=lambda candidate: (min(order[id] for id in candidate.subjects), candidate.id)))
