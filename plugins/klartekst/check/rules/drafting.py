"""An agreement is drafted so that it holds: nothing needed is struck out, words are defined, parties are reached."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from klartekst.check.rule import Report, rule
from klartekst.check.rules.agreements import each
from klartekst.law import CUSTOM, Template, base_of, templates
from klartekst.model import Agreement, Path, Register
from klartekst.model.text import Translated

_UNDEFINED = re.compile(
    r"\bu?sikre (tredjelande?|tredjestater|lande?)\b|\b(un|in)?(safe|secure) (third )?countr(y|ies)\b", re.IGNORECASE
)
"""Countries told apart by a word that the law does not have, in the languages of the product."""


@rule("agreement/left-out")
def needed_items_stay(register: Register) -> Report:
    """Custom annexes leave out no item that the agreement, or Art. 28, needs.

    Why: what stands in no item is not agreed: the instruction, the measures, the list of processors, the notice of new
    ones, the help, the storage, the places (Art. 28(2), 28(3)); a clause that refers to the item then leads nowhere.

    Bad: `authorisation: general` and `leave_out: [B.2]`, the item on notice.
    Good: `leave_out: [C.6]`, the item on transfers, with `transfers: none`.
    """
    for path, agreement in each(register):
        base = base_of(agreement)
        if base is None or agreement.outline is None or agreement.template != CUSTOM:
            continue
        needed = _needed(agreement, register)
        for index, number in enumerate(agreement.outline.leave_out):
            for part in _parts(number, templates()[base]):
                if part in needed:
                    yield (
                        (*path, "outline", "leave_out", index),
                        f"{number} is struck out, and {needed[part]}. Take it out of leave_out (GDPR Art. 28(2)-(3)).",
                    )


def _parts(number: str, template: Template) -> list[str]:
    """Return what an item, or each item of an annex, states."""
    return [item.part for section, item in template.items if number in {section.number, item.number}]


def _needed(agreement: Agreement, register: Register) -> dict[str, str]:
    """Return each part that must have an item, with the reason."""
    reasons = {
        "instruction": (True, "no other item holds the instruction"),
        "security": (True, "no other item holds the measures"),
        "assistance": (True, "no other item says how the processor helps"),
        "storage": (True, "no other item says how long data is kept"),
        "places": (True, "no other item says where data is processed"),
        "sub-processors": (bool(register.sub_processors_of(agreement)), "there are sub-processors to list"),
        "notice": (agreement.authorisation == "general", "a general authorisation needs an item on notice"),
        "transfers": (agreement.transfers is None, "nothing else says whether data may leave the EEA"),
        "audit": (agreement.audit is not None, "there is something to say about audits"),
        "sub-audit": (agreement.sub_audit is not None, "there is something to say about audits of sub-processors"),
        "other": (agreement.other is not None, "other has nowhere to stand"),
    }
    return {part: reason for part, (is_needed, reason) in reasons.items() if is_needed}


@rule("agreement/undefined", "warning")
def countries_are_told_apart_by_law(register: Register) -> Report:
    """An agreement does not speak of safe and unsafe countries.

    Why: the law knows countries inside and outside the EEA, and decisions on adequacy (Art. 44, 45); an instruction
    about "unsafe" countries leaves open which ones (Art. 28(3)(a)).

    Bad: a measure that says `No data is sent to unsafe third countries.`
    Good: `No data leaves the EEA.`
    """
    for _, agreement in each(register):
        for path, words in _texts(agreement, register):
            for language, text in words.root.items() if words else ():
                found = _UNDEFINED.search(text)
                if found:
                    yield (
                        (*path, language),
                        f'"{found.group()}" is not defined. Name the countries, or say that no data leaves the EEA '
                        "(GDPR Art. 28(3)(a), 44).",
                    )


def _texts(agreement: Agreement, register: Register) -> Iterator[tuple[Path, Translated | None]]:
    """Yield the words of an agreement that could tell countries apart, with their path."""
    path = ("agreements", agreement.id)
    yield (*path, "instruction"), agreement.instruction
    yield (*path, "other"), agreement.other
    for id in agreement.security.measures if agreement.security else ():
        yield ("measures", id, "claim"), register.measures[id].claim
        yield ("measures", id, "explainer"), register.measures[id].explainer


@rule("agreement/ourselves", "missing")
def we_are_identified(register: Register) -> Report:
    """Who has an agreement has an address of its own.

    Why: an agreement whose parties cannot be told apart binds nobody (Art. 28(3)).

    Bad: an agreement, and no `address` in organisation.yml. Good: `address`, as in the register of companies.
    """
    if register.agreements and register.organisation.address is None:
        yield (
            ("organisation",),
            "you are a party to agreements and have no address. Give address, as in the register (GDPR Art. 28(3)).",
        )


@rule("agreement/contact-domain", "info")
def contacts_are_our_own(register: Register) -> Report:
    """The addresses that the other party writes to are those of the organisation.

    Why: a breach or an objection that reaches another company's mailbox has perhaps not reached you (Art. 28(2),
    33(2)), and is then read by somebody who is no party.

    Bad: `email: breach@another.example` with `website: https://www.firm.example`.
    Good: `email: breach@firm.example`.
    """
    own = _domains(register)
    for path, agreement in each(register):
        for index, point in enumerate(agreement.contacts):
            domain = point.contact.email.partition("@")[2]
            if own and domain not in own:
                yield (
                    (*path, "contacts", index, "contact", "email"),
                    f'"{domain}" is no domain of yours ({", ".join(sorted(own))}). Use an address of your own, if you '
                    "have one (GDPR Art. 28(2), 33(2)).",
                )


def _domains(register: Register) -> set[str]:
    """Return the domains that the organisation uses: of its addresses, its data protection officer and its sites."""
    organisation = register.organisation
    officer = organisation.data_protection_officer
    contacts = [organisation.contact, officer.contact if officer else None]
    hosts = [
        urlsplit(url).hostname or "" for url in (organisation.website, *(s.url for s in register.sites.values())) if url
    ]
    return {contact.email.partition("@")[2] for contact in contacts if contact} | {
        host.removeprefix("www.") for host in hosts
    }
