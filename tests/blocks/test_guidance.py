"""Guidance on its pages: whatever a thing is called, whoever reads, and nothing that was not meant for them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import lxml.html
import pytest
from lxml import etree
from tests.blocks.test_markdown import DIALECTS, shown
from tests.blocks.variants import ONE, changed, everything, facts, published, text_of
from tests.conftest import LANGUAGES

from klartekst.blocks import BLOCKS, Page, plain
from klartekst.documents import outlines_of
from klartekst.law import authorities, crisis_lines, emergency_numbers
from klartekst.model import Duty, Label, Question, Register
from klartekst.model.guidance import Reading
from klartekst.phrases import phrases

NAMES = ("guidance", "role", "topic", "answer", "checklist", "breach-plan", "emergency")
"""The blocks that are about guidance."""
TOPIC = ("guidance", ONE)
ANSWER = (*TOPIC, "answers", 0)
DUTY = (*ANSWER, "duties", 0)


@cache
def responding() -> Register:
    """Return facts in which everything is declared, about breaches, so that there is a plan for them, too."""
    return changed(everything(), (*TOPIC, "articles"), ("33",))  # type: ignore[no-any-return]


def block(name: str, register: Register, language: str = "da", **keys: str) -> str:
    """Return the Markdown of a block."""
    return plain(BLOCKS[name](register, Page(language), **keys))


def html(name: str, register: Register, dialect: str = "ours") -> lxml.html.HtmlElement:
    """Return a block as a page shows it."""
    return lxml.html.fragment_fromstring(DIALECTS[dialect].reset().convert(block(name, register)), create_parent=True)


def words(text: str) -> Label:
    """Return a label that is the same in each language."""
    return Label.model_validate(dict.fromkeys(LANGUAGES, text))


# -- whatever a thing is called --------------------------------------------------------------------------------------

HOSTILE = (
    "<b>a</b> [b](c) **d** _e_ `f` | g {: #h .i } {{ j }} &copy; \"k\" 'l' --> <!-- m </span></li> :smile: ![n](o) \\p "
    "==q== ^^r^^ ~~s~~ https://t.example u@v.example [[w]] {{x}} ++y++ $z$"
)
LABELS = {
    fact.name: fact
    for fact in facts()
    if fact.annotation is Label and (fact.path[0] == "guidance" or fact.path[:3] == ("roles", ONE, "guidance"))
}
NOT_ON_PAGES = {"Topic.words"}
"""What stands beside the page, for the search."""


def outline(page: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    """Return the elements of a page with where they lead."""
    return [(str(one.tag), one.get("href", "")) for one in page.iterdescendants(etree.Element)]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", LABELS)
def test_a_label_that_means_something_shows_as_itself(name: str, dialect: str) -> None:
    """In every block that prints it, it is text: the page has the same elements as with an innocent word."""
    path, seen = LABELS[name].path, 0
    for found in NAMES:
        innocent = html(found, changed(responding(), path, words("Markblomst")), dialect)
        hostile = html(found, changed(responding(), path, words(HOSTILE)), dialect)
        assert outline(hostile) == outline(innocent)
        expected = shown(innocent.text_content()).replace("Markblomst", shown(HOSTILE))
        assert shown(hostile.text_content()) == expected
        seen += shown(innocent.text_content()).count("Markblomst")
    assert bool(seen) == (name not in NOT_ON_PAGES)


def test_every_label_of_guidance_is_tried() -> None:
    """Those of topics, answers, cases, duties and questions, and what a role is called."""
    assert {name.split(".")[0] for name in LABELS} == {"Topic", "Question", "Duty", "RoleGuidance"}
    assert len(LABELS) > 9


@pytest.mark.parametrize(("key", "name", "role"), [("summary", "role", "region"), ("emergency", "topic", "note")])
def test_words_cannot_leave_an_attribute(key: str, name: str, role: str) -> None:
    """What a table or the frame of an emergency is called, with quotes and brackets, is what the owner wrote."""
    register = changed(responding(), ("phrases",), {"da": {f"guidance/{key}": '"><script>x</script>'}})
    page = html(name, register)
    assert not list(page.iter("script"))
    assert page.find(f".//div[@role='{role}']").get("aria-label") == '"><script>x</script>'


# -- places on a page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_two_places_of_a_block_share_an_id(name: str, language: str) -> None:
    """A block without its key says everything one after the other, and each link into it has one place to lead to."""
    text = DIALECTS["ours"].reset().convert(block(name, published(), language))
    page = lxml.html.fragment_fromstring(text, create_parent=True)
    ids = [one.get("id") for one in page.iterdescendants(etree.Element) if one.get("id")]
    assert [id for id, times in Counter(ids).items() if times > 1] == []
    assert all("&" not in id for id in ids)
    assert bool(ids) == (name != "emergency")


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("role", [ONE, f"{ONE}-case-1"]),
        ("topic", [f"role-{ONE}", f"{ONE}-case-1"]),
        ("answer", ["answer", "answer-case-1", "about"]),
        ("checklist", [ONE]),
    ],
)
def test_a_block_that_says_one_thing_has_short_ids(name: str, ids: list[str]) -> None:
    """With or without its key: these are the addresses that people have written down."""
    keys = dict.fromkeys(BLOCKS[name].parameters, ONE)
    for text in (block(name, responding()), block(name, responding(), **keys)):
        page = lxml.html.fragment_fromstring(DIALECTS["ours"].reset().convert(text), create_parent=True)
        found = [one.get("id") for one in page.iter("h2", "h3")]
        assert [id for id in found if id != "words"] == ids


# -- what each answer says -------------------------------------------------------------------------------------------


def verdicts(page: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    """Return each answer in a word, with the class by which it is coloured."""
    found = (one for one in page.iter("div") if "kt-answer" in one.get("class", "").split())
    return [(one.get("class").split()[-1], one.find(".//strong").text_content()) for one in found]


@pytest.mark.parametrize("code", ["no", "done-for-you", "yes", "depends"])
def test_the_word_of_an_answer_stands_in_the_table_and_above_the_answer(code: str) -> None:
    """Both are made from the one code, so that they cannot differ."""
    register = changed(responding(), (*ANSWER, "answer"), code)
    word = phrases("da").texts[f"guidance/answer/{code}"]
    page = html("role", register)
    assert [cell.text_content() for cell in page.iter("td")][1::2] == [word]
    assert verdicts(page)[0] == (f"kt-answer-{code}", word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_is_a_heading_with_its_questions_and_answers(language: str) -> None:
    """Two answers for which one case holds are joined, and so are two questions."""
    answers = {"x": words("Et"), "y": words("To"), "z": words("Tre")}
    questions = {id: Question(text=words(f"Spørgsmål {id}?"), answers=answers) for id in ("a", "b")}
    register = changed(responding(), (*TOPIC, "questions"), questions)
    register = changed(register, (*ANSWER, "cases", 0, "when"), {"a": ("x", "z"), "b": ("y",)})
    text = block("topic", register, language)
    or_ = {"da": "eller", "nb": "eller", "en": "or"}[language]
    heading = next(line for line in text.split("\n") if line.startswith("### "))
    assert re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), heading).startswith(
        f"### Spørgsmål a? Et {or_} Tre; Spørgsmål b? To {{: #"
    )


def test_a_draft_says_what_is_missing() -> None:
    """A time limit without a start prints that it is missing, and no page breaks."""
    text = block("topic", changed(responding(), (*DUTY, "runs_from"), None))
    assert text.count("kt-missing") == 1


# -- checklists and plans --------------------------------------------------------------------------------------------


def ticks(page: lxml.html.HtmlElement) -> list[tuple[str, str, bool]]:
    """Return the boxes of a checklist: the name of the tick, the words, and whether it is ticked."""
    return [
        (box.get("data-kt-tick"), box.getparent().text_content().strip(), box.get("checked") is not None)
        for box in page.iter("input")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_checklist_holds_every_step_of_its_role_once(language: str) -> None:
    """Each step that a role takes has a box with a name of its own, ticked where the facts settle it already."""
    register = published()
    for id, role in register.roles.items():
        if role.guidance is None:
            continue
        text = DIALECTS["ours"].reset().convert(block("checklist", register, language, role=id))
        page = lxml.html.fragment_fromstring(text, create_parent=True)
        boxes = ticks(page)
        duties = [
            (shown(action[language]), duty.settled_by is not None)
            for topic in sorted(register.guidance.values(), key=lambda one: (one.order, one.id))
            for answer in topic.answers
            for outcome in (answer, *answer.cases)
            for duty in outcome.duties
            if answer.role == id and duty.owner != "organisation"
            for action in duty.actions
        ]
        assert [(shown(words), ticked) for _, words, ticked in boxes] == duties
        assert {box.get("type") for box in page.iter("input")} <= {"checkbox"}
        assert all(name.startswith(f"{id}/") for name, _, _ in boxes)
        assert len({name for name, _, _ in boxes}) == len(boxes)


def ticks_of(*duties: Duty) -> list[str]:
    """Return the names of the ticks of a checklist in which an answer has these duties."""
    return [name for name, _, _ in ticks(html("checklist", changed(responding(), (*ANSWER, "duties"), duties)))]


def test_the_same_step_in_two_duties_is_two_ticks() -> None:
    """When it is due, or which article asks for it, tells the two apart; at last their order does."""
    same = Duty(actions=(words("Ring"),))
    duties = [
        *(same, same.model_copy(update={"when": words("det haster")}), same.model_copy(update={"article": "33.1"})),
        *(same.model_copy(update={"when": words("det kan vente")}), same.model_copy(update={"article": "34.1"})),
    ]
    names = ticks_of(*duties, same, Duty(actions=(words("Skriv"), words("Skriv"))))
    assert len(set(names)) == len(names)


def test_a_tick_keeps_its_name_when_others_come_and_go() -> None:
    """Other steps before, between and after change no name, nor does their order where something tells them apart."""
    urgent, other = (Duty(actions=(words("Ring"),), when=words(when)) for when in ("det haster", "det kan vente"))
    added = Duty(actions=(words("Skriv"), words("Send")))
    before = ticks_of(urgent, other)
    assert ticks_of(other, urgent)[: len(before)] == [before[1], before[0], *before[2:]]
    assert [name for name in ticks_of(added, urgent, added, other, added) if name in before] == before


def test_what_the_organisation_does_is_no_box() -> None:
    """Nobody can tick what somebody else does; it stands in the list all the same."""
    register = changed(responding(), (*DUTY, "actions"), (words("Markblomst"),))
    assert "Markblomst" in [words for _, words, _ in ticks(html("checklist", register))]
    theirs = html("checklist", changed(register, (*DUTY, "owner"), "organisation"))
    assert "Markblomst" not in [words for _, words, _ in ticks(theirs)]
    assert "Markblomst" in [one.text_content() for one in theirs.iter("li")]


def test_a_role_without_duties_has_an_empty_checklist() -> None:
    """It says that there is nothing to do, and has no box."""
    page = html("checklist", changed(responding(), (*ANSWER, "duties"), ()))
    assert shown(page.find("p").text_content()) == phrases("da").texts["guidance/nothing-to-do"]
    assert ticks(page) == []


@pytest.mark.parametrize("capacity", ["controller", "processor", "staff", "data-subject"])
def test_the_plan_names_the_authority_to_controllers_alone(capacity: str) -> None:
    """A controller notifies (Art. 33(1)); a processor and the staff tell the controller."""
    text = block("breach-plan", changed(responding(), ("roles", ONE, "guidance", "capacity"), capacity))
    assert (f"<{authorities()['DK'].web}>" in text) == (capacity == "controller")


def test_a_plan_is_there_only_where_somebody_must_act() -> None:
    """Without a topic about Art. 33 or 34, there is no plan."""
    assert block("breach-plan", responding())
    assert block("breach-plan", everything()) == ""
    assert block("breach-plan", changed(responding(), (*ANSWER, "duties"), ())) == ""


def test_a_plan_about_several_topics_names_each() -> None:
    """No step of one topic stands under the condition of another; with one topic there is nothing to tell apart."""
    one = responding().guidance[ONE]
    other = one.model_copy(update={"id": "lost", "order": one.order + 1, "title": words("Telefonen er væk")})
    both = replace(responding(), guidance={**responding().guidance, "lost": other})
    assert not html("breach-plan", responding()).findall(".//h4")
    assert [title.text_content() for title in html("breach-plan", both).iter("h4")] == [
        one.title["da"],
        other.title["da"],
    ]


# -- in an emergency -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["topic", "answer", "emergency"])
def test_help_stands_before_everything_else(name: str) -> None:
    """The frame with the numbers is the first thing on the page, and each number can be dialled with one press."""
    page = html(name, responding())
    assert page[0].get("class") == "kt-emergency"
    dialled = [one.get("href") for one in page[0].iter("a") if one.get("href").startswith("tel:")]
    assert dialled[0] == "tel:112"
    assert dialled[1:] == [f"tel:{line.number.replace(' ', '')}" for line in crisis_lines()["DK"]]


def test_help_is_that_of_the_readers_country() -> None:
    """A reader in Norway finds Norwegian lines and no Danish ones; a page for all finds those of every country."""
    register = changed(responding(), ("roles", ONE, "guidance", "serves"), ("NO",))
    own, all = html("answer", register), html("topic", register)
    names = {code: [line.name for line in crisis_lines()[code]] for code in ("DK", "NO")}
    assert [name in own.text_content() for name in (*names["NO"], *names["DK"])] == [True, True, False, False]
    assert [name in all.text_content() for name in (*names["NO"], *names["DK"])] == [True, True, True, True]
    assert "tel:113" in [one.get("href") for one in all.iter("a")]


@pytest.mark.parametrize("name", ["topic", "emergency"])
def test_help_for_everybody_is_that_of_each_country(name: str) -> None:
    """Where no role is meant, whoever may read finds help: those of the organisation first, then those of a role."""
    page = html(name, changed(responding(), ("roles", ONE, "guidance", "serves"), ("NO",)))
    dialled = [one.get("href") for one in page.iter("a") if one.get("href").startswith("tel:")]
    expected = [*emergency_numbers("DK"), *(line.number for line in crisis_lines()["DK"])]
    expected += [*emergency_numbers("NO"), *(line.number for line in crisis_lines()["NO"])]
    assert dialled == [f"tel:{number.replace(' ', '')}" for number in expected]


def test_a_topic_has_the_readings_of_each_reader() -> None:
    """What the authority of a role's country says is on the page of the topic, although the organisation is abroad."""
    reading = Reading(country="NO", url="https://markblomst.example/no")
    register = changed(responding(), (*TOPIC, "readings"), (reading,))
    assert reading.url not in block("topic", register)
    assert reading.url in block("topic", changed(register, ("roles", ONE, "guidance", "serves"), ("NO",)))


