"""What an agreement refers to, leaf by leaf, from the raw data: found by references, worded as a reader sees it.

Which things an agreement is about follows from its references. What of such a thing belongs into an agreement is said
here once per collection; the rest (why a statement may use the data, what a rule looks at) is nothing for its annexes.
"""

import datetime as dt
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from tests.documents.leaves import Facts, Leaf, Step

from klartekst.model import FILES_OF_ONE, Agreement, Prose, Register, Registration, references
from klartekst.model.codes import Country, Date, Period
from klartekst.phrases import country, date, period

BELONGS = {
    "organisation": ("name", "registration/number", "address/*", "sites/**"),
    "agreements": (
        "name/*", "summary/*", "service/*", "on_behalf_of/*", "clauses/version", "clauses/url", "clauses/sha256",
        "clauses/title/*", "main_agreement/**", "version", "effective", "notice", "breach_hours", "erased_within",
        "audit/every", "audit/notice", "audit/text/*", "sub_audit/every", "sub_audit/notice", "sub_audit/text/*",
        "contacts/*/contact/*", "contacts/*/hours/*", "without/*/because/*", "approvals/*/date", "instruction/*",
        "security/because/*", "security/not_relevant/*/because/*", "duration/until", "duration/event/*", "other/*",
    ),
    "activities": ("name/*", "summary/*", "purposes/*/text/*"),
    "categories": ("name/*", "elements/**"),
    "subjects": ("name/*",),
    "parties": (
        "name", "products/*", "registration/number", "address/*", "tasks/*", "locations/*", "sites/**", "since",
        "transfers/*/country", "transfers/*/checked",
    ),
    "measures": ("claim/*",),
    "retention": ("covers/*", "trigger/*", "period", "criteria/*", "review", "exceptions/*/text/*"),
    "assistance": ("text/*", "within"),
    "customers": (
        "name", "kind/*", "registration/number", "address/*", "contacts/*/position/*", "contacts/*/contact/*",
    ),
    "laws": ("citation/*",),
    "roles": ("name/*",),
}  # fmt: skip
"""What of the things that an agreement refers to stands in it, by collection."""


def leaves_in(agreement: Agreement, register: Register, facts: Facts) -> Iterator[Leaf]:
    """Yield each leaf of the raw data that an agreement must state."""
    for collection, id in sorted(_things(agreement, register)):
        is_file = collection in FILES_OF_ONE
        file = "organisation.yml" if collection == "organisation" else f"{collection}/{id}.yml"
        file = file if is_file or collection == "organisation" else f"{collection}.yml"
        for leaf in facts.leaves(file):
            inside = leaf.path if is_file or collection == "organisation" else leaf.path[1:]
            mine = is_file or collection == "organisation" or leaf.path[0] == id
            if mine and _belongs(collection, inside) and _is_used(collection, id, inside, agreement, register):
                yield leaf


def _belongs(collection: str, path: tuple[Step, ...]) -> bool:
    name = "/".join(map(str, path))
    return any(
        fnmatch(name, pattern) and ("**" in pattern or name.count("/") == pattern.count("/"))
        for pattern in BELONGS[collection]
    )


def _things(agreement: Agreement, register: Register) -> set[tuple[str, str]]:
    """Return the things that an agreement is about, by collection and id."""
    found = {("organisation", ""), ("agreements", agreement.id)}
    found |= {(name, id) for _, name, id in references(agreement) if name not in {"parties", "roles", "categories"}}
    found |= {("parties", party.id) for party in register.sub_processors_of(agreement)}
    found |= {("parties", agreement.processor)} if agreement.processor else set()
    found |= {("roles", point.role) for point in agreement.contacts}
    for id in agreement.activities:
        activity = register.activities[id]
        found |= {("subjects", subject) for subject in activity.subjects}
        found |= {("categories", use.category) for use in activity.data}
        found |= {("retention", rule) for rule in activity.retention}
    if agreement.data:
        found = {(name, id) for name, id in found if name != "categories" or id in agreement.data}
    if agreement.retention:
        found = {(name, id) for name, id in found if name != "retention" or id in agreement.retention}
    found |= {("laws", register.retention[id].law or "") for name, id in found if name == "retention"}
    return {(name, id) for name, id in found if name == "organisation" or id}


def _is_used(collection: str, id: str, path: tuple[Step, ...], agreement: Agreement, register: Register) -> bool:
    """Return whether a leaf holds for this agreement: an element that its activities use, a site of the processor."""
    if collection == "organisation" and path[0] in {"sites", "address"}:
        processes = agreement.is_ours_to_perform
        return processes or path[0] == "address"
    if collection == "parties" and path[0] == "since":
        return id != agreement.processor
    if collection == "categories" and path[0] == "elements":
        uses = [use for one in agreement.activities for use in register.activities[one].data if use.category == id]
        return any(not use.elements or path[1] in use.elements for use in uses)
    return True


def seen(leaf: Leaf, language: str) -> str | None:
    """Return what a reader in a language sees of a leaf; None where it is words of another language."""
    if leaf.language not in {None, language}:
        return None
    value = str(leaf.value)
    if leaf.annotation is Date:
        return date(dt.date.fromisoformat(value), language)
    if leaf.annotation is Period:
        return period(value, language)
    if leaf.annotation is Country:
        return country(value, language)
    if leaf.annotation is Prose:
        return re.sub(r"\[([^]]*)\]\([^)]*\)|^- |\*+", lambda match: match[1] or "", value, flags=re.MULTILINE)
    return value


def squeezed(text: str) -> str:
    """Return letters and digits only: lines break and hyphenate in other places on a page, in Word and in a PDF."""
    return re.sub(r"[^\w%/@.+]", "", text).casefold()


def unstated(agreement: Agreement, register: Register, folder: Path, language: str, text: str) -> list[str]:
    """Return the leaves of an agreement that a text does not state."""
    shown = squeezed(text)
    lost = []
    for leaf in leaves_in(agreement, register, Facts(folder)):
        words = seen(leaf, language)
        if words is not None and squeezed(_formatted(leaf, words)) not in shown:
            lost.append(f"{leaf.name}: {words}")
    return lost


def _formatted(leaf: Leaf, words: str) -> str:
    return re.sub(r"\s", "", words) if leaf.owner is Registration else words
