"""How integers are to be read: the units of facts, terms, parameters and amounts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """How an integer is to be read: so many parts make one."""

    name: str
    scale: int
    is_money: bool = False


EUROS = Unit("euros", 100, is_money=True)
EUROS_PER_YEAR = Unit("euros_per_year", 100, is_money=True)
EUROS_PER_WAGE_PERIOD = Unit("euros_per_wage_period", 100, is_money=True)
#: A year's amount before it is spread over wage periods: hundred-millionths of a euro, so nothing is rounded yet.
FINE_EUROS_PER_YEAR = Unit("fine_euros_per_year", 100_000_000, is_money=True)
#: The same, of which a share in hundredths of a percent is taken: a share of a contribution.
FINEST_EUROS_PER_YEAR = Unit("finest_euros_per_year", 1_000_000_000_000, is_money=True)
#: For a franchise or wage an hour, which sector funds publish in four decimals.
EUROS_PER_HOUR = Unit("euros_per_hour", 10_000, is_money=True)
EUROS_PER_KILOMETRE = Unit("euros_per_kilometre", 10_000, is_money=True)
SHARE = Unit("share", 1_000_000)
#: A share in whole hundredths of a percent: classes of incapacity, waivers; small enough to multiply twice.
PART = Unit("part", 10_000)
HOURS = Unit("hours", 100)
DAYS = Unit("days", 100)
KILOMETRES = Unit("kilometres", 10)
COUNT = Unit("count", 1)
MONTHS = Unit("months", 1)
MULTIPLE = Unit("multiple", 100)
YES_NO = Unit("yes_no", 1)
CHOICE = Unit("choice", 1)
DATE = Unit("date", 1)
DATES = Unit("dates", 1)

UNITS = {
    one.name: one
    for one in (
        EUROS,
        EUROS_PER_YEAR,
        EUROS_PER_WAGE_PERIOD,
        FINE_EUROS_PER_YEAR,
        FINEST_EUROS_PER_YEAR,
        EUROS_PER_HOUR,
        EUROS_PER_KILOMETRE,
        SHARE,
        PART,
        HOURS,
        DAYS,
        KILOMETRES,
        COUNT,
        MONTHS,
        MULTIPLE,
        YES_NO,
        CHOICE,
        DATE,
        DATES,
    )
}
