"""How wide the columns of a table are: by what stands in them, so that no long word is cut and no column is idle."""

import re

from lxml import html

_FAIR = 0.6
"""Between columns that share alike (0) and by the length of their texts (1)."""
_LINE = 78
"""How many characters fit beside each other on a page in bold letters of a wide font, as a Word without ours takes."""
_LONGEST = 24
"""A longer word may be broken."""
_GAP = 3


def set_widths(table: html.HtmlElement) -> None:
    """Give the columns of a table widths in percent, which Word and PDF share."""
    for old in [*table.iter("colgroup", "col")]:
        if old.getparent() is not None:
            old.drop_tree()
    widths = _widths(_columns(table))
    if len(widths) < 2:
        return
    group = html.Element("colgroup")
    for width in widths:
        group.append(html.Element("col", {"style": f"width: {width}%"}))
    place = 1 if len(table) and table[0].tag == "caption" else 0
    table.insert(place, group)


def _columns(table: html.HtmlElement) -> list[list[str]]:
    """Return the texts of each column; a cell over several columns counts for none of them."""
    columns: list[list[str]] = []
    for row in table.iter("tr"):
        at = 0
        for cell in row.iterchildren("td", "th"):
            span = max(int(re.sub(r"\D", "", cell.get("colspan", "")) or 1), 1)
            columns += [[] for _ in range(at + span - len(columns))]
            if span == 1:
                columns[at].append(" ".join(cell.text_content().split()))
            at += span
    return columns


def _widths(columns: list[list[str]]) -> list[int]:
    if not columns:
        return []
    needs = [
        min(max((len(word) for text in column for word in text.split()), default=1), _LONGEST) for column in columns
    ]
    needs = [need + _GAP for need in needs]
    lengths = [_weight(column) for column in columns]
    room = max(_LINE - sum(needs), 0)
    total = sum(length**_FAIR for length in lengths)
    shares = [need + room * length**_FAIR / total for need, length in zip(needs, lengths, strict=True)]
    percents = [max(round(100 * share / sum(shares)), 1) for share in shares]
    percents[percents.index(max(percents))] += 100 - sum(percents)
    return percents


def _weight(column: list[str]) -> float:
    """Return how much a column has to say: its mean text, and half of its longest."""
    lengths = [len(text) for text in column] or [0]
    return max(sum(lengths) / len(lengths) + max(lengths) / 2, 4)
