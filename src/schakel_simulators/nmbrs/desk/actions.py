"""Every action of the desk: its address, what it asks, and the change in the books that it makes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from schakel_simulators.nmbrs.books import changes
from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.changes import Entered, NewEmployee, NewRelative
from schakel_simulators.nmbrs.books.changes.household import MARRIED, STATUSES
from schakel_simulators.nmbrs.books.model import Gender, SalaryType
from schakel_simulators.nmbrs.desk.fields import Field

Values = Mapping[str, Any]

SALARY_TYPES = {
    "full_time": SalaryType.GROSS_FULL_TIME,
    "part_time": SalaryType.GROSS_PART_TIME,
    "hourly": SalaryType.GROSS_HOURLY,
}
GENDERS = tuple(gender.value for gender in Gender)

EMPLOYEE = Field("employee", "id", "Werknemer (id)")
COMPANY = Field("company", "id", "Bedrijf (id)")
FROM = Field("from", "day", "Vanaf")
USER = Field("user", "text", "Gebruiker", is_required=False)
RELATIVE = (
    Field("first_name", "text", "Voornaam"),
    Field("last_name", "text", "Achternaam"),
    Field("birth_on", "day", "Geboren op"),
    Field("gender", "choice", "Geslacht", is_required=False, choices=GENDERS),
)
PARTNER = Field("partner", "one", "Partner", is_required=False, inner=RELATIVE)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a clerk can do. `group` is the heading under which the page shows it."""

    name: str
    title: str
    group: str
    fields: tuple[Field, ...]
    act: Callable[[Books, Values], Entered]


def _optional(name: str, kind: Any, label: str, **more: Any) -> Field:
    return Field(name, kind, label, is_required=False, **more)


def _relative(told: Values) -> NewRelative:
    return NewRelative(told["first_name"], told["last_name"], told["birth_on"], _gender(told))


def _partner(told: Values | None) -> NewRelative | None:
    return None if told is None else _relative(told)


def _gender(told: Values) -> Gender:
    return Gender(told["gender"] or Gender.UNDEFINED)


def _hire(books: Books, told: Values) -> Entered:
    hours = told["hours"]
    if hours is None:
        hours = books.company(told["company"]).full_time_hours
    new = NewEmployee(
        first_name=told["first_name"],
        last_name=told["last_name"],
        birth_on=told["birth_on"],
        start_on=told["from"],
        salary=told["salary"],
        hours=hours,
        salary_type=SALARY_TYPES[told["salary_type"] or "full_time"],
        prefix=told["prefix"] or "",
        gender=_gender(told),
        end_on=told["end"],
        partner=_partner(told["partner"]),
        partner_since=told["partner_since"],
        children=tuple(_relative(child) for child in told["children"]),
    )
    return changes.hire(books, told["company"], new)


_SERVICE = (
    Action(
        "hire",
        "In dienst",
        "Dienstverband",
        (
            COMPANY,
            FROM,
            Field("first_name", "text", "Voornaam"),
            _optional("prefix", "text", "Tussenvoegsel"),
            Field("last_name", "text", "Achternaam"),
            Field("birth_on", "day", "Geboren op"),
            _optional("gender", "choice", "Geslacht", choices=GENDERS),
            Field("salary", "hundredths", "Salaris per periode of uur"),
            _optional("salary_type", "choice", "Soort salaris", choices=tuple(SALARY_TYPES)),
            _optional("hours", "hundredths", "Uren per week"),
            _optional("end", "day", "Laatste dag"),
            PARTNER,
            _optional("partner_since", "day", "Partner sinds"),
            _optional("children", "many", "Kind", inner=RELATIVE),
        ),
        _hire,
    ),
    Action(
        "rehire",
        "Opnieuw in dienst",
        "Dienstverband",
        (EMPLOYEE, FROM),
        lambda books, told: changes.rehire(books, told["employee"], start_on=told["from"]),
    ),
    Action(
        "leave",
        "Uit dienst",
        "Dienstverband",
        (EMPLOYEE, Field("end", "day", "Laatste dag")),
        lambda books, told: changes.leave(books, told["employee"], end_on=told["end"]),
    ),
)

_PAY = (
    Action(
        "raise",
        "Ander salaris",
        "Salaris en uren",
        (
            EMPLOYEE,
            FROM,
            _optional("to", "hundredths", "Nieuw bedrag"),
            _optional("amount", "hundredths", "Of: verhoging in euro"),
            _optional("percent", "hundredths", "Of: verhoging in procenten"),
        ),
        lambda books, told: changes.raise_salary(
            books,
            told["employee"],
            from_on=told["from"],
            to=told["to"],
            by_amount=told["amount"],
            by_percent=told["percent"],
        ),
    ),
    Action(
        "correct_salary",
        "Eerdere salarisregel corrigeren",
        "Salaris en uren",
        (EMPLOYEE, Field("start", "day", "Begin van de regel"), Field("to", "hundredths", "Juist bedrag")),
        lambda books, told: changes.correct_salary(
            books, told["employee"], start_on=told["start"], to=told["to"]
        ),
    ),
    Action(
        "hours",
        "Andere uren",
        "Salaris en uren",
        (EMPLOYEE, FROM, Field("hours", "hundredths", "Uren per week")),
        lambda books, told: changes.change_hours(
            books, told["employee"], from_on=told["from"], hours=told["hours"]
        ),
    ),
    Action(
        "set_component",
        "Looncomponent",
        "Salaris en uren",
        (
            EMPLOYEE,
            Field("code", "number", "Looncode"),
            Field("value", "hundredths", "Waarde (0 stopt)"),
            _optional("kind", "choice", "Soort", choices=("fixed", "variable")),
            _optional("from", "day", "Vanaf"),
        ),
        lambda books, told: changes.set_component(
            books,
            told["employee"],
            code=told["code"],
            value=told["value"],
            from_on=told["from"],
            is_fixed=told["kind"] != "variable",
        ),
    ),
)

