"""A document in one language: title, description and Markdown, made from its outline."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from klartekst.blocks import BLOCKS, Coverage, Link, Page, Words, escaped, plain, traced
from klartekst.documents.outline import Outline, outlines_of
from klartekst.model import Agreement, Label, Register
from klartekst.phrases import Phrases, phrases_with


@dataclass(frozen=True)
class Document:
    """A document in one language."""

    id: str
    path: str
    language: str
    title: str
    description: str
    marked: str
    """Its blocks as Markdown, with marks that lead to the facts and the law (blocks/marks.py)."""

    @property
    def body(self) -> str:
        """Its blocks as Markdown."""
        return plain(self.marked)

    @property
    def markdown(self) -> str:
        """The page: its heading and its blocks."""
        return f"# {escaped(self.title)}\n\n{self.body}\n"

    def traced(self, register: Register) -> str:
        """Return the page with comments that lead from each sentence to its facts and the law."""
        return f"# {escaped(self.title)}\n\n{traced(self.marked, register.place)}\n"


def title(outline: Outline, register: Register, language: str) -> str:
    """Return the title of a document, as plain text."""
    return _worded(outline, register, language, "title", outline.facts.title if outline.facts else None)


def label(outline: Outline, register: Register, language: str) -> str | None:
    """Return what a document for one group of people or one role is called beside its like: them; None for others."""
    name = _label(outline, register)
    return name[language][:1].upper() + name[language][1:] if name and name.has(language) else None


def _label(outline: Outline, register: Register) -> Label | None:
    if (outline.facts and outline.facts.title) or outline.topic:
        return None
    guidance = register.roles[outline.role].guidance if outline.role else None
    return guidance.name if guidance else register.subjects[outline.subject].name if outline.subject else None


def description(outline: Outline, register: Register, language: str) -> str:
    """Return what a document holds, as plain text."""
    return _worded(outline, register, language, "description", outline.facts.description if outline.facts else None)


def _worded(outline: Outline, register: Register, language: str, what: str, own: Label | None) -> str:
    words = phrases_with(language, register.phrases.get(language))
    if own is not None:
        return own[language] if own.has(language) else words("draft/missing")
    if outline.agreement is not None:
        return _of_agreement(outline.agreement, words, language, what)
    if outline.role is not None or outline.topic is not None:
        return _of_guidance(outline, register, words, language, what)
    if outline.subject is None:
        return words(f"document/{outline.id}/{what}", organisation=register.organisation.short_name)
    name = register.subjects[outline.subject].name
    subjects = name[language] if name.has(language) else words("draft/missing")
    return words(f"document/audience/{what}", subjects=subjects)


def _of_agreement(agreement: Agreement, words: Phrases, language: str, what: str) -> str:
    """Return the title or description of an agreement: without the text of clauses, annexes are no agreement."""
    own = agreement.name if what == "title" else agreement.summary
    text = own[language] if own.has(language) else words("draft/missing")
    return words("document/agreement/annexes", agreement=text) if what == "title" and not agreement.clauses else text


def _of_guidance(outline: Outline, register: Register, words: Phrases, language: str, what: str) -> str:
    """Return the title or description of a document for a role, about a topic, or both."""
    kind = outline.id.split("-")[0]
    guidance = register.roles[outline.role].guidance if outline.role else None
    topic = register.guidance[outline.topic].title if outline.topic else None
    labels = {"role": guidance.name if guidance else None, "topic": topic}
    key = f"document/{kind}/{what}"
    return words(key, **{name: _in(labels[name], language, words) for name in words.slots(key)})


def _in(label: Label | None, language: str, words: Phrases) -> str:
    return label[language] if label and label.has(language) else words("draft/missing")


def render_document(
    outline: Outline,
    register: Register,
    language: str,
    address_of: Callable[[str], str] | None = None,
    coverage: tuple[Coverage, ...] = (),
) -> Document:
    """Render one document from what is public in a Register.

    Args:
        outline: which blocks make it.
        register: the published Register.
        language: ISO 639-1.
        address_of: how a link reaches another document by its id; by its Markdown file if left out.
        coverage: what the statement says of each item of Art. 13 and 14, for the coverage map.
    """
    page = page_in(register, language, address_of, coverage)
    around = Words(language, register)
    blocks = (BLOCKS[found.block](register, page, **dict(found.parameters)) for found in outline.directives)
    parts = (_intro(outline, around), *blocks, _about(outline, around, register))
    return Document(
        id=outline.id,
        path=outline.path,
        language=language,
        title=title(outline, register, language),
        description=description(outline, register, language),
        marked="\n\n".join(text for text in parts if text),
    )


def _intro(outline: Outline, words: Words) -> str:
    return str(words.show(outline.facts.intro)) if outline.facts and outline.facts.intro else ""


def _about(outline: Outline, words: Words, register: Register) -> str:
    """Return what is known about the document itself: version, day, keeper, address."""
    return " ".join(_sentences(outline, words, register))


def _sentences(outline: Outline, words: Words, register: Register) -> Iterator[str]:
    facts = outline.facts
    if facts and facts.version:
        yield words.t("about/version", version=facts.version) + words.at(facts, "version")
    if facts and facts.effective:
        yield words.t("about/effective", date=words.date(facts.effective)) + words.at(facts, "effective")
    if facts and facts.owner:
        yield words.t("about/owner", role=register.roles[facts.owner].name) + words.at(facts, "owner")
    if facts and facts.canonical:
        link = words.link(facts.canonical, facts.canonical)
        yield f"{words.t('about/canonical')} {link}{words.at(facts, 'canonical')}"


def page_in(
    register: Register,
    language: str,
    address_of: Callable[[str], str] | None = None,
    coverage: tuple[Coverage, ...] = (),
) -> Page:
    """Return the place of a page among the documents: what it can list or lead to, made when it asks, and once."""

    @cache
    def known() -> dict[str, Outline]:
        return outlines_of(register)

    @cache
    def document(id: str) -> Link | None:
        one = known().get(id)
        return _link(one, register, language) if one and one.is_navigated else None

    @cache
    def documents() -> tuple[Link, ...]:
        listed = (document(id) for id, one in known().items() if one.section and one.on_front)
        return tuple(link for link in listed if link)

    return Page(language, address_of or (lambda id: f"{known()[id].path}.md"), documents, document, coverage)


def _link(outline: Outline, register: Register, language: str) -> Link:
    texts = title(outline, register, language), description(outline, register, language)
    return Link(outline.id, *texts, outline.subject, outline.role, _label(outline, register))
