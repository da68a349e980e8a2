"""A table page as others use it: findings, places, zoom, commands, help, find, comparison, accessibility."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.cell_states import MarkKind, Side
from gui.comparison_strip import ComparisonStrip
from gui.find_bar import FindBar
from gui.row_help import RowHelp
from gui.table_menu import TableMenu
from model.cells import Value
from model.report import Address, Note, Part, Previous
from tests.gui.table_bench import CONTROL, FORM, PLAIN, SHIFT, Bench, cell, report

Key = Qt.Key
Make = Callable[..., Bench]


@pytest.fixture
def table(qtbot: QtBot) -> Make:
    def make(table: str = "requests", inputs: dict[str, Value] | None = None, **other: object) -> Bench:
        return Bench(qtbot, table, report(inputs, **other))

    return make


@pytest.fixture
def wrong_total(table: Make) -> Bench:
    """A table whose source printed 64 where the columns give 68."""
    given = {"requests.received.natural_person": 68, "requests.granted.natural_person": 68}
    return table(inputs=given, stated={cell("requests.granted.total"): 64})


# ---------------------------------------------------------------- layout


@pytest.mark.parametrize("name", ["disclosure", "requests", "review"])
def test_every_table_fits_a_small_screen_without_horizontal_scrolling(table: Make, name: str) -> None:
    bench = table(name)
    assert bench.page.width() == 846
    assert bench.view.horizontalScrollBar().maximum() == 0


def test_labels_and_headers_stay_in_view_while_scrolling(table: Make) -> None:
    bench = table()
    bench.page.resize(500, 300)
    bench.press(Key.Key_End, modifier=CONTROL)
    assert bench.view.horizontalScrollBar().value() > 0
    assert bench.view.verticalScrollBar().value() > 0
    assert bench.view.verticalHeader().isVisible()
    assert bench.view.horizontalHeader().isVisible()
    assert bench.view.horizontalHeader().geometry().top() == 0


@pytest.mark.parametrize("percent", [60, 100, 150, 200])
def test_zoom_changes_the_size_of_the_type(table: Make, percent: int) -> None:
    bench = table()
    before = bench.view.font().pointSizeF()
    bench.page.set_zoom(percent)
    assert bench.view.font().pointSizeF() == pytest.approx(before * percent / 100)


def test_zoom_is_asked_for_by_wheel_and_keys_within_its_bounds(table: Make) -> None:
    bench = table()
    asked: list[int] = []
    bench.page.zoom_requested.connect(asked.append)
    turn_wheel(bench.view.viewport(), 120, CONTROL)
    turn_wheel(bench.view.viewport(), -120, CONTROL)
    turn_wheel(bench.page, 120, CONTROL)  # the page takes what its parts leave
    bench.press(Key.Key_0, modifier=CONTROL)
    bench.page.set_zoom(200)
    bench.press(Key.Key_Plus, modifier=CONTROL)
    assert asked == [110, 90, 110, 100, 200]


def test_the_wheel_scrolls_the_table_from_what_stands_round_it(table: Make) -> None:
    bench = table()
    turn_wheel(bench.page, -120, PLAIN)
    assert bench.view.verticalScrollBar().value() > 0


def turn_wheel(part: QWidget, turn: int, modifier: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, modifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(part, event)


# ---------------------------------------------------------------- findings


def test_a_stated_total_that_differs_is_seen_at_the_total(wrong_total: Bench) -> None:
    state = wrong_total.state("granted.total")
    assert state.text == "68"
    assert state.stated == 64
    assert state.mark is not None
    assert state.mark.kind is MarkKind.ERROR
    index = wrong_total.view.model().index(2, 6)
    tooltip = str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert "自然人 68 = 68" in tooltip
    assert "原表写作 64" in tooltip
    assert wrong_total.state("granted.natural_person").mark is None


def test_badges_bear_the_numbers_of_the_list(wrong_total: Bench) -> None:
    numbers = [finding.code for finding in wrong_total.bridge.findings]
    mark = wrong_total.state("granted.total").mark
    assert mark is not None
    assert numbers[mark.number - 1] == "row_total.granted"


def test_accepting_computed_totals_ends_the_finding_and_can_be_undone(wrong_total: Bench) -> None:
    wrong_total.page.accept_computed_totals()
    assert wrong_total.state("granted.total").mark is None
    wrong_total.document.undo()
    assert wrong_total.state("granted.total").stated == 64


def test_a_chosen_finding_colours_its_two_sides_and_goes_there(wrong_total: Bench) -> None:
    finding = wrong_total.bridge.findings[0]
    wrong_total.go("carried_out.other").page.show_finding(finding)
    assert wrong_total.here == f"{finding.cells[0].row}.{finding.cells[0].column}"
    for one in finding.left:
        assert wrong_total.state(f"{one.row}.{one.column}").side is Side.LEFT
    for one in finding.right:
        assert wrong_total.state(f"{one.row}.{one.column}").side is Side.RIGHT
    wrong_total.page.show_finding(None)
    assert wrong_total.state(f"{finding.left[0].row}.{finding.left[0].column}").side is None


@pytest.mark.parametrize(("number", "named"), [(8, True), (172_800, False)])
def test_the_name_of_a_side_never_lies_over_the_number(table: Make, number: int, named: bool) -> None:
    bench = table(inputs={"requests.received.natural_person": number})
    finding = next(one for one in bench.bridge.findings if one.code == "balance.natural_person")
    bench.page.show_finding(finding)
    bench.press(Key.Key_Down)
    cell = bench.view.visualRect(bench.view.model().index(0, 0)).adjusted(5, 3, -3, -3)
    image = bench.view.viewport().grab(cell).toImage()
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    colours = [image.pixelColor(x, y) for x, y in places]
    assert any(colour.green() - colour.red() > 45 for colour in colours) is named


def test_all_cells_of_a_finding_are_scrolled_into_view(table: Make) -> None:
    bench = table(inputs={"requests.received.other": 5})
    bench.page.resize(846, 420)
    finding = next(one for one in bench.bridge.findings if one.code == "balance.other")
    bench.page.show_finding(finding)
    room = bench.view.viewport().rect()
    first = bench.view.visualRect(bench.view.model().index_of(finding.cells[0]))  # type: ignore[attr-defined]
    assert room.contains(first)


def test_a_warning_and_its_explanation_look_different(table: Make) -> None:
    bench = table(
        "disclosure",
        {"disclosure.normative_documents.made": 9, "disclosure.normative_documents.in_force": 4},
    )
    mark = bench.state("normative_documents.made").mark
    assert mark is not None
    assert mark.kind is MarkKind.WARNING
    finding = mark.findings[0]
    note = Note(finding.code, finding.cells, finding.values, "集中清理后重新统计", "2022-01-20T10:00:00")
    bench.document.apply("出错说明", {Address(Part.NOTES): (note,)})
    mark = bench.state("normative_documents.made").mark
    assert mark is not None
    assert mark.kind is MarkKind.EXPLAINED


def test_only_cells_that_look_different_are_announced(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 1, "requests.carried_out.natural_person": 1})
    touched: list[str] = []
    model = bench.view.model()
    model.dataChanged.connect(
        lambda index, _last: touched.append(str(model.cell_at(index)))  # type: ignore[attr-defined]
    )
    bench.go("granted.business").enter("0")
    assert set(touched) == {"requests.granted.business"}


# ---------------------------------------------------------------- places and undo


def test_undo_reveals_the_place_that_changed(table: Make) -> None:
    bench = table().enter("5").go("carried_out.other")
    change = bench.document.undo()
    assert change is not None
    bench.page.reveal(change)
    assert bench.here == "received.natural_person"


def test_the_current_cell_is_announced_and_its_row_explained(table: Make, qtbot: QtBot) -> None:
    bench = table()
    with qtbot.waitSignal(bench.page.current_cell_changed) as moved:
        bench.press(Key.Key_Down)
    assert moved.args == [cell("requests.carried_in.natural_person")]
    words = " ".join(label.text() for label in bench.page.findChild(RowHelp).findChildren(QLabel))
    row = FORM.row(cell("requests.carried_in.natural_person"))
    assert row.help in words
    assert row.basis in words


# ---------------------------------------------------------------- commands


def test_blanks_are_filled_with_zero_only_on_demand_and_locks_stay(table: Make) -> None:
    locked = cell("requests.carried_in.natural_person")
    bench = table(inputs={"requests.received.natural_person": 5}, locks={locked: {}})
    bench.page.fill_blank_with_zero()
    assert bench.value("received.natural_person") == 5
    assert bench.value("carried_out.other") == 0
    assert bench.value("carried_in.natural_person") is None
    bench.document.undo()
    assert bench.filled() == {"received.natural_person": 5}


def test_blanks_of_the_selected_rows_are_filled_with_zero(table: Make) -> None:
    bench = table().press(Key.Key_Down, modifier=SHIFT)
    bench.page.fill_blank_rows_with_zero()
    assert len(bench.filled()) == 12


def test_clearing_the_table_is_one_step(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 5, "requests.granted.other": 1})
    bench.page.clear_table()
    assert bench.filled() == {}
    assert bench.document.undo_label == "清空本表"


def test_a_locked_cell_refuses_typing_until_it_is_unlocked_with_a_reason(table: Make) -> None:
    locked = cell("requests.carried_in.natural_person")
    bench = table(inputs={str(locked): 3}, locks={locked: {}}).go("carried_in.natural_person").type("9")
    assert bench.editor is None
    assert "锁定" in bench.view.remark
    bench.press(Key.Key_Delete)
    assert bench.value("carried_in.natural_person") == 3
    bench.page.unlock(locked, "上年报告已更正")
    bench.enter("9")
    assert bench.value("carried_in.natural_person") == 9
    assert bench.document.report.locks[locked] == {"reason": "上年报告已更正"}


def test_tab_and_enter_pass_over_locked_cells(table: Make) -> None:
    locked = cell("requests.carried_in.natural_person")
    bench = table(locks={locked: {}}).press(Key.Key_Return)
    assert bench.here == "granted.natural_person"
    assert bench.go("received.other").press(Key.Key_Tab).here == "carried_in.business"


def test_the_context_menu_offers_what_applies(wrong_total: Bench) -> None:
    menu = wrong_total.page.findChild(TableMenu)
    plain = [action.text() for action in menu.make().actions()]
    assert any(text.startswith("粘贴") for text in plain)
    assert not any("合计" in text for text in plain)
    wrong_total.go("granted.total")
    entries = {action.text(): action for action in menu.make().actions()}
    assert any(text.startswith("显示算式") for text in entries)
    next(action for text, action in entries.items() if text.startswith("采用计算的合计")).trigger()
    assert wrong_total.document.report.stated == {}


# ---------------------------------------------------------------- mouse


def test_a_row_label_selects_its_row_and_a_group_label_all_its_rows(table: Make) -> None:
    bench = table()
    labels = bench.view.verticalHeader()
    first = labels.sectionViewportPosition(0) + labels.sectionSize(0) // 2
    QTest.mouseClick(labels.viewport(), Qt.MouseButton.LeftButton, PLAIN, QPoint(40, first))
    assert len(bench.selected) == 7
    group = labels.sectionViewportPosition(6) + 4
    QTest.mouseClick(labels.viewport(), Qt.MouseButton.LeftButton, PLAIN, QPoint(5, group))
    assert len(bench.selected) == 22 * 7


def test_the_sum_of_a_selection_counts_nothing_twice(table: Make) -> None:
    given = {"natural_person": 71, "business": 3}
    bench = table(inputs={f"requests.received.{column}": value for column, value in given.items()})
    labels = {label.text() for label in bench.page.findChildren(QLabel)}
    bench.press(Key.Key_Right, modifier=SHIFT)
    assert {label.text() for label in bench.page.findChildren(QLabel)} - labels == {"2 个数，合计 74"}
    bench.press(Key.Key_End, modifier=SHIFT)
    assert {label.text() for label in bench.page.findChildren(QLabel)} - labels == {"2 个填报数，合计 74"}
    bench.go("received.total").press(Key.Key_Down, modifier=SHIFT)
    assert "2 个数，合计 74" in {label.text() for label in bench.page.findChildren(QLabel)}


def test_dragging_over_labels_selects_their_rows_and_columns(table: Make) -> None:
    bench = table()
    rows, columns = bench.view.verticalHeader(), bench.view.horizontalHeader()
    places = [QPoint(40, rows.sectionViewportPosition(row) + 4) for row in (2, 0, 4)]
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, PLAIN, QPoint(200, places[0].y()))
    for place, count in ((places[1], 3), (QPoint(320, places[2].y()), 3), (QPoint(200, places[0].y()), 1)):
        QTest.mouseMove(rows.viewport(), place)
        assert len(bench.selected) == count * 7
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, PLAIN, places[2])
    QTest.mouseMove(rows.viewport(), places[1])
    assert len(bench.selected) == 7
    bottom = columns.height() - 4
    across = [QPoint(columns.sectionViewportPosition(column) + 8, bottom) for column in (1, 3)]
    QTest.mousePress(columns.viewport(), Qt.MouseButton.LeftButton, PLAIN, across[0])
    QTest.mouseMove(columns.viewport(), across[1])
    assert len(bench.selected) == 3 * 25


def test_dragging_selects_a_rectangle(table: Make) -> None:
    bench = table()
    model, viewport = bench.view.model(), bench.view.viewport()
    start = bench.view.visualRect(model.index(0, 0)).center()
    end = bench.view.visualRect(model.index(2, 1)).center()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, PLAIN, start)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, PLAIN, end)
    assert len(bench.selected) == 6
    assert bench.here == "received.natural_person"


def test_dragging_beyond_the_edge_selects_on_while_the_mouse_rests(table: Make, qtbot: QtBot) -> None:
    bench = table()
    viewport = bench.view.viewport()
    start = bench.view.visualRect(bench.view.model().index(0, 0)).center()
    below = QPoint(start.x(), viewport.height() + 30)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, PLAIN, start)
    QTest.mouseMove(viewport, below)
    qtbot.waitUntil(lambda: "carried_out.natural_person" in bench.selected)
    assert bench.here == "received.natural_person"
    assert bench.view.verticalScrollBar().value() == bench.view.verticalScrollBar().maximum()
    QTest.mouseMove(viewport, QPoint(start.x(), -30))
    qtbot.waitUntil(lambda: bench.selected == {"received.natural_person"})
    QTest.mouseMove(viewport, below)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, PLAIN, below)
    selected = bench.selected
    qtbot.wait(200)
    assert bench.selected == selected


def test_a_double_click_edits(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 12})
    place = bench.view.visualRect(bench.view.model().index(0, 0)).center()
    QTest.mouseDClick(bench.view.viewport(), Qt.MouseButton.LeftButton, PLAIN, place)
    assert bench.editor is not None
    assert bench.editor.text() == "12"


def test_clicking_elsewhere_commits_what_was_typed(table: Make) -> None:
    bench = table().type("7")
    place = bench.view.visualRect(bench.view.model().index(2, 2)).center()
    QTest.mouseClick(bench.view.viewport(), Qt.MouseButton.LeftButton, PLAIN, place)
    assert bench.value("received.natural_person") == 7
    assert bench.here == "granted.research"


# ---------------------------------------------------------------- find and compare


def test_find_leads_to_labels_and_values(table: Make) -> None:
    bench = table(inputs={"requests.granted.other": 1728})
    bench.press(Key.Key_F, modifier=CONTROL)
    field = bench.page.findChild(FindBar).findChild(QLineEdit)
    assert field.hasFocus()
    field.setText("信访")
    assert bench.here == "rejected_petition.natural_person"
    field.setText("1728")
    assert bench.here == "granted.other"
    bench.press(Key.Key_Return)
    assert bench.here == "granted.total"
    bench.press(Key.Key_Escape)
    assert bench.view.hasFocus()


def test_the_current_row_is_compared_with_last_year(table: Make) -> None:
    last = Previous(FORM.id, 2020, {cell("requests.received.natural_person"): 50})
    bench = table(inputs={"requests.received.natural_person": 68}, previous=last)
    bench.page.set_comparison_visible(True)
    strip = bench.page.findChild(ComparisonStrip)
    assert strip.isVisible()
    assert "自然人 上年 50 增减 +18 +36.0%" in strip.words()


# ---------------------------------------------------------------- accessibility


def test_a_cell_announces_row_column_value_and_state(wrong_total: Bench) -> None:
    index = wrong_total.view.model().index(2, 6)
    text = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    for part in ("（一）予以公开", "总计", "68", "合计，只读", "强制错误"):
        assert part in text
    blank = wrong_total.view.model().index(0, 1)
    assert "空白" in str(blank.data(Qt.ItemDataRole.AccessibleTextRole))


def test_screen_readers_see_a_table_with_its_headers(table: Make) -> None:
    bench = table()
    interface = QAccessible.queryAccessibleInterface(bench.view)
    assert interface is not None
    assert interface.role() is QAccessible.Role.Table
    assert interface.text(QAccessible.Text.Name) == FORM.table("requests").heading
    model = bench.view.model()
    assert model.headerData(0, Qt.Orientation.Vertical) == FORM.row(cell("requests.received.total")).name
    assert model.headerData(0, Qt.Orientation.Horizontal) == "自然人"


def test_money_is_shown_as_it_was_given(table: Make) -> None:
    bench = table("disclosure", {"disclosure.fees.amount": Decimal("12.50")})
    assert bench.state("fees.amount").text == "12.50"
