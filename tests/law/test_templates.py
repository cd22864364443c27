"""The templates of agreements are whole, numbered as published, and say where Art. 28 is answered (domain.md 2)."""

import re
from typing import Any, get_args

import pytest
from tests.check.patches import BASE
from tests.conftest import LANGUAGES

from klartekst.law import (
    CUSTOM,
    Parameter,
    Part,
    Template,
    base_of,
    contract_terms,
    is_published,
    numbers_of,
    template_of,
    templates,
)
from klartekst.load import load
from klartekst.model import Agreement, Clauses, CustomOutline, Label

DK_2020: dict[str | None, dict[str | None, str]] = {
    "A": {"A.1": "purpose", "A.2": "nature", "A.3": "data", "A.4": "subjects", "A.5": "duration"},
    "B": {"B.1": "sub-processors", "B.2": "notice"},
    "C": {
        "C.1": "instruction", "C.2": "security", "C.3": "assistance", "C.4": "storage", "C.5": "places",
        "C.6": "transfers", "C.7": "audit", "C.8": "sub-audit",
    },
    "D": {None: "other"},
}  # fmt: skip
"""What each item of the Danish clauses states."""

IN_2018 = {
    **{f"A.{number}": f"A.{number}" for number in range(1, 6)},
    "B.1": "B.2", "B.2": "B.1",
    "C.1": "C.1", "C.2": "C.2", "C.3": "C.4", "C.4": "C.5", "C.5": "C.6", "C.6": "C.7", "C.7": "C.8",
}  # fmt: skip
"""The items of 2018, each with what it is numbered in 2020: conditions and list swapped, and no item on assistance."""

BESIDE_THE_ANNEXES = {
    "2": "other", "7.1": "instruction", "7.6": "audit", "7.7": "notice", "7.7(b)": "sub-audit", "7.8": "transfers",
    "10(d)": "storage",
}  # fmt: skip
"""What the Commission's clauses leave to the parties and its annexes have no field for, by clause."""

ANNEXES = {
    "I": {"parties", "contacts", "authority"},
    "II": {"subjects", "data", "sensitive", "nature", "purpose", "duration", "chain", "places"},
    "III": {"security", "assistance", "breach"},
    "IV": {"agreed-list"},
}
"""What each annex of the Commission's clauses states."""

POINTS = ("28.2", "28.3", *(f"28.3.{point}" for point in "abcdefgh"), "28.4")


def numbered(template: Template) -> dict[str | None, dict[str | None, str]]:
    """Return what each item states, by annex and number."""
    return {
        section.number: {item.number: item.part for _, item in template.items if item in section.items}
        for section in template.sections
    }


# -- whole -----------------------------------------------------------------------------------------------------------


def test_there_are_three_templates() -> None:
    """And `custom`, which starts from one of them, is none itself."""
    assert set(templates()) == {"dk-2018", "dk-2020", "eu-2021-915"}
    assert CUSTOM not in templates()


def test_each_part_and_each_parameter_is_used() -> None:
    """No word of the vocabulary is left that no template says."""
    every = templates().values()
    assert {item.part for template in every for _, item in template.items} == set(get_args(Part))
    assert {parameter for template in every for parameter in template.parameters} == set(get_args(Parameter))


@pytest.mark.parametrize("template", templates().values(), ids=templates())
def test_a_template_is_put_into_words_in_each_language(template: Template) -> None:
    """Headings and names have words in Danish, Norwegian and English, each of its own."""
    labels: list[Label | None] = [template.publisher, template.title, template.clause]
    labels += [section.title for section in template.sections]
    labels += [item.title for _, item in template.items]
    for label in filter(None, labels):
        assert label.languages == set(LANGUAGES)
    for _, item in template.items:
        assert item.title or item.part in {"other", "agreed-list"}, item


