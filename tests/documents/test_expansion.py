"""Blocks on hand-written pages: rendered once for all pages on which they read the same, and for no other."""

from pathlib import Path

import pytest
from tests.conftest import ROOT

from klartekst.blocks import Block
from klartekst.documents import Expansion, HandWritten
from klartekst.load import load
from klartekst.model import Register


@pytest.fixture(scope="module")
def register() -> Register:
    """What is public of the demonstration data."""
    loaded = load(ROOT / "data").register
    assert loaded is not None
    return loaded.published()


def _page(path: str, language: str = "da") -> HandWritten:
    return HandWritten(language, path, f"{path}.{language}.md", Path(path), path)


def test_each_page_gets_the_links_and_the_language_of_its_own_place(register: Register) -> None:
    """A block links relative to the folder of its page, and speaks the language of its page."""
    expansion = Expansion(register, [])
    text = "<!-- klartekst:documents -->"
    assert "(<privacy.md>)" in expansion(text, _page("start"))
    assert "(<../privacy.md>)" in expansion(text, _page("guides/start"))
    assert "(<../../privacy.md>)" in expansion(text, _page("guides/first/start"))
    assert expansion(text, _page("start")) != expansion(text, _page("start", "en"))


def test_links_lead_to_the_file_that_somebody_wrote(register: Register) -> None:
    """Where a hand-written page takes the place of a default one, blocks link to its file, from any folder."""
    expansion = Expansion(register, [HandWritten("da", "privacy", "privacy.da.md", Path("privacy"), "privacy")])
    text = "<!-- klartekst:documents -->"
    assert "(<../privacy.da.md>)" in expansion(text, _page("guides/start"))
    assert "(<../privacy.md>)" in expansion(text, _page("guides/start", "en"))


def test_a_block_is_rendered_once_for_pages_on_which_it_reads_the_same(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand pages with the same block cost one rendering for each language and depth of folder."""
    rendered: list[str] = []
    render = Block.__call__

    def counted(self: Block, *arguments: object, **parameters: str) -> str:
        rendered.append(self.name)
        return render(self, *arguments, **parameters)  # type: ignore[arg-type]

    monkeypatch.setattr(Block, "__call__", counted)
    expansion = Expansion(register, [])
    for folder in ("first", "second"):
        for number in range(3):
            expansion("<!-- klartekst:rights -->\n\n<!-- klartekst:retention -->", _page(f"{folder}/{number}"))
    assert rendered == ["rights", "retention"]
