"""A file that someone else changed is noticed before it is overwritten."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from model import file_stamp
from model.errors import BadContent, CannotRead, FileMissing
from model.file_stamp import (
    ChangedOnDisk,
    DiskChange,
    change_since,
    open_stamped,
    save_over,
    seems_untouched,
    take,
)
from model.storage import load, save
from tests.model import builders

REPORT = builders.report()
OTHER = replace(REPORT, unit_name="另一个机关")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "年报.xxgk"
    save(REPORT, path, None)
    return path


def test_what_was_opened_is_saved_over(file: Path, tmp_path: Path) -> None:
    opened = open_stamped(file)
    assert opened.report == REPORT
    done = save_over(OTHER, file, opened.stamp, tmp_path / "backups")
    assert load(file) == OTHER
    assert done.stamp == take(file)
    save_over(REPORT, file, done.stamp, None)


@pytest.mark.parametrize("keeps_time", [False, True])
def test_a_digit_changed_in_place_is_noticed(file: Path, keeps_time: bool) -> None:
    opened = open_stamped(file)
    status = file.stat()
    file.write_bytes(file.read_bytes().replace(b"2023", b"2024"))
    if keeps_time:
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    changed = file.read_bytes()
    with pytest.raises(ChangedOnDisk, match="改过") as caught:
        save_over(OTHER, file, opened.stamp, None)
    assert caught.value.change is DiskChange.CHANGED
    assert file.read_bytes() == changed
    save_over(OTHER, file, take(file), None)
    assert load(file) == OTHER


def test_a_file_that_was_only_touched_is_no_change(file: Path) -> None:
    opened = open_stamped(file)
    assert seems_untouched(file, opened.stamp)
    os.utime(file, (1, 1))
    assert not seems_untouched(file, opened.stamp)
    assert change_since(file, opened.stamp) is DiskChange.NONE


def test_a_file_deleted_while_open_is_noticed_and_can_be_saved_again(file: Path) -> None:
    opened = open_stamped(file)
    file.unlink()
    assert not seems_untouched(file, opened.stamp)
    with pytest.raises(ChangedOnDisk, match="移走、改名或删除") as caught:
        save_over(OTHER, file, opened.stamp, None)
    assert caught.value.change is DiskChange.GONE
    save_over(OTHER, file, None, None)
    assert load(file) == OTHER


def test_a_file_that_appeared_where_none_was_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "新.xxgk"
    assert take(path) is None
    save(OTHER, path, None)
    with pytest.raises(ChangedOnDisk):
        save_over(REPORT, path, None, None)
    assert load(path) == OTHER


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(CannotRead):
        take(tmp_path)
    with pytest.raises(FileMissing):
        open_stamped(tmp_path / "没有.xxgk")


def test_a_damaged_file_is_refused_as_on_opening(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b'"form"', b'"from"'))
    with pytest.raises(BadContent):
        open_stamped(file)


def test_a_file_being_rewritten_is_read_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = file_stamp.load
    rewrites = [OTHER]

    def load_slowly(path: Path) -> object:
        report = real(path)
        if rewrites:
            save(rewrites.pop(), path, None)
        return report

    monkeypatch.setattr(file_stamp, "load", load_slowly)
    opened = open_stamped(file)
    assert opened.report == OTHER
    assert opened.stamp == take(file)


def test_a_file_that_is_always_rewritten_is_given_up(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    years = iter(range(2000, 2100))

    def load_never(path: Path) -> object:
        save(replace(REPORT, year=next(years)), path, None)
        return load(path)

    monkeypatch.setattr(file_stamp, "load", load_never)
    with pytest.raises(CannotRead, match="其他程序"):
        open_stamped(file)
