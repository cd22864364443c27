"""What every declared thing has in common."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
"""A stable name for a thing: lower-case letters, digits and single hyphens, such as `school-contacts`."""


def _flag(value: object) -> object:
    """Read the two words YAML 1.2 has for truth; anything else is left for pydantic to refuse."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


Flag = Annotated[bool, BeforeValidator(_flag, json_schema_input_type=bool)]
"""`true` or `false`, nothing else: `no` is a country and a language, not a truth value."""

Notes = Annotated[
    bool | str | tuple[Any, ...] | Mapping[str, Any],
    BeforeValidator(_flag, json_schema_input_type=bool | str | list[Any] | dict[str, Any]),
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
