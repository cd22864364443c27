"""Guidance: topics of data protection, and for each role the answer to "must I do anything?"."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from klartekst.model.base import (
    ActivityId,
    AgreementId,
    AssuranceId,
    Declared,
    Flag,
    Id,
    Identified,
    MeasureId,
    PartyId,
    RetentionId,
    RoleId,
    SystemId,
)
from klartekst.model.codes import Country, Provision, Rank, SelfService, Shown, Span, Url
from klartekst.model.text import Label, Prose


class Grounds(Declared):
    """The facts that an answer rests on: take one away, and the answer does not hold any more."""

    agreements: tuple[AgreementId, ...] = ()
    """The agreements that cover it."""
    activities: tuple[ActivityId, ...] = ()
    """What is done with the data."""
    systems: tuple[SystemId, ...] = ()
    """The systems in which it happens."""
    parties: tuple[PartyId, ...] = ()
    """The processors that do it."""
    measures: tuple[MeasureId, ...] = ()
    """The measures that see to it."""
    retention: tuple[RetentionId, ...] = ()
    """The retention rules that are applied."""
    assurances: tuple[AssuranceId, ...] = ()
    """What is assured."""
    self_service: tuple[SelfService, ...] = ()
    """The rights that a person uses in the service itself: `portability`; organisation.yml says where."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    @model_validator(mode="after")
    def _there_is_one(self) -> Self:
        if not any(getattr(self, name) for name in type(self).model_fields):
            raise ValueError(f"name at least one fact, under {', '.join(type(self).model_fields)}")
        return self


class Reading(Declared):
    """Where an authority says more, per country: the authorities differ."""

    country: Country
    """The country whose authority it is."""
    url: Url
    """The address of the page about the topic."""


class Question(Declared):
    """Something that an answer depends on, with every answer that there can be."""

    text: Label
    """The question to the reader: `Did the client come through the platform?`"""
    answers: dict[Id, Label] = Field(min_length=2)
    """The possible answers by id, each as it completes the question: `yes: Yes`."""


class Duty(Declared):
    """Something that must be done: by whom, in which steps, by when."""

    owner: Literal["role", "organisation", "both"] = "role"
    """Who does it: the role that reads, the organisation for it, or both."""
    actions: tuple[Label, ...] = Field(min_length=1)
    """The steps in order, each as a whole sentence that says what to do."""
    when: Label | None = None
    """In which case, as a clause after "if": `the breach is likely to be a risk to people`; always where left out."""
    deadline: Span | None = None
    """How long there is, as ISO 8601: `PT72H`, `P1M`."""
    runs_from: Label | None = None
    """From when the deadline runs, as a clause after "from when": `you hear of the breach`."""
    optional: Flag = False
    """`true` where it is advice, not duty."""
    effort: Span | None = None
    """About how long it takes: `PT30M`."""
    evidence: Label | None = None
    """What shows that it is done, as a whole sentence: `The agreement is in your files.`"""
    article: Provision | None = None
    """The provision of the GDPR that asks for it: `33.1`."""
    settled_by: Grounds | None = None
    """The facts by which it is done already."""


class Outcome(Declared):
    """What an answer says beside the word itself."""

    because: Prose
    """Why: the plain answer in one or two sentences."""
    remains: Prose | None = None
    """What stays with the role all the same."""
    rests_on: Grounds | None = None
    """The facts that it rests on."""
    duties: tuple[Duty, ...] = ()
    """What must be done, in order."""


class Case(Outcome):
    """What holds for some answers to the questions."""

    when: dict[Id, Annotated[tuple[Id, ...], Field(min_length=1)]] = Field(min_length=1)
    """The questions by id, each with the answers for which this case holds; any answer where a question is left out."""
    answer: Literal["no", "done-for-you", "yes"]
    """no, done-for-you (the duty stays the role's own by law, and the organisation does the work), or yes."""


class Answer(Outcome):
    """Whether a role must do anything about a topic."""

    role: RoleId
    """The role; it has `guidance` in roles.yml."""
    answer: Literal["no", "done-for-you", "yes", "depends"]
    """no, done-for-you (the duty stays the role's own by law, and the organisation does the work), yes or depends."""
    cases: tuple[Case, ...] = ()
    """For depends: what holds when. Each combination of answers belongs to one case."""


class Topic(Identified):
    """A topic of data protection, what the organisation does about it, and what each role must do."""

    order: Rank
    """Its place among the topics: 1 comes first."""
    title: Label
    """The topic, with a capital: `Breaches`."""
    what: Prose
    """What it is about, in a few sentences."""
    we_do: Prose | None = None
    """What the organisation does about it."""
    words: Label | None = None
    """Everyday words and inflections by which people look for it, with commas between them: `hacked, stolen, lost`."""
    articles: tuple[Provision, ...] = ()
    """The provisions of the GDPR it is about: `33`, `34`."""
    readings: tuple[Reading, ...] = ()
    """Where the authorities say more."""
    examples: tuple[Label, ...] = ()
    """Examples, each as a whole sentence."""
    shows: tuple[Shown, ...] = ()
    """The facts of this role that are shown beside the answer: agreements, retention, sub-processors, self-service
    (where people use a right themselves), breach (whom to call, in how many hours), officer."""
    emergency: Prose | None = None
    """When one must not read on but call for help; the crisis lines of your countries stand below it."""
    questions: dict[Id, Question] = Field(default_factory=dict)
    """The questions that an answer may depend on, by id."""
    answers: tuple[Answer, ...] = Field(min_length=1)
    """The answer for each role."""
