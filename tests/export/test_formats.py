"""Every kind of document there is: it gives back the numbers of the report, and none where it is broken."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from export.exporting import FORMATS, Unreadable, export_report
from export.layout import Block, Description, TableBlock, describe
from model.cells import CellId, Value, format_value
from model.engine import evaluate
from model.forms import Form
from tests.model import builders

MOMENT = datetime(2022, 1, 20, 10, 3, 4, tzinfo=UTC)
SUFFIXES = list(FORMATS)


def test_the_formats_of_the_official_documents_are_offered() -> None:
    assert SUFFIXES == [".pdf", ".xlsx", ".docx", ".html"]
    assert len({format_.name for format_ in FORMATS.values()}) == len(FORMATS)


@pytest.mark.parametrize("year", [1601, 1979, 2108, 9999])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_clock_that_is_far_off_is_no_failure(suffix: str, year: int, form: Form, tmp_path: Path) -> None:
    path = tmp_path / f"报告{suffix}"
    export_report(form, builders.report(), path, draft=None, moment=datetime(year, 12, 31, tzinfo=UTC))
    assert path.stat().st_size > 0


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_document_gives_back_the_numbers_of_the_report(suffix: str, form: Form, tmp_path: Path) -> None:
    format_ = FORMATS[suffix]
    report = builders.balanced()
    path = tmp_path / f"报告{suffix}"
    format_.write(describe(form, report, draft=None), path, MOMENT, {})
    found = format_.read_numbers(path, form)
    assert {cell: found[cell] for cell in form.cells} == evaluate(form, report.inputs)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "value", [-3, Decimal("-12.50"), Decimal("0.000001"), Decimal("-999999999999.999999")]
)
def test_a_number_below_zero_and_a_tiny_one_are_read_as_printed(
    suffix: str, value: Value, form: Form, tmp_path: Path
) -> None:
    description = describe(form, builders.balanced(), draft=None)
    cell = CellId("requests", "granted", "total")
    path = tmp_path / f"报告{suffix}"
    FORMATS[suffix].write(with_value(description, cell, value), path, MOMENT, {})
    assert FORMATS[suffix].read_numbers(path, form)[cell] == value


def with_value(description: Description, cell: CellId, value: Value) -> Description:
    """Return a description in which one number is another."""

    def changed(block: Block) -> Block:
        if not isinstance(block, TableBlock):
            return block
        boxes = (
            replace(box, text=format_value(value), value=value) if box.cell == cell else box
            for box in block.cells
        )
        return replace(block, cells=tuple(boxes))

    return replace(description, blocks=tuple(map(changed, description.blocks)))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe\x00", "〇".encode() * 100])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_number_is_read_from_what_is_no_such_document(
    suffix: str, content: bytes, form: Form, tmp_path: Path
) -> None:
    path = tmp_path / f"坏{suffix}"
    path.write_bytes(content)
    found: Mapping[CellId, Value] = {}
    with suppress(Unreadable):
        found = FORMATS[suffix].read_numbers(path, form)
    assert not [value for value in found.values() if value is not None]


def test_the_numbers_of_a_report_are_the_same_in_all_formats(form: Form, tmp_path: Path) -> None:
    paths = [tmp_path / f"报告{suffix}" for suffix in SUFFIXES]
    for path in paths:
        export_report(form, builders.balanced(), path, draft="草稿", moment=MOMENT)
    found = [FORMATS[path.suffix].read_numbers for path in paths]
    numbers = [dict(read(path, form)) for read, path in zip(found, paths, strict=True)]
    assert all({cell: each[cell] for cell in form.cells} == numbers[0] for each in numbers)


def test_the_command_line_help_names_every_format() -> None:
    from export.command_line import HELP

    [line] = [line for line in HELP.splitlines() if "main.py export" in line]
    assert line.endswith("、".join(SUFFIXES))
