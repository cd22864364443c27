"""What every declared thing has in common."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

ID = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"

Path = tuple[str | int, ...]
"""Where a fact stands in the Register: `("activities", "newsletter", "purposes", 0, "text")`."""

Id = Annotated[str, StringConstraints(pattern=ID, max_length=64)]
"""A stable name for a thing: lower-case letters, digits and single hyphens, such as `school-contacts`."""


def is_id(text: str) -> bool:
    """Return whether a text can be an id."""
    return re.fullmatch(ID.strip("^$"), text) is not None


def _flag(value: object) -> object:
    """Read the two words YAML 1.2 has for truth; anything else is left for pydantic to refuse."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


Flag = Annotated[bool, BeforeValidator(_flag, json_schema_input_type=bool)]
"""`true` or `false`, nothing else: `no` is a country and a language, not a truth value."""


def _notes(value: object) -> object:
    """Refuse what looks like a truth value and is none: taken for a note, it would publish what was to stay inside."""
    if isinstance(value, str) and value not in {"true", "false"} and value.casefold() in _ALMOST_FLAGS:
        raise ValueError("write true or false in small letters; a note is more than such a word")
    return _flag(value)


_ALMOST_FLAGS = {"true", "false", "yes", "no", "y", "n", "on", "off", "1", "0"}

Notes = Annotated[
    bool | str | tuple[Any, ...] | Mapping[str, Any],
    BeforeValidator(_notes, json_schema_input_type=bool | str | list[Any] | dict[str, Any]),
]


def none_is_empty(value: object) -> object:
    """Read `none` as a stated fact: an empty list that somebody wrote down, not one that was forgotten."""
    return () if value == "none" else value


class Declared(BaseModel):
    """The base of all models: frozen, strict, and closed to keys nobody declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


class Entity(Declared):
    """A declared thing that may carry notes which are never published, or be internal as a whole."""

    internal: Notes = False
    """`true` keeps the whole thing off every page. A text, list or map is a note for colleagues, never published."""

    @property
    def is_internal(self) -> bool:
        """Whether the whole thing is kept off every page."""
        return self.internal is True


class Identified(Entity):
    """An entity that others refer to by id; the id is its file name or its key, so it is never written inside."""

    id: SkipJsonSchema[Id] = Field(default="", exclude=True)


class Reference:
    """Marks an annotated id as a reference into one collection of the Register, such as `parties`."""

    def __init__(self, collection: str) -> None:
        """Remember the collection, which is a field name of the Register."""
        self.collection = collection


RoleId = Annotated[Id, Reference("roles")]
SubjectId = Annotated[Id, Reference("subjects")]
CategoryId = Annotated[Id, Reference("categories")]
PartyId = Annotated[Id, Reference("parties")]
SystemId = Annotated[Id, Reference("systems")]
RetentionId = Annotated[Id, Reference("retention")]
MeasureId = Annotated[Id, Reference("measures")]
LawId = Annotated[Id, Reference("laws")]
ActivityId = Annotated[Id, Reference("activities")]
QuoteId = Annotated[Id, Reference("quotes")]
CustomerId = Annotated[Id, Reference("customers")]
AssistanceId = Annotated[Id, Reference("assistance")]
AgreementId = Annotated[Id, Reference("agreements")]
AssuranceId = Annotated[Id, Reference("assurances")]
