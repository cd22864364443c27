"""Everybody outside the organisation who gets or handles data, and the systems in which it lies."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from klartekst.model.base import Declared, Flag, Identified, PartyId, RoleId, none_is_empty
from klartekst.model.codes import Country, Date, Derogation, MeasureKind, Mechanism, Url
from klartekst.model.organisation import Address, Contact, DataSite, Registration
from klartekst.model.text import Label, Line, Prose


class Transfer(Declared):
    """A transfer to a country outside the EEA (Art. 44-49 GDPR)."""

    country: Country
    """The country."""
    mechanism: Mechanism
    """adequacy (Art. 45), standard-clauses (Art. 46(2)(c)), binding-corporate-rules (Art. 47), or another."""
    checked: Date | None = None
    """For an adequacy decision with a limited scope: the day you checked that the recipient is within it."""
    covers_staff: Flag = False
    """For the Data Privacy Framework: `true` where the recipient's entry on the list covers human resources data."""
    derogation: Derogation | None = None
    """For derogation: which one of Art. 49(1)."""
    risks: Prose | None = None
    """For explicit consent to a transfer (49.1.a): what the person risks without safeguards."""
    copy_available: Prose | None = None
    """For safeguards of Art. 46 and 47: how a person gets a copy (Art. 13(1)(f))."""


class Party(Identified):
    """An outside body that receives personal data."""

    name: Line
    """The full legal name."""
    capacity: Literal["processor", "controller", "joint"]
    """Whether it handles the data on your behalf, for purposes of its own, or decides together with you (Art. 26)."""
    area: Label | None = None
    """The area of work it belongs to, with a capital: `IT`, `Payroll`."""
    registration: Registration | None = None
    """The number in the register of companies, where it has one that is known here."""
    address: Address | None = None
    """The postal address."""
    contact: Contact | None = None
    """Where one reaches it about personal data."""
    website: Url | None = None
    """The address of its website."""
    products: tuple[Line, ...] = ()
    """The products or services of theirs that you use, by name."""
    tasks: Label
    """What it does with the data, as a noun phrase with a small letter and no full stop: `booking of talks`."""
    locations: tuple[Country, ...] = Field(min_length=1)
    """The countries in which the data lies or from which somebody has access to it."""
    transfers: Annotated[
        tuple[Transfer, ...] | None,
        BeforeValidator(none_is_empty, json_schema_input_type=Literal["none"] | list[Transfer] | None),
    ] = None
    """`none`, or the transfers to countries outside the EEA."""
    sites: tuple[DataSite, ...] = ()
    """The buildings in which the data lies, where you know them."""
    certificates: tuple[Line, ...] = ()
    """Certificates and standards of the party itself."""
    sub_processors: tuple[PartyId, ...] = ()
    """The parties that it uses in turn (Art. 28(2), (4))."""
    since: Date | None = None
    """The day from which you use it; a day to come where it is only announced."""
    notified: Date | None = None
    """The day on which the last of your customers had received notice of it (Art. 28(2))."""
    parent_country: Country | None = None
    """The country of the group it belongs to, where that is another one."""
    note: Prose | None = None
    """What else the reader should know, such as who has access and who has not."""


class System(Identified):
    """A place where data lies: a program, a mailbox, a cabinet."""

    name: Label
    """The system as a reader would say it, with a small letter: `booking system`."""
    medium: Literal["digital", "paper", "room"]
    """Data on paper, or in a room, is not portable (Art. 20(1)(b))."""
    vendor: PartyId | None = None
    """The party that runs it; left out where you run it yourself."""
    note: Label | None = None
    """How it is kept safe or who may enter it, as a whole sentence."""


class Law(Identified):
    """A national law that the facts rest on."""

    citation: Label
    """The provision as it is cited in running text: `section 12 of the Danish Bookkeeping Act`."""
    url: Url | None = None
    """Where its official text stands."""
    title: Label | None = None
    """The full name of the act with its number; an act that has one is listed among the definitions."""
    short: Label | None = None
    """The short name that your documents use for it."""
    country: Country | None = None
    """The country whose law it is; left out for the law of the EU and the EEA."""
    valid_to: Date | None = None
    """The last day on which it was in force, where it has been repealed."""


class Measure(Identified):
    """A technical or organisational measure (Art. 32 GDPR)."""

    status: Literal["in-place", "planned", "required"]
    """in-place; planned: not to be promised yet; required: a duty that your staff has."""
    claim: Label
    """What is done, as a whole sentence: `Our staff log in with two factors.`"""
    explainer: Prose | None = None
    """What that means for the reader, where the claim alone is not plain."""
    kinds: tuple[MeasureKind, ...] = ()
    """What it is for, where agreements promise it: encryption, restore, logging ..."""
    party: PartyId | None = None
    """The party whose measure it is; yours where left out."""
    roles: tuple[RoleId, ...] = ()
    """Whom it binds, where it does not bind everyone."""
    evidence: Label | None = None
    """What shows that it is done, as a whole sentence: `Each supplier signs a declaration.`"""
