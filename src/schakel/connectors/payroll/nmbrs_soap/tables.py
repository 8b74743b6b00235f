"""The tables of mapping.yaml, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

import yaml

WagePeriodKind = Literal["month", "four_weeks", "week"]


@dataclass(frozen=True, slots=True)
class Tables:
    """How Nmbrs's words become ours."""

    needed: Mapping[str, tuple[str, ...]]
    entity_periods: Mapping[str, WagePeriodKind]
    current_periods: Mapping[str, WagePeriodKind]
    salary_kinds: Mapping[str, str]
    payroll_words: tuple[str, ...]
    not_payroll_words: tuple[str, ...]
    fallback_employee_type: int
    address_types: tuple[str, ...]
    bank_account_types: tuple[str, ...]


@cache
def tables() -> Tables:
    """The tables as they stand in this package."""
    told = cast("dict[str, Any]", yaml.safe_load(files(__package__).joinpath("mapping.yaml").read_bytes()))
    types = told["employee_types"]
    return Tables(
        needed={name: tuple(fields) for name, fields in told["needed"].items()},
        entity_periods=told["entity_periods"],
        current_periods=told["current_periods"],
        salary_kinds=told["salary_kinds"],
        payroll_words=tuple(types["payroll"]),
        not_payroll_words=tuple(types["not_payroll"]),
        fallback_employee_type=types["fallback"],
        address_types=tuple(told["address_types"]),
        bank_account_types=tuple(told["bank_account_types"]),
    )
