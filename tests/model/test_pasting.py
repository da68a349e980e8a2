"""Where the texts of a pasted block go."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from model.blocks import read_text
from model.document import Document
from model.forms import Form
from model.pasting import Placement, other_table, place
from model.report import Report
from model.table_edits import paste, paste_whole
from model.table_grid import TableGrid
from tests.model.builders import cell

BY_PARTS = (
    "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
    "规章\t1\t2\t3\n行政规范性文件\t4\t5\t6\n"
)


def put(form: Form, table: str, text: str, at: str, *, whole: bool = False) -> Placement:
    grid = TableGrid(form.table(table))
    return place(form, grid, read_text(text), grid.place(cell(f"{table}.{at}")), whole=whole)


def given(placement: Placement) -> Mapping[str, str]:
    return {f"{one.row}.{one.column}": text for one, text in placement.texts}


def test_a_block_lies_from_the_current_cell_on(form: Form) -> None:
    placed = put(form, "requests", "1\t2\n3\t4", "granted.business")
    assert given(placed) == {
        "granted.business": "1",
        "granted.research": "2",
        "partially_granted.business": "3",
        "partially_granted.research": "4",
    }


def test_texts_beyond_the_edge_are_counted_and_blanks_are_not(form: Form) -> None:
    placed = put(form, "requests", "1\t2\t3\t\n4\t\t\t5", "carried_out.total")
    assert given(placed) == {"carried_out.total": "1"}
    assert placed.outside == 4


def test_a_short_row_says_nothing_of_the_cells_it_lacks(form: Form) -> None:
    assert "carried_in.business" not in given(put(form, "requests", "1\t2\n3", "received.natural_person"))


@pytest.mark.parametrize(
    "label", ["1.属于国家秘密", " 1.属于 国家秘密 ", "（三）不予公开 1.属于国家秘密", "1．属于国家秘密"]
)
def test_a_row_follows_its_label_however_it_is_written(form: Form, label: str) -> None:
    placed = put(form, "requests", f"{label}\t7", "received.natural_person")
    assert given(placed) == {"refused_state_secret.natural_person": "7"}


def test_merged_labels_at_the_left_are_passed_over(form: Form) -> None:
    text = "三、本年度办理结果\t（三）不予公开\t1.属于国家秘密\t1\n\t\t2.其他法律行政法规禁止公开\t2\n"
    assert given(put(form, "requests", text, "received.natural_person")) == {
        "refused_state_secret.natural_person": "1",
        "refused_other_law.natural_person": "2",
    }


def test_rows_with_fewer_labels_than_others_do_not_shift_their_neighbours(form: Form) -> None:
    lines = [
        "一、本年新收政府信息公开申请数量\t21\t0",
        "二、上年结转政府信息公开申请数量\t3\t1",
        "（三）不予公开\t1.属于国家秘密\t5\t2",
    ]
    assert given(put(form, "requests", "\n".join(lines), "received.natural_person")) == {
        "received.natural_person": "21",
        "received.business": "0",
        "carried_in.natural_person": "3",
        "carried_in.business": "1",
        "refused_state_secret.natural_person": "5",
        "refused_state_secret.business": "2",
    }


def test_an_unknown_label_is_passed_over_and_the_block_lies_where_it_was_pasted(form: Form) -> None:
    placed = put(form, "requests", "9.某某信息\t5", "granted.natural_person")
    assert given(placed) == {"granted.natural_person": "5"}


@pytest.mark.parametrize("text", ["12abc", "约10", "无", "/", "1.5万", "1.2", "（3）"])
def test_what_is_no_label_stays_to_be_refused(form: Form, text: str) -> None:
    assert (
        given(put(form, "requests", f"{text}\t5", "granted.natural_person"))["granted.natural_person"] == text
    )


def test_labels_behind_numbers_are_not_passed_over(form: Form) -> None:
    placed = put(form, "requests", "5\t1.属于国家秘密", "granted.natural_person")
    assert given(placed)["granted.business"] == "1.属于国家秘密"


def test_bands_and_headers_are_left_out(form: Form) -> None:
    placed = put(form, "disclosure", BY_PARTS, "regulations.made")
    assert list(given(placed).values()) == ["1", "2", "3", "4", "5", "6"]


def test_numbers_copied_without_labels_skip_bands_and_headers_too(form: Form) -> None:
    text = "1\t2\t3\n4\t5\t6\n\t\t\n本年处理决定数量\t\t\n7\t\t\n"
    placed = put(form, "disclosure", text, "regulations.made")
    assert given(placed)["licences.decisions"] == "7"


def test_two_numbers_for_one_merged_cell_are_kept_together_to_be_refused(form: Form) -> None:
    assert given(put(form, "disclosure", "7\t8", "licences.decisions")) == {"licences.decisions": "7 8"}


def test_a_table_of_one_row_is_whole_by_its_width(form: Form) -> None:
    numbers = "\t".join("1" * 15)
    assert put(form, "review", numbers, "cases.reconsideration_upheld").is_whole
    assert not put(form, "review", numbers[2:], "cases.reconsideration_upheld").is_whole


def test_totals_of_a_whole_table_are_kept_as_stated_and_compared(form: Form) -> None:
    document = Document(form, Report(form=form.id))
    numbers = "\t".join(["1", "1", "1", "1", "4"] * 2 + ["1", "1", "1", "1", "5"])
    placed = put(form, "review", numbers, "cases.reconsideration_upheld", whole=True)
    outcome, differing = paste_whole(document, placed)
    assert outcome.line("整表粘贴") == "整表粘贴 15 格：写入 15"
    assert differing == (cell("review.cases.litigation_after_reconsideration_total"),)
    assert len(document.report.stated) == 3
    document.undo()
    assert document.report == Report(form=form.id)


def test_a_group_in_one_row_goes_to_its_last_row_and_says_so(form: Form) -> None:
    table = form.table("requests")
    group = "（六）其他处理"
    lines = [
        f"{row.label}\t1" for row in table.blocks[0].rows if not row.groups or row.groups[-1].label != group
    ]
    lines.insert(-2, f"{group}\t9")
    placed = put(form, "requests", "\n".join(lines), "received.natural_person")
    assert given(placed)["other_other.natural_person"] == "9"
    assert [row.id for row in placed.folded] == ["other_other"]


def test_a_paste_that_changes_nothing_leaves_no_step(form: Form) -> None:
    document = Document(form, Report(form=form.id))
    outcome = paste(document, put(form, "requests", "\t\t", "received.natural_person"))
    assert outcome.written == 3
    assert document.undo_label is None


SEVEN = "\t".join("1234567")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (f"一、本年新收政府信息公开申请数量\t\t\t{SEVEN}", ["received"]),
        (f"三、本年度办理结果\t（一）予以公开\t\t{SEVEN}", ["granted"]),
        (f"（一）予以公开\t\t{SEVEN}", ["granted"]),
        (f"\t（七）总计\t\t{SEVEN}\n四、结转下年度继续办理\t\t\t{SEVEN}", ["results_total", "carried_out"]),
        (f"（七）总计\t\t{SEVEN}\n四、结转下年度继续办理\t\t\t{SEVEN}", ["results_total", "carried_out"]),
        (f"（一）予以公开\t{SEVEN}", ["granted"]),
    ],
)
def test_labels_merged_over_several_columns_do_not_shift_the_numbers(
    form: Form, text: str, rows: list[str]
) -> None:
    placed = put(form, "requests", text, "received.natural_person")
    columns = [column.id for column in form.table("requests").blocks[0].columns]
    expected = {f"{row}.{column}": str(number) for row in rows for number, column in enumerate(columns, 1)}
    assert given(placed) == expected
    assert placed.outside == 0


def test_some_numbers_copied_with_a_merged_label_stay_in_their_columns(form: Form) -> None:
    placed = put(
        form, "requests", "一、本年新收政府信息公开申请数量\t\t\t68\t4", "carried_out.natural_person"
    )
    assert given(placed) == {"received.natural_person": "68", "received.business": "4"}


def test_blank_numbers_behind_a_label_that_is_not_merged_stay_blank(form: Form) -> None:
    text = "一、本年新收政府信息公开申请数量\t\t\t68\t\t\t\t68"
    placed = given(put(form, "requests", text, "received.natural_person"))
    assert {name for name, number in placed.items() if number} == {"received.research", "received.total"}


def test_a_row_is_known_by_the_other_wordings_that_real_files_have(form: Form) -> None:
    placed = put(form, "disclosure", "规范性文件\t88\t55\t698", "regulations.made")
    assert given(placed)["normative_documents.made"] == "88"


def test_rows_follow_their_labels_in_whatever_order_they_come(form: Form) -> None:
    text = "2.重复申请\t1\n1.信访举报投诉类申请\t5"
    assert given(put(form, "requests", text, "received.natural_person")) == {
        "rejected_duplicate.natural_person": "1",
        "rejected_petition.natural_person": "5",
    }


def test_a_label_that_is_not_known_does_not_move_the_rows_around_it(form: Form) -> None:
    text = "1.属于国家秘密\t1\n2.其它法律禁止的\t5\n3.危及“三安全一稳定”\t3"
    assert given(put(form, "requests", text, "received.natural_person")) == {
        "refused_state_secret.natural_person": "1",
        "refused_other_law.natural_person": "5",
        "refused_security_stability.natural_person": "3",
    }


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "1.属于国家秘密\t1\n9.某某信息\t5\n4.保护第三方合法权益\t3",
            ["refused_state_secret", "refused_third_party"],
        ),
        ("9.某某信息\t5\n一、本年新收政府信息公开申请数量\t1", ["received"]),
    ],
)
def test_a_row_whose_place_would_be_a_guess_has_none(form: Form, text: str, rows: list[str]) -> None:
    placed = put(form, "requests", text, "received.natural_person")
    assert list(given(placed)) == [f"{row}.natural_person" for row in rows]
    assert placed.outside == 1


def test_two_rows_with_one_label_are_kept_together_to_be_refused(form: Form) -> None:
    placed = put(form, "requests", "2.重复申请\t1\n2.重复申请\t4", "received.natural_person")
    assert given(placed) == {"rejected_duplicate.natural_person": "1 4"}


@pytest.mark.parametrize(
    ("into", "text", "other"),
    [
        ("requests", BY_PARTS, "disclosure"),
        ("requests", "行政许可\t5", "disclosure"),
        ("requests", "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n1\t2\t3\t4\t10", "review"),
        ("review", f"一、本年新收政府信息公开申请数量\t\t\t{SEVEN}", "requests"),
        ("disclosure", BY_PARTS, None),
        ("requests", "总计\n5", None),
        ("requests", SEVEN, None),
        ("requests", f"一、本年新收政府信息公开申请数量\t{SEVEN}\n行政许可\t5", None),
    ],
)
def test_a_block_that_bears_the_words_of_another_table_is_told(
    form: Form, into: str, text: str, other: str | None
) -> None:
    found = other_table(form, form.table(into), read_text(text))
    assert (found.id if found else None) == other
