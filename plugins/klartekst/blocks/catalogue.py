"""The blocks: each a few lines that choose the facts, and a template that puts them into words."""

from klartekst.blocks.block import Page, block
from klartekst.blocks.renderer import render
from klartekst.law import adequacy_decisions, authorities, response_time, rights_of
from klartekst.model import Activity, Register, RetentionRule


@block("documents")
def documents(register: Register, page: Page) -> str:
    """Links to all documents of the site, each with what it says."""
    return render("documents", page.language, register=register, page=page)


@block("welcome")
def welcome(register: Register, page: Page) -> str:
    """What the organisation does, and how to ask it something."""
    return render("welcome", page.language, register=register)


@block("summary", "13.1.a", "13.2.b")
def summary(register: Register, page: Page) -> str:
    """The first layer of the statement: who, what for, which rights, whom to ask."""
    values = {"activities": _chosen(register), "rights": rights_of(register)}
    return render("summary", page.language, register=register, **values)


@block("identity", "13.1.a", "13.1.b")
def identity(register: Register, page: Page) -> str:
    """The controller and its data protection officer, with everything that reaches them."""
    return render("identity", page.language, register=register, organisation=register.organisation)


@block(
    "activities",
    "13.1.c", "13.1.d", "13.1.e", "13.1.f", "13.2.a", "13.2.e",
    activity="activities", subject="subjects",
)  # fmt: skip
def activities(register: Register, page: Page, activity: str = "", subject: str = "") -> str:
    """What is done with personal data, activity by activity; of one activity or one group of people only, if asked."""
    chosen = _chosen(register, activity, subject)
    return render("activities", page.language, register=register, activities=chosen, scopes=_scopes())


@block("automated", "13.2.f")
def automated(register: Register, page: Page) -> str:
    """That no decision is taken by a machine alone, said once for all activities."""
    return render("automated", page.language)


@block("retention", "13.2.a", activity="activities", subject="subjects")
def retention(register: Register, page: Page, activity: str = "", subject: str = "") -> str:
    """How long data is kept; of one activity or one group of people only, if asked."""
    used = {id for chosen in _chosen(register, activity, subject) for id in chosen.retention}
    rules: list[RetentionRule] = [rule for id, rule in register.retention.items() if id in used]
    return render("retention", page.language, register=register, rules=rules)


@block("measures")
def measures(register: Register, page: Page) -> str:
    """How the data is protected; what is planned is marked as planned."""
    return render("measures", page.language, register=register)


@block("rights", "13.2.b", "13.2.c")
def rights(register: Register, page: Page) -> str:
    """The rights that follow from the legal bases, and how to use them."""
    values = {"rights": rights_of(register), "time": response_time()}
    return render("rights", page.language, register=register, channel=register.organisation.rights, **values)


@block("objection", "13.2.b", "21.4")
def objection(register: Register, page: Page) -> str:
    """The right to object, apart from all other information, where it applies."""
    found = [right for right in rights_of(register) if right.id == "objection"]
    return render("objection", page.language, right=found[0]) if found else ""


@block("complaint", "13.2.d")
def complaint(register: Register, page: Page) -> str:
    """Where to complain."""
    country = register.organisation.country
    return render("complaint", page.language, authority=authorities()[country], country_code=country)


@block("dates")
def dates(register: Register, page: Page) -> str:
    """When the text was last changed, and which language prevails."""
    return render("dates", page.language, organisation=register.organisation)


@block("processors", "13.1.e", "13.1.f", activity="activities")
def processors(register: Register, page: Page, activity: str = "") -> str:
    """Who gets personal data, by name, with task, place and transfers; for one activity only, if asked."""
    parties = register.recipients_of(register.activities[activity]) if activity else tuple(register.parties.values())
    return render("processors", page.language, register=register, parties=parties, page=page, scopes=_scopes())


def _scopes() -> dict[str, str]:
    """Return what an adequacy decision is limited to, by country, for those that are."""
    return {country: decision.kind for country, decision in adequacy_decisions().items() if decision.kind != "full"}


def _chosen(register: Register, activity: str = "", subject: str = "") -> tuple[Activity, ...]:
    """Return the activities by the first group of people they concern, in the order in which those are declared."""
    order = {id: place for place, id in enumerate(register.subjects)}
    chosen = (
        candidate
        for candidate in register.activities.values()
        if activity in {"", candidate.id} and (not subject or subject in candidate.subjects)
    )
    return tuple(sorted(chosen, key=lambda candidate: (min(order[id] for id in candidate.subjects), candidate.id)))
