"""How the owner's documents differ from the built-in ones."""

from klartekst.model.base import Identified, RoleId, SubjectId
from klartekst.model.codes import Date, PagePath, Url
from klartekst.model.text import Label, Line, Prose


class DocumentFacts(Identified):
    """A document: one of the built-in ones, changed, or one of your own. What is left out stays as it is."""

    title: Label | None = None
    """The title."""
    description: Label | None = None
    """What it holds, as one sentence."""
    intro: Prose | None = None
    """What stands first."""
    path: PagePath | None = None
    """The path of its page, one for all languages: `privacy`."""
    blocks: tuple[Line, ...] | None = None
    """The blocks in their order, each as a directive has it: `rights`, or `retention subject=clients`."""
    audience: tuple[SubjectId, ...] = ()
    """Whom it is for; everyone where nobody is named."""
    version: Line | None = None
    """Its version."""
    effective: Date | None = None
    """The day from which it holds."""
    owner: RoleId | None = None
    """Who keeps it up to date."""
    canonical: Url | None = None
    """Where the newest version always stands."""
