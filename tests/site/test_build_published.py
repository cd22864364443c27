"""What is published: the same bytes for the same facts, nothing internal, and untrusted words as words."""

import gzip
import json
import os
from collections.abc import Iterable
from copy import deepcopy
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html
from tests.conftest import copy_project, mkdocs, pages_of
from tests.documents.leaves import Facts, Leaf, edited
from tests.site.projects import configuration, make_project, page, snapshot, text_of

from klartekst.model import COLLECTIONS, FILES_OF_ONE, Prose

Thing = dict[str, Any]


def _read(file: Path) -> Any:
    """Read facts as the product does: each plain word as it is written."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def _write(file: Path, facts: Any) -> None:
    file.write_text(yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")


# -- the same bytes ---------------------------------------------------------------------------------------------------


def test_builds_of_the_same_facts_are_byte_identical(site: Path, tmp_path: Path) -> None:
    """In another folder, with another hash seed, time zone and umask, every file of the site has the same bytes."""
    project = copy_project(tmp_path / "another" / "place", spare=False)
    earlier = os.umask(0o077)
    try:
        result = mkdocs("build", cwd=project, PYTHONHASHSEED="4711", TZ="Pacific/Kiritimati", LC_ALL="C")
    finally:
        os.umask(earlier)
    assert result.returncode == 0
    assert snapshot(project / "site") == snapshot(site)


def test_no_page_tells_the_day_of_the_build(site: Path, tmp_path: Path) -> None:
    """The only date that follows the day of the build is that of the sitemap, which SOURCE_DATE_EPOCH sets."""
    project = copy_project(tmp_path / "project", spare=False)
    assert mkdocs("build", cwd=project, SOURCE_DATE_EPOCH="1800000000").returncode == 0
    first, second = snapshot(site), snapshot(project / "site")
    assert b"<lastmod>2023-11-14</lastmod>" in first["sitemap.xml"]
    assert {name for name in first if first[name] != second.get(name)} == {"sitemap.xml", "sitemap.xml.gz"}


# -- nothing internal -------------------------------------------------------------------------------------------------

CANARY = "Kanariefugl"
NOTES = (CANARY, [f"{CANARY} i en liste"], {"note": {"dybt": f"{CANARY} i et opslag"}})


def _files(data: Path) -> list[Path]:
    return sorted(data.rglob("*.yml"))


def _things(file: Path, facts: Thing) -> list[Thing]:
    """Return the entities of a file: the file itself, or each entry of it."""
    of_one = file.stem == "organisation" or file.parent.name in FILES_OF_ONE
    return [facts] if of_one else list(facts.values())


def _add_notes_to_public_things(data: Path) -> int:
    """Give every public entity an internal note, by turns a text, a list and a map; return how many."""
    count = 0
    for file in _files(data):
        facts = _read(file)
        for thing in _things(file, facts):
            if thing.get("internal") != "true":
                thing["internal"] = deepcopy(NOTES[count % len(NOTES)])
                count += 1
        _write(file, facts)
    return count


def _renamed(words: Any) -> Any:
    """Return words with the canary in each of them; what is not words stays."""
    if isinstance(words, dict) and set(words) == {"da", "nb", "en"}:
        return {language: f"{CANARY} {text}" for language, text in words.items()}
    return words


def _add_internal_things(data: Path) -> None:
    """Add a copy of the first thing of each collection, internal as a whole, with the canary in each of its words."""
    for collection in COLLECTIONS:
        if collection in FILES_OF_ONE:
            facts = _read(sorted((data / collection).glob("*.yml"))[0])
        else:
            facts = next(iter(_read(data / f"{collection}.yml").values()))
        copy = {key: _renamed(value) for key, value in facts.items()} | {"internal": "true"}
        if isinstance(facts.get("name"), str):
            copy["name"] = f"{CANARY} ApS"
        if collection in FILES_OF_ONE:
            _write(data / collection / "kanariefugl.yml", copy)
        else:
            _write(data / f"{collection}.yml", {**_read(data / f"{collection}.yml"), "kanariefugl": copy})


def _holding(site: Path, word: str) -> list[str]:
    """Return each file of a site whose bytes or name hold a word, also where they are compressed."""
    found = []
    for name, raw in snapshot(site).items():
        text = gzip.decompress(raw) if name.endswith(".gz") else raw
        if word.lower().encode() in text.lower() or word.lower() in name.lower():
            found.append(name)
    return found


def test_nothing_internal_is_published(tmp_path: Path) -> None:
    """A note in every entity and a whole internal entity in each collection occur in no file of the site."""
    project = copy_project(tmp_path / "project", spare=False)
    _add_internal_things(project / "data")
    assert _add_notes_to_public_things(project / "data") > 50
    result = mkdocs("build", "--strict", cwd=project)
    assert result.returncode == 0, result.stderr
    assert _holding(project / "site", CANARY) == []
    assert _holding(project / "site", "lindeby")  # the search itself finds what is there


# -- untrusted words --------------------------------------------------------------------------------------------------

# What Markdown, an extension, a template or a browser would make something of, anywhere in a line ...
INSIDE = (
    "<script>alert(1)</script> & \"quotes\" 'single' *x* _y_ **b** `c` [z](javascript:alert(1)) ![i](http://evil.example/)"
    ' {: .a onclick="x" } {#id} {{ x }} {% x %} {# x #} --8<-- "f" !!! note ||| ~~d~~ ^^e^^ ==f== ++ctrl++ :smile: #12'
    " @user www.evil.example https://evil.example/ <b@evil.example> &lt;i&gt; &#60; &copy; (c) x - y + z = \\* \\ [^1]"
    " *[HTML]: $$ $a$ <!-- klartekst:rights --> <!-- more --> {++a++} {>>b<<} [[w]] ... -- --- 50% x^2^ H~2~O {: .b }"
)
# ... and at its start.
STARTS = (
    "<script>", "# a", "- b", "+ c", "* d", "1. e", "1) f", "> g", ": h", "!!! i", "??? j", '=== "k"', "```l", "~~~m",
    "| n |", "*[o]:", "[^p]:", "/// q", "[x] r", "[ ] s", "--8<-- t", "{: #u }", "{% v %}", "<div markdown>", "&nbsp;",
    "\\#", "$$", "---", "<!-- w", "[y]: http://evil.example/",
)  # fmt: skip
HOSTILE = tuple(f"{start} {INSIDE}" for start in STARTS)
PLAIN = tuple(f"{1000 + number} words" for number in range(len(STARTS)))
# In prose emphasis, links, lists and character references mean something, and a tag is refused.
HOSTILE_PROSE = (
    '& "quotes" \'single\' `c` {: .a } {#id} {{ x }} {% x %} {# x #} --8<-- "f" !!! note ||| ~~d~~ ^^e^^ ==f=='
    " ++ctrl++ :smile: #12 @user www.evil.example http://evil.example (c) x - y = [^1] $$ $a$ {++a++} [[w]] 50% {: .b }"
)
PLAIN_PROSE = "999 words"
EXTENSIONS = """
markdown_extensions:
  - abbr
  - admonition
  - footnotes
  - smarty
  - wikilinks
  - sane_lists
  - toc: {permalink: true}
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.betterem
  - pymdownx.caret
  - pymdownx.critic
  - pymdownx.details
  - pymdownx.emoji
  - pymdownx.escapeall
  - pymdownx.inlinehilite
  - pymdownx.keys
  - pymdownx.magiclink: {repo_url_shorthand: true, social_url_shorthand: true, user: lindeby, repo: privacy}
  - pymdownx.mark
  - pymdownx.progressbar
  - pymdownx.smartsymbols
  - pymdownx.snippets
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist
  - pymdownx.tilde
