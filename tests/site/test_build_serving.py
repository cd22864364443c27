"""While a site is served, what is wrong with it is read in the browser, and goes away when it is mended."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

from tests.site.projects import configuration, make_project

# The front page, pages in each language, an address that there is not.
ADDRESSES = ("", "privacy/", "nb/", "nb/privacy/", "en/processors/", "no-such-page/", "nb/no-such-page/")
SOON = 5
"""So many seconds the issue gives every answer."""
LATE = 90
"""So many seconds a test waits for a change to be seen, before it fails."""


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _read(url: str, within: float = SOON) -> str:
    """Return what an address answers, also with 404."""
    try:
        with urllib.request.urlopen(url, timeout=within) as answer:
            text = answer.read()
    except urllib.error.HTTPError as error:
        text = error.read()
    return unescape(re.sub(r"<[^>]+>", "", text.decode()))


@contextmanager
def _serving(project: Path, *arguments: str) -> Iterator[str]:
    """Serve a project with `mkdocs serve` and give its address."""
    port = _free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", *arguments, "-a", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=project, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    try:
        _wait(lambda: _answers(port) or server.poll() is not None)
        assert server.poll() is None
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.send_signal(signal.SIGINT)  # as Ctrl+C does: the host then removes its temporary folder
        server.wait(timeout=LATE)


def _answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def _wait(seen: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LATE
    while not seen():
        assert time.monotonic() < deadline, "it was never seen"
        time.sleep(0.05)


def _everywhere(root: str, words: str) -> None:
    """Wait until the front page says something, then demand it of every address."""
    _wait(lambda: words in _read(root, LATE))  # the host holds requests back while it builds
    for address in ADDRESSES:
        assert words in _read(root + address), address


def _whole(root: str) -> None:
    """Wait until the front page is back, then demand the site itself of every address."""
    _wait(lambda: "Privatlivspolitik" in _read(root, LATE))
    for address, words in {"privacy/": "Privatlivspolitik", "nb/privacy/": "Personvernerklæring"}.items():
        assert words in _read(root + address)
    assert "Siden findes ikke" in _read(root + "no-such-page/")


def _spoil(file: Path, old: str, new: str) -> str:
    """Change a file, and return the line of the change."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(text[: text.index(old)].count("\n") + 1)


def test_site_with_a_broken_fact_is_served_and_mended(tmp_path: Path) -> None:
    """Every address shows the place of the error at once, and the site itself after the mend, without a restart."""
    project = make_project(tmp_path / "project", configuration())
    fact = project / "data" / "retention.yml"
    line = _spoil(fact, "  kind: at-most", "  kid: at-most")
    with _serving(project) as root:
        _everywhere(root, f"data/retention.yml:{line}:3")
        _spoil(fact, "  kid: at-most", "  kind: at-most")
        _whole(root)


def test_site_with_two_files_for_one_page_is_served_and_mended(tmp_path: Path) -> None:
    """So it is where the host itself would give up, and with --clean and --strict."""
    project = make_project(tmp_path / "project", configuration(), {"index.md": "# Velkommen", "index.da.md": "# Hej"})
    with _serving(project, "--clean", "--strict") as root:
        _everywhere(root, "content/index.da.md:1:1 page/clash")
        (project / "content" / "index.md").rename(project / "content" / "index.txt")
        _wait(lambda: "Hej" in _read(root, LATE))
        assert "Personvernerklæring" in _read(root + "nb/privacy/")


def test_site_broken_while_it_is_served_shows_what_is_wrong(tmp_path: Path) -> None:
    """An error in a fact, in a hand-written page or in mkdocs.yml is shown at every address until it is mended."""
    project = make_project(tmp_path / "project", configuration(), {"processors.nb.md": "# Lister\n\nTekst.\n"})
    fact, written = project / "data" / "activities" / "booking.yml", project / "content" / "processors.nb.md"
    with _serving(project) as root:
        _whole(root)
        line = _spoil(fact, "\nretention:\n", "\nretenion:\n")
        _everywhere(root, f"data/activities/booking.yml:{int(line) + 1}:1")
        _spoil(fact, "\nretenion:\n", "\nretention:\n")
        _whole(root)
        _spoil(written, "Tekst.", "<!-- klartekst:rigths -->")
        _everywhere(root, 'content/processors.nb.md:3:1 page/unknown-block: there is no block "rigths"')
        _spoil(written, "<!-- klartekst:rigths -->", "<!-- klartekst:rights -->")
        _whole(root)
        _spoil(project / "mkdocs.yml", "docs_dir: content", "docs_dir: [content")
        _everywhere(root, "mkdocs.yml")
        _spoil(project / "mkdocs.yml", "docs_dir: [content", "docs_dir: content")
        _whole(root)
