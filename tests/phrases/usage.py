"""Which phrases the product asks for: read from its templates and its code, dynamic keys spelt out by their codes."""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import jinja2
from jinja2 import nodes
from tests.conftest import ROOT

from klartekst.documents import outlines
from klartekst.law import (
    Parameter,
    adequacy_decisions,
    bases,
    device_laws,
    notice_items,
    rights,
    safeguards,
    templates,
)
from klartekst.model import (
    Agreement,
    Answer,
    Audit,
    AutomatedDecision,
    Category,
    DeviceStorage,
    Duration,
    Duty,
    Necessity,
    Party,
    RetentionRule,
    SecurityTerms,
    Source,
    System,
)
from klartekst.model.agreement import Matter
from klartekst.model.codes import (
    AuditForm,
    BasisCode,
    DataClass,
    Derogation,
    MeasureKind,
    Mechanism,
    Operation,
    SelfService,
    SpecialKind,
)
from klartekst.model.organisation import Scheme
from klartekst.model.purpose import Basis

PACKAGE = ROOT / "plugins" / "klartekst"


def codes(model: Any, field: str, *without: str) -> tuple[str, ...]:
    """Return the codes that a field of a model may hold, without those that the template prints in another way."""
    return tuple(code for code in _literals(model.model_fields[field].annotation) if code not in without)


