"""Data processing agreements (Art. 28 GDPR): who, on which terms, and what their annexes refer to."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from klartekst.model.base import (
    ActivityId,
    AssistanceId,
    CategoryId,
    CustomerId,
    Declared,
    Flag,
    Id,
    Identified,
    LawId,
    MeasureId,
    PartyId,
    RetentionId,
    RoleId,
    none_is_empty,
)  # fmt: skip
from klartekst.model.codes import (
    AuditForm,
    Country,
    Date,
    Digest,
    Hours,
    ItemNumber,
    MeasureKind,
    Period,
    Provision,
    Url,
)
from klartekst.model.organisation import Address, Contact, Registration
from klartekst.model.text import Label, LanguageCode, Line, Prose

Matter = Literal["data-protection", "breach", "agreement"]
"""What a contact is for: questions about the data, a personal data breach, or the agreement itself."""


class CustomerContact(Declared):
    """Where one reaches a customer: a position, never a person."""

    position: Label
    """The position, with a capital: `Head of administration`."""
    matters: tuple[Matter, ...] = Field(min_length=1)
    """What it is for: data-protection, breach, agreement."""
    contact: Contact
    """How to reach it."""


class Customer(Identified):
    """A body for which you process personal data: a controller, or a processor that engages you."""

    name: Line | None = None
    """The full legal name; left out in a form that each customer fills in with its own."""
    kind: Label
    """What it is, with a small letter: `a school in Denmark`."""
    country: Country
    """The country of establishment; it decides which authority supervises it."""
    registration: Registration | None = None
    """The number in the register of companies."""
    address: Address | None = None
    """The postal address."""
    contacts: tuple[CustomerContact, ...] = ()
    """Whom you reach there, and for what."""


class Clauses(Declared):
    """The published text of the clauses that the agreement consists of, besides its annexes (Art. 28(3), (9) GDPR)."""

    version: Line
    """Which text: `2024-03`; one that the template knows, or any of your own for a custom one."""
    language: LanguageCode
    """The language of the text that the parties attach."""
    title: Label | None = None
    """The title of the text, where the template does not know it."""
    url: Url | None = None
    """Where the text stands."""
    sha256: Digest | None = None
    """The SHA-256 of the file that the parties attach."""
    says: dict[Provision, Line] = Field(default_factory=dict)
    """For a text of your own: which of its clauses says what Art. 28 asks: `28.3.b: "5.1"`."""


class MainAgreement(Declared):
    """The agreement about the service itself."""

    name: Label
    """Its name."""
    date: Date | None = None
    """The day from which it holds."""


class CustomOutline(Declared):
    """Annexes that differ from those of a template."""

    based_on: Id
    """The template that the annexes start from, such as `dk-2020`."""
    leave_out: tuple[ItemNumber, ...] = ()
    """The items that are struck out: `C.6`."""
    renumber: dict[ItemNumber, ItemNumber] = Field(default_factory=dict)
    """What an item is numbered instead: `C.7: C.6`."""


class ContactPoint(Declared):
    """Whom the other side reaches with you."""

    role: RoleId
    """The role."""
    matters: tuple[Matter, ...] = Field(min_length=1)
    """What it is for: data-protection, breach, agreement."""
    contact: Contact
    """How to reach it."""
    hours: Label | None = None
    """When it answers, as a whole sentence: `Day and night.`"""


class NotRelevant(Declared):
    """A kind of measure that this processing does not need."""

    kind: MeasureKind
    """The kind."""
    because: Label
    """Why, as a whole sentence."""


class SecurityTerms(Declared):
    """The level of security, and the measures that reach it (Art. 28(3)(c), 32 GDPR)."""

    level: Literal["basic", "medium", "high"]
    """The level that the risk asks for."""
    because: Prose
    """Why: the risk to people, not only the kind of data."""
    rests_on: tuple[CategoryId, ...] = ()
    """The categories of data that the level rests on."""
    measures: tuple[MeasureId, ...] = Field(min_length=1)
    """The measures that are promised; each is in place, and says of which kind it is."""
    sensitive: tuple[MeasureId, ...] = ()
    """Those among them that protect sensitive data in particular."""
    not_relevant: tuple[NotRelevant, ...] = ()
    """Kinds of measures that the template asks about and that are not needed."""


class Duration(Declared):
    """How long the processing lasts."""

    ends: Literal["main-agreement", "date", "notice", "event"]
    """With the main agreement, on a date, when a party gives notice, or with an event."""
    until: Date | None = None
    """For date: the last day."""
    event: Label | None = None
    """For event: the event as a clause: `the last course has ended`."""
    retention: tuple[RetentionId, ...] = ()
    """The rules of storage that the item about duration names; the same as in the item about storage."""


class Without(Declared):
    """A processor that this agreement does without, although the activities use it for others."""

    party: PartyId
    """The processor."""
    because: Label
    """Why, as a whole sentence: `The school has not switched on text messages.`"""


class Approval(Declared):
    """The controller's approval of one processor (Art. 28(2) GDPR)."""

    party: PartyId
    """The processor."""
    date: Date
    """The day on which it was approved in writing."""


