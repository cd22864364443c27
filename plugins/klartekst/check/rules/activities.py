"""Each activity states what Art. 13 and 14 ask for: data, sources, recipients, necessity, decisions, capacity."""

from collections.abc import Callable, Iterator

from klartekst.check.rule import Report, rule
from klartekst.model import Activity, Path, Register, Source


def _unstated(register: Register, is_missing: Callable[[Activity], bool], remedy: str) -> Report:
    """Yield each activity of the organisation's own that lacks a fact."""
    for activity in register.ours:
        if is_missing(activity):
            yield ("activities", activity.id), f'"{activity.id}" {remedy}'


@rule("purpose/missing", "missing")
def purposes_are_stated(register: Register) -> Report:
    """Every activity says what it is for.

    Why: data may be collected for specified purposes only (Art. 5(1)(b)), and the statement names them (Art. 13(1)(c)).

    Bad: an activity without `purposes`.
    Good: `purposes: [{id: answer, text: {en: To answer your enquiry}, bases: [{article: 6.1.f, ...}]}]`
    """
    yield from _unstated(
        register,
        lambda activity: not activity.purposes,
        "has no purpose. Give purposes, each with id, text and bases (GDPR Art. 13(1)(c)).",
    )


@rule("data/missing", "missing")
def data_are_stated(register: Register) -> Report:
    """Every activity says which data it uses.

    Why: whoever has not given the data must be told which they are (Art. 14(1)(d)), and nobody can weigh a purpose
    without them.

    Bad: an activity without `data`.
    Good: `data: [{category: contact-details}]`, a category of categories.yml.
    """
    yield from _unstated(
        register,
        lambda activity: not activity.data,
        "does not say which data it uses. Give data, a list of categories from categories.yml (GDPR Art. 14(1)(d)).",
    )


@rule("source/missing", "missing")
def sources_are_stated(register: Register) -> Report:
    """Every activity says where its data comes from.

    Why: whether Art. 13 or 14 applies depends on it, and Art. 14(2)(f) asks for the source.

    Bad: an activity without `sources`.
    Good: `sources: data-subject`, or a list of sources.
    """
    yield from _unstated(
        register,
        lambda activity: not activity.sources,
        "does not say where its data comes from. Give sources: data-subject if all of it comes from the person, "
        "else a list with from, who and public (GDPR Art. 13, 14(2)(f)).",
    )


@rule("source/who", "missing")
def other_sources_are_named(register: Register) -> Report:
    """A source other than the person is named, and it says whether anyone can see it.

    Why: Art. 14(2)(f) asks for the source, and whether it is publicly accessible.

    Bad: `sources: [{from: third-party}]`
    Good: `sources: [{from: third-party, who: {en: your employer}, public: false, informed: within-a-month}]`
    """
    for activity in register.ours:
        for index, source in enumerate(activity.sources or ()):
            lacking = [key for key in ("who", "public") if source.is_indirect and getattr(source, key) is None]
            if lacking:
                yield (
                    ("activities", activity.id, "sources", index),
                    f"the source is not the person and has no {' and no '.join(lacking)}. Give who, and "
                    "public: true where anyone can see it, else false (GDPR Art. 14(2)(f)).",
                )


@rule("source/informed", "missing")
def people_behind_other_sources_are_told(register: Register) -> Report:
    """Whoever has not given the data is told in time, or an exemption says why not.

    Why: Art. 14(3) gives a month at most; Art. 14(5) has the only exemptions, and they are to be explained.

    Bad: `from: third-party` with neither `informed` nor `exemption`, or an exemption without `because`.
    Good: `informed: at-first-contact`, or `exemption: 14.5.d` with `because:` in each language.
    """
    for activity in register.ours:
        for index, source in enumerate(activity.sources or ()):
            path = ("activities", activity.id, "sources", index)
            if source.is_indirect and source.informed is None and source.exemption is None:
                yield (
                    path,
                    "nothing says when the person is told. Give informed (within-a-month, at-first-contact or "
                    "at-first-disclosure), or exemption with because (GDPR Art. 14(3), 14(5)).",
                )
            elif source.exemption is not None and source.because is None:
                yield path, f"{source.exemption} is relied on without a reason. Give because (GDPR Art. 14(5))."


@rule("source/stray")
def sources_hold_nothing_else(register: Register) -> Report:
    """A source says only what fits it: the person is told nothing about themselves, and is told or is not.

    Why: Art. 14 is about data that somebody else gave; a sentence about it beside other data misleads (Art. 12(1)).

    Bad: `from: data-subject` with `public: false`, `because` without `exemption`, or `informed` beside `exemption`.
    Good: each with the source that it belongs to.
    """
    for activity in register.ours:
        for index, source in enumerate(activity.sources or ()):
            for key, reason in _stray(source):
                yield ("activities", activity.id, "sources", index, key), f"{reason}. Delete {key} (GDPR Art. 14)."


