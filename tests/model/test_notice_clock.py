"""From when a processor that was announced to customers may start: receipt of the notice, and the longest period."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from tests.check.patches import BASE

from klartekst.load import load
from klartekst.model import Agreement, Party, Register, Without, after

DOVE = "dove"


@cache
def base() -> Register:
    """Return an organisation with two customers and one processor of its own."""
    register = load(BASE).register
    assert register
    return register


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def agreement(id: str, notice: str | None = "P30D", **changes: Any) -> Agreement:
    """Return an agreement with a general authorisation, in force since August 2024."""
    usual = {"id": id, "authorisation": "general", "notice": notice, "approvals": (), "effective": day("2024-08-01")}
    return base().agreements["school"].model_copy(update={**usual, **changes})


def party(**changes: Any) -> Party:
    """Return a processor that was announced and does not say yet from when it is used."""
    usual = {"since": None, "notified": day("2025-01-15")}
    return base().parties[DOVE].model_copy(update={**usual, **changes})


def register(agreements: Iterable[Agreement], dove: Party | None = None) -> Register:
    """Return the organisation with these agreements alone; the processor works for another one of its own, too."""
    pigeon = base().parties["pigeon"].model_copy(update={"sub_processors": (DOVE,)})
    parties = {**base().parties, DOVE: dove or party(), "pigeon": pigeon}
    return replace(base(), agreements={one.id: one for one in agreements}, parties=parties)


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2025-01-31", "P1M", "2025-02-28"),
        ("2024-01-31", "P1M", "2024-02-29"),
        ("2025-01-30", "P1M", "2025-02-28"),
        ("2025-02-28", "P1M", "2025-03-28"),
        ("2025-03-31", "P1M", "2025-04-30"),
        ("2025-12-31", "P2M", "2026-02-28"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2025-01-31", "P30D", "2025-03-02"),
        ("2024-01-31", "P30D", "2024-03-01"),
        ("2025-12-20", "P2W", "2026-01-03"),
        ("2025-01-31", "P1M1D", "2025-03-01"),
        ("2025-06-01", "P1Y2M3W4D", "2026-08-26"),
        ("2025-06-01", "P9999Y", "9999-12-31"),
        ("2025-06-01", "P99999999999W", "9999-12-31"),
    ],
)
def test_a_period_ends_on_a_day_of_the_calendar(start: str, period: str, end: str) -> None:
    """Months have 28 to 31 days; a month ends on the same day of the next one, or on its last."""
    assert after(day(start), period) == day(end)


def test_a_processor_waits_from_receipt_of_the_notice() -> None:
    """The earliest day is the day of receipt and the period of the agreement."""
    assert register([agreement("a")]).notice_clock == {DOVE: day("2025-02-14")}


@pytest.mark.parametrize("order", [1, -1])
def test_the_longest_notice_of_all_agreements_decides(order: int) -> None:
    """Which period is longest is seen on the calendar, whatever the order: 30 days from 31 January outlast a month."""
    two = [agreement("a", "P1M"), agreement("b", "P30D")][::order]
    assert register(two, party(notified=day("2025-01-31"))).notice_clock == {DOVE: day("2025-03-02")}
    assert register(two, party(notified=day("2025-03-15"))).notice_clock == {DOVE: day("2025-04-15")}


@pytest.mark.parametrize("how", [{"internal": True}, {"visibility": "internal"}, {"visibility": "unlisted"}])
def test_an_agreement_that_nobody_sees_counts(how: dict[str, Any]) -> None:
    """The customer of an internal agreement was promised its notice, too."""
    two = [agreement("a", visibility="public"), agreement("b", "P6M", **how)]
    assert register(two).notice_clock == {DOVE: day("2025-07-15")}


def test_what_is_published_keeps_the_clock() -> None:
    """A page states the same day after internal agreements are gone as the rules did before."""
    whole = register([agreement("a", visibility="public"), agreement("b", "P6M", visibility="internal")])
    published = whole.published()
    assert [*published.agreements] == ["a"]
    assert published.notice_clock == {DOVE: day("2025-07-15")}
    assert published.published().notice_clock == {DOVE: day("2025-07-15")}
    assert whole.published("b").notice_clock == {DOVE: day("2025-07-15")}


@pytest.mark.parametrize(
    ("effective", "since", "earliest"),
    [
        ("2025-05-31", "2025-06-01", "2025-02-14"),
        ("2025-06-01", "2025-06-01", None),
        ("2025-06-02", "2025-06-01", None),
        (None, "2025-06-01", "2025-02-14"),
        ("2025-06-02", None, "2025-02-14"),
    ],
)
def test_only_agreements_in_force_before_the_start_ask_for_notice(
    effective: str | None, since: str | None, earliest: str | None
) -> None:
    """Whoever signs with the processor in the list needs no notice; an agreement without a day is taken to be older."""
    own = agreement("a", effective=effective and day(effective))
    clock = register([own], party(since=since and day(since))).notice_clock
    assert clock == {DOVE: earliest and day(earliest)}


@pytest.mark.parametrize(
    ("until", "since", "earliest"),
    [
        ("2025-05-31", "2025-06-01", None),
        ("2025-06-01", "2025-06-01", "2025-02-14"),
        ("2024-12-31", None, None),
        ("2025-01-15", None, "2025-02-14"),
    ],
)
def test_an_agreement_that_is_over_asks_for_nothing(until: str, since: str | None, earliest: str | None) -> None:
    """A customer that has left before the processor starts does not delay it."""
    ending = agreement("a").duration
    assert ending
    own = agreement("a", duration=ending.model_copy(update={"ends": "date", "until": day(until)}))
    clock = register([own], party(since=since and day(since))).notice_clock
    assert clock == {DOVE: earliest and day(earliest)}


@pytest.mark.parametrize(
    "other",
    [
        agreement("b", "P6M", authorisation="specific"),
        agreement("b", "P6M", authorisation=None),
        agreement("b", None),
        agreement("b", "P6M", direction="controller", processor="pigeon", customer=None),
    ],
    ids=["specific", "no authorisation", "no notice", "controller"],
)
def test_no_other_agreement_delays_a_processor(other: Agreement) -> None:
    """Under a specific authorisation no day can be computed; where another processes for you, the clock is theirs."""
    assert register([agreement("a"), other]).notice_clock == {DOVE: day("2025-02-14")}


def test_an_agreement_that_does_without_a_processor_does_not_delay_it() -> None:
    """A customer that the processor is not used for has no notice to receive."""
    exception = Without.model_validate({"party": DOVE, "because": {"da": "Nej.", "nb": "Nei."}})
    one = agreement("b", "P6M", without=(exception,))
    assert register([agreement("a"), one]).notice_clock == {DOVE: day("2025-02-14")}
    assert register([one]).notice_clock == {}


def test_a_processor_that_was_not_announced_has_no_day() -> None:
    """It is in the register of sub-processors all the same; a controller that gets data is not."""
    assert register([agreement("a")], party(notified=None)).notice_clock == {DOVE: None}
    assert register([agreement("a")], party(capacity="controller")).notice_clock == {}
