"""Keys in a table, one line of the specification a test: real key events, no mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from model.cells import Value
from tests.gui.table_bench import CONTROL, KEYPAD, SHIFT, Bench, report

Key = Qt.Key
Make = Callable[..., Bench]


@pytest.fixture
def table(qtbot: QtBot) -> Make:
    def make(table: str = "requests", inputs: dict[str, Value] | None = None, **other: object) -> Bench:
        return Bench(qtbot, table, report(inputs, **other))

    return make


# ---------------------------------------------------------------- typing


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("68", 68),
        ("６８", 68),
        ("1,234", 1234),
        (" 68 件", 68),
        ("0", 0),
        ("７个", 7),
        ("999999999", 999_999_999),
    ],
)
def test_what_is_plainly_a_number_is_accepted_and_normalised(table: Make, typed: str, value: int) -> None:
    bench = table().go("received.business").press(Key.Key_F2).type(typed).press(Key.Key_Return)
    assert bench.value("received.business") == value
    assert bench.state("received.business").text == str(value)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("12abc", "只能填整数"),
        ("-3", "不能是负数"),
        ("1.5", "只能是整数，不能有小数点"),
        ("1.2万", "请写出完整的数字"),
        ("=1+1", "不能填公式"),
        ("1234567890", "最多 9 位"),
        ("约10", "不能填约数"),
        ("/", "没有发生请填 0"),
    ],
)
def test_what_is_no_number_is_refused_with_the_reason_and_the_cell_keeps_its_value(
    table: Make, typed: str, reason: str
) -> None:
    bench = table(inputs={"requests.granted.business": 7}).go("granted.business").enter(typed)
    assert bench.value("granted.business") == 7
    assert bench.here == "granted.business"
    assert reason in bench.view.remark
    assert typed in bench.view.remark
    assert reason in bench.messages[-1]
    assert "予以公开" in bench.messages[-1]
    assert "商业企业" in bench.messages[-1]
    assert bench.document.undo_label is None


def test_a_refusal_is_put_away_by_the_next_key(table: Make) -> None:
    bench = table().enter("12abc")
    assert bench.view.remark
    bench.type("5")
    assert not bench.view.remark


def test_typing_replaces_the_value(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 12}).enter("5")
    assert bench.value("received.natural_person") == 5


def test_money_takes_decimals_exactly(table: Make) -> None:
    bench = table("disclosure").go("fees.amount").enter("24252.311082")
    assert str(bench.value("fees.amount")) == "24252.311082"


def test_keypad_digits_and_enter_work_as_the_others(table: Make) -> None:
    bench = table()
    bench.press(Key.Key_6, Key.Key_8, modifier=KEYPAD).press(Key.Key_Enter, modifier=KEYPAD)
    assert bench.value("received.natural_person") == 68
    assert bench.here == "carried_in.natural_person"


def test_one_typed_value_is_one_undo_step_with_its_totals(table: Make) -> None:
    bench = table().enter("68")
    assert bench.value("received.total") == 68
    bench.document.undo()
    assert bench.value("received.natural_person") is None
    assert bench.value("received.total") == 0
    assert bench.document.undo_label is None


def test_full_width_digits_committed_by_an_input_method_are_taken(table: Make) -> None:
    bench = table()
    event = QInputMethodEvent()
    event.setCommitString("６８")
    QApplication.sendEvent(bench.view, event)
    bench.press(Key.Key_Return)
    assert bench.value("received.natural_person") == 68


def test_neither_the_table_nor_its_editor_asks_for_an_input_method(table: Make) -> None:
    bench = table().press(Key.Key_F2)
    assert bench.view.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is False
    assert bench.editor is not None
    assert bench.editor.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is False


# ---------------------------------------------------------------- Enter and Tab


def test_enter_goes_down(table: Make) -> None:
    assert table().enter("1").enter("2").here == "granted.natural_person"


def test_shift_enter_goes_up(table: Make) -> None:
    assert table().go("granted.other").press(Key.Key_Return, modifier=SHIFT).here == "carried_in.other"


def test_enter_passes_over_totals(table: Make) -> None:
    assert table().go("other_other.business").enter("1").here == "carried_out.business"


def test_at_the_last_cell_enter_stops(table: Make) -> None:
    bench = table().go("carried_out.natural_person").enter("4")
    assert bench.here == "carried_out.natural_person"
    assert bench.value("carried_out.natural_person") == 4


def test_tab_goes_right_over_inputs_and_on_in_the_next_row(table: Make) -> None:
    bench = table().go("received.other").press(Key.Key_Tab)
    assert bench.here == "carried_in.natural_person"
    assert bench.press(Key.Key_Backtab, modifier=SHIFT).here == "received.other"


def test_tab_commits_what_was_typed(table: Make) -> None:
    bench = table().type("3").press(Key.Key_Tab)
    assert bench.value("received.natural_person") == 3
    assert bench.here == "received.business"


def test_enter_returns_to_the_column_where_a_run_of_tabs_began(table: Make) -> None:
    bench = table().go("received.business")
    bench.type("1").press(Key.Key_Tab).type("2").press(Key.Key_Tab).type("3").press(Key.Key_Return)
    assert bench.here == "carried_in.business"


def test_moving_by_arrow_ends_a_run_of_tabs(table: Make) -> None:
    bench = table().press(Key.Key_Tab, Key.Key_Tab, Key.Key_Right, Key.Key_Return)
    assert bench.here == "carried_in.welfare"


def test_with_the_option_enter_goes_right(table: Make) -> None:
    bench = table()
    bench.page.set_enter_moves_right(True)
    bench.enter("1").enter("2")
    assert bench.here == "received.research"
    assert bench.press(Key.Key_Return, modifier=SHIFT).here == "received.business"


def test_in_a_table_of_one_row_enter_goes_right(table: Make) -> None:
    bench = table("review").enter("1").enter("2").enter("3").enter("4")
    assert bench.here == "cases.direct_litigation_upheld"


def test_within_a_selection_enter_goes_round(table: Make) -> None:
    bench = table().press(Key.Key_Down, Key.Key_Right, modifier=SHIFT)
    assert [bench.press(Key.Key_Return).here for _ in range(4)] == [
        "carried_in.natural_person",
        "received.business",
        "carried_in.business",
        "received.natural_person",
    ]


# ---------------------------------------------------------------- editing in place


def test_f2_edits_the_value_and_escape_restores_it(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 12}).press(Key.Key_F2)
    assert bench.editor is not None
    assert bench.editor.text() == "12"
    bench.type("3").press(Key.Key_Escape)
    assert bench.editor is None
    assert bench.value("received.natural_person") == 12


def test_after_f2_arrows_move_within_the_text(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 12}).press(
        Key.Key_F2, Key.Key_End, Key.Key_Left
    )
    bench.type("0").press(Key.Key_Return)
    assert bench.value("received.natural_person") == 102


def test_after_typing_arrows_commit_and_leave(table: Make) -> None:
    bench = table().type("4").press(Key.Key_Right)
    assert bench.value("received.natural_person") == 4
    assert bench.here == "received.business"


def test_backspace_empties_the_cell_and_types(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 12}).press(Key.Key_Backspace)
    assert bench.editor is not None
    assert bench.editor.text() == ""
    bench.press(Key.Key_Return)
    assert bench.value("received.natural_person") is None


def test_delete_clears_the_inputs_of_the_selection(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 1, "requests.received.other": 2})
    bench.press(Key.Key_End, modifier=SHIFT).press(Key.Key_Delete)
    assert bench.filled() == {}
    bench.document.undo()
    assert bench.filled() == {"received.natural_person": 1, "received.other": 2}


def test_a_total_takes_no_typing_and_says_why(table: Make) -> None:
    bench = table().go("received.total").type("5")
    assert bench.editor is None
    assert "合计由程序计算" in bench.view.remark
    assert bench.document.undo_label is None


def test_f2_on_a_total_shows_its_sum_and_marks_its_parts(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 60, "requests.received.other": 4})
    bench.go("received.total").press(Key.Key_F2)
    assert "自然人 60 + 其他组织 4 = 64" in bench.view.remark
    assert bench.state("received.research").is_part
    bench.press(Key.Key_Escape)
    assert not bench.state("received.research").is_part
    assert not bench.view.remark


# ---------------------------------------------------------------- filling


def test_control_enter_puts_what_is_typed_into_the_whole_selection(table: Make) -> None:
    bench = table().press(Key.Key_Down, Key.Key_Right, modifier=SHIFT)
    bench.type("7").press(Key.Key_Return, modifier=CONTROL)
    columns = ("natural_person", "business")
    assert bench.filled() == {
        f"{row}.{column}": 7 for row in ("received", "carried_in") for column in columns
    }
    bench.document.undo()
    assert bench.filled() == {}


def test_control_d_fills_down_from_the_top_of_the_selection(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 5})
    bench.press(Key.Key_Down, Key.Key_Down, modifier=SHIFT).press(Key.Key_D, modifier=CONTROL)
    assert bench.value("carried_in.natural_person") == bench.value("granted.natural_person") == 5


def test_control_d_on_one_cell_takes_the_value_above(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 5}).go("carried_in.natural_person")
    bench.press(Key.Key_D, modifier=CONTROL)
    assert bench.value("carried_in.natural_person") == 5


def test_control_r_fills_right(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 5})
    bench.press(Key.Key_End, modifier=SHIFT).press(Key.Key_R, modifier=CONTROL)
    assert bench.value("received.other") == 5
    assert bench.value("received.total") == 30


def test_space_accepts_the_suggestion_and_nothing_else_does(table: Make) -> None:
    given = {"requests.received.natural_person": 10, "requests.granted.natural_person": 7}
    bench = table(inputs=given).go("carried_out.natural_person")
    assert bench.state("carried_out.natural_person").suggestion == "3"
    bench.press(Key.Key_Return, Key.Key_Tab).go("carried_out.natural_person")
    assert bench.value("carried_out.natural_person") is None
    bench.press(Key.Key_Space)
    assert bench.value("carried_out.natural_person") == 3
    bench.document.undo()
    assert bench.value("carried_out.natural_person") is None


# ---------------------------------------------------------------- moving and selecting


def test_arrows_move_by_one_cell_and_stop_at_the_edge(table: Make) -> None:
    bench = table().press(Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Left, Key.Key_Up, Key.Key_Up)
    assert bench.here == "received.natural_person"


def test_arrows_pass_over_bands_and_headers_and_keep_their_column(table: Make) -> None:
    bench = table("disclosure").go("normative_documents.in_force").press(Key.Key_Down)
    assert bench.here == "licences.decisions"
    assert bench.press(Key.Key_Down).here == "penalties.decisions"
    assert bench.press(Key.Key_Up, Key.Key_Up).here == "normative_documents.in_force"


def test_home_and_end_lead_to_the_ends_of_the_row(table: Make) -> None:
    bench = table().go("granted.research").press(Key.Key_End)
    assert bench.here == "granted.total"
    assert bench.press(Key.Key_Home).here == "granted.natural_person"


def test_control_home_and_end_lead_to_the_first_and_last_cell(table: Make) -> None:
    bench = table().press(Key.Key_End, modifier=CONTROL)
    assert bench.here == "carried_out.total"
    assert bench.press(Key.Key_Home, modifier=CONTROL).here == "received.natural_person"


def test_control_arrow_jumps_to_the_edge_of_filled_cells(table: Make) -> None:
    filled = ["received", "carried_in", "granted", "other_other"]
    bench = table(inputs={f"requests.{row}.natural_person": 1 for row in filled})
    assert bench.press(Key.Key_Down, modifier=CONTROL).here == "granted.natural_person"
    assert bench.press(Key.Key_Down, modifier=CONTROL).here == "other_other.natural_person"


def test_page_down_and_up_move_by_what_is_in_view(table: Make) -> None:
    bench = table()
    bench.page.resize(846, 320)
    bench.press(Key.Key_PageDown)
    assert bench.here not in ("received.natural_person", "carried_out.natural_person")
    assert bench.press(*[Key.Key_PageDown] * 9).here == "carried_out.natural_person"
    assert bench.press(*[Key.Key_PageUp] * 9).here == "received.natural_person"


def test_shift_with_arrows_selects_and_the_current_cell_stays(table: Make) -> None:
    bench = table().press(Key.Key_Right, Key.Key_Right, Key.Key_Down, modifier=SHIFT)
    assert bench.selected == {
        f"{row}.{column}"
        for row in ("received", "carried_in")
        for column in ("natural_person", "business", "research")
    }
    assert bench.here == "received.natural_person"
    assert bench.press(Key.Key_Left, modifier=SHIFT).selected == {
        f"{row}.{column}" for row in ("received", "carried_in") for column in ("natural_person", "business")
    }


def test_control_shift_end_selects_to_the_last_cell(table: Make) -> None:
    bench = table().press(Key.Key_End, modifier=CONTROL | SHIFT)
    assert len(bench.selected) == 175


def test_control_a_selects_every_number(table: Make) -> None:
    assert len(table().press(Key.Key_A, modifier=CONTROL).selected) == 175
    assert len(table("disclosure").press(Key.Key_A, modifier=CONTROL).selected) == 10


@pytest.mark.parametrize(("key", "step"), [(Key.Key_PageDown, 1), (Key.Key_PageUp, -1)])
def test_control_page_keys_ask_for_another_table(table: Make, qtbot: QtBot, key: Qt.Key, step: int) -> None:
    bench = table()
    with qtbot.waitSignal(bench.page.table_step_requested) as asked:
        bench.press(key, modifier=CONTROL)
    assert asked.args == [step]


def test_keys_that_are_not_the_tables_go_on_to_the_window(table: Make) -> None:
    bench = table().press(Key.Key_F9).press(Key.Key_Z, modifier=CONTROL)
    assert bench.editor is None
    assert bench.document.undo_label is None
