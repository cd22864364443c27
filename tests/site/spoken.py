"""What a built site says, and in which language: its pages, their heads and attributes, its searches and its script."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html

SPOKEN_ATTRIBUTES = ("alt", "aria-description", "aria-label", "label", "placeholder", "summary", "title")
_SILENT = {"script", "style", "template", "noscript"}
_INLINE = {"a", "abbr", "b", "code", "em", "i", "mark", "span", "strong"}
_BREAK = "\n"


@dataclass(frozen=True)
class Saying:
    """Some words of a site, with their language and where they stand."""

    language: str
    text: str
    where: str


def sayings_of_site(site: Path) -> Iterator[Saying]:
    """Yield everything that a site says."""
    for file in sorted(site.rglob("*.html")):
        yield from sayings_of_page(file.read_text("utf-8"), file.relative_to(site).as_posix())
    for file in sorted(site.rglob("search_index.json")):
        yield from _sayings_of_search(json.loads(file.read_text("utf-8")), file.relative_to(site).as_posix())


def sayings_of_page(source: str, where: str) -> Iterator[Saying]:
    """Yield what a page says: its text, attributes and description, and the words of its script."""
    root = html.document_fromstring(source)
    yield from _sayings_of_element(root, where)
    for script in root.xpath("//script[@id='__config']"):
        for key, words in json.loads(script.text)["translations"].items():
            yield Saying(_language(script), str(words), f"{where} {key}")


def _sayings_of_element(root: Any, where: str) -> Iterator[Saying]:
    texts: dict[str, str] = {}
    _collect(root, _language(root), texts)
    for language, text in texts.items():
        yield from (Saying(language, line.strip(), where) for line in text.split(_BREAK) if line.strip())
    for element in root.iter(html.etree.Element):
        for name in SPOKEN_ATTRIBUTES:
            if element.get(name):
                yield Saying(_language(element), element.get(name), f"{where} {name}")
        if element.tag == "meta" and element.get("name") == "description":
            yield Saying(_language(element), element.get("content"), f"{where} description")


def _collect(element: Any, language: str, texts: dict[str, str]) -> None:
    """Add the text below an element to that of its language; words of one block stay on one line."""
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    own = element.get("lang", language)
    edge = "" if element.tag in _INLINE and own == language else _BREAK
    _add(texts, own, edge + _flat(element.text))
    for child in element:
        _collect(child, own, texts)
        _add(texts, own, _flat(child.tail))
    _add(texts, own, edge)


def _add(texts: dict[str, str], language: str, text: str) -> None:
    texts[language] = texts.get(language, "") + text


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", (text or "").replace("\u00ad", ""))


def _language(element: Any) -> str:
    """Return the language of an element: its own or that of what it stands in."""
    languages = element.xpath("ancestor-or-self::*[@lang][1]/@lang")
    assert languages, "a page without a language"
    return str(languages[0])


def _sayings_of_search(index: dict[str, Any], where: str) -> Iterator[Saying]:
    language = {"no": "nb"}.get(index["config"]["lang"][0], index["config"]["lang"][0])
    for entry in index["docs"]:
        words = f'<div lang="{language}"><p>{entry["title"]}</p>{entry["text"]}</div>'
        yield from _sayings_of_element(html.fragment_fromstring(words), f"{where} {entry['location']}")
