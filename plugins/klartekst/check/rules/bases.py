"""Each purpose has its legal basis, and each basis what it demands (Art. 6, 9, 13(1)(c)-(d) GDPR)."""

from collections.abc import Iterable, Iterator
from typing import get_args

from klartekst.check.rule import Report, rule
from klartekst.law import bases
from klartekst.model import Activity, Basis, Label, Path, Purpose, Register
from klartekst.model.codes import SpecialKind

_KINDS = get_args(SpecialKind)


def _purposes(register: Register) -> Iterator[tuple[Path, Activity, Purpose]]:
    for activity in register.ours:
        for index, purpose in enumerate(activity.purposes):
            yield ("activities", activity.id, "purposes", index), activity, purpose


def _bases(register: Register) -> Iterator[tuple[Path, Basis]]:
    for path, _, purpose in _purposes(register):
        for index, basis in enumerate(purpose.bases):
            yield (*path, "bases", index), basis
    for activity in register.ours:
        for index, basis in enumerate(activity.incidental.bases if activity.incidental else ()):
            yield ("activities", activity.id, "incidental", "bases", index), basis


@rule("purpose/basis", "missing")
def every_purpose_has_a_basis(register: Register) -> Report:
    """Every purpose has a legal basis of Art. 6(1).

    Why: processing without a basis is unlawful (Art. 6(1)), and the statement must name it beside the purpose
    (Art. 13(1)(c)). A condition of Art. 9(2) comes beside a basis of Art. 6(1), never in its place.

    Bad: a purpose without `bases`, or with `9.2.h` alone.
    Good: `bases: [{article: 6.1.b}, {article: 9.2.h, law: psychologists-act}]`
    """
    for path, _, purpose in _purposes(register):
        if not any(bases()[basis.article].group == "ordinary" for basis in purpose.bases):
            yield (
                path,
                f'the purpose "{purpose.id}" has no legal basis of Article 6(1). '
                "Give an item of bases with article: 6.1.a, 6.1.b, 6.1.c, 6.1.d, 6.1.e or 6.1.f "
                "(GDPR Art. 6(1), 13(1)(c)).",
            )


@rule("basis/interest", "missing")
def legitimate_interest_is_named(register: Register) -> Report:
    """A basis of Art. 6(1)(f) names the interest.

    Why: the statement must say which interest is pursued (Art. 13(1)(d)); without it nobody can weigh it.

    Bad: `article: 6.1.f` alone, or with an `interest` that repeats the purpose word for word.
    Good: `article: 6.1.f` with `interest:` in each language.
    """
    for path, basis in _bases(register):
        if "interest" in bases()[basis.article].needs and basis.interest is None:
            yield (
                path,
                "a legitimate interest (6.1.f) is claimed but not named. "
                "Give interest, as a whole sentence in each language (GDPR Art. 13(1)(d)).",
            )
    for path, _, purpose in _purposes(register):
        for index, basis in enumerate(purpose.bases):
            if basis.interest is not None and _bare(basis.interest) & _bare(purpose.text):
                yield (
                    (*path, "bases", index, "interest"),
                    "the interest repeats the purpose. Say why that matters to you or to others (GDPR Art. 13(1)(d)).",
                )


def _bare(words: Label) -> set[tuple[str, str]]:
    """Return words by language, without what does not change their meaning."""
    return {(language, text.casefold().strip(" .")) for language, text in words.root.items()}


@rule("basis/stray")
def nothing_stands_with_the_wrong_basis(register: Register) -> Report:
    """An interest stands only with Art. 6(1)(f), and a withdrawal only with consent.

    Why: a reader who is told of an interest believes that there is a right to object (Art. 21(1)); one who is told of
    a withdrawal, that everything rests on consent (Art. 7(3)).

    Bad: `article: 6.1.b` with `interest:` or `interest_of: third-party`, or `article: 6.1.c` with `withdrawal:`.
    Good: each with the basis that it belongs to.
    """
    for path, basis in _bases(register):
        for key, need in (("interest", "interest"), ("interest_of", "interest"), ("withdrawal", "consent")):
            if getattr(basis, key) not in (None, "controller") and need not in bases()[basis.article].needs:
                yield (
                    (*path, key),
                    f"{key} does not belong to {basis.article}. Delete it, or change the basis (GDPR Art. 7(3), 21).",
                )


