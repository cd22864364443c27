"""Guidance says what the law says: whose duty it is, on which condition, in what time."""

import re

from klartekst.check.rule import Report, rule
from klartekst.check.rules.clauses import cited
from klartekst.check.rules.guidance import outcomes, topics
from klartekst.law import crisis_lines, duties
from klartekst.model import Prose, Register


@rule("guidance/own-duty")
def own_duties_are_not_denied(register: Register) -> Report:
    """A controller is not told "no" where the duty is its own by law.

    Why: who decides over the data answers for it whoever does the work (Art. 5(2), 24(1)): what a processor does for it
    is done for it, and the responsibility stays.

    Bad: `articles: ["15"]` and `answer: "no"` for a role with `capacity: controller`.
    Good: `answer: done-for-you` with `rests_on` and `remains`.
    """
    for path, topic, answer, outcome in outcomes(register):
        role = register.roles[answer.role].guidance
        own = [article for article in topic.articles if article.split(".")[0] in duties().own]
        if outcome.answer == "no" and own and role and role.capacity == "controller" and answer.answer != "depends":
            yield (
                (*path, "answer"),
                f"a controller is bound by {', '.join(map(cited, own))} itself, and this says no. Write answer: "
                "done-for-you with rests_on and remains, or yes (GDPR Art. 5(2), 24(1)).",
            )


@rule("guidance/condition")
def conditional_duties_say_when(register: Register) -> Report:
    """A duty that the law makes depend on something says when it holds.

    Why: not every breach is notified (Art. 33(1)), not every activity is assessed (Art. 35(1)), and consent is one of
    ten ways to use special categories (Art. 9(2)).

    Bad: `article: "33.1"` without `when`. Good: `when: the breach is likely to be a risk to people`
    """
    for path, _, _, outcome in outcomes(register):
        for index, duty in enumerate(outcome.duties):
            condition = duties().conditions.get(duty.article or "")
            if condition and duty.when is None and not duty.optional:
                yield (
                    (*path, "duties", index),
                    f"this holds for every case, and the law says: {condition}. Give when (GDPR "
                    f"{cited(duty.article or '')}).",
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
    """A deadline is not longer than the law's.

    Why: a breach is notified within 72 hours (Art. 33(1)), and a request answered within a month (Art. 12(3)).

    Bad: `article: "33.1"` with `deadline: P5D`. Good: `deadline: PT72H`
    """
    for path, _, _, outcome in outcomes(register):
        for index, duty in enumerate(outcome.duties):
            limit = duties().limits.get(duty.article or "")
            if limit and duty.deadline and _hours(duty.deadline) > _hours(limit):
                yield (
                    (*path, "duties", index, "deadline"),
                    f"{duty.deadline} is longer than the {limit} that the law gives. Write {limit}, or less (GDPR "
                    f"{cited(duty.article or '')}).",
                )


def _hours(span: str) -> float:
    """Return about how long a duration is; months are the longest there are."""
    date, _, time = span.partition("T")
    parts = {unit: int(number) for number, unit in re.findall(r"(\d+)([YMWD])", date)}
    clock = {unit: int(number) for number, unit in re.findall(r"(\d+)([HM])", time)}
    days = parts.get("Y", 0) * 366 + parts.get("M", 0) * 31 + parts.get("W", 0) * 7 + parts.get("D", 0)
    return days * 24 + clock.get("H", 0) + clock.get("M", 0) / 60


@rule("guidance/crisis", "warning")
def there_is_somebody_to_call(register: Register) -> Report:
    """Where a topic speaks of emergencies, there are crisis lines for the countries of its readers.

    Why: a page that says "call for help" and gives no number helps nobody (Art. 24(1)).

    Bad: `emergency` in a topic, and a reader in a country whose crisis lines are not known here.
    Good: a country of law/data/crisis.yml; for others, `Call [116 123](tel:116123).` in the text itself.
    """
    own = register.organisation
    for path, topic in topics(register):
        asking = [register.roles[answer.role].guidance for answer in topic.answers]
        theirs = [code for guidance in asking if guidance for code in guidance.serves]
        countries = dict.fromkeys((own.country, *own.serves, *theirs))
        unknown = [code for code in countries if code not in crisis_lines()]
        if topic.emergency and unknown and not _has_numbers(topic.emergency):
            yield (
                (*path, "emergency"),
                f"no crisis lines are known here for {', '.join(unknown)}. Name whom to call there in the text, with a "
                "link: [number](tel:number) (GDPR Art. 24(1)).",
            )


def _has_numbers(words: Prose) -> bool:
    return all("](tel:" in words[language] for language in words.languages)


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
