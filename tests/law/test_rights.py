"""Which rights a person has follows from the legal bases: the table of domain.md 4.1, written here by hand."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import get_args

import pytest
from tests.blocks.variants import changed, published
from tests.conftest import LANGUAGES

from klartekst.blocks import BLOCKS, Page, escaped
from klartekst.documents import outlines, render_document
from klartekst.law import rights_of
from klartekst.model import Activity, Basis, Register
from klartekst.model.codes import BasisCode
from klartekst.phrases import cite

ORDER = [
    "access",
    "rectification",
    "erasure",
    "restriction",
    "portability",
    "objection",
    "withdraw-consent",
    "complaint",
]
ALWAYS = {"access", "rectification", "erasure", "restriction", "complaint"}
MORE = {
    "6.1.a": {"portability", "withdraw-consent"},
    "6.1.b": {"portability"},
    "6.1.e": {"objection"},
    "6.1.f": {"objection"},
    "9.2.a": {"portability", "withdraw-consent"},
}
LIMITED = {"6.1.c", "6.1.e"}
CODES = get_args(BasisCode)
WORDS = {
    "da": ["indsigt", "berigtigelse", "sletning", "begrænsning", "dataportabilitet", "indsigelse", "samtykke", "klage"],
    "nb": ["innsyn", "retting", "sletting", "begrensning", "dataportabilitet", "protestere", "samtykke", "klage"],
    "en": ["access", "rectification", "erasure", "restriction", "portability", "object", "consent", "complain"],
}
"""The word of each right in its heading, in the order above (domain.md 5)."""


def expected(codes: Iterable[str]) -> list[str]:
    """Return the rights that bases give, in the order of the page."""
    given = ALWAYS.union(*(MORE.get(code, set()) for code in codes))
    return [right for right in ORDER if right in given]


def register_with(*purposes: tuple[str, ...], marketing: bool = False) -> Register:
    """Return a Register with one activity, whose purposes have these bases."""
    enquiries = published().activities["enquiries"]
    purpose = enquiries.purposes[0].model_copy(update={"direct_marketing": marketing})
    made = (
        purpose.model_copy(update={"bases": tuple(Basis.model_validate({"article": code}) for code in bases)})
        for bases in purposes
    )
    return with_activity(enquiries.model_copy(update={"purposes": tuple(made)}))


def with_activity(activity: Activity) -> Register:
    return replace(published(), activities={activity.id: activity})


def named(register: Register, language: str) -> list[str]:
    """Return the rights that the headings of the statement name, by the words of the language."""
    text = render_document(outlines()["statement"], register, language).markdown
    headings = [line for line in text.split("\n") if line.startswith("#") and "{: #right-" in line]
    return [right for right, word in zip(ORDER, WORDS[language], strict=True) if any(word in line for line in headings)]


@pytest.mark.parametrize("code", CODES)
def test_a_basis_gives_its_rights(code: str) -> None:
    """One basis gives exactly the rights of its column, and the statement names them in each language."""
    register = register_with((code,))
    assert [right.id for right in rights_of(register)] == expected([code])
    for language in LANGUAGES:
        assert named(register, language) == expected([code])


@pytest.mark.parametrize("pair", [pytest.param(pair, id="+".join(pair)) for pair in combinations(CODES, 2)])
def test_two_purposes_give_the_rights_of_both(pair: tuple[str, str]) -> None:
    """An activity with two purposes has a right if one basis gives it, no other, and erasure is limited by either."""
    applied = rights_of(register_with((pair[0],), (pair[1],)))
    assert [right.id for right in applied] == expected(pair)
    assert {right.id for right in applied if right.limited} == ({"erasure"} if LIMITED.intersection(pair) else set())


@pytest.mark.parametrize("pair", [pytest.param(pair, id="+".join(pair)) for pair in combinations(CODES, 2)])
def test_two_bases_of_one_purpose_give_the_rights_of_both(pair: tuple[str, str]) -> None:
    """The same for two bases of one purpose, but a public task gives no portability, whatever is beside it."""
    given = [right for right in expected(pair) if right != "portability" or "6.1.e" not in pair]
    assert [right.id for right in rights_of(register_with(pair))] == given


@pytest.mark.parametrize("code", CODES)
def test_direct_marketing_gives_the_objection_on_any_basis(code: str) -> None:
    """The right of Art. 21(2) does not depend on the basis; the objection has its box, with that article."""
    register = register_with((code,), marketing=True)
    assert "objection" in [right.id for right in rights_of(register)]
    for language in LANGUAGES:
        box = BLOCKS["objection"](register, Page(language))
        assert box.startswith('<div class="kt-box"')
        assert escaped(cite("21.2", language)) in box


@pytest.mark.parametrize("code", ["6.1.a", "6.1.b", "9.2.a"])
def test_what_lies_on_paper_only_is_not_portable(code: str) -> None:
    """Portability is for processing by automated means (Art. 20(1)(b)); one digital system is enough for it."""
    register = register_with((code,))
    activity = register.activities["enquiries"]
    on_paper = with_activity(activity.model_copy(update={"systems": ("cabinet",)}))
    on_both = with_activity(activity.model_copy(update={"systems": ("cabinet", "mailbox")}))
    assert "portability" not in [right.id for right in rights_of(on_paper)]
    assert "portability" in [right.id for right in rights_of(on_both)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_erasure_is_promised_with_its_limit(code: str, language: str) -> None:
    """Where the law or a public task is the basis, the statement names the limit of Art. 17(3)(b); else it does not."""
    text = BLOCKS["rights"](register_with((code,)), Page(language))
    limit = {"da": "litra", "nb": "bokstav", "en": "&#40;b&#41;"}[language]
    erasure = text.split("{: #right-erasure }")[1].split("###")[0]
    assert (limit in erasure) is (code in LIMITED)


def test_no_objection_box_stands_where_there_is_no_objection() -> None:
    """A statement does not promise a right that nobody has."""
    assert BLOCKS["objection"](register_with(("6.1.b",)), Page("da")) == ""


def test_a_changed_fact_changes_the_rights() -> None:
    """The table is not met by chance: one basis more in the demonstration's facts gives one right more."""
    before = {right.id for right in rights_of(register_with(("6.1.b",)))}
    path = ("activities", "enquiries", "purposes", 0, "bases", 0)
    after = {right.id for right in rights_of(changed(register_with(("6.1.b",)), path, Basis(article="6.1.f")))}
    assert after - before == {"objection"}
