"""What follows from a legal basis by law, for one activity and for all of them."""

from dataclasses import dataclass

from klartekst.law.dated import Right, rights
from klartekst.model import Activity, Purpose, Register


@dataclass(frozen=True)
class AppliedRight:
    """A right that a person has, with the activities that give it and those that limit it."""

    id: str
    right: Right
    activities: tuple[Activity, ...]
    limited: tuple[Activity, ...]
    marketing: tuple[Activity, ...] = ()

    @property
    def everywhere(self) -> bool:
        """Whether the right belongs to every activity, whatever its basis."""
        return self.right.bases == "all"


def rights_of(register: Register) -> tuple[AppliedRight, ...]:
    """Return the rights that a person has; each follows from a legal basis, none is written by hand."""
    # Decisions by machine alone cannot be declared yet, so the right that depends on them never applies.
    applied = (_applied(id, right, register) for id, right in rights().items() if right.only_if is None)
    return tuple(right for right in applied if right.everywhere or right.activities or right.marketing)


def _applied(id: str, right: Right, register: Register) -> AppliedRight:
    activities = tuple(register.activities.values())
    giving = tuple(a for a in activities if _gives(right, a, register))
    return AppliedRight(
        id=id,
        right=right,
        activities=giving,
        limited=tuple(a for a in giving if not _codes(a).isdisjoint(right.limited)),
        marketing=tuple(a for a in activities if id == "objection" and any(p.direct_marketing for p in a.purposes)),
    )


def _gives(right: Right, activity: Activity, register: Register) -> bool:
    if right.media and all(register.systems[id].medium != right.media for id in activity.systems):
        return False
    return right.bases == "all" or any(_rests_on(right, purpose) for purpose in activity.purposes)


def _rests_on(right: Right, purpose: Purpose) -> bool:
    codes = {basis.article for basis in purpose.bases}
    return not codes.isdisjoint(right.bases) and codes.isdisjoint(right.not_beside)


def _codes(activity: Activity) -> frozenset[str]:
    return frozenset(basis.article for purpose in activity.purposes for basis in purpose.bases)