@rule("basis/alternatives", "warning")
def alternatives_say_when(register: Register) -> Report:
    """Where one of several bases holds, each says when.

    Why: a reader must be able to tell which basis holds for her (Art. 13(1)(c)), since her rights follow from it.

    Bad: `mode: either` with `6.1.a` and `6.1.b` and no `when`, or with one basis of Art. 6 alone.
    Good: the same with `when:` at each basis of Art. 6.
    """
    for path, _, purpose in _purposes(register):
        ordinary = [index for index, one in enumerate(purpose.bases) if bases()[one.article].group == "ordinary"]
        if purpose.mode == "either" and len(ordinary) == 1:
            yield (
                (*path, "mode"),
                f"{purpose.bases[ordinary[0]].article} is the only basis, so there is nothing to choose from. Give "
                "another, or delete mode (GDPR Art. 13(1)(c)).",
            )
        for index in ordinary if purpose.mode == "either" and len(ordinary) > 1 else ():
            if purpose.bases[index].when is None:
                yield (
                    (*path, "bases", index),
                    f"one of several bases holds, and nothing says when {purpose.bases[index].article} does. Give "
                    "when, as a whole sentence (GDPR Art. 13(1)(c)).",
                )


@rule("basis/secrecy", "missing")
def care_is_given_under_secrecy(register: Register) -> Report:
    """Art. 9(2)(h) is relied on only where everybody with access is bound by secrecy.

    Why: health data may be used for care only by or under a professional with a duty of secrecy (Art. 9(3)). Coaches
    and therapists without a licence often have none: then explicit consent (9.2.a) is the usual condition.

    Bad: `9.2.h` in an activity whose `access` names a role without `secrecy`.
    Good: `secrecy: health-personnel-act` at each of these roles in roles.yml, or `9.2.a` instead.
    """
    for activity in register.ours:
        if all(basis.article != "9.2.h" for basis in activity.bases):
            continue
        for index, id in enumerate(activity.access):
            if register.roles[id].secrecy is None:
                yield (
                    ("activities", activity.id, "access", index),
                    f'"{id}" sees health data under 9.2.h, and no law that binds the role to secrecy is named. Give '
                    "secrecy at the role, take the role out, or rely on 9.2.a (GDPR Art. 9(3)).",
                )


@rule("basis/public-body", "warning")
def authorities_have_no_legitimate_interest(register: Register) -> Report:
    """A public body does not rest its tasks on a legitimate interest.

    Why: Art. 6(1), last subparagraph: point (f) does not apply to public authorities in the performance of their tasks.

    Bad: `public_body: true` and `article: 6.1.f`.
    Good: `article: 6.1.e` with the law that lays the task down.
    """
    for path, basis in _bases(register) if register.organisation.public_body else ():
        if basis.article == "6.1.f":
            yield (
                (*path, "article"),
                "a public body cannot rest its tasks on a legitimate interest. Use 6.1.e with its law, unless this is "
                "no task of yours as an authority (GDPR Art. 6(1)).",
            )


@rule("basis/law", "missing")
def basis_in_law_names_the_law(register: Register) -> Report:
    """A basis that rests on a law names it.

    Why: a legal obligation or public task must be laid down by law (Art. 6(3)), and most conditions of Art. 9(2)
    are only open where a law provides for them.

    Bad: `article: 6.1.c` alone.
    Good: `article: 6.1.c` with `law: bookkeeping-act`, declared in laws.yml.
    """
    for path, basis in _bases(register):
        if "law" in bases()[basis.article].needs and basis.law is None:
            yield (
                path,
                f"{basis.article} rests on a law, and none is named. Give law, the id of an entry in laws.yml "
                "(GDPR Art. 6(3), 9(2), 10).",
            )


