"""A pasted table whose （六） is one row: the window asks about it until it is divided or explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from gui.findings_drawer import ReasonEditor
from gui.main_window import MainWindow
from gui.notice_bar import NoticeBar
from gui.status_line import verdict
from model import storage
from model.cells import CellId
from model.report import Report
from tests.gui.window_driver import CONTROL, document, focused, press, trigger, type_text, workspace
from tests.merged_source import merged_rows_text
from tests.model.builders import TEXTS

Key = Qt.Key
CODE = "merged_rows.otherwise"
OTHER = CellId("requests", "other_other", "natural_person")
SOURCE = Report("2021", inputs={OTHER: 5, OTHER._replace(row="received"): 5})
REASON = "台账显示五件都是申请人主动撤回"


@pytest.fixture
def pasted(window: MainWindow, tmp_path: Path) -> MainWindow:
    """Return a window into whose table 三 such a table was pasted whole, by keys."""
    path = tmp_path / "年报.xxgk"
    storage.save(Report("2021", 2021, "某县人民政府", "县级", texts=TEXTS), path, None)
    assert window.open_path(path)
    workspace(window).go_to("requests")
    workspace(window).focus_page()
    QApplication.clipboard().setText(merged_rows_text(SOURCE))
    press(Key.Key_V, CONTROL)
    page = workspace(window).table_page()
    assert page is not None
    offer = page.findChild(NoticeBar).findChildren(QPushButton)[0]
    assert offer.text().startswith("整表粘贴")
    offer.click()
    return window


def asked(window: MainWindow) -> list[bool]:
    """Return for each finding about merged rows whether it is explained."""
    return [finding.is_explained for finding in window.findings.model.findings if finding.code == CODE]


def test_the_row_asks_at_its_place_and_undo_takes_all_back(pasted: MainWindow) -> None:
    assert document(pasted).report.inputs[OTHER] == 5
    assert asked(pasted) == [False]
    assert "核实 1" in verdict(pasted.findings.model.findings)
    workspace(pasted).focus_page()
    press(Key.Key_F4)
    assert pasted.findings.current is not None
    assert pasted.findings.current.code == CODE
    table = workspace(pasted).table_page()
    assert table is not None
    assert table.current_cell() == OTHER
    trigger(pasted, "undo")
    assert (asked(pasted), document(pasted).report.inputs) == ([], {})


def test_it_asks_again_after_saving_and_opening_until_it_is_explained(pasted: MainWindow) -> None:
    path = document(pasted).path
    assert path is not None
    trigger(pasted, "save")
    pasted.close_report()
    assert pasted.open_path(path)
    assert asked(pasted) == [False]
    workspace(pasted).focus_page()
    press(Key.Key_F7)
    assert isinstance(focused(), ReasonEditor)
    pasted.findings.drawer().reason.insertPlainText(REASON)
    press(Key.Key_Return)
    assert asked(pasted) == [True]
    trigger(pasted, "save")
    assert REASON in [note.text for note in storage.load(path).notes]


def test_typing_a_number_into_another_row_of_the_group_ends_it(pasted: MainWindow) -> None:
    workspace(pasted).go_to_place("requests", OTHER._replace(row="other_unpaid"))
    type_text("2\n")
    type_text("3\n")
    assert document(pasted).report.inputs[OTHER] == 3
    assert asked(pasted) == []
    trigger(pasted, "undo")
    trigger(pasted, "undo")
    assert asked(pasted) == [False]