@pytest.mark.parametrize("template", templates().values(), ids=templates())
def test_a_language_without_a_published_text_is_marked(template: Template) -> None:
    """Headings in a language in which no text was published are ours, and say so; those in Danish are official."""
    published = {language for text in template.texts.values() for language in text.languages}
    assert published
    assert set(LANGUAGES) - published <= set(template.unofficial)
    assert "nb" in template.unofficial
    assert "da" not in template.unofficial


@pytest.mark.parametrize("template", templates().values(), ids=templates())
def test_numbers_parts_and_anchors_are_used_once(template: Template) -> None:
    """A reference leads to one item, a fact stands in one, and an anchor is an id that is free on the page."""
    numbers = [section.number for section in template.sections if section.number]
    numbers += [item.number for _, item in template.items if item.number]
    parts = [item.part for _, item in template.items]
    anchors = [section.id for section in template.sections]
    anchors += [item.anchor(section.id) for section, item in template.items if item.title]
    for found in (numbers, parts, anchors):
        assert len(found) == len(set(found))
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*[a-z0-9]|[a-z]", anchor) for anchor in anchors)
    assert not {"about", "parties", "choices", "article-28", "signatures"} & set(anchors)
    assert numbers_of(template) == set(numbers)


def test_an_anchor_is_its_number() -> None:
    """`C.2` is cited as #c-2, a clause without a letter as #clause-7-7-b, an item without number by what it states."""
    anchors = {i.part: i.anchor(section.id) for section, i in templates()["eu-2021-915"].items}
    assert (anchors["sub-audit"], anchors["parties"]) == ("clause-7-7-b", "i-parties")
    found = templates()["dk-2020"].item("security")
    assert found
    assert (found[0].id, found[1].anchor("c")) == ("c", "c-2")


# -- as published ----------------------------------------------------------------------------------------------------


def test_the_danish_clauses_are_numbered_as_published() -> None:
    """A.1 to A.5, B.1 and B.2, C.1 to C.8, and D, in this order."""
    found = numbered(templates()["dk-2020"])
    assert found == DK_2020
    assert [[*items] for items in found.values()] == [[*items] for items in DK_2020.values()]


def test_the_template_of_2018_has_its_own_numbers() -> None:
    """It has no item on assistance, so that all after C.2 is one lower, and terms and list of B are swapped."""
    later = {number: part for items in DK_2020.values() for number, part in items.items()}
    found = numbered(templates()["dk-2018"])
    items = {number: part for annex in "ABC" for number, part in found[annex].items()}
    assert items == {number: later[then] for number, then in IN_2018.items()}
    assert [*items] == [*IN_2018]
    assert found["D"] == {None: "other"}
    assert [item.part for item in templates()["dk-2018"].sections[-1].items] == ["assistance", "other"]


def test_the_clauses_of_the_commission_have_annexes_one_to_four() -> None:
    """What the annexes have no field for stands with the clause that it belongs to."""
    found = {section.number: section.items for section in templates()["eu-2021-915"].sections}
    assert [*found] == [None, *ANNEXES]
    assert {item.number: item.part for item in found[None]} == BESIDE_THE_ANNEXES
    for annex, parts in ANNEXES.items():
        assert {item.part for item in found[annex]} == parts
        assert {item.number for item in found[annex]} == {None}


def test_the_texts_are_those_that_were_published() -> None:
    """Two texts of the Danish clauses, the later of which leaves clause 7.6 open; and one each of the others."""
    published = {id: {v: str(text.published) for v, text in one.texts.items()} for id, one in templates().items()}
    assert published == {
        "dk-2018": {"2018-02": "2018-02-16"},
        "dk-2020": {"2020-01": "2019-12-10", "2024-03": "2024-03-04"},
        "eu-2021-915": {"2021-06-04": "2021-06-04"},
    }
    optional = {v for one in templates().values() for v, text in one.texts.items() if text.optional_beneficiary}
    assert optional == {"2024-03"}


