"""Outlines: which blocks, in which order, make which document; the built-in ones, and the owner's own."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from klartekst.blocks import BLOCKS, responses, topics_of
from klartekst.documents.directive import Directive, read_directive
from klartekst.law import template_of
from klartekst.load import packaged
from klartekst.model import Agreement, DocumentFacts, Register
from klartekst.model.base import Declared, Flag

MADE = ("audience", "agreement", "role", "checklist", "topic", "answer")
"""The documents that are made once for each of something; their ids go on with that thing's."""

_Need = Literal[
    "children", "sites", "governance", "staff", "definitions", "agreements", "sub-processors", "guidance", "responses"
]


class Outline(Declared):
    """A document as data."""

    id: str
    path: str
    """The path of its page, without ending; the same in every language."""
    section: str | None = None
    """The section of the navigation, a key of the phrases `section/`."""
    blocks: tuple[str, ...]
    """The blocks, each as a directive has it."""
    needs: _Need | None = None
    """What there must be, so that the document exists."""
    each: Literal["subjects", "agreements", "roles", "topics", "answers"] | None = None
    """Whether it is made once for each group of people, for each agreement, for each role that has guidance ..."""
    is_leaf: Flag = False
    """Whether it is reached from another document only: it is in no navigation, list or search."""
    on_front: Flag = True
    """Whether the front page lists it; single agreements, topics and the like are listed on a page of their own."""
    subject: str | None = None
    """The group of people it is for, where it was made for one."""
    agreement: Agreement | None = None
    """The agreement it is, where it was made for one."""
    role: str | None = None
    """The role it is for, where it was made for one."""
    topic: str | None = None
    """The topic it is about, where it was made for one."""
    facts: DocumentFacts | None = None
    """What the owner declared about it."""

    @property
    def is_listed(self) -> bool:
        """Whether anything leads to it: navigation, lists of documents, search, sitemap."""
        return self.agreement is None or self.agreement.visibility != "unlisted"

    @property
    def is_navigated(self) -> bool:
        """Whether the navigation, the lists of documents and the search lead to it."""
        return self.is_listed and not self.is_leaf

    @property
    def version(self) -> str | None:
        """Its version, where it has one."""
        of_agreement = self.agreement.version if self.agreement else None
        return self.facts.version if self.facts and self.facts.version else of_agreement

    @property
    def effective(self) -> dt.date | None:
        """The day from which it holds, where it is declared."""
        of_agreement = self.agreement.effective if self.agreement else None
        return self.facts.effective if self.facts and self.facts.effective else of_agreement

    @property
    def directives(self) -> tuple[Directive, ...]:
        """The blocks with their parameters; one that cannot be read was found before (rule `document/blocks`)."""
        found = (read_directive(text) for text in self.blocks)
        return tuple(directive for directive in found if directive is not None)


@cache
def outlines() -> dict[str, Outline]:
    """Return the built-in outlines by id, in the order of the navigation."""
    data = packaged("klartekst.documents", "outlines.yml")
    return {id: Outline.model_validate({**value, "id": id}) for id, value in data.items()}


def outlines_of(register: Register) -> dict[str, Outline]:
    """Return the documents that these facts make, by id, in the order of the navigation.

    A document of the owner changes the built-in one of its id, or stands after all of them.
    """
    found = {outline.id: outline for outline in _built_in(register)}
    for id, facts in register.documents.items():
        if id not in outlines() and id.split("-")[0] not in MADE:
            found[id] = _changed(Outline(id=id, path=id, section="how-we-work", blocks=()), facts)
    return found


def _built_in(register: Register) -> Iterator[Outline]:
    for id, outline in outlines().items():
        facts = register.documents.get(id)
        if outline.each:
            yield from _MADE[outline.each](outline, register)
        elif facts is not None:
            yield _changed(outline, facts)
        elif outline.needs is None or _NEEDS[outline.needs](register):
            yield outline


def _changed(outline: Outline, facts: DocumentFacts) -> Outline:
    audience = facts.audience[0] if len(facts.audience) == 1 else None
    blocks = facts.blocks if facts.blocks is not None else outline.blocks
    changes = {"path": facts.path or outline.path, "blocks": blocks, "facts": facts, "subject": audience}
    return outline.model_copy(update=changes)


