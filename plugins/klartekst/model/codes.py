"""Codes for meaning: whatever a machine must compare is a code, never a phrase."""

import datetime as dt
import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BeforeValidator, Field

_PERIOD = "P([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}W)?([0-9]{1,4}D)?"


def _period(text: str) -> str:
    if not re.fullmatch(_PERIOD, text) or not re.search("[1-9]", text):
        raise ValueError("a period is an ISO 8601 duration of years, months, weeks or days: P1Y, P6M, P4W, P30D")
    return text


_SPAN = _PERIOD + "(T([0-9]{1,4}H)?([0-9]{1,4}M)?)?"


def _span(text: str) -> str:
    if not re.fullmatch(_SPAN, text) or not re.search("[1-9]", text) or text.endswith("T"):
        raise ValueError("how long is an ISO 8601 duration down to minutes: P1M, P5D, PT72H, PT30M")
    return text


def _lasting(text: str) -> str:
    if text == "session":
        return text
    try:
        return _period(text)
    except ValueError as error:
        raise ValueError(f"write session, or how long; {error}") from error


def _date(value: object) -> object:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as error:
        raise ValueError("a date is written year-month-day, such as 2026-11-22") from error


def _country(code: str) -> str:
    from babel import Locale  # Babel's tables take a moment to read, and only countries need them

    if not re.match(r"^[A-Z]{2}$", code) or code not in Locale("en").territories or code in {"EU", "EZ", "UN", "ZZ"}:
        raise ValueError("a country is an ISO 3166-1 code of two capitals, such as DK, NO or US")
    return code


def is_web_address(text: str) -> bool:
    """Return whether a text starts with http(s):// and names a host."""
    try:
        parts = urlsplit(text)
    except ValueError:  # such as an IPv6 address that is not closed
        return False
    return parts.scheme in {"https", "http"} and bool(parts.hostname)


def _url(text: str) -> str:
    if not is_web_address(text) or re.search(r"[\s<>\"'`\\]", text):
        raise ValueError("an address on the web starts with https://, such as https://www.example.org/privacy")
    return text


def _email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise ValueError(f"this is no e-mail address: {error}") from error


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException as error:
        raise ValueError("a phone number starts with + and the country code, such as +45 33 19 32 00") from error
    if not phonenumbers.is_possible_number(number):
        raise ValueError("this number has too many or too few digits for its country")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _in_schema(**keywords: str) -> Any:
    """Tell an editor what our own function checks."""
    return Field(json_schema_extra=dict(keywords))


Period = Annotated[str, AfterValidator(_period), _in_schema(pattern=f"^{_PERIOD}$")]
"""An ISO 8601 duration in whole years, months, weeks or days, such as `P1Y` or `P6M`."""


Span = Annotated[str, AfterValidator(_span), _in_schema(pattern=f"^{_SPAN}$")]
"""An ISO 8601 duration in years, months, weeks, days, hours and minutes, such as `PT72H` or `P1M`."""


def _provision(text: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]?(\.[1-9][0-9]?)?(\.[a-z])?", text) or int(text.split(".")[0]) > 99:
        raise ValueError("a provision of the GDPR is written 37, 37.1 or 13.2.a")
    return text