def test_what_the_clauses_leave_open_has_its_number() -> None:
    """The blanks of the Danish clauses, and the choices of the Commission's; hours are a blank of the Danish only."""
    assert dict(templates()["dk-2020"].parameters) == {
        "service": "2.3", "authorisation": "7.2", "notice": "7.3", "beneficiary": "7.6", "authority": "9.2.a, 9.2.d",
        "breach": "10.2", "end": "11.1", "stored-by-law": "11.2", "commencement": "14", "contacts": "15",
    }  # fmt: skip
    commission = templates()["eu-2021-915"].parameters
    assert (commission["docking"], commission["authorisation"], commission["notice"]) == ("5", "7.7(a)", "7.7(a)")
    assert commission["regulation"] == "1(a), 8(c)(4), 9.1(b), 9.1(c), 9.2"
    assert {id: one.hours for id, one in templates().items()} == {
        "dk-2018": True, "dk-2020": True, "eu-2021-915": False,
    }  # fmt: skip
    assert {id for id, one in templates().items() if one.notice_always} == {"eu-2021-915"}


def test_the_prompts_are_those_of_the_item_on_security() -> None:
    """Ten kinds of measures in the Danish templates, seventeen in the Commission's, none twice."""
    asked = {id: one.prompts for id, one in templates().items()}
    assert {id: len(set(kinds)) for id, kinds in asked.items()} == {"dk-2018": 10, "dk-2020": 10, "eu-2021-915": 17}
    assert {id: len(kinds) for id, kinds in asked.items()} == {"dk-2018": 10, "dk-2020": 10, "eu-2021-915": 17}
    assert asked["dk-2018"] == asked["dk-2020"]
    assert {"online-access", "remote-work"} <= set(asked["dk-2020"]) - set(asked["eu-2021-915"])


# -- what Art. 28 asks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", templates().values(), ids=templates())
def test_each_demand_has_its_clauses_and_its_items(template: Template) -> None:
    """Each point of Art. 28(2), (3) and (4) is stated by clauses, and the items that belong to it exist."""
    assert tuple(template.says) == POINTS
    for article, says in template.says.items():
        assert re.fullmatch(r"\d+(\.\d+)?(\([a-z]\))*(, \d+(\.\d+)?(\([a-z]\))*)*", says.clauses), article
        assert all(template.item(part) for part in says.parts), article
    assert set(template.says["28.3"].parts) == {"purpose", "nature", "data", "subjects", "duration"}
    assert [article for article, says in template.says.items() if not says.parts] == ["28.3.b"]


def agreement(**changes: Any) -> Agreement:
    """Return an agreement on the Danish clauses of 2024."""
    register = load(BASE).register
    assert register
    return register.agreements["school"].model_copy(update=changes)


def custom(*leave_out: str, based_on: str = "dk-2020", **renumber: str) -> dict[str, Any]:
    """Return what makes an agreement custom; numbers are written `C_7="C.6"`."""
    numbers = {item.replace("_", "."): number for item, number in renumber.items()}
    return {
        "template": CUSTOM,
        "outline": CustomOutline(based_on=based_on, leave_out=leave_out, renumber=numbers),
    }


def own_text(**says: str) -> Clauses:
    """Return a text of the parties' own; points are written `b="5"`."""
    points = {f"28.3.{point}": clause for point, clause in says.items()}
    return Clauses.model_validate({"version": "7", "language": "da", "says": points})


def stated(one: Agreement) -> dict[str, tuple[str, bool]]:
    """Return the clauses of each demand, and whether it is stated."""
    return {term.article: (term.clauses, term.is_stated) for term in contract_terms(one)}


@pytest.mark.parametrize("template", templates())
def test_a_published_text_states_everything(template: str) -> None:
    """Each demand has the numbers that the template knows, and no hole."""
    version = next(iter(templates()[template].texts))
    one = agreement(template=template, clauses=Clauses(version=version, language="da"))
    assert is_published(one)
    assert stated(one) == {article: (says.clauses, True) for article, says in templates()[template].says.items()}
    assert all(
        [item.part for _, item in term.items] == [*templates()[template].says[term.article].parts]
        for term in contract_terms(one)
    )


