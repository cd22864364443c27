"""The organisation can be reached, supervised and read (Art. 13(1)(a)-(b), 13(2)(d), 12(1) GDPR)."""

from klartekst.check.rule import Report, rule
from klartekst.law import authorities, eea
from klartekst.model import Register
from klartekst.phrases import languages


@rule("organisation/contact", "missing")
def organisation_can_be_reached(register: Register) -> Report:
    """The organisation says how to reach it.

    Why: the statement gives the identity and the contact details of the controller (Art. 13(1)(a)).

    Bad: organisation.yml without `contact`. Good: `contact: {email: post@firm.example}`
    """
    if register.organisation.contact is None:
        yield ("organisation",), "nothing says how to reach you. Give contact with email (GDPR Art. 13(1)(a))."


@rule("organisation/rights", "missing")
def rights_have_a_channel(register: Register) -> Report:
    """The organisation says how people use their rights.

    Why: the statement names the rights (Art. 13(2)(b)), and using them is to be made easy (Art. 12(2)).

    Bad: organisation.yml without `rights`.
    Good: `rights: {role: manager, contact: {email: privacy@firm.example}, identity_check: {en: ...}}`
    """
    if register.organisation.rights is None:
        yield (
            ("organisation",),
            "nothing says how people use their rights. Give rights with role, contact and identity_check "
            "(GDPR Art. 12(2), 13(2)(b)).",
        )


@rule("organisation/representative", "missing")
def representative_is_named(register: Register) -> Report:
    """A controller outside the EEA names its representative inside.

    Why: Art. 27 and 13(1)(a), where Art. 3(2) applies.

    Bad: `country: US` without `representative`. Good: `representative: {name: ..., address: ..., contact: ...}`
    """
    if register.organisation.country not in eea() and register.organisation.representative is None:
        yield (
            ("organisation", "country"),
            "you are outside the EEA and name no representative in it. Give representative with name, address and "
            "contact (GDPR Art. 27, 13(1)(a)).",
        )


@rule("representative/stray")
def representative_is_inside_for_one_outside(register: Register) -> Report:
    """A representative stands in the EEA, for an organisation outside it.

    Why: only a controller outside needs one, and it must be where the people are (Art. 27(1), (3)).

    Bad: `country: DK` with `representative`, or a representative whose `address` is in the US.
    Good: `country: US` with a representative in a country of the EEA.
    """
    own = register.organisation
    if own.representative is not None and own.country in eea():
        yield (
            ("organisation", "representative"),
            f"you are in {own.country}, inside the EEA, and need no representative. Delete it (GDPR Art. 27(1)).",
        )
    elif own.representative is not None and own.representative.address.country not in eea():
        yield (
            ("organisation", "representative", "address", "country"),
            f"{own.representative.address.country} is outside the EEA. Name a representative inside (GDPR Art. 27(3)).",
        )


@rule("dpo/missing", "missing")
def officer_is_stated(register: Register) -> Report:
    """The organisation says whether it has a data protection officer.

    Why: the contact details of an officer must stand in the statement (Art. 13(1)(b)); that there is none is a fact,
    too.

    Bad: organisation.yml without `data_protection_officer`.
    Good: `data_protection_officer: {appointed: false, because: {en: ...}}`
    """
    if register.organisation.data_protection_officer is None:
        yield (
            ("organisation",),
            "nothing says whether you have a data protection officer. Give data_protection_officer with appointed "
            "(GDPR Art. 37, 13(1)(b)).",
        )


@rule("dpo/contact", "missing")
def officer_can_be_reached(register: Register) -> Report:
    """An appointed data protection officer can be reached; where there is none, the statement says why.

    Why: the contact details must be published (Art. 37(7), 13(1)(b)); a reader who finds none must not wonder.

    Bad: `appointed: true` without `contact`, or `appointed: false` without `because`.
    Good: `{appointed: true, role: dpo, contact: {email: dpo@firm.example}}`
    """
    officer = register.organisation.data_protection_officer
    path = ("organisation", "data_protection_officer")
    if officer is None:
        return
    if officer.appointed and (officer.contact is None or officer.role is None):
        yield path, "an officer is appointed but cannot be reached. Give role and contact (GDPR Art. 37(7), 13(1)(b))."
    if not officer.appointed and officer.because is None:
        yield path, "no officer is appointed, and nothing says why. Give because in each language (GDPR Art. 37(1))."