def _page_path(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*", text):
        raise ValueError(
            "a path is small letters, digits, hyphens and slashes, without ending, such as privacy/clients"
        )
    return text


def _hours(value: object) -> object:
    if isinstance(value, str) and re.fullmatch("[1-9][0-9]{0,3}", value):
        return int(value)
    raise ValueError("hours are a whole number, such as 24")


def _rank(value: object) -> object:
    if isinstance(value, str) and re.fullmatch("[1-9][0-9]{0,2}", value):
        return int(value)
    raise ValueError("an order is a whole number from 1 to 999")


_ITEM = r"[A-Z]+(\.[0-9]+)?"


def _item_number(text: str) -> str:
    if not re.fullmatch(_ITEM, text):
        raise ValueError("an item is written as the template numbers it, such as C.6 or B")
    return text


def _digest(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise ValueError("a SHA-256 has 64 digits of 0 to 9 and a to f; sha256sum FILE prints it")
    return text


Lasting = Annotated[str, AfterValidator(_lasting), _in_schema(pattern=f"^(session|{_PERIOD})$")]
"""How long something stays on a device: an ISO 8601 duration, or `session`."""

Date = Annotated[dt.date, BeforeValidator(_date)]
"""A calendar day, written 2026-11-22."""

Country = Annotated[str, AfterValidator(_country), _in_schema(pattern="^[A-Z]{2}$")]
"""A country as ISO 3166-1 alpha-2, such as `DK`."""

Provision = Annotated[str, AfterValidator(_provision), _in_schema(pattern=r"^[1-9][0-9]?(\.[0-9]+)?(\.[a-z])?$")]
"""A provision of the GDPR, such as `37.1` or `13.2.a`."""

PagePath = Annotated[str, AfterValidator(_page_path), _in_schema(pattern="^[a-z0-9/-]+$")]
"""The path of a page, without ending, the same in every language."""

Hours = Annotated[int, BeforeValidator(_hours, json_schema_input_type=Annotated[int, Field(ge=1)])]
"""A whole number of hours."""

Rank = Annotated[int, BeforeValidator(_rank, json_schema_input_type=Annotated[int, Field(ge=1, le=999)])]
"""A place in an order: 1 comes first."""

ItemNumber = Annotated[str, AfterValidator(_item_number), _in_schema(pattern=f"^{_ITEM}$")]
"""The number of an item of an annex, such as `C.6` or `B`."""

Digest = Annotated[str, AfterValidator(_digest), _in_schema(pattern="^[0-9a-f]{64}$")]
"""A SHA-256 in small hexadecimal digits."""

Url = Annotated[str, AfterValidator(_url), _in_schema(pattern="^https?://")]
Email = Annotated[str, AfterValidator(_email), _in_schema(format="email")]
Phone = Annotated[str, AfterValidator(_phone), _in_schema(pattern="^[+]")]

BasisCode = Literal[
    "6.1.a", "6.1.b", "6.1.c", "6.1.d", "6.1.e", "6.1.f",
    "9.2.a", "9.2.b", "9.2.c", "9.2.d", "9.2.e", "9.2.f", "9.2.g", "9.2.h", "9.2.i", "9.2.j",
    "10",
]  # fmt: skip
"""A legal basis of Art. 6(1), a condition of Art. 9(2), or Art. 10 GDPR."""

DataClass = Literal["ordinary", "national-id", "special", "criminal"]
"""The class of a category of data: special is Art. 9, criminal is Art. 10, a national id has its own national law."""

SpecialKind = Literal[
    "ethnic-origin", "political-opinions", "religion", "trade-union", "genetic", "biometric", "health", "sex-life"
]
"""Which special category of Art. 9(1)."""

Mechanism = Literal[
    "adequacy", "legal-instrument", "binding-corporate-rules", "standard-clauses", "authority-clauses",
    "code-of-conduct", "certification", "own-clauses", "derogation",
]  # fmt: skip
"""What makes a transfer lawful: Art. 45, 46(2)(a), 47, 46(2)(c) to (f), 46(3)(a), or 49."""

Derogation = Literal["49.1.a", "49.1.b", "49.1.c", "49.1.d", "49.1.e", "49.1.f", "49.1.g", "49.1.2"]
"""A derogation of Art. 49(1); 49.1.2 is its second subparagraph (compelling legitimate interests)."""

Assured = Literal[
    "transfers", "recipients", "automated-decisions", "profiling", "special-categories", "criminal-data",
    "national-ids", "children", "direct-marketing", "consent", "device-storage", "sub-processors",
]  # fmt: skip
"""What an assurance can deny and the other facts can contradict."""

SelfService = Literal["access", "rectification", "erasure", "portability", "objection", "withdraw-consent"]
"""A right that a person can use in a service without asking anybody: Art. 15, 16, 17, 20, 21 and 7(3)."""

Shown = Literal["retention", "sub-processors", "breach", "officer", "agreements", "self-service"]
"""The facts that stand beside an answer: those of the role that reads."""

Operation = Literal[
    "collection", "recording", "organisation", "structuring", "storage", "adaptation", "alteration", "retrieval",
    "consultation", "use", "disclosure", "alignment", "combination", "restriction", "erasure", "destruction",
]  # fmt: skip
"""What is done with data, in the words of Art. 4(2)."""

MeasureKind = Literal[
    "encryption", "resilience", "restore", "testing", "access-control", "online-access", "transmission", "storage",
    "physical", "remote-work", "logging", "configuration", "governance", "certification", "minimisation", "quality",
    "limited-storage", "accountability", "erasure", "backup-erasure", "confidentiality",
]  # fmt: skip
"""What a measure is for: what the templates of agreements ask about, one by one (Art. 32(1))."""

AuditForm = Literal["none", "confirmation", "written-status", "certificate", "independent-audit", "own-inspection"]
"""The six forms of supervision of the Danish authority's guidance of 2021."""
