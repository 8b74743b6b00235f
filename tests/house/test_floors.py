"""The import contracts of pyproject.toml: a room imports only from floors below it."""

import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT


def test_every_contract_is_kept() -> None:
    told = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert " 0 broken" in told.stdout
