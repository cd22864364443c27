"""How the organisation steers its work with personal data, as far as it tells: policies, assessments, reviews ..."""

from typing import Literal

from klartekst.model.base import ActivityId, Identified, LawId, RoleId
from klartekst.model.codes import Assured, Date, Period, Provision, Url
from klartekst.model.text import Label, LanguageCode, Line, Prose


class Service(Identified):
    """A service that the organisation offers."""

    name: Label
    """The service, with a capital: `Counselling of pupils`."""
    text: Prose
    """What it is, for whom it is and for whom it is not."""
    law: LawId | None = None
    """The law that regulates it, such as for a health service."""
    url: Url | None = None
    """Where to read more."""


class Policy(Identified):
    """Something the organisation says about how it works, under a heading of its own."""

    heading: Label
    """The heading."""
    text: Prose
    """What it says."""
    audience: Literal["everyone", "staff"] = "everyone"
    """Whether it stands in the statement, or on the page for staff."""
    law: LawId | None = None
    """The law it follows."""


class Assessment(Identified):
    """A question that was considered, with its reasons and its conclusion."""

    question: Label
    """The question: `Must we have a data protection officer?`"""
    reasons: tuple[Label, ...]
    """What was considered, each as a whole sentence."""
    conclusion: Label
    """What came out, as a whole sentence."""
    article: Provision | None = None
    """The provision of the GDPR that asks: `37.1`."""
    activities: tuple[ActivityId, ...] = ()
    """The activities it is about; none where it is about all."""
    approved_by: RoleId | None = None
    """Who approved it."""
    date: Date | None = None
    """When."""


class Review(Identified):
    """Something that is gone through again and again."""

    name: Label
    """What is reviewed, with a capital: `This statement`."""
    every: Period
    """How often at least, as ISO 8601."""
    owner: RoleId
    """Who does it."""
    approved_by: RoleId | None = None
    """Who approves the result."""
    questions: tuple[Label, ...] = ()
    """What is asked each time, each as a question."""


class Quote(Identified):
    """What an authority or a court has said, word for word."""

    text: Line
    """The words, in the language in which they were said."""
    language: LanguageCode
    """That language, ISO 639-1."""
    source: Label
    """Who said it and where."""
    url: Url | None = None
    """Where it stands."""


class Term(Identified):
    """A word that is explained."""

    term: Label
    """The word."""
    forms: Label | None = None
    """Its other forms, as they stand in texts, with commas between them: `controllers, controller's`."""
    definition: Prose
    """What it means, in plain words."""
    article: Provision | None = None
    """The provision of the GDPR that defines it: `4.1`."""


class Assurance(Identified):
    """What the organisation does not do, or does; what can be checked against the other facts is."""

    claim: Label
    """The assurance, as a whole sentence: `We transfer no data to countries outside the EEA.`"""
    about: Assured | None = None
    """What it denies, where the other facts can tell: `transfers`, `automated-decisions`, `special-categories` ..."""
    scope: Prose | None = None
    """What it holds for, where it does not hold for everything."""
    holds: Literal["yes", "unknown"] = "yes"
    """yes, or unknown: then it is printed as something you are looking into."""
    as_of: Date | None = None
    """The day on which it was last looked at."""
    explainer: Prose | None = None
    """What that means for the reader."""
