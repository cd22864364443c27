"""A reader at a page in a real browser: what they open, and what is then on the screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
SCREENS = (PHONE, DESKTOP)

SEARCHED = {"da": "samtykke", "nb": "samtykke", "en": "consent"}
"""A word of each language that stands on its pages."""

AROUND = ("", "privacy/", "processors/", "how-long/", "404.html")
"""The pages on which menus, drawer and search are opened: each kind of page, since they are the same on all others."""

_DRAWER_BUTTON = "label.md-header__button[for=__drawer]"
_SEARCH_BUTTON = "label.md-header__button[for=__search]"


@contextmanager
def reading(browser: Browser, screen: ViewportSize, **settings: Any) -> Iterator[Page]:
    """Give a fresh reader an empty browser, and close it afterwards; they want no motion, so nobody waits for any."""
    context = browser.new_context(viewport=screen, reduced_motion="reduce", **settings)
    try:
        yield context.new_page()
    finally:
        context.close()


def settle(page: Page) -> None:
    """Wait until nothing on the page moves."""
    page.wait_for_function("document.getAnimations().every(animation => animation.playState !== 'running')", polling=30)


def open_details(page: Page) -> None:
    """Open every explanation."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")


def open_languages(page: Page) -> None:
    """Open the menu of languages, as a keyboard does."""
    page.focus(".md-select button")
    page.locator(".md-select__link").first.wait_for()
    settle(page)


def leave(page: Page) -> None:
    """Close what is open because the focus is in it."""
    page.evaluate("document.activeElement.blur()")
    settle(page)


def open_drawer(page: Page) -> None:
    """Open the navigation of a narrow screen."""
    page.click(_DRAWER_BUTTON)
    settle(page)


def close_drawer(page: Page) -> None:
    """Close the navigation of a narrow screen by touching the page beside it."""
    page.click(".md-overlay", position={"x": 380, "y": 400})
    settle(page)


def search(page: Page, word: str) -> None:
    """Open the search, type a word and wait for what it finds."""
    page.click(_SEARCH_BUTTON if page.locator(_SEARCH_BUTTON).is_visible() else ".md-search__input")
    page.fill(".md-search__input", word[:-1])
    page.press(".md-search__input", word[-1])
    page.locator(".md-search-result__link").first.wait_for()
    settle(page)
