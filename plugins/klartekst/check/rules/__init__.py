"""The rules, one function each; a module per theme. Importing a module declares its rules."""

from klartekst.check.rules import (
    activities,
    agreements,
    annexes,
    bases,
    clauses,
    drafting,
    engaged,
    governance,
    guidance,
    guidance_law,
    internal,
    organisation,
    retention,
    security,
    terms,
    transfers,
)

__all__ = [
    "activities",
    "agreements",
    "annexes",
    "bases",
    "clauses",
    "drafting",
    "engaged",
    "governance",
    "guidance",
    "guidance_law",
    "internal",
    "organisation",
    "retention",
    "security",
    "terms",
    "transfers",
]