@rule("dpo/stray")
def only_an_officer_is_described(register: Register) -> Report:
    """A data protection officer who is not appointed has no role, no contact and no tasks.

    Why: the reader must know whether there is one (Art. 13(1)(b)).

    Bad: `appointed: false` with `contact`. Good: `appointed: true` with role and contact.
    """
    officer = register.organisation.data_protection_officer
    for key in ("role", "contact", "tasks"):
        if officer is not None and not officer.appointed and getattr(officer, key) is not None:
            yield (
                ("organisation", "data_protection_officer", key),
                f"no officer is appointed. Delete {key}, or write appointed: true (GDPR Art. 13(1)(b), 37).",
            )


@rule("dpo/public-body")
def public_bodies_have_an_officer(register: Register) -> Report:
    """A public body has a data protection officer.

    Why: Art. 37(1)(a); only courts acting in their judicial capacity need none.

    Bad: `public_body: true` with `appointed: false`. Good: `appointed: true` with role and contact.
    """
    officer = register.organisation.data_protection_officer
    if register.organisation.public_body and officer is not None and not officer.appointed:
        yield (
            ("organisation", "data_protection_officer", "appointed"),
            "a public body must have a data protection officer. Appoint one (GDPR Art. 37(1)(a)).",
        )


@rule("dpo/conflict", "warning")
def officer_supervises_nobody_like_herself(register: Register) -> Report:
    """The data protection officer does not also decide on processing.

    Why: other tasks must not lead to a conflict of interests (Art. 38(6)); who is responsible for an activity, or for
    all of them, would supervise herself.

    Bad: `role: clinical-lead` for the officer, where an activity has `owner: clinical-lead`.
    Good: a role for the officer that owns no activity.
    """
    own, officer = register.organisation, register.organisation.data_protection_officer
    if officer is None or officer.role is None:
        return
    owned = [activity.id for activity in register.activities.values() if activity.owner == officer.role]
    if owned or own.accountable == officer.role:
        what = ", ".join(owned) if owned else "all processing"
        yield (
            ("organisation", "data_protection_officer", "role"),
            f'"{officer.role}" is data protection officer and also responsible for {what}. Give one of them to '
            "another role (GDPR Art. 38(6)).",
        )


@rule("authority/unknown")
def authority_is_known(register: Register) -> Report:
    """The country of the organisation has a supervisory authority under the GDPR.

    Why: the statement must say where to complain (Art. 13(2)(d), 77).

    Bad: `country: US`. Good: `country: DK`, or another country of the EEA.
    """
    own = register.organisation
    country = own.representative.address.country if own.representative else own.country
    if country not in authorities() or not authorities()[country].gdpr:
        yield (
            ("organisation", "country"),
            f"{country} has no supervisory authority under the GDPR. Give the country of an establishment in the EEA, "
            "or a representative there (GDPR Art. 13(2)(d), 27, 77).",
        )
    for index, served in enumerate(own.serves):
        if served not in authorities():
            yield (
                ("organisation", "serves", index),
                f"no supervisory authority is known for {served}. Take it out: the statement says anyway that people "
                "may complain where they live (GDPR Art. 77).",
            )


@rule("language/unsupported")
def languages_have_phrases(register: Register) -> Report:
    """The languages of the documents are ones that the product has phrases in, and the prevailing one is among them.

    Why: there is no fallback; half a sentence in another language informs nobody (Art. 12(1)).

    Bad: `languages: [da, no]`. Good: `languages: [da, nb, en]`
    """
    organisation = register.organisation
    for index, language in enumerate(organisation.languages):
        if language not in languages():
            hint = " Norwegian bokmål is nb." if language == "no" else ""
            yield (
                ("organisation", "languages", index),
                f'there are no phrases in "{language}".{hint} Choose from {", ".join(languages())} (GDPR Art. 12(1)).',
            )
    if organisation.authoritative_language not in organisation.languages:
        yield (
            ("organisation", "authoritative_language"),
            f'"{organisation.authoritative_language}" is none of the languages ({", ".join(organisation.languages)}). '
            "Name one of them, or add it there (GDPR Art. 12(1)).",
        )
