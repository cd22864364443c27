"""What the statement says of Art. 13 and 14 is known: a block or a fact that is taken out leaves exactly its hole."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from tests.blocks.variants import changed, own_document, published
from tests.conftest import LANGUAGES, ROOT

from klartekst.blocks import BLOCKS, Coverage
from klartekst.check import check
from klartekst.documents import HandWritten, compose, coverage, outlines_of, render_document
from klartekst.documents.coverage import place_of_statement, unsaid
from klartekst.documents.directive import read_directive
from klartekst.law import WHOLE, bases, notice_items, safeguards
from klartekst.model import Activity, Finding, Organisation, Place, Register
from klartekst.model.organisation import Address, Contact, DataProtectionOfficer, Representative

Hole = tuple[str, str]
"""An item of Art. 13 or 14, and the activity for which it is not stated; empty for the whole organisation."""

NEVER_IN_DENMARK = {"13.1.a.representative"}
"""An organisation in the EEA needs no representative there; the variant below is outside."""


def rows(register: Register, language: str = "da") -> tuple[Coverage, ...]:
    """Return what the statement of some facts says, item by item."""
    statement = render_document(outlines_of(register)["statement"], register, language)
    return coverage(statement.marked, register)


def holes(register: Register, language: str = "da") -> set[Hole]:
    """Return what the statement of some facts does not say."""
    return {(row.demand.id, scope) for row in rows(register, language) for scope in row.holes}


# -- whole --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demonstration_has_no_hole(language: str) -> None:
    """Every item of the law is asked for somewhere, and stated wherever it is asked for."""
    found = rows(published(), language)
    assert [row.demand.id for row in found] == list(notice_items())
    assert {row.demand.id for row in found if not row.demand.scopes} <= {*NEVER_IN_DENMARK, "13.1.b"}
    assert holes(published(), language) == set()
    assert [row.demand.id for row in found if [scope for scope, _ in row.anchors] != list(row.demand.scopes)] == []


# -- a block out --------------------------------------------------------------------------------------------------

BLOCKS_OF_THE_STATEMENT = outlines_of(published())["statement"].blocks


@functools.cache
def without_block(block: str) -> Register:
    """Return the demonstration's facts with a statement of the owner's own that leaves a block out."""
    kept = tuple(name for name in BLOCKS_OF_THE_STATEMENT if name != block)
    register: Register = changed(published(), ("documents", "statement"), own_document(*kept))
    return register


def stated_by(block: str) -> set[Hole]:
    """Return what a block states by what it claims, where no other block of the statement states it too."""
    others = {article for name in BLOCKS_OF_THE_STATEMENT if name != block for article in articles(name)}
    return {
        (row.demand.id, scope)
        for row in rows(published())
        if row.demand.id in articles(block) - others
        for scope in row.demand.scopes
    }


def articles(text: str) -> set[str]:
    """Return what a block, as an outline writes it, claims to satisfy."""
    directive = read_directive(text)
    assert directive
    return set(BLOCKS[directive.block].articles)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("block", BLOCKS_OF_THE_STATEMENT)
def test_a_block_that_is_left_out_leaves_exactly_its_holes(block: str, language: str) -> None:
    """The items that it satisfies are missing, all of them and no others; each is one finding that a draft has."""
    register = without_block(block)
    assert holes(register, language) == stated_by(block)
    findings = list(unsaid(rows(register, language), register, place_of_statement(register)))
    assert {(finding.rule, finding.severity) for finding in findings} <= {("coverage/hole", "missing")}
    assert len(findings) == len({item for item, _ in stated_by(block)})
    assert [finding for finding in findings if block not in finding.message] == []


def test_blocks_that_leave_a_hole_are_those_that_the_law_needs() -> None:
    """So that the test above is no empty one: six blocks state something, and every item is stated by one."""
    leaving = {block for block in BLOCKS_OF_THE_STATEMENT if stated_by(block)}
    assert leaving == {"identity", "activities", "automated", "rights", "objection", "complaint"}
    assert set().union(*map(articles, BLOCKS_OF_THE_STATEMENT)) >= set(notice_items())


# -- a fact out ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Taken:
    """Facts from which one was taken, the hole it leaves, and the rule that says so."""

    register: Register
    holes: set[Hole]
    rule: str
    file: str


def register_with(path: tuple[Any, ...], value: Any = None) -> Register:
    """Return the demonstration's facts with another value at a path."""
    register: Register = changed(published(), path, value)
    return register


