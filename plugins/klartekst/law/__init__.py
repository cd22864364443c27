"""The law as dated data, and what follows from it."""

from klartekst.law.dated import (
    Adequacy,
    Authority,
    BasisDemand,
    Item,
    Right,
    adequacy_decisions,
    authorities,
    bases,
    consent_ages,
    device_laws,
    eea,
    notice_items,
    response_time,
    rights,
    safeguards,
)
from klartekst.law.derive import AppliedRight, rights_of
from klartekst.law.notice import WHOLE, Demand, demands

__all__ = [
    "WHOLE",
    "Adequacy",
    "AppliedRight",
    "Authority",
    "BasisDemand",
    "Demand",
    "Item",
    "Right",
    "adequacy_decisions",
    "authorities",
    "bases",
    "consent_ages",
    "demands",
    "device_laws",
    "eea",
    "notice_items",
    "response_time",
    "rights",
    "rights_of",
    "safeguards",
]
