"""Saving when the system refuses: the former file stays whole, no temp file stays, the sentence is clear."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from model.atomic import write_atomically
from model.errors import AppError, CannotWrite, SavedFileDiffers, WrittenDiffers
from model.report import Report
from model.storage import encode, load, save
from tests.model.builders import balanced

FORMER = Report(form="2021", year=2020, unit_name="旧")
NEW = balanced()

FAILURES = [
    (errno.ENOSPC, "磁盘空间已满"),
    (errno.EDQUOT, "磁盘配额已用完"),
    (errno.EACCES, "没有权限"),
    (errno.EPERM, "没有权限"),
    (errno.EROFS, "只读"),
    (errno.EBUSY, "正被其他程序打开"),
    (errno.ETXTBSY, "正被其他程序打开"),
    (errno.EIO, "磁盘读写出错"),
    (errno.ENAMETOOLONG, "文件名太长"),
    (errno.EINVAL, "不允许的字符"),
    (9999, "系统错误 9999"),
]


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """A saved report, alone in its folder; afterwards nothing may lie beside it."""
    folder = tmp_path / "报告"
    folder.mkdir()
    file = folder / "年报.xxgk"
    save(FORMER, file, None)
    yield file
    assert [entry.name for entry in folder.iterdir()] == ["年报.xxgk"]


def refuse(code: int) -> Callable[..., NoReturn]:
    def fail(*args: object, **kwargs: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return fail


def assert_refused(path: Path, reason: str) -> None:
    with pytest.raises(CannotWrite) as refused:
        save(NEW, path, None)
    sentence = str(refused.value)
    assert isinstance(refused.value, AppError)
    assert f"无法写入“{path}”" in sentence
    assert reason in sentence
    assert "原有文件没有被改动" in sentence
    assert load(path) == FORMER


# ---------------------------------------------------------------- at every step of writing


@pytest.mark.parametrize(("code", "reason"), FAILURES)
def test_a_failing_flush_leaves_the_former_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, reason: str
) -> None:
    monkeypatch.setattr(os, "fsync", refuse(code))
    assert_refused(path, reason)


@pytest.mark.parametrize("step", ["touch", "write_bytes", "replace"])
@pytest.mark.parametrize(("code", "reason"), FAILURES[:4])
def test_a_failure_at_any_step_leaves_the_former_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int, reason: str
) -> None:
    monkeypatch.setattr(Path, step, refuse(code))
    assert_refused(path, reason)


def test_a_disk_that_fills_up_in_the_middle_leaves_the_former_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def write_half(self: Path, data: bytes) -> NoReturn:
        write(self, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_half)
    assert_refused(path, "磁盘空间已满")


def test_a_file_that_reads_back_otherwise_never_replaces_the_former(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda self, data: write(self, data[:-2] + b"} "))
    with pytest.raises(WrittenDiffers, match="原有文件未被改动"):
        save(NEW, path, None)
    monkeypatch.undo()
    assert load(path) == FORMER


def test_an_interruption_leaves_the_former_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*args: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(NEW, path, None)
    assert load(path) == FORMER


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_file_that_windows_finds_busy_is_tried_again(
    path: Path, monkeypatch: pytest.MonkeyPatch, winerror: int
) -> None:
    replace, tries = Path.replace, []

    def busy_twice(self: Path, target: Path) -> Path:
        tries.append(target)
        if len(tries) < 3:
            failure = PermissionError(errno.EACCES, "busy")
            failure.winerror = winerror  # type: ignore[attr-defined]
            raise failure
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", busy_twice)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    save(NEW, path, None)
    assert load(path) == NEW
    assert len(tries) == 3


def test_a_file_that_stays_busy_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*args: object) -> NoReturn:
        failure = PermissionError(errno.EACCES, "busy")
        failure.winerror = 32  # type: ignore[attr-defined]
        raise failure

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    assert_refused(path, "文件正被其他程序打开")


def test_a_refused_mode_or_folder_flush_does_not_fail_a_save_that_is_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_any = os.open

    def open_no_folder(target: Any, flags: int, *more: Any, **named: Any) -> int:
        return refuse(errno.EACCES)() if Path(target).is_dir() else open_any(target, flags, *more, **named)

    monkeypatch.setattr(Path, "chmod", refuse(errno.EPERM))
    monkeypatch.setattr(os, "open", open_no_folder)
    save(NEW, path, None)
    monkeypatch.undo()
    assert load(path) == NEW


# ---------------------------------------------------------------- where a report cannot go


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    target = tmp_path / "folder.xxgk"
    target.mkdir()
    with pytest.raises(CannotWrite, match="这是一个文件夹"):
        save(NEW, target, None)
    assert list(tmp_path.iterdir()) == [target]
    assert list(target.iterdir()) == []


def test_a_folder_that_does_not_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="文件夹不存在"):
        save(NEW, tmp_path / "gone" / "a.xxgk", None)
    assert list(tmp_path.iterdir()) == []


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite, match="不是文件夹"):
        save(NEW, tmp_path / "file" / "a.xxgk", None)


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="文件名太长"):
        save(NEW, tmp_path / f"{'报' * 200}.xxgk", None)
    assert list(tmp_path.iterdir()) == []


def test_a_file_marked_read_only_is_not_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda target, mode: False)
    assert_refused(path, "没有权限")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_or_device_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CannotWrite, match="不是普通文件"):
        write_atomically(tmp_path / "pipe", lambda temporary: None)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_link_in_a_circle_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop.xxgk"
    loop.symlink_to(loop)
    with pytest.raises(CannotWrite, match="绕成了圈"):
        save(NEW, loop, tmp_path / "backups")
    assert loop.is_symlink()


# ---------------------------------------------------------------- what is kept


def test_a_link_is_followed_and_stays_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xxgk"
    link.symlink_to(path)
    save(NEW, link, None)
    assert link.is_symlink()
    assert load(path) == NEW


def test_a_link_to_nothing_yet_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link.xxgk").symlink_to(tmp_path / "new.xxgk")
    save(NEW, tmp_path / "link.xxgk", None)
    assert (tmp_path / "link.xxgk").is_symlink()
    assert load(tmp_path / "new.xxgk") == NEW


@pytest.mark.skipif(os.name != "posix", reason="needs file modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_mode_of_the_former_file_is_kept(path: Path, mode: int) -> None:
    path.chmod(mode)
    save(NEW, path, None)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(sys.platform == "win32", reason="needs groups")
def test_the_group_of_the_former_file_is_kept_where_we_may(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sys.platform != "win32"
    others = [group for group in (*os.getgroups(), 60_000) if group != path.stat().st_gid]
    group = others[0]
    try:
        os.chown(path, -1, group)
    except PermissionError:
        pytest.skip("this user is in one group only")
    save(NEW, path, None)
    assert path.stat().st_gid == group
    monkeypatch.setattr(os, "chown", refuse(errno.EPERM))
    save(FORMER, path, None)
    assert load(path) == FORMER


@pytest.mark.skipif(os.name != "posix", reason="needs file modes")
def test_a_new_file_gets_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    save(NEW, tmp_path / "a.xxgk", None)
    assert (tmp_path / "a.xxgk").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_content_is_flushed_before_it_takes_its_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    flush, replace = os.fsync, Path.replace

    def note_flush(descriptor: int) -> None:
        steps.append("flush")
        flush(descriptor)

    def note_replace(self: Path, target: Path) -> Path:
        steps.append("replace")
        assert self.read_bytes() == encode(NEW)
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", note_flush)
    monkeypatch.setattr(Path, "replace", note_replace)
    save(NEW, path, None)
    assert steps[:2] == ["flush", "replace"]


# ---------------------------------------------------------------- backups


def test_the_former_version_is_kept(path: Path, tmp_path: Path) -> None:
    saved = save(NEW, path, tmp_path / "backups")
    assert saved.backup is not None
    assert saved.backup_failure == ""
    assert load(saved.backup) == FORMER


def test_the_first_save_has_no_former_version(tmp_path: Path) -> None:
    saved = save(NEW, tmp_path / "a.xxgk", tmp_path / "backups")
    assert (saved.backup, saved.backup_failure) == (None, "")


def test_a_backup_that_fails_is_told_and_the_report_is_saved(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "backups").mkdir()
    save(NEW, path, tmp_path / "backups")
    with monkeypatch.context() as patched:
        patched.setattr("shutil.copyfile", refuse(errno.ENOSPC))
        saved = save(FORMER, path, tmp_path / "backups")
    assert "磁盘空间已满" in saved.backup_failure
    assert load(path) == FORMER


def test_a_file_changed_by_others_right_after_saving_is_noticed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace: Any = Path.replace

    def replace_and_spoil(self: Path, target: Path) -> Path:
        done: Path = replace(self, target)
        target.write_bytes(b"spoiled")
        return done

    monkeypatch.setattr(Path, "replace", replace_and_spoil)
    with pytest.raises(SavedFileDiffers, match="请另存到别处"):
        save(NEW, path, None)
    monkeypatch.setattr(Path, "replace", lambda self, target: replace(self, target).unlink())
    with pytest.raises(SavedFileDiffers):
        save(NEW, path, None)
    path.touch()
