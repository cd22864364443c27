"""Everything that can be found in a data folder without a site: shape, rules, documents, what a statement lacks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

from klartekst.check import check
from klartekst.documents.coverage import STATEMENT, coverage, place_of_statement, unsaid
from klartekst.documents.directive import problems, read_directive
from klartekst.documents.document import render_document
from klartekst.documents.outline import MADE, OF_AGREEMENT, outlines, outlines_of
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
    for id, facts in register.documents.items():
        for path, rule, message in (*_blocks(facts), *_incomplete(id, facts), *_unmade(id, whole)):
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


def _unmade(id: str, whole: Register) -> Iterator[_Problem]:
    made = {"role": "roles", "checklist": "roles", "topic": "guidance"}
    kind, _, thing = id.partition("-")
    if id == "answer" or id in made:
        yield (), "made", f'"{id}" is made for each {id}. Name the file {id}-<id>.yml, for one of them'
    elif kind in made and thing not in getattr(whole, made[kind]):
        yield (), "made", f'there is no {kind} "{thing}".{nearest(thing, getattr(whole, made[kind]))} Rename the file'
    elif re.match(r"audience(-|$)", id):
        yield (), "made", f'"{id}" is made for each group of people. Give the document of your own another name'
    elif id == "agreement":
        yield (), "made", f'"{id}" is made for each agreement. Name the file agreement-<id>.yml, for one of them'
    elif id.startswith(OF_AGREEMENT) and id.removeprefix(OF_AGREEMENT) not in whole.agreements:
        near = nearest(id.removeprefix(OF_AGREEMENT), whole.agreements)
        yield (), "made", f'there is no agreement "{id.removeprefix(OF_AGREEMENT)}".{near} Rename the file'


def _clashes(register: Register) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for id, outline in outlines_of(register).items():
        if outline.path in taken:
            message = f'"{outline.path}" is the path of the document "{taken[outline.path]}", too. Choose another one'
            yield Finding(register.place(("documents", id, "path")), "document/path", message)
        taken.setdefault(outline.path, id)
