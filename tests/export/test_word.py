"""Word files: opened again with python-docx, and set by LibreOffice, they are whole and look like a contract."""

import datetime as dt
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn
from pypdf import PdfReader
from tests.conftest import LANGUAGES
from tests.export.contract import CONTRACT, FACTS, HEADINGS, ROWS, blocks_of, in_office, read, statement

from klartekst.export import FileError, as_word, page_html, standard_letterhead
from klartekst.phrases import phrases

PAGE = page_html(CONTRACT)


def opened(content: bytes) -> Word:
    return docx.Document(BytesIO(content))


@pytest.fixture(scope="module")
def contract() -> Word:
    """The contract, read back."""
    return opened(as_word(PAGE, FACTS))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The contract and the statements as LibreOffice sets them."""
    folder = tmp_path_factory.mktemp("office")
    files = {"contract": as_word(PAGE, FACTS), **{code: as_word(*statement(code)) for code in LANGUAGES}}
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    made = in_office([folder / f"{name}.docx" for name in files], folder)
    return dict(zip(files, made, strict=True))


def texts(word: Word) -> str:
    return " ".join(paragraph_text(one) for one in word.element.body.iter(qn("w:p")))


def paragraph_text(paragraph: object) -> str:
    return "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))  # type: ignore[attr-defined]


def footer_of(word: Word) -> list[str]:
    return ["".join(paragraph.xpath("string(.)")) for paragraph in word.sections[0].footer._element.iter(qn("w:p"))]


def test_the_outline_is_that_of_the_page(contract: Word) -> None:
    """Each heading has a real style of its level, and its number is its text."""
    found = [
        (int(one.style.name[-1]), one.text)
        for one in contract.paragraphs
        if one.style and one.style.name and one.style.name.startswith("Heading")
    ]
    assert found == HEADINGS


def test_tables_repeat_their_header_row(contract: Word) -> None:
    """The first row of each table, and no other, stands on each of its pages; no row breaks."""
    assert [len(table.rows) for table in contract.tables] == [3, ROWS + 1, 5]
    for table in contract.tables:
        rows = table._tbl.tr_lst
        assert [bool(row.xpath("./w:trPr/w:tblHeader")) for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.xpath("./w:trPr/w:cantSplit") for row in rows)


def test_there_is_room_to_sign(contract: Word) -> None:
    """Rows with an empty cell are high, and the form stays on one page with the words before it."""
    form = contract.tables[-1]._tbl
    assert [bool(row.xpath("./w:trPr/w:trHeight")) for row in form.tr_lst] == [False, False, True, True, True]
    assert all(one.xpath("./w:pPr/w:keepNext") for row in form.tr_lst[:-1] for one in row.iter(qn("w:p")))
    before = next(one for one in form.itersiblings(qn("w:p"), preceding=True))
    assert paragraph_text(before) == "Aftalen gælder, når begge parter har skrevet under."
    assert before.xpath("./w:pPr/w:keepNext")


def test_an_annex_begins_a_page(contract: Word) -> None:
    """Only the heading that says so does."""
    begins = [one.text for one in contract.paragraphs if one.paragraph_format.page_break_before]
    assert begins == ["Bilag B: Underdatabehandlere"]


@pytest.mark.parametrize(("code", "tag"), [("da", "da-DK"), ("nb", "nb-NO"), ("en", "en-GB")])
def test_the_language_is_set(code: str, tag: str) -> None:
    """Spelling is checked in the language of the text, and whoever listens hears it."""
    word = opened(as_word(*statement(code)))
    default = word.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:lang')}")
    assert default.get(qn("w:val")) == tag
    assert word.core_properties.language == tag


def test_the_properties_say_what_it_is(contract: Word) -> None:
    """Title, author, version and day; not the one who ran the program, and not the hour."""
    properties = contract.core_properties
    assert (properties.title, properties.author) == ("Aftale med Elmebakken Skole", "Lindeby Samtaler ApS")
    assert properties.version == "2.1"
    assert properties.created.date() == dt.date(2026, 11, 22)


def test_the_footer_says_which_version_and_page(contract: Word) -> None:
    """Title, version, date, and the page of all pages as fields that Word counts."""
    assert footer_of(contract) == ["Aftale med Elmebakken SkoleSide 1 af 1", "Version 2.1 · 22. november 2026"]
    fields = contract.sections[0].footer._element.xpath(".//w:fldSimple/@w:instr")
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_footer_without_version_has_no_stray_sign() -> None:
    """What there is not leaves no dot behind."""
    without = replace(FACTS, number="")
    assert footer_of(opened(as_word(PAGE, without)))[1] == "22. november 2026"
    own = as_word(PAGE, without, letterhead=letterhead("{title} · {version}", "{version}"))
    assert header_of(opened(own)) == ["Aftale med Elmebakken Skole"]


def test_nothing_of_the_page_is_lost(contract: Word) -> None:
    """Each heading, item, term and cell of the page stands in the file, what was hidden included."""
    whole = " ".join(texts(contract).split())
    assert [text for text in blocks_of(PAGE) if text not in whole] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_of_the_statement_is_lost(code: str) -> None:
    """The same of the demonstration's statement in each language."""
    page, facts = statement(code)
    whole = " ".join(texts(opened(as_word(page, facts))).split())
    assert [text for text in blocks_of(page) if text not in whole] == []


