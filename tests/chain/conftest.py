"""Every test of the chain has works of its own: fakes at both ends, the real chain and database between."""

import pytest
from tests.chain.works import BSNS, Works, make_works
from tests.fakes.payroll import FakePayroll
from tests.rooms.intake.told import Told

from schakel.chain import run
from schakel.connectors.payroll_source import Entity
from schakel.tenancy.queries import create_tenant

WINDOWS = Entity("41001", "Voorbeeld Kozijnen B.V.", "month")


@pytest.fixture
def payroll() -> FakePayroll:
    people = [
        Told("1001", "17", name="Bakker"),
        Told("1002", "18", name="De Vries", salaries=Told().salaries, has_partner=True),
        Told("1003", "19", name="Jansen", children=("2015-08-30",)),
    ]
    return FakePayroll({WINDOWS: people}, bsns=dict(zip(("1001", "1002", "1003"), BSNS, strict=False)))


@pytest.fixture
def works(db: None, payroll: FakePayroll, monkeypatch: pytest.MonkeyPatch) -> Works:
    made = make_works(create_tenant("Adviesbureau", "adviser_firm"), payroll)
    plug_in(made, monkeypatch)
    return made


def plug_in(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open the fakes where the chain opens its lines."""
    monkeypatch.setattr(run, "open_source", lambda _name, _settings: works.payroll)
    monkeypatch.setattr(run, "open_channel", lambda _name, settings: works.carriers[settings["name"]])
