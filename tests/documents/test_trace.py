"""From each sentence of the built site back to its fact and the law: in the page's source, and in a map beside it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import lxml.html
import markdown
import pytest
import yaml
from tests.blocks.test_markdown import DIALECTS
from tests.blocks.variants import published
from tests.conftest import LANGUAGES, ROOT, mkdocs
from tests.documents.built import comments, content, file_of, page, squeezed, visible

from klartekst.blocks import plain, traced
from klartekst.blocks.marks import fact_mark, said_mark
from klartekst.documents import outlines_of, render_document, sentences
from klartekst.law import notice_items
from klartekst.model import COLLECTIONS, Label, Place, translations

MAP = "klartekst-trace.json"
COMMENT = re.compile(r"(fact \S+:\d+:\d+|article \d[\w.]*)$")


@pytest.fixture(scope="module")
def traces(site: Path) -> dict[str, list[dict[str, Any]]]:
    """The map from sentences to facts that is published beside the pages, by page."""
    return dict(json.loads((site / MAP).read_text("utf-8"))["pages"])


def language_of(address: str) -> str:
    first = address.split("/")[0]
    return first if first in LANGUAGES else LANGUAGES[0]


# -- every label leads to its line --------------------------------------------------------------------------------


def words_in_files() -> Iterator[tuple[str, str, str, int]]:
    """Yield each text of a language in the facts: the file, its path, the text and its line, as YAML itself has it."""
    for file in sorted((ROOT / "data").rglob("*.yml")):
        name = file.relative_to(ROOT).as_posix()
        for path, text, line in _words(yaml.compose(file.read_text("utf-8"), yaml.BaseLoader), ()):
            yield name, path, text, line


def _words(node: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _words_of(key, value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _words(item, (*path, str(index)))


def _words_of(key: Any, value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str, int]]:
    if isinstance(value, yaml.ScalarNode) and path[-1] in LANGUAGES:
        yield "/".join(path), value.value, key.start_mark.line + 1
    else:
        yield from _words(value, path)


def labels() -> set[tuple[str, str]]:
    """Return the texts of labels that may be published, by language, as the model reads them."""
    entities: list[Any] = [published().organisation]
    entities += [thing for name in COLLECTIONS for thing in getattr(published(), name).values()]
    found = (words for entity in entities for _, words in translations(entity) if isinstance(words, Label))
    return {(language, words[language]) for words in found for language in words.languages}


def pieces(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [squeezed(piece) for piece in re.split(r"(?<=[.!?])\s+(?=[^\W\d_])", text)]


UNTRACED = {
    "documents/": "titles and descriptions of documents stand around the page, where no comment can",
    "/forms/": "by its other forms a word is found on a page, where it stands in somebody else's sentence",
}
"""Labels that no sentence of the content leads back to, each with its reason."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_label_on_a_page_leads_to_its_line(
    site: Path, traces: dict[str, list[dict[str, Any]]], language: str
) -> None:
    """Wherever on the site the words of a label stand, a sentence with them names the line where they stand in YAML."""
    found = [sentence for address, all in traces.items() if language_of(address) == language for sentence in all]
    spoken = [(squeezed(sentence["text"]), sentence["facts"]) for sentence in found]
    everywhere = " ".join(visible(content(file)) for file in pages(site, language))
    lost, seen = [], 0
    for file, path, text, line in words_in_files():
        if not path.endswith(f"/{language}") and path != language:
            continue
        if (language, text.strip()) not in labels() or any(part in f"{file}/{path}" for part in UNTRACED):
            continue
        for piece in pieces(text):
            if piece in everywhere:
                seen += 1
                place = f"{file}:{line}:"
                if not any(piece in said and any(fact.startswith(place) for fact in facts) for said, facts in spoken):
                    lost.append((place, piece))
    assert lost == []
    assert seen > 400, "the demonstration has hundreds of labels"


def pages(site: Path, language: str) -> list[Path]:
    """Return the pages that the documents of a language are."""
    found = (file_of(site, outline.path, language) for outline in outlines_of(published()).values())
    return [file for file in found if file.exists()]


