"""The templates of data processing agreements as dated data: which annexes, in which order, under which headings."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from klartekst.load import packaged
from klartekst.model import Agreement, CustomOutline, Label
from klartekst.model.base import Declared, Flag
from klartekst.model.codes import Date, ItemNumber, MeasureKind

CUSTOM = "custom"
"""The template of annexes that differ from those of another one."""

Part = Literal[
    "purpose", "nature", "data", "subjects", "duration", "sub-processors", "agreed-list", "chain", "notice",
    "instruction", "security", "sensitive", "assistance", "breach", "storage", "places", "transfers", "audit",
    "sub-audit", "other", "parties", "contacts", "authority",
]  # fmt: skip
"""What an item of an annex states."""

Parameter = Literal[
    "regulation", "docking", "service", "authorisation", "notice", "beneficiary", "authority", "breach", "end",
    "stored-by-law", "commencement", "contacts",
]  # fmt: skip
"""What the body of the clauses leaves open."""


class TextVersion(Declared):
    """One published version of the clauses."""

    published: Date
    languages: tuple[str, ...]
    optional_beneficiary: Flag = False
    """Whether clause 7.6, on the bankruptcy of the processor, may be left out."""


class Item(Declared):
    """An item of an annex."""

    part: Part
    number: str | None = None
    """Its number in the template, such as `C.6`; none where the template gives none."""
    title: Label | None = None

    def anchor(self, section: str) -> str:
        """Return its anchor on a page: `c-6`; the annex and the part where it has no number."""
        return _slug(self.number) if self.number else f"{section}-{self.part}"


class Section(Declared):
    """An annex, or another part of the document with items of its own."""

    title: Label
    items: tuple[Item, ...]
    number: str | None = None
    anchor: str = ""

    @property
    def id(self) -> str:
        """Its anchor on a page: `c`."""
        return self.anchor or _slug(self.number or "")


class Says(Declared):
    """Where the text of the clauses, and which items of the annexes, state what Art. 28 GDPR asks."""

    clauses: str
    parts: tuple[Part, ...]


class Template(Declared):
    """A template: its published text, what that leaves open, and its annexes."""

    as_of: Date
    publisher: Label
    title: Label
    clause: Label
    """What a part of the text is called before its number: `Clause`."""
    unofficial: tuple[str, ...] = ()
    """The languages in which the headings are ours."""
    texts: Mapping[str, TextVersion]
    hours: Flag
    """Whether the text leaves a blank for the hours within which a breach is told."""
    notice_always: Flag = False
    """Whether the text leaves a blank for the notice under a specific authorisation, too."""
    parameters: Mapping[Parameter, str]
    """What the text leaves open, in its order, with the number of the clause."""
    prompts: tuple[MeasureKind, ...]
    """The kinds of measures that the item on security asks about."""
    sections: tuple[Section, ...]
    says: Mapping[str, Says]

    @property
    def items(self) -> Iterator[tuple[Section, Item]]:
        """All items, each with its annex."""
        return ((section, item) for section in self.sections for item in section.items)

    def item(self, part: str) -> tuple[Section, Item] | None:
        """Return the item that states a part, with its annex; None where there is none."""
        return next(((section, item) for section, item in self.items if item.part == part), None)

    def changed(self, outline: CustomOutline) -> "Template":
        """Return the template without the items that are struck out, the others numbered as they are there."""
        sections = (
            section.model_copy(update={"items": tuple(_kept(section, outline))})
            for section in self.sections
            if section.number not in outline.leave_out
        )
        return self.model_copy(update={"sections": tuple(section for section in sections if section.items)})


def _kept(section: Section, outline: CustomOutline) -> Iterator[Item]:
    for item in section.items:
        if item.number is None or item.number not in outline.leave_out:
            yield item.model_copy(update={"number": outline.renumber.get(item.number or "", item.number)})


def _slug(number: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-")
    return f"clause-{slug}" if slug[:1].isdigit() else slug


@cache
def templates() -> Mapping[str, Template]:
    """Return the templates by id: each is one file of `law/data/templates`."""
    names = sorted(entry.name for entry in files("klartekst.law").joinpath("data", "templates").iterdir())
    return {
        name.removesuffix(".yml"): Template.model_validate(packaged("klartekst.law", f"data/templates/{name}"))
        for name in names
        if name.endswith(".yml")
    }


def base_of(agreement: Agreement) -> str | None:
    """Return the template that an agreement follows or starts from; None where there is no such template."""
    name = agreement.outline.based_on if agreement.template == CUSTOM and agreement.outline else agreement.template
    return name if name in templates() else None


def template_of(agreement: Agreement) -> Template | None:
    """Return the annexes of an agreement as it has them; None where its template does not exist."""
    base = base_of(agreement)
    if base is None:
        return None
    custom = agreement.outline if agreement.template == CUSTOM else None
    return templates()[base].changed(custom) if custom else templates()[base]


def numbers_of(template: Template) -> frozenset[ItemNumber]:
    """Return the numbers that a template gives its annexes and items."""
    sections = {section.number for section in template.sections}
    return frozenset(number for number in {*sections, *(item.number for _, item in template.items)} if number)
