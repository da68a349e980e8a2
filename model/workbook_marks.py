"""The marks by which a workbook of ours is known and read: shared by the pens and the reader.

Nothing here depends on where a cell stands.
"""

from __future__ import annotations

FORMAT = "xxgk-template"
VERSION = 1
"""Of the marks of a 填报模板; a reader that knows an older one only must refuse it."""

IDENTITY_SHEET = "xxgk"
"""Title of the hidden sheet that holds pairs of key and value in two columns."""
FORMAT_KEY, VERSION_KEY, FORM_KEY, YEAR_KEY, UNIT_KEY = "format", "version", "form", "year", "unit"

CELL_PREFIX = "xxgk."
"""What the defined name of a number begins with; the rest is the cell's id."""
TEXT_PREFIX = "xxgk_text."
"""What the defined name of a text's cells begins with; the rest is the section's id."""
NAME_NAME, LEVEL_NAME, YEAR_NAME = "xxgk_unit.name", "xxgk_unit.level", "xxgk_unit.year"
"""The defined names of the cover data."""

NAME_LABEL, LEVEL_LABEL, YEAR_LABEL, FORM_LABEL = "机关名称", "机关层级", "报告年份", "报告格式"
"""What stands before the cover data in every workbook."""
YEAR_SUFFIX = "年"
VERDICT_LABEL = "勾稽核对（本行不用填）"
"""What stands before the line below a table that says whether its columns agree."""
PARAGRAPH_INDENT = "\u3000\u3000"
"""What a paragraph of an exported text begins with; a piece without it goes on with the one before."""
