"""Words of the glossary lead to their definition: once a page, and only in running text."""

import re
from typing import Any

import lxml.html
import markdown
import pytest
from tests.blocks.test_markdown import DIALECTS, PAINS, is_valid, shown
from tests.blocks.variants import changed, everything, published
from tests.conftest import LANGUAGES

from klartekst.blocks import BLOCKS, Page, escaped, plain
from klartekst.blocks.explained import explained
from klartekst.blocks.markdown import prose
from klartekst.blocks.marks import fact_mark, said_mark
from klartekst.documents import outlines_of, render_document
from klartekst.model import Register, Term
from klartekst.model.text import Line

LINK = re.compile(r"\[([^\]]*)\]\(#term-([a-z0-9-]+)\)")


def term(id: str, word: str, forms: str | None = None, definition: str = "Noget.") -> Term:
    """Return a word of the glossary, the same in each language."""
    words: dict[str, Any] = {"term": word, "definition": definition, **({"forms": forms} if forms else {})}
    return Term.model_validate({"id": id, **{key: dict.fromkeys(LANGUAGES, text) for key, text in words.items()}})


def with_terms(*terms: Term) -> Register:
    """Return facts whose glossary has these words and no other."""
    return changed(everything(), ("glossary",), {one.id: one for one in terms})  # type: ignore[no-any-return]


BREACH = term("breach", "Brud på sikkerheden", "brud, bruddet, bruddet på sikkerheden")
SECURITY = term("security", "Sikkerheden")
PROCESSOR = term("processor", "Processor", "processors, processor's")


def links(text: str, *terms: Term) -> list[tuple[str, str]]:
    """Return what leads to a definition: the words, and the term."""
    return LINK.findall(explained(text, with_terms(*terms), "da"))


# -- which word ------------------------------------------------------------------------------------------------------


def test_the_first_use_leads_to_the_definition_and_no_other() -> None:
    """Of a word in three forms on three lines, the first is a link; the text is the same but for it."""
    text = "Et brud.\n\n- bruddet\n- Brud på sikkerheden"
    assert links(text, BREACH) == [("brud", "breach")]
    assert explained(text, with_terms(BREACH), "da").startswith("Et [brud](#term-breach).\n\n- bruddet\n- Brud på")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Et brud på sikkerheden.", [("brud på sikkerheden", "breach")]),
        ("Bruddet på sikkerheden.", [("Bruddet på sikkerheden", "breach")]),
        ("Et brud. Så går sikkerheden.", [("brud", "breach"), ("sikkerheden", "security")]),
        ("Sikkerheden. Et brud på sikkerheden.", [("Sikkerheden", "security"), ("brud på sikkerheden", "breach")]),
    ],
)
def test_the_longest_form_at_a_place_counts(text: str, expected: list[tuple[str, str]]) -> None:
    """A word inside a longer term is not what is meant, in whichever order the glossary has them."""
    assert links(text, BREACH, SECURITY) == links(text, SECURITY, BREACH) == expected


@pytest.mark.parametrize("text", ["sub-processor", "processor-like", "preprocessor", "processorer", "procéssor"])
def test_a_part_of_a_word_is_no_word(text: str) -> None:
    """Letters and hyphens belong to the word they stand in."""
    assert links(f"En {text} her.", PROCESSOR) == []


@pytest.mark.parametrize("text", ["the processor's list", "(processor)", "»processor«", "processor.", "PROCESSOR, too"])
def test_signs_around_a_word_are_no_part_of_it(text: str) -> None:
    """A word is found beside the signs that a page escapes, and in capitals; a form with a sign in it is whole."""
    found = links(str(escaped(f"It is {text}")), PROCESSOR)
    assert [id for _, id in found] == ["processor"]
    assert (found[0][0] == "processor&#39;s") == ("'s" in text)


def test_a_term_with_a_comma_is_one_word_and_forms_are_many() -> None:
    """Commas part the forms and nothing else; empty forms are none."""
    law = term("law", "Lov, orden", " regel ,, regler,")
    assert links("Orden. Lov. Lov, orden. Regler.", law) == [("Lov, orden", "law")]
    assert links("Regler, regel.", law) == [("Regler", "law")]
    assert links("Orden, lov.", law) == []


def test_letters_that_only_look_like_a_form_raise_nothing() -> None:
    """A Turkish capital is like an i to whoever ignores case, and no key of the glossary."""
    assert links("İnd i det", term("in", "ind")) == []


def test_a_term_without_words_in_a_language_is_not_looked_for() -> None:
    """In a draft, a word may lack a language."""
    half = Term.model_validate({"id": "half", "term": {"nb": "brudd"}, "definition": {"nb": "Noe."}})
    assert explained("Et brudd.", with_terms(half), "da") == "Et brudd."


def test_words_that_are_not_used_are_not_explained() -> None:
    """Only what stands on the page is defined at its end, in the order of the glossary, and no link is in it."""
    about = term("about", "Andet", definition="Et brud og sikkerheden.")
    text = explained("Et brud, og andet.", with_terms(SECURITY, about, BREACH), "da")
    assert re.findall(r'<span id="term-([a-z]+)">', text) == ["about", "breach"]
    assert len(LINK.findall(text)) == 2
    assert explained("Intet.", with_terms(SECURITY), "da") == "Intet."
    assert explained("Et brud.", changed(everything(), ("glossary",), {}), "da") == "Et brud."


