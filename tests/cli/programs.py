"""Starting `schakel` as a program of its own, on a database that a test gives."""

import os
import subprocess
import sys
from pathlib import Path

START = "from schakel.cli.main import main; main()"
FROM_OUTSIDE = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def environment(var: Path, **given: str) -> dict[str, str]:
    """This environment without what the tests put in it for themselves."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in FROM_OUTSIDE and not name.startswith("SCHAKEL_")
    }
    return kept | {"SCHAKEL_VAR": str(var), **given}


def schakel(
    *arguments: str, var: Path, timeout: float = 120, **given: str
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-c", START, *arguments],
        env=environment(var, **given),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def started(*arguments: str, var: Path, **given: str) -> subprocess.Popen[str]:
    """Start one command that serves."""
    return subprocess.Popen(
        [sys.executable, "-c", START, *arguments],
        env=environment(var, **given),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
