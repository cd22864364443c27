"""The blocks about how the organisation works: policies, assurances, assessments, definitions, devices."""

from klartekst.blocks.block import Page, block
from klartekst.blocks.catalogue import chosen
from klartekst.blocks.renderer import render
from klartekst.law import bases as known_bases
from klartekst.law import device_laws
from klartekst.model import Register


@block("policies")
def policies(register: Register, page: Page) -> str:
    """What the organisation says about how it works, to everyone, each under a heading of its own."""
    return _policies(register, page, "everyone")


@block("policy", policy="policies")
def policy(register: Register, page: Page, policy: str = "") -> str:
    """One policy, under its heading."""
    found = [register.policies[policy]] if policy else list(register.policies.values())
    return render("policies", page.language, register, policies=found) if found else ""


@block("staff")
def staff(register: Register, page: Page) -> str:
    """What the staff must know and do: the policies for them, and the measures that bind them."""
    ours = [measure for measure in register.measures.values() if not measure.party]
    found = [measure for measure in ours if measure.status == "required" or measure.roles]
    rules = render("staff", page.language, register, measures=found) if found else ""
    return "\n\n".join(part for part in (_policies(register, page, "staff"), rules) if part)


def _policies(register: Register, page: Page, audience: str) -> str:
    found = [policy for policy in register.policies.values() if policy.audience == audience]
    return render("policies", page.language, register, policies=found) if found else ""


@block("responsible")
def responsible(register: Register, page: Page) -> str:
    """Who answers for the processing, and who takes care of each activity from day to day."""
    owned = [activity for activity in register.activities.values() if activity.owner]
    if not owned and not register.organisation.accountable:
        return ""
    return render("responsible", page.language, register, organisation=register.organisation, activities=owned)


@block("bases")
def bases(register: Register, page: Page) -> str:
    """Which legal bases the organisation relies on, each with the activities that rest on it."""
    rows = [(code, [a for a in chosen(register) if any(b.article == code for b in a.bases)]) for code in known_bases()]
    return render("bases", page.language, register, rows=[row for row in rows if row[1]], page=page)


@block("principles")
def principles(register: Register, page: Page) -> str:
    """The principles of Art. 5 GDPR in plain words."""
    return render("principles", page.language, register)


@block("assurances")
def assurances(register: Register, page: Page) -> str:
    """What the organisation does not do, and what it does."""
    return render("assurances", page.language, register) if register.assurances else ""


@block("assessments")
def assessments(register: Register, page: Page) -> str:
    """Questions that were considered, each with its reasons and its conclusion."""
    return render("assessments", page.language, register) if register.assessments else ""


@block("reviews")
def reviews(register: Register, page: Page) -> str:
    """What is gone through again and again, by whom, and what is asked."""
    return render("reviews", page.language, register) if register.reviews else ""


@block("definitions")
def definitions(register: Register, page: Page) -> str:
    """The words that are explained, and the acts that are cited."""
    acts = [law for law in register.laws.values() if law.title]
    return render("definitions", page.language, register, acts=acts)


@block("cookies")
def cookies(register: Register, page: Page) -> str:
    """What each website stores on the reader's device, and which rules apply to that."""
    own = register.organisation
    rules = dict.fromkeys(code if code in device_laws() else "EU" for code in (own.country, *own.serves))
    return render("cookies", page.language, register, rules=list(rules))
