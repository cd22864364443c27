"""An agreement says how the data is protected, and promises only what is so (Art. 28(3)(c), 32 GDPR)."""

from klartekst.check.rule import Report, rule
from klartekst.check.rules.agreements import covered, each, processor_of, with_template
from klartekst.law import Template
from klartekst.model import Agreement, Measure, Party, Register, SecurityTerms


@rule("agreement/special")
def level_rests_on_what_is_processed(register: Register) -> Report:
    """The categories that the level of security rests on are processed under the agreement.

    Why: what the item on security names, the item on data must list (Art. 28(3), 32).

    Bad: `security: {rests_on: [referral]}` where no activity of the agreement uses `referral`.
    Good: the category stands in the data of an activity, and so among the types of data of the annexes.
    """
    for path, agreement in each(register):
        known = covered(agreement, register)
        for index, category in enumerate(agreement.security.rests_on if agreement.security else ()):
            if known and category not in known:
                yield (
                    (*path, "security", "rests_on", index),
                    f'the level of security rests on "{category}", which is not among the data of this agreement. Add '
                    "it to the data of an activity, or take it out here (GDPR Art. 28(3), 32).",
                )


def _special(agreement: Agreement, register: Register) -> list[str]:
    """Return the special categories that an agreement covers."""
    return [id for id in sorted(covered(agreement, register)) if register.categories[id].data_class == "special"]


@rule("agreement/level", "info")
def level_fits_the_data(register: Register) -> Report:
    """An agreement about special categories of data has a high level of security, or a reason why not.

    Why: the level follows from the risk and not from the category alone (Art. 32); health data with a basic level is
    asked about.

    Bad: `level: basic` with data about health. Good: `level: high`; or another, with `because` that says why.
    """
    for path, agreement in each(register):
        special = _special(agreement, register)
        if agreement.security and special and agreement.security.level != "high":
            yield (
                (*path, "security", "level"),
                f"the level is {agreement.security.level}, and there are special categories: {', '.join(special)}. See "
                "whether because says why that is enough (GDPR Art. 32).",
            )


@rule("agreement/sensitive", "missing")
def sensitive_data_has_its_own_protection(register: Register) -> Report:
    """Where the template has an item on sensitive data and there is some, it names what protects it in particular.

    Why: the Commission's clauses ask for the restrictions and safeguards that apply to such data (Art. 28(7), 32).

    Bad: `template: eu-2021-915` with data about health and no `security.sensitive`.
    Good: `security: {sensitive: [own-cases]}`, some of the measures.
    """
    for path, agreement, template in with_template(register):
        special = _special(agreement, register)
        if agreement.security and special and not agreement.security.sensitive and template.item("sensitive"):
            yield (
                (*path, "security"),
                f"nothing says what protects {', '.join(special)} in particular. Give sensitive, some of the measures "
                "(GDPR Art. 28(7), 32).",
            )


@rule("agreement/security", "missing")
def security_is_stated(register: Register) -> Report:
    """An agreement says which level of security the risk asks for, and by which measures it is reached.

    Why: the processor takes the measures that Art. 32 requires, and the contract says so (Art. 28(3)(c)).

    Bad: no `security`. Good: `security` with level, because and measures.
    """
    for path, agreement in each(register):
        if agreement.security is None:
            yield path, "nothing says how the data is protected. Give security (GDPR Art. 28(3)(c), 32)."


@rule("agreement/prompts")
def each_prompt_is_answered(register: Register) -> Report:
    """Each kind of measure that the template asks about is answered by a measure, or said not to be relevant.

    Why: a heading with nothing under it promises nothing, and nobody can tell whether it was forgotten (Art. 32).

    Bad: `template: dk-2020` and no measure of the kind `logging`.
    Good: a measure with `kinds: [logging]`; or `not_relevant: [{kind: logging, because: ...}]`
    """
    for path, agreement, template in with_template(register):
        if agreement.security and template.item("security"):
            for where, message in _unanswered(agreement.security, template, register):
                yield (*path, "security", *where), message


def _unanswered(terms: SecurityTerms, template: Template, register: Register) -> Report:
    kinds = {kind for id in terms.measures for kind in register.measures[id].kinds}
    declined = {refusal.kind for refusal in terms.not_relevant}
    for kind in template.prompts:
        if kind not in kinds | declined:
            yield (
                (),
                f'the template asks about "{kind}", and nothing answers. Name a measure with kinds: [{kind}], or give '
                "it under not_relevant with because (GDPR Art. 28(3)(c), 32).",
            )
    for index, refusal in enumerate(terms.not_relevant):
        if refusal.kind in kinds:
            yield (
                ("not_relevant", index),
                f'"{refusal.kind}" is said not to be relevant, and a measure answers it. Delete one of them (GDPR Art. '
                "32).",
            )


@rule("agreement/measures")
def promised_measures_are_the_processors(register: Register) -> Report:
    """The measures of an agreement are in place, and they are those of its processor.

    Why: what is only planned must not be promised (Art. 28(1), 32), nor what another one does.

    Bad: a measure with `status: planned`; with `direction: controller`, a measure without `party`.
    Good: measures in place: your own where you process, those of the party where it does.
    """
    for path, agreement in each(register):
        terms, processor = agreement.security, processor_of(agreement, register)
        for index, id in enumerate(terms.measures if terms else ()):
            wrong = _why_not(register.measures[id], processor, agreement)
            if wrong:
                yield (*path, "security", "measures", index), f'"{id}" {wrong} (GDPR Art. 28(3)(c), 32).'
        for index, id in enumerate(terms.sensitive if terms else ()):
            if terms and id not in terms.measures:
                yield (
                    (*path, "security", "sensitive", index),
                    f'"{id}" is not among the measures of this agreement. Add it to measures, or delete it here (GDPR '
                    "Art. 32).",
                )


def _why_not(measure: Measure, processor: Party | None, agreement: Agreement) -> str | None:
    if measure.status != "in-place":
        return f"has status: {measure.status} and cannot be promised. Take it out until it is in place"
    is_named = agreement.is_ours_to_perform or processor is not None  # else another rule asks for the party
    if is_named and measure.party != (processor.id if processor else None):
        whose = f'is a measure of "{measure.party}"' if measure.party else "is your own measure"
        return f"{whose}, and not of the processor here. Take it out, or correct party in measures.yml"
    return None
