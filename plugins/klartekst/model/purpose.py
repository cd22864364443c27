"""Why personal data is used, and what makes that lawful (Art. 6, 9, 10 GDPR)."""

from typing import Literal

from klartekst.model.base import Declared, Flag, Id, LawId
from klartekst.model.codes import BasisCode
from klartekst.model.text import Label, Prose


class Basis(Declared):
    """What makes one purpose lawful (Art. 6(1), 9(2), 10 GDPR)."""

    article: BasisCode
    """The provision: `6.1.a` to `6.1.f`, `9.2.a` to `9.2.j`, or `10`."""
    when: Label | None = None
    """The condition, as a whole sentence, where the basis holds in some cases only: `This applies if you are ill.`"""
    interest: Label | None = None
    """For 6.1.f: the legitimate interest, as a whole sentence (Art. 13(1)(d))."""
    interest_of: Literal["controller", "third-party"] = "controller"
    """For 6.1.f: whose interest it is (Art. 13(1)(d))."""
    law: LawId | None = None
    """The national law or other act that the basis rests on, such as for 6.1.c."""
    withdrawal: Prose | None = None
    """For consent: how it is withdrawn, as easily as it was given (Art. 7(3))."""


class Purpose(Declared):
    """One purpose with its bases."""

    id: Id
    """The purpose's own id within the activity."""
    text: Label
    """The purpose, as an infinitive with a capital: `To answer your enquiry`."""
    direct_marketing: Flag = False
    """`true` where the data are used to advertise: the person may always object to that (Art. 21(2))."""
    mode: Literal["all", "either"] = "all"
    """all: the bases hold together, such as Art. 6 and Art. 9. either: one basis of Art. 6 holds in each case."""
    bases: tuple[Basis, ...] = ()
    """What makes it lawful; several where Art. 9 asks for a condition beside the basis of Art. 6."""
