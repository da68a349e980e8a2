"""Dated versions of every file saved: restorable, bounded, in order whatever the clock says."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given

from model import backups
from model.catalogue import load_form
from model.damage import copy_aside, examine, newest_good_backup
from model.document import Document
from model.errors import CannotRead, CannotWrite, FileError, NewerVersion
from model.report import Report
from model.restoring import differences, open_as_edit, patch, restore
from model.storage import Saved, load, save
from tests import strategies
from tests.model import builders

REPORT = builders.report()
DAY = 86400.0


def saved(year: int) -> Report:
    return replace(REPORT, year=year)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "张三 的文件"
    folder.mkdir()
    return folder / "年报.xxgk"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "data" / "backups"


def years(file: Path, kept: Path) -> list[int | None]:
    return [load(backup.path).year for backup in backups.list_backups(file, kept)]


def test_every_save_leaves_a_version_the_last_one_too(file: Path, kept: Path) -> None:
    assert save(saved(2001), file, kept) == Saved(None)
    assert save(saved(2002), file, kept).backup is not None
    save(saved(2003), file, kept)
    assert years(file, kept) == [2003, 2002, 2001]


def test_saving_the_same_again_leaves_no_further_version(file: Path, kept: Path) -> None:
    for _ in range(3):
        save(REPORT, file, kept)
    assert len(backups.versions(file, kept)) == 1


def test_what_someone_else_wrote_is_kept_before_it_is_overwritten(file: Path, kept: Path) -> None:
    save(saved(2001), file, kept)
    save(saved(1999), file, None)
    save(saved(2002), file, kept)
    assert years(file, kept) == [2002, 1999, 2001]


def test_the_last_twenty_are_kept(file: Path, kept: Path) -> None:
    for year in range(2000, 2025):
        save(saved(year), file, kept)
    assert years(file, kept) == list(range(2024, 2004, -1))


def test_versions_keep_their_order_when_the_clock_is_set_back(file: Path, kept: Path) -> None:
    for year, moment in [(2001, "2099-01-01"), (2002, "2024-01-20"), (2003, "1999-01-01")]:
        save(saved(year), file, None)
        backups.keep(file, kept, lambda moment=moment: datetime.fromisoformat(moment))
    found = backups.list_backups(file, kept)
    assert [load(backup.path).year for backup in found] == [2003, 2002, 2001]
    assert [backup.at.year for backup in found] == [1999, 2024, 2099]


def test_a_version_is_dated_by_the_file_it_copies(file: Path, kept: Path) -> None:
    save(REPORT, file, None)
    os.utime(file, (1_600_000_000, 1_600_000_000))
    backups.keep(file, kept)
    assert backups.list_backups(file, kept)[0].at == datetime.fromtimestamp(1_600_000_000)


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path, kept: Path) -> None:
    for number, name in enumerate(("甲", "乙")):
        (tmp_path / name).mkdir()
        save(saved(2001 + number), tmp_path / name / "年报.xxgk", kept)
    assert years(tmp_path / "甲" / "年报.xxgk", kept) == [2001]
    assert len(backups.list_origins(kept)) == 2


def test_versions_of_a_file_that_is_gone_are_still_found(file: Path, kept: Path) -> None:
    save(REPORT, file, kept)
    file.unlink()
    (origin,) = backups.list_origins(kept)
    assert origin.path == file.resolve()
    assert load(origin.backups[0].path) == REPORT


def test_other_things_in_the_folder_do_not_disturb(file: Path, kept: Path) -> None:
    save(REPORT, file, kept)
    own = backups.versions(file, kept)[0].parent
    for name in ("说明.txt", "000009-20241399-999999.xxgk", ".xxgk-x.tmp", "000010.xxgk"):
        (own / name).touch()
    (own / "origin.txt").unlink()
    assert len(backups.versions(file, kept)) == 1
    assert backups.list_origins(kept)[0].path.name == own.name
    assert backups.list_origins(kept / "没有") == ()


@pytest.mark.parametrize("moment", [1e12, -1e11, -5e10])
def test_a_file_with_a_time_of_no_calendar_is_kept_all_the_same(
    file: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, moment: float
) -> None:
    save(saved(2001), file, None)
    stat = Path.stat

    def status(path: Path, **more: bool) -> os.stat_result:
        told = stat(path, **more)
        if path != file:
            return told
        values = list(told)
        values[8] = int(moment)
        return os.stat_result(values)

    monkeypatch.setattr(Path, "stat", status)
    assert backups.keep(file, kept) is not None
    assert years(file, kept) == [2001]


def test_a_note_of_the_file_that_a_full_disk_cut_off_is_written_anew(file: Path, kept: Path) -> None:
    save(saved(2001), file, kept)
    note = next(kept.iterdir()) / "origin.txt"
    for rest in (b"", b"/tmp/\xe5"):
        note.write_bytes(rest)
        assert backups.list_origins(kept)[0].path.name
        save(saved(2002 + len(rest)), file, kept)
        assert backups.list_origins(kept)[0].path == file


def test_tidying_bounds_age_but_leaves_the_newest(file: Path, kept: Path) -> None:
    for year in range(2001, 2011):
        save(saved(year), file, kept)
    assert backups.tidy(kept) == 0
    assert backups.tidy(kept, time.time() + (backups.OLDEST_DAYS + 1) * DAY) == 7
    assert years(file, kept) == [2010, 2009, 2008]
    assert backups.tidy(kept, 0.0) == 0


def test_tidying_bounds_the_number_over_all_files(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "MOST", 2)
    for name in "甲乙丙":
        for year in (2001, 2002, 2003):
            save(saved(year), tmp_path / f"{name}.xxgk", kept)
    assert backups.tidy(kept) == 4
    assert all(years(tmp_path / f"{name}.xxgk", kept)[0] == 2003 for name in "甲乙丙")


def test_purging_removes_every_version(file: Path, kept: Path) -> None:
    save(saved(2001), file, kept)
    save(saved(2002), file, kept)
    assert backups.purge(kept) == 2
    assert not kept.exists()
    assert backups.purge(kept) == 0
    assert load(file).year == 2002


def test_a_save_goes_on_where_no_version_can_be_kept(file: Path, kept: Path) -> None:
    save(saved(2001), file, None)
    kept.parent.mkdir(parents=True)
    kept.write_text("a file where the folder should be", encoding="ascii")
    done = save(saved(2002), file, kept)
    assert "没有备份成" in done.backup_failure
    assert load(file).year == 2002


# ---------------------------------------------------------------- restoring


def test_a_version_is_restored_as_one_edit_that_can_be_undone(file: Path, kept: Path) -> None:
    other = builders.report(
        {**builders.balanced_inputs(), "requests.granted.natural_person": None},
        {"requests.granted.total": 5},
        unit_name="旧名",
        texts={"other": "旧文"},
        previous=builders.report().previous,
    )
    document = Document(load_form("2021"), REPORT, file)
    change = restore(document, other, "恢复备份")
    assert change is not None
    assert document.report == other
    assert document.is_modified
    assert document.undo_label == "恢复备份"
    document.undo()
    assert document.report == REPORT
    assert not document.is_modified
    assert restore(document, REPORT) is None
    assert patch(REPORT, REPORT) == {}


@given(strategies.reports(), strategies.reports())
def test_any_report_is_restored_over_any_other(one: Report, other: Report) -> None:
    document = Document(load_form("2021"), one)
    restore(document, other)
    assert replace(document.report, unit_extra={}) == replace(other, unit_extra={})
    while document.undo():
        pass
    assert document.report == one


def test_what_is_recovered_or_salvaged_opens_as_an_edit_of_the_file(file: Path) -> None:
    other = replace(saved(2001), unit_extra={"电话": "1"}, modified_outside=True)
    document = open_as_edit(other, REPORT, file)
    assert (document.report, document.path) == (replace(other, unit_extra={}), file)
    assert document.is_modified
    untitled = open_as_edit(other, None, None)
    assert untitled.report == other
    assert untitled.report.modified_outside
    assert untitled.is_modified


def test_a_report_of_another_edition_is_not_restored_into_this_document() -> None:
    document = Document(load_form("2021"), REPORT)
    with pytest.raises(ValueError, match="2019"):
        restore(document, replace(REPORT, form="2019"))


def test_differences_are_counted_for_a_line() -> None:
    given = {**builders.balanced_inputs(), "requests.granted.natural_person": 999}
    other = builders.report(given, unit_name="旧名", texts={**builders.TEXTS, "other": "旧文"})
    told = differences(REPORT, other)
    assert (told.cells, told.texts, len(told.items)) == (1, 1, 3)
    assert told.summary == "1 个单元格、1 段文字、单位信息"
    assert differences(REPORT, REPORT).summary == "没有不同"
    assert differences(None, REPORT).cells == len(REPORT.inputs)


# ---------------------------------------------------------------- damaged files


def failure_of(file: Path) -> FileError:
    with pytest.raises(FileError) as caught:
        load(file)
    return caught.value


def test_of_a_damaged_file_what_can_be_read_and_the_newest_good_version_are_offered(
    file: Path, kept: Path
) -> None:
    for year in (2001, 2002, 2003):
        save(saved(year), file, kept)
    backups.versions(file, kept)[0].write_bytes(b"\0" * 100)
    file.write_bytes(file.read_bytes()[:2000])
    damage = examine(file, failure_of(file), kept)
    assert damage.salvaged is not None
    assert damage.salvaged.lost
    assert damage.backup is not None
    assert damage.backup.report.year == 2002
    assert damage.path == file


def test_a_file_of_a_newer_program_is_no_damage(file: Path, kept: Path) -> None:
    file.write_text('{"format": "xxgk", "version": 99, "form": "2021", "year": 2021}', encoding="ascii")
    failure = failure_of(file)
    assert isinstance(failure, NewerVersion)
    assert examine(file, failure, kept).salvaged is None
    assert newest_good_backup(file, kept) is None


def test_a_damaged_file_is_copied_aside_byte_for_byte(file: Path, tmp_path: Path) -> None:
    aside = tmp_path / "data" / "damaged"
    for number in range(25):
        file.write_bytes(b"\xff\0" + bytes([number]))
        copy = copy_aside(file, aside)
        assert copy.read_bytes() == file.read_bytes()
        os.utime(copy, (1e9 - number, 1e9 - number))
    assert len(list(aside.iterdir())) == 20


def test_copying_aside_says_why_it_cannot(file: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotRead):
        copy_aside(file, tmp_path)
    file.write_bytes(b"x")
    blocked = tmp_path / "blocked"
    blocked.touch()
    with pytest.raises(CannotWrite):
        copy_aside(file, blocked)
