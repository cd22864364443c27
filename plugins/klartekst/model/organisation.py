"""Who the organisation is and where one reaches it (Art. 13(1)(a)-(b) GDPR)."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator
from stdnum.de import handelsregisternummer
from stdnum.dk import cvr
from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus
from stdnum.fr import siren
from stdnum.no import orgnr
from stdnum.se import orgnr as se_orgnr

from klartekst.model.base import Declared, Entity, Flag, RoleId
from klartekst.model.codes import Country, Date, Email, Phone, SelfService, Url
from klartekst.model.text import Label, LanguageCode, Line, Prose

Scheme = Literal["dk-cvr", "no-orgnr", "se-orgnr", "fi-ytunnus", "de-hrb", "fr-siren"]
_SCHEMES = {
    "dk-cvr": cvr,
    "no-orgnr": orgnr,
    "se-orgnr": se_orgnr,
    "fi-ytunnus": ytunnus,
    "de-hrb": handelsregisternummer,
    "fr-siren": siren,
}

FormatVersion = Annotated[
    Literal[1], BeforeValidator(lambda value: 1 if value == "1" else value, json_schema_input_type=Literal[1])
]


class Registration(Declared):
    """A number in an official register; its check digit is verified."""

    scheme: Scheme
    """The register: `dk-cvr`, `no-orgnr`, `se-orgnr`, `fi-ytunnus`, `de-hrb` or `fr-siren`."""
    number: Line
    """The number, with or without spaces."""

    @field_validator("number")
    @classmethod
    def _number_is_valid(cls, number: str, info: ValidationInfo) -> str:
        scheme = info.data.get("scheme")
        try:
            return number if scheme is None else str(_SCHEMES[scheme].validate(number) and number)
        except ValidationError as error:
            raise ValueError(f"this is no {scheme} number: {error} Copy it from the register") from error

    @property
    def formatted(self) -> str:
        """The number as the register itself prints it, such as `983 459 285`."""
        module = _SCHEMES[self.scheme]
        compact: str = module.compact(self.number)
        return str(module.format(compact)) if hasattr(module, "format") else compact


class Address(Declared):
    """A postal address."""

    street: Line
    """Street and number, or a post box."""
    postcode: Line
    """The postcode; leading zeros stay."""
    city: Line
    """The town."""
    country: Country
    """The country, as ISO 3166-1 alpha-2."""


class Contact(Declared):
    """Where one reaches somebody; an e-mail address at least."""

    email: Email
    """The e-mail address."""
    phone: Phone | None = None
    """The phone number, with + and the country code."""


class DataSite(Declared):
    """A building in which data lies."""

    name: Line
    """Its name."""
    place: Line
    """The town or region."""
    country: Country
    """The country."""
    operator: Line | None = None
    """Who runs it, where that is somebody else again."""
    certificates: tuple[Line, ...] = ()
    """Its certificates: `ISO/IEC 27001`."""


class DataProtectionOfficer(Declared):
    """Whether there is a data protection officer, and where one reaches them (Art. 37(7) GDPR)."""

    appointed: Flag
    """`true` or `false`: silence is not a fact."""
    role: RoleId | None = None
    """The role that is data protection officer, where one is appointed."""
    contact: Contact | None = None
    """How to reach the officer, where one is appointed."""
    because: Prose | None = None
    """Why there is none, where none is appointed; or why one is, though the law does not ask for it."""
    tasks: Prose | None = None
    """What the officer does, where one is appointed (Art. 39)."""


class Representative(Declared):
    """The representative in the EEA of a controller outside it (Art. 27 GDPR)."""

    name: Line
    """The full legal name."""
    address: Address
    """The postal address, in the EEA."""
    contact: Contact
    """How to reach the representative."""


class RightsChannel(Declared):
    """How a person uses their rights (Art. 12(2) GDPR)."""

    role: RoleId
    """Who answers."""
    contact: Contact
    """Where to write or call."""
    identity_check: Prose
    """How you make sure that the person is who they say, when in reasonable doubt (Art. 12(6))."""
    self_service: dict[SelfService, Label] = Field(default_factory=dict)
    """The rights that a person uses in the service itself, each with where, as a whole sentence: `portability`."""


class Organisation(Entity):
    """The organisation whose documents these are."""

    klartekst: FormatVersion
    """The version of this format: 1."""
    name: Line
    """The full legal name."""
    short_name: Line
    """The name that readers know."""
    registration: Registration | None = None
    """The number in the register of companies."""
    country: Country
    """The country of establishment; it decides which authority supervises you (Art. 55-56)."""
    serves: tuple[Country, ...] = ()
    """Other countries in which your readers live: their authorities are named, too (Art. 77)."""
    public_body: Flag = False
    """`true` for an authority or public body: it must have a data protection officer (Art. 37(1)(a))."""
    address: Address | None = None
    """The postal address."""
    contact: Contact | None = None
    """The general e-mail address and phone number."""
    website: Url | None = None
    """The address of the website."""
    sites: tuple[DataSite, ...] = ()
    """The buildings in which you yourself keep or handle the data."""
    about: Label | None = None
    """What the organisation is and does, in one sentence."""
    languages: tuple[LanguageCode, ...] = Field(min_length=1)
    """The languages of the documents; the first is the main one."""
    authoritative_language: LanguageCode
    """The language whose text prevails if the translations differ."""
    accountable: RoleId | None = None
    """The role that answers for the processing of personal data."""
    data_protection_officer: DataProtectionOfficer | None = None
    """Whether one is appointed."""
    representative: Representative | None = None
    """The representative in the EEA, where you are outside it (Art. 27)."""
    rights: RightsChannel | None = None
    """How a person uses their rights."""
    updated: Date
    """The day the facts were last changed in substance."""
