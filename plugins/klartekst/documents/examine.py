"""Everything that can be found in a data folder without a site: shape, rules, documents, what a statement lacks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from types import MappingProxyType

from klartekst.check import check
from klartekst.documents.coverage import STATEMENT, coverage, place_of_statement, unsaid
from klartekst.documents.directive import problems, read_directive
from klartekst.documents.document import render_document
from klartekst.documents.outline import MADE, Outline, outlines, outlines_of
from klartekst.load import load, nearest
from klartekst.model import DocumentFacts, Finding, Path, Register, is_broken


@dataclass(frozen=True)
class Examined:
    """What examining a data folder gave."""

    register: Register | None
    """The whole Register, internal entities included; None where there is no readable organisation."""
    findings: tuple[Finding, ...]
    """Everything that is wrong or missing, by place; what the statement leaves out is not among it yet."""
    files_read: int


def examine(folder: FilePath, shown_as: str | None = None) -> Examined:
    """Load a data folder and apply every rule, and those about documents.

    Args:
        folder: the folder that holds `organisation.yml`.
        shown_as: how findings name the folder; as given if left out.
    """
    loaded = load(folder, shown_as)
    findings = [*loaded.findings]
    if loaded.register is not None:
        findings += [*check(loaded.register), *document_findings(loaded.register)]
    return Examined(loaded.register, tuple(sorted(set(findings))), loaded.files_read)


def unsaid_by_default(register: Register) -> tuple[Finding, ...]:
    """Return what the statement made from its outline leaves out; a hand-written one may differ.

    Args:
        register: the whole Register, without errors.
    """
    public = register.published()
    outline = outlines_of(public)[STATEMENT]
    if outline.blocks == outlines()[STATEMENT].blocks:
        return ()  # our own outline leaves nothing out: tests see to it, and rendering takes longer than all rules
    statement = render_document(outline, public, public.organisation.languages[0])
    return tuple(unsaid(coverage(statement.marked, public), public, place_of_statement(public)))


def examine_all(folder: FilePath) -> Examined:
    """Examine a data folder and the statement that would be made from it."""
    found = examine(folder)
    if found.register is None or is_broken(found.findings):
        return found
    return Examined(found.register, (*found.findings, *unsaid_by_default(found.register)), found.files_read)


def document_findings(whole: Register) -> Iterator[Finding]:
    """Yield what is wrong with the owner's own documents, those that are published."""
    register = whole.published()
    made = outlines_of(whole)  # of what is internal, too: its document is no mistake, and goes to the other party
    for id, facts in register.documents.items():
        for path, rule, message in (*_blocks(facts), *_incomplete(id, facts), *_unmade(id, made)):
            yield Finding(register.place(("documents", id, *path)), f"document/{rule}", message)
        for index, block in enumerate(facts.blocks or ()):
            directive = read_directive(block)
            for rule, message in problems(directive, register) if directive else ():
                yield Finding(register.place(("documents", id, "blocks", index)), f"document/{rule}", message)
    yield from _clashes(register)


_Problem = tuple[Path, str, str]


def _blocks(facts: DocumentFacts) -> Iterator[_Problem]:
    for index, block in enumerate(facts.blocks or ()):
        if read_directive(block) is None:
            message = f'"{block}" cannot be read. Write a block and its keys: retention subject=clients'
            yield ("blocks", index), "unreadable", message


def _incomplete(id: str, facts: DocumentFacts) -> Iterator[_Problem]:
    if id not in outlines() and id.split("-")[0] not in MADE:
        for key in ("title", "description", "blocks"):
            if getattr(facts, key) is None:
                yield (), "incomplete", f'"{id}" is a document of your own and has no {key}. Give {key}'


_MADE_FOR: Mapping[str, str] = MappingProxyType(
    {
        "agreement": "agreement",
        "role": "role that has guidance",
        "checklist": "role that has guidance",
        "topic": "topic of guidance",
    }
)
"""What a document that the owner can change is made for each of, by the word that its id begins with."""
_MADE_FROM: Mapping[str, str] = MappingProxyType(
    {
        "audience": "the notices for groups of people are made from subjects.yml and activities/",
        "answer": "the sheets with one answer are made from roles.yml and guidance/",
    }
)
"""What makes the documents that the owner can change through the facts alone."""


def _unmade(id: str, made: Iterable[str]) -> Iterator[_Problem]:
    """Yield what keeps a document from being made, where its id begins like those that are made for each of something.

    Args:
        id: the id of the owner's document.
        made: the ids of all documents that the facts make.
    """
    kind, _, thing = id.partition("-")
    if kind in _MADE_FROM:
        message = f'"{id}" takes nothing of yours: {_MADE_FROM[kind]}. Change them there'
        yield (), "made", f"{message}, or give the document of your own another name"
    elif kind in _MADE_FOR and id not in made:
        things = [one.removeprefix(f"{kind}-") for one in made if one.startswith(f"{kind}-")]
        known = f": {', '.join(things)}" if things else ", and there is none"
        message = f'"{id}" is no document of its own: one is made for each {_MADE_FOR[kind]}'
        if things and not thing:
            yield (), "made", f"{message}. Name the file {kind}-<id>.yml, for one of them{known}"
        else:
            yield (), "made", f"{message}{known}.{nearest(thing, things)} Rename the file"


def _clashes(register: Register) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for id, outline in outlines_of(register).items():
        if outline.path.endswith("/index"):  # the host takes it for the page of the folder
            message = 'nothing that has a page of its own can be called "index". Choose another id'
            yield Finding(register.place(_thing(outline)), "document/path", message)
        if outline.path in taken:
            message = f'"{outline.path}" is the path of the document "{taken[outline.path]}", too. Choose another one'
            yield Finding(register.place(("documents", id, "path")), "document/path", message)
        taken.setdefault(outline.path, id)


def _thing(outline: Outline) -> Path:
    """Return what a document is made for: the last part of its path is that thing's id."""
    if outline.id not in outlines() and outline.facts:
        return "documents", outline.id, "path"
    if outline.agreement:
        return "agreements", outline.agreement.id
    if outline.topic:
        return "guidance", outline.topic
    return ("roles", outline.role) if outline.role else ("subjects", outline.subject or "")
