"""Two years of one real office in the window, by keys: taken over, locked, compared, explained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from gui.comparison_dialog import ComparisonDialog
from gui.findings_drawer import ReasonEditor
from gui.main_window import MainWindow
from gui.notice_bar import NoticeBar
from gui.table_page import TablePage
from model import storage
from model.blocks import write_text
from model.catalogue import load_form
from model.cells import CellId
from model.copying import whole_table_rows
from model.document import Document
from model.report import Report
from tests.gui.conftest import Answers
from tests.gui.window_driver import (
    CONTROL,
    SHIFT,
    document,
    focused,
    press,
    trigger,
    type_text,
    workspace,
)

Key = Qt.Key
FORM = load_form("2021")
REPORTS = Path(__file__).parent.parent / "data" / "reports"
FORMER, LATER = REPORTS / "pingtan_2021.xxgk", REPORTS / "pingtan_2022.xxgk"
IN = CellId("requests", "carried_in", "natural_person")
RECEIVED = IN._replace(row="received")
IN_FORCE = CellId("disclosure", "normative_documents", "in_force")
REASON = "清理时另废止往年文件两件"


@pytest.fixture
def begun(window: MainWindow, answers: Answers, tmp_path: Path) -> MainWindow:
    """Return a window with the report of 2022 begun from that of 2021, on table 三."""
    path = tmp_path / "2021.xxgk"
    path.write_bytes(FORMER.read_bytes())
    window.resize(1366, 768)
    answers.give("ask_report_to_read", path)
    trigger(window, "new_from_last")
    show(window, "requests")
    return window


def show(window: MainWindow, table: str) -> TablePage:
    workspace(window).go_to(table)
    workspace(window).focus_page()
    page = workspace(window).table_page()
    assert page is not None
    return page


def go(window: MainWindow, cell: CellId) -> None:
    workspace(window).go_to_place(cell.table, cell)
    workspace(window).focus_page()


def value(window: MainWindow, cell: CellId) -> object:
    return document(window).report.inputs.get(cell)


def across_years(window: MainWindow) -> dict[str, bool]:
    """Return the 核实 against last year's figures, and whether each is explained."""
    kinds = ("carried_in.", "in_force.", "fees_scale")
    found = window.findings.model.findings
    return {one.code: one.is_explained for one in found if one.code.startswith(kinds)}


def paste_whole(window: MainWindow, report: Report, table: str) -> None:
    """Paste a whole table of a report by keys and take the offer of 整表粘贴."""
    page = show(window, table)
    rows = list(whole_table_rows(FORM.table(table), Document(FORM, report).sheet))
    QApplication.clipboard().setText(write_text(rows))
    press(Key.Key_Home, CONTROL)
    press(Key.Key_V, CONTROL)
    offers = page.findChild(NoticeBar).findChildren(QPushButton)
    offers[0].click()


def test_what_was_carried_over_is_there_locked_and_suggested(begun: MainWindow) -> None:
    made, former = document(begun).report, storage.load(FORMER)
    out = {cell: number for cell, number in former.inputs.items() if cell.row == "carried_out"}
    assert made.inputs == {cell._replace(row="carried_in"): number for cell, number in out.items()}
    assert set(made.locks) == set(made.inputs)
    assert (made.year, made.unit_name, made.unit_level) == (2022, former.unit_name, former.unit_level)
    go(begun, IN_FORCE._replace(column="made"))
    type_text("88\n")
    go(begun, IN_FORCE._replace(column="repealed"))
    type_text("55\n")
    go(begun, IN_FORCE)
    press(Key.Key_Space)
    assert value(begun, IN_FORCE) == 665 + 88 - 55


def fill_from_above(window: MainWindow) -> None:
    go(window, RECEIVED)
    type_text("7\n")
    go(window, IN)
    press(Key.Key_D, CONTROL)


def fill_from_the_left(window: MainWindow) -> None:
    go(window, IN)
    press(Key.Key_Right, SHIFT)
    press(Key.Key_R, CONTROL)


def fill_selection(window: MainWindow) -> None:
    go(window, RECEIVED)
    press(Key.Key_Down, SHIFT)
    type_text("9")
    press(Key.Key_Return, CONTROL)


def paste_over(window: MainWindow) -> None:
    go(window, RECEIVED)
    QApplication.clipboard().setText("5\n6\n7\n")
    press(Key.Key_V, CONTROL)


def cut_all(window: MainWindow) -> None:
    press(Key.Key_A, CONTROL)
    press(Key.Key_X, CONTROL)


def edit_in_place(window: MainWindow) -> None:
    go(window, IN)
    press(Key.Key_F2)
    type_text("9\n")


