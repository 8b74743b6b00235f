"""How values look on the wire: escaped text, days, moments, hundredths as decimals, lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from xml.sax.saxutils import escape

from schakel_simulators.nmbrs.soap.profile import Profile

MINIMUM_DATE: Final = "0001-01-01T00:00:00"


def text(name: str, value: str) -> str:
    """An element with text; none at all when there is no text, as the vendor leaves it out."""
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def number(name: str, value: int) -> str:
    """An int."""
    return f"<{name}>{value}</{name}>"


def optional_number(name: str, value: int | None) -> str:
    """An int that may be nil."""
    return nil(name) if value is None else number(name, value)


def truth(name: str, *, value: bool) -> str:
    """A boolean."""
    return f"<{name}>{'true' if value else 'false'}</{name}>"


def nil(name: str) -> str:
    """An element that says it has no value."""
    return f'<{name} xsi:nil="true" />'


def decimal(hundredths: int) -> str:
    """Hundredths as a decimal with two places: 360000 is 3600.00."""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{rest:02d}"


def short_decimal(hundredths: int) -> str:
    """Hundredths without zeros at the end: 800 is 8, 750 is 7.5."""
    return decimal(hundredths).rstrip("0").rstrip(".")


def at(moment: datetime) -> str:
    """A moment: local time without a zone, a fraction only when there is one, without zeros at its end."""
    said = moment.isoformat()
    return said.rstrip("0") if moment.microsecond else said


def midnight(day: date) -> str:
    """A day, as the first moment of it."""
    return f"{day.isoformat()}T00:00:00"


@dataclass(frozen=True, slots=True)
class Wire:
    """The parts of writing that a profile decides."""

    profile: Profile

    def day(self, name: str, day: date | None) -> str:
        """A day that may be missing, in a field that may be nil."""
        if day is not None:
            return f"<{name}>{midnight(day)}</{name}>"
        return nil(name) if self.profile.missing_dates == "nil" else f"<{name}>{MINIMUM_DATE}</{name}>"

    def listed(self, name: str, entries: Iterable[str]) -> str:
        """A list; when it has no entries the element is empty or absent."""
        inside = "".join(entries)
        if inside:
            return f"<{name}>{inside}</{name}>"
        return f"<{name} />" if self.profile.empty_lists == "present" else ""

    def part_time(self, hundredths_of_percent: int) -> str:
        """A part-time percentage: 90.00, or 0.9000 as a fraction."""
        if self.profile.part_time == "percent":
            return decimal(hundredths_of_percent)
        return f"{hundredths_of_percent // 10_000}.{hundredths_of_percent % 10_000:04d}"

    def value_in_report(self, hundredths: int) -> str:
        """A value inside a report document."""
        said = decimal(hundredths)
        return said if self.profile.report_decimals == "point" else said.replace(".", ",")
