"""How long data is kept is stated (Art. 5(1)(e), 13(2)(a) GDPR)."""

import re

from klartekst.check.rule import Report, rule
from klartekst.model import Register

_MEASURED = {"at-least", "at-most", "exactly"}


@rule("retention/missing", "missing")
def retention_is_stated(register: Register) -> Report:
    """Every activity says how long its data is kept.

    Why: the statement must give the period of storage or the criteria for it (Art. 13(2)(a)).

    Bad: an activity without `retention`.
    Good: `retention: [enquiries]`, a rule declared in retention.yml.
    """
    for activity in register.ours:
        if not activity.retention:
            yield (
                ("activities", activity.id),
                f'"{activity.id}" has no retention period. Give retention, a list of rules from retention.yml '
                "(GDPR Art. 13(2)(a)).",
            )


@rule("retention/category", "missing")
def every_category_is_covered(register: Register) -> Report:
    """Each category of data that an activity uses is covered by one of its rules of storage.

    Why: the period, or the criteria, must be given for all data (Art. 13(2)(a), 5(1)(e)).

    Bad: an activity with health data whose only rule has `categories: [contact-details]`.
    Good: a rule without `categories`, which covers everything, or one for each category.
    """
    for activity in register.ours:
        rules = [register.retention[id] for id in activity.retention]
        if not rules or any(not rule_.categories for rule_ in rules):
            continue
        covered = {category for rule_ in rules for category in rule_.categories}
        for index, use in enumerate(activity.data):
            if use.category not in covered:
                yield (
                    ("activities", activity.id, "data", index),
                    f'no rule of storage covers "{use.category}" here. Add it to the categories of a rule, or give '
                    "another rule (GDPR Art. 13(2)(a)).",
                )


@rule("retention/period", "missing")
def rules_of_storage_are_whole(register: Register) -> Report:
    """A rule of storage says what its kind needs: a period, an event, or criteria.

    Why: `at most` of nothing tells the reader nothing (Art. 13(2)(a)).

    Bad: `kind: at-most` alone, or `kind: criteria` without `criteria`.
    Good: `kind: at-most` with `period: P1Y` and `trigger`; `kind: until` with `trigger`; `kind: criteria` with
    `criteria`.
    """
    for rule_ in register.retention.values():
        measured = rule_.kind in _MEASURED
        needed = ["period", "trigger"] if measured else ["trigger"] if rule_.kind == "until" else ["criteria"]
        lacking = [key for key in needed if getattr(rule_, key) is None]
        if lacking:
            yield (
                ("retention", rule_.id, "kind"),
                f'"{rule_.id}" has kind: {rule_.kind} and no {" and no ".join(lacking)}. '
                f"Give {' and '.join(lacking)}, or choose another kind (GDPR Art. 13(2)(a)).",
            )


@rule("retention/stray")
def rules_of_storage_hold_nothing_else(register: Register) -> Report:
    """A rule of storage holds nothing that its kind cannot use, and only what is kept permanently is kept.

    Why: a period that no sentence states is a fact that no reader sees (Art. 13(2)(a)).

    Bad: `kind: until` with `period`, or `kind: at-most` with `action: keep`.
    Good: `kind: until` with `trigger` alone; `kind: permanently` with `action: keep`.
    """
    for rule_ in register.retention.values():
        unused = {
            "until": ("period", "criteria"),
            "criteria": ("period", "trigger"),
            "permanently": ("period", "trigger"),
        }
        for key in unused.get(rule_.kind, ("criteria",)):
            if getattr(rule_, key) is not None:
                yield (
                    ("retention", rule_.id, key),
                    f'"{rule_.id}" has kind: {rule_.kind}, which takes no {key}. Delete it, or choose another kind '
                    "(GDPR Art. 13(2)(a)).",
                )
        if (rule_.kind == "permanently") != (rule_.action == "keep"):
            yield (
                ("retention", rule_.id, "action"),
                f'"{rule_.id}" has kind: {rule_.kind} and action: {rule_.action}. Change one: what is kept permanently '
                "has action: keep, and nothing else has (GDPR Art. 5(1)(e)).",
            )


@rule("retention/law", "warning")
def a_minimum_rests_on_a_law(register: Register) -> Report:
    """What must be kept at least so long, or permanently, names the law that says so.

    Why: without a legal duty there is no minimum, only a maximum that is too long (Art. 5(1)(e)).

    Bad: `kind: at-least` without `law`. Good: `kind: at-least` with `law: bookkeeping-act`.
    """
    for rule_ in register.retention.values():
        if rule_.kind in {"at-least", "permanently"} and rule_.law is None:
            yield (
                ("retention", rule_.id, "kind"),
                f'"{rule_.id}" has kind: {rule_.kind} and names no law. Give law, or choose at-most '
                "(GDPR Art. 5(1)(e)).",
            )


_VAGUE = re.compile(
    r"så længe,? (som |det er |vi finder det )?nødvendigt|ikke længere,? end (det er )?nødvendigt|"
    r"så lenge (som |det er )?nødvendig|ikke lenger enn (det er )?nødvendig|"
    r"as long as (is |it is )?necessary|no longer than (is |it is )?necessary",
    re.IGNORECASE,
)


@rule("retention/vague", "warning")
def criteria_can_be_applied(register: Register) -> Report:
    """Criteria say more than that data is kept as long as it is needed.

    Why: the reader must be able to tell, for her own data, when it is erased (WP260 on Art. 13(2)(a)).

    Bad: `criteria: {en: We keep it as long as necessary.}`
    Good: `criteria: {en: We keep it until your case is closed and the time for an appeal is over.}`
    """
    for rule_ in register.retention.values():
        for language, text in (rule_.criteria.root if rule_.criteria else {}).items():
            if _VAGUE.search(text):
                yield (
                    ("retention", rule_.id, "criteria", language),
                    "this says no more than the law does. Name the event after which you no longer need the data "
                    "(GDPR Art. 13(2)(a); WP260).",
                )
