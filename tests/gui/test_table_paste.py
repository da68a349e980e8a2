"""Copy and paste in a table with the real clipboard, one line of the specification a test."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.notice_bar import NoticeBar
from model.cells import Value
from model.report import Report
from tests.gui.table_bench import CONTROL, SHIFT, Bench, cell, report

Key = Qt.Key
Make = Callable[..., Bench]
HTML_BLOCK = (
    "<html><body><!--StartFragment--><table><tr><td>1</td><td rowspan=2>2</td></tr>"
    "<tr><td>１,２３４&nbsp;</td></tr></table><!--EndFragment--></body></html>"
)


@pytest.fixture
def table(qtbot: QtBot) -> Make:
    def make(table: str = "requests", inputs: dict[str, Value] | None = None, **other: object) -> Bench:
        return Bench(qtbot, table, report(inputs, **other))

    return make


def whole_table(source: Report, *, labels: bool = False, header: bool = False) -> str:
    """Return table 三 as a sheet program copies it, with a wrong total in one row."""
    from model.copying import whole_table_rows
    from model.document import Document
    from tests.gui.table_bench import FORM

    form_table = FORM.table("requests")
    rows = list(whole_table_rows(form_table, Document(FORM, source).sheet))
    rows = rows if header else rows[form_table.header_rows :]
    return "".join("\t".join(row if labels else row[3:]) + "\r\n" for row in rows)


# ---------------------------------------------------------------- copy


def test_copy_gives_tabbed_text_and_a_bordered_html_table(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 68, "requests.carried_in.business": 4})
    bench.press(Key.Key_Down, Key.Key_Right, modifier=SHIFT).press(Key.Key_C, modifier=CONTROL)
    mime = QApplication.clipboard().mimeData()
    assert mime.text() == "68\t\r\n\t4\r\n"
    assert mime.html().count("<td") == 4
    assert "border:1px solid" in mime.html()


def test_what_is_copied_can_be_pasted_elsewhere(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 68, "requests.carried_in.business": 4})
    bench.press(Key.Key_Down, Key.Key_Right, modifier=SHIFT).press(Key.Key_C, modifier=CONTROL)
    bench.go("granted.research").press(Key.Key_V, modifier=CONTROL)
    assert bench.value("granted.research") == 68
    assert bench.value("partially_granted.welfare") == 4


def test_cut_copies_and_clears_in_one_step(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 68}).press(Key.Key_X, modifier=CONTROL)
    assert QApplication.clipboard().text() == "68\r\n"
    assert bench.filled() == {}
    bench.document.undo()
    assert bench.filled() == {"received.natural_person": 68}


def test_the_whole_table_is_copied_with_its_merged_boxes(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 68})
    bench.page.copy_as_web_table()
    html = QApplication.clipboard().mimeData().html()
    assert 'rowspan="22"' in html
    assert 'colspan="7"' in html
    assert "本年新收政府信息公开申请数量" in html


# ---------------------------------------------------------------- paste


def test_a_row_of_blanks_stays_in_place_and_its_total_is_skipped(table: Make) -> None:
    bench = table().paste("68\t\t\t\t\t\t68\r\n")
    assert bench.filled() == {"received.natural_person": 68}
    assert bench.messages[-1] == "粘贴 7 格：写入 6，跳过合计 1"


def test_a_trailing_row_end_does_not_clear_the_next_row(table: Make) -> None:
    bench = table(inputs={"requests.granted.natural_person": 9}).paste("1\r\n2\r\n")
    assert bench.filled() == {
        "received.natural_person": 1,
        "carried_in.natural_person": 2,
        "granted.natural_person": 9,
    }


def test_only_one_empty_row_at_the_end_is_dropped(table: Make) -> None:
    bench = table(inputs={"requests.carried_in.natural_person": 9}).paste("1\n\n")
    assert bench.filled() == {"received.natural_person": 1}


def test_a_pasted_blank_clears_an_input(table: Make) -> None:
    given = {"requests.received.natural_person": 9, "requests.received.business": 9}
    assert table(inputs=given).paste("\t5").filled() == {"received.business": 5}


def test_quoted_cells_are_read(table: Make) -> None:
    bench = table().paste('"1,234"\t"5"\r\n"6\r\n"\t7\r\n')
    assert bench.filled() == {
        "received.natural_person": 1234,
        "received.business": 5,
        "carried_in.natural_person": 6,
        "carried_in.business": 7,
    }


def test_a_number_with_thousands_separators_stays_one_number(table: Make) -> None:
    bench = table().paste("13,612\t１２")
    assert bench.filled() == {"received.natural_person": 13612, "received.business": 12}


def test_row_labels_are_recognised_and_not_read_as_numbers(table: Make) -> None:
    bench = table().go("refused_state_secret.natural_person").paste("1.属于国家秘密\t0\t3\r\n")
    assert bench.filled() == {
        "refused_state_secret.natural_person": 0,
        "refused_state_secret.business": 3,
    }
    assert bench.messages[-1] == "粘贴 2 格：写入 2"


def test_rows_follow_their_labels_and_not_the_current_row(table: Make) -> None:
    bench = table().paste("（一）予以公开\t5\r\n（二）部分公开\t6\r\n")
    assert bench.filled() == {"granted.natural_person": 5, "partially_granted.natural_person": 6}


def test_what_is_no_number_is_refused_with_its_place_and_the_rest_is_written(table: Make) -> None:
    bench = table(inputs={"requests.received.business": 7}).paste("1\t约10\t3")
    assert bench.filled() == {"received.natural_person": 1, "received.business": 7, "received.research": 3}
    assert bench.messages[-1] == "粘贴 3 格：写入 2，拒绝 1"
    assert "约10" in bench.view.remark
    assert "约数" in bench.view.remark


def test_locked_cells_are_skipped_and_counted(table: Make) -> None:
    locked = cell("requests.carried_in.natural_person")
    bench = table(inputs={str(locked): 3}, locks={locked: {}}).paste("1\n2\n4")
    assert bench.filled() == {
        "received.natural_person": 1,
        "carried_in.natural_person": 3,
        "granted.natural_person": 4,
    }
    assert bench.messages[-1] == "粘贴 3 格：写入 2，跳过锁定 1"


def test_cells_beyond_the_edge_are_counted_and_nothing_wraps_round(table: Make) -> None:
    bench = table().go("carried_out.other").paste("1\t2\t3\n4\t5\t6")
    assert bench.filled() == {"carried_out.other": 1}
    assert bench.messages[-1] == "粘贴 6 格：写入 1，跳过合计 1，超出表格 4"


def test_one_value_fills_the_selection(table: Make) -> None:
    bench = table().press(Key.Key_Down, Key.Key_Down, modifier=SHIFT).paste("0")
    assert bench.filled() == {
        "received.natural_person": 0,
        "carried_in.natural_person": 0,
        "granted.natural_person": 0,
    }


def test_a_paste_is_one_undo_step(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 9}).paste("1\t2\n3\t4")
    bench.document.undo()
    assert bench.filled() == {"received.natural_person": 9}
    assert bench.value("received.total") == 9
    assert bench.document.undo_label is None


def test_an_html_table_is_preferred_and_its_merged_cells_stay_in_place(table: Make) -> None:
    bench = table().paste("not this", HTML_BLOCK)
    assert bench.filled() == {
        "received.natural_person": 1,
        "received.business": 2,
        "carried_in.natural_person": 1234,
    }


def test_a_merged_number_takes_the_one_number_of_its_columns(table: Make) -> None:
    bench = table("disclosure").go("licences.decisions").paste("1728\t\t\r\n")
    assert bench.filled() == {"licences.decisions": 1728}


@pytest.mark.parametrize("opened", ["2", ""])
def test_a_block_pasted_while_a_cell_is_edited_goes_into_the_table(table: Make, opened: str) -> None:
    bench = table(inputs={"requests.received.natural_person": 9})
    bench.type(opened) if opened else bench.press(Key.Key_F2)
    bench.paste("68\t4\r\n1\t0\r\n")
    assert bench.editor is None
    assert bench.filled() == {
        "received.natural_person": 68,
        "received.business": 4,
        "carried_in.natural_person": 1,
        "carried_in.business": 0,
    }
    bench.document.undo()
    assert bench.filled() == {"received.natural_person": 9}


def test_one_cell_pasted_while_a_cell_is_edited_goes_into_its_text(table: Make) -> None:
    bench = table().type("1").paste("68\r\n")
    assert bench.editor is not None
    bench.press(Key.Key_Return)
    assert bench.filled() == {"received.natural_person": 168}


def test_a_block_of_another_table_is_not_pasted_and_that_is_said(table: Make) -> None:
    bench = table(inputs={"requests.received.natural_person": 68})
    bench.paste("行政许可\t10690\r\n行政处罚\t2113\r\n")
    assert bench.filled() == {"received.natural_person": 68}
    assert bench.messages[-1] == "没有粘贴：这像是“二、主动公开政府信息情况”的表，请到那一页粘贴"
    assert bench.page.findChild(NoticeBar).sentence == bench.messages[-1]


def test_an_empty_clipboard_is_told(table: Make) -> None:
    QApplication.clipboard().clear()
    bench = table().press(Key.Key_V, modifier=CONTROL)
    assert bench.messages == ["剪贴板里没有可以粘贴的数字"]


# ---------------------------------------------------------------- the whole table


def filled_report() -> Report:
    inputs: dict[str, Value] = {
        "requests.received.natural_person": 68,
        "requests.granted.natural_person": 60,
        "requests.other_other.business": 2,
        "requests.carried_out.natural_person": 4,
    }
    return report(inputs)


@pytest.mark.parametrize("labels", [False, True])
def test_a_whole_table_is_offered_with_its_totals_to_compare(table: Make, labels: bool) -> None:
    text = whole_table(filled_report(), labels=labels, header=labels)
    bench = table().paste(text.replace("\t60\r\n", "\t64\r\n", 1))
    assert bench.value("granted.natural_person") == 60
    assert bench.document.report.stated == {}
    assert "跳过合计 31" in bench.messages[-1]
    offer = bench.page.findChild(NoticeBar).findChild(QPushButton)
    assert offer.text().startswith("整表粘贴")
    offer.click()
    assert bench.document.report.stated[cell("requests.granted.total")] == 64
    assert "合计 1 处与计算不符" in bench.messages[-1]
    assert bench.state("granted.total").stated == 64
    bench.document.undo()
    assert bench.filled() == {}
    assert bench.document.undo_label is None


def test_a_table_with_one_row_for_other_results_puts_it_under_other(table: Make) -> None:
    lines = whole_table(filled_report(), labels=True).splitlines()
    folded = [line for line in lines if "1.申请人无正当理由" not in line and "2.申请人逾期未按" not in line]
    text = "\r\n".join(line.replace("\t3.其他\t", "（六）其他处理\t\t") for line in folded)
    bench = table().paste(text)
    assert bench.value("other_other.business") == 2
    assert bench.value("carried_out.natural_person") == 4
