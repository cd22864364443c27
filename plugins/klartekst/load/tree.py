"""YAML text to a plain tree of maps, lists and text, with the place of everything in it.

Plain scalars stay the text that was written, so that `NO` is Norway, `0105` a postcode and `12:30` a time;
what a text means is for the model to say. Aliases, tags and duplicate keys are refused: a fact has one place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from klartekst.model import Finding, Path, Place

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without libyaml reads the same, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAXIMUM_BYTES = 1_000_000
MAXIMUM_DEPTH = 40
_NULL = {"", "~", "null", "Null", "NULL"}


@dataclass
class Tree:
    """The content of one YAML file, and where each thing in it stands."""

    file: str
    value: Any = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Return the place of the value at a path, or of the nearest thing around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Place(self.file))

    def key_place(self, path: Path) -> Place:
        """Return the place of the key at a path, or of the nearest thing around it."""
        return self.keys.get(path) or self.place(path)


def read_tree(raw: bytes, file: str) -> Tree:
    """Read YAML bytes into a tree; whatever is wrong becomes a finding of the tree, never an exception."""
    tree = Tree(file)
    try:
        node = yaml.compose(_text(raw), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        tree.findings.append(Finding(_at(file, mark), "yaml/syntax", _syntax(error)))
    except (yaml.YAMLError, UnicodeDecodeError, _TooLargeError) as error:
        tree.findings.append(Finding(_error_place(raw, file, error), "yaml/unreadable", _unreadable(error)))
    except RecursionError:
        tree.findings.append(Finding(Place(file), "yaml/depth", _TOO_DEEP))
    else:
        if node is None:
            tree.findings.append(
                Finding(Place(file), "yaml/empty", "the file is empty. Write the facts in it, or delete it")
            )
        else:
            tree.value = _Converter(tree).convert(node, ())
    return tree


_TOO_DEEP = f"lists and maps are nested more than {MAXIMUM_DEPTH} deep; nothing that is declared here is"


class _TooLargeError(Exception):
    pass


def _text(raw: bytes) -> str:
    if len(raw) > MAXIMUM_BYTES:
        raise _TooLargeError(f"the file has {len(raw)} bytes; at most {MAXIMUM_BYTES} are read. Split it")
    text = raw.decode("utf-8-sig")
    # libyaml recurses in C for each level of nesting: count before it does.
    if max((len(line) - len(line.lstrip(" -?[{")) for line in text.splitlines()), default=0) > 200:
        raise _TooLargeError(_TOO_DEEP)
    depth = 0
    for character in text:
        depth += (character in "[{") - (character in "]}")
        if depth > 200:
            raise _TooLargeError(_TOO_DEEP)
    return text


def _at(file: str, mark: Any) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


def _syntax(error: yaml.MarkedYAMLError) -> str:
    problem = " ".join(str(part) for part in (error.context, error.problem) if part)
    return (
        f"this is not YAML: {problem}. Indent with spaces, write `key: value`, and put a text that holds "
        "`: ` or ` #`, or starts with a special character, in double quotes"
    )


def _error_place(raw: bytes, file: str, error: Exception) -> Place:
    """Find the line of an error that knows only its offset."""
    if isinstance(error, UnicodeDecodeError):
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
    elif isinstance(error, yaml.reader.ReaderError):
        before = raw.decode("utf-8-sig")[: error.position]
    else:
        return Place(file)
    return Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _unreadable(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "this byte is not UTF-8. Save the file as UTF-8"
    if isinstance(error, yaml.reader.ReaderError):
        return f"this character (U+{int(error.character):04X}) may not stand in YAML. Delete it"
    return str(error)


class _Converter:
    """Turns composed nodes into plain values and writes down places and findings on the way."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.seen: set[int] = set()

    def convert(self, node: yaml.Node, path: Path) -> Any:
        self.tree.values[path] = _at(self.tree.file, node.start_mark)
        if len(path) > MAXIMUM_DEPTH:
            return self._refuse(node, "yaml/depth", _TOO_DEEP)
        if id(node) in self.seen:
            return self._refuse(
                node, "yaml/alias", "anchors (&) and aliases (*) are not used here. Give the fact an id and refer to it"
            )
        self.seen.add(id(node))
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.endswith(("binary", "omap", "pairs")):
            return self._refuse(node, "yaml/tag", f"the tag {node.tag!r} has no meaning here. Delete it")
        if isinstance(node, yaml.MappingNode):
            return dict(self._items(node, path))
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.convert(item, (*path, index)) for index, item in enumerate(node.value))
        assert isinstance(node, yaml.ScalarNode)  # there is no fourth kind of node
        return None if not node.style and node.value in _NULL else node.value

    def _items(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                self._refuse(key_node, "yaml/key", "a key is one word or id, not a list or map")
                continue
            if key in first:
                self._refuse(
                    key_node,
                    "yaml/duplicate",
                    f'"{key}" stands here twice; the first is in line {first[key]}. Delete one',
                )
                continue
            first[key] = key_node.start_mark.line + 1
            self.tree.keys[(*path, key)] = _at(self.tree.file, key_node.start_mark)
            if node.flow_style and _is_nothing(value_node):
                self._refuse(key_node, "yaml/comma", _comma(key))
                continue
            yield key, self.convert(value_node, (*path, key))

    def _refuse(self, node: yaml.Node, rule: str, message: str) -> None:
        self.tree.findings.append(Finding(_at(self.tree.file, node.start_mark), rule, message))


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style


def _comma(key: str) -> str:
    return (
        f"inside {{...}} a comma ends a text, so the rest, {key!r}, is taken for a key of its own. Put the whole "
        "text in double quotes, or give each language a line of its own"
    )
