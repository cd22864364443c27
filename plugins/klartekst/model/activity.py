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
    RetentionId,
    RoleId,
    SubjectId,
    SystemId,
    none_is_empty,
)  # fmt: skip
from klartekst.model.codes import BasisCode, Period
from klartekst.model.text import Label, Prose


class Basis(Declared):
    """What makes one purpose lawful (Art. 6(1), 9(2), 10 GDPR)."""

    article: BasisCode
    """The provision: `6.1.a` to `6.1.f`, `9.2.a` to `9.2.j`, or `10`."""
    interest: Label | None = None
    """For 6.1.f: the legitimate interest, as a whole sentence (Art. 13(1)(d))."""
    law: LawId | None = None
    """The national law or other act that the basis rests on, such as for 6.1.c."""
    withdrawal: Prose | None = None
    """For consent: how it is withdrawn, as easily as it was given (Art. 7(3))."""


class Purpose(Declared):
    """One purpose with its bases."""

    id: Id
    """The purpose's own id within the activity."""
    text: Label
    """The purpose, as an infinitive with a capital: `To answer your enquiry`."""
    direct_marketing: Flag = False
    """`true` where the data are used to advertise: the person may always object to that (Art. 21(2))."""
    bases: tuple[Basis, ...] = ()
    """What makes it lawful; several where Art. 9 asks for a condition beside the basis of Art. 6."""


class DataUse(Declared):
    """The data of one category that an activity uses."""

    category: CategoryId
    """The category."""
    elements: tuple[Id, ...] = ()
    """Which of its elements; all where none is named."""


class Flow(Declared):
    """A way that data takes from one system to another."""

    origin: SystemId = Field(alias="from")
    """The system the data comes from."""
    target: SystemId = Field(alias="to")
    """The system it goes to."""
    when: Label
    """When it goes there, as a whole sentence: `An enquiry about therapy is moved to the patient record.`"""


class Necessity(Declared):
    """Whether a person must give the data, and what happens if they do not (Art. 13(2)(e) GDPR)."""

    kind: Literal["voluntary", "contractual", "statutory"]
    """voluntary, needed for a contract, or required by law."""
    consequence: Label
    """What happens otherwise, as a whole sentence: `Otherwise we cannot answer you.`"""


class Activity(Identified):
    """Something done with personal data, for one or more purposes."""

    name: Label
    """The activity as a heading: `Newsletter`."""
    summary: Label
    """What it means for the reader, as one sentence."""
    capacity: Literal["controller"]
    """controller: you decide why and how (Art. 4(7))."""
    subjects: tuple[SubjectId, ...] = Field(min_length=1)
    """Whose data it is."""
    data: tuple[DataUse, ...] = Field(min_length=1)
    """Which data."""
    purposes: tuple[Purpose, ...] = Field(min_length=1)
    """Why."""
    systems: tuple[SystemId, ...] = Field(min_length=1)
    """Where the data lies."""
    recipients: Annotated[
        tuple[PartyId, ...],
        BeforeValidator(none_is_empty, json_schema_input_type=Literal["none"] | list[PartyId]),
    ]
    """`none`, or the parties that receive the data besides the vendors of the systems, who always do."""
    flows: tuple[Flow, ...] = ()
    """The ways the data takes between systems."""
    access: tuple[RoleId, ...] = Field(min_length=1)
    """Who inside the organisation sees the data."""
    retention: tuple[RetentionId, ...] = ()
    """The named rules of storage that apply."""
    necessity: Necessity
    """Whether the data must be given."""
    automated_decisions: Literal["none"]
    """`none`: no decision is taken by a machine alone (Art. 22)."""
    measures: tuple[MeasureId, ...] = ()
    """The measures that protect this activity in particular."""
    advice: Prose | None = None
    """What the reader should know or avoid, such as not to send secrets through a form."""


class RetentionRule(Identified):
    """How long data is kept, from when, and what happens then (Art. 13(2)(a), 5(1)(e) GDPR)."""

    covers: Label
    """What is kept, with a capital: `Enquiries`."""
    trigger: Label
    """The event from which time runs, as a clause: `the case is closed`, after "2 years after" and "until"."""
    kind: Literal["at-least", "at-most", "exactly", "until"]
    """at-least (a statutory minimum), at-most, exactly, or until the event itself."""
    period: Period | None = None
    """How long, as ISO 8601; not with `until`."""
    review: Period | None = None
    """How often you go through the data to erase what is no longer needed, as ISO 8601."""
    law: LawId | None = None
    """The law that demands the storage."""
    action: Literal["erase", "anonymise", "shred"]
    """What happens then; `shred` is for paper."""
