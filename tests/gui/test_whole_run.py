"""A whole run of the program, every command of every menu, from a folder that cannot be written to.

It opens no socket of a network, writes only where the user's data and documents are, and leaves nothing
behind. Carried about, it keeps its data beside itself.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from gui.actions import COMMANDS
from tests.gui.menu_child import LAST
from tests.gui.test_no_network import WATCH, strace

ROOT = Path(__file__).resolve().parent.parent.parent
REPORTS = ROOT / "tests" / "data" / "reports"
CHILD = ROOT / "tests" / "gui" / "menu_child.py"
PARTS = ("main.py", "model", "export", "gui", "resources")
_READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'


@dataclass(frozen=True)
class Outcome:
    """What a run said and where it left traces."""

    said: list[str]
    program: Path
    touched: list[str]
    home: Path
    documents: Path
    calls: list[str]
    sockets: str


def state_of(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(file.relative_to(folder)): (file.lstat().st_size, file.lstat().st_mtime_ns)
        for file in folder.rglob("*")
    }


def copy_of_program(folder: Path) -> Path:
    """Return a copy of the program in a folder as people have them."""
    program = folder / "年报 工具"
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, program / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            program.mkdir(exist_ok=True)
            shutil.copy2(source, program)
    return program


def read_only(program: Path) -> list[str]:
    """Return the words before a command that make a folder read-only for it; none where that cannot be."""
    words = ["unshare", "-m", "sh", "-c", _READ_ONLY, str(program)]
    if shutil.which("unshare") is None:
        return []
    tried = subprocess.run([*words, "touch", str(program / "x")], capture_output=True, check=False)
    (program / "x").unlink(missing_ok=True)
    return words if b"Read-only file system" in tried.stderr else []


def run_everything(folder: Path, **more: str) -> Outcome:
    """Choose every command in a copy of the program, for a user of their own."""
    program, home, documents = copy_of_program(folder), folder / "张 三", folder / "文档"
    home.mkdir()
    documents.mkdir()
    report = shutil.copy(REPORTS / "pingtan_2022.xxgk", documents / "平潭 2022.xxgk")
    last_year = shutil.copy(REPORTS / "pingtan_2021.xxgk", documents / "平潭 2021.xxgk")
    before = state_of(program)
    events, calls = folder / "events.txt", folder / "calls.txt"
    with tempfile.TemporaryDirectory(prefix="xxgk-") as meeting:  # a socket's path must be short
        around = {name: text for name, text in os.environ.items() if not name.startswith(("XDG_", "CUPS"))}
        around |= {"HOME": str(home), "XDG_RUNTIME_DIR": meeting, "QT_QPA_PLATFORM": "offscreen"}
        around |= {"LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "XXGK_PROGRAM": str(program)}
        around |= {name: text.format(program=program) for name, text in more.items()}
        watched = [*strace(calls), sys.executable, str(WATCH), str(events), str(CHILD)]
        words = [*([] if "XXGK_BUNDLE" in more else read_only(program)), *watched]
        done = subprocess.run(
            [*words, str(report), str(last_year)],
            env=around,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert os.listdir(meeting) == []  # noqa: PTH208 - names are all that is asked
    after = state_of(program)
    touched = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    lines = calls.read_text(errors="replace").splitlines() if calls.exists() else []
    sockets = events.read_text() if events.exists() else ""
    return Outcome(done.stdout.splitlines(), program, touched, home, documents, lines, sockets)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return run_everything(tmp_path_factory.mktemp("run"), XXGK_REST="11")


def test_every_command_does_its_work(outcome: Outcome) -> None:
    chosen = [line.partition(" ")[0] for line in outcome.said if line.endswith(" chosen")]
    assert set(chosen) == set(COMMANDS) - set(LAST)
    assert [line for line in outcome.said if line.startswith("error")] == []
    assert outcome.said[-1] == "ended"
    written = {file.suffix for file in outcome.documents.iterdir()}
    assert {".xlsx", ".pdf", ".docx", ".html", ".zip", ".xxgk"} <= written


def test_no_socket_of_a_network_is_opened(outcome: Outcome) -> None:
    assert outcome.sockets == ""
    assert [line for line in outcome.calls if "AF_INET" in line or "AF_PACKET" in line] == []


def test_the_programs_folder_stays_as_it_was(outcome: Outcome) -> None:
    assert outcome.touched == []


def test_everything_is_in_the_users_own_folder(outcome: Outcome) -> None:
    data = outcome.home / ".local" / "share" / "xxgk-annual-report"
    assert {"settings.ini", "backups", "outlines"} <= {file.name for file in data.iterdir()}
    strayed = [file for file in outcome.home.rglob("*") if file.is_file() and data not in file.parents]
    assert {file.name for file in strayed} <= {"QtProject.conf"}, "Qt's own note of its file dialog"


def test_nothing_is_left_behind(outcome: Outcome) -> None:
    data = outcome.home / ".local" / "share" / "xxgk-annual-report"
    assert not (data / "logs").exists(), (data / "logs" / "xxgk.log").read_text(encoding="utf-8")
    left = [*data.rglob("*.tmp"), *outcome.documents.glob(".*"), *(data / "recovery").glob("*")]
    assert left == []


def test_carried_about_everything_is_beside_the_program(tmp_path: Path) -> None:
    bundle = tmp_path / "U 盘"
    bundle.mkdir()
    (bundle / "便携版.txt").touch()
    outcome = run_everything(tmp_path, XXGK_BUNDLE=str(bundle))
    assert outcome.touched == []
    assert {"settings.ini", "backups", "outlines"} <= {file.name for file in (bundle / "data").iterdir()}
    assert [
        file for file in outcome.home.rglob("*") if file.is_file() and file.name != "QtProject.conf"
    ] == []
