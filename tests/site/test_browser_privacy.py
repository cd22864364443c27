"""A privacy site that keeps its reader's privacy: nothing stored, nobody else asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.conftest import language_of, opened_pages
from tests.site.reader import AROUND, DESKTOP, SEARCHED, leave, open_languages, reading, search

STORED = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await indexedDB.databases()).map(base => base.name),
  ...await caches.keys(), ...(await navigator.serviceWorker.getRegistrations()).map(worker => worker.scope),
]"""

STORING = {
    "cookie": "document.cookie = 'seen=1'",
    "localStorage": "localStorage.setItem('seen', '1')",
    "sessionStorage": "sessionStorage.setItem('seen', '1')",
    "indexedDB": "new Promise(done => { indexedDB.open('seen').onsuccess = done })",
    "caches": "caches.open('seen')",
}


class Witness:
    """Notes what a page asks for, what fails and what it complains about."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("requestfailed", lambda request: self._failed(request.url, request.failure or ""))
        page.on("response", lambda answer: self._note(answer.url, answer.status))
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))

    def _failed(self, url: str, why: str) -> None:
        if why != "net::ERR_ABORTED":  # the reader went on before it came
            self.complaints.append(f"failed: {url} {why}")

    def _note(self, url: str, status: int) -> None:
        if status >= 400:
            self.complaints.append(f"{status}: {url}")

    def strangers(self, address: str) -> list[str]:
        """Return what was asked of anybody but the site, data in the page itself aside."""
        return [url for url in self.asked if not url.startswith((address, "data:", f"blob:{address}"))]


def stored(page: Page) -> list[str]:
    """Return the names of everything that a site has left in the browser."""
    return [*(str(cookie["name"]) for cookie in page.context.cookies()), *page.evaluate(STORED)]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with reading(browser, DESKTOP) as page:
        yield page


def test_nothing_is_stored_and_nobody_else_is_asked(page: Page, site: Path, address: str) -> None:
    """On load, after a search and after a look at the languages: no trace, no stranger, no complaint.

    Languages and search are the same around every page; the script that runs on each of them runs on load.
    """
    witness = Witness(page)
    for path in opened_pages(site):
        page.goto(address + path)
        assert stored(page) == [], path
        if path.removeprefix(f"{language_of(path)}/") in AROUND:
            open_languages(page)
            leave(page)
            search(page, SEARCHED[language_of(path)])
            assert stored(page) == [], path
    assert len(witness.asked) > len(opened_pages(site))
    assert witness.strangers(address) == []
    assert witness.complaints == []


def test_following_a_result_and_a_language_stores_nothing(page: Page, address: str) -> None:
    """Nor does it leave a trace to follow a result of the search, or to read on in another language."""
    page.goto(f"{address}nb/privacy/")
    search(page, SEARCHED["nb"])
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/nb/**")
    open_languages(page)
    page.click(".md-select__link[hreflang=en]")
    page.wait_for_url("**/en/**")
    assert stored(page) == []


def test_page_that_does_not_exist_is_the_error_page(page: Page, address: str) -> None:
    """A wrong address deep in the site gives the error page, whole and without a trace."""
    witness = Witness(page)
    answer = page.goto(f"{address}nb/finnes/ikke/")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("article h1").inner_text() == "Siden findes ikke"
    assert stored(page) == []
    assert witness.strangers(address) == []
    assert [url for url in witness.asked if url != answer.url and url.endswith(".css")]


@pytest.mark.parametrize("script", STORING.values(), ids=STORING)
def test_whatever_is_stored_is_seen(page: Page, address: str, script: str) -> None:
    """Each kind of trace is noticed, so that none in the other tests means none."""
    page.goto(address)
    page.evaluate(f"async () => {{ await {script} }}" if not script.startswith("document") else script)
    page.evaluate("document.cookie")  # a cookie is set in passing; reading waits until the browser has it
    assert stored(page) == ["seen"]


def test_request_to_another_host_is_seen(page: Page, address: str) -> None:
    """A picture from another host is noticed as a stranger, and as a failure."""
    witness = Witness(page)
    page.route("https://fonts.example/**", lambda route: route.abort())
    page.goto(address)
    with page.expect_event("requestfailed"):
        page.evaluate("new Image().src = 'https://fonts.example/a.png'")
    assert witness.strangers(address) == ["https://fonts.example/a.png"]
    assert witness.complaints
