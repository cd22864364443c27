"""The rules, one function each; a module per theme. Importing a module declares its rules."""

from klartekst.check.rules import bases, internal, organisation, retention, transfers

__all__ = ["bases", "internal", "organisation", "retention", "transfers"]
