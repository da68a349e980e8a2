"""Full, read-only and failing disks: a clear sentence, the former file whole, the work still there."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from model import backups, damage, recoverable
from model.errors import CannotWrite, FileError
from model.file_lock import acquire
from model.file_stamp import open_stamped, save_over
from model.processes import this_process
from model.recovery import CannotAutosave, DocumentCopies, Session, list_copies
from model.storage import load, save
from tests.faults import Faults
from tests.model import builders

FORMER = builders.report()
EDITED = replace(FORMER, unit_name="改过的机关")
WORDS = {
    errno.ENOSPC: "磁盘空间已满",
    errno.EACCES: "没有权限",
    errno.EROFS: "只读",
    errno.EIO: "磁盘读写出错",
    errno.EDQUOT: "配额",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ESTALE: "断开",
}
ERRORS = list(WORDS)


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    with monkeypatch.context() as patch:
        yield Faults(patch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "只读 共享"
    folder.mkdir()
    path = folder / "年报.xxgk"
    save(FORMER, path, None)
    return path


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("operation", ["create", "write", "fsync", "rename"])
def test_a_save_that_fails_says_why_and_leaves_the_former_file_whole(
    faults: Faults, file: Path, operation: str, number: int
) -> None:
    opened = open_stamped(file)
    faults.inject(operation, number, where=file.parent.name)
    with pytest.raises(CannotWrite, match=WORDS[number]) as caught:
        save_over(EDITED, file, opened.stamp, None)
    assert "原有文件没有被改动" in str(caught.value)
    assert load(file) == FORMER
    assert names(file.parent) == [file.name]


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("operation", ["create", "write", "fsync", "rename"])
def test_after_a_failed_save_the_next_one_succeeds(
    monkeypatch: pytest.MonkeyPatch, file: Path, operation: str, number: int
) -> None:
    opened = open_stamped(file)
    with monkeypatch.context() as patch:
        Faults(patch).inject(operation, number, where=file.parent.name)
        with pytest.raises(CannotWrite):
            save_over(EDITED, file, opened.stamp, None)
    save_over(EDITED, file, opened.stamp, None)
    assert load(file) == EDITED


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_a_temp_file_that_cannot_be_removed_does_not_hide_why_saving_failed(
    faults: Faults, file: Path, number: int
) -> None:
    faults.inject("unlink", errno.EACCES, where=".xxgk-")
    faults.inject("rename", number, where=".xxgk-")
    with pytest.raises(CannotWrite, match=WORDS[number]):
        save(EDITED, file, None)
    assert load(file) == FORMER


@pytest.mark.skipif(os.name == "nt", reason="Windows has no way to flush a folder")
@pytest.mark.parametrize("number", [errno.EIO, errno.EINVAL], ids=errno.errorcode.get)
def test_a_share_that_cannot_flush_a_folder_can_be_saved_to(faults: Faults, file: Path, number: int) -> None:
    faults.inject("fsync", number, after=1, where=file.parent.name)
    save(EDITED, file, None)
    assert load(file) == EDITED


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("operation", ["folder", "write", "fsync", "rename"])
def test_where_no_version_can_be_kept_the_save_goes_on_and_says_so(
    faults: Faults, file: Path, tmp_path: Path, operation: str, number: int
) -> None:
    faults.inject(operation, number, where="backups")
    done = save(EDITED, file, tmp_path / "backups")
    assert WORDS[number] in done.backup_failure
    assert load(file) == EDITED
    assert backups.list_backups(file, tmp_path / "backups") == ()


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("operation", ["folder", "create", "write", "fsync", "rename"])
def test_a_copy_that_fails_says_why_and_leaves_the_ones_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, file: Path, operation: str, number: int
) -> None:
    copies = Session(tmp_path / "recovery").open_document()
    first = write(copies, FORMER, file)
    assert first is not None
    with monkeypatch.context() as patch:
        Faults(patch).inject(operation, number, where="recovery")
        with pytest.raises(CannotAutosave, match=WORDS[number]) as caught:
            write(copies, EDITED, file)
    assert "请尽快保存" in str(caught.value)
    assert [copy.path for copy in list_copies(first.parent)] == [first]
    assert load(first) == FORMER
    assert load(file) == FORMER
    assert write(copies, EDITED, file) is not None


def write(copies: DocumentCopies, report: object, file: Path) -> Path | None:
    return copies.write(copies.snapshot(report, file, open_stamped(file).stamp))  # type: ignore[arg-type]


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("operation", ["unlink", "rename"])
def test_what_cannot_be_removed_is_no_failure(
    faults: Faults, tmp_path: Path, file: Path, operation: str, number: int
) -> None:
    session = Session(tmp_path / "recovery")
    copies = session.open_document()
    write(copies, FORMER, file)
    lock = acquire(file)
    faults.inject(operation, number)
    copies.discard()
    session.end()
    lock.release()
    recoverable.tidy(tmp_path / "recovery")


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("operation", ["write", "create", "rename"])
def test_a_lock_is_made_or_its_lack_is_told(faults: Faults, file: Path, operation: str, number: int) -> None:
    faults.inject(operation, number, where=file.parent.name)
    faults.inject("create", number, where=file.parent.name)
    lock = acquire(file)
    if not lock.is_held:
        assert WORDS[number] in lock.failure
        assert names(file.parent) == [file.name]
    lock.release()
    assert names(file.parent) == [file.name]


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("operation", ["folder", "rename"])
def test_copying_aside_says_why_it_failed(
    faults: Faults, tmp_path: Path, file: Path, operation: str, number: int
) -> None:
    faults.inject(operation, number, where="damaged")
    with pytest.raises(CannotWrite, match=WORDS[number]):
        damage.copy_aside(file, tmp_path / "damaged")
    assert load(file) == FORMER


# ---------------------------------------------------------------- a real full disk and a real read-only one

DISK = """
import os, subprocess, sys
from pathlib import Path
root = Path(sys.argv[1])
def mount(*options):
    return subprocess.run(["mount", *options, str(root)], capture_output=True).returncode == 0