class Audit(Declared):
    """How it is seen that the agreement is kept (Art. 28(3)(h) GDPR)."""

    form: AuditForm
    """none, confirmation, written-status, certificate, independent-audit or own-inspection."""
    every: Period | None = None
    """How often, as ISO 8601; left out where it is done when there is reason to."""
    notice: Period | None = None
    """How long before an inspection it is announced, as ISO 8601."""
    costs: Literal["controller", "processor", "each-its-own"] | None = None
    """Who bears the costs."""
    text: Prose | None = None
    """What else holds."""


class Agreement(Identified):
    """An agreement under which one processes personal data for another (Art. 28 GDPR)."""

    name: Label
    """What it is called, with a capital: `Data processing agreement with Elmebakken School`."""
    summary: Label
    """What it is about, as one sentence."""
    direction: Literal["processor", "controller", "sub-processor"]
    """What you are in it: the processor, the controller, or the processor of a processor."""
    customer: CustomerId | None = None
    """For processor and sub-processor: for whom you process."""
    processor: PartyId | None = None
    """For controller: who processes for you."""
    on_behalf_of: Label | None = None
    """For sub-processor: the controllers behind your customer, with a small letter: `schools in Denmark`."""
    visibility: Literal["internal", "unlisted", "public"] = "internal"
    """internal: on no page; unlisted: on a page that nothing leads to; public. Internal unless you say otherwise."""
    service: Label
    """The name of the service that the processing belongs to."""
    template: Id
    """The template of its annexes: `dk-2020`, `dk-2018`, `eu-2021-915`, or `custom`."""
    outline: CustomOutline | None = None
    """For custom: how the annexes differ from which template."""
    clauses: Clauses | None = None
    """The text of the clauses; without one the annexes are no agreement, and say so."""
    main_agreement: MainAgreement | None = None
    """The agreement about the service itself."""
    version: Line
    """The version of the annexes."""
    effective: Date | None = None
    """The day from which it holds; left out where that is the day of the last signature."""
    prevails: LanguageCode | None = None
    """The language that prevails; that of the clauses where left out."""
    authorisation: Literal["general", "specific"] | None = None
    """How processors of the processor are authorised (Art. 28(2))."""
    notice: Period | None = None
    """How long before a change of them the controller is told, counted from receipt, as ISO 8601."""
    beneficiary: Flag | None = None
    """Whether the controller may turn to them itself if the processor goes bankrupt (clause 7.6 of text 2024-03)."""
    docking: Flag | None = None
    """Whether others may join later (clause 5 of Decision (EU) 2021/915)."""
    breach_hours: Hours | None = None
    """Within how many hours after becoming aware the processor tells the controller of a breach (Art. 33(2))."""
    end_of_service: Literal["erase", "return", "choice"] | None = None
    """What happens to the data then: erase; return, then erase; or the controller chooses at the end."""
    erased_within: Period | None = None
    """How long after the end at the latest, as ISO 8601."""
    stored_by_law: Annotated[
        tuple[LawId, ...] | None,
        BeforeValidator(none_is_empty, json_schema_input_type=Literal["none"] | list[LawId] | None),
    ] = None
    """`none`, or the laws that oblige the processor itself to keep data after the end (Art. 28(3)(g))."""
    audit: Audit | None = None
    """How the controller sees that the agreement is kept."""
    sub_audit: Audit | None = None
    """How the processor sees that its own processors keep theirs."""
    contacts: tuple[ContactPoint, ...] = ()
    """Whom the other side reaches with you."""
    activities: tuple[ActivityId, ...] = Field(min_length=1)
    """What is processed: purposes, operations, data, people and processors are those of the activities."""
    data: tuple[CategoryId, ...] = ()
    """Only these categories of the activities' data; all of them where none is named."""
    not_covered: tuple[CategoryId, ...] = ()
    """Categories that must not be processed under it."""
    without: tuple[Without, ...] = ()
    """The processors of the activities that this agreement does without."""
    approvals: tuple[Approval, ...] = ()
    """Under a specific authorisation: what the controller has approved, and when."""
    instruction: Prose | None = None
    """What the controller instructs beyond what the activities say."""
    settings_instruct: Flag = False
    """`true` where what the controller sets in the service is an instruction, too."""
    security: SecurityTerms | None = None
    """The level of security and the measures."""
    assistance: tuple[AssistanceId, ...] = ()
    """How the processor helps the controller."""
    duration: Duration | None = None
    """How long the processing lasts."""
    retention: tuple[RetentionId, ...] = ()
    """Only these rules of storage; all of the activities' where none is named."""
    transfers: Literal["none", "listed"] | None = None
    """`none`: data does not leave the EEA; listed: only as the processors say."""
    other: Prose | None = None
    """What else the parties have agreed."""

    @property
    def is_internal(self) -> bool:
        """Whether it is kept off every page."""
        return self.internal is True or self.visibility == "internal"

    @property
    def is_ours_to_perform(self) -> bool:
        """Whether you are the one who processes."""
        return self.direction != "controller"


class Assistance(Identified):
    """How a processor helps a controller with what the law asks of it (Art. 28(3)(e)-(f) GDPR)."""

    articles: tuple[Provision, ...] = Field(min_length=1)
    """The articles that it helps with: `15`, `33`."""
    text: Label
    """What is done and how, as a whole sentence."""
    within: Period | None = None
    """How soon, as ISO 8601."""
