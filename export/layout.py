"""The neutral description of the official document that every pen draws from.

It says what stands on the pages, in which order and with which merges; it does not say how a
format draws it. Widths are proportions, texts are literal (never markup).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

from export.characters import Cleaned, clean
from model import workbook_marks as marks
from model.cells import CellId, Value, format_value
from model.engine import Sheet, evaluate
from model.finalising import current_final
from model.forms import Form, GridCell, Section, Table
from model.forms import Role as Role
from model.report import Report


@dataclass(frozen=True)
class TableCell:
    """One box of a table: its place and extent in grid units, its text and, for a number, its name."""

    row: int
    column: int
    row_span: int
    column_span: int
    role: Role
    text: str
    cell: CellId | None = None
    value: Value = None


@dataclass(frozen=True)
class TableBlock:
    """A whole official table. ``cells`` cover the grid exactly once."""

    id: str
    widths: tuple[int, ...]
    """Width of each grid column, as proportions."""
    row_count: int
    header_rows: int
    """Rows at the top that head the columns (0 where bands inside the table carry the headers)."""
    cells: tuple[TableCell, ...]
    label_columns: int = 0
    """Grid columns at the left that hold row labels."""


@dataclass(frozen=True)
class Heading:
    """A first-level heading of the form: 「一、总体情况」. ``id`` is the section's."""

    id: str
    text: str


class ParagraphStyle(Enum):
    """How a paragraph of running text is set."""

    BODY = "body"
    HEADING_2 = "heading_2"
    """「（一）……」 on a line of its own."""
    HEADING_3 = "heading_3"
    """「1.……」 on a line of its own."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of literal text, without its first-line indent."""

    section: str
    style: ParagraphStyle
    text: str


Block: TypeAlias = "Heading | Paragraph | TableBlock"


@dataclass(frozen=True)
class Description:
    """A whole report, ready to be drawn."""

    title: str
    """The title on one line, for document properties and file names."""
    title_lines: tuple[str, ...]
    """The title broken by meaning: the unit's name, then the year and 政府信息公开工作年度报告."""
    unit: str
    year: int | None
    form: str
    draft: str | None
    """The 草稿 mark to be shown on every page, or None for a final document."""
    blocks: tuple[Block, ...]
    section_names: Mapping[str, str] = field(default_factory=dict)
    """A short name for each section by id, the introduction's included."""
    sheet_names: Mapping[str, str] = field(default_factory=dict)
    """The title of each section's worksheet, by the section's id."""
    subject: str = ""
    """What kind of document it is: the form's own title."""
    cover: tuple[tuple[str, str], ...] = ()
    """The cover data, label and value."""
    standing: tuple[tuple[str, str], ...] = ()
    """How the document stands, label and value: 草稿 or 正式稿, and what is known of its 定稿."""
    stamp: str = ""
    """The 定稿 in a few words, for a small line at the foot and for properties; empty for no 定稿."""
    dropped: tuple[str, ...] = ()
    """Characters of the texts that no document can hold and that were left out."""

    @property
    def summary(self) -> str:
        """What kind of document it is and its 定稿, for the properties of a file."""
        return "；".join(text for text in (self.subject, self.stamp) if text)


def describe(form: Form, report: Report, *, draft: str | None) -> Description:
    """Return the official document of a report, totals computed; ``draft`` is the mark to show or None.

    Headings are the form's own words. Texts are literal but for characters that no document can hold.
    """
    unit = clean("".join(report.unit_name.splitlines()).strip())
    texts = {section.id: clean(report.texts.get(section.id, "")) for section in form.text_sections}
    title_lines = replace(report, unit_name=unit.text).title_lines(form)
    return Description(
        title="".join(title_lines),
        title_lines=title_lines,
        unit=unit.text,
        year=report.year,
        form=form.id,
        draft=draft,
        blocks=tuple(_blocks(form, evaluate(form, report.inputs), texts)),
        section_names={section.id: section.short for section in form.sections},
        sheet_names={section.id: _sheet_name(form, section) for section in form.sections},
        subject=form.title,
        cover=tuple(_cover(form, report, unit.text)),
        standing=tuple(_standing(report, draft)),
        stamp=_stamp(report),
        dropped=tuple(sorted(unit.dropped.union(*(text.dropped for text in texts.values())))),
    )


def _cover(form: Form, report: Report, unit: str) -> Iterator[tuple[str, str]]:
    yield marks.NAME_LABEL, unit
    yield marks.LEVEL_LABEL, report.unit_level or ""
    yield marks.YEAR_LABEL, "" if report.year is None else f"{report.year}{marks.YEAR_SUFFIX}"
    yield marks.FORM_LABEL, f"{form.name}（{form.basis}）"


def _sheet_name(form: Form, section: Section) -> str:
    """Return the name that the form gives a table's sheet; a text's is made alike: 一、总体情况."""
    if section.table is not None:
        return form.table(section.table).sheet
    return section.short.replace(" ", "、", 1)


def _standing(report: Report, draft: str | None) -> Iterator[tuple[str, str]]:
    """Yield what documents say of their state."""
    yield "文件状态", draft or "正式稿"
    final = current_final(report)
    if final is not None:
        yield final.name, clean(final.public_words).text


def _stamp(report: Report) -> str:
    final = current_final(report)
    return clean(f"{final.name} {final.public_words}").text if final else ""


def _blocks(form: Form, sheet: Sheet, texts: Mapping[str, Cleaned]) -> Iterator[Block]:
    for section in form.sections:
        if section.heading:
            yield Heading(section.id, section.heading)
        if section.table is not None:
            yield _table(form.table(section.table), sheet)
        else:
            yield from paragraphs(section.id, texts[section.id].text)


def _table(table: Table, sheet: Sheet) -> TableBlock:
    return TableBlock(
        id=table.id,
        widths=table.widths,
        row_count=table.row_count,
        header_rows=table.header_rows,
        cells=tuple(_cell(box, sheet) for box in table.grid),
        label_columns=table.label_columns,
    )


def _cell(box: GridCell, sheet: Sheet) -> TableCell:
    value = None if box.cell is None else sheet[box.cell]
    text = box.text if box.cell is None else format_value(value)
    return TableCell(box.row, box.column, box.row_span, box.column_span, box.role, text, box.cell, value)


def paragraphs(section: str, text: str) -> Iterator[Paragraph]:
    """Yield a paragraph for each line that is not blank, without the spaces at its ends.

    First-line indents are the pens' business, so an indent that was typed goes as well.
    """
    for line in text.splitlines():
        bare = line.strip()
        if bare:
            yield Paragraph(section, style_of(bare), bare)


_LONGEST_HEADING = 30
_SENTENCE = re.compile("[。！？；!?;]")
_HEADING_2 = re.compile("[（(][一二三四五六七八九十]{1,3}[）)]")
_HEADING_3 = re.compile("[0-9]{1,2}[.．、](?![0-9])")


def style_of(line: str) -> ParagraphStyle:
    """Tell a sub-heading that fills its line from running text that only begins with a number.

    A heading is short and holds no finished sentence; 「（一）加强组织领导。」 with nothing behind its
    full stop is a heading too, 「1.已整改。」 is not: at that level a stop ends an item of a list.
    """
    if len(line) > _LONGEST_HEADING:
        return ParagraphStyle.BODY
    if _HEADING_2.match(line) and not _SENTENCE.search(line.removesuffix("。")):
        return ParagraphStyle.HEADING_2
    if _HEADING_3.match(line) and not _SENTENCE.search(line):
        return ParagraphStyle.HEADING_3
    return ParagraphStyle.BODY
