"""The commands that make a 填报模板 and read a filled one, without a screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from export.arguments import FINDINGS, FINE, Parser, UsageError
from export.console import say
from export.targets import check_target, is_same_file
from model.catalogue import form_for_year
from model.errors import AppError, BadTarget
from model.places import REPORT_SUFFIX


def make_template(arguments: Sequence[str]) -> int:
    """Write a template and return the exit code."""
    from export.template_file import save_template

    parser = Parser()
    parser.add_argument("output", metavar="填报表")
    parser.add_argument("--year")
    parser.add_argument("--unit", default="")
    parser.add_argument("--force", action="store_true")
    options = parser.parse(arguments)
    path, year = Path(options.output), _year(options.year)
    if not options.force:
        _require_blank(path)
    save_template(form_for_year(year), path, year=year, unit=options.unit.strip(), moment=datetime.now(UTC))
    say(f"已生成填报模板：{path}")
    return FINE


def _require_blank(path: Path) -> None:
    """Raise BadTarget where a workbook would be lost that somebody has filled in."""
    from model.reading.template import read_template

    try:
        found = read_template(path).report
    except AppError:
        return  # nothing of ours, or nothing at all: saving says what is wrong with it
    if found.inputs or found.texts:
        raise BadTarget(path, "这里有一张已经填了的表；要用空白表替换它，请加上 --force")


def _year(text: str | None) -> int:
    if text is None:
        raise UsageError("template 要用 --year 写明报告年份")
    if not re.fullmatch("[0-9]{4}", text):
        raise UsageError(f"--year 后面应当是四位数字的年份，不是“{text}”")
    return int(text)


def import_workbook(arguments: Sequence[str]) -> int:
    """Read a filled workbook into a new report file and return the exit code."""
    from model import storage
    from model.reading.template import read_template

    parser = Parser()
    parser.add_argument("workbook", metavar="填好的表")
    parser.add_argument("output", metavar="年报文件")
    parser.add_argument("--force", action="store_true")
    options = parser.parse(arguments)
    source, target = Path(options.workbook), Path(options.output)
    _require_free(source, target, force=options.force)
    imported = read_template(source)
    storage.save(imported.report, target, None)
    say(f"已导入：{target}")
    if imported.is_complete:
        return FINE
    say(f"有 {len(imported.doubts)} 处拿不准，请逐条核对：")
    for doubt in imported.doubts:
        say(f"  {doubt}")
    return FINDINGS


def _require_free(source: Path, target: Path, *, force: bool) -> None:
    """Raise BadTarget where the report cannot be written, or would take the place of something."""
    check_target(target, (REPORT_SUFFIX,))
    if target.exists() and is_same_file(source, target):
        raise BadTarget(target, "这就是要导入的文件本身，不能覆盖")
    if target.exists() and not force:
        raise BadTarget(target, "已经有同名的文件；要替换它，请加上 --force")
