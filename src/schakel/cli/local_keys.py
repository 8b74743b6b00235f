"""Keys and passwords of this installation, made once and kept in one file that only its owner can read.

Used for what the environment does not give. Whoever loses the file loses the sealed credentials with it.
"""

import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "keys.json"


@dataclass(frozen=True, slots=True, repr=False)
class LocalKeys:
    """What is secret here. It has no repr, so that no log shows it by accident."""

    secret_key: str  #: Django's, for sessions and forms
    sealing_key: str  #: 32 bytes in hexadecimal, for tenancy/sealing.py
    superuser_password: str  #: of the embedded server, for its keeper only
    owner_password: str  #: migrates, and owns every table
    app_password: str  #: the run-time role, which owns nothing


def local_keys(var: Path) -> LocalKeys:
    """The keys in `var`, made now when they are not there; two at once get the same ones."""
    path = var / FILE_NAME
    if not path.exists():
        _put_whole(path, json.dumps(asdict(_fresh()), indent=2))
    return LocalKeys(**json.loads(path.read_text()))


def _fresh() -> LocalKeys:
    return LocalKeys(
        secret_key=secrets.token_urlsafe(50),
        sealing_key=secrets.token_hex(32),
        superuser_password=secrets.token_hex(24),
        owner_password=secrets.token_hex(24),
        app_password=secrets.token_hex(24),
    )


def _put_whole(path: Path, text: str) -> None:
    """All or nothing, and the first one wins: a link cannot replace a file that is there."""
    handle, name = tempfile.mkstemp(dir=path.parent)  # mkstemp makes it readable for the owner alone
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
