"""The Register: everything declared, typed, frozen, looked up by id."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from klartekst.model.activity import Activity, RetentionRule
from klartekst.model.base import Entity, Identified
from klartekst.model.finding import Place
from klartekst.model.organisation import Organisation
from klartekst.model.party import Law, Measure, Party, System
from klartekst.model.people import Category, Role, Subject

E = TypeVar("E", bound=Entity)

Path = tuple[str | int, ...]
"""Where a fact stands in the Register: `("activities", "newsletter", "purposes", 0, "text")`."""


@dataclass(frozen=True)
class Register:
    """Everything an organisation declares; the one object that every layer receives."""

    organisation: Organisation
    roles: Mapping[str, Role]
    subjects: Mapping[str, Subject]
    categories: Mapping[str, Category]
    parties: Mapping[str, Party]
    systems: Mapping[str, System]
    laws: Mapping[str, Law]
    measures: Mapping[str, Measure]
    retention: Mapping[str, RetentionRule]
    activities: Mapping[str, Activity]
    places: Mapping[Path, Place]

    def place(self, path: Path) -> Place:
        """Return where a fact stands, or where the nearest thing around it does."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place("data"))

    def recipients_of(self, activity: Activity) -> tuple[Party, ...]:
        """Return who receives the data of an activity: those it names and the vendors of its systems, in file order."""
        vendors = {self.systems[system].vendor for system in activity.systems}
        return tuple(party for id, party in self.parties.items() if id in vendors or id in activity.recipients)

    def activities_with(self, party: str) -> tuple[Activity, ...]:
        """Return the activities whose data a party receives."""
        return tuple(a for a in self.activities.values() if any(p.id == party for p in self.recipients_of(a)))

    def published(self) -> "Register":
        """Return the Register as the public may see it: no internal entity, no internal note.

        Every renderer gets this one, so that no template can leak what it never had.
        """
        kept = {
            name: MappingProxyType(
                {key: without_notes(thing) for key, thing in getattr(self, name).items() if not thing.is_internal}
            )
            for name in COLLECTIONS
        }
        return replace(self, organisation=without_notes(self.organisation), **kept)


COLLECTIONS: Mapping[str, type[Identified]] = MappingProxyType(
    {
        "roles": Role,
        "subjects": Subject,
        "categories": Category,
        "parties": Party,
        "systems": System,
        "laws": Law,
        "measures": Measure,
        "retention": RetentionRule,
        "activities": Activity,
    }
)
"""The collections of the Register, in the order in which they are declared, with their type."""


FILES_OF_ONE = ("parties", "activities")
"""The collections that have a folder with one file per thing; the others are one file, a map by id."""


def without_notes(entity: E) -> E:
    """Return an entity without its internal notes."""
    return entity.model_copy(update={"internal": False})
