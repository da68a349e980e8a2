"""Put a 填报模板 into a file: the one way for window and command line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from export.targets import allowed_name, check_target
from model.atomic import write_atomically
from model.errors import BadTarget, WrittenDiffers
from model.forms import Form
from model.reading.template import read_template
from model.validity import YEARS

SUFFIX = ".xlsx"


def save_template(form: Form, path: Path, *, year: int, unit: str, moment: datetime) -> None:
    """Write the blank of a year for a unit (an empty name: for any), as of a moment that knows its zone.

    It is read back as a filled one is before it takes its place. Raise BadTarget, CannotWrite or
    WrittenDiffers; what stood at ``path`` is then untouched.
    """
    check_target(path, (SUFFIX,))
    if not form.first_year <= year <= YEARS[-1]:
        raise BadTarget(path, f"{form.name}从 {form.first_year} 年起使用，没有 {year} 年的填报表")
    from export.template import write_template

    def write(temporary: Path) -> None:
        write_template(form, year, unit, temporary, moment)
        _verify(form, temporary, path, year)

    write_atomically(path, write)


def _verify(form: Form, written: Path, path: Path, year: int) -> None:
    found = read_template(written)
    wrong = [form.describe_cell(cell) for cell in form.inputs if cell not in found.read]
    if wrong or found.report.year != year or found.report.inputs:
        raise WrittenDiffers(path, tuple(wrong) or ("报告年份",))


def default_template_name(form: Form, year: int, unit: str) -> str:
    """Return the usual name of a template: 岳阳市南湖新区管委会2025年政府信息公开工作年度报告填报表.xlsx."""
    return allowed_name(unit, f"{year}年{form.title}填报表", SUFFIX)
