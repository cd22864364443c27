"""What a privacy notice must state for these facts: which items of Art. 13 and 14 apply, and about what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from klartekst.law.dated import Item, bases, eea, notice_items
from klartekst.law.derive import rights_of
from klartekst.model import Activity, Register

WHOLE = ""
"""The scope of an item that is stated once for the whole organisation; other scopes are ids of activities."""


@dataclass(frozen=True)
class Demand:
    """An item of Art. 13(1)-(2) or 14(1)-(2) GDPR, and about what it must be stated."""

    id: str
    item: Item
    scopes: tuple[str, ...]
    """`WHOLE`, or ids of activities; empty where the item does not apply."""
    twin_scopes: tuple[str, ...]
    """Those of them for which it is Art. 14 that asks."""

    @property
    def article(self) -> str:
        """The provision, where the id is finer than the law."""
        return self.item.article or self.id

    @property
    def twin(self) -> str | None:
        """The provision of Art. 14 that says the same, where there is one."""
        twin = notice_items()[self.id].twin
        return ".".join(twin.split(".")[:3]) if twin else None


def demands(register: Register) -> tuple[Demand, ...]:
    """Return every item of Art. 13(1)-(2) and 14(1)-(2), in the order of the law, with its scopes for these facts."""
    return tuple(_demand(id, item, register) for id, item in notice_items().items())


def _demand(id: str, item: Item, register: Register) -> Demand:
    if item.when in _WHOLE:
        applies = (WHOLE,) if _WHOLE[item.when](register) else ()
        indirect = any(activity.indirect for activity in register.ours)
        return Demand(id, item, applies, applies if item.twin and indirect else ())
    if id in _STATED_ONCE:
        applies = (WHOLE,) if id != "13.2.b" or register.ours else ()  # a processor owes nobody these rights
        return Demand(id, item, applies, applies if any(a.indirect for a in register.ours) else ())
    found = tuple(activity for activity in register.ours if _EACH[item.when](activity, register))
    twin = tuple(activity.id for activity in found if activity.indirect) if item.twin else ()
    return Demand(id, item, tuple(activity.id for activity in found), twin)


_STATED_ONCE = {"13.1.a", "13.2.b", "13.2.d"}
"""Items that are always stated, and once: who decides, the rights, where to complain."""


def _is_outside(register: Register) -> bool:
    return register.organisation.country not in eea()


def _has_officer(register: Register) -> bool:
    officer = register.organisation.data_protection_officer
    return officer is None or officer.appointed


def _has_objection(register: Register) -> bool:
    return any(right.id == "objection" for right in rights_of(register))


_WHOLE: Mapping[str, Callable[[Register], bool]] = {
    "representative": _is_outside,
    "dpo": _has_officer,
    "objection": _has_objection,
}


def _rests_on(need: str) -> Callable[[Activity, Register], bool]:
    return lambda activity, _: any(need in bases()[basis.article].needs for basis in activity.bases)


def _has_recipients(activity: Activity, register: Register) -> bool:
    return activity.recipients is None or bool(register.recipients_of(activity) or activity.disclosures)


def _has_transfers(activity: Activity, register: Register) -> bool:
    return any(party.transfers is None or party.transfers for party in register.recipients_of(activity))


_EACH: Mapping[str, Callable[[Activity, Register], bool]] = {
    "always": lambda activity, register: True,
    "legitimate-interest": _rests_on("interest"),
    "consent": _rests_on("consent"),
    "recipients": _has_recipients,
    "transfers": _has_transfers,
    "automated-decisions": lambda activity, register: True,  # that there are none is worth a sentence, too
    "direct": lambda activity, _: activity.is_direct,
    "indirect": lambda activity, _: not activity.sources or bool(activity.indirect),  # nobody knows before it is said
}