def test_each_place_in_the_map_is_a_line_that_has_something(traces: dict[str, list[dict[str, Any]]]) -> None:
    """No place is made up: the file is there, and on its line something stands at the column."""
    facts = {fact for found in traces.values() for sentence in found for fact in sentence["facts"]}
    assert len(facts) > 500
    for fact in facts:
        file, line, column = fact.rsplit(":", 2)
        text = (ROOT / file).read_text("utf-8").split("\n")[int(line) - 1]
        assert text[int(column) - 1 :].strip(), fact


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_of_the_law_is_in_the_map(traces: dict[str, list[dict[str, Any]]], language: str) -> None:
    """Sentences of the statement name the provisions they answer, all that apply; an activity's stand under it."""
    address = "privacy/" if language == LANGUAGES[0] else f"{language}/privacy/"
    stated = {article for sentence in traces[address] for article in sentence["articles"]}
    assert set(notice_items()) - stated <= {"13.1.a.representative", "13.1.b"}
    for sentence in traces[address]:
        if "13.1.c" in sentence["articles"]:
            assert sentence["anchor"].startswith("activity-")


def test_the_map_tells_the_same_as_the_source_of_each_page(site: Path, traces: dict[str, list[dict[str, Any]]]) -> None:
    """Whatever fact a comment of a page names is in the map, under that page, and the other way round."""
    for address, found in traces.items():
        said = {unquote(one.removeprefix("fact ")) for one in comments(content(site / address / "index.html"))}
        mapped = {fact for sentence in found for fact in sentence["facts"]}
        assert mapped <= said
        assert {one for one in said if one.startswith("data/")} == mapped


# -- comments stay comments ---------------------------------------------------------------------------------------


def test_no_comment_shows_as_text(site: Path) -> None:
    """On no page, in no title, in no list of headings and in no search index does a reader meet a trace."""
    files = [*site.rglob("*.html")]
    assert len(files) > 30
    for file in files:
        text = visible(page(file))
        assert "<!--" not in text
        assert "-->" not in text
        assert not re.search(r"(fact|article) (data/|1[34]\.\d)", text), file
    for index in site.rglob("search*.json"):
        assert not re.search(r"<!--|fact data/|article 1[34]\.", index.read_text("utf-8"))


def test_each_comment_is_a_place_or_a_provision(site: Path) -> None:
    """Nothing else of the product gets into the source of a page."""
    found = {one for file in site.rglob("*.html") for one in comments(page(file))}
    assert [one for one in found if one.startswith(("fact", "article")) and not COMMENT.match(one)] == []
    assert len([one for one in found if one.startswith("fact")]) > 500


HOSTILE = [
    "a--><script>alert(1)</script><!--", "a b", "a`b", "[x](y)", "{: .x }", "blåbær", "--8<-- fil", "a--b", "-",
    "a_b_c", "*a*", "<b>", "&copy;", ":smile:", "a|b", "\\", "ting\tmere", "linje\n\n# skift", "{{ x }}", "'\"",
    "==a==", "~~b~~", "@lindeby", "https://x.example", "%2D", "[TOC]", "++ctrl++", "\udce6",
]  # fmt: skip
"""Names that a folder can have, and that mean something to Markdown, to an extension or to HTML."""


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_folder_with_any_name_stays_inside_the_comment(name: str, dialect: str) -> None:
    """The page reads as without traces, in every place of a page, and the map names the folder as it is called."""
    mark = f"{fact_mark(('retention', 'x', 'covers'))}{said_mark('13.2.a', 'x')}"
    text = f"## Hvor længe{mark} {{: #how }}\n\nEt år{mark}. To år{mark}.\n\n- punkt{mark}\n\nord\n:   sagt{mark}\n"
    place = Place(f"{name}/retention.yml", 3, 5)
    html = DIALECTS[dialect].reset().convert(traced(text, lambda path: place))
    bare = DIALECTS[dialect].reset().convert(plain(text))
    shown, expected = (lxml.html.fragment_fromstring(one, create_parent=True) for one in (html, bare))
    assert visible(shown) == visible(expected)
    assert [one.tag for one in shown.iter("script", "h1", "b", "em", "code")] == []
    found = sentences(html)
    assert {fact for sentence in found for fact in sentence.facts} == {str(place)}
    assert {article for sentence in found for article in sentence.articles} == {"13.2.a"}
    assert [sentence.text for sentence in found if sentence.facts] == [
        "Hvor længe",
        "Et år.",
        "To år.",
        "punkt",
        "sagt",
    ]


# -- what is inside stays inside ----------------------------------------------------------------------------------


