"""What a page says, for machines: schema.org's FAQPage, HowTo and DefinedTermSet, from the same facts as its words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from markdown_it.token import Token

from klartekst.blocks import answer_for, responses, to_do, topics_of
from klartekst.documents.document import title
from klartekst.documents.outline import Outline
from klartekst.model import Answer, Case, Duty, Label, Prose, Register, Role, Topic, parse_prose
from klartekst.phrases import Phrases, listed, phrases_with

_Thing = dict[str, Any]
_Keys = Mapping[str, str]
"""What a directive gives its block: `role=employee`."""


def structured(outline: Outline, register: Register, language: str) -> _Thing | None:
    """Return what the page of a document says as JSON-LD with schema.org's words; None where it has nothing to say so.

    Args:
        outline: the document.
        register: the published Register.
        language: ISO 639-1.
    """
    speak = _Speaker(register, language)
    for found in outline.directives:
        make = _MAKERS.get(found.block)
        made = make(speak, outline, dict(found.parameters)) if make else None
        if made:
            return {"@context": "https://schema.org", "inLanguage": language, **made}
    return None


class _Speaker:
    """Says things in one language, as plain text."""

    def __init__(self, register: Register, language: str) -> None:
        self.register = register
        self.language = language
        self.words: Phrases = phrases_with(language, register.phrases.get(language))

    def text(self, words: Label | Prose | None) -> str:
        if words is None or not words.has(self.language):
            return ""
        return plain_text(words[self.language]) if isinstance(words, Prose) else words[self.language]

    def answer(self, topic: Topic, answer: Answer) -> str:
        """Return the whole answer in sentences: the word, why, what remains, and each case with what to do."""
        parts = [*self._outcome(answer)]
        for case in answer.cases if answer.answer == "depends" else ():
            parts += [self.condition(topic, case), *self._outcome(case)]
        return " ".join(part for part in parts if part)

    def _outcome(self, outcome: Answer | Case) -> Iterator[str]:
        yield f"{self.words(f'guidance/answer/{outcome.answer}')}."
        yield self.text(outcome.because)
        if outcome.remains:
            yield f"{self.words('guidance/remains')} {self.text(outcome.remains)}"
        for duty in outcome.duties:
            yield from self.steps(duty)

    def condition(self, topic: Topic, case: Case) -> str:
        """Return the questions with the answers for which a case holds."""
        given = (
            f"{self.text(topic.questions[id].text)} "
            + listed([self.text(topic.questions[id].answers[one]) for one in answers], self.language, "or")
            for id, answers in case.when.items()
        )
        return f"{'; '.join(given)}:"

    def steps(self, duty: Duty, lead: str = "") -> Iterator[str]:
        """Yield the steps of a duty; the first says when it is one, whose it is, and whether it is advice."""
        first = " ".join(part for part in (lead, *self._leads(duty)) if part)
        for index, action in enumerate(duty.actions):
            yield self.text(action) if index or not first else f"{first} {self.text(action)}"

    def _leads(self, duty: Duty) -> Iterator[str]:
        if duty.when:
            yield self.words("guidance/when", when=self.text(duty.when))
        if duty.owner != "role":
            yield self.words(f"guidance/owner/{duty.owner}", organisation=self.register.organisation.short_name)
        if duty.optional:
            yield self.words("guidance/optional")


def plain_text(prose: str) -> str:
    """Return prose without its marks, on one line."""
    return " ".join(" ".join(_texts(parse_prose(prose))).split())


def _texts(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(child.content or (" " if "break" in child.type else "") for child in token.children or [])


def _faq(speak: _Speaker, outline: Outline, keys: _Keys) -> _Thing | None:
    """Return a page of questions: of one role about all topics, about one topic from all roles, or one of both."""
    topics = _topics(speak.register, keys)
    asked = [
        (topic, role, answer)
        for role in _roles(speak.register, keys)
        for topic in topics
        if (answer := answer_for(topic, role))
    ]
    questions = [
        {
            "@type": "Question",
            "name": _question(speak, topic, role),
            "acceptedAnswer": {"@type": "Answer", "text": speak.answer(topic, answer)},
        }
        for topic, role, answer in asked
    ]
    return {"@type": "FAQPage", "mainEntity": questions} if questions else None


def _roles(register: Register, keys: _Keys) -> Sequence[Role]:
    """Return the role that a directive names, or all that have guidance."""
    if not keys.get("role"):
        return register.guided
    role = register.roles[keys["role"]]
    return (role,) if role.guidance else ()


def _topics(register: Register, keys: _Keys) -> Sequence[Topic]:
    """Return the topic that a directive names, or all in their order."""
    return (register.guidance[keys["topic"]],) if keys.get("topic") else topics_of(register)


def _question(speak: _Speaker, topic: Topic, role: Role) -> str:
    return f"{speak.text(topic.title)} ({_name(speak, role)}): {speak.words('guidance/question')}"


def _name(speak: _Speaker, role: Role) -> str:
    return speak.text(role.guidance.name if role.guidance else role.name)


def _how_to(speak: _Speaker, outline: Outline, duties: Iterable[tuple[str, Duty]]) -> _Thing | None:
    """Return instructions: the steps of each duty, which begin with the words that lead to it."""
    steps = [{"@type": "HowToStep", "text": text} for lead, duty in duties for text in speak.steps(duty, lead)]
    name = title(outline, speak.register, speak.language)
    return {"@type": "HowTo", "name": name, "step": steps} if steps else None


def _checklist(speak: _Speaker, outline: Outline, keys: _Keys) -> _Thing | None:
    found = (one for role in _roles(speak.register, keys) for one in to_do(speak.register, role))
    return _how_to(speak, outline, ((_lead(speak, topic, case), duty) for topic, case, duty in found))


def _plan(speak: _Speaker, outline: Outline, keys: _Keys) -> _Thing | None:
    return _how_to(speak, outline, (found for role in speak.register.guided for found in _responses(speak, role)))


def _responses(speak: _Speaker, role: Role) -> Iterator[tuple[str, Duty]]:
    """Yield what a role must do in a breach; the first step says whose steps these are."""
    for index, (topic, case, duty) in enumerate(responses(speak.register, role)):
        whose = "" if index else f"{_name(speak, role)}: "
        yield f"{whose}{_lead(speak, topic, case)}".strip(), duty


def _lead(speak: _Speaker, topic: Topic, case: Case | None) -> str:
    return speak.condition(topic, case) if case else ""


def _terms(speak: _Speaker, outline: Outline, keys: _Keys) -> _Thing | None:
    terms = [
        {
            "@type": "DefinedTerm",
            "name": speak.text(term.term),
            "description": speak.text(term.definition),
            "termCode": term.id,
        }
        for term in speak.register.glossary.values()
    ]
    name = title(outline, speak.register, speak.language)
    return {"@type": "DefinedTermSet", "name": name, "hasDefinedTerm": terms} if terms else None


_MAKERS: Mapping[str, Callable[[_Speaker, Outline, _Keys], _Thing | None]] = MappingProxyType(
    {"role": _faq, "topic": _faq, "answer": _faq, "checklist": _checklist, "breach-plan": _plan, "definitions": _terms}
)
"""What the blocks of a document say to machines."""