def _stray(source: Source) -> Iterator[tuple[str, str]]:
    for key in ("who", "public", "informed", "exemption"):
        if not source.is_indirect and getattr(source, key) is not None:
            yield key, f"the source is {source.origin}, which needs no {key}"
    if source.is_indirect and source.informed is not None and source.exemption is not None:
        yield "informed", f"the person is told, and {source.exemption} says why not"
    if source.because is not None and source.exemption is None:
        yield "because", "there is no exemption to give a reason for"


@rule("recipient/missing", "missing")
def recipients_are_stated(register: Register) -> Report:
    """Every activity says who receives its data, or that nobody does.

    Why: Art. 13(1)(e) asks for the recipients or their categories.

    Bad: an activity without `recipients`.
    Good: `recipients: none`, or `recipients: [post-office]`.
    """
    yield from _unstated(
        register,
        lambda activity: activity.recipients is None,
        "does not say who receives its data besides the vendors of its systems. Give recipients: none, or a list of "
        "parties (GDPR Art. 13(1)(e)).",
    )


@rule("necessity/missing", "missing")
def necessity_is_stated(register: Register) -> Report:
    """Where people give data themselves, they learn whether they must, and what happens if they do not.

    Why: Art. 13(2)(e).

    Bad: an activity without `necessity`, or one without `consequence`.
    Good: `necessity: {kind: voluntary, consequence: {en: Otherwise we cannot answer you.}}`
    """
    yield from _unstated(
        register,
        lambda activity: activity.is_direct and activity.necessity is None,
        "does not say whether people must give the data, and what happens otherwise. Give necessity with kind and "
        "consequence (GDPR Art. 13(2)(e)).",
    )
    for activity in register.ours:
        if activity.is_direct and activity.necessity is not None and activity.necessity.consequence is None:
            yield (
                ("activities", activity.id, "necessity"),
                "nothing says what happens to people who do not give the data. Give consequence (GDPR Art. 13(2)(e)).",
            )


@rule("automated/missing", "missing")
def automated_decisions_are_stated(register: Register) -> Report:
    """Every activity says whether a machine decides alone.

    Why: Art. 13(2)(f) asks for such decisions and their logic; that there are none is a fact, too.

    Bad: an activity without `automated_decisions`.
    Good: `automated_decisions: none`
    """
    yield from _unstated(
        register,
        lambda activity: activity.automated_decisions is None,
        "does not say whether a machine decides anything alone. Give automated_decisions: none, or a list of them "
        "(GDPR Art. 13(2)(f), 22).",
    )


@rule("automated/special")
def decisions_on_special_data_have_a_condition(register: Register) -> Report:
    """A decision by machine alone uses special categories of data only with explicit consent or by law.

    Why: Art. 22(4) allows it only with Art. 9(2)(a) or (g).

    Bad: `automated_decisions` in an activity with health data that rests on 9.2.h.
    Good: the same with `9.2.a`.
    """
    for activity in register.ours:
        special = any(register.categories[use.category].data_class == "special" for use in activity.data)
        allowed = any(basis.article in {"9.2.a", "9.2.g"} for basis in activity.bases)
        if activity.automated_decisions and special and not allowed:
            yield (
                ("activities", activity.id, "automated_decisions"),
                "a machine decides alone on special categories of data, and neither 9.2.a nor 9.2.g stands among the "
                "bases. Let a human decide, or add the condition (GDPR Art. 22(4)).",
            )


@rule("capacity/joint", "missing")
def joint_control_is_explained(register: Register) -> Report:
    """Joint controllers are named, with the essence of their arrangement.

    Why: the essence of the arrangement must be available to the people concerned (Art. 26(2)).

    Bad: `capacity: joint` without `joint`, or `joint` without `essence`.
    Good: `joint: {with: [network], essence: {en: ...}}`
    """
    for activity in register.activities.values():
        path = ("activities", activity.id)
        if activity.capacity == "joint" and activity.joint is None:
            yield (
                path,
                f'"{activity.id}" is joint. Give joint: with whom (with), and who does what (essence) (GDPR Art. 26).',
            )
        elif activity.joint is not None and activity.joint.essence is None:
            yield (
                (*path, "joint"),
                "nothing says who does what, and whom a person can turn to. Give essence (GDPR Art. 26(2)).",
            )


