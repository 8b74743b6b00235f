"""Who somebody is: person, address, bank account, partner and children, as facts."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from stdnum import iban as iban_number
from stdnum.nl import bsn as bsn_number

from schakel.connectors.payroll.nmbrs_soap.answers import Fields, children, descendants
from schakel.connectors.payroll.nmbrs_soap.statement import Answered, Statement
from schakel.connectors.payroll.nmbrs_soap.tables import tables
from schakel.connectors.payroll_source import StatedValue

LATE_BIRTH = timedelta(days=366)
"""How far back a birth that is entered late counts from its own day. Older ones count from now: a child that
payroll drops from its list would otherwise rewrite years."""


def state_person(told: Answered, statement: Statement) -> None:
    """PersonalInfo_GetCurrent: name, number, BSN, date of birth, e-mail and civil status."""
    if told.result is None:
        raise told.reading.wrong("there is no person in it", "er staat geen persoon in")
    person = told.fields(told.result, "PersonalInfo")
    about = person.whole("Id")
    if about is not None and str(about) != statement.employee_key:
        raise told.reading.wrong("it is about somebody else", "het gaat over iemand anders")
    number = person.whole("EmployeeNumber")
    statement.employee_number = "" if number is None else str(number)
    name = {
        "initials": person.text("Initials"),
        "first_name": person.text("FirstName"),
        "prefix": person.text("Prefix"),
        "last_name": person.text("LastName"),
        "partner_prefix": person.text("PartnerPrefix"),
        "partner_last_name": person.text("PartnerLastName"),
        "gender": _gender(person),
    }
    statement.current("name", name, told.origin("PersonalInfo"))
    work, private = person.text("EmailWork"), person.text("EmailPrivate")
    statement.current(
        "email", work or private, told.origin(f"PersonalInfo/{'EmailWork' if work else 'EmailPrivate'}")
    )
    statement.current(
        "civil_status", person.text("BurgerlijkeStaat"), told.origin("PersonalInfo/BurgerlijkeStaat")
    )
    _state_bsn(told, person, statement)
    _state_birth(told, person, statement)
    if person.day("DeceasedDate") is not None:
        statement.remark(
            "deceased",
            "In de salarisadministratie staat een overlijdensdatum. Kijk welke uitkeringen en meldingen volgen; het "
            "dienstverband eindigt hier pas als Nmbrs dat zegt.",
            "Payroll states a date of death. See which benefits and messages follow; the employment ends here only "
            "when Nmbrs says so.",
        )


def _state_bsn(told: Answered, person: Fields, statement: Statement) -> None:
    stated = person.text("BSN")
    if stated is None:
        # A BSN is for life. One that is not there any more was not taken from anybody.
        statement.remark(
            "bsn-missing",
            "Het BSN ontbreekt. Vul het in Nmbrs in; tot dan geldt wat eerder bekend was.",
            "The BSN is missing. Fill it in in Nmbrs; until then what was known before holds.",
            "bsn",
        )
    elif bsn_number.is_valid(stated):
        statement.current("bsn", bsn_number.compact(stated), told.origin("PersonalInfo/BSN"))
    else:
        statement.remark(
            "bsn-fails-eleven-test",
            "Het BSN in de salarisadministratie voldoet niet aan de elfproef. Herstel het in Nmbrs; tot dan geldt "
            "wat eerder bekend was.",
            "The BSN in payroll fails the eleven test. Correct it in Nmbrs; until then what was known before holds.",
            "bsn",
        )


def _state_birth(told: Answered, person: Fields, statement: Statement) -> None:
    born = person.day("Birthday")
    if born is None:
        statement.remark(
            "birth-date-missing",
            "De geboortedatum ontbreekt. Vul hem in Nmbrs in; tot dan geldt wat eerder bekend was.",
            "The date of birth is missing. Fill it in in Nmbrs; until then what was known before holds.",
            "birth_on",
        )
    elif born >= statement.period.until:
        statement.remark(
            "birth-date-in-future",
            "De geboortedatum ligt in de toekomst. Herstel hem in Nmbrs; tot dan geldt wat eerder bekend was.",
            "The date of birth lies in the future. Correct it in Nmbrs; until then what was known before holds.",
            "birth_on",
        )
    else:
        statement.always("birth_on", born.isoformat(), told.origin("PersonalInfo/Birthday"))


def state_address(told: Answered, statement: Statement) -> None:
    """Address_GetListCurrent: the home address, else the one marked as default."""
    rows = [told.fields(row, "EmployeeAddress") for row in children(told.result, "EmployeeAddress")]
    chosen = _preferred(rows, tables().address_types) or next(
        (row for row in rows if row.yes("Default")), None
    )
    if chosen is None:
        statement.current("address", None, told.origin("EmployeeAddress"))
        return
    address = {
        "street": chosen.text("Street"),
        "house_number": chosen.text("HouseNumber"),
        "house_number_addition": chosen.text("HouseNumberAddition"),
        "postal_code": chosen.text("PostalCode"),
        "city": chosen.text("City"),
        "country": chosen.text("CountryISOCode"),
    }
    statement.current("address", address, told.origin(f"EmployeeAddress[Type={chosen.text('Type')}]"))


def state_bank_account(told: Answered, statement: Statement) -> None:
    """BankAccount_GetListCurrent: the IBAN wages are paid to."""
    rows = [told.fields(row, "BankAccount") for row in children(told.result, "BankAccount")]
    chosen = _preferred(rows, tables().bank_account_types) or next(iter(rows), None)
    stated = None if chosen is None else chosen.text("IBAN")
    if chosen is None or stated is None:
        statement.current("iban", None, told.origin("BankAccount/IBAN"))
    elif iban_number.is_valid(stated):
        origin = told.origin(f"BankAccount[Type={chosen.text('Type')}]/IBAN")
        statement.current("iban", iban_number.compact(stated), origin)
    else:
        statement.remark(
            "iban-fails-check",
            "Het rekeningnummer (IBAN) klopt niet. Herstel het in Nmbrs; tot dan geldt wat eerder bekend was.",
            "The account number (IBAN) fails its check. Correct it in Nmbrs; until then what was known before holds.",
            "iban",
        )


def state_partner(told: Answered, statement: Statement) -> None:
    """Partner_Get: the one partner, from the start of the partnership; none from the current wage period on.

    How the answer is wrapped is inferred, so the partner is whatever element has a PartnerName in it.
    """
    found = [one for one in descendants(told.result, "Partner") if len(one)]
    if told.result is not None and not found and children(told.result, "PartnerName"):
        found = [told.result]
    if not found:
        for fact, value in (("has_partner", False), ("partner_birth_on", None), ("partner", None)):
            statement.current(fact, value, told.origin("Partner"))
        return
    partner = told.fields(found[0], "Partner")
    began, born = partner.day("StartDate"), _day_of_relative(partner, statement, "partner_birth_on")
    described = {**_relative(partner, "PartnerName"), "birth_on": _iso(born), "since": _iso(began)}
    statement.since("has_partner", began, True, False, told.origin("Partner"))
    statement.since("partner_birth_on", began, _iso(born), None, told.origin("Partner/Birthday"))
    statement.since("partner", began, described, None, told.origin("Partner"))


def state_children(told: Answered, statement: Statement) -> None:
    """Children_Get: a child counts from its birth on, also when it is entered a while later."""
    rows = [told.fields(row, "Child") for row in descendants(told.result, "Child")]
    read = [(_day_of_relative(row, statement, "children_birth_on"), row) for row in rows]
    known = sorted(
        ((born, row) for born, row in read if born is not None), key=lambda pair: (pair[0], pair[1].key("Id"))
    )
    described = [{**_relative(row, "Name"), "birth_on": _iso(born)} for born, row in known]
    origin = told.origin("EmployeeChildren/Child/Birthday")
    births = [born for born, _ in known]
    start = statement.period.start
    last = births[-1] if births else start
    authoritative = last if start - LATE_BIRTH <= last < start else start
    born_by: list[StatedValue] = []
    for day, until in _steps(births):
        alive = [born.isoformat() for born in births if born <= day]
        born_by.append(StatedValue(day, until, alive, origin))
    if not births:
        born_by = [StatedValue(start, None, [], origin)]
    statement.steps("children_birth_on", authoritative, born_by)
    statement.current("children", described, told.origin("EmployeeChildren/Child"))


def _steps(births: Sequence[date]) -> list[tuple[date, date | None]]:
    """From the day before the first birth, the stretches between births."""
    if not births:
        return []
    days = sorted({births[0] - timedelta(days=1), *births})
    return list(zip(days, [*days[1:], None], strict=True))


def _day_of_relative(person: Fields, statement: Statement, fact: str) -> date | None:
    born = person.day("Birthday")
    if born is not None and born < statement.period.until:
        return born
    statement.remark(
        "birth-date-in-future" if born is not None else "birth-date-missing",
        "De geboortedatum van een partner of kind ontbreekt of ligt in de toekomst. Herstel hem in Nmbrs; tot dan "
        "telt hij niet mee.",
        "The date of birth of a partner or child is missing or lies in the future. Correct it in Nmbrs; until then "
        "it does not count.",
        fact,
    )
    return None


def _relative(person: Fields, last_name: str) -> dict[str, Any]:
    return {
        "initials": person.text("Initials"),
        "first_name": person.text("FirstName"),
        "last_name": person.text(last_name),
        "gender": _gender(person),
    }


def _preferred(rows: Sequence[Fields], types: Sequence[str]) -> Fields | None:
    by_type = {row.text("Type"): row for row in reversed(rows)}
    return next((by_type[one] for one in types if one in by_type), None)


def _gender(person: Fields) -> str | None:
    gender = person.text("Gender")
    return None if gender is None or gender == "undefined" else gender


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
