"""YAML to a Register, each fact with its place; the only part that reads YAML."""

from klartekst.load.loader import FOLDERS, Loaded, load
from klartekst.load.packaged import packaged
from klartekst.load.shape import nearest, shape, shown
from klartekst.load.tree import Tree, read_tree

__all__ = [
    "FOLDERS",
    "Loaded",
    "Tree",
    "load",
    "nearest",
    "packaged",
    "read_tree",
    "shape",
    "shown",
]
