"""YAML text to a plain tree of maps, lists and text, with the place of everything in it.

Plain scalars stay the text that was written, so that `NO` is Norway, `0105` a postcode and `12:30` a time;
what a text means is for the model to say. Aliases, tags and duplicate keys are refused: a fact has one place.
"""

import re
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
    refused: set[Path] = field(default_factory=set)
    """Where something stands that was refused and is None here."""
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
        text = _text(raw, file)
        tree.findings += _not_plain(text, file)
        node = yaml.compose(text, Loader=_Loader)
    except _UnreadableError as error:
        tree.findings.append(Finding(error.place, "yaml/unreadable", str(error)))
    except yaml.MarkedYAMLError as error:
        if error.problem != "found undefined alias":  # as an alias it is a finding already
            tree.findings.append(_syntax(error, text, file))
    else:
        tree.value = _Converter(tree).convert(node, ()) if node is not None else None
        if tree.value is None and not tree.findings:
            tree.findings.append(Finding(Place(file), "yaml/empty", _EMPTY))
    return tree


_EMPTY = "the file is empty. Write the facts in it, or delete it"
_TOO_DEEP = f"lists and maps are nested more than {MAXIMUM_DEPTH} deep; nothing that is declared here is"
_UNSEEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML refuses, and the line breaks that it counts and an editor does not."""


class _UnreadableError(Exception):
    """The file is no text that could be YAML of ours."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.place = place


def _text(raw: bytes, file: str) -> str:
    if len(raw) > MAXIMUM_BYTES:
        message = f"the file has {len(raw)} bytes; at most {MAXIMUM_BYTES} are read. Delete what is no fact"
        raise _UnreadableError(message, Place(file))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        raise _UnreadableError("this byte is not UTF-8. Save the file as UTF-8", _end_of(before, file)) from error
    if unseen := _UNSEEN.search(text):
        message = f"this invisible character (U+{ord(unseen.group()):04X}) may not stand here. Delete it"
        raise _UnreadableError(message, _end_of(text[: unseen.start()], file))
    return text


def _not_plain(text: str, file: str) -> Iterator[Finding]:
    """Yield what is more than text, lists and maps.

    Events come one by one; composing recurses in C for each level, so the depth is looked at before.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAXIMUM_DEPTH:
            raise _UnreadableError(_TOO_DEEP, _at(file, event.start_mark))
        if isinstance(event, yaml.AliasEvent):
            yield Finding(_at(file, event.start_mark), "yaml/alias", _ALIAS)
        elif tag := getattr(event, "tag", None):
            message = f"the tag {_written(tag)} has no meaning here. Delete it"
            yield Finding(_at(file, event.start_mark), "yaml/tag", message)


_ALIAS = (
    "a text that starts with * is an alias, and aliases are not used here. Put the text in double quotes, or give the "
    "fact an id and refer to it"
)


def _written(tag: str) -> str:
    prefix = "tag:yaml.org,2002:"
    return f"!!{tag.removeprefix(prefix)}" if tag.startswith(prefix) else tag


def _at(file: str, mark: Any) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


def _end_of(before: str, file: str) -> Place:
    lines = re.split("\r\n|\r|\n", before)
    return Place(file, len(lines), len(lines[-1]) + 1)


def _syntax(error: yaml.MarkedYAMLError, text: str, file: str) -> Finding:
    problem = str(error.problem)
    mark = error.problem_mark or error.context_mark
    if "end of stream" in problem and error.context_mark:
        mark = error.context_mark  # where it was opened, not where the file ends
    start = text[mark.index : mark.index + 1] if mark else ""
    plain = _TAB if start == "\t" else _PLAIN.get(problem, f"{problem}. {_HINT}")
    place = min(_at(file, mark), _end_of(text, file))  # libyaml counts a line more than there is
    return Finding(place, "yaml/syntax", f"this is not YAML: {plain.replace(_START, start)}")


_HINT = "Indent with spaces, write `key: value`, and put a text with special characters in double quotes"
_TAB = "a tab stands where only spaces may indent. Replace it with spaces"
_START = "(start)"
_PLAIN = {
    "found character that cannot start any token": "a text cannot start with (start) here. Put it in double quotes",
    "mapping values are not allowed in this context": "a second `: ` in a line. Put a text that holds `: ` in double "
    "quotes, or indent the line like its neighbours",
    "but found another document": "--- starts a second document, and a file holds one. Delete that line",
    "found unexpected end of stream": "a quote that starts here is never closed. Close it",
    "did not find expected key": "this line is indented unlike its neighbours, or something before it is not closed. "
    "Indent it like the keys beside it",
    "could not find expected ':'": "a line without `key:`, or a text over several lines. Write `key: value`, or "
    "`key: >-` with the text indented below",
    "did not find expected ',' or ']'": "a [ is not closed. Write one item on each line, after `- `",
    "did not find expected ',' or '}'": "a { is not closed. Write one `key: value` on each line",
    "block sequence entries are not allowed in this context": "a list starts on the line after its key, with `- `",
    "did not find expected '-' indicator": "this line is indented unlike the list before it. Start it with `- `, or "
    "indent it like the keys",
}
"""What libyaml says, in plain words; whatever is not listed is shown as it comes, with a hint."""


class _Converter:
    """Turns composed nodes into plain values and writes down places and findings on the way."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.seen: set[int] = set()

    def convert(self, node: yaml.Node, path: Path) -> Any:
        self.tree.values[path] = _at(self.tree.file, node.start_mark)
        if id(node) in self.seen:  # an alias, which is a finding already; following it could take for ever
            self.tree.refused.add(path)
            return None
        self.seen.add(id(node))
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
                self._refuse(key_node, "yaml/key", "a key is one word or id, not a list or map. Put a text in quotes")
            elif key in first:
                message = f'"{key}" stands here twice; the first is in line {first[key]}. Delete one'
                self._refuse(key_node, "yaml/duplicate", message)
            elif node.flow_style and _is_nothing(value_node):
                self._refuse(key_node, "yaml/comma", _comma(key))
            else:
                first[key] = key_node.start_mark.line + 1
                self.tree.keys[(*path, key)] = _at(self.tree.file, key_node.start_mark)
                yield key, self.convert(value_node, (*path, key))

    def _refuse(self, node: yaml.Node, rule: str, message: str) -> None:
        self.tree.findings.append(Finding(_at(self.tree.file, node.start_mark), rule, message))


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style


def _comma(key: str) -> str:
    return (
        f'nothing stands behind "{key}". Inside {{...}} a comma ends a text: if this is the rest of one, put the whole '
        "text in double quotes, or give each language a line of its own; else write the value"
    )
