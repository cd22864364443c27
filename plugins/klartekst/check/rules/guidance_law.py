"""Guidance says what the law says: whose duty it is, on which condition, in what time."""

import datetime as dt
import re
from collections.abc import Callable, Mapping

from klartekst.check.rule import Report, rule
from klartekst.check.rules.clauses import cited
from klartekst.check.rules.guidance import outcomes, topics
from klartekst.law import crisis_lines, duties
from klartekst.model import Answer, Prose, Register, after


@rule("guidance/own-duty")
def own_duties_are_not_denied(register: Register) -> Report:
    """Nobody is told "no", or that it is advice, where the duty is their own by law.

    Why: who decides over the data answers for it whoever does the work (Art. 5(2), 24(1)): what a processor does for it
    is done for it, and the responsibility stays. A processor has duties of its own (Art. 28, 30(2), 32, 33(2)).

    A topic about a provision that frees the controller (`20.3`, `30.5`) or binds a processor (`33.2`) may say no, and
    so may a case, since it says when.

    Bad: `articles: ["15"]` and `answer: "no"` for a role with `capacity: controller`.
    Good: `answer: done-for-you` with `rests_on` and `remains`.
    """
    bound: Mapping[str, Callable[[str], bool]] = {
        "controller": duties().is_own,
        "processor": duties().binds_processor,
    }
    for path, topic, answer, outcome in outcomes(register):
        role = register.roles[answer.role].guidance
        if role is None or role.capacity not in bound:
            continue
        articles = dict.fromkeys((*topic.articles, *(duty.article for duty in outcome.duties if duty.article)))
        own = [article for article in articles if bound[role.capacity](article)]
        if own and outcome is answer and _is_no(answer):
            yield (
                (*path, "answer"),
                f"a {role.capacity} is bound by {', '.join(map(cited, own))} itself, and this says no. Write answer: "
                "done-for-you with rests_on and remains, or yes (GDPR Art. 5(2), 24(1)).",
            )
        for index, duty in enumerate(outcome.duties):
            if duty.optional and duty.owner != "organisation" and duty.article in own:
                yield (
                    (*path, "duties", index, "optional"),
                    f"a {role.capacity} is bound by {cited(duty.article or '')} itself, and this calls it advice. "
                    "Delete optional; where it holds in some cases, give when (GDPR Art. 5(2), 24(1)).",
                )


def _is_no(answer: Answer) -> bool:
    """Return whether an answer is no, or depends and is no in every case."""
    return all(one.answer == "no" for one in answer.cases) if answer.cases else answer.answer == "no"


_DEPENDS: Mapping[str, str] = {
    "9.2.a": "consent is one of ten ways of Art. 9(2)",
    "20": "only what the person gave, by consent or for a contract, and on a computer, is taken along",
    "33": "a breach that is unlikely to be a risk to people is not notified",
    "34": "people are told where the risk to them is likely to be high",
    "35": "an assessment is made where the risk is likely to be high",
    "36": "the authority is asked where the risk stays high",
    "37": "only some bodies must have a data protection officer",
}
"""What the duties with a condition depend on, by article."""


@rule("guidance/condition")
def conditional_duties_say_when(register: Register) -> Report:
    """A duty that the law makes depend on something says when it holds.

    Why: not every breach is notified (Art. 33(1)), not every activity is assessed (Art. 35(1)), and consent is one of
    ten ways to use special categories (Art. 9(2)).

    Bad: `article: "33.1"` without `when`. Good: `when: the breach is likely to be a risk to people`
    """
    for path, _, _, outcome in outcomes(register):
        for index, duty in enumerate(outcome.duties):
            article = duty.article or ""
            if article in duties().conditions and duty.when is None and not duty.optional:
                told = _DEPENDS[article.removesuffix(".1")]
                yield (
                    (*path, "duties", index),
                    f"this holds for every case, and the law says: {told}. Give when (GDPR {cited(article)}).",
                )


