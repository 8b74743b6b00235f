"""Home and household: a marriage, a child, another address."""

from dataclasses import dataclass, replace
from datetime import date

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.changes.entered import Entered
from schakel_simulators.nmbrs.books.model import Address, AddressType, Child, Gender, Partner
from schakel_simulators.nmbrs.books.refusal import RefusedError

MARRIED = "Gehuwd"
STATUSES = (MARRIED, "Geregistreerd partnerschap", "Samenwonend")


@dataclass(frozen=True, slots=True)
class NewRelative:
    """A partner or a child to be entered."""

    first_name: str
    last_name: str
    birth_on: date
    gender: Gender = Gender.UNDEFINED

    def __repr__(self) -> str:
        return "NewRelative(…)"


def marry(
    books: Books, employee_id: int, *, on: date, partner: NewRelative | None = None, status: str = MARRIED
) -> Entered:
    """A marriage, a registered partnership or living together; without `partner` with the one already known."""
    if status not in STATUSES:
        raise RefusedError(
            "Deze burgerlijke staat kennen wij niet.",
            "This marital status is not known.",
            field="status",
            allowed=STATUSES,
        )
    with books.changing() as at:
        employee = books.employee(employee_id)
        if employee.person.marital_status == status == MARRIED:
            raise RefusedError(
                "Deze werknemer is al gehuwd.",
                "This employee is already married.",
                field="employee",
                allowed=["GET /desk/employees?kind=single"],
            )
        if partner is not None:
            known = new_partner(books, partner, on, at.date())
        elif employee.partner is not None:
            known = replace(employee.partner, start_on=on)
        else:
            raise RefusedError(
                "Van deze werknemer is geen partner bekend; geef de gegevens van de partner.",
                "No partner of this employee is known; give the partner's particulars.",
                field="partner",
                allowed=["partner: first_name, last_name, birth_on, gender"],
            )
        person = replace(
            employee.person, marital_status=status, partner_last_name=known.last_name, partner_prefix=""
        )
        books.keep(employees=[replace(employee, person=person, partner=known)])
        return Entered("marry", at, employee.company_id, employee_id, told={"from": on.isoformat()})


def add_child(books: Books, employee_id: int, *, child: NewRelative) -> Entered:
    """A child, born or adopted; the payroll knows no date but the birth date."""
    with books.changing() as at:
        employee = books.employee(employee_id)
        new = new_child(books, child, at.date())
        books.keep(employees=[replace(employee, children=(*employee.children, new))])
        told = {"children": str(len(employee.children) + 1)}
        return Entered("child", at, employee.company_id, employee_id, told=told)


def move(
    books: Books,
    employee_id: int,
    *,
    from_on: date,
    street: str,
    house_number: str,
    postal_code: str,
    city: str,
    addition: str = "",
) -> Entered:
    """Another home address from a day on."""
    with books.changing() as at:
        employee = books.employee(employee_id)
        home = Address(
            books.ids.next("address"),
            AddressType.HOME,
            True,
            street,
            house_number,
            addition,
            postal_code,
            city,
            from_on,
            at,
        )
        books.keep(employees=[replace(employee, addresses=(*employee.addresses, home))])
        return Entered("move", at, employee.company_id, employee_id, told={"from": from_on.isoformat()})


def new_partner(books: Books, told: NewRelative, since: date, today: date) -> Partner:
    """A partner with an id. Raises RefusedError for a birth date that lies ahead."""
    refuse_unborn(told.birth_on, today)
    return Partner(
        books.ids.next("partner"),
        told.last_name,
        told.first_name,
        f"{told.first_name[:1]}.",
        told.gender,
        told.birth_on,
        since,
    )


def new_child(books: Books, told: NewRelative, today: date) -> Child:
    """A child with an id. Raises RefusedError for a birth date that lies ahead."""
    refuse_unborn(told.birth_on, today)
    return Child(
        books.ids.next("child"),
        told.last_name,
        told.first_name,
        f"{told.first_name[:1]}.",
        told.gender,
        told.birth_on,
    )


def refuse_unborn(birth_on: date, today: date) -> None:
    """Nobody is entered before being born; a birth date in the future is for the tampering."""
    if birth_on > today:
        raise RefusedError(
            "De geboortedatum ligt in de toekomst.",
            "The birth date lies in the future.",
            field="birth_on",
            allowed=[f"<= {today}"],
        )
