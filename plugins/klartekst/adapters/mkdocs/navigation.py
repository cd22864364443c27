"""Navigation by sections, with titles in the language of the page."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from klartekst.adapters.mkdocs.languages import Languages
from klartekst.documents import Outline
from klartekst.phrases import Phrases


def navigation(nav: Navigation, languages: Languages, outlines: Iterable[Outline], words: Phrases) -> Navigation:
    """Return the navigation of one language: the front page, the documents by section, then what somebody wrote.

    Folders of hand-written pages are sections; their title is that of their index page, which is not read yet:
    `name_sections` fills it in.
    """
    pages = {languages.page_of(page.file.src_uri)[1]: page for page in nav.pages}
    items: list[Any] = [pages.pop("index")] if "index" in pages else []
    sections: dict[str, Section] = {}
    for outline in outlines:
        if outline.path in pages and outline.section:
            if outline.section not in sections:
                sections[outline.section] = Section(words(f"section/{outline.section}"), [])
                items.append(sections[outline.section])
            _put(pages.pop(outline.path), sections[outline.section])
    items += _written(pages)
    result = Navigation(items, nav.pages)
    result.homepage = nav.homepage or next((page for page in nav.pages if page.is_index), None)
    return result


def name_pages(nav: Navigation, languages: Languages, labels: Mapping[str, str]) -> None:
    """Give pages that stand among their like the shorter name they have there, once the pages are read.

    Args:
        nav: the navigation.
        languages: the languages of the site.
        labels: names by path, as plain text.
    """
    for page in nav.pages:
        name = labels.get(languages.page_of(page.file.src_uri)[1])
        if name:
            page.title = escape(name)  # templates print titles as they are


def name_sections(nav: Navigation) -> None:
    """Give each section of hand-written pages the title of its index page, once the pages are read."""
    for item in nav.items:
        if isinstance(item, Section) and not item.title:
            index = item.children[0]
            item.title = str(index.title or "") if isinstance(index, Page) else ""


def _written(pages: Mapping[str, Page]) -> list[Page | Section]:
    items: dict[str, Page | Section] = {}
    for path, page in sorted(pages.items(), key=lambda entry: entry[0].split("/")):
        top = path.split("/")[0]
        if path == top and not any(other.startswith(f"{top}/") for other in pages):
            items[top] = page
            continue
        section = items.setdefault(top, Section("", []))
        if isinstance(section, Section):
            _put(page, section)
    return list(items.values())


def _put(page: Page, section: Section) -> None:
    page.parent = section
    section.children.append(page)