_HOUSEHOLD = (
    Action(
        "marry",
        "Huwelijk of partnerschap",
        "Thuis",
        (
            EMPLOYEE,
            Field("on", "day", "Op"),
            _optional("status", "choice", "Burgerlijke staat", choices=STATUSES),
            PARTNER,
        ),
        lambda books, told: changes.marry(
            books,
            told["employee"],
            on=told["on"],
            partner=_partner(told["partner"]),
            status=told["status"] or MARRIED,
        ),
    ),
    Action(
        "child",
        "Kind",
        "Thuis",
        (EMPLOYEE, *RELATIVE),
        lambda books, told: changes.add_child(books, told["employee"], child=_relative(told)),
    ),
    Action(
        "move",
        "Verhuizing",
        "Thuis",
        (
            EMPLOYEE,
            FROM,
            Field("street", "text", "Straat"),
            Field("house_number", "text", "Huisnummer"),
            _optional("addition", "text", "Toevoeging"),
            Field("postal_code", "text", "Postcode"),
            Field("city", "text", "Plaats"),
        ),
        lambda books, told: changes.move(
            books,
            told["employee"],
            from_on=told["from"],
            street=told["street"],
            house_number=told["house_number"],
            addition=told["addition"] or "",
            postal_code=told["postal_code"],
            city=told["city"],
        ),
    ),
)

_COMPANY = (
    Action(
        "next_period",
        "Periode afsluiten",
        "Bedrijf en toegang",
        (COMPANY,),
        lambda books, told: changes.next_period(books, told["company"]),
    ),
    Action(
        "rename_company",
        "Bedrijf hernoemen",
        "Bedrijf en toegang",
        (COMPANY, Field("name", "text", "Naam")),
        lambda books, told: changes.rename_company(books, told["company"], name=told["name"]),
    ),
    Action(
        "show_company",
        "Bedrijf tonen of verbergen",
        "Bedrijf en toegang",
        (COMPANY, Field("visible", "flag", "Zichtbaar"), USER),
        lambda books, told: changes.show_company(
            books, told["company"], is_visible=told["visible"], email=told["user"] or ""
        ),
    ),
    Action(
        "set_right",
        "Recht aan of uit",
        "Bedrijf en toegang",
        (Field("operation", "text", "Functie"), Field("allowed", "flag", "Toegestaan"), USER),
        lambda books, told: changes.set_right(
            books, told["operation"], is_allowed=told["allowed"], email=told["user"] or ""
        ),
    ),
    Action(
        "revoke_token",
        "Token intrekken",
        "Bedrijf en toegang",
        (USER,),
        lambda books, told: changes.revoke_token(books, email=told["user"] or ""),
    ),
    Action(
        "issue_token",
        "Nieuw token",
        "Bedrijf en toegang",
        (USER,),
        lambda books, told: changes.issue_token(books, email=told["user"] or ""),
    ),
)

_TAMPERING = (
    Action(
        "break_salary",
        "Negatief salaris",
        "Onzin voor tests",
        (EMPLOYEE, _optional("value", "hundredths", "Bedrag")),
        lambda books, told: changes.break_salary(
            books, told["employee"], value=-100_000 if told["value"] is None else told["value"]
        ),
    ),
    Action(
        "break_birth_date",
        "Geboren in de toekomst",
        "Onzin voor tests",
        (EMPLOYEE, _optional("birth_on", "day", "Geboortedatum")),
        lambda books, told: changes.break_birth_date(books, told["employee"], birth_on=told["birth_on"]),
    ),
    Action(
        "break_bsn",
        "BSN dat niet klopt",
        "Onzin voor tests",
        (EMPLOYEE, _optional("bsn", "text", "BSN")),
        lambda books, told: changes.break_bsn(books, told["employee"], bsn=told["bsn"]),
    ),
    Action(
        "change_iban",
        "Ander rekeningnummer",
        "Onzin voor tests",
        (EMPLOYEE, _optional("iban", "text", "IBAN")),
        lambda books, told: changes.change_iban(books, told["employee"], iban=told["iban"]),
    ),
    Action(
        "overlap_employments",
        "Twee dienstverbanden tegelijk",
        "Onzin voor tests",
        (EMPLOYEE,),
        lambda books, told: changes.overlap_employments(books, told["employee"]),
    ),
    Action(
        "vanish",
        "Verdwijnen uit antwoorden",
        "Onzin voor tests",
        (EMPLOYEE, _optional("operations", "texts", "Functies"), _optional("gone", "flag", "Verdwenen")),
        lambda books, told: changes.vanish(
            books, told["employee"], operations=told["operations"], is_gone=told["gone"] is not False
        ),
    ),
)

ACTIONS: dict[str, Action] = {
    action.name: action for action in (*_SERVICE, *_PAY, *_HOUSEHOLD, *_COMPANY, *_TAMPERING)
}
"""By name, which is also the last part of the address."""
