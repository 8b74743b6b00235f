"""Years, months and weights of columns of day numbers; the columnar side of `moments` and `derived`."""

import numpy as np

from schakel.engine.runners.histories import Column

UNIX = 719_163  #: day number of 1 January 1970


def months(days: Column) -> Column:
    """Months since the year nought."""
    return (days - UNIX).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12


def first_of_month(months_: Column) -> Column:
    """The day number of the first of each month."""
    return (months_ - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + UNIX


def day_of_month(days: Column) -> Column:
    """1 … 31."""
    return days - first_of_month(months(days)) + 1


def completed_months(since: Column, on: Column) -> Column:
    """Whole months from one day to another."""
    return months(on) - months(since) - (day_of_month(on) < day_of_month(since))


def age_in_months(birth: Column, on: Column, year: Column, word: str) -> Column:
    """The age that counts, in months, by the scheme's age rule."""
    if word == "month_reached":
        return months(on) - months(birth)
    if word == "next_month":
        return completed_months(birth, first_of_month(months(on)))
    if word == "exact_day":
        return completed_months(birth, on)
    if word == "first_of_year":
        return completed_months(birth, first_of_month(year * 12))
    return completed_months(birth, first_of_month(year * 12 + 12) - 1)


def weights(proration: str, starts: Column, ends: Column) -> Column:
    """How much each part of a wage period counts."""
    if proration == "thirty_days":
        return _thirty(ends) - _thirty(starts)
    if proration in {"working_days", "days_of_261"}:
        return np.busday_count(
            (starts - UNIX).astype("datetime64[D]"), (ends - UNIX).astype("datetime64[D]")
        ).astype(np.int64)
    return ends - starts


def _thirty(days: Column) -> Column:
    return months(days) * 30 + np.minimum(day_of_month(days), 30)
