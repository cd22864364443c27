"""The rules, one function each; a module per theme. Importing a module declares its rules."""

from klartekst.check.rules import activities, bases, governance, internal, organisation, retention, transfers

__all__ = ["activities", "bases", "governance", "internal", "organisation", "retention", "transfers"]
