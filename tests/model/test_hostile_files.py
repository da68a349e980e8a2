"""Rubbish where the program keeps its own small files: no fault, no hang, and nothing good is lost by it."""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path

import pytest

from model import file_lock, recoverable
from model.damage import newest_good_backup
from model.errors import CannotRead, explain
from model.file_lock import acquire
from model.file_stamp import open_stamped, take
from model.lock_record import lock_place
from model.processes import this_process
from model.report import Report
from model.restoring import open_as_edit
from model.storage import encode, load, save
from tests.model import builders

REPORT = builders.report()
EDITED = builders.report({**builders.balanced_inputs(), "requests.granted.natural_person": 999})
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "某县 年报.xxgk"
    save(REPORT, path, None)
    return path


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The folder of a run that was killed, with one copy of one report."""
    me = this_process()
    folder = tmp_path / "recovery" / f"{me.machine}.{me.boot}.{me.pid}.1-01234567"
    (folder / "1").mkdir(parents=True)
    (folder / "1" / "000001-20240120T103200.xxgk").write_bytes(encode(EDITED))
    return folder


def tampered(report: Report) -> bytes:
    """Return a report file in which another program changed a number."""
    return encode(report).replace(b": 999", b": 111")


RUBBISH = [
    b"",
    b"\0",
    b"\xff\xfe{",
    b"[" * 100_000,
    b"[]",
    b'"/tmp/a\\u0000b"',
    b'{"path": "/tmp/a\\u0000b", "digest": null}',
    b'{"path": "/tmp/\\ud800", "digest": 1}',
    b'{"path": "not/absolute", "digest": ""}',
    b'{"path": ' + b"1" * 10_000 + b"}",
    b'"/' + b"x" * 5000 + b'"',
]


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_in_the_notes_of_a_run_costs_no_copy(run: Path, rubbish: bytes) -> None:
    (run / "1" / "document.json").write_bytes(rubbish)
    (run / "targets.txt").write_bytes(rubbish + b"\n")
    assert [found.report for found in recoverable.find(run.parent)] == [EDITED]
    recoverable.tidy(run.parent)
    assert [found.report for found in recoverable.find(run.parent)] == [EDITED]


@posix_only
def test_a_note_that_names_what_never_ends_holds_nobody_up(run: Path) -> None:
    (run / "1" / "document.json").write_text(json.dumps({"path": "/dev/zero", "digest": None}))
    assert [found.report for found in recoverable.find(run.parent)] == [EDITED]


@posix_only
def test_what_is_no_file_is_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "年报.xxgk"
    os.mkfifo(pipe)
    for read in (take, open_stamped):
        with pytest.raises(CannotRead, match="不是普通文件"):
            read(pipe)


def test_a_copy_that_is_not_as_it_was_written_gives_way_to_an_older_one(run: Path) -> None:
    (run / "1" / "000002-20240120T103300.xxgk").write_bytes(tampered(EDITED))
    found = recoverable.find(run.parent)[0]
    assert (found.report, found.unreadable) == (EDITED, 1)


def test_where_no_copy_is_as_it_was_written_the_newest_is_offered_and_asked_about(
    run: Path, file: Path
) -> None:
    for copy in (run / "1").iterdir():
        copy.write_bytes(tampered(EDITED))
    found = recoverable.find(run.parent)[0]
    assert found.report.modified_outside
    document = open_as_edit(found.report, load(file), file)
    assert "file.modified_outside" in {finding.code for finding in document.findings}
    document.mark_saved(file)
    assert "file.modified_outside" not in {finding.code for finding in document.findings}


def test_the_newest_good_version_is_one_that_is_as_it_was_written(tmp_path: Path, file: Path) -> None:
    kept = tmp_path / "backups"
    save(EDITED, file, kept)
    found = newest_good_backup(file, kept)
    assert found is not None
    assert found.report == EDITED
    found.backup.path.write_bytes(tampered(EDITED))
    older = newest_good_backup(file, kept)
    assert older is not None
    assert older.report == REPORT


# ---------------------------------------------------------------- locks


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_lock, "_SETTLE", 0.01)
    monkeypatch.setattr(file_lock, "UNFINISHED", 0.2)


@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize("since", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00"])
def test_a_lock_of_a_year_that_no_clock_shows_shuts_nobody_out(file: Path, since: str) -> None:
    mark = "0123456789ab.0123456789ab.4711.99"
    data = {"token": "t", "mark": mark, "host": "h", "user": "u", "since": since, "beat": "0"}
    lock_place(file).write_text(json.dumps(data), encoding="ascii")
    lock = acquire(file)
    assert lock.is_held
    lock.release()


@pytest.mark.usefixtures("_quick")
def test_rubbish_of_the_future_in_the_place_of_a_lock_shuts_nobody_out(file: Path) -> None:
    place = lock_place(file)
    place.write_bytes(b"rubbish")
    os.utime(place, (4e9, 4e9))
    lock = acquire(file)
    assert lock.is_held
    lock.release()
    assert not place.exists()


@posix_only
@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_lock_file_is_worked_beside_and_that_is_said(file: Path, kind: str) -> None:
    place = lock_place(file)
    if kind == "link":
        place.symlink_to(file.parent / "nowhere")
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.mkdir()
    lock = acquire(file)
    assert not lock.is_held
    assert "没有加上" in lock.failure


def test_of_a_huge_file_in_the_place_of_a_lock_the_beginning_is_read(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = lock_place(file)
    with place.open("wb") as huge:
        huge.truncate(1 << 36)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read whole"))
    assert file_lock.holder_of(file) is not None


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("name", ["ESTALE", "EDQUOT", "ETIMEDOUT", "EHOSTDOWN", "EFBIG", "EMFILE", "ENXIO"])
def test_what_a_share_or_a_quota_answers_is_said_in_words(name: str) -> None:
    number = getattr(errno, name, None)
    if number is None:
        pytest.skip(f"this system has no {name}")
    assert "系统错误" not in explain(OSError(number, "in English"))


@pytest.mark.parametrize("code", [3, 19, 21, 39, 53, 59, 64, 67, 121, 206, 1117, 1231, 1295])
def test_what_windows_answers_of_shares_and_sticks_is_said_in_words(code: int) -> None:
    failure = OSError(errno.EINVAL, "in English")
    failure.winerror = code  # type: ignore[attr-defined,unused-ignore]  # on Windows only
    told = explain(failure)
    assert "系统错误" not in told
    assert told != explain(OSError(errno.EINVAL, ""))