def _hide(project: Path) -> None:
    """Put notes and a whole thing that is internal among the facts."""
    with (project / "data/roles.yml").open("a", encoding="utf-8") as roles:
        words = "".join(f"    {language}: kvidderkrat-rolle\n" for language in LANGUAGES)
        roles.write(f"kvidderkrat:\n  internal: true\n  name:\n{words}")
    for file in (project / "data/activities").glob("*.yml"):
        text = file.read_text("utf-8")
        if "\ninternal:" not in text:
            file.write_text(f"{text}internal: kvidderkrat-note\n", "utf-8")


def test_traces_tell_nothing_internal(project: Path) -> None:
    """No page source and no map holds a note, an internal thing, its id, or the path of this machine."""
    _hide(project)
    result = mkdocs("build", cwd=project)
    assert result.returncode == 0, result.stderr
    for file in (project / "site").rglob("*"):
        if file.suffix in {".html", ".json", ".xml"}:
            text = file.read_text("utf-8")
            assert "kvidderkrat" not in text, file
            assert str(project) not in text, file


def test_without_traces_there_is_neither_comment_nor_map(project: Path) -> None:
    """`trace: false` leaves both away, on default pages and on those that somebody wrote, and the words stay."""
    assert mkdocs("build", "-d", "traced", cwd=project).returncode == 0
    configuration = project / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    assert text.count("  - klartekst\n") == 1
    configuration.write_text(text.replace("  - klartekst\n", "  - klartekst:\n      trace: false\n"), "utf-8")
    assert mkdocs("build", cwd=project).returncode == 0
    assert not list((project / "site").rglob(MAP))
    for file in (project / "site").rglob("*.html"):
        assert [one for one in comments(page(file)) if one.startswith(("fact", "article"))] == []
        assert visible(page(file)) == visible(page(project / "traced" / file.relative_to(project / "site")))


# -- sentences ----------------------------------------------------------------------------------------------------


def test_prose_leads_back_from_each_of_its_sentences() -> None:
    """Not only the last one: every sentence, item and paragraph of a text names the line of that text."""
    register = published()
    html = markdown.markdown(
        render_document(outlines_of(register)["statement"], register, "da").traced(register),
        extensions=["attr_list", "def_list", "md_in_html", "toc"],
    )
    identity = register.organisation.rights
    assert identity
    place = str(register.place(("organisation", "rights", "identity_check", "da")))
    text = squeezed(identity.identity_check["da"])
    own = [sentence for sentence in sentences(html) if place in sentence.facts]
    assert len(own) >= len(pieces(text))


def test_a_heading_of_two_sentences_has_the_facts_below_it() -> None:
    """A heading can hold no comment, so they stand right below it; those of the next paragraph are not its own."""
    html = "<h3>Hvem? Os</h3><!-- fact a:1:1 --><!-- fact a:2:1 --><p>Svar.<!-- fact a:3:1 --></p><!-- fact a:4:1 -->"
    assert [(one.text, one.facts) for one in sentences(html)] == [
        ("Hvem?", ["a:1:1", "a:2:1"]),
        ("Os", ["a:1:1", "a:2:1"]),
        ("Svar.", ["a:3:1"]),
    ]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_fact_of_a_heading_stays_right_below_it(dialect: str) -> None:
    """Markdown moves a second comment of a line to the end of the page, so each has a line of its own."""
    marks = "".join(fact_mark(("retention", str(number), "covers")) for number in (1, 2, 3))
    source = traced(f"### Hvem? Os{marks} {{: #who }}\n\nEt svar.", lambda path: Place(f"a{path[1]}", 1, 1))
    found = sentences(DIALECTS[dialect].reset().convert(source))
    assert [(one.text, one.facts) for one in found] == [
        (text, ["a1:1:1", "a2:1:1", "a3:1:1"]) for text in ("Hvem?", "Os")
    ]


def test_a_comment_without_words_is_about_what_stands_above_it() -> None:
    """A provision that is noted after a list belongs to each item under the same term."""
    html = "<dl><dt>Formål</dt><dd><ul><li>Et.<!-- fact a:1:1 --></li><li>To.<!-- fact a:2:1 --></li></ul>"
    found = sentences(html + "<p><!-- article 13.1.c --></p></dd><dt>Andet</dt><dd>Tre.<!-- fact a:3:1 --></dd></dl>")
    assert [(one.text, one.facts, one.articles) for one in found] == [
        ("Formål", [], ["13.1.c"]),
        ("Et.", ["a:1:1"], ["13.1.c"]),
        ("To.", ["a:2:1"], ["13.1.c"]),
        ("Tre.", ["a:3:1"], []),
    ]
