"""The law as data: dated, typed, complete, and no country or code that does not exist."""

import datetime as dt
import re
from typing import get_args

import pytest
from babel import Locale
from pydantic import TypeAdapter
from tests.conftest import LANGUAGES, ROOT

from klartekst.law import (
    adequacy_decisions,
    authorities,
    bases,
    consent_ages,
    crisis_lines,
    device_laws,
    duties,
    eea,
    emergency_numbers,
    notice_items,
    response_time,
    rights,
    safeguards,
)
from klartekst.load import packaged
from klartekst.model.codes import BasisCode, Country, Mechanism
from klartekst.phrases import phrases

FILES = sorted(file.stem for file in (ROOT / "plugins/klartekst/law/data").glob("*.yml"))
TABLES = {
    "adequacy": {"decisions"},
    "ages": {"ages"},
    "authorities": {"authorities"},
    "bases": {"bases"},
    "crisis": {"emergency", "lines"},
    "devices": {"countries"},
    "duties": {"own", "others", "processors", "conditions", "requests", "controllers", "limits"},
    "eea": {"eu", "efta", "eu_territories"},
    "items": {"items"},
    "rights": {"rights", "response"},
    "safeguards": {"safeguards"},
}
"""What each file holds beside its date; each of it is read into a type."""

MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO"
OUTSIDE = "AD AR BR CA CH FO GB GG GL IL IM IN JE JP KR NZ SJ UA US UY"


@pytest.mark.parametrize("file", FILES)
def test_a_file_of_law_is_dated_and_read(file: str) -> None:
    """It says which day's law it holds, no later than this release, and holds nothing that nobody reads."""
    content = dict(packaged("klartekst.law", f"data/{file}.yml"))
    assert dt.date(2026, 1, 1) <= dt.date.fromisoformat(content.pop("as_of")) <= dt.date(2026, 12, 31)
    assert set(content) == TABLES[file]


def test_each_table_is_typed_and_not_empty() -> None:
    """Every entry fits its model, and every key is of its kind."""
    country = TypeAdapter(Country)
    for code in (*authorities(), *adequacy_decisions(), *eea(), *consent_ages(), *device_laws()):
        assert country.validate_python(code) == code
    assert all((bases(), notice_items(), rights(), response_time(), safeguards()))


def test_the_codes_of_the_model_are_the_bases_of_the_law() -> None:
    """What an author may write as a basis is exactly what the law data knows, in its order."""
    assert list(bases()) == list(get_args(BasisCode))


def test_the_economic_area_holds_its_members_and_no_other_country() -> None:
    """27 member states and three EFTA states are inside; what is often taken for inside is not."""
    assert set(MEMBERS.split()) <= eea()
    assert eea().isdisjoint(OUTSIDE.split())


def test_each_country_of_the_area_has_its_authority() -> None:
    """Everybody in the EEA can be told where to complain; an authority outside is marked as such."""
    assert set(MEMBERS.split()) <= set(authorities())
    assert {code for code, authority in authorities().items() if not authority.gdpr} == {"CH", "GB"}


def test_the_name_of_an_authority_is_in_a_language_of_its_country() -> None:
    """The language of the name exists, so that a page can mark it."""
    for code, authority in authorities().items():
        territory = Locale.parse(f"{authority.language}_{code}")
        assert territory.territory == code


def test_an_adequacy_decision_is_about_a_country_outside() -> None:
    """No decision is for a country inside the EEA; its dates are in order."""
    assert eea().isdisjoint(adequacy_decisions())
    for decision in adequacy_decisions().values():
        assert not decision.valid_to or not decision.adopted or decision.adopted < decision.valid_to


def test_a_request_is_answered_within_a_month() -> None:
    """One month, two more for complex requests (Art. 12(3)): not 30 days."""
    assert (response_time().period, response_time().extension, response_time().article) == ("P1M", "P2M", "12.3")


AGES = {
    13: "BE FI SE NO GB EE LV MT PT IS",
    14: "AT IT ES BG CY LT",
    15: "DK FR CZ GR SI",
    16: "DE NL IE SK HU PL LU HR RO LI",
}


def test_the_age_of_consent_is_that_of_the_country() -> None:
    """The table of domain.md 4.5: every country of the EEA has its age, between 13 and 16 (Art. 8(1))."""
    assert consent_ages() == {country: age for age, countries in AGES.items() for country in countries.split()}
    assert set(consent_ages()) == {*MEMBERS.split(), "GB"}


SAFEGUARDS = {
    "legal-instrument": "46.2.a",
    "binding-corporate-rules": "47",
    "standard-clauses": "46.2.c",
    "authority-clauses": "46.2.d",
    "code-of-conduct": "46.2.e",
    "certification": "46.2.f",
    "own-clauses": "46.3.a",
}


def test_every_safeguard_has_its_provision() -> None:
    """Each mechanism an author may write is an adequacy decision, a derogation, or a safeguard of Art. 46 or 47."""
    assert safeguards() == SAFEGUARDS
    assert {*safeguards(), "adequacy", "derogation"} == set(get_args(Mechanism))


