"""What carriers hold that is not what we told them, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from schakel.desk.access import Act, Visitor, employer_or_not_found, inside
from schakel.desk.around import Around, told_with
from schakel.desk.totals import QUANTITY_WORDS
from schakel.desk.words import WHO_ACTS, Words, said
from schakel.engine.explanation import money
from schakel.reconciliation import queries as reconciliation

DIFFERENT: Mapping[str, Words] = {
    "participation": Words("deelneming", "participation"),
    "person": Words("persoonsgegevens", "personal details"),
}

DETAILS: Mapping[str, Words] = {
    "employee_number": Words("personeelsnummer", "employee number"),
    "initials": Words("voorletters", "initials"),
    "prefix": Words("voorvoegsel", "prefix"),
    "last_name": Words("achternaam", "last name"),
    "birth_on": Words("geboortedatum", "date of birth"),
    "bsn": Words("BSN", "BSN"),
    "partner_birth_on": Words("geboortedatum partner", "partner's date of birth"),
    "children_birth_on": Words("geboortedata kinderen", "children's dates of birth"),
}


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """One thing the carrier holds that is not what we told it."""

    id: int
    employee_id: int
    employee_reference: UUID
    employee_number: str
    employee_name: str
    employer_id: int
    carrier_name: str
    policy_number: str
    message_id: UUID
    what: str
    what_words: Words
    period: tuple[date, date | None] | None  #: None when it is not about one
    ours: Any
    theirs: Any
    is_money: bool  #: `ours` and `theirs` are cents or None
    ours_words: Words  #: as a person reads it, money too
    theirs_words: Words
    worth: int | None  #: cents; None when it cannot be said in money
    who: Words
    next_step: Words
    found_at: datetime
    resolved_at: datetime | None


def differences(visitor: Visitor, employer_id: int | None = None) -> tuple[DifferenceShown, ...]:
    """What is open between us and the carriers, the largest worth first. Raises NotFound, AccessRefused."""
    with inside(visitor, Act.SEE_EMPLOYEES):
        if employer_id is not None:
            employer_or_not_found(visitor, employer_id)
        return differences_shown(reconciliation.differences(employer_id=employer_id))


def differences_shown(lines: Sequence[reconciliation.DifferenceLine]) -> tuple[DifferenceShown, ...]:
    """Differences with names and words; inside a visitor's scope."""
    around = told_with({line.employee_id for line in lines}, {line.policy_id for line in lines})
    return tuple(_difference(line, around) for line in lines)


def _difference(line: reconciliation.DifferenceLine, around: Around) -> DifferenceShown:
    who, policy = around.people[line.employee_id], around.policies[line.policy_id]
    return DifferenceShown(
        id=line.id,
        employee_id=line.employee_id,
        employee_reference=who.reference,
        employee_number=who.employee_number,
        employee_name=who.name,
        employer_id=line.employer_id,
        carrier_name=policy.carrier_name,
        policy_number=policy.number,
        message_id=line.message_id,
        what=line.what,
        what_words=said(DIFFERENT, line.what) if line.what in DIFFERENT else said(QUANTITY_WORDS, line.what),
        period=None if line.start is None else (line.start, line.until),
        ours=line.ours,
        theirs=line.theirs,
        is_money=all(isinstance(one, int | None) for one in (line.ours, line.theirs)),
        ours_words=_told(line.what, line.ours),
        theirs_words=_told(line.what, line.theirs),
        worth=line.worth,
        who=said(WHO_ACTS, line.owner),
        next_step=Words(line.next_step_nl, line.next_step_en),
        found_at=line.found_at,
        resolved_at=line.resolved_at,
    )


def _told(what: str, value: Any) -> Words:
    """One side of a difference as a person reads it. Days are `[from, until)`, as everywhere."""
    if value is None:
        return Words("niets", "nothing")
    if isinstance(value, int):
        return Words(money(value, "nl"), money(value, "en"))
    if what == "person":
        details = [said(DETAILS, name) for name in value]
        return Words(", ".join(one.nl for one in details), ", ".join(one.en for one in details))
    parts = [_stretch(*one) if what == "participation" else _amount_until(one) for one in value]
    return Words("; ".join(one.nl for one in parts), "; ".join(one.en for one in parts))


def _stretch(start: str, until: str | None) -> Words:
    first = f"{date.fromisoformat(start):%d-%m-%Y}"
    if until is None:
        return Words(f"vanaf {first}", f"from {first}")
    last = f"{date.fromisoformat(until):%d-%m-%Y}"
    return Words(f"{first} tot {last}", f"{first} until {last}")


def _amount_until(one: Mapping[str, Any]) -> Words:
    until = f"{date.fromisoformat(one['until']):%d-%m-%Y}"
    return Words(f"{money(one['amount'], 'nl')} tot {until}", f"{money(one['amount'], 'en')} until {until}")
