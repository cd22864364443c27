"""The second MkDocs plugin: each document as a Word file and a PDF beside its page, and links to them on it."""

import os
import posixpath
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from klartekst.adapters.mkdocs.plugin import KlartekstPlugin
from klartekst.adapters.mkdocs.staging import is_preview
from klartekst.adapters.mkdocs.traps import place_in_configuration
from klartekst.documents import Composition, Outline
from klartekst.export import (
    FileError,
    FileFacts,
    as_pdf,
    as_word,
    check_letterhead,
    draft_banner,
    file_facts,
    require_tools,
)
from klartekst.load import nearest

_NAME = "klartekst-downloads"
_PATTERN = set("*?[")


class DownloadsConfig(Config):
    """The options of the plugin in mkdocs.yml."""

    documents = c.ListOfItems(c.Type(str), default=["statement", "agreement-*"])
    """The documents that get files, by id; `agreement-*` is every agreement."""
    formats = c.ListOfItems(c.Choice(["docx", "pdf"]), default=["docx", "pdf"])
    """Word, PDF, or both."""
    letterhead = c.Optional(c.File(exists=True))
    """A Word file with your logo, fonts and footer, relative to mkdocs.yml."""


@dataclass(frozen=True)
class _Download:
    """A file to be made."""

    form: str
    target: Path
    page: str
    facts: FileFacts
    address: str | None
    banner: str
    letterhead: bytes | None

    def make(self) -> bytes:
        if self.form == "pdf":
            return as_pdf(self.page, self.facts, address=self.address, banner=self.banner)
        return as_word(self.page, self.facts, address=self.address, banner=self.banner, letterhead=self.letterhead)


class DownloadsPlugin(BasePlugin[DownloadsConfig]):
    """Makes the files of a site, where it is built to be published."""

    def __init__(self) -> None:
        """Begin with nothing to be made."""
        self.waiting: list[_Download] = []
        self.letterhead: bytes | None = None
        self.site: KlartekstPlugin | None = None

    def on_config(self, config: MkDocsConfig) -> None:
        """Find out, before anything is written, what cannot be made."""
        self.site = _klartekst(config)
        if self._rests(config):
            return
        self.letterhead = _usable(self.config.letterhead, config)
        _check_names(self.config.documents, self.site, config)

    @event_priority(-150)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Note a page that gets files, and link to them."""
        site = self.site
        if site is None or site.composition.register is None or self._rests(config):
            return None
        language, path = site.languages.page_of(page.file.src_uri)
        outline = _outline_at(path, site, self.config.documents)
        if outline is None:
            return None
        facts = file_facts(site.composition.register, outline, language)
        names = {form: f"{posixpath.basename(path)}-{language}.{form}" for form in self.config.formats}
        self.waiting += self._downloads(names, html, page, facts, site.composition)
        return _with_links(html, _links(names, _title(html) or str(page.title), facts))

    def _downloads(
        self, names: dict[str, str], html: str, page: Page, facts: FileFacts, made: Composition
    ) -> Iterator[_Download]:
        """Yield the files of a page."""
        assert made.register is not None
        banner = draft_banner(made.register, facts.language, made.missing)
        folder = Path(page.file.abs_dest_path).parent
        for form, name in names.items():
            yield _Download(form, folder / name, html, facts, page.canonical_url, banner, self.letterhead)

    @event_priority(500)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make the files of the language that is being built.

        Raises:
            PluginError: one of them cannot be made, so that the earlier site stays.
        """
        waiting, self.waiting = self.waiting, []
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for download, made in zip(waiting, pool.map(_made, waiting), strict=True):
                download.target.parent.mkdir(parents=True, exist_ok=True)
                download.target.write_bytes(made)

    def _rests(self, config: MkDocsConfig) -> bool:
        """Return whether nothing is made: whoever writes and looks on waits for nothing."""
        return self.site is None or self.site.preview or is_preview(config) or self.site.composition.broken


def _klartekst(config: MkDocsConfig) -> KlartekstPlugin:
    found = next((plugin for plugin in config.plugins.values() if isinstance(plugin, KlartekstPlugin)), None)
    if found is None:
        raise _refusal(config, "plugins", f"{_NAME} needs the plugin klartekst. Write it above: - klartekst")
    return found


def _usable(letterhead: str | None, config: MkDocsConfig) -> bytes | None:
    """Return the letterhead, and make sure that it and the tools can be used."""
    try:
        require_tools()
    except FileError as error:
        raise _refusal(config, "plugins", str(error)) from error
    if letterhead is None:
        return None
    content = Path(letterhead).read_bytes()
    try:
        check_letterhead(content)
    except FileError as error:
        raise _refusal(config, "letterhead", f"{Path(letterhead).name}: {error}") from error
    return content


def _check_names(documents: list[str], site: KlartekstPlugin, config: MkDocsConfig) -> None:
    """Refuse a document that there is not; a pattern may match none yet."""
    known = site.composition.outlines
    for id in documents:
        if not _PATTERN & set(id) and id not in known:
            near = nearest(id, known) or f" Known: {', '.join(known)}."
            raise _refusal(config, "documents", f'there is no document "{id}".{near}')


def _refusal(config: MkDocsConfig, key: str, message: str) -> PluginError:
    return PluginError(f"{place_in_configuration(config, key)} downloads: {message}")


def _outline_at(path: str, site: KlartekstPlugin, documents: list[str]) -> Outline | None:
    """Return the document whose page stands at a path, written or made, where it gets files."""
    for outline in site.composition.outlines.values():
        if outline.path == path and any(fnmatchcase(outline.id, pattern) for pattern in documents):
            return outline
    return None


def _title(html: str) -> str:
    """Return the words of the first heading, without the sign that links to it."""
    heading = re.search(r"<h1\b[^>]*>(.*?)</h1>", html, re.DOTALL)
    words = re.sub(r'<a class="headerlink".*?</a>|<[^>]*>', "", heading[1]) if heading else ""
    return unescape(words).strip()


def _links(names: dict[str, str], title: str, facts: FileFacts) -> str:
    """Return the links to the files of a page, as HTML; the search does not find their words."""
    return (
        f'\n<p class="kt-downloads" data-search-exclude>{escape(facts.words("file/download"))} '
        f"{' · '.join(_link(form, name, title, facts) for form, name in names.items())}</p>\n"
    )


def _link(form: str, name: str, title: str, facts: FileFacts) -> str:
    key = "word" if form == "docx" else "pdf"
    label = escape(facts.words(f"file/{key}-of", title=title))
    return f'<a href="{quote(name)}" aria-label="{label}" download>{escape(facts.words(f"file/{key}"))}</a>'


def _with_links(html: str, links: str) -> str:
    """Put the links below the title, or below the summary, whose answers must be on the first screen of a phone."""
    summary = html.find('<div class="kt-summary">')
    mark = "</h1>" if summary < 0 else "</div>"
    end = html.find(mark, max(summary, 0))
    at = 0 if end < 0 else end + len(mark)
    return html[:at] + links + html[at:]


def _made(download: _Download) -> bytes:
    try:
        return download.make()
    except FileError as error:
        raise PluginError(f"{download.target.name} cannot be made. {error}") from error
