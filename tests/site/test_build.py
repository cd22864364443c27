"""Real builds of real sites, as a site owner runs them."""

from pathlib import Path

from tests.conftest import pages_of


def test_demonstration_site_is_built_in_three_languages(site: Path) -> None:
    """Danish stands at the root, Norwegian and English below it, each with every document."""
    documents = {"", "privacy/", "processors/"}
    assert documents | {f"{root}{page}" for root in ("nb/", "en/") for page in documents} <= set(pages_of(site))
