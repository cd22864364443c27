"""Nothing on any page, in any state, breaks a rule of axe."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page, ViewportSize
from tests.conftest import LANGUAGES, language_of, opened_pages
from tests.site.reader import (
    AROUND,
    DESKTOP,
    PHONE,
    SCREENS,
    SEARCHED,
    close_drawer,
    leave,
    open_details,
    open_drawer,
    open_languages,
    reading,
    search,
    settle,
)

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# "incomplete" adds what axe could not decide to what it refused.
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations", "incomplete"]}

COVERED = {"color-contrast", "target-size"}
"""The rules that axe cannot decide for what lies under an open search, drawer or menu; never without one."""

INJECTED = [
    ("<img src='/assets/klartekst.svg'>", "image-alt"),
    ("<p style='color: #bbb'>Bleg</p>", "color-contrast"),
    ("<a href='/a'>a</a><a href='/b'>b</a>", "target-size"),
    ("<h6>Dybt</h6>", "heading-order"),
]


@cache
def axe_source() -> str:
    return f"{Path(AXE_FILE_PATH).read_text('utf-8')};0"


def problems(page: Page, state: str, undecided: frozenset[str] = frozenset()) -> list[str]:
    """Return what axe refuses on a page in the state it is in, and what it cannot decide."""
    results = page.evaluate("options => axe.run(document, options)", OPTIONS)
    found = [*results["violations"], *(rule for rule in results["incomplete"] if rule["id"] not in undecided)]
    return [f"{page.url} {state}: {_told(rule, node)}" for rule in found for node in rule["nodes"]]


def _told(rule: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{rule['id']}: {node['target']} {node['html'][:120]} {node.get('failureSummary', '')}"


def walk(page: Page) -> Iterator[str]:
    """Yield what axe finds on a page as it loads, and with its explanations open."""
    yield from problems(page, "on load")
    if page.locator("details:not([open])").count():
        open_details(page)
        yield from problems(page, "details open")


def walk_around(page: Page, language: str, screen: ViewportSize) -> Iterator[str]:
    """Open what stands around every page in the same way, one after the other, and yield what axe finds each time."""
    open_languages(page)
    yield from problems(page, "languages open", frozenset(COVERED))
    leave(page)
    if screen is PHONE:
        open_drawer(page)
        yield from problems(page, "drawer open", frozenset(COVERED))
        close_drawer(page)
    search(page, SEARCHED[language])
    yield from problems(page, "search open", frozenset(COVERED))


@pytest.mark.parametrize("screen", SCREENS, ids=["phone", "desktop"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(browser: Browser, site: Path, address: str, language: str, screen: ViewportSize) -> None:
    """No page breaks a rule: on load, with explanations, languages, drawer or search open."""
    found: list[str] = []
    with reading(browser, screen) as page:
        for path in (path for path in opened_pages(site) if language_of(path) == language):
            page.goto(address + path)
            page.evaluate(axe_source())
            found += walk(page)
            if path.removeprefix(f"{language}/") in AROUND:
                found += walk_around(page, language, screen)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("language", "screen"), [("nb", PHONE), ("da", DESKTOP)], ids=["phone", "desktop"])
def test_axe_finds_nothing_without_scripts(
    browser: Browser, site: Path, address: str, language: str, screen: ViewportSize
) -> None:
    """No page breaks a rule where the site's own scripts do not arrive.

    What is around the text is then another, in every language in the same way; the text is the same (see above).
    """
    found: list[str] = []
    with reading(browser, screen) as page:
        page.route("**/*.js", lambda route: route.abort())
        for path in (path for path in opened_pages(site) if language_of(path) == language):
            page.goto(address + path)
            settle(page)
            page.evaluate(axe_source())
            found += problems(page, "without scripts")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("html", "rule"), INJECTED, ids=[rule for _, rule in INJECTED])
def test_axe_bites(browser: Browser, address: str, html: str, rule: str) -> None:
    """A defect put into a page is found, so a page without findings was really looked at."""
    with reading(browser, PHONE) as page:
        page.goto(address)
        page.evaluate("html => document.querySelector('article').insertAdjacentHTML('beforeend', html)", html)
        page.evaluate(axe_source())
        found = problems(page, "with a defect")
    assert found
    assert all(f": {rule}:" in problem for problem in found)