@pytest.mark.parametrize("name", ["role", "topic", "answer", "emergency"])
def test_a_country_without_a_number_has_no_line(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody knows whom to call, nothing is said: half a sentence, or a number that is wrong, would be worse."""
    monkeypatch.setattr("klartekst.blocks.guidance.emergency_numbers", lambda code: () if code == "US" else ("112",))
    register = changed(responding(), ("roles", ONE, "guidance", "serves"), ("DK", "US"))
    frame = html(name, register).find(".//div[@class='kt-emergency']")
    listed = [item.text_content().split(":")[0] for item in frame.iter("li")]
    assert set(listed) == {"Danmark"}
    assert len(listed) == 1 + len(crisis_lines()["DK"])


def test_without_an_emergency_there_is_no_frame() -> None:
    """Numbers to call for no reason would frighten."""
    register = changed(responding(), (*TOPIC, "emergency"), None)
    assert all("kt-emergency" not in block(name, register) for name in NAMES)


# -- what is not for readers -----------------------------------------------------------------------------------------


def pages(register: Register, language: str) -> Iterator[str]:
    yield text_of(register, language)
    yield from (outline.path for outline in outlines_of(register).values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("note", [True, "Markblomst"], ids=["internal", "note"])
def test_an_internal_topic_appears_nowhere(note: Any, language: str) -> None:
    """No page is made of it, no page names it, and a note is on no page either."""
    register = changed(published(), ("guidance", "secrecy", "internal"), note)
    title = published().guidance["secrecy"].title[language]
    text = "\n".join(pages(register.published(), language))
    assert "Markblomst" not in text
    assert [title in text, "topics/secrecy" in text] == ([False, False] if note is True else [True, True])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_internal_role_is_answered_nowhere(language: str) -> None:
    """A role that is internal has no page, no checklist, no part of the plan and no answer on any page."""
    role = published().roles["partner-clinic"]
    register = changed(published(), ("roles", "partner-clinic", "internal"), True)
    topics = {
        id: topic.model_copy(update={"answers": tuple(one for one in topic.answers if one.role != role.id)})
        for id, topic in register.guidance.items()
    }
    text = "\n".join(pages(replace(register, guidance=topics).published(), language))
    assert role.guidance
    assert role.guidance.name[language] not in text
    assert "partner-clinic" not in text


@pytest.mark.parametrize("shows", ["agreements", "breach", "sub-processors"])
def test_nothing_leads_to_an_unlisted_agreement(shows: str) -> None:
    """Guidance for its customer shows a public agreement, and neither link nor name of an unlisted one."""
    register = changed(responding(), (*TOPIC, "shows"), (shows,))
    register = changed(register, ("agreements", ONE, "name"), words("Markblomst"))
    unlisted = changed(register, ("agreements", ONE, "visibility"), "unlisted")
    assert any("Markblomst" in block(name, register) for name in NAMES)
    for name in NAMES:
        assert "Markblomst" not in block(name, unlisted)
        assert "agreement-one.md" not in block(name, unlisted)