def of_each(
    item: str, rule: str, field: str, applies: Callable[[Activity], bool] = lambda one: True
) -> Callable[[], Iterator[Taken]]:
    """Return how to take a field out of each activity in which the item is called for."""

    def take() -> Iterator[Taken]:
        for activity in filter(applies, published().ours):
            empty = () if isinstance(getattr(activity, field), tuple) and field in _LISTS else None
            register = register_with(("activities", activity.id, field), empty)
            yield Taken(register, {(item, activity.id)}, rule, f"activities/{activity.id}.yml")

    return take


_LISTS = {"purposes", "data", "retention"}
"""Fields in which an empty list is what a missing key gives; in the others it is `none`, which is a fact."""


def of_bases(item: str, rule: str, need: str, field: str) -> Callable[[], Iterator[Taken]]:
    """Return how to take a field out of each basis that needs it."""

    def take() -> Iterator[Taken]:
        for activity in published().ours:
            for index, purpose in enumerate(activity.purposes):
                for position, basis in enumerate(purpose.bases):
                    if need in bases()[basis.article].needs:
                        path = ("activities", activity.id, "purposes", index, "bases", position, field)
                        yield Taken(register_with(path), {(item, activity.id)}, rule, f"activities/{activity.id}.yml")

    return take


def purposes_without_bases() -> Iterator[Taken]:
    for activity in published().ours:
        for index in range(len(activity.purposes)):
            register = register_with(("activities", activity.id, "purposes", index, "bases"), ())
            yield Taken(register, {("13.1.c", activity.id)}, "purpose/basis", f"activities/{activity.id}.yml")


def of_sources(field: str) -> Callable[[], Iterator[Taken]]:
    def take() -> Iterator[Taken]:
        for activity in published().ours:
            for index, source in enumerate(activity.sources or ()):
                if source.is_indirect:
                    register = register_with(("activities", activity.id, "sources", index, field))
                    hole = {("14.2.f", activity.id)}
                    yield Taken(register, hole, "source/who", f"activities/{activity.id}.yml")

    return take


def parties_without_transfers() -> Iterator[Taken]:
    for party in published().parties.values():
        gets = {("13.1.f", activity.id) for activity in published().activities_with(party.id) if activity.is_ours}
        register = register_with(("parties", party.id, "transfers"))
        yield Taken(register, gets, "transfer/missing", f"parties/{party.id}.yml")


def transfers_without_a_copy() -> Iterator[Taken]:
    for party in published().parties.values():
        gets = {("13.1.f", activity.id) for activity in published().activities_with(party.id) if activity.is_ours}
        for index, transfer in enumerate(party.transfers or ()):
            if transfer.mechanism in safeguards():
                register = register_with(("parties", party.id, "transfers", index, "copy_available"))
                yield Taken(register, gets, "transfer/copy", f"parties/{party.id}.yml")


def of_rules(field: str) -> Callable[[], Iterator[Taken]]:
    """Return how to take a field out of each rule of storage that has it."""

    def take() -> Iterator[Taken]:
        for rule in published().retention.values():
            used = {("13.2.a", activity.id) for activity in published().ours if rule.id in activity.retention}
            if getattr(rule, field) is not None and used:
                register = register_with(("retention", rule.id, field))
                yield Taken(register, used, "retention/period", "retention.yml")

    return take


def of_organisation(item: str, rule: str, field: str) -> Callable[[], Iterator[Taken]]:
    def take() -> Iterator[Taken]:
        yield Taken(register_with(("organisation", field)), {(item, WHOLE)}, rule, "organisation.yml")

    return take


CONTACT = Contact(email="markblomst@lindeby.example")
ABROAD = {
    "country": "US",
    "representative": Representative(
        name="Markblomst ApS",
        address=Address(street="Engvej 1", postcode="8000", city="Aarhus", country="DK"),
        contact=CONTACT,
    ),
}


def with_organisation(**facts: Any) -> Register:
    organisation: Organisation = published().organisation.model_copy(update=facts)
    return register_with(("organisation",), organisation)


def officer_without_contact() -> Iterator[Taken]:
    role = next(iter(published().roles))
    for contact, hole in ((CONTACT, set[Hole]()), (None, {("13.1.b", WHOLE)})):
        officer = DataProtectionOfficer(appointed=True, role=role, contact=contact)
        yield Taken(
            with_organisation(data_protection_officer=officer), hole, "dpo/contact" if hole else "", "organisation.yml"
        )


def outside_without_representative() -> Iterator[Taken]:
    yield Taken(with_organisation(**ABROAD), set(), "", "organisation.yml")
    hole = {("13.1.a.representative", WHOLE)}
    register = with_organisation(**{**ABROAD, "representative": None})
    yield Taken(register, hole, "organisation/representative", "organisation.yml")


