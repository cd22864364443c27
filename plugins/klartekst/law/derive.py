"""What follows from a legal basis by law, for one activity and for several."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from klartekst.law.dated import Right, rights
from klartekst.model import Activity, Register


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
        return self.right.bases == "all" and self.right.only_if is None


def rights_of(register: Register, activities: Iterable[Activity] | None = None) -> tuple[AppliedRight, ...]:
    """Return the rights that a person has; each follows from a legal basis, none is written by hand.

    Args:
        register: the facts.
        activities: those that the person is concerned by; all over which the organisation decides, if left out. What
            is done on behalf of others gives no right against the organisation (Art. 12-22 bind the controller).
    """
    chosen = tuple(activity for activity in (register.ours if activities is None else activities) if activity.is_ours)
    applied = (_applied(id, right, chosen, register) for id, right in rights().items() if chosen)
    return tuple(right for right in applied if right.everywhere or right.activities or right.marketing)


def _applied(id: str, right: Right, activities: tuple[Activity, ...], register: Register) -> AppliedRight:
    giving = tuple(activity for activity in activities if _gives(right, activity, register))
    return AppliedRight(
        id=id,
        right=right,
        activities=giving,
        limited=tuple(a for a in giving if any(basis.article in right.limited for basis in a.bases)),
        marketing=tuple(a for a in activities if id == "objection" and any(p.direct_marketing for p in a.purposes)),
    )


def _gives(right: Right, activity: Activity, register: Register) -> bool:
    if right.media and all(register.systems[id].medium != right.media for id in activity.systems):
        return False
    if right.only_if == "automated-decisions" and not activity.automated_decisions:
        return False
    return right.bases == "all" or any(_rests_on(right, codes) for codes in _grounds(activity))


def _grounds(activity: Activity) -> Iterator[frozenset[str]]:
    """Yield the bases that hold together: those of each purpose, and those for what people volunteer."""
    for purpose in activity.purposes:
        codes: list[str] = [basis.article for basis in purpose.bases]
        yield from ([frozenset(codes)] if purpose.mode == "all" else _alternatives(codes))
    if activity.incidental:
        yield frozenset(basis.article for basis in activity.incidental.bases)


def _alternatives(codes: list[str]) -> Iterator[frozenset[str]]:
    """Yield each basis of Art. 6 with the conditions beside it, where only one of them holds at a time."""
    conditions = frozenset(code for code in codes if not code.startswith("6."))
    for code in codes:
        if code.startswith("6."):
            yield conditions | {code}
    if all(not code.startswith("6.") for code in codes):
        yield conditions


def _rests_on(right: Right, codes: frozenset[str]) -> bool:
    return not codes.isdisjoint(right.bases) and codes.isdisjoint(right.not_beside)
