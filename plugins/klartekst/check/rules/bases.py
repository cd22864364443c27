"""Each purpose has its legal basis, and each basis what it demands (Art. 6, 9, 13(1)(c)-(d) GDPR)."""

from collections.abc import Iterator
from typing import get_args

from klartekst.check.rule import Report, rule
from klartekst.law import bases
from klartekst.model import Activity, Basis, Path, Purpose, Register
from klartekst.model.codes import SpecialKind

_KINDS = get_args(SpecialKind)


def _purposes(register: Register) -> Iterator[tuple[Path, Activity, Purpose]]:
    for activity in register.activities.values():
        for index, purpose in enumerate(activity.purposes):
            yield ("activities", activity.id, "purposes", index), activity, purpose


def _bases(register: Register) -> Iterator[tuple[Path, Basis]]:
    for path, _, purpose in _purposes(register):
        for index, basis in enumerate(purpose.bases):
            yield (*path, "bases", index), basis


@rule("purpose/basis")
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


@rule("basis/interest")
def legitimate_interest_is_named(register: Register) -> Report:
    """A basis of Art. 6(1)(f) names the interest, and only that basis does.

    Why: the statement must say which interest is pursued (Art. 13(1)(d)); without it nobody can weigh it.

    Bad: `article: 6.1.f` alone.
    Good: `article: 6.1.f` with `interest:` in each language.
    """
    for path, basis in _bases(register):
        if "interest" in bases()[basis.article].needs and basis.interest is None:
            yield (
                path,
                "a legitimate interest (6.1.f) is claimed but not named. "
                "Give interest, as a whole sentence in each language (GDPR Art. 13(1)(d)).",
            )
        elif basis.interest is not None and "interest" not in bases()[basis.article].needs:
            yield (
                (*path, "interest"),
                f"an interest belongs to 6.1.f, but the basis is {basis.article}. Delete it, or change the basis.",
            )


@rule("basis/law")
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


@rule("basis/special")
def special_data_have_a_condition(register: Register) -> Report:
    """An activity that uses special categories of data has a condition of Art. 9(2).

    Why: processing of special categories is forbidden unless a condition is met (Art. 9(1)-(2)).

    Bad: an activity with health data and `bases: [{article: 6.1.b}]` only.
    Good: the same with `{article: 9.2.a, ...}` or another condition beside it.
    """
    for activity in register.activities.values():
        groups = {bases()[basis.article].group for purpose in activity.purposes for basis in purpose.bases}
        for index, use in enumerate(activity.data):
            group = register.categories[use.category].data_class
            if group in {"special", "criminal"} and group not in groups:
                need = "a condition of Article 9(2)" if group == "special" else "a basis in Article 10"
                code = "9.2.a to 9.2.j" if group == "special" else '"10"'
                yield (
                    ("activities", activity.id, "data", index),
                    f'"{use.category}" needs {need}, and no purpose of this activity has one. '
                    f"Add an item to the bases of a purpose with article: {code} (GDPR Art. 9, 10).",
                )


@rule("basis/withdrawal")
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


@rule("category/kind")
def special_category_says_which(register: Register) -> Report:
    """A special category of data says which one it is, and no other category does.

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
        elif category.data_class != "special" and category.kind is not None:
            yield (
                ("categories", category.id, "kind"),
                f'"{category.id}" has the kind {category.kind} but is not class: special. Change one (GDPR Art. 9(1)).',
            )
