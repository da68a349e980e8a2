"""Reports and descriptions for the tests of the PDF; all wording of the form comes from the form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from export.layout import Description, Paragraph, ParagraphStyle, TableBlock, describe
from export.pdf import write_pdf
from export.pdf_notes import PdfNotes
from model.catalogue import load_form
from model.cells import CellId, Kind, Value
from model.report import Report

FORM = load_form("2021")
SAVED = datetime(2022, 1, 20, 2, 30, tzinfo=UTC)
UNIT = "某某市某某新区管委会"

INTRODUCTION = (
    "根据《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）要求，现公布2021年度政府信息公开工作"
    "年度报告。本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止，电子版可在门户网站"
    "（http://www.example.gov.cn/zwgk/zfxxgk/index.html）下载；如有疑问，请联系办公室（电话：0730-8888888）。"
)
OVERVIEW = (
    "2021年，我区坚持“以公开为常态、不公开为例外”——扎实推进政务公开……\n"
    "（一）主动公开情况\n"
    "全年共公开政府信息3,456条，比上年增长12.5%；其中门户网站2,345条（占67.9%），政务新媒体1,111条，"
    "重点公开了财政预决算、“放管服”改革、疫情防控（含疫苗接种）、乡村振兴、生态环境等领域信息。\n"
    "（二）依申请公开情况\n"
    "1.收到申请情况\n"
    "全年共收到申请68件，均为自然人申请，已按时办结，予以公开64件，不予处理4件。\n"
)


def numbers(seed: int = 0) -> dict[CellId, Value]:
    """Return some value for most inputs of the form: small, large, zero and blank ones."""
    counts: tuple[Value, ...] = (0, 1, 68, None, 1728, 999_999_999, 3)
    values: dict[CellId, Value] = {}
    for place, cell in enumerate(FORM.inputs, seed):
        value = counts[place * 5 % len(counts)]
        values[cell] = Decimal("24252.311082") if FORM.kind(cell) is Kind.MONEY else value
    return {cell: value for cell, value in values.items() if value is not None}


def sample_description(*, draft: str | None = None, unit: str = UNIT, repeat: int = 1) -> Description:
    """Return a whole report with text in every section; ``repeat`` makes it longer."""
    sections = [section.id for section in FORM.text_sections]
    texts = dict(
        zip(sections, [INTRODUCTION, OVERVIEW * repeat, OVERVIEW, "没有需要报告的事项。"], strict=True)
    )
    report = Report(FORM.id, 2021, unit, inputs=numbers(), texts=texts)
    return describe(FORM, report, draft=draft)


def text_description(paragraphs: Iterable[str], **fields: object) -> Description:
    """Return a document of nothing but running text, without a title."""
    blocks = tuple(Paragraph("overview", ParagraphStyle.BODY, text) for text in paragraphs)
    values: dict[str, object] = {
        "title": "测试",
        "title_lines": (),
        "unit": UNIT,
        "year": 2021,
        "form": FORM.id,
        "draft": None,
        "blocks": blocks,
    }
    return Description(**values | fields)  # type: ignore[arg-type]


def printed_numbers(description: Description) -> dict[CellId, Value]:
    """Return every number of a description by its name."""
    tables = [block for block in description.blocks if isinstance(block, TableBlock)]
    return {box.cell: box.value for table in tables for box in table.cells if box.cell is not None}


def write(description: Description, path: Path) -> PdfNotes:
    """Write a PDF with the fixed saved time."""
    return write_pdf(description, path, saved=SAVED)
