"""What the organisation says about itself agrees with its facts: assurances, laws, sites, documents, wording."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from klartekst.check.rule import Report, rule
from klartekst.model import Path, Register
from klartekst.phrases import Phrases, languages, phrases

_Found = Path | None


def _transfer(register: Register) -> _Found:
    return next((("parties", p.id, "transfers") for p in register.parties.values() if p.transfers), None)


def _recipient(register: Register) -> _Found:
    return next((("parties", id) for id in register.parties), None)


def _sub_processor(register: Register) -> _Found:
    for agreement in register.agreements.values():
        for party in register.sub_processors_of(agreement) if agreement.is_ours_to_perform else ():
            return ("parties", party.id)
    return None


def _of_class(wanted: str) -> Callable[[Register], _Found]:
    def find(register: Register) -> _Found:
        for activity in register.activities.values():
            for index, use in enumerate(activity.data):
                if register.categories[use.category].data_class == wanted:
                    return ("activities", activity.id, "data", index)
        return None

    return find


def _decision(register: Register) -> _Found:
    found = (a for a in register.activities.values() if a.automated_decisions)
    return next((("activities", activity.id, "automated_decisions") for activity in found), None)


def _profile(register: Register) -> _Found:
    for activity in register.activities.values():
        for index, decision in enumerate(activity.automated_decisions or ()):
            if decision.profiling:
                return ("activities", activity.id, "automated_decisions", index)
    return None


def _child(register: Register) -> _Found:
    for activity in register.activities.values():
        if any(register.subjects[id].child for id in activity.subjects):
            return ("activities", activity.id, "subjects")
    return None


def _marketing(register: Register) -> _Found:
    for activity in register.activities.values():
        for index, purpose in enumerate(activity.purposes):
            if purpose.direct_marketing:
                return ("activities", activity.id, "purposes", index)
    return None


def _consent(register: Register) -> _Found:
    for activity in register.activities.values():
        if any(basis.article in {"6.1.a", "9.2.a"} for basis in activity.bases):
            return ("activities", activity.id)
    return None


def _storage(register: Register) -> _Found:
    return next((("sites", site.id, "storage") for site in register.sites.values() if site.storage), None)


_DENIED: Mapping[str, Callable[[Register], _Found]] = {
    "transfers": _transfer,
    "recipients": _recipient,
    "automated-decisions": _decision,
    "profiling": _profile,
    "special-categories": _of_class("special"),
    "criminal-data": _of_class("criminal"),
    "national-ids": _of_class("national-id"),
    "children": _child,
    "direct-marketing": _marketing,
    "consent": _consent,
    "device-storage": _storage,
    "sub-processors": _sub_processor,
}


@rule("assurance/contradicted")
def assurances_hold(register: Register) -> Report:
    """An assurance that something is not done is not contradicted by another fact.

    Why: what is promised must be true (Art. 5(1)(a)); a false assurance misleads whoever relies on it.

    Bad: `about: transfers` while a party has a transfer. Good: the assurance gone, or the transfer.
    """
    for assurance in register.assurances.values():
        found = _DENIED[assurance.about](register) if assurance.about and assurance.holds == "yes" else None
        if found:
            yield (
                ("assurances", assurance.id, "about"),
                f"this denies {assurance.about}, and {register.place(found)} says otherwise. Delete one, or write "
                "holds: unknown (GDPR Art. 5(1)(a)).",
            )


@rule("law/expired", "warning")
def laws_are_in_force(register: Register) -> Report:
    """A law that is cited is in force.

    Why: a basis or a period that rests on a repealed law rests on nothing (Art. 6(3)).

    Bad: `valid_to: 2024-12-31` in a text last changed in 2026. Good: the law that replaced it.
    """
    for law in register.laws.values():
        if law.valid_to is not None and law.valid_to < register.organisation.updated:
            yield (
                ("laws", law.id, "valid_to"),
                f'"{law.id}" was repealed before your facts were last changed. Name the law in force (GDPR Art. 6(3)).',
            )


@rule("site/storage", "missing")
def storage_on_devices_is_stated(register: Register) -> Report:
    """Every website says what it stores on the reader's device, or that it stores nothing.

    Why: storing and reading there asks for information and, mostly, consent (Directive 2002/58/EC, Art. 5(3)).

    Bad: a site without `storage`. Good: `storage: none`, or a list.
    """
    for site in register.sites.values():
        if site.storage is None:
            yield (
                ("sites", site.id),
                f'"{site.id}" does not say what it stores on the device. Give storage: none, or a list of cookies and '
                "the like (Directive 2002/58/EC, Art. 5(3); GDPR Art. 13).",
            )


@rule("site/consent", "missing")
def storage_is_consented_to(register: Register) -> Report:
    """What is stored on the device without being necessary says how consent is given and withdrawn.

    Why: it needs consent of the GDPR's kind (Directive 2002/58/EC, Art. 5(3); GDPR Art. 4(11), 7(3)).

    Bad: an item with `necessary: false` on a site without `consent`. Good: the same with `consent:`.
    """
    for site in register.sites.values():
        if any(not item.necessary for item in site.storage or ()) and site.consent is None:
            yield (
                ("sites", site.id),
                f'"{site.id}" stores what is not necessary, and nothing says how consent is given and withdrawn. Give '
                "consent (Directive 2002/58/EC, Art. 5(3); GDPR Art. 7(3)).",
            )


@rule("document/canonical", "warning")
def canonical_addresses_are_ours(register: Register) -> Report:
    """The address at which the newest version stands is on one of the organisation's own sites.

    Why: a reader who meets several addresses cannot tell which text holds (Art. 12(1)).

    Bad: `canonical: https://old.example/privacy` with `website: https://www.firm.example`.
    Good: both on one host, or the other site declared in sites.yml.
    """
    own = [register.organisation.website, *(site.url for site in register.sites.values())]
    hosts = {urlsplit(url).hostname for url in own if url}
    for document in register.documents.values():
        if document.canonical and hosts and urlsplit(document.canonical).hostname not in hosts:
            yield (
                ("documents", document.id, "canonical"),
                f"this host is none of yours ({', '.join(sorted(map(str, hosts)))}). Correct it, or declare the site "
                "in sites.yml (GDPR Art. 12(1)).",
            )


@rule("phrase/unknown")
def own_wording_fits(register: Register) -> Report:
    """The owner's own wording replaces a phrase that there is, and keeps its slots.

    Why: words that replace nothing are read by nobody (Art. 12(1)); a lost slot is a lost fact.

    Bad: `rights: {fee: It costs nothing.}` in phrases/en.yml, where the phrase is `rights/free`.
    Good: a key that `klartekst phrases` lists, with the same `{slots}`.
    """
    for language, texts in register.phrases.items():
        if language not in languages():
            yield (
                ("phrases", language),
                f'there are no phrases in "{language}". Rename the file to one of {", ".join(languages())} '
                "(GDPR Art. 12(1)).",
            )
            continue
        known = phrases(language)
        for key, text in texts.items():
            path = ("phrases", language, key)
            if key not in known.texts:
                yield (
                    path,
                    f'there is no phrase "{key}". Find the key with klartekst phrases --find "words on the page" '
                    "(GDPR Art. 12(1)).",
                )
                continue
            wanted, given = known.slots(key), Phrases(language, {key: text}).slots(key)
            if wanted != given:
                yield (
                    path,
                    f'"{key}" has the slots {_named(wanted)}, and your words have {_named(given)}. Write the same '
                    "ones (GDPR Art. 12(1)).",
                )


def _named(slots: frozenset[str]) -> str:
    return ", ".join(f"{{{slot}}}" for slot in sorted(slots)) or "none"
