"""Dates, periods, countries, lists and provisions stand as each language writes them."""

import datetime as dt
from collections.abc import Callable

import pytest

from klartekst.phrases import cite, country, date, language_name, listed, period

# domain.md 5.1; ~ is a no-break space, so that a number never begins a line.
PROVISIONS = {
    "6.1.b": ("artikel~6, stk.~1, litra~b", "artikkel~6 nr.~1 bokstav~b", "Article~6(1)(b)"),
    "9.2.h": ("artikel~9, stk.~2, litra~h", "artikkel~9 nr.~2 bokstav~h", "Article~9(2)(h)"),
    "13.2.a": ("artikel~13, stk.~2, litra~a", "artikkel~13 nr.~2 bokstav~a", "Article~13(2)(a)"),
    "28.3": ("artikel~28, stk.~3", "artikkel~28 nr.~3", "Article~28(3)"),
    "46.2.c": ("artikel~46, stk.~2, litra~c", "artikkel~46 nr.~2 bokstav~c", "Article~46(2)(c)"),
    "13.1.a": ("artikel~13, stk.~1, litra~a", "artikkel~13 nr.~1 bokstav~a", "Article~13(1)(a)"),
    "49.1.a": ("artikel~49, stk.~1, litra~a", "artikkel~49 nr.~1 bokstav~a", "Article~49(1)(a)"),
    "49.1.2": (
        "artikel~49, stk.~1, andet afsnit",
        "artikkel~49 nr.~1 annet ledd",
        "the second subparagraph of Article~49(1)",
    ),
    "4.1": ("artikel~4, nr.~1", "artikkel~4 nr.~1", "Article~4(1)"),
    "15": ("artikel~15", "artikkel~15", "Article~15"),
    "10": ("artikel~10", "artikkel~10", "Article~10"),
}
PERIODS = {
    "P1Y": ("1~år", "1~år", "1~year"),
    "P5Y": ("5~år", "5~år", "5~years"),
    "P1M": ("1~måned", "1~måned", "1~month"),
    "P6M": ("6~måneder", "6~måneder", "6~months"),
    "P1W": ("1~uge", "1~uke", "1~week"),
    "P4W": ("4~uger", "4~uker", "4~weeks"),
    "P1D": ("1~dag", "1~dag", "1~day"),
    "P30D": ("30~dage", "30~dager", "30~days"),
    "P1Y6M": ("1~år og 6~måneder", "1~år og 6~måneder", "1~year and 6~months"),
    "P1Y2M3D": ("1~år, 2~måneder og 3~dage", "1~år, 2~måneder og 3~dager", "1~year, 2~months and 3~days"),
}
DAYS = {
    "2026-11-22": ("22. november 2026", "22. november 2026", "22 November 2026"),
    "2026-05-01": ("1. maj 2026", "1. mai 2026", "1 May 2026"),
}
COUNTRIES = {
    "DK": ("Danmark", "Danmark", "Denmark"),
    "NO": ("Norge", "Norge", "Norway"),
    "US": ("USA", "USA", "United States"),
    "IN": ("Indien", "India", "India"),
    "DE": ("Tyskland", "Tyskland", "Germany"),
}
LANGUAGE_NAMES = {"da": ("dansk", "dansk", "Danish"), "en": ("engelsk", "engelsk", "English")}
LISTS = {
    "a": ("a", "a", "a"),
    "a b": ("a og b", "a og b", "a and b"),
    "a b c": ("a, b og c", "a, b og c", "a, b and c"),
}

Write = Callable[[str, str], str]
TABLES: list[tuple[Write, dict[str, tuple[str, str, str]]]] = [
    (cite, PROVISIONS),
    (period, PERIODS),
    (lambda code, language: date(dt.date.fromisoformat(code), language), DAYS),
    (country, COUNTRIES),
    (language_name, LANGUAGE_NAMES),
    (lambda code, language: listed(code.split(), language), LISTS),
]
CASES = [
    pytest.param(write, code, language, text.replace("~", "\u00a0"), id=f"{code}-{language}")
    for write, table in TABLES
    for code, texts in table.items()
    for language, text in zip(("da", "nb", "en"), texts, strict=True)
]


@pytest.mark.parametrize(("write", "code", "language", "text"), CASES)
def test_a_code_is_written_as_the_language_writes_it(write: Write, code: str, language: str, text: str) -> None:
    """Official citation, no number at the start of a line, the right plural, no comma before the last item."""
    assert write(code, language) == text
