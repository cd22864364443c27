"""The YAML files that come with Klartekst itself: phrases, law, outlines."""

from functools import cache
from importlib.resources import files
from typing import Any

from klartekst.load.tree import read_tree


@cache
def packaged(package: str, name: str) -> Any:
    """Read a YAML file of the product, such as `packaged("klartekst.law", "data/eea.yml")`.

    Raises:
        ValueError: the file is defective, which is a defect of the product and not of anybody's data.
    """
    tree = read_tree(files(package).joinpath(name).read_bytes(), f"{package}/{name}")
    if tree.findings:
        raise ValueError("\n".join(map(str, tree.findings)))
    return tree.value
