"""The content of a ``.xxgk`` file, version 1: from JSON to a report and back.

Knows the file's keys and nothing of disks. Inputs only, never totals; whatever is not understood is
refused with its place (see :class:`MisplacedError`), so that nothing is read differently than it was meant.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NoReturn

from model.catalogue import form_ids, load_form
from model.cells import MOST_COUNT, MOST_MONEY_DECIMALS, MOST_MONEY_DIGITS, CellId, Kind, Value
from model.forms import Form
from model.report import Note, Previous, Report
from model.strict_json import Json
from model.toml_reader import nearest
from model.validity import YEARS, can_hold, is_year

FORMAT = "xxgk"
VERSION = 1

_MONEY = re.compile(rf"[0-9]{{1,{MOST_MONEY_DIGITS}}}(\.[0-9]{{1,{MOST_MONEY_DECIMALS}}})?")
_MONEY_SUM = re.compile(rf"-?[0-9]{{1,30}}(\.[0-9]{{1,{MOST_MONEY_DECIMALS}}})?")
_REPORT_KEYS = ("form", "year", "unit", "inputs", "texts", "stated", "previous", "locks", "notes")
_NOTE_KEYS = ("code", "cells", "values", "text", "at", "previous")
KEYS = ("format", "version", *_REPORT_KEYS, "checksum")


class MisplacedError(ValueError):
    """Something at a place of the file that the program does not understand."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}：{reason}")
        self.place = place
        self.reason = reason


# ---------------------------------------------------------------- reading


def from_json(data: Mapping[str, Json]) -> Report:
    """Return the report that version-1 JSON holds; raise MisplacedError for what is not understood."""
    _require_keys(data, KEYS, "")
    form = _read_form(data.get("form"), "form")
    unit = _mapping(data, "unit")
    return Report(
        form=form.id,
        year=_read_year(data.get("year"), "year"),
        unit_name=_optional_text(unit.get("name"), "unit.name"),
        unit_level=_read_level(form, unit.get("level")),
        inputs=_read_cells(form, _mapping(data, "inputs"), "inputs", of_totals=False),
        texts=_read_texts(form, _mapping(data, "texts")),
        stated=_read_cells(form, _mapping(data, "stated"), "stated", of_totals=True),
        locks=_read_locks(form, _mapping(data, "locks")),
        previous=_read_previous(data.get("previous")),
        notes=_read_notes(form, data.get("notes")),
        unit_extra={key: value for key, value in unit.items() if key not in ("name", "level")},
        modified_outside=is_modified(data),
    )


def _refuse(place: str, reason: str) -> NoReturn:
    raise MisplacedError(place, reason)


def _require_keys(data: Mapping[str, Json], known: tuple[str, ...], place: str) -> None:
    for key in data:
        if key not in known:
            _refuse(f"{place}.{key}".lstrip("."), f"不认识这一项{nearest(key, known)}")


def _mapping(data: Mapping[str, Json], key: str, place: str = "") -> dict[str, Json]:
    value = data.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        _refuse(f"{place}.{key}".lstrip("."), "这里应当是一组键值")
    return value


def _text(value: Json, place: str) -> str:
    if not isinstance(value, str):
        _refuse(place, "这里应当是文字")
    return value


def _optional_text(value: Json, place: str) -> str:
    return "" if value is None else _text(value, place)


def _read_form(value: Json, place: str) -> Form:
    known = form_ids()
    if not isinstance(value, str) or value not in known:
        here = "没有写明" if value is None else f"是 {str(value)[:40]}"
        _refuse(place, f"报告格式应当是 {'、'.join(known)} 之一，这里{here}")
    return load_form(value)


def _read_year(value: Json, place: str) -> int | None:
    if value is None:
        return None
    if not is_year(value):
        _refuse(place, f"年份应当是 {YEARS.start} 到 {YEARS.stop - 1} 的整数")
    return value


def _read_level(form: Form, value: Json) -> str | None:
    level = _optional_text(value, "unit.level")
    if not level:
        return None
    if level not in form.levels:
        _refuse("unit.level", f"不认识层级“{level}”，只能是 {'、'.join(form.levels)}")
    return level


