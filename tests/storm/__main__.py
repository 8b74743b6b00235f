"""`python -m tests.storm`: programs are killed at random while changes stream through; nothing may be lost.

Prints one JSON object. Ends with 0 only when it holds; the control (--naive) must not.
"""

import argparse
import json
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

from tests.storm.plan import Plan
from tests.storm.storm import run


def main() -> int:
    """Read the options, storm, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.storm", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--naive", action="store_true", help="the control: commit, then send, without an outbox"
    )
    parser.add_argument("--keep", action="store_true", help="keep the logs of every program, and say where")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _leave)
    folder = Path(tempfile.mkdtemp(prefix="schakel-storm-"))
    folder.chmod(0o711)  # the embedded server runs as `nobody` when we are root, and must pass through
    try:
        result = run(Plan(options.kills, options.seed, options.naive), folder)
    finally:
        if options.keep:
            print(f"logs: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(result.as_data(), indent=2))
    return 0 if result.holds else 1


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(143)  # through every `finally`, so that nothing stays behind


if __name__ == "__main__":
    sys.exit(main())
