"""A program killed in the middle of an export: the next start leaves nothing of it behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.folders import Folders
from gui.run import Run
from model.leftovers import temporary_name
from tests.gui.children import Start, expect, tell
from tests.gui.window_driver import copy_of_sample


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "导出 到这里"
    folder.mkdir()
    (folder / "年报.xlsx").write_bytes(b"former")
    return folder / "年报.xlsx"


def killed_while_exporting(start_child: Start, report: Path, target: Path) -> None:
    child = start_child(report)
    tell(child, f"export for ever {target}")
    expect(child, "writing")
    child.kill()
    child.wait()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_next_start_removes_the_half_document_and_what_was_noted(
    start_child: Start, run: Run, folders: Folders, qtbot: QtBot, target: Path, tmp_path: Path
) -> None:
    report = copy_of_sample(tmp_path)
    killed_while_exporting(start_child, report, target)
    assert len(names(target.parent)) == 2
    assert names(folders.recovery)
    run.recovery.search()
    qtbot.waitUntil(lambda: names(folders.recovery) == [])
    assert names(target.parent) == ["年报.xlsx"]
    assert target.read_bytes() == b"former"
    assert names(report.parent) == [report.name]


@pytest.mark.skipif(os.name == "nt", reason="links need a permission there")
def test_a_half_document_beside_the_end_of_a_link_goes_as_well(
    start_child: Start, run: Run, folders: Folders, qtbot: QtBot, target: Path, tmp_path: Path
) -> None:
    link = tmp_path / "链接.xlsx"
    link.symlink_to(target)
    killed_while_exporting(start_child, copy_of_sample(tmp_path), link)
    assert len(names(target.parent)) == 2
    run.recovery.search()
    qtbot.waitUntil(lambda: names(folders.recovery) == [])
    assert names(target.parent) == ["年报.xlsx"]


def test_what_a_living_program_is_writing_stays(
    run: Run, folders: Folders, qtbot: QtBot, target: Path
) -> None:
    living = target.parent / temporary_name()
    living.write_bytes(b"half of it")
    run.note_target(target)
    run.recovery.search()
    qtbot.waitUntil(lambda: run.searching.finish(5))
    assert living.exists()
