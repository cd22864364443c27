"""What pages say to machines, read as they read it: JSON-LD out of the page, by a reader that is not our writer."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import html
from pyld import jsonld

SCHEMA = "https://schema.org"
_PAGE = "https://page.example/"
_CONTEXT = {"@context": {"@vocab": f"{SCHEMA}/"}}  # what schema.org answers, as far as these pages use it

Node = dict[str, Any]


@cache
def scripts(file: Path) -> list[str]:
    """Return the JSON-LD of a page as it stands there."""
    found = html.document_fromstring(file.read_bytes()).xpath("//script[@type='application/ld+json']/text()")
    return [str(text) for text in found]


def said(file: Path) -> list[Node]:
    """Return what a page says to machines, each thing with the full names of its properties."""

    def load(url: str, _options: Any) -> Node:
        document = file.read_text("utf-8") if url == _PAGE else _CONTEXT
        kind = "text/html" if url == _PAGE else "application/ld+json"
        return {"contentType": kind, "contextUrl": None, "documentUrl": url, "document": document}

    found: list[Node] = jsonld.expand(_PAGE, {"documentLoader": load, "extractAllScripts": True})
    return found


def kind(node: Node) -> str:
    """Return the type of a thing, without schema.org's address."""
    (name,) = node["@type"]
    return str(name).removeprefix(f"{SCHEMA}/")


def parts(node: Node, name: str) -> list[Node]:
    """Return the things that a property of a thing has."""
    return list(node.get(f"{SCHEMA}/{name}", []))


def text(node: Node, name: str) -> str:
    """Return the one text that a property of a thing must have."""
    (value,) = parts(node, name)
    return str(value["@value"])


def questions(node: Node) -> Iterator[tuple[str, str]]:
    """Yield the questions of a page of questions, each with its answer."""
    for question in parts(node, "mainEntity"):
        (answer,) = parts(question, "acceptedAnswer")
        assert (kind(question), kind(answer)) == ("Question", "Answer")
        yield text(question, "name"), text(answer, "text")


def steps(node: Node) -> list[str]:
    """Return the steps of instructions."""
    found = parts(node, "step")
    assert {kind(step) for step in found} == {"HowToStep"}
    return [text(step, "text") for step in found]


def terms(node: Node) -> list[tuple[str, str]]:
    """Return the terms of a set of definitions, each with what it means."""
    found = parts(node, "hasDefinedTerm")
    assert {kind(term) for term in found} == {"DefinedTerm"}
    return [(text(term, "name"), text(term, "description")) for term in found]
