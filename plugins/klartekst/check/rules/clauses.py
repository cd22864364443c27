"""An agreement names the text of its clauses, which states what Art. 28 asks, and chooses where it leaves a choice."""

from collections.abc import Iterator

from klartekst.check.rule import Report, rule
from klartekst.check.rules.agreements import each, with_template
from klartekst.law import ContractTerm, Template, base_of, contract_terms, is_published, templates
from klartekst.load import nearest
from klartekst.model import Agreement, Path, Register


@rule("agreement/text")
def text_of_the_clauses_is_known(register: Register) -> Report:
    """The text of the clauses is one that the template knows, in a language in which it was published.

    Why: who edits the published clauses has not adopted them; the text must be identified (Art. 28(6)-(9)).

    Bad: `clauses: {version: 2023-01, language: da}` with `template: dk-2020`; a text of your own without `title`.
    Good: `clauses: {version: 2024-03, language: da}`
    """
    for path, agreement, template in with_template(register):
        clauses, known = agreement.clauses, ", ".join(template.texts)
        if clauses is None:
            continue
        text = template.texts.get(clauses.version)
        if not is_published(agreement):
            if clauses.title is None:
                yield (
                    (*path, "clauses"),
                    f'"{clauses.version}" is no text of {base_of(agreement)}, so it is your own and needs a name. Give '
                    f"title, or name one of {known} (GDPR Art. 28(9)).",
                )
        elif text is None:
            yield (
                (*path, "clauses", "version"),
                f'{base_of(agreement)} has no text "{clauses.version}".{nearest(clauses.version, template.texts)} Name '
                f"one of {known} (GDPR Art. 28(6)-(9)).",
            )
        elif clauses.language not in text.languages:
            yield (
                (*path, "clauses", "language"),
                f"no text {clauses.version} in {clauses.language} is known here as published; a translation is no "
                f"adopted text. Name one of {', '.join(text.languages)} (GDPR Art. 28(6)-(8)).",
            )


@rule("agreement/hole", "missing")
def agreement_says_what_the_law_asks(register: Register) -> Report:
    """An agreement with a text of clauses states everything that Art. 28(2), (3) and (4) ask.

    Why: without one of these terms it is no contract under Art. 28(3).

    Bad: a text of your own whose `says` has no 28.3.b; annexes that leave out the description of the processing.
    Good: the published text; or `says` with the number of the clause for each point.
    """
    for path, agreement in each(register):
        for term in contract_terms(agreement) if agreement.clauses else ():
            if not term.is_stated:
                where, how = _where_to_state(term, agreement)
                article = cited(term.article)
                yield (*path, *where), f"nothing states what {article} asks. {how} (GDPR {article})."


def _where_to_state(term: ContractTerm, agreement: Agreement) -> tuple[Path, str]:
    if term.article == "28.3":
        return ("outline", "leave_out"), f"Take {', '.join(_struck_out(term, agreement))} out of leave_out"
    return ("clauses",), f'Give says with "{term.article}" and the number of the clause'


def _struck_out(term: ContractTerm, agreement: Agreement) -> Iterator[str]:
    """Yield the items of a demand that custom annexes leave out."""
    whole, stated = templates()[base_of(agreement) or ""], {item.part for _, item in term.items}
    for part in whole.says[term.article].parts:
        found = whole.item(part)
        if found and part not in stated:
            yield found[1].number or found[0].number or part


@rule("agreement/says")
def own_text_names_real_points(register: Register) -> Report:
    """What a text of your own is said to state are points of Art. 28 that an agreement must have.

    Why: a point that the law does not have hides that another one is missing (Art. 28(3)).

    Bad: `says: {28.3.z: "4"}`, or `says` beside a published text. Good: `says: {28.3.b: "5.1"}`
    """
    for path, agreement, template in with_template(register):
        clauses = agreement.clauses
        if clauses and clauses.says and is_published(agreement):
            yield (
                (*path, "clauses", "says"),
                "what the published text says is known. Delete says (GDPR Art. 28(3)).",
            )
            continue
        for point in clauses.says if clauses else ():
            if point not in template.says:
                yield (
                    (*path, "clauses", "says", point),
                    f'"{point}" is nothing that an agreement must state. Name one of {", ".join(template.says)} (GDPR '
                    "Art. 28(3)).",
                )


