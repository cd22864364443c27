"""What a block is: a renderer from facts to Markdown, with the articles it satisfies and the parameters it takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from klartekst.law import Demand
from klartekst.model import Label, Register


@dataclass(frozen=True)
class Link:
    """A document as another page can list it."""

    id: str
    title: str
    description: str
    subject: str | None = None
    """The group of people it is for, where it is for one."""
    role: str | None = None
    """The role whose guidance it is, where it is that."""
    label: Label | None = None
    """What it is called beside its like: the group of people, or the role; None where it goes by its title."""


@dataclass(frozen=True)
class Coverage:
    """What the statement says of one item of Art. 13 and 14, and where."""

    demand: Demand
    anchors: tuple[tuple[str, str], ...]
    """Scope and anchor of each place in the statement that states it."""
    holes: tuple[str, ...]
    """The scopes for which it is stated nowhere."""


@dataclass(frozen=True)
class Page:
    """Where a block stands: the language of the page, and how a link from it reaches another document."""

    language: str
    address_of: Callable[[str], str] = field(default=lambda document: f"{document}.md")
    documents: Callable[[], tuple[Link, ...]] = field(default=tuple)
    """The documents that stand on the front page, with those for each group of people and role; asked where listed."""
    document: Callable[[str], Link | None] = field(default=lambda _: None)
    """A document by its id; None where these facts make none, or none that anything leads to."""
    coverage: tuple[Coverage, ...] = ()
    """What the statement says, for the coverage map; empty where nobody has looked yet."""


@dataclass(frozen=True)
class Block:
    """The unit of rendering, placing, citing and comparing."""

    name: str
    articles: tuple[str, ...]
    parameters: Mapping[str, str]
    render: Callable[..., str]

    @property
    def explanation(self) -> str:
        """The docstring of the block."""
        return (self.render.__doc__ or "").strip()

    def __call__(self, register: Register, page: Page, **parameters: str) -> str:
        """Return the block as Markdown with marks, from what is public in a Register."""
        return self.render(register, page, **parameters)


_BLOCKS: dict[str, Block] = {}
BLOCKS: Mapping[str, Block] = MappingProxyType(_BLOCKS)
"""All blocks by name."""


def block(name: str, *articles: str, **parameters: str) -> Callable[[Callable[..., str]], Block]:
    """Make a function a block.

    Args:
        name: what a directive calls it.
        articles: what it satisfies, such as `13.2.a`.
        parameters: the keys a directive may give, each with the collection of the Register its value is an id of.
    """

    def register_block(render: Callable[..., Any]) -> Block:
        if name in _BLOCKS or not render.__doc__:
            raise ValueError(f"block {name}: the name is taken or the docstring is missing")
        _BLOCKS[name] = Block(name, articles, MappingProxyType(parameters), render)
        return _BLOCKS[name]

    return register_block