def _for_each_group(outline: Outline, register: Register) -> Iterator[Outline]:
    """Yield a document for each group of people; with one group, the document for everyone is theirs.

    What is done on behalf of others makes no document: theirs is with the controller.
    """
    concerned = {id for activity in register.ours for id in activity.subjects}
    if len(concerned) < 2:
        return
    for id in (id for id in register.subjects if id in concerned):
        update = {"id": f"{outline.id}-{id}", "path": f"{outline.path}/{id}", "each": None, "subject": id}
        yield outline.model_copy(update={**update, "blocks": tuple(_about(text, id) for text in outline.blocks)})


def _for_each_agreement(outline: Outline, register: Register) -> Iterator[Outline]:
    for id, agreement in register.agreements.items():
        if template_of(agreement):
            update = {"id": f"{outline.id}-{id}", "path": f"{outline.path}/{id}", "each": None, "agreement": agreement}
            blocks = tuple(f"{block} agreement={id}" for block in outline.blocks)
            yield _with_facts(outline.model_copy(update={**update, "blocks": blocks}), register)


def _with_facts(outline: Outline, register: Register) -> Outline:
    facts = register.documents.get(outline.id)
    return _changed(outline, facts) if facts else outline


def _for_each_role(outline: Outline, register: Register) -> Iterator[Outline]:
    for id in (role.id for role in register.guided if register.guidance):
        blocks = tuple(f"{block} role={id}" for block in outline.blocks)
        update = {"id": f"{outline.id}-{id}", "path": f"{outline.path}/{id}", "role": id, "blocks": blocks}
        yield _with_facts(outline.model_copy(update={**update, "each": None}), register)


def _for_each_topic(outline: Outline, register: Register) -> Iterator[Outline]:
    for topic in topics_of(register):
        blocks = tuple(f"{block} topic={topic.id}" for block in outline.blocks)
        update = {"id": f"{outline.id}-{topic.id}", "path": f"{outline.path}/{topic.id}", "topic": topic.id}
        yield _with_facts(outline.model_copy(update={**update, "blocks": blocks, "each": None}), register)


def _for_each_answer(outline: Outline, register: Register) -> Iterator[Outline]:
    """Yield a document for each role and topic; no id of the owner's has two hyphens, so no two of these are one."""
    guided = {role.id for role in register.guided}
    for topic in topics_of(register):
        for id in (answer.role for answer in topic.answers if answer.role in guided):
            blocks = tuple(f"{block} role={id} topic={topic.id}" for block in outline.blocks)
            found = {"role": id, "topic": topic.id, "blocks": blocks, "each": None}
            name = {"id": f"{outline.id}-{id}--{topic.id}", "path": f"{outline.path}/{id}/{topic.id}"}
            yield outline.model_copy(update={**found, **name})


_MADE: Mapping[str, Callable[[Outline, Register], Iterator[Outline]]] = MappingProxyType(
    {
        "subjects": _for_each_group,
        "agreements": _for_each_agreement,
        "roles": _for_each_role,
        "topics": _for_each_topic,
        "answers": _for_each_answer,
    }
)


def _about(block: str, subject: str) -> str:
    return f"{block} subject={subject}" if "subject" in BLOCKS[block].parameters else block


def _has_children(register: Register) -> bool:
    young = {id for id, subject in register.subjects.items() if subject.child}
    return any(
        young.intersection(activity.subjects) and activity.for_children for activity in register.activities.values()
    )


def _has_staff_rules(register: Register) -> bool:
    ours = [measure for measure in register.measures.values() if not measure.party]
    binding = any(measure.status == "required" or measure.roles for measure in ours)
    return binding or any(policy.audience == "staff" for policy in register.policies.values())


_NEEDS: Mapping[str, Callable[[Register], bool]] = MappingProxyType(
    {
        "children": _has_children,
        "sites": lambda register: bool(register.sites),
        "governance": lambda register: bool(register.assessments or register.reviews),
        "staff": _has_staff_rules,
        "agreements": lambda register: any(one.visibility == "public" for one in register.agreements.values()),
        "sub-processors": lambda register: bool(register.notice_clock),
        "guidance": lambda register: bool(register.guided and register.guidance),
        "responses": lambda register: any(any(responses(register, role)) for role in register.guided),
        "definitions": lambda register: bool(register.glossary) or any(law.title for law in register.laws.values()),
    }
)