@rule("agreement/annexes-only", "info")
def annexes_alone_are_no_agreement(register: Register) -> Report:
    """An agreement names the text of its clauses.

    Why: annexes alone are no contract under Art. 28(3); the page is then titled "Annexes to" and says so (Art. 28(9)).

    Bad: no `clauses`. Good: `clauses: {version: 2024-03, language: da}`
    """
    for path, agreement in each(register):
        if agreement.clauses is None:
            yield path, "no text of clauses is named, so these are annexes only. Give clauses (GDPR Art. 28(3), (9))."


_CHOICES = {
    "beneficiary": "whether clause 7.6 is included, on sub-processors if the processor goes bankrupt",
    "docking": "whether clause 5 is included, by which others may join",
}
"""What some texts leave to the parties, with what the choice is about."""


def _offered(template: Template, agreement: Agreement) -> Iterator[str]:
    """Yield the choices that the published text of an agreement leaves to the parties."""
    text = template.texts.get(agreement.clauses.version) if agreement.clauses else None
    if text and text.optional_beneficiary:
        yield "beneficiary"
    if text and "docking" in template.parameters:
        yield "docking"


@rule("agreement/choice", "missing")
def what_is_left_open_is_chosen(register: Register) -> Report:
    """Where the text of the clauses leaves a clause to the parties, the agreement says whether it is included.

    Why: whoever reads the contract must know what it holds (Art. 28(3), (9)): text 2024-03 leaves clause 7.6 open, the
    Commission's text clause 5.

    Bad: `clauses: {version: 2024-03, language: da}` without `beneficiary`. Good: `beneficiary: true` or `false`.
    """
    for path, agreement, template in with_template(register):
        for choice in _offered(template, agreement):
            if getattr(agreement, choice) is None:
                yield path, f"nothing says {_CHOICES[choice]}. Give {choice}: true or false (GDPR Art. 28(3), (9))."


@rule("agreement/stray")
def agreement_holds_nothing_else(register: Register) -> Report:
    """An agreement says nothing that its direction or its text does not have.

    Why: the published clauses may not be changed (Art. 28(6)-(8)); a choice that they do not offer misleads.

    Bad: `beneficiary: false` with the text 2020-01, in which clause 7.6 is fixed; `docking` with Danish clauses;
    `on_behalf_of` or `without` with a direction that they do not belong to.
    Good: each where it belongs.
    """
    for path, agreement in each(register):
        if agreement.on_behalf_of and agreement.direction != "sub-processor":
            yield _stray(path, "on_behalf_of", "direction: sub-processor only", "direction", "28(4)")
        if agreement.without and not agreement.is_ours_to_perform:
            yield _stray(path, "without", "agreements under which you process", "direction", "28(2)")
    for path, agreement, template in with_template(register):
        text = template.texts.get(agreement.clauses.version) if agreement.clauses else None
        for choice in _CHOICES:
            is_fixed = text is not None and choice not in _offered(template, agreement)
            if getattr(agreement, choice) is not None and (is_fixed or choice not in template.parameters):
                yield _stray(path, choice, "a text of clauses that leaves it open", "clauses", "28(6)-(8)")


def _stray(path: Path, key: str, home: str, other: str, article: str) -> tuple[Path, str]:
    return (*path, key), f"{key} belongs to {home}. Delete it, or correct {other} (GDPR Art. {article})."


def cited(article: str) -> str:
    """Return a provision as a message cites it: `33.1` is `Art. 33(1)`."""
    number, *rest = article.split(".")
    return f"Art. {number}" + "".join(f"({part})" for part in rest)
