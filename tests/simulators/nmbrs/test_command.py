"""`schakel simulate nmbrs` as a process: it says where it is, serves, and stops when told."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import zeep

from schakel_simulators.nmbrs.command import simulate

START = "import sys; from schakel_simulators.nmbrs.command import simulate; sys.exit(simulate(sys.argv[1:]))"
SOURCES = Path(__file__).resolve().parents[3] / "src"


def run(*options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", START, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(SOURCES)},
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_line_of_json_then_it_serves_until_told_to_stop(number: signal.Signals) -> None:
    with run("--json", "--seed", "9", "--employees", "12", "--weekly") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        told = json.loads(process.stdout.readline())
        assert list(told) == ["base_url", "username", "token", "domain", "companies", "desk"]
        assert told["base_url"].startswith("http://127.0.0.1:")
        assert told["base_url"].endswith("/soap/v3/")
        assert len(told["token"]) == 32
        address = f"{told['base_url']}CompanyService.asmx?WSDL"
        client = zeep.Client(address)  # type: ignore[no-untyped-call]  # zeep has no types
        login = {"Username": told["username"], "Token": told["token"], "Domain": told["domain"]}
        seen = client.service.List_GetAll(_soapheaders={"AuthHeaderWithDomain": login})
        assert [{"id": one.ID, "name": one.Name} for one in seen] == told["companies"]
        assert len(seen) == 3
        assert httpx.get(f"{told['desk']}log", trust_env=False).json()["counts"] == {"List_GetAll": 1}
        process.send_signal(number)
        assert process.wait(15) == 0
        assert process.stderr.read() == ""


def test_the_same_seed_gives_the_same_people_and_the_same_token() -> None:
    told = []
    for _ in range(2):
        with run("--json", "--seed", "4", "--employees", "10") as process:
            assert process.stdout is not None
            said = json.loads(process.stdout.readline())
            told.append({name: said[name] for name in ("username", "token", "domain", "companies")})
            process.terminate()
            assert process.wait(15) == 0
    assert told[0] == told[1]


def test_for_people_it_says_where_to_look() -> None:
    with run("--employees", "10") as process:
        assert process.stdout is not None
        lines = "".join(process.stdout.readline() for _ in range(9))
        for word in ("EmployeeService.asmx?WSDL", "username", "token", "domain", "company", "desk", "Ctrl-C"):
            assert word in lines
        process.terminate()
        assert process.wait(15) == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--start-on", "16-11-2026"], "--start-on"),
        (["--profile", "colour=blue"], "unknown setting 'colour'; known: domain"),
        (["--profile", "domain=loose"], "domain is one of strict, lenient"),
    ],
)
def test_an_option_that_cannot_be_read_is_said_in_one_sentence(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        simulate(options)
    assert refused.value.code == 2
    assert said in capsys.readouterr().err


def test_a_size_that_is_out_of_range_is_said_in_one_sentence() -> None:
    with run("--employees", "100001") as process:
        _, errors = process.communicate(timeout=15)
        assert process.returncode == 2
        assert errors.count("\n") == 1
        assert "1 to 100000" in errors


def test_a_port_that_is_taken_is_said_and_not_a_traceback() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with run("--employees", "10", "--port", str(taken.getsockname()[1])) as process:
            _, errors = process.communicate(timeout=15)
            assert process.returncode == 1
            assert "Choose another port" in errors
            assert "Traceback" not in errors


def test_help_says_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as shown:
        simulate(["--help"])
    assert shown.value.code == 0
    said = capsys.readouterr().out
    assert "examples:" in said
    assert "--employees" in said
