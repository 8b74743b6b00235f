"""What a carrier looks at before it accepts a state: functional checks, each reason in two languages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from schakel_simulators.carriers.told import Told

Kind = Literal["pension_provider", "insurer"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a message was rejected, or what is to be said of one that was accepted; without personal data."""

    code: str
    nl: str
    en: str

    def as_dict(self) -> dict[str, str]:
        return {"code": self.code, "nl": self.nl, "en": self.en}


UNKNOWN_POLICY = Reason(
    "unknown-policy",
    "Dit polisnummer kennen wij niet. Controleer het nummer in de overeenkomst.",
    "We do not know this policy number. Check the number in the agreement.",
)
BIRTH_DATE_MISSING = Reason(
    "birth-date-missing",
    "De geboortedatum ontbreekt. Vul hem aan in de salarisadministratie en stuur opnieuw.",
    "The birth date is missing. Complete it in payroll and send again.",
)
BSN_MISSING = Reason(
    "bsn-missing",
    "Een pensioenuitvoerder heeft het burgerservicenummer nodig; het ontbreekt.",
    "A pension provider needs the citizen service number; it is missing.",
)
BSN_FAILS = Reason(
    "bsn-fails-eleven-test",
    "Het burgerservicenummer voldoet niet aan de elfproef.",
    "The citizen service number fails the eleven test.",
)
NEGATIVE_AMOUNT = Reason(
    "negative-amount",
    "Een bedrag is lager dan nul. Stuur de volledige stand, geen verrekening.",
    "An amount is below zero. Send the full state, not a settlement.",
)
PERIOD_UPSIDE_DOWN = Reason(
    "period-upside-down",
    "Een periode eindigt op of voor haar begin. De einddatum is de eerste dag die niet meer telt.",
    "A period ends on or before its start. The end is the first day that no longer counts.",
)
PERIODS_OVERLAP = Reason(
    "periods-overlap",
    "Twee periodes overlappen elkaar.",
    "Two periods overlap.",
)
BEFORE_POLICY_START = Reason(
    "before-policy-start",
    "De deelneming begint voordat de polis ingaat.",
    "Participation starts before the policy does.",
)
SEQUENCE_TAKEN = Reason(
    "sequence-taken",
    "Dit volgnummer is al gebruikt door een ander bericht over deze deelnemer.",
    "This sequence number was used by another message about this participant.",
)
SUPERSEDED = Reason(
    "superseded",
    "Wij hebben al een nieuwere stand; dit bericht is niet toegepast.",
    "We hold a newer state already; this message was not applied.",
)


def reasons(kind: Kind, told: Told, policy_starts_on: date | None) -> tuple[Reason, ...]:
    """Every reason to reject this state; empty means accept. No `policy_starts_on`: an unknown policy."""
    return tuple(_reasons(kind, told, policy_starts_on))


def _reasons(kind: Kind, told: Told, policy_starts_on: date | None) -> Iterator[Reason]:
    if policy_starts_on is None:
        yield UNKNOWN_POLICY
    if told.person.birth_on is None:
        yield BIRTH_DATE_MISSING
    if kind == "pension_provider" and told.person.bsn is None:
        yield BSN_MISSING
    if told.person.bsn is not None and not passes_eleven_test(told.person.bsn):
        yield BSN_FAILS
    if any(amount.amount < 0 for amount in told.amounts):
        yield NEGATIVE_AMOUNT
    stretches = [(s.start, s.until) for s in told.participates]
    per_quantity: dict[str, list[tuple[date, date | None]]] = {}
    for amount in told.amounts:
        per_quantity.setdefault(amount.quantity, []).append((amount.start, amount.until))
    series = [stretches, *per_quantity.values()]
    if any(until is not None and until <= start for one in series for start, until in one):
        yield PERIOD_UPSIDE_DOWN
    elif any(overlap(one) for one in series):
        yield PERIODS_OVERLAP
    if policy_starts_on is not None and any(start < policy_starts_on for start, _ in stretches):
        yield BEFORE_POLICY_START


def overlap(stretches: Sequence[tuple[date, date | None]]) -> bool:
    """Whether two half-open stretches share a day."""
    ordered = sorted(stretches, key=lambda stretch: stretch[0])
    return any(until is None or until > following for (_, until), (following, _) in pairwise(ordered))


def passes_eleven_test(bsn: str) -> bool:
    """The eleven test: 9·d1 + 8·d2 + … + 2·d8 − 1·d9 is a multiple of eleven, and not all are zero."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, bsn, strict=True))
    return total % 11 == 0 and bsn != "000000000"
