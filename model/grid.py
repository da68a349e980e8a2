"""Lay a table out as the printed form has it: which box stands where and what it merges.

Labels of groups merge over the rows or columns they share; the innermost label fills what is left
of its label columns or header rows. The window and every document draw from the result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby, product

from model.cells import CellId
from model.forms import Block, Column, GridCell, Group, Role, Row, Table


def lay_out(table: Table, totals: Collection[CellId]) -> Table:
    """Return the table with grid, row count and header rows filled in; ``totals`` are its computed cells."""
    boxes: list[GridCell] = []
    top = 0
    for block in table.blocks:
        boxes += _lay_out_block(table, block, top, totals)
        top += _height(block)
    boxes.sort(key=lambda box: (box.row, box.column))
    first = table.blocks[0]
    header_rows = _header_depth(first) if len(table.blocks) == 1 and first.title is None else 0
    return replace(table, grid=tuple(boxes), row_count=top, header_rows=header_rows)


def is_whole(table: Table) -> bool:
    """Tell whether the boxes of a laid-out table cover its rectangle exactly once, none being empty."""
    covered = Counter(
        (row, column)
        for box in table.grid
        for row in range(box.row, box.row + box.row_span)
        for column in range(box.column, box.column + box.column_span)
    )
    everywhere = dict.fromkeys(product(range(table.row_count), range(len(table.widths))), 1)
    return covered == everywhere and all(box.row_span > 0 < box.column_span for box in table.grid)


def _header_depth(block: Block) -> int:
    return 1 + max(len(column.groups) for column in block.columns)


def _height(block: Block) -> int:
    return (block.title is not None) + _header_depth(block) + len(block.rows)


def _lay_out_block(table: Table, block: Block, top: int, totals: Collection[CellId]) -> Iterator[GridCell]:
    if block.title is not None:
        yield GridCell(top, 0, 1, len(table.widths), Role.BAND, block.title)
        top += 1
    depth = _header_depth(block)
    if block.corner is not None:
        yield GridCell(top, 0, depth, table.label_columns, Role.HEADER, block.corner)
    yield from _headers(block.columns, top, table.label_columns, depth)
    yield from _labels(block.rows, top + depth, table.label_columns)
    for offset, row in enumerate(block.rows):
        position = table.label_columns
        for column in block.columns:
            cell = CellId(table.id, row.id, column.id)
            role = Role.TOTAL if cell in totals else Role.INPUT
            yield GridCell(top + depth + offset, position, 1, column.span, role, "", cell)
            position += column.span


def _headers(columns: Sequence[Column], top: int, left: int, depth: int) -> Iterator[GridCell]:
    position = left
    for column in columns:
        level = len(column.groups)
        yield GridCell(top + level, position, depth - level, column.span, Role.HEADER, column.label)
        position += column.span
    for level in range(depth - 1):
        position = left
        for group, members in groupby(columns, partial(_group_at, level=level)):
            span = sum(column.span for column in members)
            if group is not None:
                yield GridCell(top + level, position, 1, span, Role.HEADER, group.label)
            position += span


def _labels(rows: Sequence[Row], top: int, width: int) -> Iterator[GridCell]:
    if width == 0:
        return
    for offset, row in enumerate(rows):
        level = len(row.groups)
        yield GridCell(top + offset, level, 1, width - level, Role.LABEL, row.label)
    for level in range(width - 1):
        position = top
        for group, members in groupby(rows, partial(_group_at, level=level)):
            height = len(list(members))
            if group is not None:
                yield GridCell(position, level, height, 1, Role.LABEL, group.label)
            position += height


def _group_at(item: Row | Column, level: int) -> Group | None:
    return item.groups[level] if level < len(item.groups) else None
