"""Guidance on a site: found by everyday words, read by machines, ticked on the own device, measured for plainness."""

import json
import re
from html import unescape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from klartekst.documents import Outline, lix, structured
from klartekst.model import Register

SCRIPT = "assets/klartekst.js"
FILE = "klartekst-readability.json"
HARDEST = 3
"""How many pages the report of a build names."""
_SEARCHED = re.compile(r"[^,\s-]+")
"""One word for the search: it parts what is typed at spaces and hyphens, so tags must be parted there, too."""


def load_script(config: MkDocsConfig, register: Register | None) -> None:
    """Let pages keep ticks on the reader's device, where there is a checklist."""
    if register is not None and register.guidance and SCRIPT not in config.extra_javascript:
        config.extra_javascript.append(SCRIPT)


def mark(page: Page, outline: Outline, register: Register, language: str) -> None:
    """Let the search find the page of a topic by its everyday words first, and no page for one answer beside it.

    What the author of a hand-written page says about its tags and its search stays.
    """
    if outline.is_leaf:
        own = page.meta.get("search")
        page.meta = {**page.meta, "search": {"exclude": True, **(own if isinstance(own, dict) else {})}}
    elif words := _everyday_words(outline, register, language):
        own = page.meta.get("tags") or []
        tags = [*(own if isinstance(own, list) else [own]), *words]
        page.meta = {**page.meta, "tags": list(dict.fromkeys(tags))}


def _everyday_words(outline: Outline, register: Register, language: str) -> list[str]:
    """Return the words by which people look for the topic of a page; none where it has no topic."""
    topic = register.guidance.get(outline.topic or "")
    words = topic.words[language] if topic and topic.words and topic.words.has(language) else ""
    return _SEARCHED.findall(words.casefold())


def for_machines(outline: Outline | None, register: Register | None, language: str) -> str:
    """Return what a page says in schema.org's words, as JSON that can stand in a script; nothing where it has none."""
    found = structured(outline, register, language) if outline and register else None
    return json.dumps(found, ensure_ascii=False).replace("<", "\\u003c") if found else ""


class Readability:
    """The LIX of each page of guidance, noted while the pages are made."""

    def __init__(self) -> None:
        """Begin with none."""
        self.pages: dict[str, int] = {}

    def note(self, page: Page, html: str, outline: Outline | None) -> None:
        """Measure a page, where it is one of guidance."""
        if outline is not None and (outline.role or outline.topic or outline.section == "guidance"):
            self.pages[page.url] = lix(_words(html))

    def write(self, config: MkDocsConfig) -> str:
        """Write the figures beside the pages, and return the sentence for the report of the build; empty for none."""
        if not self.pages:
            return ""
        figures = dict(sorted(self.pages.items()))
        (Path(config.site_dir) / FILE).write_text(json.dumps({"lix": figures}, indent=1), encoding="utf-8")
        hardest = sorted(figures.items(), key=lambda entry: (-entry[1], entry[0]))[:HARDEST]
        named = ", ".join(f"{lix} {url or '/'}" for url, lix in hardest)
        return f"Readability (LIX) of {len(figures)} pages of guidance: hardest {named}; all in {FILE}"


def _words(html: str) -> str:
    """Return the words of a page, each block on a line of its own."""
    text = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    text = re.sub(r"</?(?:p|li|h\d|td|th|dt|dd|div|ul|ol|dl|table|tr|label)\b[^>]*>", "\n", text)
    return unescape(re.sub(r"<[^>]+>", "", text))
