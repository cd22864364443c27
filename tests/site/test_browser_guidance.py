"""Guidance in a reader's hands: two taps to an answer, ticks that stay, a sheet of paper, found by everyday words."""

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, ViewportSize
from pypdf import PdfReader
from tests.conftest import LANGUAGES, answer_of, language_of, opened_pages, pages_of
from tests.site.reader import DESKTOP, PHONE, SCREENS, reading, settle
from tests.site.test_browser_accessibility import axe_source, problems
from tests.site.test_browser_privacy import Witness, stored
from tests.site.test_browser_reading import TEXTS, UNNUMBERED, squeezed

from klartekst.phrases import phrases

KEY = "klartekst-ticks"
ROOTS = {"da": "", "nb": "nb/", "en": "en/"}
WORDS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "search-words.yml").read_text(encoding="utf-8")
)
ELSEWHERE = {
    "da": {"privatlivspolitik": "privacy/", "underdatabehandlere": "sub-processors/", "cookies": "cookies/",
           "hvor længe": "retention/", "databehandleraftaler": "agreements/", "klienter": "privacy/"},
    "nb": {"personvernerklæring": "privacy/", "underdatabehandlerne": "sub-processors/", "hvor lenge": "retention/",
           "informasjonskapsler": "cookies/", "databehandleravtaler": "agreements/", "klienter": "privacy/"},
    "en": {"privacy notice": "privacy/", "sub-processors": "sub-processors/", "cookies": "cookies/",
           "how long": "retention/", "data processing agreements": "agreements/", "clients": "privacy/"},
}  # fmt: skip
"""Words of the titles of other pages, and where they lead: guidance must not push itself before them."""
KINDS = (
    "guidance/", "guidance/{role}/", "guidance/{role}/{topic}/", "topics/{topic}/", "checklists/{role}/",
    "breach-plan/",
)  # fmt: skip


def roles_of(site: Path) -> list[str]:
    """Return the roles that have guidance."""
    return sorted({sheet[0] for address in pages_of(site) if (sheet := answer_of(address))})


def topics_of(site: Path) -> list[str]:
    """Return the topics."""
    return sorted({sheet[1] for address in pages_of(site) if (sheet := answer_of(address))})


# -- two taps ---------------------------------------------------------------------------------------------------------


def tap(page: Page, link: Locator) -> None:
    """Touch a link that can be seen, and arrive."""
    assert link.is_visible()
    with page.expect_navigation() as arrival:
        link.tap()
    assert arrival.value.status == 200


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_two_taps_away(browser: Browser, site: Path, address: str, language: str, scripts: bool) -> None:
    """On a phone, for each role: from the front page to the role, and in its table to the topic, where it stands."""
    root = address + ROOTS[language]
    with reading(browser, PHONE, java_script_enabled=scripts, has_touch=True) as page:
        for role, topic in zip(roles_of(site), topics_of(site), strict=False):
            page.goto(root)
            tap(page, page.locator(f"article a[href='guidance/{role}/']"))
            word = page.locator(f"article tr:has(a[href='{topic}/']) td").nth(1).inner_text()
            tap(page, page.locator(f"article .kt-table a[href='{topic}/']"))
            assert page.url == f"{root}guidance/{role}/{topic}/"
            answer = page.locator("article .kt-answer strong").first
            assert answer.is_visible()
            assert answer.inner_text() == word


# -- checklists -------------------------------------------------------------------------------------------------------

TICKS = """() => Object.fromEntries(
  [...document.querySelectorAll('article input')].map(box => [box.dataset.ktTick, box.checked]))"""


AGED = """age => {
  const kept = JSON.parse(localStorage.getItem('klartekst-ticks'));
  localStorage.setItem('klartekst-ticks', JSON.stringify({...kept, last: Date.now() - age}));
}"""
"""Makes the ticks that are stored older."""


def ticks(page: Page) -> dict[str, bool]:
    """Return which boxes of a checklist are ticked, by the names under which that is stored."""
    found: dict[str, bool] = page.evaluate(TICKS)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_box_is_named_by_its_action_and_has_a_tick_of_its_own(
    browser: Browser, site: Path, address: str, language: str
) -> None:
    """Whoever does not see a box hears the action it stands for; no two boxes share a tick; a touch changes one."""
    with reading(browser, PHONE) as page:
        for role in roles_of(site):
            page.goto(f"{address}{ROOTS[language]}checklists/{role}/")
            actions = [" ".join(text.split()) for text in page.locator(".kt-checklist li").all_inner_texts()]
            assert len(actions) == len(ticks(page)) == page.locator("article input").count() > 0, role
            for action in dict.fromkeys(actions):
                boxes = page.get_by_role("checkbox", name=action, exact=True)
                assert boxes.count() == actions.count(action), action
            before = ticks(page)
            page.locator(".kt-checklist li").first.get_by_text(actions[0], exact=True).click()
            assert [name for name, ticked in ticks(page).items() if ticked != before[name]] == [next(iter(before))]


