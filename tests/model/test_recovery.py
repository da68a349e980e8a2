"""Copies of work not saved: when they are due, how they are written, who is offered them, how long."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import recoverable, recovery
from model.file_stamp import take
from model.processes import this_process
from model.recovery import AutosavePolicy, CannotAutosave, DocumentCopies, Session, generations_to_keep
from model.report import Report
from model.storage import load, save
from tests.model import builders

REPORT = builders.report()
EDITED = builders.report({**builders.balanced_inputs(), "requests.granted.natural_person": 999})
DAY = 86400.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "用户 数据" / "recovery"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "某县 年报.xxgk"
    save(REPORT, path, None)
    return path


def write(copies: DocumentCopies, report: Report, file: Path | None) -> Path | None:
    return copies.write(copies.snapshot(report, file, take(file) if file else None))


def crash(folder: Path, *, mark: str = "") -> Path:
    """Make the sessions in a folder look like those of a process that ended."""
    me = this_process()
    dead = mark or f"{me.machine}.{me.boot}.{me.pid}.1"
    for session in folder.iterdir():
        if session.name.startswith(me.mark):
            session.rename(folder / session.name.replace(me.mark, dead))
            return folder / session.name.replace(me.mark, dead)
    raise AssertionError("no session of this process")


def crash_with(folder: Path, report: Report, file: Path | None) -> None:
    """Leave behind what a crash leaves of one document."""
    write(Session(folder).open_document(), report, file)
    crash(folder)


# ---------------------------------------------------------------- when a copy is due


def test_nothing_is_due_before_an_edit() -> None:
    policy = AutosavePolicy()
    assert policy.seconds_left(1e9) is None
    assert policy.seconds_left(1e9) is None


def test_a_copy_is_due_well_before_ten_seconds_and_twenty_edits() -> None:
    policy = AutosavePolicy()
    policy.note_edit(100.0)
    assert policy.seconds_left(101.0) == 4.0
    assert policy.seconds_left(104.9) != 0.0
    assert policy.seconds_left(105.0) == 0.0
    policy.note_taken()
    for _ in range(9):
        policy.note_edit(200.0)
    assert policy.seconds_left(200.0) != 0.0
    policy.note_edit(200.0)
    assert policy.seconds_left(200.0) == 0.0


def test_a_copy_that_failed_is_tried_again_in_a_while() -> None:
    policy = AutosavePolicy()
    for _ in range(10):
        policy.note_edit(0.0)
    policy.note_taken()
    policy.note_failed(1.0)
    assert policy.seconds_left(1.0) != 0.0
    assert policy.seconds_left(6.0) == 0.0
    policy.note_taken()
    policy.note_taken()
    policy.note_failed(7.0)
    assert policy.seconds_left(7.0) is None


@given(st.lists(st.tuples(st.floats(0, 3), st.booleans()), max_size=200))
def test_no_edit_waits_longer_than_allowed(steps: list[tuple[float, bool]]) -> None:
    """The window looks every second at the latest and after each edit."""
    policy, now, first, count = AutosavePolicy(), 0.0, None, 0
    for pause, is_edit in steps:
        now += min(pause, 1.0)
        if is_edit:
            policy.note_edit(now)
            first, count = now if first is None else first, count + 1
        if policy.seconds_left(now) == 0.0:
            policy.note_taken()
            first, count = None, 0
        assert first is None or now - first <= recovery.MOST_SECONDS / 2 + 1
        assert count < recovery.MOST_EDITS / 2


# ---------------------------------------------------------------- generations


@given(st.lists(st.integers(-100_000, 100_000), max_size=40))
def test_generations_are_few_and_hold_the_newest(ages: list[int]) -> None:
    """Whatever the clock did."""
    now = datetime(2024, 1, 20)
    keep = generations_to_keep([now - timedelta(seconds=age) for age in ages], now)
    assert keep <= set(range(len(ages)))
    assert len(keep) <= 8
    assert set(range(min(3, len(ages)))) <= keep


def test_older_generations_stay_for_a_state_that_was_better() -> None:
    times: list[datetime] = []
    for minute in range(360):
        now = datetime(2024, 1, 20, 9, 0) + timedelta(minutes=minute)
        times.insert(0, now)
        keep = generations_to_keep(times, now)
        times = [at for place, at in enumerate(times) if place in keep]
        ages = [now - at for at in times]
        assert minute < 120 or timedelta(hours=2) <= max(ages) < timedelta(hours=4)
        assert minute < 10 or any(timedelta(minutes=2) <= age <= timedelta(minutes=30) for age in ages)


def test_generations_beyond_those_are_removed(folder: Path) -> None:
    copies = Session(folder).open_document()
    for minute in range(12):
        moment = datetime(2024, 1, 20, 9, minute)
        last = copies.write(copies.snapshot(REPORT, None, None), moment)
    assert last is not None
    minutes = [copy.at.minute for copy in recovery.list_copies(last.parent)]
    assert minutes[:3] == [11, 10, 9]
    assert len(minutes) <= 8


# ---------------------------------------------------------------- writing


def test_nothing_is_created_before_there_is_something_to_keep(folder: Path) -> None:
    session = Session(folder)
    session.open_document().discard()
    session.beat()
    session.end()
    assert not folder.exists()


def test_a_copy_is_a_report_file_and_the_original_is_not_touched(folder: Path, file: Path) -> None:
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    copy = write(Session(folder).open_document(), EDITED, file)
    assert copy is not None
    assert load(copy) == EDITED
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_a_clean_end_leaves_nothing(folder: Path, file: Path) -> None:
    session = Session(folder)
    write(session.open_document(), EDITED, file)
    write(session.open_document(), EDITED, None)
    session.note_target(file)
    session.beat()
    session.end()
    assert list(folder.iterdir()) == []


def test_a_copy_on_its_way_when_the_report_is_saved_is_not_written(folder: Path, file: Path) -> None:
    copies = Session(folder).open_document()
    snapshot = copies.snapshot(EDITED, file, take(file))
    copies.discard()
    assert copies.write(snapshot) is None
    assert write(copies, EDITED, file) is not None


def test_a_copy_that_cannot_be_written_says_so(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.touch()
    session = Session(folder)
    with pytest.raises(CannotAutosave, match="自动保存没有成功"):
        write(session.open_document(), EDITED, None)
    with pytest.raises(CannotAutosave):
        session.note_target(folder)


def test_a_copy_that_reads_back_otherwise_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copies = Session(folder).open_document()
    first = write(copies, REPORT, None)
    real = Path.write_bytes
    monkeypatch.setattr(
        Path, "write_bytes", lambda self, content: real(self, content.replace(b"999", b"998"))
    )
    with pytest.raises(CannotAutosave, match="磁盘读写出错"):
        write(copies, EDITED, None)
    assert first is not None
    assert [copy.path for copy in recovery.list_copies(first.parent)] == [first]


# ---------------------------------------------------------------- offering


def test_copies_of_a_living_run_are_not_offered(folder: Path, file: Path) -> None:
    write(Session(folder).open_document(), EDITED, file)
    assert recoverable.find(folder) == ()
    assert recoverable.purge(folder) == 0


def test_copies_of_a_run_that_ended_are_offered_with_what_a_person_wants_to_know(
    folder: Path, file: Path
) -> None:
    crash_with(folder, EDITED, file)
    (found,) = recoverable.find(folder)
    assert (found.unit, found.year, found.path) == ("某县人民政府", 2023, file)
    assert found.report == EDITED
    assert found.saved == REPORT
    assert found.differences.summary == "1 个单元格"
    assert abs(found.at - datetime.now()) < timedelta(minutes=1)
    assert (found.saved_later, found.unreadable) == (False, 0)


def test_an_untitled_report_is_offered_too(folder: Path) -> None:
    crash_with(folder, replace(EDITED, unit_name=" "), None)
    (found,) = recoverable.find(folder)
    assert found.path is None
    assert found.unit == "（未填机关名称）"
    assert found.differences.cells == len(EDITED.inputs)


def test_work_that_was_saved_after_all_is_not_offered(folder: Path, file: Path) -> None:
    crash_with(folder, EDITED, file)
    save(EDITED, file, None)
    assert recoverable.find(folder) == ()
    recoverable.tidy(folder)
    assert list(folder.iterdir()) == []


def test_a_file_saved_since_is_told_whatever_the_clock_says(folder: Path, file: Path) -> None:
    crash_with(folder, EDITED, file)
    save(replace(REPORT, unit_name="同事改过"), file, None)
    os.utime(file, (0, 0))
    (found,) = recoverable.find(folder)
    assert found.saved_later


@pytest.mark.parametrize("content", [None, b"{"])
def test_where_the_file_is_gone_or_damaged_the_copy_is_offered_all_the_same(
    folder: Path, file: Path, content: bytes | None
) -> None:
    crash_with(folder, EDITED, file)
    file.unlink() if content is None else file.write_bytes(content)
    (found,) = recoverable.find(folder)
    assert found.saved is None
    assert found.report == EDITED


def test_where_the_newest_copy_is_damaged_an_older_one_is_offered(folder: Path, file: Path) -> None:
    copies = Session(folder).open_document()
    write(copies, EDITED, file)
    newest = write(copies, replace(EDITED, year=2022), file)
    assert newest is not None
    newest.write_bytes(newest.read_bytes()[:700])
    crash(folder)
    (found,) = recoverable.find(folder)
    assert found.report == EDITED
    assert found.unreadable == 1


def test_where_the_note_of_the_file_is_lost_the_copy_is_offered_without_it(folder: Path, file: Path) -> None:
    copy = write(Session(folder).open_document(), EDITED, file)
    assert copy is not None
    (copy.parent / "document.json").write_bytes(b"\0")
    crash(folder)
    assert recoverable.find(folder)[0].path is None


def test_where_no_copy_is_good_nothing_is_offered_and_nothing_stays(folder: Path, file: Path) -> None:
    copy = write(Session(folder).open_document(), EDITED, file)
    assert copy is not None
    copy.write_bytes(b"")
    crash(folder)
    assert recoverable.find(folder) == ()
    recoverable.tidy(folder)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("age", "offered"), [(10.0, 0), (1000.0, 1), (-1000.0, 0)])
def test_copies_of_another_pc_are_offered_once_it_gives_no_sign(
    folder: Path, file: Path, age: float, offered: int
) -> None:
    write(Session(folder).open_document(), EDITED, file)
    session = crash(folder, mark="0123456789ab.0123456789ab.1.1")
    os.utime(session, (time.time() - age,) * 2)
    assert len(recoverable.find(folder)) == offered


def test_foreign_folders_are_left_alone(folder: Path) -> None:
    (folder / "别的").mkdir(parents=True)
    (folder / "说明.txt").touch()
    assert recoverable.find(folder) == ()
    recoverable.tidy(folder)
    assert len(list(folder.iterdir())) == 2


# ---------------------------------------------------------------- setting aside, tidying, purging


def test_what_was_declined_is_kept_for_a_while(folder: Path, file: Path) -> None:
    crash_with(folder, EDITED, file)
    (found,) = recoverable.find(folder)
    recoverable.set_aside(folder, found)
    assert recoverable.find(folder) == ()
    (aside,) = recoverable.find_set_aside(folder)
    assert (aside.report, aside.path) == (EDITED, file)
    recoverable.tidy(folder)
    assert len(recoverable.find_set_aside(folder)) == 1
    os.utime(aside.folder, (time.time() - 31 * DAY,) * 2)
    recoverable.tidy(folder)
    assert recoverable.find_set_aside(folder) == ()


def test_what_was_declined_is_bounded_in_number(folder: Path, file: Path) -> None:
    for year in range(2000, 2025):
        crash_with(folder, replace(EDITED, year=year), file)
        recoverable.set_aside(folder, recoverable.find(folder)[0])
    recoverable.tidy(folder)
    assert len(recoverable.find_set_aside(folder)) == recoverable.MOST_ASIDE


def test_what_nobody_decided_on_is_set_aside_in_the_end(folder: Path, file: Path) -> None:
    crash_with(folder, EDITED, file)
    os.utime(recoverable.find(folder)[0].folder, (time.time() - 31 * DAY,) * 2)
    recoverable.tidy(folder)
    assert recoverable.find(folder) == ()
    assert len(recoverable.find_set_aside(folder)) == 1


def test_purging_removes_all_but_what_is_open(folder: Path, file: Path) -> None:
    crash_with(folder, EDITED, file)
    recoverable.set_aside(folder, recoverable.find(folder)[0])
    crash_with(folder, EDITED, None)
    write(Session(folder).open_document(), EDITED, file)
    assert recoverable.purge(folder) == 2
    (left,) = folder.iterdir()
    assert left.name.startswith(this_process().mark)


def test_tidying_finishes_what_a_killed_tidying_began(folder: Path, file: Path) -> None:
    crash_with(folder, EDITED, file)
    session = recoverable.find(folder)[0].folder.parent
    (session / "2.gone").mkdir()
    (folder / "x.gone").mkdir()
    (session / "targets.txt").write_text('"/no/such/folder/a.xxgk"\n"cut o', encoding="ascii")
    recoverable.tidy(folder, folder.parent / "backups")
    assert [entry.name for entry in session.iterdir()].count("2.gone") == 0
    assert not (folder / "x.gone").exists()
    assert len(recoverable.find(folder)) == 1


def test_a_folder_that_cannot_be_removed_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(parents=True)
    monkeypatch.setattr(recovery.shutil, "rmtree", lambda *_, **__: None)
    with pytest.raises(OSError, match="not empty"):
        recovery.remove_tree(folder)
