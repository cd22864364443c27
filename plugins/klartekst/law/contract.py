"""What Art. 28 GDPR asks of an agreement, and where the clauses or the annexes of one say it."""

from dataclasses import dataclass

from klartekst.law.templates import CUSTOM, Item, Section, Template, template_of
from klartekst.model import Agreement


@dataclass(frozen=True)
class ContractTerm:
    """One demand of Art. 28(2), (3) or (4) GDPR on an agreement."""

    article: str
    """`28.3.a`; `28.3` is what stands before its points: subject-matter, duration, nature, purpose, data, people."""
    clauses: str
    """The numbers of the clauses that state it; empty where no text says so."""
    items: tuple[tuple[Section, Item], ...]
    """The items of the annexes that belong to it."""
    is_stated: bool
    """Whether it is stated: by a clause, or, before the points of paragraph 3, by every item that it asks for."""


def contract_terms(agreement: Agreement) -> tuple[ContractTerm, ...]:
    """Return what Art. 28 asks, in its order, and where an agreement says it; nothing where its template is unknown.

    The annexes fill in what the clauses leave open. Alone they bind nobody (Art. 28(3), (9)): a demand is stated only
    where an identified text of clauses states it, but for the description of the processing, which is the annexes'.
    """
    template = template_of(agreement)
    if template is None:
        return ()
    return tuple(_term(article, template, agreement) for article in template.says)


def _term(article: str, template: Template, agreement: Agreement) -> ContractTerm:
    says = template.says[article]
    items = tuple(found for part in says.parts if (found := template.item(part)))
    clauses = _clauses(article, template, agreement)
    is_stated = len(items) == len(says.parts) and bool(items) if article == "28.3" else bool(clauses)
    return ContractTerm(article, clauses, items, is_stated)


def _clauses(article: str, template: Template, agreement: Agreement) -> str:
    """Return the clauses that state a demand: those of the published text, or those the owner names in another one."""
    if agreement.clauses is None:
        return ""
    own = agreement.clauses.says.get(article)
    return own or (template.says[article].clauses if is_published(agreement) else "")


def is_published(agreement: Agreement) -> bool:
    """Return whether an agreement adopts a published text, whose clauses have the numbers that its template knows."""
    template = template_of(agreement)
    if template is None or agreement.clauses is None:
        return False
    return agreement.template != CUSTOM or agreement.clauses.version in template.texts