"""


def _plain(value: Any) -> Any:
    """Return facts with lists in place of tuples, as YAML writes them."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value


def _site_saying(folder: Path, words: Iterable[str], prose: str) -> Path:
    project = make_project(folder, configuration("none", ("nb",), EXTENSIONS), spare=False)
    turns, facts = cycle(words), Facts(project / "data")
    for name in facts.files:
        chosen: dict[tuple[object, ...], str] = {}
        for leaf in (leaf for leaf in facts.leaves(name) if leaf.is_text and not _is_chosen(leaf)):
            place = leaf.path[:-1] if leaf.language else leaf.path  # the same words in each language
            chosen.setdefault(place, prose if leaf.annotation is Prose else next(turns))
            facts.files[name] = edited(facts.files[name], {leaf.path: chosen[place]})
        _write(project / "data" / name, _plain(facts.files[name]))
    result = mkdocs("build", cwd=project)
    assert result.returncode == 0, result.stderr
    return project / "site"


def _is_chosen(leaf: Leaf) -> bool:
    """Return whether a text is one of several that there are, or is looked for in others: a block, a term, a form."""
    return bool({"blocks", "term", "forms"}.intersection(leaf.path)) or leaf.path[-2:] == ("clauses", "version")


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two sites of the same facts: one says plain words, the other hostile ones, under many extensions."""
    folder = tmp_path_factory.mktemp("spoken")
    return _site_saying(folder / "plain", PLAIN, PLAIN_PROSE), _site_saying(folder / "hostile", HOSTILE, HOSTILE_PROSE)


def _calmed(text: str) -> str:
    """Return a text with each hostile word replaced by its plain one."""
    text = " ".join(text.split())
    for hostile, plain in (*zip(HOSTILE, PLAIN, strict=True), (HOSTILE_PROSE, PLAIN_PROSE)):
        text = text.replace(" ".join(hostile.split()), plain)
    return text


def test_hostile_words_create_no_element(spoken: tuple[Path, Path]) -> None:
    """Each page has the same elements in the same order, whatever the words are."""
    for address in pages_of(spoken[0]):
        tags = [[element.tag for element in page(site, address).iter("*")] for site in spoken]
        assert tags[0] == tags[1], address


def test_every_hostile_word_is_on_a_page(spoken: tuple[Path, Path]) -> None:
    """What the other tests compare is there: each dangerous start, and prose."""
    shown = " ".join(text_of(page(spoken[1], address)) for address in pages_of(spoken[1]))
    assert [word for word in (*HOSTILE, HOSTILE_PROSE) if " ".join(word.split()) not in shown] == []


_WITHOUT_WORDS = {"script", "style", "head", "html"}
"""What holds no words of its own to show: programs, looks, and what is around the JSON for machines."""


def test_hostile_words_show_as_they_are(spoken: tuple[Path, Path]) -> None:
    """Each element of each page, titles and navigation included, shows exactly the characters that were written."""
    plain, hostile = spoken
    for address in pages_of(plain):
        for calm, spoken_so in zip(page(plain, address).iter("*"), page(hostile, address).iter("*"), strict=True):
            if isinstance(calm.tag, str) and calm.tag not in _WITHOUT_WORDS:
                assert _calmed(text_of(spoken_so)) == text_of(calm), (address, calm.tag)


# These hold addresses; an anchor made from a heading, and the name of a tick, follow their words.
_ADDRESSES = {"href", "id", "for", "aria-labelledby", "data-md-component", "data-kt-tick"}


def test_hostile_words_create_no_attribute(spoken: tuple[Path, Path]) -> None:
    """Each element has the same attributes, with the words in them as they are: the description, labels, titles."""
    plain, hostile = spoken
    for address in pages_of(plain):
        for calm, spoken_so in zip(page(plain, address).iter("*"), page(hostile, address).iter("*"), strict=True):
            assert set(spoken_so.keys()) == set(calm.keys()), (address, calm.tag)
            for name in set(calm.keys()) - _ADDRESSES:
                assert _calmed(spoken_so.get(name)) == calm.get(name).strip(), (address, calm.tag, name)
            assert not spoken_so.get("href", "").strip().lower().startswith(("javascript:", "data:"))
            assert "evil" not in spoken_so.get("href", "").split("#")[0]


def test_hostile_words_are_found_as_they_are(spoken: tuple[Path, Path]) -> None:
    """The search index, whose entries the browser takes for HTML, holds the same words and no element of theirs."""
    indexes = [json.loads((site / "search/search_index.json").read_text(encoding="utf-8")) for site in spoken]
    for calm, spoken_so in zip(indexes[0]["docs"], indexes[1]["docs"], strict=True):
        assert spoken_so["location"].split("#")[0] == calm["location"].split("#")[0]
        for key in ("title", "text"):
            shown = [html.fragment_fromstring(entry[key], create_parent="div") for entry in (calm, spoken_so)]
            assert [element.tag for element in shown[0].iter("*")] == [element.tag for element in shown[1].iter("*")]
            assert _calmed(text_of(shown[1])) == text_of(shown[0])
