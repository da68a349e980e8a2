"""Two report files side by side without a screen: what differs, and last year's figures for a check."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from export.arguments import FINDINGS, FINE, Parser
from export.console import say
from model.catalogue import load_form
from model.comparison import Difference, compare, excerpts, show
from model.errors import FileError
from model.report import Report

_MOST_TEXT = 60
"""Characters of a text that a line shows."""


class OtherEdition(FileError):
    """Two reports of different editions of the form, whose places are not the same."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, f"“{path.name}”与前一份不是同一版格式，不能逐项比较。")


class NotLastYear(FileError):
    """A report that cannot be last year's."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, f"“{path.name}”不能作为上年数：{reason}。")


def compare_reports(arguments: Sequence[str]) -> int:
    """List what changed from one report to another; return 1 where anything did."""
    from model import storage

    parser = Parser()
    parser.add_argument("old", metavar="年报甲")
    parser.add_argument("new", metavar="年报乙")
    parser.add_argument("--json", action="store_true")
    options = parser.parse(arguments)
    old, new = storage.load(Path(options.old)), storage.load(Path(options.new))
    if old.form != new.form:
        raise OtherEdition(Path(options.new))
    found = compare(load_form(new.form), old, new)
    for line in [_as_json(found)] if options.json else _as_lines(found):
        say(line)
    return FINDINGS if found else FINE


def with_last_year(report: Report, path: Path) -> Report:
    """Return a report held against last year's file. Raise AppError where that is none of it."""
    from model import storage
    from model.carry_over import refuse_previous, with_previous

    last = storage.load(path)
    refusal = refuse_previous(report.year, last)
    if refusal is not None:
        raise NotLastYear(path, refusal)
    return with_previous(report, last)


def _as_lines(found: Sequence[Difference]) -> Iterator[str]:
    yield f"不同之处 {len(found)} 处" if found else "没有不同"
    for item in found:
        old, new = excerpts(_in_one_line(item.old), _in_one_line(item.new), _MOST_TEXT)
        yield f"{item.label}：{old} → {new}"


def _in_one_line(value: object) -> str:
    return " ".join(show(value).split())


def _as_json(found: Sequence[Difference]) -> str:
    """Return the differences as JSON: blank is null, amounts are strings."""
    listed = [
        {"place": item.place, "label": item.label, "old": _plain(item.old), "new": _plain(item.new)}
        for item in found
    ]
    return json.dumps({"count": len(found), "differences": listed}, ensure_ascii=False, indent=1)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return None if value == "" else value
