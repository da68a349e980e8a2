"""Where numbers are found: by their names and by the words around them, whatever was moved or lost."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from model.cells import CellId
from model.reading.template import read_template
from tests.model import builders
from tests.workbooks import FORM, GRANTED, REQUESTS, UNIT, edited, fill, move, named, read


def test_known_variants_of_labels_are_labels(book: Workbook, tmp_path: Path) -> None:
    variants = {
        "行政规范性文件": "规范性文件",
        "本年处理决定数量": "处理决定数量",
        "行政事业性收费": "行政事业型 收费",
        "（一）予以公开": "(一) 予以公开",
        "本年收费金额（单位：万元）": "本年收费金额(单位:万元)",
    }
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in variants and isinstance(cell, Cell):
                    cell.value = variants[str(cell.value)]
    fill(book, builders.values(builders.balanced_inputs()))
    for name in list(book.defined_names):
        del book.defined_names[name]
    imported = read(book, tmp_path)
    assert imported.report.inputs == builders.report().inputs


def test_one_lost_name_is_found_by_its_words_and_reported(book: Workbook, tmp_path: Path) -> None:
    named(book, GRANTED).value = 7
    book.defined_names[GRANTED].attr_text = "#REF!"
    imported = read(book, tmp_path)
    assert list(imported.report.inputs.values()) == [7]
    assert [doubt.why for doubt in imported.doubts] == ["单元格名称丢失，按行名和列名读入"]


def test_names_without_any_words_are_enough_and_said(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.data_type == "s" and sheet.title[0] in "二三四":
                    cell.value = "?"
    imported = read(book, tmp_path)
    assert imported.report.inputs == builders.report().inputs
    assert sum("大多认不出来" in str(doubt) for doubt in imported.doubts) == 3


def test_swapped_numbers_of_two_rows_cannot_be_seen_but_swapped_labels_are_refused(
    book: Workbook, tmp_path: Path
) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    sheet = book["三、依申请公开"]
    sheet["C9"].value, sheet["C10"].value = sheet["C10"].value, sheet["C9"].value
    imported = read(book, tmp_path)
    lost = {cell for cell in FORM.inputs if cell not in imported.read}
    assert lost
    assert {cell.row for cell in lost} == {"refused_state_secret", "refused_other_law"}


def test_a_table_that_is_gone_is_one_doubt(book: Workbook, tmp_path: Path) -> None:
    del book["四、复议诉讼"]
    imported = read(book, tmp_path)
    assert [str(doubt) for doubt in imported.doubts] == [f"{FORM.tables[2].heading}：没有找到这张表"]
    assert len(imported.read) == 166 - 12


def test_two_tables_in_one_sheet_are_told_apart(tmp_path: Path, book: Workbook) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    target, source = book["三、依申请公开"], book["四、复议诉讼"]
    for row in source.iter_rows():
        for cell in row:
            target.cell(cell.row + 40, cell.column, cell.value)
    for area in list(source.merged_cells.ranges):
        area.shift(row_shift=40)
        target.merged_cells.add(str(area))
    for name in list(book.defined_names):
        del book.defined_names[name]
    del book["四、复议诉讼"]
    imported = read(book, tmp_path)
    assert imported.report.inputs == builders.report().inputs


def test_a_cell_moved_to_a_free_place_is_read_by_its_name_and_reported(
    book: Workbook, tmp_path: Path
) -> None:
    named(book, GRANTED).value = 7
    move(book, GRANTED, "M7")
    imported = read(book, tmp_path)
    assert list(imported.report.inputs.values()) == [7]
    assert [doubt.place for doubt in imported.doubts] == ["三、依申请公开!M7"]
    assert "三、依申请公开!D7" in str(imported.doubts[0])


def test_a_cell_moved_onto_another_is_not_read(book: Workbook, tmp_path: Path) -> None:
    named(book, GRANTED).value = 7
    move(book, GRANTED, "D8")
    imported = read(book, tmp_path)
    moved = CellId.parse(GRANTED.removeprefix("xxgk."))
    assert moved not in imported.read
    assert [doubt.cells for doubt in imported.doubts if moved in doubt.cells]


def test_a_moved_total_and_a_moved_blank_say_nothing(book: Workbook, tmp_path: Path) -> None:
    move(book, GRANTED, "M7")
    move(book, "xxgk.requests.granted.total", "N7")
    assert read(book, tmp_path).is_complete


def test_split_merges_and_lost_names_together_are_read_by_the_words(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    for sheet in book:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
    for name in list(book.defined_names):
        del book.defined_names[name]
    imported = read(book, tmp_path)
    assert imported.report.inputs == builders.report().inputs
    assert imported.report.unit_name == UNIT


def test_a_table_without_names_and_with_few_words_is_not_guessed_at(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    del book.defined_names[GRANTED]
    book["三、依申请公开"]["B7"].value = "公开"
    imported = read(book, tmp_path)
    assert CellId.parse(GRANTED.removeprefix("xxgk.")) not in imported.read
    assert any("没有找到这一格" in doubt.why for doubt in imported.doubts)


def test_a_header_that_stands_twice_is_reported_where_names_lead(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    book["三、依申请公开"]["E4"].value = "自然人"
    imported = read(book, tmp_path)
    assert imported.report.inputs == builders.report().inputs
    assert [doubt.what for doubt in imported.doubts] == ["自然人", "商业企业"]


def test_a_header_that_stands_twice_is_not_chosen_from(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    book["三、依申请公开"]["E4"].value = "自然人"
    for name in list(book.defined_names):
        del book.defined_names[name]
    imported = read(book, tmp_path)
    assert {cell.column for cell in FORM.inputs if cell not in imported.read} == {
        "natural_person",
        "business",
    }


def test_numbers_whose_cells_were_merged_are_not_read(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.balanced().inputs)
    book[REQUESTS].merge_cells("D7:E8")
    imported = read(book, tmp_path)
    [doubt] = imported.doubts
    assert len(doubt.cells) == 4
    assert not imported.read & set(doubt.cells)
    assert doubt.place == "三、依申请公开!D7"


def test_merges_that_overlap_are_no_fault(template: Path, tmp_path: Path) -> None:
    def edit(xml: str) -> str:
        overlapping = '<mergeCell ref="D7:E8"/><mergeCell ref="E7:F8"/><mergeCell ref="C1:ZZ999"/>'
        return re.sub("<mergeCells[^>]*>", rf"\g<0>{overlapping}", xml)

    imported = read_template(edited(template, tmp_path, "sheet5", edit))
    told = [cell for doubt in imported.doubts for cell in doubt.cells]
    assert len(told) == len(set(told)) == len(FORM.table("requests").cells)


def test_names_that_meet_in_one_cell_are_reported(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.balanced().inputs)
    move(book, GRANTED, "E7")
    imported = read(book, tmp_path)
    said = {doubt.cells[0].column: doubt.why for doubt in imported.doubts}
    assert said.keys() == {"natural_person", "business"}
    assert "移到了这里" in said["business"]


def test_names_that_meet_without_words_are_not_read(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.balanced().inputs)
    move(book, GRANTED, "E7")
    for place in ("D3", "E4"):
        book[REQUESTS][place] = "改过"
    imported = read(book, tmp_path)
    cells = {CellId.parse(f"requests.granted.{column}") for column in ("natural_person", "business")}
    assert not imported.read & cells
    assert cells <= {cell for doubt in imported.doubts for cell in doubt.cells}
