"""A whole site's words: loaded, checked and rendered in every language, before anything is written."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path as FilePath

from klartekst.blocks import BLOCKS, Coverage
from klartekst.documents.coverage import coverage, place_of_statement, statement_path, unsaid
from klartekst.documents.document import Document, page_in, render_document
from klartekst.documents.examine import examine
from klartekst.documents.handwritten import check_page, directives, expand
from klartekst.documents.outline import Outline, outlines_of
from klartekst.model import Finding, Place, Register, is_broken, missing

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
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    """The documents of the site by id, in the order of the navigation."""
    coverage: Mapping[str, tuple[Coverage, ...]] = field(default_factory=dict)
    """What the statement says of each item of Art. 13 and 14, by language."""

    @property
    def broken(self) -> bool:
        """Whether there is an error, so that nothing may be published."""
        return is_broken(self.findings)

    @property
    def missing(self) -> int:
        """How many facts are not stated yet: the site is a draft while there are any."""
        return missing(self.findings)


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
    examined = examine(data, shown_as)
    findings = [*examined.findings]
    if examined.register is not None:
        findings += _other_languages(examined.register, languages, asked_at)
    public = examined.register.published() if examined.register and not is_broken(findings) else None
    for page in written:
        findings += _check_written(page, public)
    if public is None or is_broken(findings):
        return Composition(None, {}, tuple(sorted(set(findings))))
    return _composed(public, languages, written, findings)


_UNREAD = (
    "this statement holds no block, so nobody can tell what it says of Articles 13 and 14. Place blocks in it, or read "
    "it against the law yourself"
)


def _composed(
    register: Register, languages: tuple[str, ...], written: tuple[HandWritten, ...], findings: list[Finding]
) -> Composition:
    known = outlines_of(register)
    by_page = {(page.language, page.path): page for page in written}
    taken = {key: page.source for key, page in by_page.items()}
    documents: dict[tuple[str, str], Document] = {}
    covered: dict[str, tuple[Coverage, ...]] = {}
    path = statement_path(register)
    for language in languages:
        own = by_page.get((language, path))
        if own is not None and not directives(own.text(), own.shown_as)[0]:
            covered[language] = ()
            findings.append(Finding(Place(own.shown_as), "coverage/unread", _UNREAD, "info"))
        else:
            statement, place = _statement(register, language, own, taken)
            covered[language] = coverage(statement, register)
            findings += unsaid(covered[language], register, place)
        for outline in known.values():
            if (language, outline.path) not in taken:
                address_of = _addresses(known, language, posixpath.dirname(outline.path), taken)
                document = render_document(outline, register, language, address_of, covered[language])
                documents[language, outline.path] = document
    return Composition(register, documents, tuple(sorted(set(findings))), known, covered)


def _statement(
    register: Register, language: str, written: HandWritten | None, taken: Mapping[tuple[str, str], str]
) -> tuple[str, Place]:
    """Return the statement of a language with its marks, and the file that says what stands in it."""
    known = outlines_of(register)
    if written is None:
        address_of = _addresses(known, language, "", taken)
        document = render_document(known["statement"], register, language, address_of)
        return document.marked, place_of_statement(register)
    expansion = Expansion(register, [written])
    return expansion(written.text(), written), Place(written.shown_as)


class Expansion:
    """Puts blocks into hand-written pages; what reads the same on many pages is rendered once."""

    def __init__(
        self,
        register: Register,
        written: Iterable[HandWritten],
        covered: Mapping[str, tuple[Coverage, ...]] | None = None,
    ) -> None:
        """Take the published Register, all pages that somebody wrote, and what the statement says."""
        self._register = register
        self._taken = {(page.language, page.path): page.source for page in written}
        self._covered = covered or {}
        self._known = outlines_of(register)
        self._block = cache(self._render)

    def __call__(self, text: str, page: HandWritten) -> str:
        """Return a hand-written page with its blocks in place, with marks (blocks/marks.py)."""
        address_of = _addresses(self._known, page.language, posixpath.dirname(page.source), self._taken)
        addresses = tuple((id, address_of(id)) for id in self._known)
        return expand(
            text, page.shown_as, lambda found: self._block(found.block, found.parameters, page.language, addresses)
        )

    def _render(self, block: str, parameters: _Pairs, language: str, addresses: _Pairs) -> str:
        covered = self._covered.get(language, ())
        page = page_in(self._register, language, dict(addresses).__getitem__, covered)
        return BLOCKS[block](self._register, page, **dict(parameters))


def _addresses(
    known: Mapping[str, Outline], language: str, folder: str, taken: Mapping[tuple[str, str], str]
) -> Callable[[str], str]:
    """Return how a page in a folder reaches another document of its language: by the Markdown file."""

    def address_of(id: str) -> str:
        path = known[id].path
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
