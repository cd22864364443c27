"""The MkDocs plugin: events of a few lines that call plain functions."""

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, get_files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from klartekst.adapters.mkdocs import guiding, navigation, source, theme, unlisted
from klartekst.adapters.mkdocs import languages as lang
from klartekst.adapters.mkdocs.search import SearchIndexes
from klartekst.adapters.mkdocs.serving import never_stuck
from klartekst.adapters.mkdocs.staging import Staging, is_preview
from klartekst.adapters.mkdocs.templates import CompiledTemplates
from klartekst.adapters.mkdocs.tracing import TraceMap
from klartekst.adapters.mkdocs.traps import count_quiet_warnings, place_in_configuration, traps
from klartekst.blocks import plain, traced
from klartekst.documents import Composition, Expansion, HandWritten, Outline, compose, label
from klartekst.model import Finding, Place, Register
from klartekst.phrases import languages

log = logging.getLogger("mkdocs.plugins.klartekst")


class KlartekstConfig(Config):
    """The options of the plugin in mkdocs.yml."""

    data_dir = c.Type(str, default="data")
    """The folder of facts, relative to mkdocs.yml."""
    trace = c.Type(bool, default=True)
    """Whether page sources and klartekst-trace.json lead from each sentence to its facts and the law."""


class KlartekstPlugin(BasePlugin[KlartekstConfig]):
    """Makes the default pages, fills in the blocks of hand-written ones, and keeps a failed build from the site."""

    def __init__(self) -> None:
        """Begin with nothing composed."""
        self.staging = Staging()
        self.search = SearchIndexes()
        self.traces = TraceMap()
        self.readability = guiding.Readability()
        self.templates = CompiledTemplates()
        self.composition = Composition(None, {}, ())
        self.by_path: dict[str, Outline] = {}
        self.expansion: Expansion | None = None
        self.languages = lang.Languages(("en",), ("en",), "none")
        self.written: dict[str, HandWritten] = {}
        self.translations: dict[str, dict[str, lang.Translation]] = {}
        self.nav: Navigation | None = None
        self.preview = False

    # -- the life of a build ------------------------------------------------------------------------------------

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note the command: only a whole build may replace the site."""
        self.staging.command = command

    @event_priority(1000)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compose everything, once, before anything is written."""
        if not self._inside_another_language(config):
            count_quiet_warnings(config)
            self.staging.begin(config)
            self.preview = is_preview(config)
            self.traces = TraceMap()
            self.readability = guiding.Readability()
            self.languages = lang.languages_of(config)
            theme.prepare(config, self.languages)
            self._compose(config)
            guiding.load_script(config, self.composition.register)
        return config

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Build again when a fact changes, and answer even when the build fails."""
        server.watch(str(self._data_dir(config)))
        return never_stuck(server)

    def on_build_error(self, *, error: Exception) -> None:
        """Note the failure, so that the earlier site stays."""
        self.staging.failed = True

    def on_shutdown(self) -> None:
        """Put the new site in place, or throw it away."""
        self.staging.end()

    # -- pages --------------------------------------------------------------------------------------------------

    @event_priority(100)
    def _add_default_pages(self, files: Files, *, config: MkDocsConfig) -> Files:
        language = lang.current_language(config, self.languages)
        if self.composition.broken:
            self._drop_twins(files)
        for path in self._default_paths(language):
            source = self.languages.source(language, path)
            files.append(File(source, config.docs_dir, config.site_dir, config.use_directory_urls))
        return files

    def _drop_twins(self, files: Files) -> None:
        """Take out what is a page a second time: static-i18n would raise, and nobody would read the finding."""
        for file in list(files.documentation_pages()):
            if not file.generated_by and file.src_uri not in self.written:
                files.remove(file)

    @event_priority(-200)
    def _pair_pages(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take out the pages that are in another language than the one being built, and pair the others."""
        language = lang.current_language(config, self.languages)
        for file in list(files.documentation_pages()):
            written_in, path = self.languages.page_of(file.src_uri)
            if written_in != language:
                files.remove(file)
            elif hasattr(file, "alternates"):
                file.alternates = self.translations.get(path, {})
        return files

    on_files = CombinedEvent(_add_default_pages, _pair_pages)

    @event_priority(-200)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Navigate by sections, unless mkdocs.yml has a navigation of its own."""
        theme.choose_navigation(config, len(nav.pages))
        language = lang.current_language(config, self.languages)
        words = theme.words(self._spoken(language), self.composition)
        made = self.composition.outlines.values()
        unlisted.pass_by(nav, self._is_passed_by)
        self.nav = nav if config.nav else navigation.navigation(nav, self.languages, made, words)
        return self.nav

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Bring the Markdown of a default page."""
        language, path = self.languages.page_of(page.file.src_uri)
        if self.composition.broken:
            return source.findings_page(self.composition.findings, language)
        document = self.composition.documents.get((language, path))
        return source.with_front_matter(document, self._traced()) if document else None

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        """Put the blocks into a hand-written page."""
        language, path = self.languages.page_of(page.file.src_uri)
        outline, public = self.by_path.get(path), self.composition.register
        if outline is not None and public is not None:
            guiding.mark(page, outline, public, language)
        if self._is_unlisted(page.file):
            unlisted.mark(page)
        written = self.written.get(page.file.src_uri)
        if written is None or self.expansion is None:
            page.edit_url = None  # nobody wrote this file, so nobody can edit it
            return None
        register = self._traced()
        text = self.expansion(markdown, written)
        return traced(text, register.place) if register else plain(text)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Note which sentence of the page comes from which fact, and how plain it is."""
        self.readability.note(page, html, self.by_path.get(self.languages.page_of(page.file.src_uri)[1]))
        if self._traced() and not self._is_unlisted(page.file):
            self.traces.note(page.url, html)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Name the sections, now that their pages are read, and compile each template only once."""
        env.bytecode_cache = self.templates
        if self.nav is not None and not config.nav:
            navigation.name_sections(self.nav)
            navigation.name_pages(self.nav, self.languages, self._labels(config))
        return env

    # -- around the pages ---------------------------------------------------------------------------------------

    @event_priority(-200)
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """Give the templates the translations of the page and the words around it."""
        language = lang.current_language(config, self.languages)
        made_in, path = self.languages.page_of(page.file.src_uri)
        outline = self.by_path.get(path) if (made_in, path) in self.composition.documents else None
        said = guiding.for_machines(outline, self.composition.register, language)
        context["klartekst"] = theme.around(page.file, language, self.languages, self.composition, said)
        theme.set_language_switcher(config, page.file, language, self.languages)
        return context

    @event_priority(-200)
    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Give the static templates the same words, and no page that nothing may lead to."""
        unlisted.listed_only(context, self._is_unlisted)
        language = lang.current_language(config, self.languages)
        context["klartekst"] = theme.around(None, language, self.languages, self.composition)
        theme.set_language_switcher(config, None, language, self.languages)
        return context

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str | None:
        """Write the error page once: there is one for all languages, and it speaks all of them."""
        is_default = lang.current_language(config, self.languages) == self.languages.default
        return "" if template_name == "404.html" and not is_default else None

    @event_priority(1000)
    def _note_search(self, *, config: MkDocsConfig) -> None:
        self.search.note(config, self.languages, lang.current_language(config, self.languages))

    @event_priority(-200)
    def _finish(self, *, config: MkDocsConfig) -> None:
        """Write the search indexes when the last language is built."""
        if not self._inside_another_language(config):
            self.search.write(config, self.languages)
            if self._traced():
                self.traces.write(config)
            if report := self.readability.write(config):
                log.info(report)
            self.staging.complete = True

    on_post_build = CombinedEvent(_note_search, _finish)

    # -- what the events share ----------------------------------------------------------------------------------

    def _compose(self, config: MkDocsConfig) -> None:
        """Compose the site, report what was found, and stop the build where it must not be published."""
        pages, findings = lang.hand_written(config, get_files(config), self.languages)
        self.written = {page.source: page for page in pages}
        try:
            made = compose(
                self._data_dir(config), self._shown(config), self.languages.built, pages, _languages_place(config)
            )
        except Exception as error:
            if not self.preview:
                raise
            made = Composition(None, {}, (Finding(Place(self._shown(config)), "product/defect", repr(error)),))
        paths = {outline.path for outline in made.outlines.values()}
        everything = tuple(sorted({*made.findings, *findings, *traps(config, self.languages, pages, paths)}))
        self.composition = replace(made, findings=everything)
        self.by_path = {outline.path: outline for outline in made.outlines.values()}
        self.expansion = Expansion(made.register, pages, made.coverage) if made.register else None
        self.translations = lang.translations(self.languages, self._sources(), config.use_directory_urls)
        self._report(config)

    def _report(self, config: MkDocsConfig) -> None:
        levels = {"error": logging.ERROR, "missing": logging.WARNING, "warning": logging.WARNING, "info": logging.INFO}
        uncounted = self.preview and config.strict  # the host would end the server over an error that it counts
        for finding in self.composition.findings:
            log.log(logging.INFO if uncounted else levels[finding.severity], "%s", finding)
        if self.preview:
            return  # whoever serves reads the findings in the browser, and mends them there and then
        failing = {"error", "missing", "warning"} if config.strict else {"error"}
        count = len([finding for finding in self.composition.findings if finding.severity in failing])
        if count:
            raise Abort(f"Nothing was written: {count} finding{'s' if count > 1 else ''} above must be mended first.")

    def _sources(self) -> dict[tuple[str, str], str]:
        """Return the file of each page of the site, written or not, by language and path."""
        built = self.languages.built
        made = {(code, path): self.languages.source(code, path) for code in built for path in self._default_paths(code)}
        return {**made, **{(page.language, page.path): page.source for page in self.written.values()}}

    def _default_paths(self, language: str) -> list[str]:
        if self.composition.broken:
            return source.paths_without(self.written.values(), language)
        return [path for made_in, path in self.composition.documents if made_in == language]

    def _labels(self, config: MkDocsConfig) -> dict[str, str]:
        """Return what default pages are called in the navigation, by path, where that is not their title."""
        language = lang.current_language(config, self.languages)
        register, made = self.composition.register, self.composition.documents
        found = {
            outline.path: label(outline, register, language)
            for outline in self.composition.outlines.values()
            if register and (language, outline.path) in made
        }
        return {path: name for path, name in found.items() if name}

    def _is_unlisted(self, file: File) -> bool:
        """Return whether nothing may lead to a page: no navigation, search or sitemap."""
        outline = self.by_path.get(self.languages.page_of(file.src_uri)[1])
        return outline is not None and not outline.is_listed

    def _is_passed_by(self, file: File) -> bool:
        """Return whether the navigation does not lead to a page."""
        outline = self.by_path.get(self.languages.page_of(file.src_uri)[1])
        return outline is not None and not outline.is_navigated

    def _traced(self) -> Register | None:
        """Return the Register that tells where each fact stands, where pages are to be traced."""
        return self.composition.register if self.config.trace else None

    def _spoken(self, language: str) -> str:
        return language if language in languages() else "en"

    def _inside_another_language(self, config: MkDocsConfig) -> bool:
        return bool(getattr(config.plugins.get("i18n"), "building", False))

    def _data_dir(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path).parent / self.config.data_dir

    def _shown(self, config: MkDocsConfig) -> str:
        return self.config.data_dir.removeprefix("./")


def _languages_place(config: MkDocsConfig) -> Place:
    return place_in_configuration(config, "languages" if "i18n" in config.plugins else "language")
