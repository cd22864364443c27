"""The blocks that answer "must I do anything?", for each role and topic, beside the facts that the answers rest on."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from zlib import crc32

from markupsafe import Markup

from klartekst.blocks.block import Page, block
from klartekst.blocks.explained import explained
from klartekst.blocks.renderer import render
from klartekst.law import authorities, crisis_lines, duties, emergency_numbers
from klartekst.model import Agreement, Answer, Case, Duty, Label, Register, RetentionRule, Role, Topic

RESPONSES = ("33", "34")
"""The articles that a plan for breaches is about."""


def topics_of(register: Register) -> list[Topic]:
    """Return the topics in their order."""
    return sorted(register.guidance.values(), key=lambda topic: (topic.order, topic.id))


def answer_for(topic: Topic, role: Role) -> Answer | None:
    """Return the answer of a topic for a role."""
    return next((answer for answer in topic.answers if answer.role == role.id), None)


def outcomes_of(answer: Answer) -> tuple[Answer | Case, ...]:
    """Return what can hold: the answer itself, or each of its cases."""
    return answer.cases if answer.answer == "depends" else (answer,)


@block("guidance")
def guidance(register: Register, page: Page) -> str:
    """Who asks, and about what: a link to the page of each role and of each topic."""
    values = {"roles": register.guided, "topics": topics_of(register), "page": page}
    return render("guidance", page.language, register, **values) if values["topics"] else ""


@block("role", role="roles")
def role(register: Register, page: Page, role: str = "") -> str:
    """Must a role do anything? A table with each topic and its answer, then the answers with what to do."""
    asking = [one for one in register.guided if role in {"", one.id}]
    return _explained(register, page, "role", [{"asks": one, "rows": _answered(register, one)} for one in asking])


@block("topic", topic="guidance")
def topic(register: Register, page: Page, topic: str = "") -> str:
    """One topic: what it is, what the organisation does, and the answer for each role."""
    found = [one for one in topics_of(register) if topic in {"", one.id}]
    return _explained(register, page, "topic", [{"topic": one, "roles": register.guided} for one in found])


@block("answer", role="roles", topic="guidance")
def answer(register: Register, page: Page, role: str = "", topic: str = "") -> str:
    """The answer of one topic for one role, on one sheet of paper."""
    asking = [one for one in register.guided if role in {"", one.id}]
    about = [one for one in topics_of(register) if topic in {"", one.id}]
    found = ((one, topic, answer_for(topic, one)) for one in asking for topic in about)
    answers = [{"asks": one, "topic": topic, "answer": answer} for one, topic, answer in found if answer]
    return _explained(register, page, "answer", answers)


@block("checklist", role="roles")
def checklist(register: Register, page: Page, role: str = "") -> str:
    """Everything that a role must do, in order, with a box for each step; what the facts settle is ticked already."""
    asking = [one for one in register.guided if role in {"", one.id}]
    tick_of = _ticks(register.organisation.languages[0])
    values = {"page": page, "tick_of": tick_of, "paired": paired, "many": len(asking) > 1}
    return "\n\n".join(
        render("checklist", page.language, register, asks=one, rows=list(to_do(register, one)), **values)
        for one in asking
    )


@block("breach-plan", "33", "34")
def breach_plan(register: Register, page: Page) -> str:
    """What happens in a personal data breach: who calls whom, how much time there is, and each role's steps."""
    asking = [(one, list(responses(register, one))) for one in register.guided]
    if not any(steps for _, steps in asking):
        return ""
    return _explained(register, page, "breach-plan", [{"asking": asking, "limit": duties().limits["33.1"]}])


@block("emergency", topic="guidance")
def emergency(register: Register, page: Page, topic: str = "") -> str:
    """When not to read on but to call for help, and whom."""
    found = [one for one in topics_of(register) if one.emergency and topic in {"", one.id}]
    return "\n\n".join(render("emergency", page.language, register, topic=one, **_around(register)) for one in found)


