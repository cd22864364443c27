"""What the host would do silently and wrongly with a site's own configuration and pages, as findings."""

import logging
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import CountHandler

from klartekst.adapters.mkdocs.languages import Languages
from klartekst.documents import HandWritten, front_matter
from klartekst.load import read_tree
from klartekst.model import Finding, Place


def traps(
    config: MkDocsConfig, site: Languages, written: Iterable[HandWritten], default_paths: Container[str]
) -> Iterator[Finding]:
    """Yield a finding for each trap of the host that a site would fall into."""
    written = tuple(written)
    yield from _half_translated(site, written, default_paths)
    yield from _nameless_folders(site, written)
    if config.nav and len(site.built) > 1:
        yield from _untranslated_navigation(config, site)


def count_quiet_warnings(config: MkDocsConfig) -> None:
    """Let --strict count the warnings that --quiet hides; the host counts only what it prints."""
    logger = logging.getLogger("mkdocs")
    if config.strict and logger.level > logging.WARNING:
        for handler in logger.handlers:
            if not isinstance(handler, CountHandler):
                handler.setLevel(logger.level)
        logger.setLevel(logging.WARNING)


def place_in_configuration(config: MkDocsConfig, key: str) -> Place:
    """Return where mkdocs.yml first has a key, or its beginning."""
    file = Path(config.config_file_path)
    tree = read_tree(file.read_bytes(), file.name)
    places = [place for path, place in tree.keys.items() if path[-1] == key]
    return min(places, default=Place(file.name))


def _half_translated(
    site: Languages, written: tuple[HandWritten, ...], default_paths: Container[str]
) -> Iterator[Finding]:
    """A page that somebody wrote in one language only is a hole in the others, unless its front matter says so."""
    by_path: dict[str, dict[str, HandWritten]] = {}
    for page in written:
        by_path.setdefault(page.path, {})[page.language] = page
    for path, pages in by_path.items():
        missing = [language for language in site.built if language not in pages]
        if not missing or path in default_paths:
            continue
        first = next(iter(pages.values()))
        if _stated_languages(first) == set(pages):
            continue
        message = (
            f"this page is missing in {', '.join(missing)}. Write it there too, or state languages: "
            f"[{', '.join(pages)}] in the front matter"
        )
        yield Finding(Place(first.shown_as), "page/untranslated", message, "warning")


def _stated_languages(page: HandWritten) -> set[str]:
    try:
        front: Any = read_tree((front_matter(page.text()) or "").encode(), page.shown_as).value
    except (OSError, UnicodeDecodeError):
        return set()
    return set(front.get("languages") or ()) if isinstance(front, dict) else set()


def _nameless_folders(site: Languages, written: tuple[HandWritten, ...]) -> Iterator[Finding]:
    """A folder of pages gets its name in the navigation from its index page, in each language."""
    paths = {(page.language, page.path) for page in written}
    reported: set[tuple[str, str]] = set()
    for page in written:
        folder = page.path.split("/")[0]
        if "/" in page.path and (page.language, folder) not in paths and (page.language, folder) not in reported:
            reported.add((page.language, folder))
            message = (
                f'the folder "{folder}" has no index page in {page.language}, so it has no name in the navigation. '
                "Write one, with a title"
            )
            yield Finding(Place(page.shown_as), "page/nameless-folder", message, "warning")


def _untranslated_navigation(config: MkDocsConfig, site: Languages) -> Iterator[Finding]:
    """A title in `nav:` stays as it is in every language, and takes the place of the page's own title."""
    i18n: Any = config.plugins["i18n"]
    for language in i18n.config.languages:
        if language.locale == site.default or not language.build or language.nav is not None:
            continue
        known = language.nav_translations or {}
        for title in _titles(config.nav):
            if title not in known:
                message = (
                    f'the title "{title}" has no translation to {language.locale}, so it would stand there as it is. '
                    "Give nav_translations, or leave nav out: the navigation is then made for you"
                )
                yield Finding(place_in_configuration(config, "nav"), "site/navigation", message)


def _titles(nav: Any) -> Iterator[str]:
    for item in nav if isinstance(nav, list) else []:
        if isinstance(item, dict):
            for title, below in item.items():
                yield title
                yield from _titles(below)
