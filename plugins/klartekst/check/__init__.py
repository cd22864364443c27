"""A Register to findings: what is missing or contradicts, at its place, with its article."""

from klartekst.check import rules as _all_rules  # noqa: F401  importing them is what declares them
from klartekst.check.rule import RULES, Rule
from klartekst.model import Finding, Register

__all__ = ["RULES", "Rule", "check"]


def check(register: Register) -> tuple[Finding, ...]:
    """Return the findings of all rules, by place. The Register is the whole one, internal entities included."""
    return tuple(sorted({finding for rule in RULES.values() for finding in rule(register)}))
