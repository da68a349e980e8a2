"""Read the checks and rules of a form and expand them to one per code."""

from __future__ import annotations

import string
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

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
    parts = reader.tables("check")
    reader.require_unique((part.code() for part in parts), "审核规则")
    return tuple(check for part in parts for check in _read_check(part, by_id, by_cell))


def read_rules(reader: Reader, known: Known) -> tuple[Rule, ...]:
    """Return the rules, with every id among their parameters known."""
    parts = reader.tables("rule")
    reader.require_unique((part.code() for part in parts), "审核规则")
    return tuple(rule for part in parts for rule in _read_rule(part, known))


def read_suggestions(reader: Reader, tables: Sequence[Table]) -> tuple[Suggestion, ...]:
    """Return what blank inputs are likely to be, one suggestion a cell."""
    by_id = {table.id: table for table in tables}
    parts = reader.tables("suggestion", optional=True)
    suggestions = tuple(suggestion for part in parts for suggestion in _read_suggestion(part, by_id))
    reader.require_unique((str(suggestion.cell) for suggestion in suggestions), "建议")
    return suggestions


class Known(NamedTuple):
    """What the parameters of rules may name."""

    tables: Sequence[Table]
    sections: Sequence[Section]
    levels: Sequence[str]
    checks: Collection[str]
    """Codes of checks, without the suffix of their expansions."""


class _Place(NamedTuple):
    """Where one expansion of a check stands: its code's suffix and the row or column it fixes."""

    suffix: str
    row: str | None
    column: str | None
    by_column: bool
    """The place was named by each_column: terms are rows of that column."""


def _places(reader: Reader) -> list[_Place]:
    for fixed, each in (("row", "each_row"), ("column", "each_column")):
        if reader.has(fixed) and reader.has(each):
            reader.refuse(f"“{fixed}”与“{each}”只能写一个")
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
        terms_place = place._replace(row=None) if place.by_column else place._replace(column=None)
        terms = _terms(reader, table, terms_place, texts)
        if locked and (len(terms) != 1 or not terms[0].of_previous or terms[0].sign < 0):
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
    if pattern.stated and any(sides):
        reader.refuse("kind 为 stated 的两边由合计的定义给出，不能再写 left、right、skip_if_blank")
    for place in places:
        if pattern.stated:
            yield _placed(pattern, table, place, *_stated_sides(reader, table, place, totals))
        else:
            left, right, skip = (_terms(reader, table, place, side) for side in sides)
            if not (left and right):
                reader.refuse("“left”和“right”都要有内容")
            placed = _placed(pattern, table, place, left, right)
            yield placed._replace(skip_if_blank=skip)


def _read_pattern(reader: Reader) -> Check:
    """Return what the expansions of a check share."""
    return Check(
        code=reader.code(),
        family=reader.code(),
        severity=_severity(reader),
        left=(),
        relation=reader.one_of("relation", RELATIONS, "="),
        right=(),
        stated=reader.one_of("kind", (_SUMS, _STATED)) == _STATED,
        skip_if_blank=(),
        message=_template(reader, _CHECK_FIELDS),
        names={},
        left_names=(),
        right_names=(),
        basis=reader.wording("basis"),
    )


def _placed(
    pattern: Check, table: Table, place: _Place, left: tuple[Term, ...], right: tuple[Term, ...]
) -> Check:
    by_column = len({term.cell.row for term in left + right}) == 1
    return pattern._replace(
        code=pattern.code + place.suffix,
        left=left,
        right=right,
        names=_names(table, right[-1].cell),
        left_names=_term_names(table, left, by_column=by_column),
        right_names=_term_names(table, right, by_column=by_column),
    )


def _term_names(table: Table, terms: Sequence[Term], *, by_column: bool) -> tuple[str, ...]:
    places = [table.places[term.cell] for term in terms]
    names = [column.name if by_column else row.name for row, column in places]
    return tuple(f"上年{name}" if term.of_previous else name for term, name in zip(terms, names, strict=True))


def _names(table: Table, cell: CellId) -> Mapping[str, str]:
    """Return what the message calls the row, the column and the column's group."""
    row, column = table.places[cell]
    group = column.groups[-1].label if column.groups else ""
    return {"row": row.name, "column": column.name, "group": group}


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
    if place.row is not None and place.column is not None:
        reader.refuse("row 与 column 只能指明一个")
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
    message = reader.wording("message")
    try:
        parts = list(string.Formatter().parse(message))
    except ValueError as failure:
        reader.refuse(f"“message”的花括号不成对（{failure}）")
    reader.require_known((name for _, name, _, _ in parts if name is not None), fields, "“message”中的")
    if any(layout or conversion for _, _, layout, conversion in parts):
        reader.refuse("“message”的花括号里只能写名称")
    return message


def _read_rule(reader: Reader, known: Known) -> Iterator[Rule]:
    function = RULES[reader.one_of("function", RULES)]
    names = [name for name in function.parameters if name != "table"]
    values: dict[str, Any] = {name: _PARAMETERS[name](reader, name, known) for name in names}
    rule = Rule(
        code=reader.code(),
        function=reader.text("function"),
        severity=_severity(reader),
        message=_template(reader, function.fields),
        basis=reader.wording("basis"),
        parameters=Parameters(**values),
    )
    if "table" not in function.parameters:
        reader.finish()
        yield rule
        return
    each_table = reader.texts("each_table")
    reader.require_known(each_table, (table.id for table in known.tables), "表")
    reader.finish()
    for id_ in each_table:
        yield rule._replace(code=f"{rule.code}.{id_}", parameters=rule.parameters._replace(table=id_))


def _read_section_id(reader: Reader, name: str, known: Known) -> str:
    return reader.one_of(name, (section.id for section in known.sections if section.table is None))


def _read_families(reader: Reader, name: str, known: Known) -> tuple[str, ...]:
    families = reader.texts(name)
    reader.require_known(families, known.checks, "审核规则")
    return families


def _read_levels(reader: Reader, name: str, known: Known) -> tuple[str, ...]:
    levels = reader.texts(name)
    reader.require_known(levels, known.levels, "机关层级")
    return levels


def _read_cells(reader: Reader, name: str, known: Known) -> tuple[CellId, ...]:
    texts = reader.texts(name)
    reader.require_known(texts, (str(cell) for table in known.tables for cell in table.cells), "单元格")
    return tuple(CellId.parse(text) for text in texts)


def _read_aspects(reader: Reader, name: str, _known: Known) -> tuple[Aspect, ...]:
    aspects = []
    for part in reader.tables(name):
        aspects.append(Aspect(part.id(), part.wording("label"), part.texts("words")))
        part.finish()
    reader.require_unique((aspect.id for aspect in aspects), "方面")
    return tuple(aspects)


_PARAMETERS: Mapping[str, Callable[[Reader, str, Known], object]] = {
    "section": _read_section_id,
    "limit": lambda reader, name, _known: reader.positive(name),
    "at_least": lambda reader, name, _known: reader.positive(name),
    "words": lambda reader, name, _known: reader.texts(name),
    "checks": _read_families,
    "levels": _read_levels,
    "cells": _read_cells,
    "others": _read_cells,
    "aspects": _read_aspects,
}
