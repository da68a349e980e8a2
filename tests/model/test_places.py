"""Where the user's data are kept: on each system, and beside a program that is carried about."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from model import places

NAME = "xxgk-annual-report"


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Have each test try anew what can be written to."""
    places._refusal.cache_clear()


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home folder called as in these offices."""
    home = tmp_path / "张 三"
    monkeypatch.setattr(Path, "home", lambda: home)
    return home


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of a bundled program."""
    folder = tmp_path / "年报 工具"
    folder.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "xxgk.exe"))
    return folder


@pytest.mark.parametrize(
    ("platform", "variable", "usual"),
    [("linux", "XDG_DATA_HOME", (".local", "share")), ("win32", "LOCALAPPDATA", ("AppData", "Local"))],
)
def test_data_are_kept_in_the_folder_of_the_user(
    monkeypatch: pytest.MonkeyPatch, home: Path, platform: str, variable: str, usual: tuple[str, str]
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    named = home / "数据 甲"
    monkeypatch.setenv(variable, str(named))
    assert places.data_place() == places.DataPlace(named / NAME)
    assert places.data_place().description.endswith(f"：\n{named / NAME}")
    for unset in ("", None):
        if unset is None:
            monkeypatch.delenv(variable)
        else:
            monkeypatch.setenv(variable, unset)
        assert places.user_data_folder() == home.joinpath(*usual, NAME)
    assert places.outline_folder().parent == places.user_data_folder()
    assert not home.exists(), "asking where the data are makes nothing"


def test_copies_do_not_roam_with_the_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    assert places.user_data_folder() == tmp_path / "Local" / NAME


def test_a_relative_folder_of_the_environment_does_not_count(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "share")
    assert home in places.user_data_folder().parents


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_a_user_without_a_home_has_a_place_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str
) -> None:
    def refuse() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", refuse)
    for variable in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    assert places.user_data_folder() == tmp_path / NAME


def test_two_users_do_not_meet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setattr(sys, "platform", "linux")
    found = set()
    for user in ("张三", "李四"):
        monkeypatch.setattr(Path, "home", lambda user=user: tmp_path / user)
        found.add(places.user_data_folder())
    assert len(found) == 2


# ---------------------------------------------------------------- carried about


@pytest.mark.parametrize("mark", places.PORTABLE_MARKS)
def test_a_bundle_with_its_mark_keeps_the_data_beside_it(beside: Path, mark: str) -> None:
    assert not places.data_place().is_portable
    assert beside not in places.user_data_folder().parents
    (beside / mark).touch()
    assert places.data_place() == places.DataPlace(beside / "data", is_portable=True)
    assert places.data_place().warning == ""
    assert f"和程序在一起）：\n{beside / 'data'}" in places.data_place().description
    assert list((beside / "data").iterdir()) == [], "trying leaves nothing behind"


def test_a_mark_beside_python_itself_means_nothing(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (beside / places.PORTABLE_MARKS[0]).touch()
    monkeypatch.delattr(sys, "frozen")
    assert beside not in places.user_data_folder().parents


def test_where_nothing_can_be_written_beside_it_the_users_own_folder_is_taken_and_that_is_said(
    beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = places.user_data_folder()
    (beside / "portable.txt").touch()
    (beside / "data").touch()  # a file where the folder should be: refuses an administrator too
    place = places.data_place()
    assert (place.folder, place.is_portable, place.refused) == (own, False, beside / "data")
    assert str(beside / "data") in place.warning
    assert str(own) in place.warning
    assert "复制到能写入的地方" in place.description == place.warning


def test_a_folder_without_the_right_to_write_counts_as_such(
    beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    (beside / "portable.txt").touch()
    assert places.data_place().reason.startswith("没有权限")


def test_writing_is_tried_once_a_start(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (beside / "portable.txt").touch()
    places.data_place()
    monkeypatch.setattr("tempfile.TemporaryFile", None)
    assert places.data_place().is_portable
