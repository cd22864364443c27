"""What is done with personal data, why, for how long and with whose help."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from klartekst.model.base import (
    CategoryId,
    Declared,
    Flag,
    Id,
    Identified,
    LawId,
    MeasureId,
    PartyId,
    QuoteId,
    RetentionId,
    RoleId,
    SubjectId,
    SystemId,
    none_is_empty,
)  # fmt: skip
from klartekst.model.codes import Operation, Url
from klartekst.model.purpose import Basis, Purpose
from klartekst.model.text import Label, Prose


class DataUse(Declared):
    """The data of one category that an activity uses."""

    category: CategoryId
    """The category."""
    elements: tuple[Id, ...] = ()
    """Which of its elements; all where none is named."""
    law: LawId | None = None
    """For a national identification number: the law that allows its use (Art. 87)."""


class Source(Declared):
    """Where data comes from (Art. 13 or 14(2)(f) GDPR)."""

    origin: Literal["data-subject", "third-party", "public-source", "observation"] = Field(alias="from")
    """data-subject (the person gives it), third-party, public-source, or observation (it comes about as you work)."""
    who: Label | None = None
    """For third-party and public-source: who or what, with a small letter: `your employer`."""
    occasion: Label | None = None
    """When and how you get it, as a whole sentence: `You write to us.`"""
    public: Flag | None = None
    """For third-party and public-source: whether the source is open to the public (Art. 14(2)(f))."""
    informed: Literal["within-a-month", "at-first-contact", "at-first-disclosure"] | None = None
    """For third-party and public-source: when the person is told, a month after at the latest (Art. 14(3))."""
    exemption: Literal["14.5.a", "14.5.b", "14.5.c", "14.5.d"] | None = None
    """The exemption that you rely on, where the person is not told (Art. 14(5))."""
    because: Label | None = None
    """Why the exemption holds, and what protects the person instead, as a whole sentence."""

    @property
    def is_indirect(self) -> bool:
        """Whether the data comes from somebody else than the person (Art. 14)."""
        return self.origin in {"third-party", "public-source"}


class Flow(Declared):
    """A way that data takes from one system to another."""

    origin: SystemId = Field(alias="from")
    """The system the data comes from."""
    target: SystemId = Field(alias="to")
    """The system it goes to."""
    when: Label
    """When it goes there, as a whole sentence: `An enquiry about therapy is moved to the patient record.`"""


class Disclosure(Declared):
    """Data given to recipients who are named by their kind, or only in some cases (Art. 13(1)(e), 4(9) GDPR)."""

    to: Label
    """The kind of recipient, with a small letter: `pension companies`."""
    text: Label
    """What they get and when, as a whole sentence."""
    law: LawId | None = None
    """The law that demands or allows it."""


class Necessity(Declared):
    """Whether a person must give the data, and what happens if they do not (Art. 13(2)(e) GDPR)."""

    kind: Literal["voluntary", "contractual", "statutory"]
    """voluntary, needed for a contract, or required by law."""
    consequence: Label | None = None
    """What happens otherwise, as a whole sentence: `Otherwise we cannot answer you.`"""


class AutomatedDecision(Declared):
    """A decision taken by a machine alone, with legal or similar effect (Art. 22 GDPR)."""

    decision: Label
    """What is decided, as a whole sentence."""
    profiling: Flag
    """`true` where the decision rests on profiling (Art. 4(4))."""
    basis: Literal["22.2.a", "22.2.b", "22.2.c"]
    """Why it is allowed: a contract, a law, or explicit consent."""
    logic: Prose
    """How it works, in plain words (Art. 13(2)(f))."""
    consequences: Prose
    """What it means for the person (Art. 13(2)(f))."""
    safeguards: Prose
    """How a person gets a human to decide, says what they think, and contests the decision (Art. 22(3))."""


class Incidental(Declared):
    """Data that people volunteer although they are advised not to."""

    categories: tuple[CategoryId, ...] = Field(min_length=1)
    """Which kinds of data."""
    advice: Prose
    """What you ask people to leave out, and what happens to it if they do not."""
    bases: tuple[Basis, ...] = ()
    """What makes it lawful to have it all the same."""


class Variant(Declared):
    """A form of an activity that works in another way."""

    name: Label
    """The variant, with a capital: `Anonymous surveys`."""
    text: Prose
    """What is different."""


class JointControl(Declared):
    """Who decides together with you (Art. 26 GDPR)."""

    parties: tuple[PartyId, ...] = Field(alias="with", min_length=1)
    """The other controllers."""
    essence: Prose | None = None
    """The essence of the arrangement: who does what, and whom a person can turn to (Art. 26(2))."""


class ActingFor(Declared):
    """The controller for whom you are a processor (Art. 28 GDPR)."""

    who: Label
    """The controller as the reader knows it, with a small letter: `the school that referred you`."""
    notice: Url | None = None
    """Where its own privacy notice stands."""


def _from_the_person(value: object) -> object:
    """Read `data-subject` as a stated fact: all data comes from the person."""
    return ({"from": "data-subject"},) if value == "data-subject" else value


class Activity(Identified):
    """Something done with personal data, for one or more purposes."""

    name: Label
    """The activity as a heading: `Newsletter`."""
    summary: Label
    """What it means for the reader, as one sentence."""
    capacity: Literal["controller", "joint", "processor"]
    """controller: you decide why and how (Art. 4(7)); joint: with others (Art. 26); processor: for others (Art. 28)."""
    capacity_when: Label | None = None
    """The condition, as a whole sentence, where you have that capacity in some cases only."""
    joint: JointControl | None = None
    """For joint: with whom, and the essence of the arrangement."""
    acting_for: ActingFor | None = None
    """For processor: for whom."""
    subjects: tuple[SubjectId, ...] = Field(min_length=1)
    """Whose data it is."""
    data: tuple[DataUse, ...] = ()
    """Which data."""
    operations: tuple[Operation, ...] = ()
    """What is done with the data, in the words of Art. 4(2): collection, storage, erasure ..."""
    sources: Annotated[
        tuple[Source, ...] | None,
        BeforeValidator(_from_the_person, json_schema_input_type=Literal["data-subject"] | list[Source] | None),
    ] = None
    """`data-subject` where all data comes from the person, else the list of sources."""
    purposes: tuple[Purpose, ...] = ()
    """Why."""
    owner: RoleId | None = None
    """Who is responsible for it from day to day."""
    systems: tuple[SystemId, ...] = Field(min_length=1)
    """Where the data lies."""
    recipients: Annotated[
        tuple[PartyId, ...] | None,
        BeforeValidator(none_is_empty, json_schema_input_type=Literal["none"] | list[PartyId] | None),
    ] = None
    """`none`, or the parties that receive the data besides the vendors of the systems, who always do."""
    disclosures: tuple[Disclosure, ...] = ()
    """Recipients named by their kind, or in some cases only."""
    flows: tuple[Flow, ...] = ()
    """The ways the data takes between systems."""
    access: tuple[RoleId, ...] = Field(min_length=1)
    """Who inside the organisation sees the data."""
    retention: tuple[RetentionId, ...] = ()
    """The named rules of storage that apply."""
    necessity: Necessity | None = None
    """Whether the data must be given."""
    automated_decisions: Annotated[
        tuple[AutomatedDecision, ...] | None,
        BeforeValidator(none_is_empty, json_schema_input_type=Literal["none"] | list[AutomatedDecision] | None),
    ] = None
    """`none`, or the decisions that are taken by a machine alone (Art. 22)."""
    measures: tuple[MeasureId, ...] = ()
    """The measures that protect this activity in particular."""
    incidental: Incidental | None = None
    """Data that people volunteer although they are advised not to."""
    variants: tuple[Variant, ...] = ()
    """Forms of the activity that work in another way."""
    quotes: tuple[QuoteId, ...] = ()
    """What an authority says about it."""
    advice: Prose | None = None
    """What the reader should know or avoid, such as not to send secrets through a form."""
    for_children: Prose | None = None
    """The same for a child to read, where children are among the subjects (Art. 12(1))."""

    @property
    def bases(self) -> tuple[Basis, ...]:
        """Every basis it rests on: those of its purposes, and those for data that people volunteer."""
        volunteered = self.incidental.bases if self.incidental else ()
        return (*(basis for purpose in self.purposes for basis in purpose.bases), *volunteered)

    @property
    def indirect(self) -> tuple[Source, ...]:
        """The sources other than the person: they make its notice one of Art. 14."""
        return tuple(source for source in self.sources or () if source.is_indirect)

    @property
    def is_direct(self) -> bool:
        """Whether any data comes from the person, or nothing says that it does not: its notice is one of Art. 13."""
        return not self.sources or any(not source.is_indirect for source in self.sources)

    @property
    def is_ours(self) -> bool:
        """Whether you decide over it, alone or with others; a processor only points at its controller."""
        return self.capacity != "processor"
