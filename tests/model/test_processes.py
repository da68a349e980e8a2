"""Whether a process lives: told apart from one that has its number by now, and from other machines."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from model import leftovers, processes, windows
from model.long_paths import marked, reachable
from model.processes import Life, Process, life_of, parse_mark, started_at, this_process


@pytest.fixture
def dead() -> Process:
    """A process of this machine that has ended."""
    script = "from model.processes import this_process; print(this_process().mark)"
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        text=True,
    )
    process = parse_mark(told.stdout.strip())
    assert process is not None
    return process


def test_this_process_lives() -> None:
    assert life_of(this_process()) is Life.ALIVE


def test_a_process_that_ended_is_dead(dead: Process) -> None:
    assert life_of(dead) is Life.DEAD


def test_a_later_process_with_the_same_number_is_another_one() -> None:
    assert life_of(this_process()._replace(started="1")) is Life.DEAD


def test_before_a_restart_of_the_system_nothing_lives() -> None:
    assert life_of(this_process()._replace(boot="0123456789ab")) is Life.DEAD


def test_of_another_machine_nothing_is_known() -> None:
    assert life_of(this_process()._replace(machine="0" * 12)) is Life.UNKNOWN


def test_a_process_of_which_no_start_is_told_counts_by_its_number() -> None:
    assert life_of(this_process()._replace(started="")) is Life.ALIVE


@pytest.mark.skipif(sys.platform == "win32", reason="children that were not waited for exist on POSIX only")
def test_a_process_that_ended_but_was_not_waited_for_is_dead() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert started_at(child.pid) is None
    child.wait()


def test_a_mark_tells_the_process_and_fits_into_a_file_name() -> None:
    mark = this_process().mark
    assert parse_mark(mark) == this_process()._replace(host="", user="")
    assert not set(mark) & set('<>:"/\\|?* ')


@pytest.mark.parametrize("text", ["", "x", "1.2.3", "0123456789ab.x.1.2", "0123456789ab..-1."])
def test_any_other_text_is_no_mark(text: str) -> None:
    assert parse_mark(text) is None


def test_no_socket_is_opened_to_find_out_who_we_are() -> None:
    script = (
        "import sys\n"
        "def refuse(event, arguments):\n"
        "    if event.startswith('socket.') and event != 'socket.gethostname': raise SystemExit(event)\n"
        "sys.addaudithook(refuse)\n"
        "from model.processes import this_process\n"
        "this_process()\n"
        "assert 'socket' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[2], check=True)


# ---------------------------------------------------------------- temp files that a crash left


def test_temp_files_of_the_dead_are_removed_and_those_of_the_living_kept(
    tmp_path: Path, dead: Process
) -> None:
    ours = tmp_path / leftovers.temporary_name()
    theirs = tmp_path / f".xxgk-{dead.mark}-00000000.tmp"
    others = tmp_path / ".xxgk-000000000000.x.tmp"
    foreign = tmp_path / "张三.tmp"
    for file in (ours, theirs, others, foreign):
        file.touch()
    assert leftovers.sweep(tmp_path) == 1
    assert sorted(tmp_path.iterdir()) == sorted([ours, others, foreign])


def test_temp_files_of_other_machines_are_removed_when_old(tmp_path: Path) -> None:
    file = tmp_path / ".xxgk-000000000000..7.8-00000000.tmp"
    file.touch()
    assert leftovers.sweep(tmp_path) == 0
    os.utime(file, (0, 0))
    assert leftovers.sweep(tmp_path) == 1


def test_a_folder_that_is_gone_has_no_leftovers(tmp_path: Path) -> None:
    assert leftovers.sweep(tmp_path / "没有") == 0


# ---------------------------------------------------------------- Windows, without a Windows machine


def kernel(*, opens: bool = True, error: int = 87, code: int = 259, start: int = 77) -> SimpleNamespace:
    """Stand in for kernel32."""

    def tell_code(handle: object, place: object) -> int:
        place._obj.value = code  # type: ignore[attr-defined]
        return 1

    def tell_times(handle: object, *places: object) -> int:
        places[0]._obj.value = start  # type: ignore[attr-defined]
        return int(start != 0)

    return SimpleNamespace(
        OpenProcess=lambda *_: 5 if opens else None,
        GetLastError=lambda: error,
        GetExitCodeProcess=tell_code,
        GetProcessTimes=tell_times,
        CloseHandle=lambda handle: closed.append(handle),
        SetFileAttributesW=lambda name, attributes: hidden.append((name, attributes)),
    )


closed: list[object] = []
hidden: list[tuple[str, int]] = []


@pytest.mark.parametrize(
    ("library", "told"),
    [
        (kernel(), "77"),
        (kernel(opens=False, error=87), None),
        (kernel(opens=False, error=5), ""),
        (kernel(code=1), None),
        (kernel(start=0), ""),
    ],
    ids=["alive", "no such process", "of another user", "ended", "not told"],
)
def test_on_windows_a_process_is_asked_through_its_handle(library: SimpleNamespace, told: str | None) -> None:
    assert windows.process_start(4711, library) == told
    assert ctypes.sizeof(ctypes.c_uint64) == 8


def test_on_windows_a_lock_file_is_hidden() -> None:
    windows.hide(Path("a"), kernel())
    assert hidden == [("a", 2)]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("C:\\年报.xxgk", "C:\\年报.xxgk"),
        ("C:\\" + "长" * 240, "\\\\?\\C:\\" + "长" * 240),
        ("\\\\server\\share\\" + "长" * 240, "\\\\?\\UNC\\server\\share\\" + "长" * 240),
        ("\\\\?\\C:\\" + "长" * 240, "\\\\?\\C:\\" + "长" * 240),
        ("长" * 240, "长" * 240),
    ],
    ids=["short", "long", "long on a share", "marked already", "relative"],
)
def test_long_windows_paths_are_marked(given: str, wanted: str) -> None:
    assert marked(given) == wanted


@pytest.mark.skipif(os.name == "nt", reason="other systems need no mark")
def test_elsewhere_paths_stay_as_they_are() -> None:
    assert reachable(Path("/" + "长" * 240)) == Path("/" + "长" * 240)


@pytest.mark.skipif(os.name == "nt", reason="asks the system by its POSIX call")
@pytest.mark.parametrize(
    ("failure", "told"),
    [(None, ""), (ProcessLookupError, None), (PermissionError, ""), (OverflowError, None)],
)
def test_without_a_list_of_processes_the_number_alone_is_asked(
    monkeypatch: pytest.MonkeyPatch, failure: type[Exception] | None, told: str | None
) -> None:
    def kill(pid: int, signal: int) -> None:
        assert signal == 0
        if failure is not None:
            raise failure

    monkeypatch.setattr(processes, "_text_of", lambda file: "")
    monkeypatch.setattr(os, "kill", kill)
    assert processes.started_at(4711) == told


def test_a_user_without_a_name_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(processes.getpass, "getuser", refuse)
    assert processes.user_name() == ""
