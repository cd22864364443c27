"""Pages that are built and that nothing leads to: whoever has the address reads them, and nobody else finds them."""

from collections.abc import Callable
from typing import Any

from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

META = {"search": {"exclude": True}, "unlisted": True}
"""What the theme and the search read in the front matter of such a page."""


def pass_by(nav: Navigation, is_unlisted: Callable[[File], bool]) -> None:
    """Take unlisted pages out of the row of pages, so that their neighbours lead to each other."""
    for page in [page for page in nav.pages if is_unlisted(page.file)]:
        before, after = page.previous_page, page.next_page
        if before:
            before.next_page = after
        if after:
            after.previous_page = before
        page.previous_page = page.next_page = None
        nav.pages.remove(page)


def listed_only(context: dict[str, Any], is_unlisted: Callable[[File], bool]) -> None:
    """Take unlisted pages out of what a static template, such as the sitemap, can list."""
    context["pages"] = [file for file in context.get("pages") or [] if not is_unlisted(file)]
    alternates = context.get("i18n_alternates") or {}
    kept = {code: [file for file in files if not is_unlisted(file)] for code, files in alternates.items()}
    if alternates:
        context["i18n_alternates"] = kept


def mark(page: Page) -> None:
    """Keep a page out of the search, and tell the theme to keep it out of others'."""
    page.meta = {**page.meta, **META}
