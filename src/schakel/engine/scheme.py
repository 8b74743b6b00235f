"""What an employer may choose for a benefit, and how a choice is read from text."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from schakel.engine.errors import MissingTerms, WrongTerms
from schakel.engine.exact import Unit

PERCENT = Unit("share", 1_000_000)
EUROS_A_YEAR = Unit("euros_per_year", 100, is_money=True)
EUROS_A_DAY = Unit("euros", 100, is_money=True)
TIMES = Unit("multiple", 100)
MONTHS = Unit("months", 1)
YES_NO = Unit("yes_no", 1)
WORDS = Unit("choice", 1)


@dataclass(frozen=True, slots=True)
class Term:
    """One choice (voorwaarde): its kind, what it may be, and the value when the scheme does not say.

    kind: percent ("26.5"), per_mille ("0.4"), euros ("19172.00"), times ("1.5"), years ("18"), yes_no, word.
    `statutory` names the parameter that the word "statutory" stands for.
    """

    name: str
    kind: str
    nl: str
    en: str
    example: str
    default: str | bool | None = None
    lowest: str = "0"
    highest: str = "100"
    statutory: str | None = None
    words: tuple[str, ...] = ()

    @property
    def unit(self) -> Unit:
        return {
            "percent": PERCENT,
            "per_mille": PERCENT,
            "euros": EUROS_A_YEAR,
            "euros_a_day": EUROS_A_DAY,
            "times": TIMES,
            "years": MONTHS,
            "yes_no": YES_NO,
            "word": WORDS,
        }[self.kind]

    @property
    def bounds(self) -> tuple[int, int]:
        """The range of its integer."""
        if self.kind in {"yes_no", "word"}:
            return 0, 1
        return self._integer(self.lowest), self._integer(self.highest)

    def read(self, value: Any) -> int | str:
        """The integer rules calculate with, or a word. Raises WrongTerms that names what is allowed."""
        if self.kind == "yes_no" and isinstance(value, bool):
            return int(value)
        if self.statutory is not None and value == "statutory":
            return "statutory"
        if self.kind == "word":
            if value in self.words:
                return str(value)
            raise self._wrong(value)
        if isinstance(value, bool | float) or not isinstance(value, str | int):
            raise self._wrong(value)
        try:
            number = self._integer(str(value))
        except (InvalidOperation, ValueError):
            raise self._wrong(value) from None
        low, high = self.bounds
        if not low <= number <= high:
            raise self._wrong(value)
        return number

    def _integer(self, text: str) -> int:
        divided = {"percent": 100, "per_mille": 1000}.get(self.kind, 1)
        factor = 12 if self.kind == "years" else self.unit.scale
        exact = Decimal(text) * factor / divided
        if exact != exact.to_integral_value():
            raise ValueError
        return int(exact)

    def allowed(self) -> str:
        """What may be written, for people."""
        words = [f'"{word}"' for word in self.words] + (['"statutory"'] if self.statutory else [])
        if self.kind == "yes_no":
            return "true, false"
        if self.kind == "word":
            return ", ".join(words)
        decimals = {"percent": ", 4 decimals", "per_mille": ", 3 decimals", "euros": ", 2 decimals"}
        return ", ".join(
            [f"{self.lowest} … {self.highest} ({self.kind}{decimals.get(self.kind, '')})", *words]
        )

    def _wrong(self, value: Any) -> WrongTerms:
        return WrongTerms(
            f"{self.name}: {value!r} is not allowed. Allowed: {self.allowed()}; for example {self.example!r}.",
            f"{self.name} ({self.nl}): {value!r} mag niet. Toegestaan: {self.allowed()}; "
            f"bijvoorbeeld {self.example!r}.",
            about=self.name,
        )


def checked(terms: Mapping[str, Term], chosen: Mapping[str, Any]) -> dict[str, int | str]:
    """Every term with its integer or word; defaults filled in. Raises WrongTerms, MissingTerms."""
    unknown = sorted(chosen.keys() - terms.keys())
    if unknown:
        raise WrongTerms(
            f"{unknown[0]} is no term of this benefit. Terms are: {', '.join(terms)}.",
            f"{unknown[0]} is geen voorwaarde van deze voorziening. Voorwaarden zijn: {', '.join(terms)}.",
            about=unknown[0],
        )
    result: dict[str, int | str] = {}
    for name, term in terms.items():
        value = chosen.get(name, term.default)
        if value is None:
            raise MissingTerms(
                f"{name} is missing. Allowed: {term.allowed()}; for example {term.example!r}.",
                f"{name} ({term.nl}) ontbreekt. Toegestaan: {term.allowed()}; bijvoorbeeld {term.example!r}.",
                about=name,
            )
        result[name] = term.read(value)
    return result


ENTRY_AGE = Term("entry_age", "years", "toetredingsleeftijd", "entry age", "18", "18", "0", "70")
END_AGE = Term(
    "end_age", "years", "eindleeftijd", "end age", "68", "statutory", "50", "75", "state_pension_age"
)
PRORATION = Term(
    "proration",
    "word",
    "naar rato",
    "proration",
    "calendar_days",
    "calendar_days",
    words=("calendar_days", "first_day"),
)
HOLIDAY = Term(
    "holiday_allowance_rate", "percent", "vakantietoeslag", "holiday allowance", "8", "8", "0", "20"
)
ALLOWANCE = Term(
    "includes_fixed_allowance", "yes_no", "vaste toeslag telt mee", "fixed allowance counts", "true", False
)
HIGHEST_WAGE = Term(
    "highest_wage", "euros", "hoogste jaarloon", "highest wage", "500000", "1000000", "0", "1000000"
)
CAP = Term(
    "pensionable_salary_cap",
    "euros",
    "maximum pensioengevend salaris",
    "pensionable salary cap",
    "statutory",
    "statutory",
    "0",
    "1000000",
    "statutory_pensionable_salary_cap",
)
WAGE = (HOLIDAY, ALLOWANCE, HIGHEST_WAGE)
COMMON = (ENTRY_AGE, END_AGE, PRORATION)
