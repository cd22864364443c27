"""A whole site's words: loaded, checked and rendered in every language, before anything is written."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath

from klartekst.blocks import BLOCKS
from klartekst.check import check
from klartekst.documents.document import Document, page_in, render_document
from klartekst.documents.handwritten import check_page, expand
from klartekst.documents.outline import outlines
from klartekst.load import load
from klartekst.model import Finding, Place, Register, is_broken

_Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HandWritten:
    """A page that somebody wrote: the file, and what it is a page of."""

    language: str
    path: str
    """The path without ending and language, `guides/start`: the same for its translations."""
    source: str
    """The path of the file inside the content folder."""
    file: FilePath
    shown_as: str

    def text(self) -> str:
        """Return the text of the file.

        Raises:
            OSError, UnicodeDecodeError: it cannot be read.
        """
        return self.file.read_text("utf-8-sig")


@dataclass(frozen=True)
class Composition:
    """What composing a site gave."""

    register: Register | None
    """What is public, or None where it could not be read."""
    documents: Mapping[tuple[str, str], Document]
    """The default pages by language and path, where nobody wrote one."""
    findings: tuple[Finding, ...]

    @property
    def broken(self) -> bool:
        """Whether there is an error, so that nothing may be published."""
        return is_broken(self.findings)


def compose(
    data: FilePath, shown_as: str, languages: Iterable[str], written: Iterable[HandWritten], asked_at: Place
) -> Composition:
    """Load, check and render everything that a site needs.

    Args:
        data: the data folder.
        shown_as: how findings name that folder.
        languages: the languages that the site builds, ISO 639-1.
        written: the pages that somebody wrote.
        asked_at: where the site's configuration names its languages.

    Returns:
        All findings, and, if none is an error, all default pages. Bad input raises nothing; a defect of the product
        (a template, a phrase) does.
    """
    languages, written = tuple(languages), tuple(written)
    loaded = load(data, shown_as)
    findings = [*loaded.findings]
    if loaded.register is not None:
        findings += check(loaded.register)
        findings += _other_languages(loaded.register, languages, asked_at)
    public = loaded.register.published() if loaded.register and not is_broken(findings) else None
    for page in written:
        findings += _check_written(page, public)
    found = tuple(sorted(set(findings)))
    if public is None or is_broken(found):
        return Composition(None, {}, found)
    taken = {(page.language, page.path): page.source for page in written}
    documents = {
        (language, outline.path): render_document(
            outline, public, language, _addresses(language, posixpath.dirname(outline.path), taken)
        )
        for language in languages
        for outline in outlines().values()
        if (language, outline.path) not in taken
    }
    return Composition(public, documents, found)


class Expansion:
    """Puts blocks into hand-written pages; what reads the same on many pages is rendered once."""

    def __init__(self, register: Register, written: Iterable[HandWritten]) -> None:
        """Take the published Register and all pages that somebody wrote."""
        self._register = register
        self._taken = {(page.language, page.path): page.source for page in written}
        self._block = cache(self._render)

    def __call__(self, text: str, page: HandWritten) -> str:
        """Return a hand-written page with its blocks in place."""
        address_of = _addresses(page.language, posixpath.dirname(page.source), self._taken)
        addresses = tuple((id, address_of(id)) for id in outlines())
        return expand(
            text, page.shown_as, lambda found: self._block(found.block, found.parameters, page.language, addresses)
        )

    def _render(self, block: str, parameters: _Pairs, language: str, addresses: _Pairs) -> str:
        page = page_in(language, dict(addresses).__getitem__)
        return BLOCKS[block](self._register, page, **dict(parameters))


def _addresses(language: str, folder: str, taken: Mapping[tuple[str, str], str]) -> Callable[[str], str]:
    """Return how a page in a folder reaches another document of its language: by the Markdown file."""

    def address_of(id: str) -> str:
        path = outlines()[id].path
        return posixpath.relpath(taken.get((language, path), f"{path}.md"), folder or ".")

    return address_of


def _other_languages(register: Register, languages: tuple[str, ...], at: Place) -> Iterator[Finding]:
    declared = register.organisation.languages
    for language in languages:
        if language not in declared:
            message = (
                f'the site builds "{language}", which is not a language of organisation.yml ({", ".join(declared)}). '
                "Add it there, with its texts, or take it out here"
            )
            yield Finding(at, "language/not-declared", message)


def _check_written(page: HandWritten, register: Register | None) -> list[Finding]:
    try:
        return check_page(page.text(), page.shown_as, page.language, register)
    except UnicodeDecodeError:
        return [Finding(Place(page.shown_as), "page/unreadable", "the page is not UTF-8. Save it as UTF-8")]
    except OSError as error:
        message = f"the page cannot be read: {error.strerror}"
        return [Finding(Place(page.shown_as), "page/unreadable", message)]
