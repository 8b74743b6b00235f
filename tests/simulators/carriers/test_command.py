"""`schakel simulate carriers` as a process: it says where it is, serves, and stops when told."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

START = (
    "import sys; from schakel_simulators.carriers.command import simulate; sys.exit(simulate(sys.argv[1:]))"
)
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
    with run("--json", "--seed", "9", "--insurer-policy", "WGA=77=2025-01-01") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        told = json.loads(process.stdout.readline())
        assert [carrier["kind"] for carrier in told["carriers"]] == ["pension_provider", "insurer"]
        assert told["carriers"][1]["policies"] == [
            {"number": "WGA=77", "starts_on": "2025-01-01", "name": ""}
        ]
        for carrier in told["carriers"]:
            assert set(carrier) == {"kind", "name", "address", "token", "desk", "policies"}
            headers = {"Authorization": f"Bearer {carrier['token']}"}
            place = f"{carrier['address']}v1/messages/0f4c1a52-6f1d-4f7e-9c3b-2b7f0d8f6a11"
            assert httpx.get(place, headers=headers, trust_env=False).status_code == 404
            assert httpx.get(f"{carrier['desk']}state", trust_env=False).json()["totals"]["messages"] == 0
        process.send_signal(number)
        assert process.wait(15) == 0
        assert process.stderr.read() == ""


def test_for_people_it_says_where_to_look() -> None:
    with run() as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(11)]
        assert "Pensioenfonds Voorbeeld" in lines[0]
        assert "Ctrl-C" in "".join(lines)
        process.terminate()
        assert process.wait(15) == 0


def test_a_port_that_is_taken_is_said_and_not_a_traceback() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with run("--pension-port", str(taken.getsockname()[1])) as process:
            _, said = process.communicate(timeout=15)
            assert process.returncode == 1
            assert "Choose another port" in said
            assert "Traceback" not in said


@pytest.mark.parametrize("policy", ["WGA-77", "=2025-01-01", "WGA-77=01-01-2025"])
def test_a_policy_is_a_number_and_a_date(policy: str) -> None:
    with run("--insurer-policy", policy) as process:
        _, said = process.communicate(timeout=15)
        assert process.returncode == 2
        assert "NUMBER=YYYY-MM-DD" in said
