"""Read the tables of a form: blocks, rows, columns and their groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from model.cells import Kind
from model.forms import Block, Column, Group, Row, Section, Table
from model.toml_reader import Reader


def read_tables(reader: Reader, sections: Sequence[Section]) -> tuple[Table, ...]:
    """Return the tables in printed order, not yet laid out; each belongs to exactly one section."""
    headings = {section.table: section.heading for section in sections if section.table is not None}
    reader.require_unique((s.table for s in sections if s.table is not None), "章节所指的表")
    tables = tuple(_read_table(part, headings) for part in reader.tables("table"))
    reader.require_unique((table.id for table in tables), "表")
    reader.require_known(headings, (table.id for table in tables), "章节所指的表")
    return tables


def _read_table(reader: Reader, headings: Mapping[str, str]) -> Table:
    id_ = reader.one_of("id", headings)
    widths = reader.numbers("widths")
    label_columns = reader.number("label_columns")
    blocks = tuple(_read_block(part, len(widths) - label_columns) for part in reader.tables("block"))
    reader.require_unique((row.id for block in blocks for row in block.rows), "行")
    sheet = reader.wording("sheet")
    reader.finish()
    return Table(
        id=id_,
        heading=headings[id_],
        sheet=sheet,
        widths=widths,
        label_columns=label_columns,
        header_rows=0,
        row_count=0,
        blocks=blocks,
        grid=(),
    )


def _read_block(reader: Reader, value_columns: int) -> Block:
    column_groups = _read_groups(reader, "column_groups")
    row_groups = _read_groups(reader, "row_groups")
    columns = _read_columns(reader, column_groups)
    rows = _tell_apart([_read_row(part, row_groups) for part in reader.tables("row")])
    block = Block(
        title=reader.text("title") if reader.has("title") else None,
        corner=reader.text("corner") if reader.has("corner") else None,
        columns=columns,
        rows=rows,
    )
    if sum(column.span for column in columns) != value_columns:
        reader.refuse("各列所占的格数之和与本表的 widths 不符")
    _require_together(reader, columns, column_groups)
    _require_together(reader, rows, row_groups)
    reader.finish()
    return block


def _read_groups(reader: Reader, key: str) -> dict[str, tuple[Group, ...]]:
    """Return each group's path, outermost first; a parent stands before its children."""
    paths: dict[str, tuple[Group, ...]] = {}
    for part in reader.tables(key, optional=True):
        group = Group(part.id(), part.wording("label"))
        part.require_unique((*paths, group.id), "组")
        outer = paths[part.one_of("parent", paths)] if part.has("parent") else ()
        paths[group.id] = (*outer, group)
        part.finish()
    return paths


def _require_together(
    reader: Reader, items: Sequence[Row | Column], groups: Mapping[str, tuple[Group, ...]]
) -> None:
    """Raise FormError where a group has no members, or others stand between them."""
    for id_, path in groups.items():
        inside = [path[-1] in item.groups for item in items]
        if True not in inside:
            reader.refuse(f"组“{id_}”没有成员")
        first, last = inside.index(True), len(inside) - inside[::-1].index(True)
        if not all(inside[first:last]):
            reader.refuse(f"组“{id_}”的成员不相邻")


def _group_of(reader: Reader, groups: Mapping[str, tuple[Group, ...]]) -> tuple[Group, ...]:
    return groups[reader.one_of("group", groups)] if reader.has("group") else ()


def _read_columns(reader: Reader, groups: Mapping[str, tuple[Group, ...]]) -> tuple[Column, ...]:
    parts = reader.tables("columns")
    labels = Counter(part.wording("label") for part in parts)
    columns = tuple(_read_column(part, groups, labels) for part in parts)
    reader.require_unique((column.id for column in columns), "列")
    return columns


def _read_column(
    reader: Reader, groups: Mapping[str, tuple[Group, ...]], labels: Mapping[str, int]
) -> Column:
    label = reader.text("label")
    own = _group_of(reader, groups)
    short = reader.text("short", label)
    column = Column(
        id=reader.id(),
        label=label,
        name=f"{own[-1].label} {short}" if labels[label] > 1 and own else short,
        kind=Kind(reader.one_of("kind", (kind.value for kind in Kind))),
        span=reader.positive("span", 1),
        groups=own,
        variants=reader.texts("variants", ()),
    )
    reader.finish()
    return column


def _row_name(groups: Sequence[Group], short: str) -> str:
    return " ".join((*(group.label for group in groups), short))


def _tell_apart(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return rows of which no two share a name where their outermost groups tell them apart."""
    names = Counter(row.name for row in rows)
    return tuple(
        row._replace(name=f"{row.groups[0].label} {row.name}") if names[row.name] > 1 and row.groups else row
        for row in rows
    )


def _read_row(reader: Reader, groups: Mapping[str, tuple[Group, ...]]) -> Row:
    label = reader.text("label")
    own = _group_of(reader, groups)
    short = reader.text("short", label)
    row = Row(
        id=reader.id(),
        label=label,
        name=_row_name(own[1:], short),
        help=reader.wording("help"),
        basis=reader.wording("basis"),
        groups=own,
        variants=reader.texts("variants", ()),
    )
    reader.finish()
    return row
