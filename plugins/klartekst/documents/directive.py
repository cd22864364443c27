"""A directive: a line of a page, or of an outline, that stands for a block."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from klartekst.blocks import BLOCKS
from klartekst.load import nearest
from klartekst.model import Register

_NAMED = re.compile(r"^(?P<name>[^\s=]+)(?P<rest>[^\n]*)$")
_PARAMETER = re.compile(r'(?P<key>[^\s="]+)=(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+))')


@dataclass(frozen=True)
class Directive:
    """A block with its parameters, and the line of the page it stands on (0 in an outline)."""

    line: int
    block: str
    parameters: tuple[tuple[str, str], ...]


def read_directive(text: str, line: int = 0) -> Directive | None:
    """Read `retention subject=clients`; None where it cannot be read."""
    match = _NAMED.match(text.strip())
    if match is None or _PARAMETER.sub("", match["rest"]).strip():
        return None
    parameters = tuple(
        (part["key"], part["quoted"] if part["quoted"] is not None else part["plain"])
        for part in _PARAMETER.finditer(match["rest"])
    )
    return Directive(line, match["name"], parameters)


def problems(directive: Directive, register: Register | None) -> Iterator[tuple[str, str]]:
    """Yield (what is wrong, message) for a directive that names what there is not: unknown-block, unknown-key ..."""
    block = BLOCKS.get(directive.block)
    if block is None:
        known = nearest(directive.block, BLOCKS) or f" Known: {', '.join(BLOCKS)}."
        yield "unknown-block", f'there is no block "{directive.block}".{known}'
        return
    given = [key for key, _ in directive.parameters]
    for key in sorted({key for key in given if given.count(key) > 1}):
        yield "twice", f'the key "{key}" stands in this directive twice. Delete one'
    for key, value in directive.parameters:
        if key not in block.parameters:
            keys = ", ".join(block.parameters) or "none"
            near = nearest(key, block.parameters)
            yield "unknown-key", f'the block "{block.name}" has no key "{key}".{near} Its keys: {keys}.'
        elif register is not None and value not in getattr(register, block.parameters[key]):
            ids = list(getattr(register, block.parameters[key]))
            near = nearest(value, ids) or f" Known: {', '.join(ids)}."
            yield "unknown-id", f'{key}={value}: "{value}" is not declared in {block.parameters[key]}.{near}'
