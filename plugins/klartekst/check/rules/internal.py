"""What is internal stays internal, and no public sentence depends on it."""

from klartekst.check.rule import Report, rule
from klartekst.model import COLLECTIONS, Entity, Path, Register, references


@rule("internal/needed")
def nothing_public_needs_what_is_internal(register: Register) -> Report:
    """An internal entity is not referred to by a public one.

    Why: a statement that leaves out a processor is wrong (Art. 13(1)(e)); one that names it publishes what was meant
    to stay inside. Neither may happen silently.

    Bad: a public activity whose `recipients` name a party with `internal: true`.
    Good: make the party public, or the activity internal too.
    """
    entities: list[tuple[Path, Entity]] = [(("organisation",), register.organisation)]
    entities += [((name, id), thing) for name in COLLECTIONS for id, thing in getattr(register, name).items()]
    for path, entity in entities:
        if entity.is_internal:
            continue
        for where, collection, id in references(entity, path):
            if getattr(register, collection)[id].is_internal:
                how = "visibility: public, or unlisted" if collection == "agreements" else "delete internal: true"
                yield (
                    where,
                    f'"{id}" in {collection} is internal, but {"/".join(map(str, path))} is public and needs it. '
                    f"Publish it ({how}), or make this internal too (GDPR Art. 13(1)(e)).",
                )


@rule("internal/organisation")
def organisation_is_public(register: Register) -> Report:
    """The organisation itself is not internal.

    Why: a statement without its controller says nothing (Art. 13(1)(a)).

    Bad: `internal: true` in organisation.yml.
    Good: `internal:` with a note for colleagues, or nothing.
    """
    if register.organisation.is_internal:
        yield (
            ("organisation", "internal"),
            "the organisation cannot be internal: every document names it. Delete the line, or write a note in place "
            "of true (GDPR Art. 13(1)(a)).",
        )
