"""An owner who does what the lines of `klartekst check` say, and nothing else, until there is no line left."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from klartekst.documents import examine_all
from klartekst.load import load

_LINE = re.compile(r"(?P<file>[^:]+):(?P<line>\d+):(?P<column>\d+) (?P<rule>[a-z/-]+): (?P<said>.+)")

Words = Callable[[str, str], str]
"""Makes a map of languages from an indentation and words: one line for each language of the site."""


def lines_of_check(project: Path) -> list[str]:
    """Return the lines that `klartekst check data` prints in a project."""
    findings = sorted(set(examine_all(project / "data").findings))
    return [str(finding).replace(f"{project.as_posix()}/", "", 1) for finding in findings]


def fill_in(project: Path) -> list[str]:
    """Answer each line at its place, and the lines that the answers call forth; return all that were answered."""
    answered: list[str] = []
    while lines := lines_of_check(project):
        assert not set(_without_places(lines)) & set(_without_places(answered)), f"an answer did not help: {lines}"
        for line in reversed(lines):  # from the bottom up, so that places above stay where they are
            _answer(project, line)
        answered += lines
    return answered


def _without_places(lines: list[str]) -> list[str]:
    return [re.sub(r":\d+:\d+ ", " ", line) for line in lines]


def _answer(project: Path, line: str) -> None:
    match = _LINE.fullmatch(line)
    assert match, line
    file, rule, said = project / match["file"], match["rule"], match["said"]
    if rule == "language/missing":
        told = re.fullmatch(r'"([\w-]+)" has no text in [a-z]{2}\. Write a line `([a-z]{2}): \.\.\.`', said)
        assert told, said
        _below(file, int(match["line"]), int(match["column"]) + 1, f"{told[2]}: Words on {told[1]}.\n")
        return
    keys, make = _ANSWERS[rule]
    missing = [key for key in keys if not re.search(rf"\b{key}\b", said)]
    assert not missing, f"the line does not ask for {missing}: {line}"
    text = make(_maker(project))
    if rule in _INSIDE:
        _below(file, int(match["line"]), int(match["column"]) - 1 + _INSIDE[rule], text)
    else:
        file.write_text(file.read_text("utf-8") + text, "utf-8")
    for name, more in _FILES.get(rule, {}).items():
        place = project / "data" / name
        place.parent.mkdir(exist_ok=True)
        before = place.read_text("utf-8") if place.exists() else ""
        if more(_maker(project)) not in before:
            place.write_text(before + more(_maker(project)), "utf-8")


def _below(file: Path, line: int, indent: int, text: str) -> None:
    """Put text below a line of a file, indented."""
    lines = file.read_text("utf-8").splitlines(keepends=True)
    added = [" " * indent + one for one in text.splitlines(keepends=True)]
    file.write_text("".join([*lines[:line], *added, *lines[line:]]), "utf-8")


def _maker(project: Path) -> Words:
    register = load(project / "data").register
    assert register
    languages = register.organisation.languages
    return lambda indent, words: "".join(f"{indent}{code}: {words} ({code}).\n" for code in languages)


_ANSWERS: Mapping[str, tuple[tuple[str, ...], Callable[[Words], str]]] = {
    "automated/missing": (("automated_decisions", "none"), lambda words: "automated_decisions: none\n"),
    "recipient/missing": (("recipients",), lambda words: "recipients:\n  - accountant\n"),
    "transfer/missing": (("transfers", "none"), lambda words: "transfers: none\n"),
    "retention/missing": (("retention",), lambda words: "retention:\n  - own-rule\n"),
    "source/missing": (("sources", "data-subject"), lambda words: "sources: data-subject\n"),
    "purpose/basis": (("bases", "article", "6.1.f"), lambda words: "bases:\n  - article: 6.1.f\n"),
    "basis/interest": (("interest",), lambda words: "interest:\n" + words("  ", "We want it to work")),
    "basis/law": (("law",), lambda words: "law: own-law\n"),
    "necessity/missing": (
        ("necessity", "kind", "consequence"),
        lambda words: "necessity:\n  kind: voluntary\n  consequence:\n" + words("    ", "Otherwise we cannot"),
    ),
    "dpo/missing": (
        ("data_protection_officer", "appointed"),
        lambda words: "data_protection_officer:\n  appointed: false\n",
    ),
    "dpo/contact": (("because",), lambda words: "because:\n" + words("  ", "We need none")),
    "organisation/rights": (
        ("rights", "role", "contact", "identity_check"),
        lambda words: (
            "rights:\n  role: manager\n  contact:\n    email: post@fjordlys.example\n  identity_check:\n"
            + words("    ", "We ask you something")
        ),
    ),
}
"""By rule: the words that its line must hold, and what an owner then writes: at the file's end, or below the place."""

_INSIDE = {"purpose/basis": 0, "basis/interest": 0, "basis/law": 0, "dpo/contact": 2}
"""Where the answer stands inside the thing at the place: how much deeper."""

_FILES: Mapping[str, Mapping[str, Callable[[Words], str]]] = {
    "recipient/missing": {
        "parties/accountant.yml": lambda words: (
            'name: Tallheim\ncapacity: processor\nlocations:\n  - "NO"\ntasks:\n' + words("  ", "bookkeeping")
        ),
    },
    "retention/missing": {
        "retention.yml": lambda words: (
            "own-rule:\n  kind: until\n  action: erase\n  covers:\n"
            + words("    ", "Everything")
            + "  trigger:\n"
            + words("    ", "we are done")
        ),
    },
    "basis/law": {"laws.yml": lambda words: "own-law:\n  citation:\n" + words("    ", "section 1 of the Act")},
}
"""What an answer refers to is declared in a file of its own."""