@rule("basis/special", "missing")
def special_data_have_a_condition(register: Register) -> Report:
    """An activity that uses special categories of data has a condition of Art. 9(2).

    Why: processing of special categories is forbidden unless a condition is met (Art. 9(1)-(2)).

    Bad: an activity with health data and `bases: [{article: 6.1.b}]` only, or `incidental` health data without any.
    Good: the same with `{article: 9.2.a, ...}` or another condition beside it.
    """
    for activity in register.ours:
        path = ("activities", activity.id)
        used = [(("data", index), use.category) for index, use in enumerate(activity.data)]
        yield from _unconditional(register, path, used, [basis for one in activity.purposes for basis in one.bases])
        if activity.incidental:
            told = [
                (("incidental", "categories", index), id) for index, id in enumerate(activity.incidental.categories)
            ]
            yield from _unconditional(register, path, told, activity.incidental.bases)


_CONDITIONS = {
    "special": ("a condition of Article 9(2)", "9.2.a to 9.2.j"),
    "criminal": ("a basis in Article 10", '"10"'),
}


def _unconditional(
    register: Register, path: Path, used: Iterable[tuple[Path, str]], relied_on: Iterable[Basis]
) -> Report:
    """Yield each category of data that needs more than Art. 6 and has nothing more among its bases."""
    groups = {bases()[basis.article].group for basis in relied_on}
    for where, category in used:
        group = register.categories[category].data_class
        if group in _CONDITIONS and group not in groups:
            need, code = _CONDITIONS[group]
            holder = "what people volunteer has none" if where[0] == "incidental" else "no purpose here has one"
            yield (
                (*path, *where),
                f'"{category}" needs {need}, and {holder}. Add an item to bases with article: {code} '
                "(GDPR Art. 9, 10).",
            )


@rule("basis/withdrawal", "missing")
def consent_says_how_it_is_withdrawn(register: Register) -> Report:
    """A consent says how it is withdrawn.

    Why: it must be as easy to withdraw consent as to give it (Art. 7(3)), and the statement must say so
    (Art. 13(2)(c)).

    Bad: `article: 6.1.a` alone.
    Good: `article: 6.1.a` with `withdrawal:` in each language.
    """
    for path, basis in _bases(register):
        if "consent" in bases()[basis.article].needs and basis.withdrawal is None:
            yield (
                path,
                "a consent is relied on, and nothing says how it is withdrawn. "
                "Give withdrawal in each language (GDPR Art. 7(3), 13(2)(c)).",
            )


@rule("category/kind", "missing")
def special_category_says_which(register: Register) -> Report:
    """A special category of data says which one it is.

    Why: what applies depends on the kind (Art. 9(1)-(2)), and the reader is told.

    Bad: `class: special` alone. Good: `class: special` with `kind: health`.
    """
    for category in register.categories.values():
        if category.data_class == "special" and category.kind is None:
            yield (
                ("categories", category.id, "class"),
                f'"{category.id}" is a special category without its kind. Give kind, one of {", ".join(_KINDS)} '
                "(GDPR Art. 9(1)).",
            )


@rule("category/stray")
def other_categories_have_no_kind(register: Register) -> Report:
    """A category that is not special has no kind.

    Why: the kind would tell the reader that the data is special, and no condition is asked for (Art. 9(1)-(2)).

    Bad: `class: ordinary` with `kind: health`. Good: `class: special` with `kind: health`.
    """
    for category in register.categories.values():
        if category.data_class != "special" and category.kind is not None:
            yield (
                ("categories", category.id, "kind"),
                f'"{category.id}" has the kind {category.kind} and is not special. Write class: special, or delete '
                "kind (GDPR Art. 9(1)).",
            )