def _read_cells(form: Form, data: Mapping[str, Json], place: str, *, of_totals: bool) -> dict[CellId, Value]:
    """Return the values nested as table, row, column; blanks (null) are left out."""
    values: dict[CellId, Value] = {}
    _require_keys(data, tuple(table.id for table in form.tables), place)
    for table, rows in _nested(data, place):
        _require_keys(
            rows, tuple(dict.fromkeys(cell.row for cell in form.table(table).cells)), f"{place}.{table}"
        )
        for row, columns in _nested(rows, f"{place}.{table}"):
            for column, value in columns.items():
                cell = CellId(table, row, column)
                at = f"{place}.{cell}"
                _require_cell(form, cell, at, of_totals=of_totals)
                if value is not None:
                    values[cell] = _read_value(form, cell, value, at)
    return {cell: values[cell] for cell in form.cells if cell in values}


def _nested(data: Mapping[str, Json], place: str) -> list[tuple[str, dict[str, Json]]]:
    return [(key, _mapping(data, key, place)) for key in data]


def _require_cell(form: Form, cell: CellId, place: str, *, of_totals: bool | None) -> None:
    if not form.has(cell):
        _refuse(place, f"格式 {form.id} 没有这一格{nearest(str(cell), map(str, form.cells))}")
    if of_totals is False and form.is_total(cell):
        _refuse(place, "这一格由程序计算，不能填写；原表的合计放在 stated 里")
    if of_totals and not form.is_total(cell):
        _refuse(place, "这一格不是合计")


def _read_value(form: Form, cell: CellId, value: Json, place: str) -> Value:
    """Return a cell's value; that of a total may be negative, and larger than any input."""
    if form.kind(cell) is Kind.MONEY:
        pattern = _MONEY_SUM if form.is_total(cell) else _MONEY
        if not isinstance(value, str) or not pattern.fullmatch(value):
            _refuse(place, '金额应当是带引号的数字，如 "12.5"，小数最多六位')
        return Decimal(value)
    if not isinstance(value, int) or not can_hold(form, cell, value):
        _refuse(place, "合计应当是整数" if form.is_total(cell) else f"件数应当是 0 到 {MOST_COUNT} 的整数")
    return value


def _read_texts(form: Form, data: Mapping[str, Json]) -> dict[str, str]:
    known = tuple(section.id for section in form.text_sections)
    _require_keys(data, known, "texts")
    texts = {key: _optional_text(value, f"texts.{key}") for key, value in data.items()}
    return {key: texts[key] for key in known if texts.get(key)}


def _read_locks(form: Form, data: Mapping[str, Json]) -> dict[CellId, Mapping[str, object]]:
    locks: dict[CellId, Mapping[str, object]] = {}
    for key in data:
        place = f"locks.{key}"
        cell = _read_cell_id(form, key, place)
        _require_cell(form, cell, place, of_totals=False)
        locks[cell] = dict(_mapping(data, key, "locks"))
    return locks


def _read_cell_id(form: Form, value: Json, place: str) -> CellId:
    try:
        cell = CellId.parse(_text(value, place))
    except ValueError:
        _refuse(place, "这里应当是“表.行.列”")
    _require_cell(form, cell, place, of_totals=None)
    return cell


def _read_previous(value: Json) -> Previous | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        _refuse("previous", "这里应当是一组键值")
    _require_keys(value, ("form", "year", "inputs"), "previous")
    form = _read_form(value.get("form"), "previous.form")
    year = _read_year(value.get("year"), "previous.year")
    if year is None:
        _refuse("previous.year", "缺少上年的年份")
    inputs = _mapping(value, "inputs", "previous")
    return Previous(form.id, year, _read_cells(form, inputs, "previous.inputs", of_totals=False))


