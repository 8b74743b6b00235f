"""`schakel` itself: help that is quick and whole, and stand-ins that are found by name."""

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner
from tests.cli.programs import schakel

from schakel.cli.main import PARTS, main

COMMANDS = [
    "demo",
    "simulate",
    "calculate",
    "vocabulary",
    "bulk",
    "bench",
    "connect",
    "recalculate",
    "what-if",
    "sync",
    "migrate",
    "serve",
    "worker",
]


def test_help_names_every_command_with_a_line() -> None:
    told = CliRunner().invoke(main, ["--help"])
    assert told.exit_code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in told.output
    assert [name for part in PARTS.values() for name in part] == COMMANDS


def test_help_waits_for_neither_django_nor_a_database() -> None:
    look = "import sys; from schakel.cli.main import main; main(['--help'], standalone_mode=False); "
    look += "print(sorted({'django', 'psycopg', 'numpy', 'zeep'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert told.stdout.strip().endswith("[]")


def test_every_command_here_has_help_of_its_own() -> None:
    for name in ("simulate", "connect", "sync", "migrate", "serve", "worker"):
        told = CliRunner().invoke(main, [name, "--help"])
        assert told.exit_code == 0, told.output
        assert "Usage:" in told.output


def test_a_simulator_gets_its_own_options(tmp_path: Path) -> None:
    told = schakel("simulate", "carriers", "--help", var=tmp_path)
    assert told.returncode == 0
    assert "--insurer-port" in told.stdout


def test_an_unknown_simulator_is_told_with_the_known_ones() -> None:
    told = CliRunner().invoke(main, ["simulate", "afas"])
    assert told.exit_code == 2
    assert "carriers, nmbrs" in told.output
