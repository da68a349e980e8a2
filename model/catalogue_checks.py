"""Read the checks and rules of a form and expand them to one per code."""

from __future__ import annotations

import string
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from model.catalogue_totals import parse_term, require_cells
from model.cells import CellId
from model.forms import (
    Aspect,
    Check,
    Parameters,
    Rule,
    Section,
    Severity,
    Suggestion,
    Table,
    Term,
    Total,
)
from model.rules import RULES
from model.toml_reader import Reader

RELATIONS = ("=", "<=")
_SUMS, _STATED = "sums", "stated"
_PREVIOUS = "previous."
_CHECK_FIELDS = {"row", "column", "group", "expected", "actual", "difference"}


def read_checks(reader: Reader, tables: Sequence[Table], totals: Sequence[Total]) -> tuple[Check, ...]:
    """Return the checks of cells, one per code, in the order of the file."""
    by_id = {table.id: table for table in tables}
    by_cell = {total.cell: total for total in totals}
    return tuple(check for part in reader.tables("check") for check in _read_check(part, by_id, by_cell))


def read_rules(
    reader: Reader, tables: Sequence[Table], sections: Sequence[Section], levels: Sequence[str]
) -> tuple[Rule, ...]:
    """Return the rules with their parameters checked as far as ids go."""
    return tuple(
        rule for part in reader.tables("rule") for rule in _read_rule(part, tables, sections, levels)
    )


def read_suggestions(reader: Reader, tables: Sequence[Table]) -> tuple[Suggestion, ...]:
    """Return what blank inputs are likely to be, one suggestion a cell."""
    by_id = {table.id: table for table in tables}
    parts = reader.tables("suggestion", optional=True)
    suggestions = tuple(suggestion for part in parts for suggestion in _read_suggestion(part, by_id))
    reader.require_unique((str(suggestion.cell) for suggestion in suggestions), "建议")
    return suggestions


@dataclass(frozen=True)
class _Place:
    """Where one expansion of a check stands: its code's suffix and the row or column it fixes."""

    suffix: str
    row: str | None
    column: str | None
    by_column: bool
    """The place was named by each_column: terms are rows of that column."""


def _places(reader: Reader) -> list[_Place]:
    row = reader.text("row") if reader.has("row") else None
    column = reader.text("column") if reader.has("column") else None
    if reader.has("each_row"):
        return [_Place(f".{id_}", id_, column, by_column=False) for id_ in reader.texts("each_row")]
    if not reader.has("each_column"):
        return [_Place("", row, column, by_column=row is None)]
    columns = reader.texts("each_column")
    names = reader.texts("each_name", columns)
    if len(names) != len(columns):
        reader.refuse("each_name 与 each_column 的个数不同")
    return [_Place(f".{name}", row, id_, by_column=True) for name, id_ in zip(names, columns, strict=True)]


def _read_suggestion(reader: Reader, tables: Mapping[str, Table]) -> Iterator[Suggestion]:
    table = tables[reader.one_of("table", tables)]
    places = _places(reader)
    texts = reader.texts("terms")
    locked = reader.flag("locked")
    reader.finish()
    for place in places:
        if place.row is None or place.column is None:
            reader.refuse("要指明行和列")
        cell = CellId(table.id, place.row, place.column)
        require_cells(reader, table, (cell,))
        terms_place = replace(place, row=None) if place.by_column else replace(place, column=None)
        terms = _terms(reader, table, terms_place, texts)
        if locked and (len(terms) != 1 or not terms[0].of_previous):
            reader.refuse("locked 只用于照抄上年的一格")
        yield Suggestion(cell, terms, locked)


def _read_check(
    reader: Reader, tables: Mapping[str, Table], totals: Mapping[CellId, Total]
) -> Iterator[Check]:
    table = tables[reader.one_of("table", tables)]
    places = _places(reader)
    pattern = _read_pattern(reader)
    sides = [reader.texts(key, ()) for key in ("left", "right", "skip_if_blank")]
    reader.finish()
    for place in places:
        if pattern.stated:
            yield _placed(pattern, table, place, *_stated_sides(reader, table, place, totals))
        else:
            left, right, skip = (_terms(reader, table, place, side) for side in sides)
            if not (left and right):
                reader.refuse("“left”和“right”都要有内容")
            placed = _placed(pattern, table, place, left, right)
            yield replace(placed, skip_if_blank=skip)


def _read_pattern(reader: Reader) -> Check:
    """Return what the expansions of a check share."""
    return Check(
        code=reader.text("code"),
        kind=reader.text("code"),
        severity=_severity(reader),
        left=(),
        relation=reader.one_of("relation", RELATIONS, "="),
        right=(),
        stated=reader.one_of("kind", (_SUMS, _STATED)) == _STATED,
        skip_if_blank=(),
        message=_template(reader, _CHECK_FIELDS),
        names={},
        basis=reader.text("basis"),
    )


