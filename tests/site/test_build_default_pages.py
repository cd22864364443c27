"""Pages that exist although nobody wrote them, in every structure a site can have."""

from pathlib import Path

import pytest
from tests.conftest import mkdocs
from tests.site.projects import DEFAULT_PAGES, built, configuration, heading, make_project, page, translations

TITLES = {"da": "Privatlivspolitik", "nb": "Personvernerklæring", "en": "Privacy notice"}
ROOTS = {"da": "", "nb": "nb/", "en": "en/"}


def _titles(site: Path, roots: dict[str, str], ending: str = "privacy/") -> dict[str, str]:
    return {language: heading(site, root + ending) for language, root in roots.items()}


@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_default_pages_exist_without_any_file_in_content(tmp_path: Path, structure: str) -> None:
    """With only a .gitkeep in content/, each document stands at its address in each language, in its words."""
    site = built(make_project(tmp_path / structure, configuration(structure)))
    for root in ROOTS.values():
        assert all((site / root / address / "index.html").is_file() for address in DEFAULT_PAGES)
    assert _titles(site, ROOTS) == TITLES


@pytest.mark.parametrize("language", ["nb", "en"])
def test_one_language_needs_no_static_i18n(tmp_path: Path, language: str) -> None:
    """Of the organisation's languages the theme's is built, at the root and in its words."""
    site = built(make_project(tmp_path / language, configuration("none", (language,))))
    assert _titles(site, {language: ""}) == {language: TITLES[language]}
    assert page(site, "privacy/").get("lang") == language
    assert not (site / "nb").exists()


def test_pages_may_be_files_instead_of_folders(tmp_path: Path) -> None:
    """With use_directory_urls: false, pages and the links between translations end with .html."""
    site = built(make_project(tmp_path / "files", configuration("suffix", more="use_directory_urls: false")))
    assert _titles(site, ROOTS, "privacy.html") == TITLES
    assert translations(site, "nb/privacy.html")["da"] == "https://privatliv.lindeby.example/privacy.html"
    for target in page(site, "nb/index.html").xpath("//a[@hreflang]/@href"):
        assert (site / "nb" / target).is_file(), target


def test_missing_content_folder_is_named(tmp_path: Path) -> None:
    """MkDocs says which folder is missing, in a message and not a traceback."""
    project = make_project(tmp_path / "project", configuration())
    (project / "content" / ".gitkeep").unlink()
    (project / "content").rmdir()
    result = mkdocs("build", cwd=project)
    assert result.returncode == 1
    assert "docs_dir" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("arguments", [("build",), ("build", "-q", "--strict")])
def test_site_in_a_language_without_facts_is_a_located_error(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A language that organisation.yml lacks is an error at the line of mkdocs.yml that asks for it."""
    project = make_project(tmp_path / "project", configuration(languages=("da", "sv")))
    result = mkdocs(*arguments, cwd=project)
    line = (project / "mkdocs.yml").read_text().split("\n").index("      languages:") + 1
    assert f"mkdocs.yml:{line}:7 language/not-declared" in result.stderr
    assert '"sv"' in result.stderr
    assert result.returncode == 1
    assert not (project / "site").exists()
    assert "Traceback" not in result.stderr


def test_theme_in_a_language_without_facts_is_a_located_error(tmp_path: Path) -> None:
    """So is the theme's own language on a site without static-i18n, also where mkdocs.yml holds Python tags."""
    more = (
        "markdown_extensions:\n  - pymdownx.emoji:\n"
        "      emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
    )
    project = make_project(tmp_path / "project", configuration("none", ("sv",), more))
    result = mkdocs("build", cwd=project)
    assert "mkdocs.yml:6:3 language/not-declared" in result.stderr
    assert result.returncode == 1
