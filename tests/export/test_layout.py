"""The neutral description: what stands in a document, and in which order."""

import pytest

from export.layout import (
    Heading,
    Paragraph,
    ParagraphStyle,
    TableBlock,
    describe,
    paragraphs,
    style_of,
)
from model.catalogue import load_form
from model.cells import CellId
from model.report import Report

FORM = load_form("2021")
GRANTED = CellId("requests", "granted", "natural_person")
GRANTED_TOTAL = CellId("requests", "granted", "total")


def report(**fields: object) -> Report:
    return Report(FORM.id, **fields)  # type: ignore[arg-type]


def test_the_blocks_follow_the_printed_order_with_the_introduction_before_every_heading() -> None:
    texts = {section.id: section.short for section in FORM.text_sections}
    blocks = describe(FORM, report(texts=texts), draft=None).blocks
    shape = [block.section if isinstance(block, Paragraph) else block.id for block in blocks]
    expected = [FORM.sections[0].id]
    for section in FORM.sections[1:]:
        expected += [section.id, section.table or section.id]
    assert shape == expected
    assert [block.text for block in blocks if isinstance(block, Heading)] == [
        section.heading for section in FORM.sections if section.heading
    ]


def test_a_table_prints_computed_totals_and_never_the_stated_ones() -> None:
    sample = report(inputs={GRANTED: 68}, stated={GRANTED_TOTAL: 64})
    tables = [block for block in describe(FORM, sample, draft=None).blocks if isinstance(block, TableBlock)]
    texts = {box.cell: box.text for table in tables for box in table.cells if box.cell}
    assert set(texts) == set(FORM.cells)
    assert (texts[GRANTED], texts[GRANTED_TOTAL]) == ("68", "68")
    assert texts[CellId("requests", "granted", "business")] == ""


def test_the_boxes_of_a_table_cover_its_rectangle_exactly_once() -> None:
    for table in describe(FORM, report(), draft=None).blocks:
        if not isinstance(table, TableBlock):
            continue
        places = [
            (row, column)
            for box in table.cells
            for row in range(box.row, box.row + box.row_span)
            for column in range(box.column, box.column + box.column_span)
        ]
        assert sorted(places) == [(r, c) for r in range(table.row_count) for c in range(len(table.widths))]


def test_each_line_is_a_paragraph_without_its_indent_and_blank_lines_go() -> None:
    text = "\u3000\u3000第一段。\r\n\n  第二段 <b>&amp; \x0b第三段\u2028=1+1\t \n\u3000\n"
    assert [paragraph.text for paragraph in paragraphs("overview", text)] == [
        "第一段。",
        "第二段 <b>&amp;",
        "第三段",
        "=1+1",
    ]


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("（一）主动公开", ParagraphStyle.HEADING_2),
        ("(十二)监督保障", ParagraphStyle.HEADING_2),
        ("（一）加强组织领导，高位推动政务公开工作。", ParagraphStyle.HEADING_2),
        ("（一）存在的问题：", ParagraphStyle.HEADING_2),
        ("（一）主动公开。全年发布信息。", ParagraphStyle.BODY),
        ("（一）收到申请 68 件；", ParagraphStyle.BODY),
        ("（一）" + "长" * 30, ParagraphStyle.BODY),
        ("（注）说明", ParagraphStyle.BODY),
        ("1.健全工作机制", ParagraphStyle.HEADING_3),
        ("12、健全工作机制", ParagraphStyle.HEADING_3),
        ("1.已经整改。", ParagraphStyle.BODY),
        ("1.5万件", ParagraphStyle.BODY),
        ("2021年工作", ParagraphStyle.BODY),
    ],
)
def test_a_sub_heading_is_told_from_running_text(line: str, style: ParagraphStyle) -> None:
    assert style_of(line) is style


def test_the_title_and_the_cover_say_what_is_missing() -> None:
    described = describe(FORM, report(), draft="草稿")
    assert described.title == f"〔机关名称〕〔年份〕年{FORM.title}"
    assert dict(described.cover)["报告年份"] == ""
    assert described.draft == "草稿"


def test_a_unit_name_stays_on_one_line() -> None:
    described = describe(FORM, report(unit_name=" 某市\n某局 ", year=2021, unit_level="县级"), draft=None)
    assert described.title_lines == ("某市某局", f"2021年{FORM.title}")
    assert described.unit == "某市某局"
    assert [text for _, text in described.cover][:3] == ["某市某局", "县级", "2021年"]


def test_characters_that_no_document_holds_are_left_out_and_listed() -> None:
    described = describe(
        FORM, report(unit_name="甲\ud800局", texts={"overview": "一\x07二\u202e三😀"}), draft=None
    )
    assert described.unit == "甲局"
    assert described.dropped == ("\x07", "\u202e", "\ud800")
    assert Paragraph("overview", ParagraphStyle.BODY, "一二三😀") in described.blocks
