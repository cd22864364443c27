"""PDFs, read back: PDF/UA-1, in reading order, with no way out, the same bytes each time."""

import datetime as dt
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from pypdf import PdfReader
from tests.conftest import LANGUAGES
from tests.export.contract import CONTRACT, FACTS, HEADINGS, ROWS, blocks_of, read, statement, without_footers
from tests.export.test_word import HOSTILE

from klartekst.export import FileError, as_pdf, page_html

PAGE = page_html(CONTRACT)
UA = "{http://www.aiim.org/pdfua/ns/id/}part"


@pytest.fixture(scope="module")
def contract() -> bytes:
    """The contract as PDF."""
    return as_pdf(PAGE, FACTS, address="https://privatliv.lindeby.example/agreements/x/")


def elements(element: pikepdf.Object) -> Iterator[Dictionary]:
    """Yield the elements of a structure tree in reading order."""
    if isinstance(element, Array):
        for one in element:
            yield from elements(one)
    elif isinstance(element, Dictionary):
        if "/S" in element:
            yield element
        if "/K" in element:
            yield from elements(element.K)


def tagged(pdf: pikepdf.Pdf, tag: str) -> list[Dictionary]:
    return [one for one in elements(pdf.Root.StructTreeRoot) if re.fullmatch(tag, str(one.S))]