@rule("capacity/acting-for", "missing")
def processors_point_at_the_controller(register: Register) -> Report:
    """What is done on behalf of another says for whom.

    Why: the notice of the controller counts, and the reader must find it (Art. 13, 28).

    Bad: `capacity: processor` without `acting_for`.
    Good: `acting_for: {who: {en: the school that referred you}}`
    """
    for activity in register.activities.values():
        if activity.capacity == "processor" and activity.acting_for is None:
            yield (
                ("activities", activity.id),
                f'"{activity.id}" is done on behalf of another. Give acting_for with who (GDPR Art. 28).',
            )


@rule("capacity/contradicted")
def capacities_agree(register: Register) -> Report:
    """What stands beside a capacity fits it, and a joint controller is one in its own file, too.

    Why: the reader must be able to tell who decides, and whom to turn to (Art. 26(2), 28).

    Bad: `capacity: controller` with `joint` or `acting_for`; `joint: {with: [hall]}` where hall is a processor.
    Good: `capacity: joint` with `joint`, where the party has `capacity: joint`.
    """
    for activity in register.activities.values():
        path = ("activities", activity.id)
        for key, capacity in (("joint", "joint"), ("acting_for", "processor")):
            if activity.capacity != capacity and getattr(activity, key) is not None:
                yield (
                    (*path, key),
                    f"the capacity is {activity.capacity}. Delete {key}, or write capacity: {capacity} "
                    "(GDPR Art. 26, 28).",
                )
        for index, id in enumerate(activity.joint.parties if activity.joint else ()):
            if register.parties[id].capacity != "joint":
                yield (
                    (*path, "joint", "with", index),
                    f'"{id}" decides together with you here, and is a {register.parties[id].capacity} in its own '
                    "file. Write capacity: joint there, or name another party here (GDPR Art. 26).",
                )


@rule("capacity/processor")
def processors_have_no_basis_of_their_own(register: Register) -> Report:
    """What is done on behalf of another rests on the other's legal basis.

    Why: the legal basis is the controller's (Art. 6, 28); a processor that claims one becomes a controller
    (Art. 28(10)).

    Bad: `capacity: processor` with `bases` at a purpose.
    Good: the same without `bases`.
    """
    for activity in register.activities.values():
        claimed: list[Path] = [("purposes", index, "bases") for index, one in enumerate(activity.purposes) if one.bases]
        claimed += [("incidental", "bases")] if activity.incidental and activity.incidental.bases else []
        for path in claimed if not activity.is_ours else ():
            yield (
                ("activities", activity.id, *path),
                "a processor has no legal basis of its own. Delete bases, or write capacity: controller "
                "(GDPR Art. 28(10)).",
            )


@rule("category/national-id", "missing")
def national_ids_have_their_law(register: Register) -> Report:
    """The use of a national identification number names the law that allows it.

    Why: Art. 87 leaves the conditions to national law (DK databeskyttelsesloven § 11, NO personopplysningsloven § 12).

    Bad: `data: [{category: national-number}]` where the category is `class: national-id`.
    Good: `data: [{category: national-number, law: cpr-number}]`
    """
    for activity in register.ours:
        for index, use in enumerate(activity.data):
            if register.categories[use.category].data_class == "national-id" and use.law is None:
                yield (
                    ("activities", activity.id, "data", index),
                    f'"{use.category}" is a national identification number, and no law allows its use here. Give law, '
                    "the id of an entry in laws.yml (GDPR Art. 87).",
                )


@rule("category/open", "info")
def lists_of_data_are_closed(register: Register) -> Report:
    """A list of data ends.

    Why: "and so on" tells a reader less than she may expect (Art. 12(1), 13); the authorities advise against it.

    Bad: `open_list: true`. Good: all elements, named.
    """
    for category in register.categories.values():
        if category.open_list:
            yield (
                ("categories", category.id, "open_list"),
                f'the list of "{category.id}" is open. Name all elements, if you can (GDPR Art. 12(1)).',
            )


@rule("audience/children", "warning")
def children_are_addressed(register: Register) -> Report:
    """What is done with children's data is told to them, too.

    Why: information addressed to a child must be such that a child understands it (Art. 12(1)).

    Bad: an activity about pupils without `for_children`, or one about adults with it: then nobody reads it.
    Good: `for_children:` in each language, in words that a child understands.
    """
    for activity in register.ours:
        young = any(register.subjects[id].child for id in activity.subjects)
        if young and activity.for_children is None:
            yield (
                ("activities", activity.id, "subjects"),
                "children are among these people, and nothing is told to them. Give for_children (GDPR Art. 12(1)).",
            )
        elif not young and activity.for_children is not None:
            yield (
                ("activities", activity.id, "for_children"),
                "no children are among the people this is about, so that no page shows it. Write child: true at one "
                "of the subjects, or delete for_children (GDPR Art. 12(1)).",
            )
