"""The product and the simulator each carry the Nmbrs WSDL files; neither imports the other, so they may drift."""

from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src"
OF_THE_SIMULATOR = SOURCES / "schakel_simulators/nmbrs/wsdl"
OF_THE_PRODUCT = SOURCES / "schakel/connectors/payroll/nmbrs_soap/wsdl"


def test_both_copies_are_the_same_bytes() -> None:
    simulated = {path.name: path.read_bytes() for path in OF_THE_SIMULATOR.glob("*.wsdl")}
    bundled = {path.name: path.read_bytes() for path in OF_THE_PRODUCT.glob("*.wsdl")}
    assert sorted(simulated) == [
        "CompanyService.wsdl",
        "DebtorService.wsdl",
        "EmployeeService.wsdl",
        "ReportService.wsdl",
    ]
    assert bundled == simulated
