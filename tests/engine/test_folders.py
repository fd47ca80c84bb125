"""Modes are what they are meant to be, whatever the umask."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.engine import append_line, make_folder, set_aside, write_new


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=["umask 000", "umask 022", "umask 077"])
def any_umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("any_umask")
@pytest.mark.parametrize("wanted", [0o755, 0o750, 0o700])
def test_folders_and_files_have_the_documented_mode(tmp_path: Path, wanted: int) -> None:
    make_folder(tmp_path / "a" / "b" / "c", wanted)
    assert [mode(tmp_path / part) for part in ("a", "a/b", "a/b/c")] == [wanted] * 3
    write_new(tmp_path / "f", b"x", 0o440)
    assert mode(tmp_path / "f") == 0o440
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "f", b"y", 0o440)


def test_a_folder_open_to_all_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    make_folder(tmp_path, 0o755)
    assert mode(tmp_path) == 0o775
    make_folder(tmp_path, 0o750)
    assert mode(tmp_path) == 0o770


def test_a_line_begins_on_a_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "log"
    append_line(path, "one", 0o600)
    with path.open("ab") as file:
        file.write(b"cut sho")
    append_line(path, "two", 0o600)
    assert path.read_text(encoding="utf-8").splitlines() == ["one", "cut sho", "two"]


def test_what_is_set_aside_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "state"
    for content in ("one", "two", "three"):
        path.write_text(content, encoding="utf-8")
        assert set_aside(path, "now").read_text(encoding="utf-8") == content
    assert len(list(tmp_path.iterdir())) == 3
