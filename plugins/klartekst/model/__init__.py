"""What may be declared: frozen models without wording, without files, without rules that cross files."""

from klartekst.model.activity import (
    ActingFor,
    Activity,
    AutomatedDecision,
    DataUse,
    Disclosure,
    Flow,
    Incidental,
    JointControl,
    Necessity,
    Source,
    Variant,
)
from klartekst.model.base import Declared, Entity, Identified, Reference, is_id
from klartekst.model.finding import Finding, Place, Severity, is_broken, missing
from klartekst.model.governance import Assessment, Assurance, Policy, Quote, Review, Service, Term
from klartekst.model.organisation import (
    Address,
    Contact,
    DataProtectionOfficer,
    Organisation,
    Registration,
    Representative,
    RightsChannel,
)
from klartekst.model.outline import DocumentFacts
from klartekst.model.party import DataSite, Law, Measure, Party, System, Transfer
from klartekst.model.people import Category, Role, Subject
from klartekst.model.purpose import Basis, Purpose
from klartekst.model.register import COLLECTIONS, FILES_OF_ONE, Path, Register
from klartekst.model.retention import LegacyRule, RetentionException, RetentionRule
from klartekst.model.site import DeviceStorage, Site
from klartekst.model.text import Label, Prose, Translated, parse_prose, visible_line

__all__ = [
    "COLLECTIONS",
    "FILES_OF_ONE",
    "ActingFor",
    "Activity",
    "Address",
    "Assessment",
    "Assurance",
    "AutomatedDecision",
    "Basis",
    "Category",
    "Contact",
    "DataProtectionOfficer",
    "DataSite",
    "DataUse",
    "Declared",
    "DeviceStorage",
    "Disclosure",
    "DocumentFacts",
    "Entity",
    "Finding",
    "Flow",
    "Identified",
    "Incidental",
    "JointControl",
    "Label",
    "Law",
    "LegacyRule",
    "Measure",
    "Necessity",
    "Organisation",
    "Party",
    "Path",
    "Place",
    "Policy",
    "Prose",
    "Purpose",
    "Quote",
    "Reference",
    "Register",
    "Registration",
    "Representative",
    "RetentionException",
    "RetentionRule",
    "Review",
    "RightsChannel",
    "Role",
    "Service",
    "Severity",
    "Site",
    "Source",
    "Subject",
    "System",
    "Term",
    "Transfer",
    "Translated",
    "Variant",
    "is_broken",
    "is_id",
    "missing",
    "parse_prose",
    "visible_line",
]