def test_it_can_be_cited_and_followed(contract: Word) -> None:
    """Anchors are bookmarks, a link inside leads to one, and others lead where they led."""
    marks = set(contract.element.xpath("//w:bookmarkStart/@w:name"))
    links = contract.element.xpath("//w:hyperlink/@w:anchor")
    targets = {relation.target_ref for relation in contract.part.rels.values() if relation.is_external}
    assert {"a-1", "b-1", "b-2", "signatures"} <= marks
    assert links == ["b-1"]
    assert targets == {
        "https://www.retsinformation.dk/eli/lta/2022/700",
        "mailto:post@lindeby.example",
        "tel:+4570000000",
    }


@pytest.mark.parametrize("name", ["contract", *LANGUAGES])
def test_office_shows_the_same(name: str, printed: dict[str, Path]) -> None:
    """LibreOffice opens the file, and its PDF has every text of the page."""
    page = PAGE if name == "contract" else statement(name)[0]
    whole = re.sub(r"[\s\u00ad-]", "", read(printed[name]))
    lost = [text for text in blocks_of(page) if re.sub(r"[\s\u00ad-]", "", text) not in whole]
    # A cell or an item that a page ends in is cut by the footer; few are.
    assert len(lost) <= len(PdfReader(printed[name]).pages)
    assert [text for text in lost if len(text) < 40] == []


def test_office_numbers_the_pages(printed: dict[str, Path]) -> None:
    """Each page says which one it is of how many, and the header row of the long table stands on each of its pages."""
    pages = [page.extract_text() for page in PdfReader(printed["contract"]).pages]
    assert 4 <= len(pages) <= 16
    assert [number for number, text in enumerate(pages, 1) if f"Side {number} af {len(pages)}" not in text] == []
    with_rows = [text for text in pages if "Firma" in text]
    assert len(with_rows) > 2
    assert [text for text in with_rows if "Opgave" not in text] == []


def test_the_same_facts_give_the_same_bytes() -> None:
    """Two exports are byte-identical, and no part of the archive bears a time."""
    first, second = as_word(PAGE, FACTS), as_word(PAGE, FACTS)
    assert first == second
    assert {entry.date_time for entry in zipfile.ZipFile(BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


# -- letterheads ------------------------------------------------------------------------------------------------


def letterhead(*lines: str) -> bytes:
    """A firm's own: a plain Word file with a header."""
    word = docx.Document()
    header = word.sections[0].header
    for line in lines:
        paragraph = header.add_paragraph()
        for piece in line.split("|"):
            paragraph.add_run(piece).bold = True
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def header_of(word: Word) -> list[str]:
    found = [one.xpath("string(.)") for one in word.sections[0].header._element.iter(qn("w:p"))]
    return [text for text in found if text]


def test_ours_is_a_start() -> None:
    """What is written out as a start gives the same file as none."""
    assert as_word(PAGE, FACTS, letterhead=standard_letterhead()) == as_word(PAGE, FACTS)


def test_a_firm_has_its_own() -> None:
    """Its placeholders are filled, those that Word has cut into pieces included, and keep their looks."""
    made = opened(as_word(PAGE, FACTS, letterhead=letterhead("{ti|tle}: {|version| · {date}", "Nord {page}|.")))
    assert header_of(made) == ["Aftale med Elmebakken Skole: {version · 22. november 2026", "Nord Side 1 af 1."]
    assert made.sections[0].header._element.xpath(".//w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]
    assert all(run.xpath("./w:rPr/w:b") for run in made.sections[0].header._element.iter(qn("w:r")))


def test_a_letterhead_needs_no_styles_of_ours() -> None:
    """Tables have lines and a header row that can be told, whatever file the letterhead was made from."""
    made = opened(as_word(PAGE, FACTS, letterhead=letterhead("Nord")))
    style = made.styles["Table"].element
    assert style.xpath("./w:tblPr/w:tblBorders/w:insideH")
    assert style.xpath("./w:tblStylePr[@w:type='firstRow']//w:shd")
    assert [len(table.rows) for table in made.tables] == [3, ROWS + 1, 5]


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + bytes(18)], ids=["empty", "text", "archive"])
def test_what_is_no_word_file_is_no_letterhead(content: bytes) -> None:
    """It is refused with what to do."""
    with pytest.raises(FileError, match="not a Word file"):
        as_word(PAGE, FACTS, letterhead=content or b" ")


HOSTILE = 'A#b $x$ @y "z" \\ * <b> {title} {page} {{ x }} &amp; ] ) ` /* 🙂 \u202e'


def test_no_character_means_anything() -> None:
    """Whatever a title holds, it stands as it is in heading, footer and properties."""
    title = HOSTILE.replace("&", "&amp;").replace("<", "&lt;")
    word = opened(as_word(f"<h1>{title}</h1><p>{title}</p>", FACTS))
    assert [one.text for one in word.paragraphs] == [HOSTILE, HOSTILE]
    assert word.core_properties.title == HOSTILE
    assert footer_of(word)[0] == f"{HOSTILE}Side 1 af 1"


def test_the_page_number_speaks_the_language() -> None:
    """English says page, Norwegian says side."""
    for code, words in (("en", "Page 1 of 1"), ("nb", "Side 1 av 1")):
        word = opened(as_word("<h1>X</h1>", replace(FACTS, words=phrases(code))))
        assert footer_of(word)[0] == f"X{words}"