def everything(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    """Yield each dictionary of a PDF, those inside of others included."""
    for one in pdf.objects:
        yield from _dictionaries(one)


def _dictionaries(value: pikepdf.Object) -> Iterator[Dictionary]:
    if isinstance(value, pikepdf.Stream):
        value = value.stream_dict
    if isinstance(value, Dictionary):
        yield value
    if isinstance(value, Dictionary | Array):
        inside = value.values() if isinstance(value, Dictionary) else value
        for inner in inside:
            if not getattr(inner, "is_indirect", True):  # numbers and names come as Python's own
                yield from _dictionaries(inner)


def test_it_is_pdf_ua(contract: bytes) -> None:
    """Whoever listens gets structure, language and title; the identifier says so."""
    pdf = pikepdf.open(BytesIO(contract))
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.StructTreeRoot.K
    assert str(pdf.Root.Lang) == "da-DK"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata[UA] == "1"
        assert metadata["dc:title"] == "Aftale med Elmebakken Skole"
        assert [*metadata["dc:creator"]] == ["Lindeby Samtaler ApS"]


def test_it_bears_the_day_of_its_version(contract: bytes) -> None:
    """Not the one on which a program ran."""
    made = PdfReader(BytesIO(contract)).metadata
    assert made
    assert made.creation_date
    assert made.creation_date.date() == dt.date(2026, 11, 22)


@pytest.mark.parametrize(("code", "tag"), [("da", "da-DK"), ("nb", "nb-NO"), ("en", "en-GB")])
def test_each_statement_is_pdf_ua(code: str, tag: str) -> None:
    """The demonstration's statement in each language."""
    pdf = pikepdf.open(BytesIO(as_pdf(*statement(code))))
    assert str(pdf.Root.Lang) == tag
    with pdf.open_metadata() as metadata:
        assert metadata[UA] == "1"


def test_headings_are_in_the_tree_and_in_the_outline(contract: bytes) -> None:
    """Their levels are those of the page, and none is left out."""
    pdf = pikepdf.open(BytesIO(contract))
    levels = [int(str(one.S)[2:]) for one in tagged(pdf, "/H[1-6]")]
    assert levels == [level for level, _ in HEADINGS]
    shown = [str(title) for title in _outline(PdfReader(BytesIO(contract)).outline)]
    assert shown == [text for _, text in HEADINGS]


def _outline(items: object) -> Iterator[object]:
    assert isinstance(items, list)
    for item in items:
        if isinstance(item, list):
            yield from _outline(item)
        else:
            yield item.title


def test_a_table_is_one_table_over_all_its_pages(contract: bytes) -> None:
    """Each table is one element, with one header row, whose cells say that they are heads of columns."""
    pdf = pikepdf.open(BytesIO(contract))
    tables = tagged(pdf, "/Table")
    assert len(tables) == 3
    assert [sum(one.S == Name.TR for one in elements(table.K)) for table in tables] == [3, ROWS + 1, 5]
    heads = [[one for one in elements(table.K) if one.S == Name.TH] for table in tables]
    assert [len(cells) for cells in heads] == [4, 4, 3]
    assert {_scope(cell) for cells in heads for cell in cells} == {"/Column"}


def _scope(cell: Dictionary) -> str:
    attributes = cell.get("/A")
    owned = attributes if isinstance(attributes, Array) else [attributes]
    return next(str(one.Scope) for one in owned if isinstance(one, Dictionary) and "/Scope" in one)


def test_the_header_row_stands_on_each_page_of_its_table(contract: bytes) -> None:
    """So does the footer with title, version, date and page of pages."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(contract)).pages]
    with_rows = [text for text in pages if "Firma" in text]
    assert len(with_rows) > 2
    assert [text for text in with_rows if "Registreringsnummer" not in text] == []
    for number, text in enumerate(pages, 1):
        for part in (
            f"Side {number} af {len(pages)}",
            "Version 2.1 · 22. november 2026",
            "Aftale med Elmebakken Skole",
        ):
            assert part in text


def test_a_form_stays_on_one_page(contract: bytes) -> None:
    """So do the words before it."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(contract)).pages]
    form = next(text for text in pages if "begge parter" in text)
    assert "Underskrift\n" in f"{form}\n".replace("Underskrifter", "")


def test_a_row_stays_on_one_page() -> None:
    """Where a page ends in the middle of a row, the whole row stands on the next one."""
    rows = "".join(f"<tr><td>Begin{n}.</td><td>{'ord ' * (90 + n)} End{n}.</td></tr>" for n in range(40))
    content = as_pdf(f"<h1>X</h1><table><tr><th>A</th><th>B</th></tr>{rows}</table>", FACTS)
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    assert len(pages) > 3
    for text in pages:
        assert re.findall(r"Begin(\d+)\.", text) == re.findall(r"End(\d+)\.", text)


def test_a_row_longer_than_a_page_goes_on(tmp_path: Path) -> None:
    """Nothing of it falls off the sheet."""
    words = " ".join(f"ord{number}" for number in range(3000))
    file = tmp_path / "long.pdf"
    file.write_bytes(
        as_pdf(f"<h1>X</h1><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>{words}</td></tr></table>", FACTS)
    )
    assert {f"ord{number}" for number in range(3000)} <= set(read(file).split())


@pytest.mark.parametrize("name", ["contract", *LANGUAGES])
def test_the_text_is_in_reading_order(name: str, tmp_path: Path) -> None:
    """What a machine reads out of it are the headings, items, terms and cells of the page, in their order."""
    page, facts = (PAGE, FACTS) if name == "contract" else statement(name)
    file = tmp_path / "x.pdf"
    file.write_bytes(as_pdf(page, facts))
    spoken = _squeezed(_without_repeated_heads(without_footers(read(file), facts.date)))
    assert _squeezed("".join(_without_heads(blocks_of(page)))) == spoken


def _squeezed(text: str) -> str:
    """Return a text without what lines do to it: spaces, hyphens, and the signs of bullets."""
    return re.sub(r"[\s\u00ad\u2010\u200b•‣–-]", "", text)


def _without_heads(blocks: list[str]) -> list[str]:
    return [text for text in blocks if text not in HEADS]


HEADS = ("Navn", "Registreringsnummer", "Adresse", "Opgave")
"""They stand on each page of their table, but once on the page; so they are compared with nothing here."""


def _without_repeated_heads(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if {*line.split()} - {*HEADS})


def test_it_leads_to_no_other_host(contract: bytes) -> None:
    """Mail and telephone open, links inside jump, and the words of all others stay."""
    assert sorted(_addresses(contract)) == ["mailto:post@lindeby.example", "tel:+4570000000"]
    assert "loven" in "".join(page.extract_text() for page in PdfReader(BytesIO(contract)).pages)
    pdf = pikepdf.open(BytesIO(contract))
    assert len([one for one in everything(pdf) if one.get("/S") == Name.Link]) == 3
    assert len([one for one in everything(pdf) if one.get("/Subtype") == Name.Link and "/A" not in one]) == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_statement_leads_to_another_host(code: str) -> None:
    """Neither by a link nor by a part that would be fetched."""
    content = as_pdf(*statement(code), address="https://privatliv.lindeby.example/privacy/")
    assert [one for one in _addresses(content) if not one.startswith(("mailto:", "tel:"))] == []
    pdf = pikepdf.open(BytesIO(content))
    ways = {"/URI", "/GoToR", "/Launch", "/SubmitForm", "/ImportData", "/JavaScript", "/GoToE"}
    assert {str(one.S) for one in everything(pdf) if str(one.get("/S")) in ways} <= {"/URI"}
    assert not [one for one in everything(pdf) if one.get("/Type") == Name.Filespec]


def _addresses(content: bytes) -> set[str]:
    pdf = pikepdf.open(BytesIO(content))
    return {str(one.URI) for one in everything(pdf) if "/URI" in one}


def test_the_same_facts_give_the_same_bytes(contract: bytes) -> None:
    """Two exports are byte-identical, whatever fonts the machine has."""
    assert as_pdf(PAGE, FACTS, address="https://privatliv.lindeby.example/agreements/x/") == contract
    pdf = pikepdf.open(BytesIO(contract))
    fonts = {str(one.FontName).split("+")[1] for one in everything(pdf) if "/FontName" in one}
    assert {name.split("-")[0] for name in fonts} <= {"LibertinusSerif", "NewCM10", "DejaVuSansMono"}


SIGNS = HOSTILE.replace("🙂 \u202e", "") + "#panic() #import <x> = - + / // ... -- -1 ~ @x $ _a_ `b` //* '"


def test_no_character_means_anything(tmp_path: Path) -> None:
    """Whatever a text holds, it stands as it is: in headings, cells, terms, code, links and the footer."""
    text = SIGNS.replace("&", "&amp;").replace("<", "&lt;")
    page = (
        f"<h1>{text}</h1><p>{text}</p><dl><dt>{text}</dt><dd>{text}</dd></dl><p><strong>{text}</strong></p>"
        f"<table><tr><th>{text}</th><th>B</th></tr><tr><td>{text}</td><td>C</td></tr></table>"
        f"<p><code>{text}</code></p><pre>{text}</pre><h2 id='a&quot;\\b'>{text}</h2>"
        f"<p><a href='#a&quot;\\b'>x</a> <a href='mailto:a&quot;];#b@c.example'>y</a></p>"
    )
    file = tmp_path / "x.pdf"
    file.write_bytes(as_pdf(page, FACTS))
    found = re.sub(r"[\s-]", "", read(file))
    assert found.count(re.sub(r"[\s-]", "", SIGNS)) >= 10
    title = PdfReader(file).metadata
    assert title
    assert title.title == " ".join(SIGNS.split())


def test_a_word_that_no_line_holds_is_broken(tmp_path: Path) -> None:
    """It stays on the sheet, and in its cell."""
    word, link = "q" * 300, "https://datatilsynet.example/" + "abc/" * 40
    page = f"<h1>A</h1><p>{word}</p><table><tr><th>A</th><th>B</th></tr><tr><td>{link}</td><td>{word}</td></tr></table>"
    file = tmp_path / "x.pdf"
    file.write_bytes(as_pdf(page, FACTS))
    text = read(file)
    assert re.sub(r"\s", "", text).count("q") == 600
    assert link in re.sub(r"\s|q", "", text)
    assert max(map(len, text.split())) < 130
    command = ["pdftotext", "-bbox", str(file), "-"]
    boxes = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert max(float(edge) for edge in re.findall(r'xMax="([\d.]+)"', boxes)) < 595 - 60


def test_a_sign_without_a_font_is_named() -> None:
    """Nothing is left out silently: the message says which one, and what to do."""
    with pytest.raises(FileError, match=r'no sign for "ⵀ", "漢", "🙂"\. Write it with other characters\.'):
        as_pdf("<h1>A</h1><p>漢 🙂 ⵀ</p>", FACTS)  # the last one is in fonts of many machines


ODD_PAGES = {
    "no heading": "<p>x</p>",
    "levels left out": "<h1>A</h1><h4>B</h4><h2>C</h2>",
    "another first level": "<h3>A</h3><p>x</p>",
    "a link to no place": "<h1>A</h1><p><a href='#no'>x</a> <a href='#'>y</a> <a>z</a></p>",
    "an id twice": "<h1 id='a'>A</h1><h2 id='a'>B</h2><p><a href='#a'>x</a></p>",
    "ids everywhere": "<h1>A</h1><table id='t'><tr id='r'><td id='d'>x</td><td>y</td></tr></table><ul id='u'><li>z</ul>"
    "<p id='p'>x</p><dl id='l'><dt id='e'>x</dt><dd id='f'>y</dd></dl><p>"
    + "".join(f"<a href='#{id}'>x</a>" for id in "trdupef")
    + "</p>",
    "pictures and programs": "<h1>A</h1><p><img src='x.png' alt='A house'><svg><text>x</text></svg></p>"
    "<script>x</script>",
    "a heading in another language": "<div lang='en'><h1 lang='en'>A</h1><p><span lang='en'>x</span></p></div>",
    "an empty table": "<h1>A</h1><table></table><table><tr></tr></table>",
    "nothing but a form": "<table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td></td></tr></table>",
    "a cell over columns": "<h1>A</h1><table><tr><th colspan='2'>A</th></tr><tr><td rowspan='2'>x</td><td>y</td></tr>"
    "<tr><td>z</td></tr></table>",
    "lists in a list": "<h1>A</h1><ul><li>a<ol start='3'><li>b<ul><li>c</li></ul></li></ol></li></ul>",
    "nothing": "",
}


@pytest.mark.parametrize("name", ODD_PAGES)
def test_any_page_that_somebody_wrote_conforms(name: str) -> None:
    """A hand-written page holds whatever its author wrote; what did not conform would be refused."""
    pdf = pikepdf.open(BytesIO(as_pdf(ODD_PAGES[name], FACTS)))
    with pdf.open_metadata() as metadata:
        assert metadata[UA] == "1"


def test_a_picture_leaves_its_words(tmp_path: Path) -> None:
    """What it shows is said; nothing of a program is."""
    file = tmp_path / "x.pdf"
    file.write_bytes(as_pdf(ODD_PAGES["pictures and programs"], FACTS))
    assert "A house" in read(file)
    assert "x" not in read(file).split()


def test_a_draft_says_so_first(tmp_path: Path) -> None:
    """Above its title, and in no other font than the text."""
    file = tmp_path / "x.pdf"
    file.write_bytes(as_pdf("<h1>A</h1>", FACTS, banner="Udkast: 3 oplysninger < mangler."))
    assert read(file).startswith("Udkast: 3 oplysninger < mangler.\nA\n")


def test_without_a_version_the_footer_has_the_day(tmp_path: Path) -> None:
    """And no stray sign."""
    file = tmp_path / "x.pdf"
    file.write_bytes(as_pdf("<h1>A</h1>", replace(FACTS, number="")))
    assert "\n22. november 2026\n" in read(file)
