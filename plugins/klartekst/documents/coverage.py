"""What the statement really says of each item of Art. 13 and 14: read off what was rendered, not off what was meant."""

import re
from collections.abc import Iterator

from klartekst.blocks import BLOCKS, Coverage, said, states
from klartekst.documents.outline import outlines_of
from klartekst.law import demands
from klartekst.model import Finding, Place, Register

STATEMENT = "statement"
"""The document in which Art. 13 and 14 are looked for: the one for everyone."""


def coverage(marked: str, register: Register) -> tuple[Coverage, ...]:
    """Return, for each item in the order of the law, where a rendered statement states it and where it does not.

    Args:
        marked: the statement as Markdown with marks.
        register: the published Register.
    """
    places: dict[tuple[str, str], str] = {}
    for found in said(marked):
        places.setdefault((found.item, found.scope), found.anchor)
    return tuple(
        Coverage(
            demand,
            tuple((scope, places[demand.id, scope]) for scope in demand.scopes if (demand.id, scope) in places),
            tuple(scope for scope in demand.scopes if (demand.id, scope) not in places),
        )
        for demand in demands(register)
    )


def unsaid(rows: tuple[Coverage, ...], register: Register, place: Place) -> Iterator[Finding]:
    """Yield a finding for each item whose facts are there and which the statement does not state all the same.

    Where the facts themselves are missing, a rule says so at their place.

    Args:
        rows: what `coverage` returned.
        register: the published Register.
        place: the file that says which blocks make the statement.
    """
    for row in rows:
        blocks = [name for name, block in BLOCKS.items() if row.demand.id in block.articles]
        scopes = [scope for scope in row.holes if states(row.demand.id, scope, register)]
        if scopes:
            about = "" if scopes == [""] else f" about {', '.join(scopes)}"
            article = re.sub(r"\.(\w+)", r"(\1)", row.demand.article)
            message = (
                f"the statement does not say what Art. {article} asks for{about}. "
                f"Put the block {' or '.join(blocks)} back (GDPR Art. {article})."
            )
            yield Finding(place, "coverage/hole", message, "missing")


def place_of_statement(register: Register) -> Place:
    """Return where the statement's blocks are chosen: the owner's file, or the organisation's, where there is none."""
    own = register.documents.get(STATEMENT)
    return register.place(("documents", STATEMENT, "blocks") if own else ("organisation",))


def statement_path(register: Register) -> str:
    """Return the path of the statement for everyone."""
    return outlines_of(register)[STATEMENT].path
