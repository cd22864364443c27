"""The Register: everything declared, typed, frozen, looked up by id."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel

from klartekst.model.activity import Activity
from klartekst.model.base import Entity, Identified
from klartekst.model.finding import Place
from klartekst.model.governance import Assessment, Assurance, Policy, Quote, Review, Service, Term
from klartekst.model.organisation import Organisation
from klartekst.model.outline import DocumentFacts
from klartekst.model.party import Law, Measure, Party, System
from klartekst.model.people import Category, Role, Subject
from klartekst.model.retention import RetentionRule
from klartekst.model.site import Site

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
    services: Mapping[str, Service]
    policies: Mapping[str, Policy]
    assessments: Mapping[str, Assessment]
    reviews: Mapping[str, Review]
    assurances: Mapping[str, Assurance]
    quotes: Mapping[str, Quote]
    glossary: Mapping[str, Term]
    sites: Mapping[str, Site]
    documents: Mapping[str, DocumentFacts]
    phrases: Mapping[str, Mapping[str, str]]
    """The owner's own wording of the product's phrases, by language and key."""
    places: Mapping[Path, Place]

    def place(self, path: Path) -> Place:
        """Return where a fact stands, or where the nearest thing around it does."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place("data"))

    @cached_property
    def origins(self) -> Mapping[int, Path]:
        """Where each thing inside the Register was declared, by its identity: every printed word can be traced."""
        found = dict(_identities(self.organisation, ("organisation",)))
        for name in COLLECTIONS:
            for id, thing in getattr(self, name).items():
                found.update(_identities(thing, (name, id)))
        return found

    def recipients_of(self, activity: Activity) -> tuple[Party, ...]:
        """Return who receives the data of an activity: those it names and the vendors of its systems, in file order."""
        vendors = {self.systems[system].vendor for system in activity.systems}
        named = {*(activity.recipients or ()), *(activity.joint.parties if activity.joint else ())}
        return tuple(party for id, party in self.parties.items() if id in vendors or id in named)

    def activities_with(self, party: str) -> tuple[Activity, ...]:
        """Return the activities whose data a party receives."""
        return tuple(a for a in self.activities.values() if any(p.id == party for p in self.recipients_of(a)))

    @property
    def ours(self) -> tuple[Activity, ...]:
        """The activities over which the organisation decides, alone or with others, in file order."""
        return tuple(activity for activity in self.activities.values() if activity.is_ours)

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
        "services": Service,
        "policies": Policy,
        "assessments": Assessment,
        "reviews": Review,
        "assurances": Assurance,
        "quotes": Quote,
        "glossary": Term,
        "sites": Site,
        "documents": DocumentFacts,
    }
)
"""The collections of the Register, in the order in which they are declared, with their type."""


FILES_OF_ONE = ("parties", "activities", "documents")
"""The collections that have a folder with one file per thing; the others are one file, a map by id."""


def without_notes(entity: E) -> E:
    """Return an entity without its internal notes."""
    return entity.model_copy(update={"internal": False})


def _identities(value: Any, path: Path) -> Iterator[tuple[int, Path]]:
    """Yield the identity of each model inside a value, with its path."""
    if isinstance(value, BaseModel):
        yield id(value), path
        if not isinstance(value, RootModel):
            for name, field in type(value).model_fields.items():
                yield from _identities(value.__dict__[name], (*path, field.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _identities(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _identities(item, (*path, key))