def _placed(
    pattern: Check, table: Table, place: _Place, left: tuple[Term, ...], right: tuple[Term, ...]
) -> Check:
    names = _names(table, right[-1].cell)
    return replace(pattern, code=pattern.code + place.suffix, left=left, right=right, names=names)


def _names(table: Table, cell: CellId) -> Mapping[str, str]:
    """Return what the message calls the row, the column and the column's group."""
    for block in table.blocks:
        for row in block.rows:
            for column in block.columns:
                if (row.id, column.id) == (cell.row, cell.column):
                    group = column.groups[-1].label if column.groups else ""
                    return {"row": row.name, "column": column.name, "group": group}
    raise KeyError(cell)


def _stated_sides(
    reader: Reader, table: Table, place: _Place, totals: Mapping[CellId, Total]
) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    if place.row is None or place.column is None:
        reader.refuse("要指明行和列")
    cell = CellId(table.id, place.row, place.column)
    require_cells(reader, table, (cell,))
    if cell not in totals:
        reader.refuse(f"{cell} 不是合计格")
    return totals[cell].terms, (Term(cell, 1),)


def _terms(reader: Reader, table: Table, place: _Place, texts: Sequence[str]) -> tuple[Term, ...]:
    """Return a side's terms: ids of rows where the place fixes a column, of columns where a row.

    ``-repealed`` is subtracted, ``previous.in_force`` is last year's value.
    """
    terms = []
    for text in texts:
        signed, sign = parse_term(text)
        id_ = signed.removeprefix(_PREVIOUS)
        row, column = (id_, place.column) if place.row is None else (place.row, id_)
        if column is None:
            reader.refuse("要用 each_row、each_column、row 或 column 指明另一维")
        terms.append(Term(CellId(table.id, row, column), sign, of_previous=id_ != signed))
    require_cells(reader, table, tuple(term.cell for term in terms))
    return tuple(terms)


def _severity(reader: Reader) -> Severity:
    return Severity(reader.one_of("severity", (severity.value for severity in Severity)))


def _template(reader: Reader, fields: Collection[str]) -> str:
    """Return the message, whose fields in braces must be among the known ones."""
    message = reader.text("message")
    try:
        used = [name for _, name, _, _ in string.Formatter().parse(message) if name is not None]
    except ValueError as failure:
        reader.refuse(f"“message”的花括号不成对（{failure}）")
    reader.require_known(used, fields, "“message”中的")
    return message


def _read_rule(
    reader: Reader, tables: Sequence[Table], sections: Sequence[Section], levels: Sequence[str]
) -> Iterator[Rule]:
    function = RULES[reader.one_of("function", RULES)]
    known = (tables, sections, levels)
    values: dict[str, Any] = {name: _PARAMETERS[name](reader, name, known) for name in function.parameters}
    rule = Rule(
        code=reader.text("code"),
        function=reader.text("function"),
        severity=_severity(reader),
        message=_template(reader, function.fields),
        basis=reader.text("basis"),
        parameters=Parameters(**values),
    )
    each_table = reader.texts("each_table", ())
    reader.require_known(each_table, (table.id for table in tables), "表")
    reader.finish()
    if not each_table:
        yield rule
    for id_ in each_table:
        yield replace(rule, code=f"{rule.code}.{id_}", parameters=replace(rule.parameters, table=id_))


_Known = tuple[Sequence[Table], Sequence[Section], Sequence[str]]


def _read_section_id(reader: Reader, name: str, known: _Known) -> str:
    return reader.one_of(name, (section.id for section in known[1] if section.table is None))


def _read_levels(reader: Reader, name: str, known: _Known) -> tuple[str, ...]:
    levels = reader.texts(name)
    reader.require_known(levels, known[2], "单位层级")
    return levels


def _read_cells(reader: Reader, name: str, known: _Known) -> tuple[CellId, ...]:
    texts = reader.texts(name)
    reader.require_known(texts, (str(cell) for table in known[0] for cell in table.cells), "单元格")
    return tuple(CellId.parse(text) for text in texts)


def _read_aspects(reader: Reader, name: str, _known: _Known) -> tuple[Aspect, ...]:
    aspects = []
    for part in reader.tables(name):
        aspects.append(Aspect(part.text("id"), part.text("label"), part.texts("words")))
        part.finish()
    reader.require_unique((aspect.id for aspect in aspects), "方面")
    return tuple(aspects)


_PARAMETERS: Mapping[str, Callable[[Reader, str, _Known], object]] = {
    "section": _read_section_id,
    "limit": lambda reader, name, _known: reader.number(name),
    "at_least": lambda reader, name, _known: reader.number(name),
    "words": lambda reader, name, _known: reader.texts(name),
    "checks": lambda reader, name, _known: reader.texts(name),
    "levels": _read_levels,
    "cells": _read_cells,
    "others": _read_cells,
    "aspects": _read_aspects,
}
