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
    eea,
    notice_items,
    response_time,
    rights,
)
from klartekst.law.derive import AppliedRight, rights_of

__all__ = [
    "Adequacy",
    "AppliedRight",
    "Authority",
    "BasisDemand",
    "Item",
    "Right",
    "adequacy_decisions",
    "authorities",
    "bases",
    "eea",
    "notice_items",
    "response_time",
    "rights",
    "rights_of",
]