def test_rules_on_devices_are_named_for_the_countries_that_have_words() -> None:
    """A country with a rule of its own has a phrase in each language; all others are told of the directive."""
    assert device_laws() == ("DK", "NO", "SE")
    for language in LANGUAGES:
        keys = {key.removeprefix("cookies/law/") for key in phrases(language).texts if key.startswith("cookies/law/")}
        assert keys == {*device_laws(), "EU"}


NEEDS = {
    "consent": {"6.1.a", "9.2.a"},
    "interest": {"6.1.f"},
    "law": {"6.1.c", "6.1.e", "9.2.b", "9.2.g", "9.2.h", "9.2.i", "9.2.j", "10"},
    "secrecy": {"9.2.h"},
}


def test_a_basis_demands_what_the_law_demands() -> None:
    """Consent is withdrawn, an interest named, a duty laid down in law, care given under secrecy; nothing else."""
    found = {need: {code for code, one in bases().items() if need in one.needs} for need in NEEDS}
    assert found == NEEDS
    assert {need for one in bases().values() for need in one.needs} == set(NEEDS)


GROUPS = {"6": "ordinary", "9": "special", "10": "criminal"}


def test_a_basis_belongs_to_its_article() -> None:
    """Art. 6 is for everything, Art. 9 beside it for special categories, Art. 10 beside it for convictions."""
    assert {code: one.group for code, one in bases().items()} == {code: GROUPS[code.split(".")[0]] for code in bases()}


ADEQUATE = {
    "full": "AD AR BR CH FO GB GG IM JE NZ UY",
    "certified": "US",
    "sectoral": "CA IL JP KR",
}


def test_an_adequacy_decision_has_the_scope_that_it_has() -> None:
    """The table of domain.md 4.6; a limited one must not be taken for a full one."""
    found = {kind: {c for c, one in adequacy_decisions().items() if one.kind == kind} for kind in ADEQUATE}
    assert {kind: " ".join(sorted(countries)) for kind, countries in found.items()} == ADEQUATE
    assert str(adequacy_decisions()["GB"].valid_to) == "2031-12-27"


# -- what must be done -----------------------------------------------------------------------------------------------

OWN = "5 6 7 9 12 13 14 15 16 17 18 19 20 21 22 25 26 28 30 32 33 34 35"
CONDITIONAL = "9.2.a 20 20.1 33 33.1 34 34.1 35 35.1 36 36.1 37 37.1"


def test_the_duties_of_a_controller_are_those_of_the_law() -> None:
    """Principles, rights, processors, records, security, breaches and assessments stay its own; only it notifies."""
    assert list(duties().own) == OWN.split()
    assert list(duties().controllers) == ["33", "33.1", "34", "34.1"]
    assert list(duties().conditions) == CONDITIONAL.split()
    assert [one for one in duties().others if one.split(".")[0] not in duties().own] == []


@pytest.mark.parametrize(
    ("provision", "own"),
    [("15", True), ("28.3", True), ("33.1", True), ("33.2", False), ("28.4", False), ("30.2", False), ("20.3", False)],
)
def test_what_binds_a_processor_is_no_duty_of_the_controller(provision: str, own: bool) -> None:
    """A paragraph that speaks to processors, or frees the controller, is not the controller's own duty."""
    assert duties().is_own(provision) is own


def test_the_time_limits_are_those_of_the_law() -> None:
    """Seventy-two hours for a breach (Art. 33(1)), and for an answer as long as the rights say (Art. 12(3))."""
    limits = {article: duties().limit(article) for article in ("12.3", "15.1", "20", "22", "33", "33.1")}
    assert limits == {
        **dict.fromkeys(("12.3", "15.1", "20", "22"), response_time().period),
        **dict.fromkeys(("33", "33.1"), "PT72H"),
    }
    assert {article: duties().limit(article) for article in ("13", "33.2", "33.5", "34.1", "77")} == dict.fromkeys(
        ("13", "33.2", "33.5", "34.1", "77")
    )


def test_a_crisis_line_is_one_of_its_country() -> None:
    """Its name is in a language of the country, its address has that country's ending, and a child finds one, too."""
    assert set(crisis_lines()) == {"DK", "NO", "SE"} <= eea()
    for code, lines in crisis_lines().items():
        assert {Locale.parse(f"{line.language}_{code}").territory for line in lines} == {code}
        assert {line.url.rsplit(".", 1)[1] for line in lines} == {code.lower()}
        assert [line.audience for line in lines] == ["everyone", "children"], "children's lines stand last"


def test_a_crisis_line_has_a_number_that_can_be_dialled() -> None:
    """Digits in groups, short ones or as many as the country has, and never the emergency number itself."""
    for code, lines in crisis_lines().items():
        for line in lines:
            assert re.fullmatch(r"[0-9]+( [0-9]+)*", line.number)
            assert 5 <= len(line.number.replace(" ", "")) <= 8
            assert line.number not in emergency_numbers(code)


def test_help_is_one_call_away_in_every_country() -> None:
    """The European number works everywhere in the EEA, alone where no other is known; elsewhere nothing is known."""
    assert emergency_numbers("DE") == ("112",)
    assert emergency_numbers("US") == ()
    assert emergency_numbers("NO") == ("113", "112")
    assert all("112" in emergency_numbers(code) for code in eea())
