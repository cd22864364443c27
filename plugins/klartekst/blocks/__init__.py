"""Facts to Markdown: one renderer per block."""

from klartekst.blocks import agreements as _of_agreements  # noqa: F401  importing them is what declares them
from klartekst.blocks import catalogue as _all_blocks  # noqa: F401
from klartekst.blocks import governance as _more_blocks  # noqa: F401
from klartekst.blocks import guidance as _of_guidance  # noqa: F401
from klartekst.blocks.block import BLOCKS, Block, Coverage, Link, Page
from klartekst.blocks.guidance import answer_for, outcomes_of, responses, to_do, topics_of
from klartekst.blocks.markdown import escaped
from klartekst.blocks.marks import Said, plain, said, traced
from klartekst.blocks.renderer import Words
from klartekst.blocks.stated import states

__all__ = [
    "BLOCKS",
    "Block",
    "Coverage",
    "Link",
    "Page",
    "Said",
    "Words",
    "answer_for",
    "escaped",
    "outcomes_of",
    "plain",
    "responses",
    "said",
    "states",
    "to_do",
    "topics_of",
    "traced",
]
