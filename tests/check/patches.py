"""Patches that a lawyer can read: what stands where in which file of a small organisation."""

import shutil
from pathlib import Path
from typing import Any

import yaml
from tests.load.mutations import read_plain

HERE = Path(__file__).parent
BASE = HERE / "base"
CASES = HERE / "cases"

DELETED = "deleted"
"""The word that takes a key or an item away."""


class _Indented(yaml.SafeDumper):
    """Writes lists as the base does, so that lines stay where they were."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def copy_of_base(target: Path) -> Path:
    """Return a copy of the organisation that has no findings."""
    return shutil.copytree(BASE, target)


def start(patch: Path, data: Path) -> None:
    """Give the base what the cases of a theme start from, where the theme has a `good.yml`: it has no findings."""
    good = patch.parent.parent / "good.yml"
    if good.exists():
        apply(good, data)


def apply(patch: Path, data: Path) -> None:
    """Change files as a patch says: by file, then by path (`purposes.0.bases`), the new value.

    A file that is not there is made; an item behind the last one of a list is added to it.
    """
    for file, changes in read_plain(patch).items():
        tree = read_plain(data / file) if (data / file).exists() else {}
        for path, value in changes.items():
            _put(tree, path.split("."), value)
        text = yaml.dump(tree, Dumper=_Indented, sort_keys=False, allow_unicode=True, width=1000)
        (data / file).parent.mkdir(exist_ok=True)
        (data / file).write_text(text, encoding="utf-8")


def _put(tree: Any, path: list[str], value: Any) -> None:
    *around, last = [int(part) if part.isdigit() else part for part in path]
    for part in around:
        tree = tree[part]
    if value == DELETED:
        del tree[last]
    elif last == len(tree) and isinstance(tree, list):
        tree.append(value)
    else:
        tree[last] = value
