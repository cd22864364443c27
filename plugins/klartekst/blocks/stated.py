"""Which items of Art. 13 and 14 the facts of an activity are whole enough for: what is not stated cannot be printed."""

from collections.abc import Iterable

from klartekst.law import bases, safeguards
from klartekst.model import Activity, Basis, Register, RetentionRule, Transfer


def stated(activity: Activity, register: Register) -> frozenset[str]:
    """Return the items of law/data/items.yml whose facts an activity states in full."""
    parties = register.recipients_of(activity)
    whole = {
        "13.1.c": _rests_on_bases(activity, register),
        "13.1.d": all(basis.interest is not None for basis in _needing("interest", activity)),
        "13.1.e": activity.recipients is not None,
        "13.1.f": all(party.transfers is not None and all(map(_is_explained, party.transfers)) for party in parties),
        "13.2.a": _is_kept_by_rules(activity, register),
        "13.2.c": all(basis.withdrawal is not None for basis in _needing("consent", activity)),
        "13.2.e": activity.necessity is not None and activity.necessity.consequence is not None,
        "13.2.f": activity.automated_decisions is not None,
        "14.1.d": bool(activity.data),
        "14.2.f": bool(activity.sources)
        and all(source.who is not None and source.public is not None for source in activity.indirect),
    }
    return frozenset(item for item, is_whole in whole.items() if is_whole)


def _needing(need: str, activity: Activity) -> Iterable[Basis]:
    return (basis for basis in activity.bases if need in bases()[basis.article].needs)


def _rests_on_bases(activity: Activity, register: Register) -> bool:
    """Whether each purpose has a basis of Art. 6, sensitive data a condition, and what rests on a law names it."""
    of_purposes = [_groups(purpose.bases) for purpose in activity.purposes]
    classes = {register.categories[use.category].data_class for use in activity.data} & {"special", "criminal"}
    return (
        bool(of_purposes)
        and all("ordinary" in groups for groups in of_purposes)
        and classes <= _groups(activity.bases)
        and all(basis.law is not None for basis in _needing("law", activity))
    )


def _groups(found: Iterable[Basis]) -> set[str]:
    return {bases()[basis.article].group for basis in found}


def _is_explained(transfer: Transfer) -> bool:
    """Whether a transfer says how to get a copy of its safeguards, or which derogation it rests on (Art. 13(1)(f))."""
    if transfer.mechanism in safeguards() or transfer.derogation == "49.1.2":
        return transfer.copy_available is not None
    if transfer.mechanism == "derogation":
        return transfer.derogation is not None and (transfer.derogation != "49.1.a" or transfer.risks is not None)
    return True


def _is_kept_by_rules(activity: Activity, register: Register) -> bool:
    """Whether all data of an activity has a rule of storage that is whole (Art. 13(2)(a))."""
    rules = [register.retention[id] for id in activity.retention]
    covered = {category for rule in rules for category in rule.categories}
    covers_all = any(not rule.categories for rule in rules) or {use.category for use in activity.data} <= covered
    return bool(rules) and all(map(_is_whole, rules)) and covers_all


def _is_whole(rule: RetentionRule) -> bool:
    if rule.kind in {"criteria", "permanently"}:
        return rule.criteria is not None
    return rule.trigger is not None and (rule.kind == "until" or rule.period is not None)


def states(item: str, scope: str, register: Register) -> bool:
    """Return whether the facts for an item are there, for an activity or (scope empty) for the whole organisation."""
    if scope:
        return item in stated(register.activities[scope], register)
    own = register.organisation
    officer = own.data_protection_officer
    needed: dict[str, object] = {
        "13.1.a": own.contact,
        "13.1.a.representative": own.representative,
        "13.1.b": officer and officer.contact,
        "13.2.b": own.rights,
    }
    return needed.get(item, True) is not None