def _ticks(language: str) -> Callable[[Role, Topic, Case | None, Duty, Label], Markup]:
    """Return what names the ticks of checklists, one after the other, by their words in a language.

    A name stays when other steps are added, and goes when the words change that it stood for. The same step in two
    cases or in two duties is two ticks: what was done for one client was not done for another. Where nothing tells two
    steps apart, their order does.
    """
    given = Counter[str]()

    def tick_of(role: Role, topic: Topic, case: Case | None, duty: Duty, action: Label) -> Markup:
        name = f"{role.id}/{topic.id}/{crc32(_identity(language, case, duty, action).encode()):08x}"
        given[name] += 1
        return Markup(name if given[name] == 1 else f"{name}-{given[name]}")

    return tick_of


def _identity(language: str, case: Case | None, duty: Duty, action: Label) -> str:
    """Return what tells a step from the others about its topic: its case, when it is due, the law, and its words."""
    asked = [f"{id}={'|'.join(answers)}" for id, answers in case.when.items()] if case else []
    when, words = (one[language] if one and one.has(language) else "" for one in (duty.when, action))
    return "".join(f"{one};" for one in (*asked, duty.article, when) if one) + words


def paired(*ids: str) -> Markup:
    """Return ids as one id of a place on a page; no id has two hyphens in a row, so that it is that of one pair."""
    return Markup("--".join(ids))


def _explained(register: Register, page: Page, template: str, parts: Sequence[Mapping[str, object]]) -> str:
    """Render a template for each part, and explain the words of the glossary where they first stand.

    A template is told whether there are `many`: then the ids of its places must say which part they stand in.
    """
    around = {**_around(register), "many": len(parts) > 1}
    texts = (render(template, page.language, register, page=page, **around, **values) for values in parts)
    return explained("\n\n".join(texts), register, page.language)


def self_service_of(answer: Answer) -> list[str]:
    """Return the rights that a person uses in the service itself, as far as an answer or a case of it rests on that."""
    grounds = (outcome.rests_on for outcome in (answer, *answer.cases) if outcome.rests_on)
    return list(dict.fromkeys(right for one in grounds for right in one.self_service))


def _around(register: Register) -> dict[str, object]:
    """Return what the macros of guidance look at."""
    return {
        "agreements_of": partial(agreements_of, register),
        "answer_for": answer_for,
        "authorities": authorities(),
        "countries_of": partial(countries_of, register),
        "crisis_lines": crisis_lines(),
        "emergency_numbers": emergency_numbers,
        "paired": paired,
        "retention_of": partial(_retention_of, register),
        "sub_processors_of": register.sub_processors_of,
        "self_service_of": self_service_of,
    }


def agreements_of(register: Register, role: Role) -> list[Agreement]:
    """Return the agreements that hold between a role and the organisation; nothing leads to those that are unlisted."""
    ids = role.guidance.agreements if role.guidance else ()
    return [one for one in (register.agreements[id] for id in ids) if one.visibility == "public"]


def countries_of(register: Register, role: Role) -> list[str]:
    """Return where the readers of a role are: its own countries, or all of the organisation's."""
    own = register.organisation
    named = role.guidance.serves if role.guidance else ()
    return list(dict.fromkeys(named or (own.country, *own.serves)))


def _retention_of(register: Register, role: Role) -> list[RetentionRule]:
    ids = {
        id for one in (role.guidance.activities if role.guidance else ()) for id in register.activities[one].retention
    }
    return [rule for id, rule in register.retention.items() if id in ids]


def _answered(register: Register, role: Role) -> list[tuple[Topic, Answer]]:
    found = ((topic, answer_for(topic, role)) for topic in topics_of(register))
    return [(topic, answer) for topic, answer in found if answer]


def to_do(register: Register, role: Role) -> Iterator[tuple[Topic, Case | None, Duty]]:
    """Yield what a role must do, in order, with the topic, and with its case where it is the first duty of one."""
    for topic, answer in _answered(register, role):
        for outcome in outcomes_of(answer):
            for index, duty in enumerate(outcome.duties):
                yield topic, outcome if isinstance(outcome, Case) and not index else None, duty


def responses(register: Register, role: Role) -> Iterator[tuple[Topic, Case | None, Duty]]:
    """Yield what a role must do in a personal data breach."""
    for topic, case, duty in to_do(register, role):
        if any(article.split(".")[0] in RESPONSES for article in topic.articles):
            yield topic, case, duty