if not mount("-t", "tmpfs", "-o", "size=64k", "tmpfs"):
    print("NOT RUN"); raise SystemExit
from dataclasses import replace
from model.errors import CannotWrite
from model.file_lock import acquire
from model.recovery import CannotAutosave, Session
from model.storage import load, save
from tests.model import builders
file = root / "年报.xxgk"
former = builders.report()
edited = replace(former, texts={"overview": "字" * 20000})
save(former, file, None)
def attempt(sentence):
    try:
        save(edited, file, None)
    except CannotWrite as failure:
        assert sentence in str(failure), failure
    else:
        raise AssertionError("saved")
    assert load(file) == former
    assert [entry.name for entry in root.iterdir()] == [file.name], list(root.iterdir())
attempt("磁盘空间已满")
session = Session(root)
copies = session.open_document()
try:
    copies.write(copies.snapshot(edited, file, None))
except CannotAutosave as failure:
    assert "磁盘空间已满" in str(failure), failure
session.end()
assert mount("-o", "remount,ro")
attempt("只读")
lock = acquire(file)
assert not lock.is_held and "只读" in lock.failure, lock.failure
lock.release()
print("RUN")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk of its own")
def test_on_a_disk_that_is_really_full_and_one_that_is_really_read_only(tmp_path: Path) -> None:
    command = ["unshare", "--mount", "--map-root-user", sys.executable, "-c", DISK, str(tmp_path)]
    try:
        done = subprocess.run(
            command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False, timeout=60
        )
    except FileNotFoundError:
        pytest.skip("NOT RUN: no unshare on this system")
    if "NOT RUN" in done.stdout or "unshare" in done.stderr:
        pytest.skip("NOT RUN: this user may not mount a disk")
    assert done.stdout.strip() == "RUN", done.stderr


@pytest.mark.skipif(os.name == "nt" or this_process().user == "root", reason="root may write everywhere")
def test_in_a_folder_we_may_only_read_a_report_opens_without_a_lock(file: Path) -> None:
    file.parent.chmod(0o555)
    try:
        lock = acquire(file)
        assert not lock.is_held
        with pytest.raises(FileError):
            save(EDITED, file, None)
        assert load(file) == FORMER
    finally:
        file.parent.chmod(0o755)
