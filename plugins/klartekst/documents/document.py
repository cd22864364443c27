"""A document in one language: title, description and Markdown, made from its outline."""

from collections.abc import Callable
from dataclasses import dataclass

from klartekst.blocks import BLOCKS, Page, escaped
from klartekst.documents.outline import Outline, outlines
from klartekst.model import Register
from klartekst.phrases import phrases


@dataclass(frozen=True)
class Document:
    """A document in one language."""

    id: str
    path: str
    language: str
    title: str
    description: str
    body: str

    @property
    def markdown(self) -> str:
        """The page: its heading and its blocks."""
        return f"# {escaped(self.title)}\n\n{self.body}\n"


def title(outline: Outline, register: Register, language: str) -> str:
    """Return the title of a document, as plain text."""
    return phrases(language)(f"document/{outline.id}/title", organisation=register.organisation.short_name)


def render_document(
    outline: Outline, register: Register, language: str, address_of: Callable[[str], str] | None = None
) -> Document:
    """Render one document from what is public in a Register.

    Args:
        outline: which blocks make it.
        register: the published Register.
        language: ISO 639-1.
        address_of: how a link reaches another document by its id; by its Markdown file if left out.
    """
    page = page_in(language, address_of or (lambda id: f"{outlines()[id].path}.md"))
    blocks = (BLOCKS[name](register, page) for name in outline.blocks)
    description = phrases(language)(f"document/{outline.id}/description", organisation=register.organisation.short_name)
    return Document(
        id=outline.id,
        path=outline.path,
        language=language,
        title=title(outline, register, language),
        description=description,
        body="\n\n".join(text for text in blocks if text),
    )


def page_in(language: str, address_of: Callable[[str], str]) -> Page:
    """Return the place of a page among the documents: all of them but the front page can be listed on it."""
    listed = tuple(id for id, outline in outlines().items() if outline.section)
    return Page(language, address_of, listed)
