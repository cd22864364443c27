"""Which phrases the product asks for: read from its templates and its code, dynamic keys spelt out by their codes."""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, get_args

import jinja2
from jinja2 import nodes
from tests.conftest import ROOT

from klartekst.documents import outlines
from klartekst.law import adequacy_decisions, rights
from klartekst.model import Necessity, Party, RetentionRule
from klartekst.model.codes import BasisCode, DataClass, SpecialKind
from klartekst.model.organisation import Scheme

PACKAGE = ROOT / "plugins" / "klartekst"


def codes(model: Any, field: str) -> tuple[str, ...]:
    """Return the codes that a field of a model may hold."""
    return tuple(get_args(model.model_fields[field].annotation))


SHOWN_RIGHTS = tuple(id for id, right in rights().items() if right.only_if is None)

CODES: dict[str, tuple[str, ...]] = {
    "activity.necessity.kind": codes(Necessity, "kind"),
    "basis.article": get_args(BasisCode),
    "capacity": codes(Party, "capacity"),
    "category.data_class": get_args(DataClass),
    "category.kind": get_args(SpecialKind),
    "document": tuple(id for id, outline in outlines().items() if outline.section),
    "item.id": tuple(id for id in SHOWN_RIGHTS if id not in {"objection", "complaint"}),
    "names[len(numbers) - 1]": ("article", "paragraph", "point"),
    "organisation.registration.scheme": get_args(Scheme),
    "outline.id": tuple(outlines()),
    "outline.section": tuple({outline.section for outline in outlines().values() if outline.section}),
    "party.capacity": codes(Party, "capacity"),
    "party.registration.scheme": get_args(Scheme),
    "right.id": SHOWN_RIGHTS,
    "rule.action": codes(RetentionRule, "action"),
    "rule.kind": codes(RetentionRule, "kind"),
    "scopes.get": tuple({decision.kind for decision in adequacy_decisions().values()} - {"full"}),
}
"""What the expressions inside dynamic keys can be. A new expression needs a line here, else the test can't know."""


def used() -> dict[str, str]:
    """Return each key that is asked for, with a place that asks."""
    found: dict[str, str] = {}
    for file in sorted(PACKAGE.rglob("*")):
        if file.suffix in {".j2", ".html"}:
            found |= dict.fromkeys(_in_template(file), file.name)
        elif file.suffix == ".py":
            found |= dict.fromkeys(_in_code(file), file.name)
    return found


def _in_template(file: Path) -> Iterator[str]:
    tree = jinja2.Environment().parse(file.read_text("utf-8"))
    for call in tree.find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else getattr(call.node, "attr", "")
        if name in {"t", "has", "parts"} and call.args:
            yield from _spelt(call.args[0])


def _spelt(node: nodes.Node) -> list[str]:
    """Return what an expression of a template can be."""
    if isinstance(node, nodes.Const):
        return [str(node.value)]
    if isinstance(node, nodes.Concat):
        return ["".join(parts) for parts in product(*map(_spelt, node.nodes))]
    if isinstance(node, nodes.CondExpr):
        return [*_spelt(node.expr1), *(_spelt(node.expr2) if node.expr2 else [])]
    return list(CODES[_dotted(node)])


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Call):
        return _dotted(node.node)
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    assert isinstance(node, nodes.Name), node
    return node.name


def _in_code(file: Path) -> Iterator[str]:
    """Yield the texts of the code that look like a key of ours."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            parts = [_value(part) for part in node.values]
            if re.match(r"(cite|document|section)/", parts[0][0]):
                yield from ("".join(chosen) for chosen in product(*parts))


def _value(part: ast.expr) -> list[str]:
    if isinstance(part, ast.Constant):
        return [str(part.value)]
    assert isinstance(part, ast.FormattedValue)
    return list(CODES.get(ast.unparse(part.value), [f"{{{ast.unparse(part.value)}}}"]))
