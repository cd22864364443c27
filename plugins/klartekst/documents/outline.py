"""Outlines: which blocks, in which order, make which document."""

from functools import cache

from klartekst.load import packaged
from klartekst.model.base import Declared


class Outline(Declared):
    """A document as data."""

    id: str
    path: str
    """The path of its page, without ending; the same in every language."""
    section: str | None = None
    """The section of the navigation, a key of the phrases `section/`."""
    blocks: tuple[str, ...]


@cache
def outlines() -> dict[str, Outline]:
    """Return the built-in outlines by id, in the order of the navigation."""
    data = packaged("klartekst.documents", "outlines.yml")
    return {id: Outline.model_validate({**value, "id": id}) for id, value in data.items()}
