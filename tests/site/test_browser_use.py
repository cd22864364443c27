"""The site under a reader's hands: by keyboard, and through its search."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from tests.conftest import LANGUAGES, language_of, pages_of
from tests.site.reader import DESKTOP, PHONE, SCREENS, SEARCHED, reading, search, settle

# Where the focus is: seen if its box is on the screen, nothing lies over it and it has an outline.
FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const box = element.getClientRects()[0] || element.getBoundingClientRect();  // a link over two lines has two boxes
  const x = box.left + Math.min(box.width, innerWidth) / 2, y = box.top + Math.min(box.height / 2, 10);
  const top = document.elementFromPoint(x, y);
  return {
    html: element.outerHTML.slice(0, 120),
    language: element.hreflang || '',
    isPage: element === document.body,
    isSeen: !!top && (top === element || element.contains(top)) && box.left >= 0 && box.right <= innerWidth,
    isMarked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
  };
}"""


def stops(page: Page, most: int = 400) -> Iterator[dict[str, Any]]:
    """Walk through a page with the Tab key, and yield where the focus is at each stop, until it leaves the page."""
    for _ in range(most):
        page.keyboard.press("Tab")
        settle(page)
        focus: dict[str, Any] = page.evaluate(FOCUS)
        if not focus["isSeen"]:  # the search opens a moment after it has the focus
            page.wait_for_timeout(500)
            focus = page.evaluate(FOCUS)
        if focus["isPage"]:
            return
        yield focus


@pytest.mark.parametrize("screen", SCREENS, ids=["phone", "desktop"])
def test_focus_is_always_seen(browser: Browser, address: str, screen: ViewportSize) -> None:
    """Each stop of the Tab key, from first to last, is on the screen and marked; the languages are among them."""
    with reading(browser, screen) as page:
        page.goto(f"{address}nb/processors/")
        visited = list(stops(page))
    assert [stop["html"] for stop in visited if not (stop["isSeen"] and stop["isMarked"])] == []
    assert [stop["language"] for stop in visited if stop["language"]] == list(LANGUAGES)
    assert len(visited) > 30


def test_explanations_are_opened_by_keyboard(browser: Browser, address: str) -> None:
    """An explanation takes the focus, shows it, and opens by a key, without JavaScript too."""
    with reading(browser, DESKTOP, java_script_enabled=False) as page:
        page.goto(f"{address}privacy/")
        page.locator("summary").first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS)["isMarked"]
        page.keyboard.press("Enter")
        assert page.locator("details[open]").count() == 1


@pytest.mark.parametrize("screen", SCREENS, ids=["phone", "desktop"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_skip_link_leads_into_the_article(
    browser: Browser, site: Path, address: str, language: str, screen: ViewportSize
) -> None:
    """The first stop of the Tab key is a link past the navigation; it is seen, and leads into the article."""
    statement = next(path for path in pages_of(site) if path.endswith("privacy/") and language_of(path) == language)
    with reading(browser, screen) as page:
        page.goto(address + statement)
        first = next(stops(page))
        assert "md-skip" in first["html"]
        assert first["isSeen"]
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("key", ["s", "f", "/"])
def test_search_opens_and_closes_by_key(browser: Browser, address: str, key: str) -> None:
    """A key opens the search and puts the cursor into it; Escape closes it."""
    with reading(browser, DESKTOP) as page:
        page.goto(address)
        page.keyboard.press(key)
        page.wait_for_function("document.activeElement.matches('.md-search__input')")
        assert page.locator("#__search").is_checked()
        page.keyboard.press("Escape")
        page.wait_for_function("!document.querySelector('#__search').checked")


@pytest.mark.parametrize("screen", SCREENS, ids=["phone", "desktop"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_pages_of_its_language(
    browser: Browser, site: Path, address: str, language: str, screen: ViewportSize
) -> None:
    """A word of a language finds pages of that language only, and a result leads to one that has the word."""
    own = {address + path for path in pages_of(site) if language_of(path) == language}
    front = next(path for path in pages_of(site) if path in {"", f"{language}/"} and language_of(path) == language)
    with reading(browser, screen) as page:
        page.goto(address + front)
        search(page, SEARCHED[language])
        results = page.locator("a.md-search-result__link")
        found = {str(link.evaluate("link => link.origin + link.pathname")) for link in results.all()}
        assert found
        assert found <= own
        with page.expect_navigation() as arrival:
            results.first.click()
        assert arrival.value.status == 200
        assert page.url.split("?")[0].split("#")[0] in found
        assert page.locator("html").get_attribute("lang") == language
        assert SEARCHED[language] in page.locator("article").inner_text().lower()


def test_search_finds_nothing_for_a_word_of_another_language(browser: Browser, address: str) -> None:
    """A word that only the Danish pages have finds nothing on the English ones."""
    with reading(browser, PHONE) as page:
        page.goto(f"{address}en/")
        page.click("label.md-header__button[for=__search]")
        page.fill(".md-search__input", "henvendelse")
        page.press(".md-search__input", "r")
        page.get_by_text("No matching documents").wait_for()
        assert page.locator("a.md-search-result__link").count() == 0
