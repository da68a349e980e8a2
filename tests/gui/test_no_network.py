"""Nothing is sent or asked anywhere: no socket of a network over whole runs of the window and the commands.

Watched twice: by Python's audit events, and, where ``strace`` may be used, by the calls to the system,
which sees Qt too. Every command of every menu is watched in ``test_whole_run.py``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gui.folders import Folders
from tests.gui.children import CHILD, Start, environment
from tests.gui.window_driver import copy_of_sample

ROOT = Path(__file__).resolve().parent.parent.parent
WATCH = ROOT / "tests" / "network_watch.py"
MAIN = ROOT / "main.py"


def strace(log: Path) -> list[str]:
    """Return the words before a command that have its calls logged; none where that cannot be."""
    program = shutil.which("strace")
    if program is None:
        return []
    words = ["-f", "-qq", "-e", "trace=socket,socketpair,connect", "-o", str(log)]
    for command in (
        [program, "--seccomp-bpf", *words],  # else every call of the system stops the program
        [program, *words],
    ):
        if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
            return command
    return []


def run_watched(folders: Folders, folder: Path, *command: object, orders: str = "") -> str:
    """Run a script, and return what it said once it has opened no socket of a network."""
    events, calls = folder / "events.txt", folder / "calls.txt"
    traced = strace(calls)
    words = [*traced, sys.executable, str(WATCH), str(events), *map(str, command)]
    done = subprocess.run(
        words,
        env=environment(folders),
        input=orders,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert not events.exists(), events.read_text()
    if traced:
        lines = calls.read_text(errors="replace").splitlines()
        assert lines or not orders, "strace saw nothing of a window"
        assert [line for line in lines if "AF_INET" in line or "AF_PACKET" in line] == []
    return done.stdout


@pytest.fixture(autouse=True)
def meeting(start_child: Start) -> None:
    """Have the place of later starts removed at the end."""


def test_a_whole_run_of_the_window_opens_no_socket_of_a_network(folders: Folders, tmp_path: Path) -> None:
    path = copy_of_sample(tmp_path)
    said = run_watched(folders, tmp_path, CHILD, folders.data, path, "70", orders="save\nexport\nclose\n")
    assert said.split() == ["ready", "exported", "ended"]


def test_the_self_check_opens_no_socket_of_a_network(folders: Folders, tmp_path: Path) -> None:
    assert run_watched(folders, tmp_path, MAIN, "--self-check")


def test_the_watch_sees_a_socket_of_a_network(folders: Folders, tmp_path: Path) -> None:
    script = tmp_path / "open.py"
    script.write_text("import socket\nsocket.socket(socket.AF_INET).close()\n")
    with pytest.raises(AssertionError, match=r"socket\.__new__"):
        run_watched(folders, tmp_path, script)
    (tmp_path / "events.txt").unlink()
    script.write_text("import socket\nsocket.socket(socket.AF_UNIX).close()\n")
    run_watched(folders, tmp_path, script)


def test_the_watch_sees_a_socket_that_is_not_pythons(folders: Folders, tmp_path: Path) -> None:
    if not strace(tmp_path / "tried.txt"):
        pytest.skip("strace may not be used here: what Qt does goes unseen")
    script = tmp_path / "open.py"
    script.write_text("import ctypes\nctypes.CDLL(None).socket(10, 1, 0)\n")
    with pytest.raises(AssertionError, match="AF_INET6"):
        run_watched(folders, tmp_path, script)
