"""Columns of tables on paper are as wide as what stands in them needs."""

from lxml import html
from tests.export.contract import CONTRACT

from klartekst.export import page_html
from klartekst.export.paper import on_paper


def widths(*rows: tuple[str, ...]) -> list[int]:
    """Return the widths of a table in percent; its first row is the header."""
    head, *others = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    page = f"<table><tr>{head.replace('td>', 'th>')}</tr>{''.join(f'<tr>{row}</tr>' for row in others)}</table>"
    columns = html.fragment_fromstring(on_paper(page).html, create_parent="div").iter("col")
    return [int(column.get("style").removeprefix("width: ").removesuffix("%")) for column in columns]


def test_columns_that_say_alike_are_alike() -> None:
    """They share the page."""
    assert widths(("A", "B"), ("et to", "et to")) == [50, 50]


def test_who_has_more_to_say_gets_more() -> None:
    """And numbers get little."""
    number, short, long = widths(("Nr.", "Emne", "Aftalt"), ("7.2", "Varsel", "ord " * 60))
    assert number < short < long
    assert long > 60


def test_no_long_word_is_cut() -> None:
    """A column is at least as wide as its longest word, although all the others have much more to say."""
    found = widths(("Registreringsnummer", "B", "C"), ("1", "ord " * 90, "ord " * 90))
    assert found[0] * 0.86 >= len("Registreringsnummer")


def test_they_fill_the_page() -> None:
    """Whatever stands in them, and with a cell over several of them."""
    for table in html.fragment_fromstring(on_paper(page_html(CONTRACT)).html, create_parent="div").iter("table"):
        parts = [int(column.get("style").strip("width: %")) for column in table.iter("col")]
        assert sum(parts) == 100
        assert len(parts) == len(table.find(".//tr"))
    assert widths(("", "", "", "", "", "", "")) == widths(("",) * 7, ("",) * 7)
    spanned = on_paper("<table><tr><td colspan='2'>A</td></tr><tr><td>b</td><td>c</td></tr></table>").html
    assert spanned.count("<col ") == 2
