"""What a payroll clerk can do, one module per family; each change is whole or refused with the reason."""

from schakel_simulators.nmbrs.books.changes.access import (
    issue_token,
    rename_company,
    revoke_token,
    set_right,
    show_company,
)
from schakel_simulators.nmbrs.books.changes.clock import next_period
from schakel_simulators.nmbrs.books.changes.entered import Entered
from schakel_simulators.nmbrs.books.changes.hours import change_hours
from schakel_simulators.nmbrs.books.changes.household import NewRelative, add_child, marry, move
from schakel_simulators.nmbrs.books.changes.pay import correct_salary, raise_salary, set_component
from schakel_simulators.nmbrs.books.changes.service import NewEmployee, hire, leave, rehire
from schakel_simulators.nmbrs.books.changes.tampering import (
    break_birth_date,
    break_bsn,
    break_salary,
    change_iban,
    overlap_employments,
    vanish,
)

__all__ = [
    "Entered",
    "NewEmployee",
    "NewRelative",
    "add_child",
    "break_birth_date",
    "break_bsn",
    "break_salary",
    "change_hours",
    "change_iban",
    "correct_salary",
    "hire",
    "issue_token",
    "leave",
    "marry",
    "move",
    "next_period",
    "overlap_employments",
    "raise_salary",
    "rehire",
    "rename_company",
    "revoke_token",
    "set_component",
    "set_right",
    "show_company",
    "vanish",
]