def test_annexes_alone_state_the_description_and_nothing_else() -> None:
    """Without clauses nobody is bound: only the description of the processing stands in the annexes."""
    one = agreement(clauses=None)
    assert not is_published(one)
    assert [article for article, (_, is_stated) in stated(one).items() if is_stated] == ["28.3"]
    assert {clauses for clauses, _ in stated(one).values()} == {""}


def test_a_text_of_ones_own_states_what_it_says() -> None:
    """Only the points that the owner names are stated, by the clauses that the owner names."""
    one = agreement(**custom(), clauses=own_text(b="5", c="6.1"))
    assert not is_published(one)
    assert [article for article, (_, is_stated) in stated(one).items() if is_stated] == ["28.3", "28.3.b", "28.3.c"]
    assert stated(one)["28.3.c"] == ("6.1", True)


def test_custom_annexes_may_belong_to_a_published_text() -> None:
    """Whoever changes the annexes and names a published version has its clauses."""
    one = agreement(**custom("C.6"), clauses=Clauses(version="2024-03", language="da"))
    assert is_published(one)
    assert all(is_stated for _, is_stated in stated(one).values())
    terms = {term.article: [item.part for _, item in term.items] for term in contract_terms(one)}
    assert terms["28.3.a"] == ["instruction"]


@pytest.mark.parametrize("item", ["A", "A.1", "A.2", "A.3", "A.4", "A.5"])
def test_a_description_with_a_gap_is_not_stated(item: str) -> None:
    """Art. 28(3) asks for all of it: without one of the items of Annex A there is a hole."""
    assert stated(agreement(**custom(item)))["28.3"] == ("2.3", False)


def test_an_unknown_template_says_nothing() -> None:
    """The demand cannot be told where the template does not exist, and nothing is raised."""
    for one in (
        agreement(template="dk-2021"),
        agreement(template=CUSTOM),
        agreement(**custom(based_on="dk-2021")),
        agreement(**custom(based_on=CUSTOM)),
    ):
        assert (base_of(one), template_of(one), contract_terms(one), is_published(one)) == (None, None, (), False)


# -- custom ----------------------------------------------------------------------------------------------------------


def test_custom_annexes_leave_out_and_renumber() -> None:
    """The annexes of the case Elevaid: without C.6, and what follows moved up."""
    found = template_of(agreement(**custom("C.6", C_7="C.6", C_8="C.7")))
    assert found
    assert numbered(found)["C"] == {
        "C.1": "instruction", "C.2": "security", "C.3": "assistance", "C.4": "storage", "C.5": "places",
        "C.6": "audit", "C.7": "sub-audit",
    }  # fmt: skip
    assert found.item("transfers") is None
    assert [item.anchor("c") for _, item in found.items if item.part == "audit"] == ["c-6"]


@pytest.mark.parametrize(("leave_out", "annexes"), [(("D",), "ABC"), (("B.1", "B.2"), "ACD"), (("A", "B"), "CD")])
def test_an_annex_without_items_is_gone(leave_out: tuple[str, ...], annexes: str) -> None:
    """Whether it is named itself, or all of its items are."""
    found = template_of(agreement(**custom(*leave_out)))
    assert found
    assert [section.number for section in found.sections] == [*annexes]


def test_the_template_itself_stays_as_it_is() -> None:
    """What one agreement leaves out, another still has; an outline counts for custom annexes only."""
    assert template_of(agreement(**custom("C.6", C_7="C.6")))
    assert numbered(templates()["dk-2020"]) == DK_2020
    kept = template_of(agreement(**{**custom("C.6"), "template": "dk-2020"}))
    assert kept == templates()["dk-2020"]
