"""The page about Nmbrs names every call, every fact, every setting, every remark and every error."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from schakel.connectors.payroll import nmbrs_soap
from schakel.connectors.payroll.nmbrs_soap.rights import OPERATIONS
from schakel.connectors.payroll.nmbrs_soap.settings import HOSTS, WAGE_CODES, NmbrsSettings
from schakel.connectors.payroll.nmbrs_soap.tables import tables
from schakel.connectors.payroll.nmbrs_soap.wsdl import SERVICES, described
from schakel.connectors.payroll_source import IDENTITY_FACTS
from schakel.engine.employee import FACTS

FOLDER = Path(nmbrs_soap.__file__).parent
PAGE = (Path(__file__).parents[3] / "docs" / "links" / "nmbrs.md").read_text(encoding="utf-8")
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.py")))
INTERNAL = {"address", "first_retry_seconds", "report_poll_seconds", "full_time_hours"}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_call_is_explained(operation: str) -> None:
    assert f"| `{operation}` |" in PAGE


@pytest.mark.parametrize(
    "fact", sorted(name for name in FACTS.keys() | IDENTITY_FACTS.keys() if f'"{name}"' in SOURCE)
)
def test_every_fact_that_is_told_has_its_origin(fact: str) -> None:
    assert f"`{fact}`" in PAGE


@pytest.mark.parametrize(
    "setting", sorted({one.name for one in fields(NmbrsSettings)} - INTERNAL | {*HOSTS, *WAGE_CODES})
)
def test_every_setting_is_named(setting: str) -> None:
    assert f"`{setting}`" in PAGE


@pytest.mark.parametrize(
    "code",
    [
        "deceased",
        "employee-not-visible",
        "missing-from-answer",
        "paid-but-not-named",
        "empty-list",
        "report-not-ready",
    ],
)
def test_remarks_that_are_named_exist(code: str) -> None:
    assert f"`{code}`" in PAGE
    assert f'"{code}"' in SOURCE


def test_every_remark_of_the_page_and_every_error_exists() -> None:
    for code in re.findall(r"remark `([a-z-]+)`", PAGE):
        assert f'"{code}"' in SOURCE, code
    for error in re.findall(r"`([A-Z][a-z]+[A-Z][A-Za-z]+)`[;,| ]", PAGE.split("## What happens when")[1]):
        assert error in SOURCE, error


def test_needed_elements_are_elements_of_the_service_description() -> None:
    types = {name: known for service in SERVICES for name, known in described(service).types.items()}
    for name, needed in tables().needed.items():
        assert set(needed) <= types[name], name
