"""Guidance on the built site: each role and topic, one answer wherever it stands, and the same words for machines."""

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml
from lxml import html
from tests.conftest import LANGUAGES, ROOT, answer_of, language_of, pages_of
from tests.site import machines
from tests.site.projects import built, configuration, make_project, page, text_of

from klartekst.phrases import phrases

ANSWERS = {"no", "done-for-you", "yes", "depends"}
PLAIN = 45
"""The LIX above which a text is no plain one any more."""
ROOTS = {"da": "", "nb": "nb/", "en": "en/"}
ONE_ROLE = {"guidance": "role", "checklists": "checklist"}
ALONE = {"guidance": "start", "breach-plan": "plan", "definitions": "terms"}
SAID = {
    "role": "FAQPage", "topic": "FAQPage", "answer": "FAQPage", "checklist": "HowTo", "plan": "HowTo",
    "terms": "DefinedTermSet",
}  # fmt: skip
"""What each kind of page is to a machine; the page that only leads to the others is nothing."""


def kind_of(address: str) -> str:
    """Return the kind of a page of guidance by its address; empty for any other page."""
    match address.removeprefix(f"{language_of(address)}/").split("/"):
        case [name, ""]:
            return ALONE.get(name, "")
        case [("guidance" | "checklists") as name, _role, ""]:
            return ONE_ROLE[name]
        case ["topics", _topic, ""]:
            return "topic"
    return "answer" if answer_of(address) else ""


def pages(site: Path, *kinds: str) -> list[str]:
    """Return the addresses of all pages of these kinds, or of guidance of any kind."""
    return [address for address in pages_of(site) if kind_of(address) and kind_of(address) in (kinds or SAID)]


def below(site: Path, language: str, folder: str) -> list[str]:
    """Return the names of the pages below an address."""
    return sorted(entry.parent.name for entry in (site / ROOTS[language] / folder).glob("*/index.html"))


@cache
def article(site: Path, address: str) -> html.HtmlElement:
    """Parse the article of a page."""
    return page(site, address).find(".//article")


