"""From a day to the day after an ISO 8601 duration."""

import datetime as dt
import re

from dateutil.relativedelta import relativedelta


def after(day: dt.date, period: str) -> dt.date:
    """Return the day on which a period that runs from a day has passed: 31 January and `P1M` give 28 February.

    Args:
        day: the day it runs from.
        period: an ISO 8601 duration in years, months, weeks and days.

    Returns:
        That day; the last one that the calendar has, where the period is longer than the calendar.
    """
    try:
        parts = {unit: int(number) for number, unit in re.findall(r"(\d+)([YMWD])", period)}
        years, months, weeks, days = (parts.get(unit, 0) for unit in "YMWD")
        return day + relativedelta(years=years, months=months, weeks=weeks, days=days)
    except (ValueError, OverflowError):  # data may hold any number of years
        return dt.date.max
