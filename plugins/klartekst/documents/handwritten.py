"""Pages that somebody wrote: blocks take the place of their directives, and what cannot work is found first."""

import re
from collections.abc import Callable

from klartekst.documents.directive import Directive, problems, read_directive
from klartekst.load import read_tree
from klartekst.model import Finding, Place, Register

_MEANT = re.compile(r"<!--\s*klartekst\b", re.IGNORECASE)
_DIRECTIVE = re.compile(r"^<!-- klartekst:(?P<directive>[^\n]*?)-->\s*$")
_FENCE = re.compile(r"^\s*(`{3,}(?=[^`]*$)|~{3,})")
_UNTITLED = re.compile(r"^\s*(?:!!!|\?\?\?\+?)\s*[\w-]+(?: +[\w-]+)*\s*$")
_WHAT_IT_LOOKS_LIKE = "<!-- klartekst:retention subject=clients -->"


def directives(text: str, file: str) -> tuple[list[Directive], list[Finding]]:
    """Find the directives of a page, outside of fenced code.

    Args:
        text: the whole file.
        file: how findings name it.

    Returns:
        The directives that can be read, and a finding for each that cannot.
    """
    found: list[Directive] = []
    findings: list[Finding] = []
    for number, line in _outside_code(text)[0]:
        meant = _MEANT.search(line)
        if meant is None:
            continue
        match = _DIRECTIVE.match(line)
        directive = read_directive(match["directive"], number) if match else None
        if directive is None:
            message = (
                "this directive cannot be read. It stands alone on its line, without indentation, and looks like "
                f"{_WHAT_IT_LOOKS_LIKE}; to show one, put it into fenced code"
            )
            findings.append(Finding(Place(file, number, meant.start() + 1), "page/directive", message))
            continue
        found.append(directive)
    return found, findings


def check_page(text: str, file: str, language: str, register: Register | None) -> list[Finding]:
    """Return what is wrong with a hand-written page: its front matter, its directives, words the host would add.

    Args:
        text: the whole file.
        file: how findings name it.
        language: the language of the page, ISO 639-1.
        register: the published Register, or None if there is none that can be read.
    """
    found, findings = directives(text, file)
    findings += _check_front_matter(text, file)
    findings += _check_admonitions(text, file, language)
    findings += _check_fences(text, file)
    seen: set[Directive] = set()
    for directive in found:
        place = Place(file, directive.line)
        findings += [Finding(place, f"page/{rule}", message) for rule, message in problems(directive, register)]
        twin = Directive(0, directive.block, directive.parameters)
        if twin in seen:
            message = f'the block "{directive.block}" stands on this page twice, so its anchors would, too. Delete one'
            findings.append(Finding(Place(file, directive.line), "page/twice", message))
        seen.add(twin)
    return findings


def expand(text: str, file: str, render: Callable[[Directive], str]) -> str:
    """Return a hand-written page with its blocks in place; a directive that cannot be read was found before."""
    blocks = {directive.line: render(directive) for directive in directives(text, file)[0]}
    if not blocks:
        return text
    lines = text.split("\n")
    return "\n".join(f"\n{blocks[number]}\n" if number in blocks else line for number, line in enumerate(lines, 1))


def front_matter(text: str) -> str | None:
    """Return the YAML between the `---` lines at the start of a page, or None."""
    match = re.match(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*$", text, re.DOTALL | re.MULTILINE)
    return match[1] if match else None


def _outside_code(text: str) -> tuple[list[tuple[int, str]], int]:
    """Return the numbered lines outside of fenced code, and where code starts that never ends, or 0."""
    lines: list[tuple[int, str]] = []
    fence, opened = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        mark = _FENCE.match(line)
        if not fence and mark:
            fence, opened = mark[1], number
        elif not fence:
            lines.append((number, line))
        elif mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence, opened = "", 0
    return lines, opened


def _check_fences(text: str, file: str) -> list[Finding]:
    opened = _outside_code(text)[1]
    message = "the code that starts here never ends, so no block below it would appear. Close it with the same marks"
    return [Finding(Place(file, opened), "page/open-code", message)] if opened else []


def _check_front_matter(text: str, file: str) -> list[Finding]:
    yaml = front_matter(text)
    if yaml is None:
        if text.startswith("---\n"):
            message = "the front matter is not closed, so it would be printed on the page. End it with a line ---"
            return [Finding(Place(file), "page/front-matter", message)]
        return []
    tree = read_tree(b"\n" + yaml.encode(), file)  # the empty line stands for the opening ---
    if yaml.strip() and tree.value is not None and not isinstance(tree.value, dict):
        message = "the front matter is not a map, so it would be printed on the page. Write `title: ...` lines"
        return [Finding(Place(file), "page/front-matter", message)]
    return [finding for finding in tree.findings if finding.rule != "yaml/empty"]


def _check_admonitions(text: str, file: str, language: str) -> list[Finding]:
    """Markdown gives a box without a title an English one."""
    if language == "en":
        return []
    message = 'a box without a title gets an English one. Write its title: !!! note "..."; or "" for none'
    return [
        Finding(Place(file, number), "page/untitled-box", message)
        for number, line in _outside_code(text)[0]
        if _UNTITLED.match(line)
    ]
