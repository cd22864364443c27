"""An agreement settles what its parties must settle: end, breaches, audits, contacts (Art. 28(3)(f)-(h), 33 GDPR)."""

from klartekst.check.rule import Report, rule
from klartekst.check.rules.agreements import each, with_template
from klartekst.law import CUSTOM, Template, is_published
from klartekst.model import Agreement, Register


@rule("agreement/contacts", "missing")
def breach_and_notices_reach_somebody(register: Register) -> Report:
    """An agreement says whom the other party reaches about a breach.

    Why: the clauses ask for contact persons, and a breach cannot wait (Art. 33(2)).

    Bad: no `contacts`, or none with `matters: [breach]`. Good: a role with `matters: [breach]`
    """
    for path, agreement in each(register):
        if not any("breach" in point.matters for point in agreement.contacts):
            yield (
                (*path, "contacts"),
                "nobody is named for breaches. Give contacts with matters: [breach] (GDPR Art. 33(2)).",
            )


@rule("agreement/end", "missing")
def end_of_the_service_is_settled(register: Register) -> Report:
    """An agreement says what happens to the data at the end, and whether a law obliges the processor to keep some.

    Why: the controller chooses between erasure and return, unless a law requires storage (Art. 28(3)(g)). Who treats
    people may have to keep records under a law of its own: that must be asked.

    Bad: no `end_of_service`, or no `stored_by_law`. Good: `end_of_service: choice` with `stored_by_law: none`
    """
    for path, agreement in each(register):
        if agreement.end_of_service is None:
            yield (
                path,
                "nothing says what happens to the data at the end. Give end_of_service: erase, return or choice (GDPR "
                "Art. 28(3)(g)).",
            )
        if agreement.stored_by_law is None:
            yield (
                path,
                "nothing says whether a law obliges the processor to keep data after the end. Give stored_by_law: "
                "none, or the laws (GDPR Art. 28(3)(g)).",
            )


def _has_blank(agreement: Agreement, template: Template) -> bool:
    """Return whether the text leaves a blank for the hours; one of your own has none that is known here."""
    return template.hours and (agreement.template != CUSTOM or is_published(agreement))


@rule("agreement/breach")
def blank_for_the_hours_is_filled(register: Register) -> Report:
    """Where the text leaves a blank for the hours within which a breach is told, it is filled in.

    Why: the law says without undue delay (Art. 33(2)); the Danish clauses leave a number of hours open, and a blank
    left open is no term.

    Bad: `template: dk-2020` without `breach_hours`. Good: `breach_hours: 24`
    """
    for path, agreement, template in with_template(register):
        if _has_blank(agreement, template) and agreement.breach_hours is None:
            yield (
                path,
                "the clauses leave open within how many hours a breach is told. Give breach_hours, such as 24 (GDPR "
                "Art. 33(2)).",
            )


@rule("agreement/breach-late", "warning")
def breach_is_told_in_time(register: Register) -> Report:
    """The processor tells of a breach within less than the 72 hours that the controller has.

    Why: the controller notifies within 72 hours of being told (Art. 33(1)); three days more are three days in which
    people cannot protect themselves, and "without undue delay" is shorter (Art. 33(2)).

    Bad: `breach_hours: 72`. Good: `breach_hours: 24`.
    """
    for path, agreement in each(register):
        if agreement.breach_hours is not None and agreement.breach_hours >= 72:
            yield (
                (*path, "breach_hours"),
                f"{agreement.breach_hours} hours are no less than the 72 that the controller itself has. Give a "
                "smaller number (GDPR Art. 33).",
            )


@rule("agreement/breach-open", "info")
def hours_may_be_promised(register: Register) -> Report:
    """Where the text has no blank for hours, the agreement may still promise a number.

    Why: the law says without undue delay and no number (Art. 33(2)); a number helps the controller to plan.

    Bad: `template: eu-2021-915` without `breach_hours`. Good: `breach_hours: 24`, which is printed in the annexes.
    """
    for path, agreement, template in with_template(register):
        if not _has_blank(agreement, template) and agreement.breach_hours is None:
            yield (
                path,
                "no number of hours is promised for a breach, and the law asks for none. Give breach_hours if you "
                "promise one (GDPR Art. 33(2)).",
            )


@rule("agreement/audit", "info")
def audits_are_agreed(register: Register) -> Report:
    """An agreement says how it is seen that it is kept, how often, and who pays.

    Why: the processor makes information available and contributes to audits (Art. 28(3)(h)); form, frequency and costs
    are the parties' choice.

    Bad: no `audit`. Good: `audit: {form: written-status, every: P1Y, costs: each-its-own}`
    """
    for path, agreement in each(register):
        if agreement.audit is None:
            yield path, "form, frequency and costs of audits are not agreed. Give audit (GDPR Art. 28(3)(h))."


@rule("agreement/sub-audit", "missing")
def sub_processors_are_audited(register: Register) -> Report:
    """An agreement with sub-processors says how they are supervised.

    Why: the processor answers for them (Art. 28(4)), and the controller must be able to see how (Art. 28(3)(h)).

    Bad: a party runs a system of an activity, and the agreement has no `sub_audit`.
    Good: `sub_audit: {form: certificate, every: P1Y}`
    """
    for path, agreement in each(register):
        if register.sub_processors_of(agreement) and agreement.sub_audit is None:
            yield (
                path,
                "nothing says how the sub-processors are supervised. Give sub_audit (GDPR Art. 28(3)(h), 28(4)).",
            )


@rule("agreement/duration")
def end_is_named_as_it_comes(register: Register) -> Report:
    """The end of the processing is named as its kind asks: a day for `date`, an event for `event`, after the start.

    Why: the contract sets out the duration (Art. 28(3)).

    Bad: `ends: date` without `until`; `until` before `effective`; `ends: main-agreement` without `main_agreement`.
    Good: `ends: date` with `until`; `ends: event` with `event`.
    """
    for path, agreement in each(register):
        if agreement.duration:
            for where, message in _wrong_end(agreement):
                yield (*path, "duration", *where), f"{message} (GDPR Art. 28(3))."


def _wrong_end(agreement: Agreement) -> Report:
    terms = agreement.duration
    assert terms is not None
    for key, kind in {"until": "date", "event": "event"}.items():
        given = getattr(terms, key) is not None
        if given and terms.ends != kind:
            yield (
                (key,),
                f"{key} belongs to ends: {kind}, and here stands ends: {terms.ends}. Delete it, or correct ends",
            )
        elif terms.ends == kind and not given:
            yield ("ends",), f"ends: {kind} needs {key}. Give {key}, or correct ends"
    if terms.ends == "main-agreement" and agreement.main_agreement is None:
        yield ("ends",), "the main agreement is not named. Give main_agreement, or another end"
    if terms.until and agreement.effective and terms.until < agreement.effective:
        yield ("until",), f"{terms.until} is before {agreement.effective}, when it starts. Correct one of them"
