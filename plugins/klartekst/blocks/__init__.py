"""Facts to Markdown: one renderer per block."""

from klartekst.blocks import catalogue as _all_blocks  # noqa: F401  importing them is what declares them
from klartekst.blocks.block import BLOCKS, Block, Page
from klartekst.blocks.markdown import escaped

__all__ = ["BLOCKS", "Block", "Page", "escaped"]
