"""Which languages a site builds, and which file of its content is a page of which language and path."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs_static_i18n.config import RE_LOCALE

from klartekst.documents import HandWritten
from klartekst.model import Finding, Place

_INDEX = {"index", "README"}


@dataclass(frozen=True)
class Languages:
    """The languages of a site, and how its content folder tells them apart."""

    built: tuple[str, ...]
    """ISO 639-1, the default one first."""
    configured: tuple[str, ...]
    structure: str
    """suffix (`page.nb.md`), folder (`nb/page.md`), or none (one language)."""

    @property
    def default(self) -> str:
        """The language at the root of the site."""
        return self.built[0]

    def source(self, language: str, path: str) -> str:
        """Return the file name that a default page of a language gets, as if somebody had written it."""
        if self.structure == "suffix":
            return f"{path}.{language}.md"
        return f"{language}/{path}.md" if self.structure == "folder" else f"{path}.md"

    def page_of(self, source: str) -> tuple[str, str]:
        """Return the language and the path that a content file is a page of."""
        path, language = PurePosixPath(source).with_suffix(""), self.default
        if self.structure == "suffix" and path.suffix.lstrip(".") in self.configured:
            path, language = path.with_suffix(""), path.suffix.lstrip(".")
        elif self.structure == "folder" and len(path.parts) > 1 and path.parts[0] in self.configured:
            path, language = PurePosixPath(*path.parts[1:]), path.parts[0]
        return language, _normal(path)

    def address(self, language: str, path: str, source: str, directories: bool) -> str:
        """Return the address of a page, relative to the site, as the host makes it from its file."""
        if directories:
            return quote(self.root(language) + ("" if path == "index" else f"{path}/"))
        is_index = PurePosixPath(source).name.split(".")[0] in _INDEX
        name = f"{path}/index" if is_index and path != "index" else path
        return quote(f"{self.root(language)}{name}.html")

    def root(self, language: str) -> str:
        """Return the folder of a language in the site: empty for the default one, else `nb/`."""
        return "" if language == self.default else f"{language}/"


@dataclass(frozen=True)
class Translation:
    """A page in one of its languages, as the templates of the theme and of the sitemap read it."""

    url: str
    page: None = None


def _normal(path: PurePosixPath) -> str:
    """Give the two spellings of one address one form: `a/index` is `a`, and README is index."""
    if path.name in _INDEX:
        return path.parent.as_posix() if path.parent.name else "index"
    return path.as_posix()


def translations(
    languages: Languages, sources: Mapping[tuple[str, str], str], directories: bool
) -> dict[str, dict[str, Translation]]:
    """Return each path's translations by language, the default one first.

    static-i18n pairs files by their names, so it knows neither default pages nor another spelling.
    """
    found: dict[str, dict[str, Translation]] = {}
    for language in languages.built:
        for (written_in, path), source in sources.items():
            if written_in == language:
                address = languages.address(language, path, source, directories)
                found.setdefault(path, {})[language] = Translation(address)
    return found


def languages_of(config: MkDocsConfig) -> Languages:
    """Return the languages that a site's configuration asks for."""
    i18n: Any = config.plugins.get("i18n")
    if i18n is None:
        return Languages((theme_language(config),), (theme_language(config),), "none")
    configured = [language for language in i18n.config.languages if language.locale != "null"]
    built = sorted((language for language in configured if language.build), key=lambda language: not language.default)
    return Languages(
        tuple(language.locale for language in built),
        tuple(language.locale for language in configured),
        i18n.config.docs_structure,
    )


def theme_language(config: MkDocsConfig) -> str:
    """Return the language of the theme, which is the site's where only one is built."""
    return str(config.theme.get("language") or "en")


def current_language(config: MkDocsConfig, languages: Languages) -> str:
    """Return the language that is being built."""
    i18n: Any = config.plugins.get("i18n")
    return str(i18n.current_language or languages.default) if i18n else languages.default


def hand_written(config: MkDocsConfig, files: Files, languages: Languages) -> tuple[list[HandWritten], list[Finding]]:
    """Return the pages that somebody wrote, and a finding for each file that would silently go wrong."""
    pages: dict[tuple[str, str], HandWritten] = {}
    findings: list[Finding] = []
    for file in files.documentation_pages():
        if file.generated_by or file.abs_src_path is None:
            continue
        language, path = languages.page_of(file.src_uri)
        shown = (Path(config.docs_dir).name + "/" + file.src_uri) if config.docs_dir else file.src_uri
        page = HandWritten(language, path, file.src_uri, Path(file.abs_src_path), shown)
        twin = pages.setdefault((language, path), page)
        if twin is not page:
            message = f'this is the page "{path}" in {language}, and so is {twin.shown_as}. Delete one of them'
            findings.append(Finding(Place(shown), "page/clash", message))
        findings += [*_strange_language(file, shown, languages), *_left_out(file, shown)]
    return list(pages.values()), findings


def _left_out(file: File, shown: str) -> Iterator[Finding]:
    """Name a README.md that the host leaves out because an index.md stands beside it."""
    name = PurePosixPath(file.src_uri).name
    if name == "index.md" and Path(str(file.abs_src_path)).with_name("README.md").exists():
        message = f"README.md beside it is the same page, {shown}. Delete one of them"
        yield Finding(Place(shown), "page/clash", message)


def _strange_language(file: File, shown: str, languages: Languages) -> Iterator[Finding]:
    """Name what static-i18n would take for a language that the site does not have."""
    parts = PurePosixPath(file.src_uri)
    mark = parts.parts[0] if languages.structure == "folder" and len(parts.parts) > 1 else ""
    if languages.structure == "suffix":
        mark = PurePosixPath(parts.stem).suffix.lstrip(".")
    if RE_LOCALE.match(mark) and mark not in languages.configured:
        message = (
            f'"{mark}" is taken for a language, and the site has {", ".join(languages.configured)}: the page would '
            "vanish. Give the file or folder a name that is no code of a language"
        )
        yield Finding(Place(shown), "page/language", message)