@pytest.mark.parametrize(
    "act",
    [
        lambda window: (go(window, IN), type_text("9\n")),
        edit_in_place,
        lambda window: (go(window, IN), press(Key.Key_Delete)),
        lambda window: (go(window, IN), press(Key.Key_Backspace)),
        cut_all,
        paste_over,
        fill_selection,
        fill_from_above,
        fill_from_the_left,
        lambda window: trigger(window, "clear_table"),
        lambda window: trigger(window, "fill_zero"),
    ],
    ids=[
        *("typing", "F2", "delete", "backspace", "cut", "paste", "fill", "fill down", "fill right"),
        *("clear table", "zeros"),
    ],
)
def test_a_lock_keeps_its_figure_whatever_is_done_by_hand(
    begun: MainWindow, act: Callable[[MainWindow], object]
) -> None:
    before = {cell: document(begun).report.inputs[cell] for cell in document(begun).report.locks}
    act(begun)
    assert {cell: document(begun).report.inputs.get(cell) for cell in before} == before


def test_zeros_leave_a_locked_blank_alone(begun: MainWindow) -> None:
    document(begun).set_cells("清除", {IN: None})
    show(begun, "requests")
    trigger(begun, "fill_zero")
    assert value(begun, RECEIVED) == 0
    assert value(begun, IN) is None
    trigger(begun, "undo")
    trigger(begun, "undo")
    assert value(begun, IN) == 1


def test_the_next_year_s_tables_pasted_whole_agree_with_last_year(begun: MainWindow) -> None:
    later = storage.load(LATER)
    for table in ("disclosure", "requests", "review"):
        paste_whole(begun, later, table)
    assert {cell: document(begun).sheet[cell] for cell in FORM.cells} == dict(Document(FORM, later).sheet)
    assert across_years(begun) == {}
    assert not any(one.code.startswith("balance") for one in begun.findings.model.findings)


def test_an_unlocked_figure_that_differs_asks_and_one_key_takes_last_year_s_again(
    begun: MainWindow, answers: Answers
) -> None:
    go(begun, IN)
    answers.give("ask_unlock_reason", "上年漏报四件")
    trigger(begun, "unlock")
    type_text("5\n")
    assert across_years(begun) == {"carried_in.natural_person": False}
    go(begun, IN)
    press(Key.Key_F4)
    while begun.findings.current is None or begun.findings.current.code != "carried_in.natural_person":
        press(Key.Key_F4)
    press(Key.Key_Period, CONTROL)
    assert value(begun, IN) == 1
    assert across_years(begun) == {}
    trigger(begun, "undo")
    assert value(begun, IN) == 5
    assert document(begun).report.locks[IN] == {"reason": "上年漏报四件"}


def test_another_file_of_last_year_opens_the_reasons_that_were_given(
    begun: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    paste_whole(begun, storage.load(LATER), "disclosure")
    go(begun, IN_FORCE)
    type_text("696\n")
    assert across_years(begun) == {"in_force.normative_documents": False}
    press(Key.Key_F7)
    assert isinstance(focused(), ReasonEditor)
    begun.findings.drawer().reason.insertPlainText(REASON)
    press(Key.Key_Return)
    assert across_years(begun) == {"in_force.normative_documents": True}
    former = storage.load(FORMER)
    other = Document(FORM, former)
    other.set_cells("更正", {IN_FORCE: 660})
    path = tmp_path / "2021更正.xxgk"
    storage.save(other.report, path, None)
    answers.give("ask_report_to_read", path)
    trigger(begun, "take_last_year")
    assert across_years(begun) == {"in_force.normative_documents": False}
    trigger(begun, "undo")
    assert across_years(begun) == {"in_force.normative_documents": True}


def test_both_years_are_compared_place_by_place(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    mine = tmp_path / "2022.xxgk"
    mine.write_bytes(LATER.read_bytes())
    assert window.open_path(mine)
    answers.give("ask_report_to_read", FORMER)
    trigger(window, "compare")
    dialog = window.findChild(ComparisonDialog)
    rows = range(dialog.list.rowCount())
    listed = {
        dialog.list.item(row, 0).text(): (dialog.list.item(row, 1).text(), dialog.list.item(row, 2).text())
        for row in rows
    }
    assert len(listed) == 49
    label = next(name for name in listed if "行政规范性文件·现行有效件数" in name)
    assert listed[label] == ("665", "698")
    row = next(row for row in rows if dialog.list.item(row, 0).text() == label)
    dialog.list.setCurrentCell(row, 0)
    QTest.keyClick(dialog.list, Key.Key_Return)
    page = workspace(window).table_page()
    assert page is not None
    assert page.current_cell() == IN_FORCE
    assert dialog.isVisible()
    dialog.close()
