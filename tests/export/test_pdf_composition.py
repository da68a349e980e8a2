"""Where things stand on composed pages: headings, paragraphs and tables at page ends."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from export import lines
from export.layout import Block, Heading, Paragraph, ParagraphStyle, Role, TableBlock, TableCell, describe
from export.pdf_composition import Composition, compose
from export.pdf_page import (
    ROW,
    TEXT_BOTTOM,
    TEXT_LEFT,
    TEXT_RIGHT,
    TEXT_TOP,
    TEXT_WIDTH,
    Page,
    TablePiece,
    Tag,
    TextPiece,
)
from export.typefaces import Typefaces
from model.cells import CellId
from model.report import Report
from tests.export.pdf_samples import FORM, numbers, sample_description, text_description

pytestmark = pytest.mark.usefixtures("no_system_faces")


def composed(*blocks: Block, **fields: object) -> Composition:
    return compose(text_description([], blocks=blocks, **fields), Typefaces())


def body(lines: int) -> Paragraph:
    """Return a paragraph of that many lines."""
    return Paragraph("overview", ParagraphStyle.BODY, "文" * (28 * lines - 4))


def heading(text: str = "一、总体情况") -> Heading:
    return Heading("overview", text)


def table(rows: int, text: str = "项目") -> TableBlock:
    cells = [
        TableCell(row, column, 1, 1, Role.LABEL if column == 0 else Role.INPUT, text)
        for row in range(rows)
        for column in range(2)
    ]
    return TableBlock("some", (1, 1), rows, 0, tuple(cells))


def shape(page: Page) -> list[tuple[str, int]]:
    """Return the tag and number of lines of each piece, and the rows of a table."""
    return [
        ("table", piece.table.row_count)
        if isinstance(piece, TablePiece)
        else (piece.tag.name, len(piece.lines))
        for piece in page.pieces
    ]


def shapes(composition: Composition) -> list[list[tuple[str, int]]]:
    return [shape(page) for page in composition.pages]


def test_a_paragraph_is_cut_at_the_page_end() -> None:
    assert shapes(composed(body(30))) == [[("PARAGRAPH", 22)], [("PARAGRAPH", 8)]]


def test_no_single_line_is_left_on_the_next_page() -> None:
    assert shapes(composed(body(23))) == [[("PARAGRAPH", 21)], [("PARAGRAPH", 2)]]


def test_no_single_line_is_left_on_the_page_before() -> None:
    assert shapes(composed(body(21), body(5))) == [[("PARAGRAPH", 21)], [("PARAGRAPH", 5)]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((22, 1), [[20], [2, 1]]),
        ((44, 1), [[22], [20], [2, 1]]),
        ((19, 3, 1), [[19], [3, 1]]),
        ((21, 1, 1), [[21], [1, 1]]),
        ((18, 4, 1), [[18, 2], [2, 1]]),
        ((20, 1, 1), [[20, 1, 1]]),
    ],
)
def test_the_last_page_never_holds_a_single_line(lines: tuple[int, ...], expected: list[list[int]]) -> None:
    pages = shapes(composed(*(body(count) for count in lines)))
    assert [[count for _, count in page] for page in pages] == expected


def test_a_short_paragraph_stays_whole() -> None:
    assert shapes(composed(body(20), body(3))) == [[("PARAGRAPH", 20)], [("PARAGRAPH", 3)]]


def test_a_heading_goes_with_the_first_lines_behind_it() -> None:
    assert shapes(composed(body(20), heading(), body(5))) == [
        [("PARAGRAPH", 20)],
        [("HEADING_1", 1), ("PARAGRAPH", 5)],
    ]
    assert shapes(composed(body(19), heading(), body(5))) == [
        [("PARAGRAPH", 19), ("HEADING_1", 1), ("PARAGRAPH", 2)],
        [("PARAGRAPH", 3)],
    ]


def test_headings_of_all_levels_go_together() -> None:
    second = Paragraph("overview", ParagraphStyle.HEADING_2, "（一）基本情况")
    third = Paragraph("overview", ParagraphStyle.HEADING_3, "1.收到申请")
    assert shapes(composed(body(18), heading(), second, third, body(4))) == [
        [("PARAGRAPH", 18)],
        [("HEADING_1", 1), ("HEADING_2", 1), ("HEADING_3", 1), ("PARAGRAPH", 4)],
    ]


def test_a_heading_at_the_very_end_stands_where_it_fits() -> None:
    assert shapes(composed(body(21), heading())) == [[("PARAGRAPH", 21), ("HEADING_1", 1)]]


def test_a_table_stays_whole_and_its_heading_goes_with_it() -> None:
    assert shapes(composed(body(14), heading(), table(14))) == [
        [("PARAGRAPH", 14)],
        [("HEADING_1", 1), ("table", 14)],
    ]


def test_a_table_that_all_but_fits_is_set_a_little_closer() -> None:
    loose, close = composed(table(14)), composed(body(13), table(14))
    assert shapes(close) == [[("PARAGRAPH", 13), ("table", 14)]]
    assert row_height(close) < row_height(loose)
    assert lowest(close.pages[0]) == pytest.approx(TEXT_BOTTOM, abs=0.01)


def row_height(composition: Composition) -> float:
    piece = composition.pages[0].pieces[-1]
    assert isinstance(piece, TablePiece)
    return piece.boxes[0].height


def test_a_table_of_many_rows_is_set_smaller_until_it_fits_its_page() -> None:
    composition = composed(heading(), table(40))
    assert shapes(composition) == [[("HEADING_1", 1), ("table", 40)]]
    assert lowest(composition.pages[0]) > TEXT_BOTTOM - 0.1


def lowest(page: Page) -> float:
    return min(box.y for piece in page.pieces if isinstance(piece, TablePiece) for box in piece.boxes)


def test_a_table_is_as_wide_as_the_text() -> None:
    [page] = composed(table(3)).pages
    [piece] = page.pieces
    assert isinstance(piece, TablePiece)
    assert min(box.x for box in piece.boxes) == pytest.approx(TEXT_LEFT)
    assert max(box.x + box.width for box in piece.boxes) == pytest.approx(TEXT_RIGHT)


def test_text_behind_a_table_is_back_in_the_grid() -> None:
    [page] = composed(table(3), body(2)).pages
    text = page.pieces[1]
    assert isinstance(text, TextPiece)
    middle = text.lines[0].baseline + 0.38 * 16
    assert (TEXT_TOP - middle) / ROW % 1 == pytest.approx(0.5)


def test_the_third_table_is_whole_on_one_page_with_its_heading() -> None:
    composition = compose(sample_description(repeat=3), Typefaces())
    [page] = [page for page in composition.pages if ("table", 28) in shape(page)]
    assert shape(page)[0][0] == "HEADING_1"
    assert lowest(page) > TEXT_BOTTOM


def test_a_number_that_is_too_wide_for_its_column_is_made_smaller_and_never_cut() -> None:
    name = CellId("requests", "granted", "total")
    cells = tuple(
        TableCell(0, column, 1, 1, Role.TOTAL, text, name) for column, text in enumerate(["1", "9" * 30])
    )
    [page] = composed(TableBlock("some", (9, 1), 1, 0, cells)).pages
    [piece] = page.pieces
    assert isinstance(piece, TablePiece)
    small, wide = (box.lines[0] for box in piece.boxes)
    assert (small.size, len(wide.line.text)) == (10.5, 30)
    assert wide.size < 10.5
    assert wide.x + wide.line.end < piece.boxes[1].x + piece.boxes[1].width


def test_the_longest_numbers_of_the_narrowest_columns_can_still_be_read() -> None:
    composition = compose(sample_description(), Typefaces())
    tables = [piece for page in composition.pages for piece in page.pieces if isinstance(piece, TablePiece)]
    numbers = [box for table in tables for box in table.boxes if len(box.cell.text) >= 9 and box.cell.cell]
    assert numbers
    for box in numbers:
        [line] = box.lines
        assert line.size > 4.5
        assert box.x < line.x < line.x + line.line.end < box.x + box.width


def test_listed_labels_stand_at_the_left_and_others_in_the_middle() -> None:
    texts = ["规章", "一、本年新收", "（一）予以公开", "1.属于国家秘密"]
    cells = tuple(TableCell(row, 0, 1, 1, Role.LABEL, text) for row, text in enumerate(texts))
    [page] = composed(TableBlock("some", (1,), 4, 0, cells)).pages
    [piece] = page.pieces
    assert isinstance(piece, TablePiece)
    assert [box.lines[0].x - TEXT_LEFT < 10 for box in piece.boxes] == [False, True, True, True]


def test_labels_of_the_third_table_are_never_broken_inside_a_word() -> None:
    composition = compose(sample_description(), Typefaces())
    boxes = [
        b for page in composition.pages for p in page.pieces if isinstance(p, TablePiece) for b in p.boxes
    ]
    found = {box.cell.text: [line.line.text for line in box.lines] for box in boxes}
    assert found["（三）不予公开"] == ["（三）", "不予公开"]
    assert found["三、本年度办理结果"] == ["三、本", "年度", "办理", "结果"]
    assert found["（七）总计"] == ["（七）总计"]


def test_a_header_in_a_narrow_column_is_broken_by_two_characters() -> None:
    texts = ["社会公益组织", "结果维持", "自然人", "本年处理决定数量"]
    cells = tuple(TableCell(0, column, 1, 1, Role.HEADER, text) for column, text in enumerate(texts))
    [page] = composed(TableBlock("some", (40, 40, 40, 300), 1, 1, cells)).pages
    [piece] = page.pieces
    assert isinstance(piece, TablePiece)
    found = [[line.line.text for line in box.lines] for box in piece.boxes]
    assert found == [["社会", "公益", "组织"], ["结果", "维持"], ["自然人"], ["本年处理决定数量"]]


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (30, ["法律", "服务", "机构"]),
        (40, ["法律", "服务", "机构"]),
        (50, ["法律服务", "机构"]),
        (61, ["法律服务", "机构"]),
        (75, ["法律服务机构"]),
    ],
)
def test_a_header_is_never_broken_inside_a_word(width: int, expected: list[str]) -> None:
    rest = round(TEXT_WIDTH) - width
    cells = (TableCell(0, 0, 1, 1, Role.HEADER, "法律服务机构"), TableCell(0, 1, 1, 1, Role.HEADER, ""))
    [page] = composed(TableBlock("some", (width, rest), 1, 1, cells)).pages
    [piece] = page.pieces
    assert isinstance(piece, TablePiece)
    assert [line.line.text for line in piece.boxes[0].lines] == expected


_NAMES = """
某某省某某市某某自治县/人民政府办公室政务公开领导小组
某某市某某新区管理委员会/市场监督管理和综合执法局
伊犁哈萨克自治州/察布查尔锡伯自治县人民政府
积石山保安族东乡族撒拉族自治县/发展和改革局
湖南省岳阳市南湖新区管理委员会/政务服务和数据管理局
中国（上海）自由贸易试验区/临港新片区管理委员会
国家税务总局/中国（四川）自由贸易试验区成都管理委员会
新疆生产建设兵团第十二师/三坪农场社会事务管理办公室
长江水利委员会水文局/长江上游水文水资源勘测局
佛山市顺德区大良街道办事处/综合行政执法办公室
某某经济技术开发区/（某某综合保税区）管理委员会
某某市某某区某某镇人民政府/党政综合办公室和社会事务办公室/联合工作领导小组
某某省某某市某某县某某乡人民政府/社会治安综合治理和平安建设/工作领导小组办公室
某某市城市管理和综合执法局/政务公开与政府信息公开/工作领导小组及其办公室
ABC（中国）2021示范区管理委员会/XYZ-123分局某某某某某
"""
LONG_NAMES = _NAMES.split()


@pytest.mark.parametrize("name", LONG_NAMES)
def test_a_long_unit_name_is_broken_where_its_meaning_allows_it(name: str) -> None:
    parts = name.split("/")
    [page] = composed(title_lines=("".join(parts), "2021年政府信息公开工作年度报告")).pages
    [title] = page.pieces
    assert isinstance(title, TextPiece)
    assert title.tag is Tag.TITLE
    assert [line.line.text for line in title.lines[:-1]] == parts
    for line in title.lines:
        assert line.x - TEXT_LEFT == pytest.approx(TEXT_RIGHT - line.x - line.line.end)


def test_a_name_without_such_a_place_is_broken_into_lines_of_about_equal_length() -> None:
    [page] = composed(title_lines=("某" * 43,)).pages
    [title] = page.pieces
    assert isinstance(title, TextPiece)
    assert [len(line.line.text) for line in title.lines] == [15, 15, 13]


def test_a_title_longer_than_a_page_goes_on_over_the_page() -> None:
    composition = composed(body(3), title_lines=("某" * 900, "2021年政府信息公开工作年度报告"))
    titles = [piece for page in composition.pages for piece in page.pieces if isinstance(piece, TextPiece)]
    assert "".join(line.line.text for title in titles[:-1] for line in title.lines).startswith("某" * 900)
    assert all(TEXT_BOTTOM < line.baseline < TEXT_TOP for title in titles for line in title.lines)


def test_line_ends_inside_texts_begin_new_paragraphs_and_none_are_empty() -> None:
    pieces = composed(Paragraph("overview", ParagraphStyle.BODY, "甲\n\n乙\r\n丙")).pages[0].pieces
    assert [piece.text for piece in pieces if isinstance(piece, TextPiece)] == ["甲", "乙", "丙"]


def random_text(source: random.Random) -> str:
    """Return headings of both levels and paragraphs of one line to many, in any order."""
    heads = [f"（{source.choice('一二三')}）工作情况", f"{source.randint(1, 9)}.具体情况"]
    lengths = [1, 20, 26, 27, 54, 55, 82, 83, 110, 138, 200, 600]
    parts = [
        source.choice(heads) if source.random() < 0.4 else "文" * source.choice(lengths)
        for _ in range(source.randint(0, 20))
    ]
    return "\n".join(parts)


def test_pages_of_many_reports_leave_nothing_alone() -> None:
    typefaces = Typefaces()
    for seed in range(80):
        source = random.Random(seed)
        texts = {section.id: random_text(source) for section in FORM.text_sections}
        report = Report(FORM.id, 2021, "某" * source.randint(2, 60), inputs=numbers(seed), texts=texts)
        pages = compose(describe(FORM, report, draft=None), typefaces).pages
        assert [fault for page in pages for fault in faults_of(page, pages[-1])] == [], seed
        parts: dict[int, list[TextPiece]] = {}
        for piece in (piece for page in pages for piece in page.pieces if isinstance(piece, TextPiece)):
            parts.setdefault(piece.element, []).append(piece)
        cut = [pieces for pieces in parts.values() if len(pieces) > 1]
        assert all(len(piece.lines) > 1 for pieces in cut for piece in pieces), seed
        assert {pieces[0].tag for pieces in cut} <= {Tag.PARAGRAPH}, seed


def faults_of(page: Page, last_page: Page) -> Iterator[str]:
    final = page.pieces[-1]
    lines = [line for piece in page.pieces if isinstance(piece, TextPiece) for line in piece.lines]
    if page is not last_page and isinstance(final, TextPiece) and final.tag is not Tag.PARAGRAPH:
        yield f"page {page.number} ends with a heading"
    if len(lines) < 2 and isinstance(final, TextPiece):
        yield f"page {page.number} holds a single line"
    if any(not TEXT_BOTTOM < line.baseline < TEXT_TOP for line in lines):
        yield f"page {page.number} has a line outside the text area"
    if lowest_of_tables(page) < TEXT_BOTTOM - 0.01:
        yield f"page {page.number} has a table below the text area"


def lowest_of_tables(page: Page) -> float:
    tables = [piece for piece in page.pieces if isinstance(piece, TablePiece)]
    return min((box.y for table in tables for box in table.boxes), default=TEXT_TOP)


def test_what_was_broken_into_lines_once_is_not_broken_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = compose(sample_description(), Typefaces())
    monkeypatch.setattr(lines, "_Setter", None)
    assert compose(sample_description(), Typefaces()) == first
