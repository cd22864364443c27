"""What a check reports: one shape and one text for the loader, the rules, the plugin and the command line."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "missing", "warning", "info"]
"""error: nothing is built; missing: a fact is not stated, what is built is a draft; warning, info: look again."""


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file, as an editor counts: the first line and the first column are 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Return `file:line:column`."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Finding:
    """Something missing, contradictory or unreadable, at its place, with what to do about it."""

    place: Place
    rule: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """Return the one text format of a finding: one line, no markup, no control characters."""
        mark = "" if self.severity in {"error", "missing"} else f" ({self.severity})"
        return _plain(f"{self.place} {self.rule}{mark}: {self.message}")


def _plain(text: str) -> str:
    """Replace what could move a cursor, colour a terminal or break a line: data is untrusted text."""
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp", "Cs"} else c for c in text)


def is_broken(findings: Iterable[Finding]) -> bool:
    """Return whether any finding is an error, so that nothing may be built."""
    return any(finding.severity == "error" for finding in findings)


def missing(findings: Iterable[Finding]) -> int:
    """Return how many facts are not stated yet: what is built without them is a draft."""
    return sum(finding.severity == "missing" for finding in findings)
