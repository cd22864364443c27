"""Small projects as a site owner would have them, for tests to build."""

from collections.abc import Mapping
from pathlib import Path

from lxml import html
from tests.conftest import copy_facts, mkdocs

NAMES = {"da": "Dansk", "nb": "Norsk bokmål", "en": "English", "sv": "Svenska"}
DEFAULT_PAGES = ("", "privacy/", "processors/")


def configuration(structure: str = "suffix", languages: tuple[str, ...] = ("da", "nb", "en"), more: str = "") -> str:
    """Return a mkdocs.yml; the structure `none` is a site of one language, without static-i18n."""
    theme_language = f"\n  language: {languages[0]}" if structure == "none" else ""
    lines = [
        "site_name: Lindeby",
        "site_url: https://privatliv.lindeby.example/",
        "docs_dir: content",
        f"theme:\n  name: material{theme_language}",
        "plugins:\n  - search\n  - klartekst",
    ]
    if structure != "none":
        lines.append(f"  - i18n:\n      docs_structure: {structure}\n      languages:")
        for language in languages:
            default = "\n          default: true" if language == languages[0] else ""
            lines.append(f"        - locale: {language}\n          name: {NAMES[language]}{default}")
    return "\n".join([*lines, more, ""])


def make_project(
    folder: Path, config: str, content: Mapping[str, str | bytes] | None = None, spare: bool = True
) -> Path:
    """Lay out the demonstration facts with another configuration and other hand-written pages."""
    copy_facts(folder / "data", spare)
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    (folder / "content").mkdir()
    for name, text in (content or {".gitkeep": ""}).items():
        file = folder / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def built(project: Path, *arguments: str) -> Path:
    """Build a project strictly and return its site."""
    result = mkdocs("build", "--strict", *arguments, cwd=project)
    assert result.returncode == 0, result.stdout + result.stderr
    return project / "site"


def page(site: Path, address: str) -> html.HtmlElement:
    """Parse a page of a site by its address, relative to the site."""
    file = site / address
    return html.document_fromstring((file / "index.html" if file.is_dir() else file).read_bytes())


def text_of(element: html.HtmlElement) -> str:
    """Return the text of an element as a reader sees it, each run of spaces as one."""
    return " ".join(element.text_content().split())


def heading(site: Path, address: str) -> str:
    """Return the first heading of a page."""
    found = page(site, address).find(".//h1")
    return text_of(found).removesuffix("¶").strip()


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, hidden ones included, with its bytes."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def translations(site: Path, address: str) -> dict[str, str]:
    """Return the translations that a page names in its head, by language."""
    links = page(site, address).xpath("//link[@hreflang][contains(concat(' ', @rel, ' '), ' alternate ')]")
    return {link.get("hreflang"): link.get("href") for link in links}
