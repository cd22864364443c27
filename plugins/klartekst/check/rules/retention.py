"""How long data is kept is stated (Art. 5(1)(e), 13(2)(a) GDPR)."""

from klartekst.check.rule import Report, rule
from klartekst.model import Register


@rule("retention/missing")
def retention_is_stated(register: Register) -> Report:
    """Every activity says how long its data is kept.

    Why: the statement must give the period of storage or the criteria for it (Art. 13(2)(a)).

    Bad: an activity without `retention`.
    Good: `retention: [enquiries]`, a rule declared in retention.yml.
    """
    for activity in register.activities.values():
        if not activity.retention:
            yield (
                ("activities", activity.id),
                f'"{activity.id}" has no retention period. Give retention, a list of rules from retention.yml '
                "(GDPR Art. 13(2)(a)).",
            )


@rule("retention/period")
def measured_retention_has_a_period(register: Register) -> Report:
    """A rule of storage that is measured has a period; one that ends with an event has none.

    Why: `at most` of nothing tells the reader nothing (Art. 13(2)(a)).

    Bad: `kind: at-most` alone, or `kind: until` with a period.
    Good: `kind: at-most` with `period: P1Y`, or `kind: until` alone.
    """
    for rule_ in register.retention.values():
        if (rule_.kind == "until") == (rule_.period is not None):
            way_out = (
                "Delete the period, or choose at-most, exactly or at-least"
                if rule_.kind == "until"
                else "Give period, such as P1Y, or kind: until if the event itself ends the storage"
            )
            has = "a period" if rule_.period else "no period"
            yield (
                ("retention", rule_.id, "kind"),
                f'"{rule_.id}" is {rule_.kind} and has {has}. {way_out} (GDPR Art. 13(2)(a)).',
            )
