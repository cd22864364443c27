"""A site that is served answers every request, whatever the last build came to."""

import traceback
from html import escape
from pathlib import Path

from mkdocs.livereload import LiveReloadServer


def never_stuck(server: LiveReloadServer) -> LiveReloadServer:
    """Let a build that fails show its error on every page.

    The host holds back every request until a build succeeds, so a mistake in mkdocs.yml would hang the browser.
    """
    build = server.builder

    def build_or_show() -> None:
        try:
            build()
        except Exception as error:  # whatever it is, whoever serves must see it
            traceback.print_exc()
            _show(error, Path(server.root))

    server.builder = build_or_show
    return server


def _show(error: Exception, site: Path) -> None:
    message = escape(f"{type(error).__name__}: {error}")
    page = f'<!doctype html><html lang="en"><title>Not built</title><body><h1>Not built</h1><pre>{message}</pre></body>'
    for file in {site / "404.html", site / "index.html", *site.rglob("*.html")}:
        file.write_text(page, encoding="utf-8")
