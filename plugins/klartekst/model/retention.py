"""How long data is kept (Art. 5(1)(e), 13(2)(a) GDPR)."""

from typing import Literal

from klartekst.model.base import CategoryId, Declared, Identified, LawId
from klartekst.model.codes import Date, Period
from klartekst.model.text import Label, Prose


class RetentionException(Declared):
    """A case in which something else holds than the rule says."""

    text: Label
    """What holds then, as a whole sentence: `If you agree, we keep your application for another year.`"""
    law: LawId | None = None
    """The law that the exception rests on."""


class LegacyRule(Declared):
    """What holds for data that was collected under an earlier rule."""

    before: Date
    """The day on which the present rule came into force."""
    text: Prose
    """What happens to data from before that day."""


class RetentionRule(Identified):
    """How long data is kept, from when, and what happens then (Art. 13(2)(a), 5(1)(e) GDPR)."""

    covers: Label
    """What is kept, with a capital: `Enquiries`."""
    categories: tuple[CategoryId, ...] = ()
    """The categories of data that the rule is about; all of the activity's where none is named."""
    kind: Literal["at-least", "at-most", "exactly", "until", "criteria", "permanently"]
    """at-least (a statutory minimum), at-most, exactly, until the event itself, by criteria alone, or permanently."""
    trigger: Label | None = None
    """The event from which time runs, as a clause: `the case is closed`, after "2 years after" and "until"."""
    period: Period | None = None
    """How long, as ISO 8601; for at-least, at-most and exactly."""
    criteria: Label | None = None
    """What decides how long, as a whole sentence; for criteria and permanently."""
    review: Period | None = None
    """How often you go through the data to erase what is no longer needed, as ISO 8601."""
    law: LawId | None = None
    """The law that demands the storage."""
    action: Literal["erase", "anonymise", "shred", "return", "archive", "keep"]
    """What happens then; `shred` is for paper, `keep` is for permanently."""
    exceptions: tuple[RetentionException, ...] = ()
    """Cases in which something else holds."""
    legacy: LegacyRule | None = None
    """What holds for data from before the rule."""