@rule("guidance/processor-notifies")
def controllers_notify_themselves(register: Register) -> Report:
    """It is the controller who notifies a breach, not its processor.

    Why: the processor tells the controller, and the controller the authority and the people (Art. 33(1)-(2), 34(1)).

    Bad: `article: "33.1"` with `owner: organisation` for a role with `capacity: controller`.
    Good: `owner: role`; what you do is `article: "33.2"`.
    """
    for path, _, answer, outcome in outcomes(register):
        role = register.roles[answer.role].guidance
        for index, duty in enumerate(outcome.duties):
            if role is None or duty.article not in duties().controllers:
                continue
            by_processor = duty.owner != "role" and role.capacity == "controller" and role.agreements
            if by_processor or (duty.owner != "organisation" and role.capacity == "processor"):
                yield (
                    (*path, "duties", index, "owner" if duty.owner != "role" else "article"),
                    "a processor tells the controller of a breach, and the controller notifies. Write owner: role for "
                    'the controller, or article: "33.2" for the processor (GDPR Art. 33(1)-(2)).',
                )


@rule("guidance/too-late")
def deadlines_are_those_of_the_law(register: Register) -> Report:
    """A deadline is not longer than the law's, in the shortest month.

    Why: a breach is notified within 72 hours (Art. 33(1)), and a request answered within a month (Art. 12(3)); two
    months more are the exception, and the person is told within the first.

    Bad: `article: "33.1"` with `deadline: P5D`. Good: `deadline: PT72H`
    """
    for path, _, _, outcome in outcomes(register):
        for index, duty in enumerate(outcome.duties):
            article = duty.article or ""
            limit, source = duties().limit(article), "12.3" if duties().is_request(article) else article
            if limit and duty.deadline and _end(duty.deadline) > _end(limit):
                yield (
                    (*path, "duties", index, "deadline"),
                    f"{duty.deadline} is longer than the {limit} that the law gives. Write {limit}, or less (GDPR "
                    f"{cited(source)}).",
                )


_START = dt.date(2027, 1, 31)
"""A day after which a month is as short as it can be."""


def _end(span: str) -> tuple[dt.date, int]:
    """Return when an ISO 8601 duration that starts at midnight has passed: the day, and minutes of it."""
    date, _, time = span.partition("T")
    clock = {unit: int(number) for number, unit in re.findall(r"(\d+)([HM])", time)}
    days, minutes = divmod(clock.get("H", 0) * 60 + clock.get("M", 0), 24 * 60)
    return after(after(_START, date), f"P{days}D"), minutes


@rule("guidance/crisis", "warning")
def there_is_somebody_to_call(register: Register) -> Report:
    """Where a topic speaks of emergencies, there are crisis lines for the countries of its readers.

    Why: a page that says "call for help" and gives no number helps nobody (Art. 24(1)).

    Bad: `emergency` in a topic, and a reader in a country whose crisis lines are not known here.
    Good: a country of law/data/crisis.yml; for others, `Call [116 123](tel:116123).` in the text itself.
    """
    for path, topic in topics(register):
        unknown = [code for code in register.readers_of(topic) if code not in crisis_lines()]
        if topic.emergency and unknown and not _has_numbers(topic.emergency):
            yield (
                (*path, "emergency"),
                f"no crisis lines are known here for {', '.join(unknown)}. Name whom to call there in the text, with a "
                "link: [number](tel:number) (GDPR Art. 24(1)).",
            )


def _has_numbers(words: Prose) -> bool:
    return all(re.search(r"\]\(tel:\+?[0-9]", words[language]) for language in words.languages)


TICKS = "klartekst-ticks"
"""The name under which the checklists keep ticks on a reader's device."""


@rule("guidance/storage", "missing")
def ticks_are_told(register: Register) -> Report:
    """Where there are checklists, the page about storage on devices says that they keep ticks there.

    Why: what is stored on a reader's device is told, even where it needs no consent (Directive 2002/58/EC, Art. 5(3)).

    Bad: guidance, and each site in sites.yml has `storage: none`.
    Good: the site of these pages with `storage: [{name: klartekst-ticks, kind: local-storage, lasts: P1Y, ...}]`
    """
    stored = {item.name for site in register.sites.values() for item in site.storage or ()}
    if register.guidance and register.sites and TICKS not in stored:
        yield (
            ("sites", next(iter(register.sites))),
            f"the checklists keep ticks on the reader's device for a year, and no site says so. Give the site of these "
            f"pages storage with name: {TICKS}, kind: local-storage, lasts: P1Y, necessary: true (Directive "
            "2002/58/EC, Art. 5(3)).",
        )
