"""Roles, the people whose data it is, and the kinds of data."""

from pydantic import Field

from klartekst.model.base import Flag, Id, Identified, LawId
from klartekst.model.codes import DataClass, SpecialKind
from klartekst.model.text import Label


class Role(Identified):
    """A role inside or outside the organisation; a person is a value of a role and has no place here."""

    name: Label
    """The role as a reader would say it, without an article: `daily manager`."""
    secrecy: LawId | None = None
    """The law that binds whoever has the role to secrecy, such as a health professional (Art. 9(3))."""


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
