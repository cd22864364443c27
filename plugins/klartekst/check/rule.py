"""What a rule is: a function from a Register to findings, with an id, a severity and a docstring that explains it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from klartekst.model import Finding, Path, Register, Severity

Report = Iterator[tuple[Path, str]]
"""What a rule yields: the path of the fact that is wrong, and the message that says what to do."""


@dataclass(frozen=True)
class Rule:
    """One rule; its docstring says what, why (with the article), what is bad and what is good."""

    id: str
    severity: Severity
    find: Callable[[Register], Report]

    @property
    def explanation(self) -> str:
        """The docstring of the rule."""
        return (self.find.__doc__ or "").strip()

    def __call__(self, register: Register) -> Iterator[Finding]:
        """Yield the findings of this rule, each at the place of its fact."""
        for path, message in self.find(register):
            yield Finding(register.place(path), self.id, message, self.severity)


_RULES: dict[str, Rule] = {}
RULES: Mapping[str, Rule] = MappingProxyType(_RULES)
"""All rules by id."""


def rule(id: str, severity: Severity = "error") -> Callable[[Callable[[Register], Report]], Rule]:
    """Make a function a rule.

    Raises:
        ValueError: the id is taken, or the function has no docstring.
    """

    def register_rule(find: Callable[[Register], Report]) -> Rule:
        if id in _RULES or not find.__doc__:
            raise ValueError(f"rule {id}: the id is taken or the docstring is missing")
        _RULES[id] = Rule(id, severity, find)
        return _RULES[id]

    return register_rule
