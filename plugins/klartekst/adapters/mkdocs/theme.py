"""The theme as Klartekst needs it: nothing from other hosts, every word in the language of the page."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from klartekst.adapters.mkdocs.languages import Languages, Translation
from klartekst.documents import Composition
from klartekst.model import Finding
from klartekst.phrases import Phrases, date, languages, phrases, phrases_with

_HERE = Path(__file__).parent / "theme"
_STYLES = "assets/klartekst.css"
_ICON = "assets/klartekst.svg"
_SMALL_SITE = 14
"""So many pages may stand in the navigation of every page: they fit into a window without scrolling."""
_EXTENSIONS = ("attr_list", "def_list", "md_in_html", "tables")


@dataclass(frozen=True)
class Around:
    """What the templates of the theme say around a page."""

    language: str
    t: Phrases
    updated: str
    organisation: str
    alternates: dict[str, str] = field(default_factory=dict)
    """Addresses of the page's translations, its own included, by language; relative to the site."""
    default: str = ""
    root: str = ""
    """The folder of the language, such as `nb/`; empty for the default one."""
    everywhere: tuple[tuple[str, str, Phrases], ...] = ()
    """Language, root and phrases of each language of the site, for pages that speak all of them."""
    findings: tuple[Finding, ...] = ()
    """What stands in the way of the site while it is served and cannot be published."""
    missing: int = 0
    """How many facts are not stated yet; the page says that it is a draft while there are any."""
    said: str = ""
    """What the page says for machines, as JSON-LD; empty for most pages."""


def prepare(config: MkDocsConfig, site: Languages) -> None:
    """Set what a site owner should not have to know, and what no privacy site may do."""
    theme = config.theme
    if str(_HERE) not in theme.dirs:
        theme.dirs.insert(1 if theme.custom_dir else 0, str(_HERE))
    theme["font"] = False  # else each reader's browser asks Google for fonts
    _unless_chosen(config, "palette", {"scheme": "default", "primary": "custom", "accent": "custom"})
    _unless_chosen(config, "icon", {"logo": "material/text-box-check-outline"})
    _unless_chosen(config, "favicon", _ICON, untouched="assets/images/favicon.png")
    if site.structure == "none":
        theme["language"] = site.default
    config.extra["generator"] = False  # an English sentence on every page
    if _STYLES not in config.extra_css:
        config.extra_css.insert(0, _STYLES)
    for extension in _EXTENSIONS:
        if extension not in config.markdown_extensions:
            config.markdown_extensions.append(extension)
    i18n: Any = config.plugins.get("i18n")
    if i18n is not None:
        i18n.config.reconfigure_search = False  # drops sections, and takes quadratic time; we write the indexes


def choose_navigation(config: MkDocsConfig, pages: int) -> None:
    """Show all sections open on a small site, and only the current one on a large one.

    What stands in the navigation stands on every page: with a thousand pages that would be a million links.
    """
    features = list(config.theme.get("features") or [])
    if not any(str(feature).startswith("navigation.") for feature in features):
        config.theme["features"] = [*features, "navigation.sections" if pages <= _SMALL_SITE else "navigation.prune"]


def around(file: File | None, language: str, site: Languages, composition: Composition, said: str = "") -> Around:
    """Return what the templates say around a page, or around a static template where there is no file."""
    organisation = composition.register.organisation if composition.register else None
    spoken = language if language in languages() else "en"
    return Around(
        language=language,
        t=words(spoken, composition),
        updated=date(organisation.updated, spoken) if organisation else "",
        organisation=organisation.name if organisation else "",
        alternates=_alternates(file),
        default=site.default,
        root=site.root(language),
        everywhere=tuple(
            (code, site.root(code), words(code, composition)) for code in site.built if code in languages()
        ),
        findings=composition.findings if composition.broken else (),
        missing=composition.missing,
        said=said,
    )


def words(language: str, composition: Composition) -> Phrases:
    """Return the phrases of a language, with the owner's own wording where the facts can be read."""
    register = composition.register
    return phrases_with(language, register.phrases.get(language)) if register else phrases(language)


def set_language_switcher(config: MkDocsConfig, file: File | None, language: str, site: Languages) -> None:
    """Let the switcher lead to this page in each language, or to the front page of one that lacks it.

    The addresses are relative, so that the site works in any folder of any host.
    """
    i18n: Any = config.plugins.get("i18n")
    extra: Any = config.extra
    if i18n is None or len(site.built) < 2 or not i18n.config.reconfigure_material:
        return
    names = {entry.locale: entry.name for entry in i18n.config.languages}
    there = _alternates(file)
    ending = "" if config.use_directory_urls else "index.html"
    # Twice: templates see the attribute that static-i18n sets, and the item where it has not set one yet.
    extra["alternate"] = extra.alternate = [
        {"name": names[code], "link": there.get(code, site.root(code) + ending or "."), "lang": code}
        for code in site.built
    ]


def _unless_chosen(config: MkDocsConfig, key: str, value: Any, untouched: Any = None) -> None:
    """Set an option of the theme that its owner left as the theme has it."""
    if not config.theme.get(key) or config.theme[key] == untouched:
        config.theme[key] = value


def _alternates(file: File | None) -> dict[str, str]:
    """Return the addresses of a page's translations, its own included."""
    found: dict[str, Translation] = getattr(file, "alternates", {})
    return {code: translation.url for code, translation in found.items()}
