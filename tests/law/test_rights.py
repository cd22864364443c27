"""Which rights a person has follows from the legal bases: the table of domain.md 4.1, written here by hand."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, combinations
from typing import Any, get_args

import pytest
from tests.conftest import LANGUAGES
from tests.law.facts import activity, choir, incidental, purpose, register

from klartekst.blocks import BLOCKS, Page, plain
from klartekst.documents import outlines, render_document
from klartekst.law import rights_of
from klartekst.model import AutomatedDecision, Register
from klartekst.model.codes import BasisCode

MATRIX = """
                     6.1.a 6.1.b 6.1.c   6.1.d 6.1.e   6.1.f 9.2.a
access               yes   yes   yes     yes   yes     yes   yes
rectification        yes   yes   yes     yes   yes     yes   yes
erasure              yes   yes   limited yes   limited yes   yes
restriction          yes   yes   yes     yes   yes     yes   yes
portability          yes   yes   no      no    never   no    yes
objection            no    no    no      no    yes     yes   no
automated-decisions  no    no    no      no    no      no    no
withdraw-consent     yes   no    no      no    no      no    yes
complaint            yes   yes   yes     yes   yes     yes   yes
"""
"""Which basis gives which right. A right is there if one basis gives it; `never`: nor does another beside this one."""

_HEAD, *_ROWS = MATRIX.strip("\n").splitlines()
BASES = tuple(_HEAD.split())
GIVEN = {row.split()[0]: dict(zip(BASES, row.split()[1:], strict=True)) for row in _ROWS}
OTHERS = tuple(code for code in get_args(BasisCode) if code not in BASES)
"""The conditions of Art. 9(2) that are no consent, and Art. 10: none of them gives or takes away a right."""

HEADINGS = {
    "access": ("Ret til indsigt", "Rett til innsyn", "Right of access"),
    "rectification": ("Ret til berigtigelse", "Rett til retting", "Right to rectification"),
    "erasure": ("Ret til sletning", "Rett til sletting", "Right to erasure"),
    "restriction": (
        "Ret til begrænsning af behandling",
        "Rett til begrensning av behandling",
        "Right to restriction",
    ),
    "portability": ("Ret til dataportabilitet", "Rett til dataportabilitet", "Right to data portability"),
    "objection": ("Ret til indsigelse", "Rett til å protestere", "Right to object"),
    "automated-decisions": (
        "Ret til ikke at få en afgørelse truffet af en maskine alene",
        "Rett til ikke å få en avgjørelse tatt av en maskin alene",
        "Right not to be subject to a decision by a machine alone",
    ),
    "withdraw-consent": (
        "Ret til at trække samtykke tilbage",
        "Rett til å trekke tilbake samtykke",
        "Right to withdraw consent",
    ),
    "complaint": ("Hvor kan du klage?", "Hvor kan du klage?", "Where can you complain?"),
}
"""The heading of each right, by the official term of each language (domain.md 5)."""

ARTICLES = {
    "objection": ("artikel 21, stk. 1", "artikkel 21 nr. 1", "Article 21(1)"),
    "marketing": ("artikel 21, stk. 2", "artikkel 21 nr. 2", "Article 21(2)"),
    "limit": ("artikel 17, stk. 3, litra b", "artikkel 17 nr. 3 bokstav b", "Article 17(3)(b)"),
}

Together = Sequence[frozenset[str]]
"""Sets of bases; those of one set hold together."""


def expected(grounds: Together) -> list[str]:
    """Return the rights that sets of bases give, in the order of the page."""
    return [right for right, row in GIVEN.items() if any(_gives(row, codes) for codes in grounds)]


def _gives(row: dict[str, str], codes: frozenset[str]) -> bool:
    answers = {row.get(code, row["6.1.d"]) for code in codes or {"none"}}
    return "never" not in answers and bool(answers & {"yes", "limited"})


def limited(grounds: Together) -> bool:
    """Return whether erasure has a limit."""
    return any(GIVEN["erasure"].get(code) == "limited" for codes in grounds for code in codes)


def one_by_one(codes: Iterable[str]) -> Together:
    """Return what holds together where one basis of Art. 6 holds at a time, with the conditions of Art. 9 beside it."""
    first = [code for code in codes if code.startswith("6.")]
    beside = frozenset(code for code in codes if not code.startswith("6."))
    return [beside | {code} for code in first] or [beside]


def text(block: str, facts: Register, language: str) -> str:
    """Return a block as a reader reads it: no marks, no entities, ordinary spaces."""
    return readable(BLOCKS[block](facts, Page(language)))


def readable(markdown: str) -> str:
    unescaped = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), plain(markdown))
    return unescaped.replace("&nbsp;", " ").replace("\u00a0", " ").replace("\\", "")


def named(shown: str, language: str) -> list[str]:
    """Return the rights that the headings of a text name; a heading that names none of them is a failure."""
    position = LANGUAGES.index(language)
    rights = {words[position]: right for right, words in HEADINGS.items()}
    found = re.findall(r"^#+ (.+?) \{: #right-(\S+) \}$", shown, re.MULTILINE)
    assert all(rights[heading] == anchor for heading, anchor in found)
    return [rights[heading] for heading, _ in found]


def shown(facts: Register, language: str) -> str:
    """Return the three blocks that speak of rights."""
    return "\n\n".join((text("rights", facts, language), text("objection", facts, language), complaint(language)))


@cache
def complaint(language: str) -> str:
    """Return the block about complaints, which no activity changes."""
    return text("complaint", choir(), language)


ON_THE_PAGE = [right for right in GIVEN if right not in {"objection", "complaint"}] + ["objection", "complaint"]
"""The order of the headings: the objection has a box of its own behind the others, then comes the complaint."""


def check(facts: Register, grounds: Together, languages: Sequence[str] = LANGUAGES) -> None:
    """Check that the law and the statement give exactly the rights of the table, and their limits, in each language."""
    rights = expected(grounds)
    applied = rights_of(facts)
    assert [right.id for right in applied] == rights
    assert {right.id for right in applied if right.limited} == ({"erasure"} if limited(grounds) else set())
    for language in languages:
        position, page = LANGUAGES.index(language), shown(facts, language)
        assert named(page, language) == [right for right in ON_THE_PAGE if right in rights]
        assert (ARTICLES["limit"][position] in page) is limited(grounds)
        assert page.count('<div class="kt-box"') == ("objection" in rights)
        assert (ARTICLES["objection"][position] in page) is ("objection" in rights)
        assert ARTICLES["marketing"][position] not in page


SUBSETS = [*chain.from_iterable(combinations(BASES, size) for size in range(len(BASES) + 1))]


@pytest.mark.parametrize("codes", [pytest.param(codes, id="+".join(codes) or "none") for codes in SUBSETS])
class TestEachCombinationOfBases:
    """Each of the 128 sets of bases of the table, in each way in which an activity can rest on it."""

    def test_as_one_purpose(self, codes: tuple[str, ...]) -> None:
        """Bases that hold together give what one of them gives, and no portability beside a public task."""
        check(register(activity(purpose(codes))), [frozenset(codes)])

    def test_as_several_purposes(self, codes: tuple[str, ...]) -> None:
        """A purpose for each basis: one public task takes nothing away from the others."""
        grounds = [frozenset({code}) for code in codes] or [frozenset()]
        check(register(activity(*(purpose(together) for together in grounds))), grounds)

    def test_as_alternatives(self, codes: tuple[str, ...]) -> None:
        """One basis of Art. 6 holds at a time: each gives what it gives alone, with the condition of Art. 9 beside."""
        check(register(activity(purpose(codes, mode="either"))), one_by_one(codes))

    def test_as_several_activities(self, codes: tuple[str, ...]) -> None:
        """Two activities that share the bases between them give together what each gives; each right names its own."""
        halves = [codes[: len(codes) // 2], codes[len(codes) // 2 :]]
        made = [activity(purpose(half), id=id) for half, id in zip(halves, ("choir", "band"), strict=True)]
        check(register(*made), [frozenset(half) for half in halves], ["da"])
        for right in rights_of(register(*made)):
            giving = [one.id for one, half in zip(made, halves, strict=True) if right.id in expected([frozenset(half)])]
            assert [one.id for one in right.activities] == giving

    def test_on_paper_only(self, codes: tuple[str, ...]) -> None:
        """What lies on paper or in a room alone is not portable (Art. 20(1)(b)); nothing else changes."""
        on_paper = register(activity(purpose(codes), systems=("cabinet", "archive")))
        on_both = register(activity(purpose(codes), systems=("cabinet", "mailbox")))
        rights = expected([frozenset(codes)])
        assert [right.id for right in rights_of(on_paper)] == [right for right in rights if right != "portability"]
        assert [right.id for right in rights_of(on_both)] == rights

    def test_as_a_processor(self, codes: tuple[str, ...]) -> None:
        """What is done on behalf of another gives no right against the organisation, beside whatever it does itself."""
        acting = activity(purpose(codes), id="band", capacity="processor")
        assert rights_of(register(acting)) == rights_of(register(acting), [acting]) == ()
        check(register(activity(), acting), [frozenset({"6.1.b"})], ["da"])

    def test_as_joint_controllers(self, codes: tuple[str, ...]) -> None:
        """Each of several controllers owes all rights (Art. 26(3))."""
        assert [right.id for right in rights_of(register(activity(purpose(codes), capacity="joint")))] == expected(
            [frozenset(codes)]
        )

    def test_for_what_people_volunteer(self, codes: tuple[str, ...]) -> None:
        """The bases for volunteered data count like those of a purpose, apart from them."""
        facts = register(activity(purpose(["6.1.e"]), incidental=incidental(*codes)))
        check(facts, [frozenset({"6.1.e"}), frozenset(codes)], ["da"])


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("mode", ["all", "either"])
def test_other_conditions_give_and_take_nothing(code: str, mode: Any) -> None:
    """A condition of Art. 9(2) that is no consent, and Art. 10, leave the rights of the basis beside them."""
    for beside in BASES[:6]:
        check(register(activity(purpose([beside, code], mode=mode))), [frozenset({beside})])
    check(register(activity(purpose([code], mode=mode))), [frozenset({"6.1.d"})])


def decisions() -> tuple[AutomatedDecision, ...]:
    """Return one decision that a machine takes alone."""
    words = dict.fromkeys(LANGUAGES, "x")
    texts = dict.fromkeys(("decision", "logic", "consequences", "safeguards"), words)
    return (AutomatedDecision.model_validate({**texts, "profiling": False, "basis": "22.2.a"}),)


@pytest.mark.parametrize("code", BASES)
def test_a_decision_by_machine_gives_its_right_on_any_basis(code: str) -> None:
    """The right of Art. 22 is named where such decisions are taken, and for the activity that takes them."""
    facts = register(activity(purpose([code]), automated_decisions=decisions()), activity(id="band"))
    rights = expected([frozenset({code}), frozenset({"6.1.b"})])
    (found,) = (right for right in rights_of(facts) if right.id == "automated-decisions")
    assert [one.id for one in found.activities] == ["choir"]
    for language in LANGUAGES:
        wanted = [right for right in ON_THE_PAGE if right in {*rights, "automated-decisions"}]
        assert named(shown(facts, language), language) == wanted


@pytest.mark.parametrize("code", BASES)
def test_direct_marketing_gives_the_objection_on_any_basis(code: str) -> None:
    """The right of Art. 21(2) does not depend on the basis, is absolute, and stands in the box with its article."""
    facts = register(activity(purpose([code], marketing=True)), activity(id="band"))
    own = GIVEN["objection"][code] == "yes"
    rights = {*expected([frozenset({code}), frozenset({"6.1.b"})]), "objection"}
    for position, language in enumerate(LANGUAGES):
        page, box = shown(facts, language), text("objection", facts, language)
        assert named(page, language) == [right for right in ON_THE_PAGE if right in rights]
        assert box.startswith('<div class="kt-box"')
        assert ARTICLES["marketing"][position] in box
        assert (ARTICLES["objection"][position] in box) is own
        (paragraph,) = (part for part in box.split("\n\n") if ARTICLES["marketing"][position] in part)
        assert paragraph.endswith(f": {activity().name[language]}.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_right_names_the_activities_that_give_it(language: str) -> None:
    """Where two activities differ, each right names its own: nobody is promised a right that is another's."""
    facts = register(activity(purpose(["6.1.c"])), activity(purpose(["6.1.a"]), id="band"))
    parts = dict(re.findall(r"\{: #right-(\S+) \}\n(.+?)(?=\n#|\Z)", text("rights", facts, language), re.DOTALL))
    first, second = (activity(id=id).name[language] for id in ("choir", "band"))
    named_by = {right: (f": {first}." in part, f": {second}." in part) for right, part in parts.items()}
    assert named_by == {
        "access": (False, False),
        "rectification": (False, False),
        "erasure": (True, False),
        "restriction": (False, False),
        "portability": (False, True),
        "withdraw-consent": (False, True),
    }


