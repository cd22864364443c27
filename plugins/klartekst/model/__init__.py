"""What may be declared: frozen models without wording, without files, without rules that cross files."""

from klartekst.model.activity import Activity, Basis, DataUse, Flow, Necessity, Purpose, RetentionRule
from klartekst.model.base import Declared, Entity, Identified, Reference, is_id
from klartekst.model.finding import Finding, Place, Severity, is_broken
from klartekst.model.organisation import Address, Contact, Organisation, Registration
from klartekst.model.party import Law, Measure, Party, System, Transfer
from klartekst.model.people import Category, Role, Subject
from klartekst.model.register import COLLECTIONS, FILES_OF_ONE, Path, Register
from klartekst.model.text import Label, Prose, Translated, parse_prose

__all__ = [
    "COLLECTIONS",
    "FILES_OF_ONE",
    "Activity",
    "Address",
    "Basis",
    "Category",
    "Contact",
    "DataUse",
    "Declared",
    "Entity",
    "Finding",
    "Flow",
    "Identified",
    "Label",
    "Law",
    "Measure",
    "Necessity",
    "Organisation",
    "Party",
    "Path",
    "Place",
    "Prose",
    "Purpose",
    "Reference",
    "Register",
    "Registration",
    "RetentionRule",
    "Role",
    "Severity",
    "Subject",
    "System",
    "Transfer",
    "Translated",
    "is_broken",
    "is_id",
    "parse_prose",
]
