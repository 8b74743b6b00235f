"""Keys are made once, whole, and for their owner alone."""

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from schakel.cli.local_keys import FILE_NAME, local_keys


def test_they_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first = local_keys(tmp_path)
    assert local_keys(tmp_path) == first
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME], "nothing half-made is left behind"


def test_many_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(local_keys, [tmp_path] * 40))
    assert all(keys == found[0] for keys in found)


def test_no_two_installations_share_one(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    assert local_keys(folders[0]) != local_keys(folders[1])


def test_a_repr_shows_none_of_them(tmp_path: Path) -> None:
    keys = local_keys(tmp_path)
    assert re.fullmatch(r"[0-9a-f]{64}", keys.sealing_key)
    assert keys.sealing_key not in repr(keys)
    assert keys.owner_password not in repr(keys)
