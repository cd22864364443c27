"""The Register: everything declared, typed, frozen, looked up by id."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel

from klartekst.model.activity import Activity
from klartekst.model.agreement import Agreement, Assistance, Customer
from klartekst.model.base import Entity, Identified, Path
from klartekst.model.finding import Place
from klartekst.model.governance import Assessment, Assurance, Policy, Quote, Review, Service, Term
from klartekst.model.guidance import Topic
from klartekst.model.organisation import Organisation
from klartekst.model.outline import DocumentFacts
from klartekst.model.party import Law, Measure, Party, System
from klartekst.model.people import Category, Role, Subject
from klartekst.model.period import after
from klartekst.model.retention import RetentionRule
from klartekst.model.site import Site
from klartekst.model.walk import references

E = TypeVar("E", bound=Entity)


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
    customers: Mapping[str, Customer]
    assistance: Mapping[str, Assistance]
    agreements: Mapping[str, Agreement]
    services: Mapping[str, Service]
    policies: Mapping[str, Policy]
    assessments: Mapping[str, Assessment]
    reviews: Mapping[str, Review]
    assurances: Mapping[str, Assurance]
    quotes: Mapping[str, Quote]
    glossary: Mapping[str, Term]
    guidance: Mapping[str, Topic]
    sites: Mapping[str, Site]
    documents: Mapping[str, DocumentFacts]
    phrases: Mapping[str, Mapping[str, str]]
    """The owner's own wording of the product's phrases, by language and key."""
    places: Mapping[Path, Place]
    announced: Mapping[str, dt.date | None] | None = None
    """What `notice_clock` was when internal agreements were still there."""

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

    @property
    def guided(self) -> tuple[Role, ...]:
        """The roles that have guidance, in file order."""
        return tuple(role for role in self.roles.values() if role.guidance)

    def readers_of(self, topic: Topic) -> tuple[str, ...]:
        """Return where those who read about a topic are: the countries of the organisation, then those of each role."""
        own = self.organisation
        asking = (self.roles[answer.role].guidance for answer in topic.answers if answer.role in self.roles)
        theirs = (country for guidance in asking if guidance for country in guidance.serves)
        return tuple(dict.fromkeys((own.country, *own.serves, *theirs)))

    def sub_processors_of(self, agreement: Agreement) -> tuple[Party, ...]:
        """Return who processes for the processor of an agreement, in file order.

        Where you process: the processors of its activities, but those that it does without. Where another processes
        for you: those that it says it uses.
        """
        if agreement.direction == "controller":
            chain = self.parties[agreement.processor].sub_processors if agreement.processor else ()
            return tuple(party for id, party in self.parties.items() if id in chain)
        without = {exception.party for exception in agreement.without}
        used = {party.id for id in agreement.activities for party in self.recipients_of(self.activities[id])}
        return tuple(
            party
            for id, party in self.parties.items()
            if id in used and id not in without and party.capacity == "processor"
        )

    @cached_property
    def notice_clock(self) -> Mapping[str, dt.date | None]:
        """Each processor that you use for others, with the earliest day on which it may start (Art. 28(2) GDPR).

        That is the day on which the longest notice of all agreements that use it and hold already, internal ones too,
        has passed since the last customer received it; None where nothing was announced, or no agreement has a notice.
        """
        if self.announced is not None:
            return self.announced
        found: dict[str, dt.date | None] = {}
        for agreement in self.agreements.values():
            for party in self.sub_processors_of(agreement) if agreement.is_ours_to_perform else ():
                days = [day for day in (found.get(party.id), earliest_start(party, agreement)) if day]
                found[party.id] = max(days, default=None)
        return found

    def published(self, agreement: str | None = None) -> "Register":
        """Return the Register as the public may see it: no internal entity, no internal note.

        Every renderer gets this one, so that no template can leak what it never had.

        Args:
            agreement: an agreement that stays although it is internal, with everything it refers to: its document goes
                to the other party.
        """
        needed = self._needed_by(agreement) if agreement else frozenset()
        kept = {
            name: MappingProxyType(
                {
                    id: without_notes(thing)
                    for id, thing in getattr(self, name).items()
                    if not thing.is_internal or (name, id) in needed
                }
            )
            for name in COLLECTIONS
        }
        parties = {agreement.customer for agreement in kept["agreements"].values()}
        kept["customers"] = MappingProxyType({id: one for id, one in kept["customers"].items() if id in parties})
        return replace(self, organisation=without_notes(self.organisation), announced=self.notice_clock, **kept)

    def _needed_by(self, agreement: str) -> frozenset[tuple[str, str]]:
        """Return what an agreement refers to, and what that refers to, by collection and id."""
        found, waiting = set[tuple[str, str]](), [("agreements", agreement)]
        while waiting:
            name, id = waiting.pop()
            if (name, id) not in found:
                found.add((name, id))
                waiting += [(where, target) for _, where, target in references(getattr(self, name)[id])]
        return frozenset(found)


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
        "customers": Customer,
        "assistance": Assistance,
        "agreements": Agreement,
        "services": Service,
        "policies": Policy,
        "assessments": Assessment,
        "reviews": Review,
        "assurances": Assurance,
        "quotes": Quote,
        "glossary": Term,
        "guidance": Topic,
        "sites": Site,
        "documents": DocumentFacts,
    }
)
"""The collections of the Register, in the order in which they are declared, with their type."""


FILES_OF_ONE = ("parties", "activities", "agreements", "guidance", "documents")
"""The collections that have a folder with one file per thing; the others are one file, a map by id."""


def earliest_start(party: Party, agreement: Agreement) -> dt.date | None:
    """Return from when an agreement lets an announced processor start; None where it asks for no notice of it.

    An agreement that begins with the processor in its list, or is over before it starts, asks for none.
    """
    if agreement.authorisation != "general" or not holds_at_start(party, agreement):
        return None
    return after(party.notified, agreement.notice) if party.notified and agreement.notice else None


def holds_at_start(party: Party, agreement: Agreement) -> bool:
    """Return whether an agreement is in force before a processor starts, so that it is a change to the customer."""
    last = agreement.duration.until if agreement.duration else None
    start = party.since or party.notified
    is_later = party.since and agreement.effective and party.since <= agreement.effective
    return not is_later and not (last and start and last < start)


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
