"""The Word file that gives documents their looks: ours, or the letterhead of a firm, with its footer filled in."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import docx
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from klartekst.export.facts import FileError, FileFacts
from klartekst.export.looks import our_letterhead

_SLOT = re.compile(r"\{(title|version|date|page)\}")
_FIELDS = {"\ufdd0": "PAGE", "\ufdd1": "NUMPAGES"}
"""Signs that stand for numbers which Word counts; no page has them, so nobody's title is taken for one."""
_NUMBER = re.compile(f"([{''.join(_FIELDS)}])")
_DOT = " · "


def open_letterhead(content: bytes) -> Word:
    """Open a letterhead.

    Raises:
        FileError: it is no Word file.
    """
    try:
        return docx.Document(BytesIO(content))
    except (BadZipFile, KeyError, ValueError) as error:
        raise FileError("it is not a Word file. Save it as .docx, with the placeholders in its footer.") from error


def filled(letterhead: bytes | None, facts: FileFacts, title: str) -> bytes:
    """Return a letterhead as it stands around one document.

    Args:
        letterhead: a Word file with {title}, {version}, {date} or {page} in a header or footer; ours where left out.
        facts: what stands in their place.
        title: the title of the document.

    Raises:
        FileError: it is no Word file.
    """
    word = open_letterhead(letterhead or our_letterhead())
    values = {
        "title": title,
        "version": facts.version,
        "date": facts.date,
        "page": facts.words("file/page", page="\ufdd0", pages="\ufdd1"),
    }
    for paragraph in _around(word):
        _fill(paragraph, values)
    if letterhead:
        _lend_styles(word)
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def _around(word: Word) -> Iterator[Any]:
    """Yield the paragraphs of all headers and footers, those of first and even pages and of text boxes included."""
    for part in word.part.package.iter_parts():
        if re.match(r"/word/(header|footer)\d*\.xml$", str(part.partname)):
            yield from part.element.iter(qn("w:p"))


def _fill(paragraph: Any, values: Mapping[str, str]) -> None:
    """Put values in the place of placeholders, which Word may have cut into several pieces."""
    pieces = [piece for piece in paragraph.iter(qn("w:t")) if _holder(piece) is paragraph]
    text = "".join(piece.text or "" for piece in pieces)
    if not _SLOT.search(text):
        return
    for run in {piece.getparent(): None for piece in pieces}:
        _split(run)
    _gather(pieces, text)
    for piece in pieces:
        piece.text = _spoken(piece.text or "", values)
        piece.set(qn("xml:space"), "preserve")
        if _NUMBER.search(piece.text):
            _number(piece)


def _holder(piece: Any) -> Any:
    return next(piece.iterancestors(qn("w:p")))


def _split(run: Any) -> None:
    """Give each text, tab and break of a run a run of its own, so that one of them can be replaced."""
    parts = [part for part in run if part.tag != qn("w:rPr")]
    for part in reversed(parts[1:]):
        copy = OxmlElement("w:r")
        if run.rPr is not None:
            copy.append(deepcopy(run.rPr))
        copy.append(part)
        run.addnext(copy)


def _gather(pieces: list[Any], text: str) -> None:
    """Move each placeholder that lies in several pieces into the first of them."""
    ends: list[int] = []
    for piece in pieces:
        ends.append((ends[-1] if ends else 0) + len(piece.text or ""))
    for slot in _SLOT.finditer(text):
        for index in range(len(ends) - 1):
            if slot.start() < ends[index] < slot.end():
                ends[index] = slot.end()
    start = 0
    for piece, end in zip(pieces, ends, strict=True):
        piece.text = text[start:end]
        start = max(start, end)


def _spoken(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its placeholders filled; a dot beside one that has nothing to say goes with it."""
    for name, value in values.items():
        if not value:
            slot = f"{{{name}}}"
            text = text.replace(f"{slot}{_DOT}", "").replace(f"{_DOT}{slot}", "").replace(slot, "")
    return _SLOT.sub(lambda match: values[match[1]], text)


def _number(piece: Any) -> None:
    """Turn the signs for numbers into fields."""
    run = piece.getparent()
    for part in reversed(_NUMBER.split(piece.text)):
        copy = deepcopy(run)
        copy.find(qn("w:t")).text = part if part not in _FIELDS else "1"
        copy.find(qn("w:t")).set(qn("xml:space"), "preserve")
        if part in _FIELDS:
            field = OxmlElement("w:fldSimple", {qn("w:instr"): _FIELDS[part]})
            field.append(copy)
            run.addnext(field)
        elif part:
            run.addnext(copy)
    run.getparent().remove(run)


def _lend_styles(word: Word) -> None:
    """Give a letterhead the styles that it lacks, such as the one of tables."""
    own = {style.get(qn("w:styleId")) for style in word.styles.element.iter(qn("w:style"))}
    for style in docx.Document(BytesIO(our_letterhead())).styles.element.iter(qn("w:style")):
        if style.get(qn("w:styleId")) not in own:
            copy = deepcopy(style)
            copy.attrib.pop(qn("w:default"), None)
            word.styles.element.append(copy)
