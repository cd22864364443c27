"""The law as data: dated, typed, complete, and no country or code that does not exist."""

import datetime as dt
from typing import get_args

import pytest
from babel import Locale
from pydantic import TypeAdapter
from tests.conftest import ROOT

from klartekst.law import adequacy_decisions, authorities, bases, eea, notice_items, response_time, rights
from klartekst.load import packaged
from klartekst.model.codes import BasisCode, Country

FILES = sorted(file.stem for file in (ROOT / "plugins/klartekst/law/data").glob("*.yml"))
TABLES = {
    "adequacy": {"decisions"},
    "authorities": {"authorities"},
    "bases": {"bases"},
    "eea": {"eu", "efta", "eu_territories"},
    "items": {"items"},
    "rights": {"rights", "response"},
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
    for code in (*authorities(), *adequacy_decisions(), *eea()):
        assert country.validate_python(code) == code
    assert all((bases(), notice_items(), rights(), response_time()))


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