def _literals(annotation: Any) -> tuple[str, ...]:
    """Return the codes of a literal, also of one that may be left out."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(code for arm in get_args(annotation) for code in _literals(arm))


SIDES = ("controller", "processor", "main-processor", "sub-processor")
"""What the sides of an agreement are called: a controller and its processor, or a processor and the one it engages."""

CODES: dict[str, tuple[str, ...]] = {
    "activities: activity.necessity.kind": codes(Necessity, "kind"),
    "activities: party.capacity": codes(Party, "capacity", "joint"),
    "activities: source.informed": codes(Source, "informed"),
    "activities: source.origin": codes(Source, "origin"),
    "activities: system.medium": codes(System, "medium", "digital"),
    "agreement: parameter": get_args(Parameter),
    "agreement-end: controller.role": SIDES,
    "agreement-end: processor.role": SIDES,
    "agreement-end: row": ("organisation", "signatory", "position", "day", "signature"),
    "agreement-end: term.article": tuple({article for template in templates().values() for article in template.says}),
    "agreement-macros: agreement.authorisation": codes(Agreement, "authorisation"),
    "agreement-macros: agreement.duration.ends": codes(Duration, "ends", "date", "event"),
    "agreement-macros: agreement.end_of_service": codes(Agreement, "end_of_service"),
    "agreement-macros: class": codes(Category, "data_class", "ordinary"),
    "agreement-macros: code": get_args(Operation),
    "agreement-macros: item.mechanism": get_args(Mechanism),
    "agreement-macros: kind": (*get_args(MeasureKind), "other"),
    "agreement-macros: matter": get_args(Matter),
    "agreement-macros: party.registration.scheme": get_args(Scheme),
    "agreement-macros: rule.action": codes(RetentionRule, "action", "keep"),
    "agreement-macros: rule.kind": codes(RetentionRule, "kind", "criteria", "permanently"),
    "agreement-macros: side.registration.scheme": get_args(Scheme),
    "agreement-macros: side.role": SIDES,
    "agreement-macros: terms.costs": codes(Audit, "costs"),
    "agreement-macros: terms.form": get_args(AuditForm),
    "agreement-macros: terms.level": codes(SecurityTerms, "level"),
    "agreement-macros: whose": ("processor", "sub-processor"),
    "agreements: agreement.direction": codes(Agreement, "direction"),
    "automated: item.basis": codes(AutomatedDecision, "basis"),
    "bases: code": tuple(bases()),
    "children: item.id": tuple(rights()),
    "cookies: item.kind": codes(DeviceStorage, "kind"),
    "cookies: rule": (*device_laws(), "EU"),
    "coverage: row.demand.id": tuple(notice_items()),
    "coverage: row.demand.item.when": tuple({item.when for item in notice_items().values()}),
    "document: kind": tuple(id for id, outline in outlines().items() if outline.each in {"roles", "topics", "answers"}),
    "document: outline.id": tuple(id for id, outline in outlines().items() if not outline.each),
    "document: what": ("title", "description"),
    "guidance-macros: duty.owner": codes(Duty, "owner", "role"),
    "guidance-macros: outcome.answer": codes(Answer, "answer"),
    "guidance-macros: right": get_args(SelfService),
    "identity: organisation.registration.scheme": get_args(Scheme),
    "downloads: key": ("pdf", "word"),
    "macros: basis.article": get_args(BasisCode),
    "macros: basis.interest_of": codes(Basis, "interest_of"),
    "macros: category.data_class": get_args(DataClass),
    "macros: category.kind": get_args(SpecialKind),
    "macros: item.derogation": get_args(Derogation),
    "macros: item.mechanism": tuple(safeguards()),
    "macros: rule.action": codes(RetentionRule, "action", "keep"),
    "macros: rule.kind": codes(RetentionRule, "kind", "criteria", "permanently"),
    "macros: scopes.get": tuple({decision.kind for decision in adequacy_decisions().values()} - {"full"}),
    "navigation: outline.section": tuple({outline.section for outline in outlines().values() if outline.section}),
    "principles: id": (
        "lawfulness", "purpose", "minimisation", "accuracy", "storage", "integrity", "accountability",
    ),
    "processors: capacity": codes(Party, "capacity"),
    "processors: party.registration.scheme": get_args(Scheme),
    "rights: item.id": tuple(id for id in rights() if id not in {"objection", "complaint"}),
    "role: answer.answer": codes(Answer, "answer"),
    "structured: duty.owner": codes(Duty, "owner", "role"),
    "structured: outcome.answer": codes(Answer, "answer"),
    "sub-processors: party.registration.scheme": get_args(Scheme),
    "summary: right.id": tuple(rights()),
}  # fmt: skip
"""What the expressions inside dynamic keys can be, by file. A new one needs a line here, else nobody can know."""


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
            yield from _spelt(call.args[0], file.name.split(".")[0])


def _spelt(node: nodes.Node, file: str) -> list[str]:
    """Return what an expression of a template can be."""
    if isinstance(node, nodes.Const):
        return [str(node.value)]
    if isinstance(node, nodes.Concat):
        return ["".join(parts) for parts in product(*(_spelt(part, file) for part in node.nodes))]
    if isinstance(node, nodes.CondExpr):
        return [*_spelt(node.expr1, file), *(_spelt(node.expr2, file) if node.expr2 else [])]
    if isinstance(node, nodes.Or):
        return [*_spelt(node.left, file), *_spelt(node.right, file)]
    return _codes(file, _dotted(node))


def _codes(file: str, expression: str) -> list[str]:
    """Return what an expression of a file can be, and remember that it was met."""
    MET.add(f"{file}: {expression}")
    return list(CODES[f"{file}: {expression}"])


MET: set[str] = set()
"""The expressions that `used` met: a line of `CODES` for another one is out of date."""


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Call):
        return _dotted(node.node)
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    assert isinstance(node, nodes.Name), node
    return node.name


def _in_code(file: Path) -> Iterator[str]:
    """Yield the texts of the code that are a key of ours, or begin like one and are put together."""
    tree = ast.parse(file.read_text("utf-8"))
    reported = {id(part) for node in ast.walk(tree) if _is_about_rules(node) for part in ast.walk(node)}
    for node in (node for node in ast.walk(tree) if id(node) not in reported):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(KEY, node.value):
            yield node.value
        elif isinstance(node, ast.JoinedStr) and _starts_like_a_key(node):
            yield from ("".join(chosen) for chosen in product(*(_value(part, file.stem) for part in node.values)))


KEY = r"(about|cite|document|draft|file|guidance|section|site)/[a-z-]+(/[a-z-]+)?"
"""The keys that code asks for by name; everything else is asked for in templates."""


def _is_about_rules(node: ast.AST) -> bool:
    """Whether a rule is named here: its id looks like a key and is none."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Finding", "rule"}


def _starts_like_a_key(node: ast.JoinedStr) -> bool:
    first = node.values[0]
    return isinstance(first, ast.Constant) and bool(re.match(BEGINNING, str(first.value)))


BEGINNING = r"(about|cite|document|draft|file|guidance|section|site)/([a-z-]+/)*$"


def _value(part: ast.expr, file: str) -> list[str]:
    if isinstance(part, ast.Constant):
        return [str(part.value)]
    assert isinstance(part, ast.FormattedValue)
    return _codes(file, ast.unparse(part.value))
