"""Everybody outside the organisation who gets or handles data, and the systems in which it lies."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from klartekst.model.base import Declared, Identified, PartyId, none_is_empty
from klartekst.model.codes import Country, Date, Mechanism, Url
from klartekst.model.organisation import Address, Registration
from klartekst.model.text import Label, Line, Prose


class Transfer(Declared):
    """A transfer to a country outside the EEA (Art. 44-49 GDPR)."""

    country: Country
    """The country."""
    mechanism: Mechanism
    """adequacy (Art. 45), standard-clauses (Art. 46(2)(c)) or binding-corporate-rules (Art. 47)."""
    checked: Date | None = None
    """For an adequacy decision with a limited scope: the day you checked that the recipient is within it."""
    copy_available: Prose | None = None
    """For standard clauses and binding corporate rules: how a person gets a copy (Art. 13(1)(f))."""


class Party(Identified):
    """An outside body that receives personal data."""

    name: Line
    """The full legal name."""
    capacity: Literal["processor", "controller"]
    """Whether it handles the data on your behalf (processor) or for purposes of its own (controller)."""
    registration: Registration | None = None
    """The number in the register of companies, where it has one that is known here."""
    address: Address | None = None
    """The postal address."""
    website: Url | None = None
    """The address of its website."""
    products: tuple[Line, ...] = ()
    """The products or services of theirs that you use, by name."""
    tasks: Label
    """What it does with the data, as a noun phrase with a small letter and no full stop: `booking of talks`."""
    locations: tuple[Country, ...] = Field(min_length=1)
    """The countries in which the data lies or from which somebody has access to it."""
    transfers: Annotated[
        tuple[Transfer, ...],
        BeforeValidator(none_is_empty, json_schema_input_type=Literal["none"] | list[Transfer]),
    ]
    """`none`, or the transfers to countries outside the EEA."""


class System(Identified):
    """A place where data lies: a program, a mailbox, a cabinet."""

    name: Label
    """The system as a reader would say it, with a small letter: `booking system`."""
    medium: Literal["digital", "paper"]
    """Data on paper is not portable (Art. 20(1)(b))."""
    vendor: PartyId | None = None
    """The party that runs it; left out where you run it yourself."""


class Law(Identified):
    """A national law that the facts rest on."""

    citation: Label
    """The provision as it is cited in running text: `section 12 of the Danish Bookkeeping Act`."""
    url: Url | None = None
    """Where its official text stands."""


class Measure(Identified):
    """A technical or organisational measure (Art. 32 GDPR)."""

    status: Literal["in-place", "planned"]
    """What is not in place yet must not be promised."""
    claim: Label
    """What is done, as a whole sentence: `Our staff log in with two factors.`"""
    explainer: Prose | None = None
    """What that means for the reader, where the claim alone is not plain."""