def test_a_glossary_is_prepared_once_for_all_pages_of_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page looks for the same words; another glossary, or another language, has words of its own."""
    prepared: list[str] = []

    def noted(text: str) -> str:
        prepared.append(text)
        return escaped(text)

    monkeypatch.setattr("klartekst.blocks.explained.escaped", noted)
    law = Term.model_validate({"id": "law", "term": {"da": "Lovregel", "nb": "Lovregelen"}, "definition": {"da": "."}})
    for language in ("da", "nb", "da", "nb"):
        assert "[lovregel" in explained("Se lovregel, lovregelen.", with_terms(law), language)
    assert prepared == ["Lovregel", "Lovregelen"]
    assert links("Se lovregel.", BREACH) == []


# -- where -----------------------------------------------------------------------------------------------------------

ELSEWHERE = [
    "## Et brud {: #brud }", "| brud | andet |", "<summary>brud</summary>", '<div class="brud" aria-label="brud">',
    "[brud](<https://x.example/>)", "- Se [et brud her](<brud.md>)", "**Er det et brud?**", "> brud",
    "Se [det](<https://x.example/a(b)/brud>) her.", 'Se <span lang="brud">det</span> her.',
    f"Se{fact_mark(('guidance', 'brud', 'what'))} her.", f"Se{said_mark('13.1.a', 'brud')} her.",
    "    <!-- brud -->",
]  # fmt: skip


@pytest.mark.parametrize("line", ELSEWHERE)
def test_nothing_but_running_text_gets_a_link(line: str) -> None:
    """Headings, tables, tags, other links, marks and words in bold alone stay, character for character."""
    assert explained(line, with_terms(BREACH), "da") == line
    after = explained(f"{line}\n\nEt brud.", with_terms(BREACH), "da")
    assert after.startswith(f"{line}\n\nEt [brud](#term-breach).")


def test_a_number_is_no_part_of_a_reference() -> None:
    """A sign that stands as its number is not the number."""
    assert links("a&#39;b er 39", term("number", "39")) == [("39", "number")]


# -- on pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_of_guidance_links_each_of_its_words_once(language: str) -> None:
    """Every link has its definition on the page, every definition one link, and some page has three or more."""
    most = 0
    for outline in outlines_of(published()).values():
        text = render_document(outline, published(), language).markdown
        linked = [id for _, id in LINK.findall(text)]
        assert sorted(linked) == sorted(re.findall(r'id="term-([a-z0-9-]+)"', text)), outline.id
        assert len(linked) == len(set(linked))
        most = max(most, len(linked))
    assert most >= 3


@pytest.mark.parametrize("name", ["role", "topic", "answer", "breach-plan"])
def test_a_block_for_all_of_them_explains_a_word_once(name: str) -> None:
    """Placed without a key, a block says many things one after the other, and defines each word once."""
    found = re.findall(r'id="term-([a-z0-9-]+)"', BLOCKS[name](published(), Page("da")))
    assert found
    assert len(found) == len(set(found))


def test_a_page_reads_the_same_with_and_without_links() -> None:
    """Links change no word: what a reader sees before the list of words is the text without a glossary."""
    bare = changed(published(), ("glossary",), {})
    for id in ("breach", "processors"):
        page = Page("da", published_address)
        text = str(BLOCKS["topic"](published(), page, topic=id))
        words = plain(text).split("\n## Ord på siden")[0]
        assert LINK.sub(r"\1", words).strip() == plain(BLOCKS["topic"](bare, page, topic=id)).strip()


def published_address(document: str) -> str:
    return f"{document}.md"


# -- whatever somebody calls a thing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("text", [text for text in PAINS if is_valid(Line, text)])
def test_a_term_that_means_something_shows_as_itself(text: str, dialect: str) -> None:
    """Whatever a word of the glossary looks like, page and link show it, and the link leads to its definition."""
    source = explained(f"Et afsnit.\n\nHer er {escaped(text)} igen.", with_terms(term("pain", text)), "da")
    page = lxml.html.fragment_fromstring(DIALECTS[dialect].reset().convert(plain(source)), create_parent=True)
    paragraph = page.findall(".//p")[1]
    assert shown(paragraph.text_content()) == shown(f"Her er {text} igen.")
    assert [(one.tag, one.get("href")) for one in paragraph.iterdescendants()] in ([("a", "#term-pain")], [])
    if paragraph.find("a") is not None:
        assert shown(paragraph.find("a").text_content()) == shown(text)
        assert [shown(one.text_content()) for one in page.iter("span") if one.get("id") == "term-pain"] == [shown(text)]


@pytest.mark.parametrize("text", [r".*", r"(a|b)+", r"[a-z]", r"\w", "a.c", "$", "^x", "a{2}"])
def test_a_term_is_no_pattern(text: str) -> None:
    """Signs of regular expressions mean themselves."""
    assert links("abc aa x $ zz", term("pattern", text)) == []


def test_prose_keeps_its_structure_around_a_link() -> None:
    """In emphasis, in a list and beside a link of its own, a word leads to its definition."""
    text = "Det er *et brud* her.\n\n- punkt om [sikkerheden](https://x.example)\n- sikkerheden"
    html = markdown.markdown(plain(explained(str(prose(text)), with_terms(BREACH, SECURITY), "da")))
    page = lxml.html.fragment_fromstring(html, create_parent=True)
    found = [(one.getparent().tag, one.get("href")) for one in page.iter("a")]
    assert found == [("em", "#term-breach"), ("li", "https://x.example"), ("li", "#term-security")]
