"""Locks beside open reports: one writer, told to the others; nobody shut out by a crash."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from model import file_lock, lock_record
from model.file_lock import Beat, LockLost, OpenElsewhere, acquire, holder_of, remove_if_gone, take_over
from model.lock_record import Holder, lock_place, read_holder
from model.processes import this_process

ROOT = Path(__file__).parents[2]
OTHER_MACHINE = "0123456789ab.0123456789ab.4711.99"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report in a folder with a Chinese name and a space."""
    folder = tmp_path / "共享 文件夹"
    folder.mkdir()
    file = folder / "某县 2023 年报.xxgk"
    file.write_bytes(b"{}")
    return file


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_lock, "_SETTLE", 0.01)
    monkeypatch.setattr(file_lock, "_PATIENCE", 0.3)


def leave(report: Path, mark: str, *, age: float = 0.0, user: str = "李四", host: str = "FGW-PC07") -> Path:
    """Put a lock of someone else beside a report."""
    place = lock_place(report)
    since = datetime(2024, 1, 20, 10, 32).astimezone().isoformat()
    data = {"token": "t1", "mark": mark, "host": host, "user": user, "since": since, "beat": "000000000"}
    place.write_text(json.dumps(data), encoding="ascii")
    moment = place.stat().st_mtime - age
    os.utime(place, (moment, moment))
    return place


def mark_of_dead() -> str:
    return this_process().mark.rpartition(".")[0] + ".1"


def names(report: Path) -> set[str]:
    return {entry.name for entry in report.parent.iterdir()}


def test_a_lock_is_hidden_beside_the_report_and_leaves_nothing(report: Path) -> None:
    lock = acquire(report)
    assert lock.is_held
    assert lock.failure == ""
    assert names(report) == {report.name, f".~{report.name}.lock"}
    lock.release()
    lock.release()
    assert not lock.is_held
    assert names(report) == {report.name}
    assert lock.beat() is Beat.NONE


def test_a_second_opening_is_told_who_where_and_since_when(report: Path) -> None:
    leave(report, OTHER_MACHINE)
    with pytest.raises(OpenElsewhere, match=r"李四（电脑 FGW-PC07，1月20日 10:32 起）") as caught:
        acquire(report)
    assert caught.value.holder.process is not None
    assert caught.value.holder.process.pid == 4711
    assert holder_of(report) == caught.value.holder


def test_a_second_window_of_this_very_program_is_told_so(report: Path) -> None:
    lock = acquire(report)
    with pytest.raises(OpenElsewhere, match="本机") as caught:
        acquire(report)
    assert caught.value.holder.process == this_process()
    lock.release()


def test_a_lock_of_a_process_that_ended_is_replaced_without_asking(report: Path) -> None:
    leave(report, mark_of_dead())
    assert holder_of(report) is None
    lock = acquire(report)
    assert lock.is_held
    lock.release()
    assert names(report) == {report.name}


def test_a_lock_from_before_a_restart_is_replaced_without_asking(report: Path) -> None:
    me = this_process()
    leave(report, f"{me.machine}.000000000000.{me.pid}.{me.started}")
    assert acquire(report).is_held


@pytest.mark.parametrize(("age", "gone"), [(0.0, False), (200.0, False), (1000.0, True)])
def test_a_lock_of_another_pc_counts_by_its_last_sign_of_life(report: Path, age: float, gone: bool) -> None:
    leave(report, OTHER_MACHINE, age=age)
    if gone:
        assert acquire(report).is_held
    else:
        with pytest.raises(OpenElsewhere):
            acquire(report)


