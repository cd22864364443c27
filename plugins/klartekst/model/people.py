"""Roles, the people whose data it is, and the kinds of data."""

from typing import Literal

from pydantic import Field

from klartekst.model.base import ActivityId, AgreementId, Declared, Flag, Id, Identified, LawId
from klartekst.model.codes import Country, DataClass, SpecialKind
from klartekst.model.text import Label, Prose


class RoleGuidance(Declared):
    """A role that asks "must I do anything?": what it is under the law, and which facts concern it."""

    capacity: Literal["controller", "processor", "staff", "data-subject"]
    """What it is in what it does with you: a controller itself, a processor, part of your staff, or a data subject."""
    name: Label
    """Whom the guidance speaks to, with a capital: `Schools that refer pupils`."""
    intro: Prose | None = None
    """What stands first on its page."""
    agreements: tuple[AgreementId, ...] = ()
    """The agreements that hold between you; a form for all of the kind is one (Art. 28 GDPR)."""
    activities: tuple[ActivityId, ...] = ()
    """What is done with the data of its people: retention follows from it."""
    serves: tuple[Country, ...] = ()
    """Where these readers are, if not in all your countries: authorities and crisis lines follow from it."""


class Role(Identified):
    """A role inside or outside the organisation; a person is a value of a role and has no place here."""

    name: Label
    """The role as a reader would say it, without an article: `daily manager`."""
    secrecy: LawId | None = None
    """The law that binds whoever has the role to secrecy, such as a health professional (Art. 9(3))."""
    guidance: RoleGuidance | None = None
    """For a role that asks "must I do anything?"."""


class Subject(Identified):
    """A category of data subjects (Art. 4(1), 30(1)(c) GDPR)."""

    name: Label
    """The people, in the plural, with a small letter: `clients`."""
    child: Flag = False
    """`true` where they are children."""
    vulnerable: Flag = False
    """`true` where they depend on you or can hardly object, such as patients."""
    staff: Flag = False
    """`true` where they work for you: data about them are human resources data."""


class Category(Identified):
    """A category of personal data, with the single pieces of data that it holds."""

    name: Label
    """The category, with a small letter: `contact details`."""
    data_class: DataClass = Field(alias="class")
    """ordinary, national-id, special (Art. 9) or criminal (Art. 10)."""
    kind: SpecialKind | None = None
    """Which special category of Art. 9(1); only where the class is special."""
    elements: dict[Id, Label] = Field(min_length=1)
    """The single pieces of data by id, such as `email`."""
    open_list: Flag = False
    """`true` where the elements are examples and there may be others of the kind."""