FACTS: dict[str, Callable[[], Iterator[Taken]]] = {
    "contact": of_organisation("13.1.a", "organisation/contact", "contact"),
    "representative": outside_without_representative,
    "officer": of_organisation("13.1.b", "dpo/missing", "data_protection_officer"),
    "officer's contact": officer_without_contact,
    "rights": of_organisation("13.2.b", "organisation/rights", "rights"),
    "purposes": of_each("13.1.c", "purpose/missing", "purposes"),
    "bases": purposes_without_bases,
    "law": of_bases("13.1.c", "basis/law", "law", "law"),
    "interest": of_bases("13.1.d", "basis/interest", "interest", "interest"),
    "withdrawal": of_bases("13.2.c", "basis/withdrawal", "consent", "withdrawal"),
    "recipients": of_each("13.1.e", "recipient/missing", "recipients"),
    "transfers": parties_without_transfers,
    "copy of safeguards": transfers_without_a_copy,
    "retention": of_each("13.2.a", "retention/missing", "retention"),
    "period": of_rules("period"),
    "trigger": of_rules("trigger"),
    "criteria": of_rules("criteria"),
    "necessity": of_each("13.2.e", "necessity/missing", "necessity", lambda one: one.is_direct),
    "automated decisions": of_each("13.2.f", "automated/missing", "automated_decisions"),
    "data": of_each("14.1.d", "data/missing", "data", lambda one: bool(one.indirect)),
    "sources": of_each("14.2.f", "source/missing", "sources", lambda one: bool(one.indirect)),
    "who the source is": of_sources("who"),
    "whether the source is public": of_sources("public"),
}
"""Every fact that an item needs: how to take it out, wherever it stands."""


@functools.cache
def findings_before() -> frozenset[Finding]:
    return frozenset(check(published()))


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_that_is_taken_out_leaves_exactly_its_hole(fact: str) -> None:
    """That item, for that activity, and no other; a rule says so, at the file in which the fact has to stand."""
    taken = list(FACTS[fact]())
    assert any(one.holes for one in taken)
    for one in taken:
        assert holes(one.register) == one.holes
        found = [finding for finding in check(one.register) if finding.rule == one.rule] if one.rule else []
        assert {finding.severity for finding in found} == ({"missing"} if one.rule else set())
        assert {finding.place.file for finding in found} == ({f"{ROOT / 'data'}/{one.file}"} if one.rule else set())
        assert all(finding.place.line >= 1 for finding in found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", FACTS)
def test_a_missing_fact_is_missing_in_every_language(fact: str, language: str) -> None:
    """The hole does not depend on the words; a rule names the missing fact, so that no block is blamed for it."""
    one = list(FACTS[fact]())[-1]
    assert holes(one.register, language) == one.holes
    assert list(unsaid(rows(one.register, language), one.register, Place("x"))) == []


def test_every_item_that_rests_on_a_fact_is_tried() -> None:
    """All items but three: where to complain and the right to object follow from the law."""
    tried = {item for take in FACTS.values() for one in take() for item, _ in one.holes}
    assert set(notice_items()) - tried == {"13.2.d", "13.2.b.objection"}


# -- pages that somebody wrote ------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", ["complaint", "activities", "rights", "policies"])
def test_a_statement_written_by_hand_that_leaves_a_block_out_has_its_holes(block: str, tmp_path: Any) -> None:
    """In its own language only, at its own file; with every block in it there is no hole."""
    path = outlines_of(published())["statement"].path
    for left_out, expected in ((None, set()), (block, stated_by(block))):
        file = tmp_path / f"{path}.da.md"
        kept = (name for name in BLOCKS_OF_THE_STATEMENT if name != left_out)
        file.write_text("# Hos os\n\n" + "\n\n".join(f"<!-- klartekst:{name} -->" for name in kept), "utf-8")
        page = HandWritten("da", path, file.name, file, f"content/{file.name}")
        made = compose(ROOT / "data", "data", LANGUAGES, (page,), Place("mkdocs.yml"))
        found = {
            language: {(row.demand.id, scope) for row in made.coverage[language] for scope in row.holes}
            for language in LANGUAGES
        }
        assert found == {"da": expected, "nb": set(), "en": set()}
        new = {(finding.rule, finding.severity, finding.place.file) for finding in made.findings}
        assert new == ({("coverage/hole", "missing", f"content/{file.name}")} if expected else set())