def under(heading: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield what stands under a heading, until the next one of its rank."""
    for element in heading.itersiblings():
        if element.tag == "h2":
            return
        if isinstance(element.tag, str):
            yield element


def classes(element: html.HtmlElement) -> set[str]:
    return set(element.get("class", "").split())


# -- the same answer wherever it stands -------------------------------------------------------------------------------


def answer_below(heading: html.HtmlElement) -> tuple[str, str]:
    """Return the answer under a heading: the code that gives it its colour, and the word."""
    box = next(element for element in under(heading) if "kt-answer" in classes(element))
    (code,) = (name.removeprefix("kt-answer-") for name in classes(box) if name.startswith("kt-answer-"))
    return code, text_of(box.find(".//strong"))


def summary(site: Path, address: str) -> dict[str, str]:
    """Return the summary table of a role: the word of the answer by topic."""
    rows = article(site, address).xpath(".//div[contains(@class, 'kt-table')]//tbody/tr")
    return {row.find(".//a").get("href").strip("/"): text_of(row.findall("td")[1]) for row in rows}


def by_id(site: Path, address: str, id: str) -> html.HtmlElement:
    """Return the heading with an id on a page."""
    (heading,) = article(site, address).xpath(f".//h2[@id='{id}']")
    return heading


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_has_every_topic(site: Path, language: str) -> None:
    """Four roles and twelve topics in each language, an answer for each of them, and every kind of answer."""
    roles, topics = below(site, language, "guidance"), below(site, language, "topics")
    assert len(roles) >= 4
    assert len(topics) >= 12
    sheets = [answer_of(address) for address in pages(site, "answer") if language_of(address) == language]
    assert sorted(filter(None, sheets)) == [(role, topic) for role in roles for topic in topics]
    shown = {
        answer_below(by_id(site, f"{ROOTS[language]}guidance/{role}/{topic}/", "answer"))[0]
        for role in roles
        for topic in topics
    }
    assert shown == ANSWERS


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_headings_topics_and_sheets_give_one_answer(site: Path, language: str) -> None:
    """The table of each role says the same as the answers below it, as the topic's page, and as the sheet."""
    root = ROOTS[language]
    for role in below(site, language, "guidance"):
        table = summary(site, f"{root}guidance/{role}/")
        assert sorted(table) == below(site, language, "topics")
        for topic, word in table.items():
            found = {
                answer_below(by_id(site, f"{root}guidance/{role}/", topic)),
                answer_below(by_id(site, f"{root}topics/{topic}/", f"role-{role}")),
                answer_below(by_id(site, f"{root}guidance/{role}/{topic}/", "answer")),
            }
            assert {shown for _, shown in found} == {word}, (role, topic)
            assert len(found) == 1, (role, topic)


# -- what machines read -----------------------------------------------------------------------------------------------


def told(heading: html.HtmlElement, language: str) -> str:
    """Return an answer under a heading as one text: the word, why, what remains, each case, and what to do in it."""
    to_do = phrases(language)("guidance/to-do")
    return squeezed(" ".join(part for element in under(heading) for part in _told(element) if part != to_do))


def _told(element: html.HtmlElement) -> Iterator[str]:
    if "kt-answer" in classes(element):
        yield f"{text_of(element[0])}."
        yield from (text_of(words) for words in element[1:] if isinstance(words.tag, str))
    elif "kt-duty" in classes(element):
        yield from _steps(element)
    elif element.tag == "h3":
        yield f"{text_of(element)}:"
    elif element.tag in {"p", "ul"} and not _is_link(element):
        yield text_of(element)


def _steps(duty: html.HtmlElement) -> Iterator[str]:
    """Yield in which case a duty holds, and its steps; what follows them is said to people only."""
    for element in duty:
        if element.tag == "ol":
            yield from (text_of(step) for step in element.findall("li"))
            return
        yield text_of(element)


def _is_link(element: html.HtmlElement) -> bool:
    return any(text_of(link) == text_of(element) for link in element.iterfind("a"))


def squeezed(text: str) -> str:
    return "".join(text.split())


def names(site: Path, language: str) -> dict[str, str]:
    """Return the name of each role, as the page that leads to them has it."""
    links = article(site, f"{ROOTS[language]}guidance/").xpath(".//h3[starts-with(@id, 'role-')]/a")
    return {link.get("href").strip("/"): text_of(link) for link in links}


def asked(site: Path, address: str) -> list[tuple[str, str, str]]:
    """Return each answer on a page, with the names of its topic and its role, as people read them."""
    language, root = language_of(address), ROOTS[language_of(address)]
    roles = names(site, language)
    if (sheet := answer_of(address)) is not None:
        headings = [(by_id(site, address, "answer"), sheet[1], sheet[0])]
    elif kind_of(address) == "role":
        role = address.split("/")[-2]
        headings = [(by_id(site, address, topic), topic, role) for topic in summary(site, address)]
    else:
        headings = [(by_id(site, address, f"role-{role}"), address.split("/")[-2], role) for role in roles]
    titles = {topic: text_of(article(site, f"{root}topics/{topic}/").find("h1")) for _, topic, _ in headings}
    return [(titles[topic], roles[role], told(heading, language)) for heading, topic, role in headings]


def test_each_page_of_guidance_speaks_to_machines_in_its_language(site: Path) -> None:
    """A page of guidance says once what it is, in its own language; no other page says anything."""
    for address in pages_of(site):
        file = site / address / "index.html" if not address.endswith(".html") else site / address
        kind = SAID.get(kind_of(address))
        assert len(machines.scripts(file)) == (1 if kind else 0), address
        if kind:
            (thing,) = machines.said(file)
            assert (machines.kind(thing), machines.text(thing, "inLanguage")) == (kind, language_of(address)), address
    assert {kind_of(address) for address in pages(site)} == set(SAID)


def test_questions_for_machines_are_those_of_the_page(site: Path) -> None:
    """Each question names its topic and role, and its answer is word for word that of the page: none is left out."""
    for address in pages(site, "role", "topic", "answer"):
        (thing,) = machines.said(site / address / "index.html")
        question = phrases(language_of(address))("guidance/question")
        expected = [(f"{topic} ({role}): {question}", answer) for topic, role, answer in asked(site, address)]
        assert [(name, squeezed(answer)) for name, answer in machines.questions(thing)] == expected, address
        assert expected


def test_steps_for_machines_are_those_of_the_page(site: Path) -> None:
    """A checklist and the plan for breaches have the steps of the page, in its order, each in the case it is for."""
    for address in pages(site, "checklist", "plan"):
        (thing,) = machines.said(site / address / "index.html")
        shown = [squeezed(" ".join(lines)) for lines in _shown_steps(article(site, address), kind_of(address))]
        assert [squeezed(step) for step in machines.steps(thing)] == shown, address
        assert machines.text(thing, "name") == text_of(article(site, address).find("h1")), address
        assert shown


def _shown_steps(body: html.HtmlElement, kind: str) -> Iterator[list[str]]:
    """Yield each step that a page shows, after what leads to it: a case in bold, or a line with a colon at its end."""
    leads: list[str] = []
    for element in body.iter("h2", "p", "li"):
        words = text_of(element)
        if element.tag == "h2":
            leads = [f"{words}:"] if kind == "plan" else []
        elif element.tag == "li" and (kind == "checklist" or "kt-duty" in classes(element.getparent().getparent())):
            yield [*leads, words]
            leads = []
        elif element.tag == "p" and element.find("strong") is not None:
            leads.append(f"{words}:")
        elif element.tag == "p" and words.endswith(":"):
            leads.append(words)


def test_terms_for_machines_are_those_of_the_page(site: Path) -> None:
    """The page of words has each term with its meaning."""
    for address in pages(site, "terms"):
        (thing,) = machines.said(site / address / "index.html")
        listed = by_id(site, address, "definitions").getnext().find("dl")
        meanings = [entry.xpath("p[1] | self::dd[not(p)]")[0] for entry in listed.iterfind("dd")]
        shown = [
            (text_of(term), text_of(meaning)) for term, meaning in zip(listed.iterfind("dt"), meanings, strict=True)
        ]
        assert machines.terms(thing) == shown, address
        assert machines.text(thing, "name") == text_of(article(site, address).find("h1")), address
        assert len(shown) > 5


# -- how plain it is --------------------------------------------------------------------------------------------------


def test_each_page_of_guidance_is_plain(site: Path) -> None:
    """The figures beside the pages have each page of guidance, and none is hard to read."""
    figures: dict[str, int] = json.loads((site / "klartekst-readability.json").read_text("utf-8"))["lix"]
    assert sorted(figures) == pages(site, "start", "role", "topic", "answer", "checklist", "plan")
    assert {address: lix for address, lix in figures.items() if not 10 <= lix <= PLAIN} == {}


# -- what leads to it -------------------------------------------------------------------------------------------------


def _found(site: Path, language: str) -> set[str]:
    """Return the addresses that the search of a language finds."""
    index = json.loads((site / ROOTS[language] / "search" / "search_index.json").read_text("utf-8"))
    return {ROOTS[language] + entry["location"].split("#")[0] for entry in index["docs"]}


def test_answer_sheets_are_found_from_outside_and_clutter_nothing_inside(site: Path) -> None:
    """The sitemap has each sheet; no navigation leads to one, and no search finds one beside its topic."""
    sheets = set(pages(site, "answer"))
    listed = page(site, "sitemap.xml").xpath("//loc/text()")
    assert {f"https://privatliv.lindeby.example/{sheet}" for sheet in sheets} <= set(listed)
    found = set().union(*(_found(site, language) for language in LANGUAGES))
    assert found >= set(pages(site, "role", "topic", "checklist", "plan"))
    assert not found & sheets
    navigated = {urljoin(address, link) for address in pages_of(site) for link in _navigation(site, address)}
    assert navigated >= set(pages(site, "role", "topic", "checklist", "plan"))
    assert not navigated & sheets


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_guidance_leads_to_the_plan_for_breaches(site: Path, language: str) -> None:
    """Whoever has lost data finds the plan on the page that leads to all guidance, by the title that it has."""
    root = ROOTS[language]
    links = {text_of(link): link.get("href") for link in article(site, f"{root}guidance/").iter("a")}
    assert links[text_of(article(site, f"{root}breach-plan/").find("h1"))] == "../breach-plan/"


def _navigation(site: Path, address: str) -> list[str]:
    return [str(link) for link in page(site, address).xpath("//nav[contains(@class, 'md-nav')]//a/@href")]


def test_everyday_words_are_for_the_search_alone(site: Path) -> None:
    """The words by which a topic is found stand in the search index, and on no page as tags."""
    index = json.loads((site / "en" / "search" / "search_index.json").read_text("utf-8"))
    tagged = {entry["location"].split("#")[0] for entry in index["docs"] if entry.get("tags")}
    assert tagged == {f"topics/{topic}/" for topic in below(site, "en", "topics")}
    assert [address for address in pages(site) if page(site, address).xpath("//*[contains(@class, 'md-tag')]")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_belongs_to_two_topics(language: str) -> None:
    """A word of two topics would find either one; a phrase is looked for word by word, so its words count, too."""
    owners: dict[str, list[str]] = {}
    for file in sorted((ROOT / "data" / "guidance").glob("*.yml")):
        words = yaml.safe_load(file.read_text("utf-8"))["words"][language].casefold()
        for word in dict.fromkeys(re.findall(r"[^,\s-]+", words)):
            owners.setdefault(word, []).append(file.stem)
    assert {word: topics for word, topics in owners.items() if len(topics) > 1} == {}


def test_no_attribute_holds_a_mark(site: Path) -> None:
    """What leads from words to their facts is a comment beside them; in an attribute it would be read out."""
    for address in pages_of(site):
        assert [str(value) for value in page(site, address).xpath("//@*[contains(., '<!--')]")] == [], address


# -- untrusted and internal -------------------------------------------------------------------------------------------

HOSTILE = "</script><script>alert('ud')</script><!-- \"&amp; \\u003c"
CANARY = "Kanariefugl"


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in one language, with a topic whose title is code, and one that is internal."""
    project = make_project(tmp_path_factory.mktemp("troubled") / "project", configuration("none", ("en",)), spare=False)
    folder = project / "data" / "guidance"
    _rewrite(folder / "breach.yml", title=dict.fromkeys(LANGUAGES, HOSTILE))
    told = {"title": dict.fromkeys(LANGUAGES, CANARY), "what": dict.fromkeys(LANGUAGES, f"{CANARY}.")}
    _rewrite(folder / "erasure.yml", internal="true", **told)
    (folder / "erasure.yml").rename(folder / f"{CANARY.casefold()}.yml")
    return built(project)


def _rewrite(file: Path, **changes: Any) -> None:
    facts = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
    file.write_text(yaml.safe_dump({**facts, **changes}, allow_unicode=True, sort_keys=False), encoding="utf-8")


def test_title_cannot_break_out_of_what_machines_read(troubled: Path) -> None:
    """A title that would end the script stays a title: one script a page, no other element of its, the same words."""
    shown = 0
    for address in pages(troubled):
        file = troubled / address / "index.html"
        (script,) = machines.scripts(file)
        assert "<" not in script, address
        assert "alert('ud')" not in [str(code) for code in page(troubled, address).xpath("//script/text()")], address
        shown += sum(HOSTILE in name for thing in machines.said(file) for name, _ in machines.questions(thing))
    assert shown == 4 * 3  # four roles ask: on the page of the topic, on their own page, and on the sheet


def test_internal_topic_leaves_no_trace(troubled: Path) -> None:
    """Nothing of an internal topic is anywhere in the site: no page, title, word, file name or place of a fact.

    The one language of this site stands at its root, where the demonstration has Danish.
    """
    assert len(below(troubled, "da", "topics")) == 11
    for file in (file for file in troubled.rglob("*") if file.is_file()):
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        assert CANARY.casefold().encode() not in content.lower(), file
        assert CANARY.casefold() not in file.as_posix().removeprefix(troubled.as_posix()).casefold()
        assert "erasure" not in file.parts
