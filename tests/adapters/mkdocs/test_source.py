"""The head of a page that the product writes: YAML, whatever a thing is called."""

from html import unescape

import pytest
import yaml

from klartekst.adapters.mkdocs.source import with_front_matter
from klartekst.documents import Document

TITLES = [
    "Brud \U0001f512 [klik](javascript:alert(1))",
    'Et "brud": 1',
    "# Nej",
    "\u00e6\u00f8\u00e5 \\ '",
    "<b>fed</b> --- ",
]


@pytest.mark.parametrize("title", TITLES)
def test_the_head_of_a_page_is_read_whatever_its_title(title: str) -> None:
    """The host reads title and description back, escaped for the HTML into which it prints them."""
    document = Document("topic", "topics/x", "da", title, f"Om {title}", "Tekst.")
    head, _, body = with_front_matter(document, None).removeprefix("---\n").partition("\n---\n")
    found = yaml.safe_load(head)
    assert {key: unescape(text) for key, text in found.items()} == {"title": title, "description": f"Om {title}"}
    assert "<b>" not in head
    assert body.startswith("\n# ")
