"""An agreement is on the site as far as its owner says: nowhere, at an address that nothing leads to, or in public."""

import json
from pathlib import Path

import pytest
from tests.site.projects import built, configuration, make_project

LANGUAGES = ("", "nb/", "en/")
INTERNAL, UNLISTED, PUBLIC = "elmebakken", "fjordskoler", "kalenderhuset"
SECRETS = ("Elmebakken", "kontor@elmebakken.example")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration with one agreement of each visibility."""
    project = make_project(tmp_path_factory.mktemp("visibility"), configuration())
    for agreement, visibility in ((INTERNAL, "internal"), (UNLISTED, "unlisted")):
        file = project / "data" / "agreements" / f"{agreement}.yml"
        text = file.read_text("utf-8")
        file.write_text(text.replace("visibility: public", f"visibility: {visibility}"), encoding="utf-8")
        assert file.read_text("utf-8") != text
    roles = project / "data" / "roles.yml"  # what is public cannot rest on what is internal
    roles.write_text(roles.read_text("utf-8").replace(f"      - {INTERNAL}\n", ""), encoding="utf-8")
    return built(project)


def files_with(site: Path, words: str) -> set[str]:
    """Return the files of a site that hold some words, by their path."""
    files = (file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix() for file in files if words.encode() in file.read_bytes()}


@pytest.mark.parametrize("words", SECRETS)
def test_an_internal_agreement_is_nowhere(site: Path, words: str) -> None:
    """No file of the site names the customer of an internal agreement, and there is no page of it."""
    assert files_with(site, words) == set()
    assert not list(site.rglob(f"*{INTERNAL}*"))


def test_an_unlisted_agreement_is_built_and_nothing_leads_to_it(site: Path) -> None:
    """Its address stands in no other page, no search index, no sitemap and no map of traces."""
    own = {f"{root}agreements/{UNLISTED}/index.html" for root in LANGUAGES}
    assert all((site / page).is_file() for page in own)
    assert files_with(site, f"agreements/{UNLISTED}") <= own
    assert f"agreements/{PUBLIC}" in (site / "sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize("root", LANGUAGES)
def test_an_unlisted_agreement_is_found_by_no_search(site: Path, root: str) -> None:
    """No entry of the search leads to it or has its words, and search engines are told to leave it out."""
    index = json.loads((site / root / "search" / "search_index.json").read_text("utf-8"))
    locations = [entry["location"] for entry in index["docs"]]
    assert not [location for location in locations if UNLISTED in location]
    assert [location for location in locations if location.startswith(f"agreements/{PUBLIC}/")]
    page = (site / root / "agreements" / UNLISTED / "index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in page
    other = (site / root / "agreements" / PUBLIC / "index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' not in other


@pytest.mark.parametrize("root", LANGUAGES)
def test_a_public_agreement_is_in_the_index_and_the_navigation(site: Path, root: str) -> None:
    """The index of agreements leads to it, and so does the navigation."""
    index = (site / root / "agreements" / "index.html").read_text("utf-8")
    assert f'href="{PUBLIC}/"' in index
    statement = (site / root / "agreements" / PUBLIC / "index.html").read_text("utf-8")
    assert "md-nav__link--active" in statement