def test_signs_are_told_by_the_clock_of_the_disk_not_ours(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(report, OTHER_MACHINE)
    monkeypatch.setattr(lock_record.time, "time", lambda: 9e9)
    with pytest.raises(OpenElsewhere):
        acquire(report)


def test_a_lock_of_the_future_is_not_gone_but_can_be_taken_over(report: Path) -> None:
    leave(report, OTHER_MACHINE, age=-10_000_000.0)
    with pytest.raises(OpenElsewhere) as caught:
        acquire(report)
    assert take_over(report, caught.value.holder).is_held


def test_the_one_who_was_taken_over_learns_it_and_touches_nothing(report: Path) -> None:
    first = acquire(report)
    holder = holder_of(report)
    assert holder is not None
    second = take_over(report, holder)
    with pytest.raises(LockLost, match="接管"):
        first.beat()
    assert not first.is_held
    first.release()
    assert second.beat() is Beat.KEPT
    second.release()
    assert names(report) == {report.name}


def test_taking_over_names_whom_it_was_agreed_to_take_over(report: Path) -> None:
    leave(report, OTHER_MACHINE)
    with pytest.raises(OpenElsewhere):
        take_over(report, Holder("t0", None, None))


def test_a_beat_is_a_sign_of_life_and_keeps_the_length(report: Path) -> None:
    lock = acquire(report)
    place = lock_place(report)
    before = place.read_bytes()
    os.utime(place, (0, 0))
    assert lock.beat() is Beat.KEPT
    assert place.stat().st_mtime > 0
    assert len(place.read_bytes()) == len(before)
    assert read_holder(place) == holder_of(report)
    lock.release()


def test_a_lock_file_that_was_deleted_is_made_again(report: Path) -> None:
    lock = acquire(report)
    lock_place(report).unlink()
    assert lock.beat() is Beat.KEPT
    with pytest.raises(OpenElsewhere):
        acquire(report)
    lock.release()


def test_a_share_that_is_away_is_told_and_comes_back(report: Path, tmp_path: Path) -> None:
    lock = acquire(report)
    report.parent.rename(tmp_path / "away")
    assert lock.beat() is Beat.UNREACHABLE
    (tmp_path / "away").rename(report.parent)
    assert lock.beat() is Beat.KEPT
    lock.release()


@pytest.mark.parametrize("content", [b"", b"{", b"\0" * 300, b"[1]", b'{"token": 1}', b"[" * 9000])
def test_a_lock_file_cut_off_by_a_crash_shuts_nobody_out(report: Path, content: bytes) -> None:
    place = lock_place(report)
    place.write_bytes(content)
    with pytest.raises(OpenElsewhere, match="另一个程序"):
        acquire(report)
    os.utime(place, (place.stat().st_mtime - 60,) * 2)
    lock = acquire(report)
    assert lock.is_held
    lock.release()


def test_a_guard_left_by_a_crash_at_taking_over_shuts_nobody_out(report: Path) -> None:
    place = leave(report, mark_of_dead())
    place.with_name(place.name + "+").write_bytes(place.read_bytes())
    lock = acquire(report)
    assert lock.is_held
    lock.release()
    assert names(report) == {report.name}


def test_where_no_second_names_exist_the_lock_is_made_all_the_same(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(1, "no hard links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    lock = acquire(report)
    assert lock.is_held
    with pytest.raises(OpenElsewhere):
        acquire(report)
    lock.release()
    assert names(report) == {report.name}


@pytest.mark.parametrize("number", [13, 28, 30])
def test_where_no_lock_can_be_made_work_goes_on_and_says_so(
    report: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr(os, "open", refuse)
    lock = acquire(report)
    assert not lock.is_held
    assert "正在编辑" in lock.failure
    lock.release()


def test_on_a_folder_that_we_may_only_read_a_living_lock_is_still_seen(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(report, OTHER_MACHINE)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "read-only")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(OpenElsewhere):
        acquire(report)


def test_a_link_and_its_file_have_one_lock(report: Path, tmp_path: Path) -> None:
    link = tmp_path / "链接.xxgk"
    try:
        link.symlink_to(report)
    except OSError:
        pytest.skip("links need a right that this user has not")
    lock = acquire(link)
    with pytest.raises(OpenElsewhere):
        acquire(report)
    lock.release()


def test_the_longest_names_can_be_locked(tmp_path: Path) -> None:
    report = tmp_path / ("长" * 83 + ".xxgk")
    lock = acquire(report)
    assert lock.is_held
    assert lock_place(report) != lock_place(tmp_path / ("长" * 82 + "短.xxgk"))
    lock.release()


def test_tidying_removes_locks_of_the_dead_only(report: Path) -> None:
    assert not remove_if_gone(report)
    leave(report, OTHER_MACHINE)
    assert not remove_if_gone(report)
    leave(report, mark_of_dead())
    assert remove_if_gone(report)
    assert names(report) == {report.name}


RACE = """
import sys, time
from pathlib import Path
from model.file_lock import acquire, OpenElsewhere
path = Path(sys.argv[1])
sys.stdout.write("ready\\n"); sys.stdout.flush()
sys.stdin.readline()
try:
    lock = acquire(path)
    sys.stdout.write("won\\n" if lock.is_held else "without\\n")
except OpenElsewhere:
    sys.stdout.write("lost\\n")
sys.stdout.flush()
sys.stdin.readline()
"""


@pytest.mark.slow
@pytest.mark.parametrize("left_by_crash", [False, True])
def test_of_several_processes_that_open_at_once_exactly_one_wins(report: Path, left_by_crash: bool) -> None:
    pipe = subprocess.PIPE
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(report)], cwd=ROOT, stdin=pipe, stdout=pipe, text=True
        )
        for _ in range(4)
    ]
    try:
        if left_by_crash:
            leave(report, mark_of_dead())
        assert [racer.stdout.readline() for racer in racers if racer.stdout] == ["ready\n"] * 4
        for racer in racers:
            assert racer.stdin
            racer.stdin.write("go\n")
            racer.stdin.flush()
        told = sorted(racer.stdout.readline() for racer in racers if racer.stdout)
        assert told == ["lost\n", "lost\n", "lost\n", "won\n"]
    finally:
        for racer in racers:
            racer.kill()
            racer.communicate()
    lock = acquire(report)
    assert lock.is_held
    lock.release()


# ---------------------------------------------------------------- seldom, and of no harm


def refusing(number: int) -> object:
    """Return a call that the system refuses."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "refused")

    return refuse


def test_where_a_lock_cannot_be_read_nobody_is_named(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave(report, mark_of_dead())
    monkeypatch.setattr(Path, "open", refusing(5))
    assert holder_of(report) is None
    assert not remove_if_gone(report)


def test_while_another_living_program_is_at_a_stale_lock_we_wait_and_then_tell(report: Path) -> None:
    place = leave(report, mark_of_dead())
    place.with_name(place.name + "+").write_bytes(lock_record.content_of("t2", datetime.now().astimezone()))
    with pytest.raises(OpenElsewhere):
        acquire(report)
    assert not remove_if_gone(report)


def test_a_lock_that_was_replaced_at_the_last_moment_is_not_ours(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(report, mark_of_dead())
    monkeypatch.setattr(file_lock.time, "sleep", lambda _: leave(report, OTHER_MACHINE))
    with pytest.raises(OpenElsewhere, match="李四"):
        acquire(report)


def test_a_lock_that_cannot_replace_a_stale_one_is_not_held(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(report, mark_of_dead())
    monkeypatch.setattr(Path, "replace", refusing(30))
    lock = acquire(report)
    assert "只读" in lock.failure
    assert names(report) == {report.name, lock_place(report).name}


def test_a_lock_of_which_the_share_lost_the_answer_is_ours(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.hardlink_to

    def link_and_forget(self: Path, target: Path) -> None:
        real(self, target)
        raise FileExistsError(17, "sent again")

    monkeypatch.setattr(Path, "hardlink_to", link_and_forget)
    lock = acquire(report)
    assert lock.is_held
    lock.release()
    assert names(report) == {report.name}


def test_a_lock_that_cannot_be_filled_is_removed(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "hardlink_to", refusing(1))
    real = os.fdopen

    def open_full_disk(descriptor: int, mode: str) -> object:
        os.close(descriptor)
        return real(os.open("/dev/full", os.O_WRONLY), mode)

    if not Path("/dev/full").exists():
        pytest.skip("no full disk on this system")
    monkeypatch.setattr(os, "fdopen", open_full_disk)
    lock = acquire(report)
    assert "磁盘空间已满" in lock.failure
    assert names(report) == {report.name}


def test_an_unreadable_lock_that_vanishes_at_a_beat_is_made_again_later(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = acquire(report)
    leave(report, OTHER_MACHINE)
    monkeypatch.setattr(file_lock, "read_holder", lambda place: place.unlink())
    assert lock.beat() is Beat.UNREACHABLE
    assert lock.beat() is Beat.KEPT
    lock.release()
