"""The organisation can be reached, supervised and read (Art. 13(1)(a)-(b), 13(2)(d), 12(1) GDPR)."""

from klartekst.check.rule import Report, rule
from klartekst.law import authorities
from klartekst.model import Register
from klartekst.phrases import languages


@rule("dpo/contact")
def officer_can_be_reached(register: Register) -> Report:
    """An appointed data protection officer can be reached; where there is none, the statement says why.

    Why: the contact details must be published (Art. 37(7), 13(1)(b)); a reader who finds none must not wonder.

    Bad: `appointed: true` without `contact`, or `appointed: false` without `because`.
    Good: `{appointed: true, role: dpo, contact: {email: dpo@firm.example}}`
    """
    officer = register.organisation.data_protection_officer
    path = ("organisation", "data_protection_officer")
    if officer.appointed and (officer.contact is None or officer.role is None):
        yield path, "an officer is appointed but cannot be reached. Give role and contact (GDPR Art. 37(7), 13(1)(b))."
    if officer.appointed and officer.because is not None:
        yield (*path, "because"), "an officer is appointed, so there is nothing to excuse. Delete because."
    if not officer.appointed and (officer.contact is not None or officer.role is not None):
        yield path, "no officer is appointed, yet a role or contact is given. Delete them, or set appointed: true."
    if not officer.appointed and officer.because is None:
        yield path, "no officer is appointed, and nothing says why. Give because in each language (GDPR Art. 37(1))."


@rule("authority/unknown")
def authority_is_known(register: Register) -> Report:
    """The country of the organisation has a supervisory authority under the GDPR.

    Why: the statement must say where to complain (Art. 13(2)(d), 77).

    Bad: `country: US`. Good: `country: DK`, or another country of the EEA.
    """
    country = register.organisation.country
    if country not in authorities() or not authorities()[country].gdpr:
        yield (
            ("organisation", "country"),
            f"{country} has no supervisory authority under the GDPR. Give the country of an establishment in the EEA "
            "(GDPR Art. 13(2)(d), 77).",
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
                f'there are no phrases in "{language}". Known: {", ".join(languages())}.{hint}',
            )
    if organisation.authoritative_language not in organisation.languages:
        yield (
            ("organisation", "authoritative_language"),
            f'"{organisation.authoritative_language}" is none of the languages ({", ".join(organisation.languages)}). '
            "Name one of them, or add it there.",
        )
