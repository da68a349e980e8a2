"""How the cells of the template look that are filled in: told apart by colour, and by being unlocked."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle

from export import excel_styles as styles
from export.excel_styles import StyledWorkbook, font

INPUT = "填报数字"
TOTAL = "填报合计"
TEXT = "填报正文"
FACT = "填报信息"
ADVICE = "填写说明"
VERDICT = "勾稽核对"

_INPUT_COLOUR = "FFFBE0"
_TOTAL_COLOUR = "EDEDED"
_WRONG = ("9C0006", "FFC7CE")
_DOUBTFUL = ("7F6000", "FFEB9C")


def add_looks(workbook: StyledWorkbook) -> Mapping[str, StyleArray]:
    """Give a workbook the template's own styles; return all its named styles by name."""
    for style in _styles():
        workbook.add_named_style(style)
    return workbook.looks


def _styles() -> list[NamedStyle]:
    line = Side(style="thin", color="000000")
    box = Border(left=line, right=line, top=line, bottom=line)
    faint = Border(bottom=Side(style="hair", color="A6A6A6"))
    words, fact = font("宋体", styles.TABLE_SIZE), font("宋体", styles.SIZES[styles.FACT])
    centred = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
    indented = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    running = Alignment(horizontal="left", vertical="top", wrap_text=True)
    fill, free = PatternFill("solid", fgColor=_INPUT_COLOUR), Protection(locked=False)
    text = font("仿宋", styles.TEXT_SIZE)
    return [
        NamedStyle(INPUT, font=words, alignment=centred, border=box, fill=fill, protection=free),
        NamedStyle(TOTAL, font=words, alignment=centred, border=box, fill=_solid(_TOTAL_COLOUR)),
        NamedStyle(TEXT, font=text, alignment=running, border=faint, fill=fill, protection=free),
        NamedStyle(FACT, font=fact, alignment=indented, border=box, fill=fill, protection=free),
        NamedStyle(ADVICE, font=font("宋体", 11), alignment=running),
        NamedStyle(VERDICT, font=font("宋体", 9, "595959"), alignment=centred),
    ]


def _solid(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def wrong() -> DifferentialStyle:
    """Return what a cell turns to where figures disagree: red, and bold for grey prints."""
    return _alarm(*_WRONG)


def doubtful() -> DifferentialStyle:
    """Return what a cell turns to where figures ask for a second look."""
    return _alarm(*_DOUBTFUL)


def _alarm(ink: str, paper: str) -> DifferentialStyle:
    return DifferentialStyle(font=Font(color=ink, bold=True), fill=PatternFill("solid", bgColor=paper))