def test_a_tick_stays_on_this_device_from_the_first_one_on(browser: Browser, site: Path, address: str) -> None:
    """Nothing is stored before the first tick; then each is kept, over a reload and in the other languages.

    Neither the tick nor taking it back is asked of anybody: no request leaves the page. The search would go on loading
    its own files after the page, so it does not take part.
    """
    for role in roles_of(site):
        with reading(browser, PHONE) as page:
            page.route("**/assets/javascripts/workers/*", lambda route: route.abort())
            page.goto(f"{address}checklists/{role}/", wait_until="networkidle")
            before, boxes = ticks(page), page.locator("article input")
            assert stored(page) == []
            witness = Witness(page)
            boxes.first.click()
            boxes.last.click()
            assert (witness.asked, stored(page)) == ([], [KEY])
            first, *_, last = before
            kept = {**before, first: not before[first], last: not before[last]}
            for root in ROOTS.values():
                page.goto(f"{address}{root}checklists/{role}/")
                assert ticks(page) == kept, (role, root)
            boxes.first.click()
            page.reload()
            assert ticks(page) == {**kept, first: before[first]}, role
            assert stored(page) == [KEY]


def test_ticks_are_forgotten_a_year_after_the_last_one(browser: Browser, site: Path, address: str) -> None:
    """What is older than a year is neither shown nor kept; nor is what a clock that was wrong dated to the future."""
    with reading(browser, PHONE) as page:
        page.goto(f"{address}checklists/{roles_of(site)[0]}/")
        before, year = ticks(page), 365 * 24 * 60 * 60 * 1000
        page.locator("article input").first.click()
        after = ticks(page)
        for age, expected, left in ((year - 60_000, after, [KEY]), (year + 60_000, before, [])):
            page.evaluate(AGED, age)
            page.reload()
            assert (ticks(page), stored(page)) == (expected, left), age
        page.locator("article input").first.click()
        page.evaluate(AGED, -60_000)
        page.reload()
        assert (ticks(page), stored(page)) == (before, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_page_throws_old_ticks_away(browser: Browser, site: Path, address: str, language: str) -> None:
    """Whoever never comes back to a checklist has no ticks left after a year either; younger ones stay."""
    with reading(browser, PHONE) as page:
        page.goto(f"{address}checklists/{roles_of(site)[0]}/")
        page.locator("article input").first.click()
        for age, left in ((364, [KEY]), (366, [])):
            page.evaluate(AGED, age * 24 * 60 * 60 * 1000)
            page.goto(f"{address}{ROOTS[language]}privacy/")
            assert page.locator("article input[data-kt-tick]").count() == 0
            assert stored(page) == left, age


@pytest.mark.parametrize(
    "junk", ["{", "null", "7", '"a"', "[]", '{"ticks": 1}', '{"last": 1e15}', '{"last": 1e15, "ticks": 1}']
)
def test_ticks_can_be_made_whatever_the_storage_holds(browser: Browser, site: Path, address: str, junk: str) -> None:
    """What somebody else has stored under the name of the ticks stops no tick."""
    with reading(browser, PHONE) as page:
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(f"{address}checklists/{roles_of(site)[0]}/")
        page.evaluate("([key, junk]) => localStorage.setItem(key, junk)", [KEY, junk])
        page.reload()
        page.locator("article input").first.click()
        after = ticks(page)
        page.reload()
        assert ticks(page) == after
        assert failures == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_facts_settle_is_ticked_from_the_start(
    browser: Browser, site: Path, address: str, language: str, scripts: bool
) -> None:
    """A step that the facts settle is ticked and says so; every other box waits for its reader."""
    said, seen = phrases(language)("guidance/settled"), set()
    with reading(browser, PHONE, java_script_enabled=scripts) as page:
        for role in roles_of(site):
            page.goto(f"{address}{ROOTS[language]}checklists/{role}/")
            for steps in page.locator(".kt-checklist").all():
                is_settled = steps.locator("xpath=following-sibling::*[1]").filter(has_text=said).count() == 1
                boxes = steps.get_by_role("checkbox").all()
                assert [box.is_checked() for box in boxes] == [is_settled] * len(boxes), steps.inner_text()
                seen.add(is_settled)
    assert seen == {True, False}


# -- paper ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_answer_is_one_sheet_of_paper(browser: Browser, site: Path, address: str, language: str) -> None:
    """The answer of each topic for each role is one sheet, which has every word of the article and no other."""
    sheets = [path for path in pages_of(site) if answer_of(path) and language_of(path) == language]
    assert len(sheets) == len(roles_of(site)) * len(topics_of(site))
    with reading(browser, DESKTOP) as page:
        for path in sheets:
            page.goto(address + path)
            page.evaluate(UNNUMBERED)
            paper = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
            assert len(paper) == 1, path
            article = squeezed("".join(page.evaluate(TEXTS, "article")))
            assert squeezed(paper[0].extract_text()).replace("•", "") == article, path


def painted(page: Page) -> int:
    """Return how many shapes, other than letters, a page has on paper."""
    with pikepdf.open(io.BytesIO(page.pdf(format="A4"))) as document:
        found = [str(step.operator) for sheet in document.pages for step in pikepdf.parse_content_stream(sheet)]
    return sum(operator in {"f", "f*", "S", "B", "B*"} for operator in found)


def test_a_printed_checklist_has_its_boxes(browser: Browser, site: Path, address: str) -> None:
    """On paper there is a box for each step, to be ticked with a pen; those that are ticked have a mark more."""
    with reading(browser, DESKTOP) as page:
        for role in roles_of(site):
            page.goto(f"{address}checklists/{role}/")
            page.evaluate("document.querySelectorAll('article input').forEach(box => { box.checked = false })")
            empty = painted(page)
            page.locator("article input").first.check()
            assert painted(page) > empty
            page.add_style_tag(content="article input { visibility: hidden }")
            assert empty - painted(page) >= page.locator("article input").count(), role


# -- the search -------------------------------------------------------------------------------------------------------


def first_found(page: Page, words: str) -> str:
    """Type words into the open search instead of those that stand there, and return the path it finds first."""
    page.fill(".md-search__input", "")
    page.press(".md-search__input", "Backspace")
    page.locator(".md-search-result__link").first.wait_for(state="detached")
    page.fill(".md-search__input", words[:-1])
    page.press(".md-search__input", words[-1])
    page.locator(".md-search-result__link, .md-search-result__meta:text-matches('^(Ingen|No )')").first.wait_for()
    links = page.locator(".md-search-result__link").all()
    return str(links[0].evaluate("link => link.pathname")).removeprefix("/") if links else "nothing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everyday_words_find_their_topic(browser: Browser, site: Path, address: str, language: str) -> None:
    """What a worried person types, inflected as it comes to mind, finds the page of the topic before any other."""
    assert sorted(WORDS[language]) == topics_of(site)
    missed: list[str] = []
    with reading(browser, DESKTOP) as page:
        page.goto(address + ROOTS[language])
        page.click(".md-search__input")
        for topic, words in WORDS[language].items():
            found = {word: first_found(page, word) for word in words}
            expected = f"{ROOTS[language]}topics/{topic}/"
            missed += [f"{word} ({topic}): {path}" for word, path in found.items() if path != expected]
        assert missed == []
        assert page.locator(".md-search-result__link").count()
        assert page.locator(".md-tag:visible, .md-tags:visible").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_no_title_words(browser: Browser, address: str, language: str) -> None:
    """There are five words for each topic, none of them twice, and none that its title would find by itself."""
    every = [word.casefold() for words in WORDS[language].values() for word in words]
    assert len(every) == len(set(every)) == 5 * len(WORDS[language])
    with reading(browser, DESKTOP) as page:
        for topic, words in WORDS[language].items():
            page.goto(f"{address}{ROOTS[language]}topics/{topic}/")
            title = page.locator("article h1").inner_text().casefold()
            assert [word for word in words if word.casefold() in title] == [], topic


@pytest.mark.parametrize("language", LANGUAGES)
def test_guidance_stands_before_no_page_that_is_meant(browser: Browser, address: str, language: str) -> None:
    """Words of the title of another page find that page first, however often guidance says them."""
    with reading(browser, DESKTOP) as page:
        page.goto(address + ROOTS[language])
        page.click(".md-search__input")
        found = {words: first_found(page, words).removeprefix(ROOTS[language]) for words in ELSEWHERE[language]}
    assert {words: path for words, path in found.items() if not path.startswith(ELSEWHERE[language][words])} == {}


# -- everybody --------------------------------------------------------------------------------------------------------


def each_kind(site: Path) -> Iterator[str]:
    """Yield one page of each kind in each language, the one with the call for help where there is a choice."""
    role = roles_of(site)[0]
    for root in ROOTS.values():
        yield from (root + kind.format(role=role, topic="secrecy") for kind in KINDS)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("screen", SCREENS, ids=["phone", "desktop"])
def test_each_kind_of_page_is_for_everybody(
    browser: Browser, site: Path, address: str, screen: ViewportSize, scripts: bool
) -> None:
    """One page of each kind breaks no rule of axe, and is among those that every test of all pages opens."""
    assert set(each_kind(site)) <= set(opened_pages(site))
    with reading(browser, screen) as page:
        if not scripts:
            page.route("**/*.js", lambda route: route.abort())
        for path in each_kind(site):
            page.goto(address + path)
            settle(page)
            page.evaluate(axe_source())
            assert problems(page, "guidance") == []
