"""What many tests share: copies of the facts, built sites, a server and a browser."""

import functools
import http.server
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
LANGUAGES = ("da", "nb", "en")

# What was started in the background ignores an interrupt, and so would all that it starts; tests interrupt builds.
signal.signal(signal.SIGINT, signal.default_int_handler)

Run = Callable[..., subprocess.CompletedProcess[str]]


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Let no test be skipped: a skipped test proves nothing and looks as if it did."""
    if call.excinfo is not None and call.excinfo.errisinstance(pytest.skip.Exception):
        raise AssertionError(f"{item.nodeid} was skipped; make it run, or take it out")


def mkdocs(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run mkdocs as a site owner would, and return what it printed and its exit status."""
    settings = {"SOURCE_DATE_EPOCH": "1700000000", "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", **environment}
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **settings}, text=True, capture_output=True, timeout=900, check=False
    )


# A build of all of the demonstration takes long: most of it is guidance, then the files to download.
SPARED = "legal-basis.yml"
"""The one topic of guidance in a spare copy of the demonstration; it rests on no agreement."""


def copy_facts(target: Path, spare: bool = True, source: Path = ROOT / "data") -> None:
    """Copy the demonstration's facts, a spare copy with one topic of guidance alone."""
    shutil.copytree(source, target)
    for topic in (target / "guidance").iterdir() if spare else ():
        if topic.name != SPARED:
            topic.unlink()


def copy_project(target: Path, spare: bool = True) -> Path:
    """Copy the demonstration site's sources, as a site owner would have them; a spare copy makes no files."""
    target.mkdir(parents=True, exist_ok=True)
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    (target / "mkdocs.yml").write_text(config.replace("  - klartekst-downloads\n", "") if spare else config, "utf-8")
    for folder in ("content", "overrides"):
        shutil.copytree(ROOT / folder, target / folder)
    copy_facts(target / "data", spare)
    return target


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A spare copy of the demonstration site's sources that a test may change."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration site, built strictly."""
    sources = copy_project(tmp_path_factory.mktemp("demonstration"), spare=False)
    result = mkdocs("build", "--strict", cwd=sources)
    assert result.returncode == 0, result.stderr
    return sources / "site"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Serve the site's own error page, as hosts do."""
        page = Path(self.directory) / "404.html"
        if code == 404 and page.exists():
            body = page.read_bytes()
            self.send_response(404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            super().send_error(code, message, explain)


def serve(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serve a folder on this machine; return the server and its address, which ends with a slash."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}/"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address at which the demonstration site is served."""
    server, url = serve(site)
    yield url
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real headless Chromium, the system's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next((found for name in names if (found := shutil.which(name))), None)
    assert executable, "no Chromium: sh tests/system-parts.sh installs it"
    switches = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=switches)
        yield chromium
        chromium.close()


def pages_of(site: Path) -> list[str]:
    """Return the addresses of all pages of a built site, relative to its root, the error page included."""
    found = (file.relative_to(site).as_posix().removesuffix("index.html") for file in site.rglob("*.html"))
    return sorted(found)


SHEETS_OPENED = ("breach", "secrecy")
"""The topics whose answer sheets a browser opens: one has times, people to call and terms, one the call for help."""


def opened_pages(site: Path) -> list[str]:
    """Return the addresses of the pages that a browser opens where a test looks at each page.

    Of the answer sheets these are two for each role and language: there is one for every role and topic, half of all
    pages, and they say nothing in a form that these, the topics and the roles do not have. What is true of sheets only,
    such as that each fits on paper, test_browser_guidance.py looks for on all of them.
    """
    return [page for page in pages_of(site) if is_opened(page)]


def is_opened(page: str) -> bool:
    """Return whether a browser opens the page at an address where a test looks at each page."""
    sheet = answer_of(page)
    return sheet is None or sheet[1] in SHEETS_OPENED


def answer_of(page: str) -> tuple[str, str] | None:
    """Return the role and the topic of the answer sheet at an address, or None where another page is."""
    match page.removeprefix(f"{language_of(page)}/").split("/"):
        case ["guidance", role, topic, ""]:
            return role, topic
    return None


def language_of(page: str) -> str:
    """Return the language of a page of the demonstration site, by its address."""
    first = page.split("/")[0]
    return first if first in LANGUAGES else "da"
