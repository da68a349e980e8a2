"""A second start hands its files to the running window and ends; nothing that hangs shuts anyone out."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gui import handover, starting
from gui.first_instance import FirstInstance
from gui.folders import Folders
from gui.handover import Answer, hand_over, meet
from gui.run import Run
from gui.windows import Windows
from model.processes import this_process
from tests.gui.children import Start, environment, expect, tell
from tests.gui.window_driver import SAMPLE, copy_of_sample

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="tried with socket files only")


@pytest.fixture
def meeting(folders: Folders, monkeypatch: pytest.MonkeyPatch, start_child: Start) -> str:
    """Let this process meet the children; return the place."""
    for name, value in environment(folders).items():
        monkeypatch.setenv(name, value)
    place = handover.meeting_place()
    assert place is not None
    return place


def start_again(folders: Folders, *paths: Path) -> tuple[int, float]:
    """Start the program as a double-click does; return its exit code and how long it took."""
    begun = time.monotonic()
    command = [sys.executable, str(ROOT / "main.py"), *map(str, paths)]
    done = subprocess.run(command, env=environment(folders), timeout=30, check=False)
    return done.returncode, time.monotonic() - begun


def shown(child: subprocess.Popen[str], *names: str) -> None:
    """Wait for a child to show reports: it opens what it was handed after it has answered."""
    assert child.stdout is not None
    wanted, said, deadline = f"windows {' '.join(sorted(names))}", "", time.monotonic() + 20
    while said != wanted and time.monotonic() < deadline:
        tell(child, "windows")
        said = child.stdout.readline().strip()
    assert said == wanted


def test_a_second_start_hands_its_file_to_the_running_program_and_ends(
    folders: Folders, meeting: str, start_child: Start, tmp_path: Path
) -> None:
    other = tmp_path / "另一份 2021.xxgk"
    other.write_bytes(SAMPLE.read_bytes())
    child = start_child(copy_of_sample(tmp_path))
    code, _ = start_again(folders, other)
    assert code == 0
    shown(child, "南湖新区 2021", "另一份 2021")


def test_a_file_that_is_open_is_shown_and_not_opened_twice(
    folders: Folders, meeting: str, start_child: Start, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    child = start_child(path)
    assert hand_over([path]) is Answer.TAKEN
    shown(child, "南湖新区 2021")


def test_a_start_page_takes_the_file(meeting: str, start_child: Start, tmp_path: Path) -> None:
    child = start_child()
    assert hand_over([copy_of_sample(tmp_path)]) is Answer.TAKEN
    shown(child, "南湖新区 2021")


def test_a_start_without_a_file_shows_a_start_page(meeting: str, start_child: Start, tmp_path: Path) -> None:
    child = start_child(copy_of_sample(tmp_path))
    assert hand_over([]) is Answer.TAKEN
    shown(child, "南湖新区 2021", "未命名年报")


def test_a_killed_program_keeps_nobody_out(meeting: str, start_child: Start, qtbot: QtBot) -> None:
    child = start_child()
    assert Path(meeting).exists()
    child.kill()
    child.wait()
    assert hand_over([]) is Answer.NOBODY
    parent = QObject()
    first = FirstInstance(meeting, lambda paths: None, parent)
    assert first.listen(replace=False)
    first.close()
    assert not Path(meeting).exists()


def test_a_program_that_hangs_keeps_nobody_waiting_and_is_replaced(
    meeting: str, start_child: Start, qtbot: QtBot
) -> None:
    child = start_child()
    tell(child, "hang")
    expect(child, "hanging")
    begun = time.monotonic()
    assert hand_over([]) is Answer.SILENT
    assert time.monotonic() - begun < 3 * handover.PATIENCE
    parent = QObject()
    taken: list[list[Path]] = []
    first = FirstInstance(meeting, taken.append, parent)  # type: ignore[arg-type]
    assert not first.listen(replace=False)
    assert first.listen(replace=True)
    first.close()


def test_of_several_starts_at_one_moment_one_becomes_the_program(
    folders: Folders, meeting: str, tmp_path: Path
) -> None:
    command = [sys.executable, str(ROOT / "main.py")]
    starts = []
    for number in range(4):
        path = tmp_path / f"报告 {number}.xxgk"
        path.write_bytes(SAMPLE.read_bytes())
        starts.append(subprocess.Popen([*command, str(path)], env=environment(folders)))
    try:
        deadline = time.monotonic() + 60
        while sum(start.poll() is None for start in starts) > 1 and time.monotonic() < deadline:
            time.sleep(0.1)
        codes = [start.poll() for start in starts]
        assert sorted(codes, key=str) == [0, 0, 0, None]
        assert hand_over([]) is Answer.TAKEN
        assert not Path(f"{meeting}.start").exists()
    finally:
        for start in starts:
            start.kill()
            start.wait()


def test_a_start_waits_for_one_that_is_on_its_way(meeting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover, "START_PATIENCE", 0.3)
    assert starting.begin(meeting)
    begun = time.monotonic()
    assert meet([]) is Answer.NOBODY
    assert time.monotonic() - begun > 0.3
    starting.end(meeting)
    monkeypatch.setattr(handover, "START_PATIENCE", 60)
    begun = time.monotonic()
    assert meet([]) is Answer.NOBODY
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize("age", [0.0, 100.0, -100.0])
@pytest.mark.parametrize("content", ["dead", "rubbish", ""])
def test_the_mark_of_a_start_that_came_to_nothing_holds_nobody_up(
    meeting: str, age: float, content: str
) -> None:
    mark = Path(f"{meeting}.start")
    mark.write_text(this_process().mark + "1" if content == "dead" else content, encoding="ascii")
    moment = time.time() - age
    os.utime(mark, (moment, moment))
    assert starting.begin(meeting) is (content == "dead" or age != 0.0)


def test_the_mark_of_a_start_that_hangs_holds_nobody_up_for_ever(meeting: str) -> None:
    assert starting.begin(meeting)
    assert not starting.begin(meeting)
    os.utime(f"{meeting}.start", (1, 1))
    assert starting.begin(meeting)


def test_where_there_is_no_place_to_meet_each_start_goes_on(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").write_text("in the way")
    place = str(tmp_path / "file" / "folder" / "xxgk.sock")
    assert starting.begin(place)
    starting.end(place)
    parent = QObject()
    assert not FirstInstance(place, lambda paths: None, parent).listen(replace=False)


def test_a_runtime_folder_of_somebody_else_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/a")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)
    place = handover.meeting_place()
    assert place is not None
    assert place.startswith("/a/")


def test_what_is_no_order_of_ours_is_cut_off(meeting: str, qtbot: QtBot) -> None:
    taken: list[object] = []
    parent = QObject()
    first = FirstInstance(meeting, taken.append, parent)
    assert first.listen(replace=False)
    for nonsense in (
        b"hello\n",
        b'{"files": 3}\n',
        b'{"files": [3]}\n',
        b'{"files": ["/a\\u0000b"]}\n',
        b"[" * 100_000 + b"\n",
    ):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.connect(meeting)
            connection.sendall(nonsense)
            qtbot.wait(50)
            connection.settimeout(2)
            assert connection.recv(100) == b""
    assert taken == []
    first.close()


def test_only_this_user_may_connect(meeting: str, qtbot: QtBot) -> None:
    parent = QObject()
    first = FirstInstance(meeting, lambda paths: None, parent)
    assert first.listen(replace=False)
    assert Path(meeting).stat().st_mode & 0o077 == 0
    first.close()


def test_users_and_screens_do_not_meet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def place(data: str, screen: str) -> str | None:
        monkeypatch.setenv("XDG_DATA_HOME", data)
        monkeypatch.setenv("DISPLAY", screen)
        return handover.meeting_place()

    monkeypatch.setenv("XDG_RUNTIME_DIR", "/tmp")
    places = {place("/a", ":0"), place("/b", ":0"), place("/a", ":1")}
    assert len(places) == 3
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert place("/a" * 60, ":0") is None


@pytest.mark.usefixtures("dressed")
def test_files_wait_while_a_question_is_open(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    windows = Windows(run)
    window = windows.open(None)
    question = QDialog(window)
    question.setWindowModality(Qt.WindowModality.ApplicationModal)
    question.show()
    windows.take([copy_of_sample(tmp_path)])
    qtbot.wait(300)
    assert [files.document for files in windows.files] == [None]
    question.close()
    qtbot.waitUntil(lambda: windows.files[0].document is not None)
    assert len(windows.files) == 1
    window.close()
