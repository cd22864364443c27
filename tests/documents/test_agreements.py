"""An agreement states everything it refers to, in every language and under every template."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest
from tests.conftest import LANGUAGES, ROOT
from tests.documents.agreement_facts import squeezed, unstated

from klartekst.documents import outlines_of
from klartekst.export import exported
from klartekst.export.content import Host, content
from klartekst.law import contract_terms, templates
from klartekst.load import load
from klartekst.model import Agreement, Clauses, Register
from klartekst.phrases import phrases

DATA = ROOT / "data"
SCHOOL = "elmebakken"


def _register() -> Register:
    loaded = load(DATA)
    assert loaded.register is not None
    return loaded.register.published()


REGISTER = _register()
AGREEMENTS = tuple(REGISTER.agreements)


def read(register: Register, agreement: str, language: str) -> str:
    """Return an agreement as a reader of its page sees it."""
    document = exported(register, f"agreement-{agreement}", language)
    return "".join(content(document, Host()).itertext())


def with_agreement(agreement: Agreement) -> Register:
    """Return the demonstration with one agreement in the place of another."""
    agreements = {**REGISTER.agreements, agreement.id: agreement}
    return replace(REGISTER, agreements=MappingProxyType(agreements))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_an_agreement_states_every_fact_that_it_refers_to(agreement: str, language: str) -> None:
    """Every leaf that an agreement refers to, taken from the data, is found on its page."""
    assert not unstated(REGISTER.agreements[agreement], REGISTER, DATA, language, read(REGISTER, agreement, language))


def under(template: str) -> Agreement:
    """Return the agreement with the school as it would be under another template."""
    text = next(iter(templates()[template].texts))
    clauses = Clauses.model_validate({"version": text, "language": "da"})
    return REGISTER.agreements[SCHOOL].model_copy(update={"template": template, "clauses": clauses})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(templates()))
def test_the_same_agreement_states_the_same_facts_under_every_template(template: str, language: str) -> None:
    """One model feeds all templates: nothing that an agreement says is lost under another one."""
    agreement = under(template)
    register = with_agreement(agreement)
    lost = unstated(agreement, register, DATA, language, read(register, SCHOOL, language))
    assert [one for one in lost if not one.startswith(f"agreements/{SCHOOL}/clauses/")] == []


def test_annex_iv_of_the_commission_says_whom_to_ask() -> None:
    """Its form asks for a contact of each sub-processor (Implementing Decision (EU) 2021/915, Annex IV)."""
    agreement = under("eu-2021-915")
    text = read(with_agreement(agreement), SCHOOL, "en")
    contacts = [party.contact for party in REGISTER.sub_processors_of(agreement) if party.contact]
    assert contacts
    assert [contact.email for contact in contacts if contact.email not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(templates()))
def test_the_headings_are_those_of_the_template_in_its_order(template: str, language: str) -> None:
    """Each item stands under its official number and heading, with an anchor that can be cited."""
    agreement = under(template)
    document = exported(with_agreement(agreement), f"agreement-{SCHOOL}", language)
    root = content(document, Host())
    headings = {one.get("id"): "".join(one.itertext()) for one in root.iter() if one.tag in {"h2", "h3"}}
    wanted = dict(_headings(template, language))
    assert {id: text for id, text in headings.items() if id in wanted} == wanted
    assert [id for id in headings if id in wanted] == list(wanted)


def _headings(template: str, language: str) -> Iterator[tuple[str, str]]:
    for section in templates()[template].sections:
        yield f"kt-{section.id}", section.title[language]
        for item in section.items:
            if item.title:
                number = f"{item.number} " if item.number else ""
                yield f"kt-{item.anchor(section.id)}", number + item.title[language]


ARTICLE_28 = ("28.2", "28.3", *(f"28.3.{point}" for point in "abcdefgh"), "28.4")


@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_nothing_that_article_28_asks_is_left_out(agreement: str) -> None:
    """For each demand of Art. 28(2), (3)(a) to (h) and (4), the clauses by number or the annexes say it: no hole."""
    terms = {term.article: term for term in contract_terms(REGISTER.agreements[agreement])}
    assert set(terms) == set(ARTICLE_28)
    assert [article for article, term in terms.items() if not term.is_stated] == []
    assert all(term.clauses for term in terms.values())


@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_the_map_of_article_28_leads_to_the_items(agreement: str) -> None:
    """Each row of the map has a link for each item, and the item stands at the end of the link."""
    root = content(exported(REGISTER, f"agreement-{agreement}", "da"), Host())
    ids = {one.get("id") for one in root.iter()}
    rows = contract_terms(REGISTER.agreements[agreement])
    links = [one.get("href", "") for one in root.iter("a") if one.get("href", "").startswith("#kt-")]
    assert len(links) >= sum(len(term.items) for term in rows)
    assert {link[1:] for link in links} <= ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_annexes_without_a_text_of_clauses_say_that_they_are_no_agreement(language: str) -> None:
    """Without an identified text, the document is titled as annexes, and its first words say so."""
    alone = REGISTER.agreements[SCHOOL].model_copy(update={"clauses": None})
    document = exported(with_agreement(alone), f"agreement-{SCHOOL}", language)
    named = exported(REGISTER, f"agreement-{SCHOOL}", language)
    assert named.title == REGISTER.agreements[SCHOOL].name[language]
    assert document.title != named.title
    assert document.title.endswith(named.title)
    assert "28" in document.body.split("kt-note")[1].split("</div>")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_that_are_ours_are_marked_and_the_prevailing_language_is_named(language: str) -> None:
    """The Norwegian headings of the Danish clauses are not official, and the page says which language prevails."""
    prevailing = {"da": "dansk", "nb": "dansk", "en": "Danish"}
    text = squeezed(read(REGISTER, SCHOOL, language))
    publisher = templates()["dk-2020"].publisher[language]
    ours = phrases(language)("agreement/unofficial", publisher=publisher)
    assert prevailing[language].casefold() in text
    assert (squeezed(ours) in text) == (language == "nb")


@pytest.mark.parametrize("key", ["agreements", "sub-processors"])
def test_the_lists_are_documents_of_the_site(key: str) -> None:
    """The index of agreements and the register of sub-processors are made wherever there is an agreement."""
    assert key in outlines_of(REGISTER)
    none: Mapping[str, Agreement] = MappingProxyType({})
    assert key not in outlines_of(replace(REGISTER, agreements=none, announced=MappingProxyType({})))