def _read_notes(form: Form, value: Json) -> tuple[Note, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        _refuse("notes", "这里应当是一列说明")
    return tuple(_read_note(form, note, f"notes[{number}]") for number, note in enumerate(value, 1))


def _list(data: Mapping[str, Json], key: str, place: str) -> list[Json]:
    value = data.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        _refuse(f"{place}.{key}", "这里应当是一列值")
    return value


def _read_note(form: Form, note: Json, place: str) -> Note:
    if not isinstance(note, dict):
        _refuse(place, "这里应当是一组键值")
    cells, values = _list(note, "cells", place), _list(note, "values", place)
    if len(cells) != len(values):
        _refuse(place, "cells 与 values 应当是个数相同的两列")
    ids = tuple(_read_cell_id(form, cell, f"{place}.cells") for cell in cells)
    return Note(
        code=_text(note.get("code"), f"{place}.code"),
        cells=ids,
        values=tuple(
            None if value is None else _read_value(form, cell, value, f"{place}.values")
            for cell, value in zip(ids, values, strict=True)
        ),
        text=_text(note.get("text"), f"{place}.text"),
        at=_text(note.get("at", ""), f"{place}.at"),
        previous=_read_noted_previous(form, note, place),
        extra={key: note[key] for key in note if key not in _NOTE_KEYS},
    )


def _read_noted_previous(form: Form, note: Mapping[str, Json], place: str) -> dict[CellId, Value] | None:
    """Return last year's values that a note names by their cells; None where it does not."""
    if note.get("previous") is None:
        return None
    values: dict[CellId, Value] = {}
    for key, value in _mapping(note, "previous", place).items():
        at = f"{place}.previous.{key}"
        cell = _read_cell_id(form, key, at)
        values[cell] = None if value is None else _read_value(form, cell, value, at)
    return values


# ---------------------------------------------------------------- writing


def to_json(report: Report) -> dict[str, Json]:
    """Return a report as version-1 JSON in canonical order, with its checksum."""
    form = load_form(report.form)
    data: dict[str, Json] = {
        "format": FORMAT,
        "version": VERSION,
        "form": report.form,
        "year": report.year,
        "unit": {"name": report.unit_name, "level": report.unit_level, **_plain(report.unit_extra)},
        "inputs": _write_cells(form, report.inputs),
        "texts": {s.id: report.texts[s.id] for s in form.text_sections if report.texts.get(s.id)},
    }
    if report.stated:
        data["stated"] = _write_cells(form, report.stated)
    if report.previous is not None:
        data["previous"] = _write_previous(report.previous)
    if report.locks:
        locked = [cell for cell in form.cells if cell in report.locks]
        data["locks"] = {str(cell): _plain(report.locks[cell]) for cell in locked}
    if report.notes:
        data["notes"] = [_write_note(note) for note in report.notes]
    data["checksum"] = checksum(data)
    return data


def checksum(data: Mapping[str, Json]) -> str:
    """Return the checksum of a file's content: over everything but the checksum itself."""
    content = {key: value for key, value in data.items() if key != "checksum"}
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode("ascii")).hexdigest()


def is_modified(data: Mapping[str, Json]) -> bool:
    """Tell whether a file's content does not match the checksum it bears; none is no claim."""
    given = data.get("checksum")
    return given is not None and _text(given, "checksum") != checksum(data)


def _plain(data: Mapping[str, object]) -> dict[str, Json]:
    """Return keys that came from a file and are kept as they were."""
    return dict(data)  # type: ignore[arg-type]  # they were read as Json


def _write_value(value: Value) -> Json:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _write_cells(form: Form, values: Mapping[CellId, Value]) -> dict[str, Json]:
    result: dict[str, Json] = {}
    for cell in form.cells:
        if values.get(cell) is None:
            continue
        rows = result.setdefault(cell.table, {})
        assert isinstance(rows, dict)
        columns = rows.setdefault(cell.row, {})
        assert isinstance(columns, dict)
        columns[cell.column] = _write_value(values[cell])
    return result


def _write_previous(previous: Previous) -> Json:
    inputs = _write_cells(load_form(previous.form), previous.inputs)
    return {"form": previous.form, "year": previous.year, "inputs": inputs}


def _write_note(note: Note) -> Json:
    previous = {} if note.previous is None else {"previous": _write_noted(note.previous)}
    return {
        "code": note.code,
        "cells": [str(cell) for cell in note.cells],
        "values": [_write_value(value) for value in note.values],
        "text": note.text,
        "at": note.at,
        **previous,
        **_plain(note.extra),
    }


def _write_noted(values: Mapping[CellId, Value]) -> dict[str, Json]:
    return {str(cell): _write_value(value) for cell, value in values.items()}