WHOLE = [(code,) for code in BASES] + [(), ("6.1.a", "6.1.e"), ("6.1.c", "6.1.f"), ("6.1.d", "9.2.a"), BASES]


@pytest.mark.parametrize("codes", [pytest.param(codes, id="+".join(codes) or "none") for codes in WHOLE])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_statement_names_the_same_rights(codes: tuple[str, ...], language: str) -> None:
    """In the whole statement, headings and first layer name the rights of the table, and nothing else names one."""
    document = render_document(outlines()["statement"], register(activity(purpose(codes))), language)
    rights = expected([frozenset(codes)])
    assert named(readable(document.markdown), language) == [right for right in ON_THE_PAGE if right in rights]
    assert re.findall(r"\(<?#right-([a-z-]+)>?\)", readable(document.markdown)) == rights


def test_a_processor_alone_promises_no_rights() -> None:
    """Where an organisation decides over nothing, its statement names no right but the complaint."""
    facts = register(activity(purpose([]), capacity="processor"))
    for language in LANGUAGES:
        assert named(shown(facts, language), language) == ["complaint"]


def test_the_facts_that_are_tested_are_those_of_the_choir() -> None:
    """The small organisation itself has the rights of a contract, and its bases are the ones of the table."""
    check(choir(), [frozenset({"6.1.b"})])
    assert set(BASES) | set(OTHERS) == set(get_args(BasisCode))
