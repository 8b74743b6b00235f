"""What a log line says of an error, and what it does not."""

import json
import logging
import sys

from schakel.cli.logs import JsonLines


def line(message: str, *, failed: bool = False, **extra: object) -> dict[str, object]:
    record = logging.getLogger("schakel.test").makeRecord(
        "schakel.test",
        logging.WARNING,
        __file__,
        1,
        message,
        (),
        sys.exc_info() if failed else None,
        extra=extra,
    )
    found: dict[str, object] = json.loads(JsonLines().format(record))
    return found


def test_plain_extras_are_kept_and_objects_are_not() -> None:
    told = line("sync finished", calls=12, errors=["rate-limited"], job={"args": {"name": "Jansen"}})
    assert (told["message"], told["level"], told["calls"], told["errors"]) == (
        "sync finished",
        "warning",
        12,
        ["rate-limited"],
    )
    assert "Jansen" not in json.dumps(told)


def test_an_errors_own_words_are_left_out() -> None:
    try:
        int("Key (bsn)=(999990019) already exists")
    except ValueError:
        told = line("it failed", failed=True)
    assert told["error"] == "ValueError"
    assert any("test_logs.py" in str(place) for place in told["where"])  # type: ignore[attr-defined]  # a list, as read back from JSON
    assert "999990019" not in json.dumps(told)
