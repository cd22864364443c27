"""Websites and apps, and what they store on the reader's device or read from it."""

from typing import Annotated, Literal

from pydantic import BeforeValidator

from klartekst.model.base import Declared, Flag, Identified, PartyId, none_is_empty
from klartekst.model.codes import Lasting, Url
from klartekst.model.text import Label, Line, Prose


class DeviceStorage(Declared):
    """One cookie or other thing stored on the reader's device or read from it."""

    name: Line
    """Its name, as the browser shows it."""
    kind: Literal["cookie", "local-storage", "session-storage", "pixel"]
    """cookie, local-storage, session-storage or pixel."""
    party: PartyId | None = None
    """Who sets it, where it is not you."""
    purpose: Label
    """What it is for, as a whole sentence."""
    lasts: Lasting
    """How long it stays, as ISO 8601, or `session`: until the browser is closed."""
    necessary: Flag
    """`true` where a service that the reader asked for cannot work without it; all else needs consent."""


class Site(Identified):
    """A website or app."""

    name: Label
    """What it is, with a capital: `Our website`."""
    url: Url
    """Its address."""
    storage: Annotated[
        tuple[DeviceStorage, ...] | None,
        BeforeValidator(none_is_empty, json_schema_input_type=Literal["none"] | list[DeviceStorage] | None),
    ] = None
    """`none`, or what it stores on the reader's device."""
    consent: Prose | None = None
    """How consent is asked for and withdrawn, where anything needs it."""
    note: Prose | None = None
    """What else the reader should know, such as how visits are counted without storing anything."""
