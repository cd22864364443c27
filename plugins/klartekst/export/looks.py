"""The looks of a Word file: one that a lawyer would sign, made from the one that pandoc brings."""

from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from klartekst.export.pandoc import run_pandoc
from klartekst.export.zipped import normalised

_FONT = "Cambria"
"""On every Windows and Mac; LibreOffice has one of the same widths."""
_INK, _SOFT = RGBColor(0x1C, 0x27, 0x33), RGBColor(0x52, 0x60, 0x6D)
_LINE = "B8C2CC"
_HEADINGS = ((1, 19, 0, 10), (2, 13.5, 22, 7), (3, 11.5, 15, 5), (4, 10.5, 12, 4), (5, 10.5, 12, 4), (6, 10.5, 12, 4))
"""Level, size, space above and below, in points."""
_SPACES = {
    "Body Text": (0, 6),
    "First Paragraph": (0, 6),
    "Compact": (0, 3),
    "Definition": (0, 5),
    "Block Text": (0, 6),
}
_FRAMES = {"Note": (_LINE, False), "Box": ("B7791F", False), "Draft": ("B7791F", True)}
"""The colour of the line beside the text, or around it."""


@cache
def our_letterhead() -> bytes:
    """Return the Word file that documents look like where their firm has no letterhead of its own."""
    word = docx.Document(BytesIO(run_pandoc("--print-default-data-file", "reference.docx")))
    _set_text(word)
    _set_headings(word)
    _set_frames(word)
    _set_table(word)
    _set_page(word)
    _write_sample(word)
    made = BytesIO()
    word.save(made)
    return normalised(made.getvalue())


def _style(word: Word, name: str, like: str = "Body Text") -> ParagraphStyle:
    """Return a style of paragraphs, made where there is none."""
    if name not in word.styles:
        made = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = word.styles[like]
    style = word.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _set_font(style: Any, size: float | None = None, color: RGBColor | None = None, bold: bool | None = None) -> None:
    """Name the font for all scripts; the theme would win over it otherwise."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    names = " ".join(f'w:{script}="{_FONT}"' for script in ("ascii", "hAnsi", "cs", "eastAsia"))
    properties.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {names}/>"))
    style.font.size = Pt(size) if size else style.font.size
    style.font.bold = bold if bold is not None else style.font.bold
    if color is not None:
        style.font.color.rgb = color


def _set_text(word: Word) -> None:
    _set_font(word.styles["Normal"], 10.5, _INK)
    for name, (above, below) in _SPACES.items():
        spacing = _style(word, name).paragraph_format
        spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(above), Pt(below), 1.15
    word.settings.element.find(qn("w:defaultTabStop")).addnext(OxmlElement("w:autoHyphenation"))
    _keep_words_whole(_style(word, "Body Text"))
    term = _style(word, "Definition Term")
    _set_font(term, 10, _SOFT, bold=True)
    term.paragraph_format.space_before, term.paragraph_format.space_after = Pt(7), Pt(1)
    _style(word, "Compact").element.get_or_add_pPr().insert_element_before(
        OxmlElement("w:suppressAutoHyphens", {qn("w:val"): "false"}), *_AFTER_HYPHENS
    )
    _style(word, "Definition").paragraph_format.left_indent = Mm(4.2)
    _set_font(_style(word, "Lead"), 12)
    _set_font(word.styles["Hyperlink"], color=RGBColor(0x0B, 0x55, 0x63))
    word.styles["Hyperlink"].font.underline = True
    missing = word.styles.add_style("Missing", WD_STYLE_TYPE.CHARACTER)
    missing.font.bold = True
    missing.element.get_or_add_rPr().append(_shade("FFE9A8"))


def _shade(color: str) -> Any:
    return parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{color}"/>')


def _set_headings(word: Word) -> None:
    for level, size, above, below in _HEADINGS:
        style = _style(word, f"Heading {level}")
        _set_font(style, size, _INK, bold=True)
        style.font.italic = level > 3
        looks = style.paragraph_format
        looks.space_before, looks.space_after, looks.keep_with_next = Pt(above), Pt(below), True
        _keep_words_whole(style)
    _border(_style(word, "Heading 2"), "top", _LINE, space=6)


def _border(style: ParagraphStyle, sides: str, color: str, size: int = 4, space: int = 8) -> None:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>' for side in sides.split()
    )
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    properties.insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{lines}</w:pBdr>"),
        *("w:shd", "w:tabs", "w:suppressAutoHyphens", *_AFTER_HYPHENS),
    )


def _keep_words_whole(style: ParagraphStyle) -> None:
    """Let no word of these paragraphs be divided; in lists and tables, where lines are short, Word may do so."""
    style.element.get_or_add_pPr().insert_element_before(OxmlElement("w:suppressAutoHyphens"), *_AFTER_HYPHENS)


_AFTER_HYPHENS = tuple(f"w:{tag}" for tag in ("spacing", "ind", "contextualSpacing", "jc", "outlineLvl"))


def _set_frames(word: Word) -> None:
    for name, (color, is_around) in _FRAMES.items():
        style = _style(word, name)
        style.paragraph_format.left_indent = Mm(4.2)
        style.paragraph_format.space_after = Pt(4)
        _border(style, "top left bottom right" if is_around else "left", color, 12)
    _style(word, "Draft").font.bold = True


def _set_table(word: Word) -> None:
    """Draw thin lines, and a header row that is told from the others."""
    style = word.styles["Table"].element
    for old in style.findall(qn("w:tblPr")) + style.findall(qn("w:tblStylePr")):
        style.remove(old)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>' for side in sides)
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in _MARGINS.items())
    for part in (
        '<w:pPr %s><w:spacing w:before="0" w:after="0" w:line="252" w:lineRule="auto"/></w:pPr>',
        '<w:rPr %s><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr>',
        f"<w:tblPr %s><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>",
        '<w:tblStylePr %s w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="E9EEF2"/></w:tcPr></w:tblStylePr>',
    ):
        style.append(parse_xml(part % nsdecls("w")))


_MARGINS = {"top": 57, "left": 96, "bottom": 57, "right": 96}


def _set_page(word: Word) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(24), Mm(27)
    section.header_distance = section.footer_distance = Mm(13)
    footer = section.footer
    style = _style(word, "Footer", "Normal")
    _set_font(style, 8.5, _SOFT)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.tab_stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT)
    first = footer.paragraphs[0]
    first.style, first.text = style, "{title}\t{page}"
    second = footer.add_paragraph("{version} · {date}", style)
    second.paragraph_format.space_before = Pt(2)
    _border(style, "top", _LINE, space=4)


def _write_sample(word: Word) -> None:
    """Say in the file itself how it is used."""
    for paragraph in [*word.element.body.iterchildren(qn("w:p"), qn("w:tbl"))]:
        word.element.body.remove(paragraph)
    word.add_heading("Letterhead", 1)
    word.add_paragraph(
        "Documents look like the styles of this file, and stand between its header and its footer. Put your logo "
        "there, and change fonts and colours in the styles. What stands here is left out.",
        word.styles["Body Text"],
    )
    word.add_paragraph(
        "In headers and footers, {title}, {version}, {date} and {page} are filled in.", word.styles["Body Text"]
    )
