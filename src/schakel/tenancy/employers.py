"""Employers and who may see them: made, renamed and read here only."""

from schakel.tenancy.models import Employer, EmployerAccess, Member


def note_wage_period_kind(employer_id: int, kind: str) -> None:
    """Payroll said in which periods this employer pays; kept for lists and for the next reading."""
    Employer.objects.filter(id=employer_id).exclude(wage_period_kind=kind).update(wage_period_kind=kind)


def find_employer(group_id: int, name: str) -> int | None:
    """The employer of this name in the group, if there is one."""
    return Employer.objects.filter(group_id=group_id, name=name).values_list("id", flat=True).first()


def employer_named(group_id: int, name: str, registration_number: str = "") -> int:
    """The employer of this name in the group; made when it is new. Returns its id."""
    employer, is_new = Employer.objects.get_or_create(group_id=group_id, name=name)
    if registration_number and (is_new or not employer.registration_number):
        employer.registration_number = registration_number
        employer.save()
    return int(employer.id)


def add_member(user_id: int, role: str, employer_ids: tuple[int, ...] = ()) -> None:
    """Give a user a place in the tenant in scope; naming employers limits the member to them."""
    member, _ = Member.objects.update_or_create(user_id=user_id, defaults={"role": role})
    for employer_id in employer_ids:
        EmployerAccess.objects.get_or_create(member=member, employer_id=employer_id)
