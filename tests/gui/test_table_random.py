"""Random sequences of keys in a table against a plain reference: no difference, no exception."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from model.blocks import write_html
from model.cells import CellId
from model.copying import whole_table_rows
from model.storage import load, save
from tests.effort import LONG
from tests.gui.table_bench import CONTROL, FORM, SHIFT, Bench, report

Key = Qt.Key
STEPS = 12_000 if LONG else 400
Reference = dict[CellId, int]
TYPED = {"5": 5, "68": 68, "1,234": 1234, "６": 6, "0": 0, "12abc": None, "-3": None, "1.5": None}
ARROWS = (Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right)


class Clerk:
    """Presses keys at random and keeps a plain account of what must stand in the table."""

    def __init__(self, qtbot: QtBot, table: str, path: Path, seed: int) -> None:
        self.qtbot = qtbot
        self.path = path
        self.bench = bench = Bench(qtbot, table, report())
        self.random = random.Random(seed)
        self.now: Reference = {}
        self.past: list[Reference] = []
        self.future: list[Reference] = []
        self.inputs = [cell for cell in bench.table.cells if not FORM.is_total(cell)]

    def step(self) -> None:
        actions = (self.move, self.move, self.select, self.type, self.type, self.type, self.clear)
        others = (self.paste, self.paste_one, self.fill, self.fill_down, self.fill_right)
        rest = (self.paste_rows, self.zeros, self.undo, self.undo, self.redo, self.save)
        self.random.choice((*actions, *others, *rest))()

    def record(self, new: Reference) -> None:
        if new != self.now:
            self.past.append(self.now)
            self.future.clear()
            self.now = new

    def open_cells(self, cells: tuple[CellId, ...]) -> list[CellId]:
        return [cell for cell in cells if not FORM.is_total(cell)]

    def move(self) -> None:
        self.bench.press(
            self.random.choice(ARROWS), modifier=self.random.choice((CONTROL, Qt.KeyboardModifier(0)))
        )

    def select(self) -> None:
        for _ in range(self.random.randrange(4)):
            self.bench.press(self.random.choice(ARROWS), modifier=SHIFT)

    def type(self) -> None:
        text, value = self.random.choice(list(TYPED.items()))
        cell = self.bench.page.current_cell()
        assert cell is not None
        self.bench.type(text)
        if self.bench.editor is not None:
            self.bench.press(self.random.choice((Key.Key_Return, Key.Key_Tab)))
        if value is not None and not FORM.is_total(cell):
            self.record({**self.now, cell: value})

    def clear(self) -> None:
        gone = set(self.bench.view.selected_cells)
        self.bench.press(Key.Key_Delete)
        self.record({cell: value for cell, value in self.now.items() if cell not in gone})

    def fill(self) -> None:
        cells = self.open_cells(self.bench.view.selected_cells)
        current = self.bench.page.current_cell()
        assert current is not None
        if FORM.is_total(current):
            return
        self.bench.type("9").press(Key.Key_Return, modifier=CONTROL)
        self.record({**self.now, **dict.fromkeys(cells, 9)})

    def paste(self) -> None:
        rows = [[self.random.choice(("", "7", "41")) for _ in range(3)] for _ in range(2)]
        grid, start = self.bench.view.model().grid, self.bench.view.cursor_.corners[0]  # type: ignore[attr-defined]
        new = dict(self.now)
        for down, row in enumerate(rows):
            for right, text in enumerate(row):
                cell = grid.cell((start.row + down, start.column + right))
                if cell in self.inputs:
                    new.pop(cell, None)
                    new |= {cell: int(text)} if text else {}
        text = "\r\n".join("\t".join(row) for row in rows) + "\r\n"
        self.bench.paste(text, write_html(rows) if self.random.random() < 0.5 else "")
        self.record(new)

    def paste_one(self) -> None:
        cells = self.open_cells(self.bench.view.selected_cells)
        self.bench.paste("23\r\n")
        self.record({**self.now, **dict.fromkeys(cells, 23)})

    def paste_rows(self) -> None:
        """Paste some rows with their labels, as a sheet program copies them: they go where they belong."""
        table = self.bench.table
        if not table.label_columns:
            return
        printed = list(whole_table_rows(table, self.bench.document.sheet))[table.header_rows :]
        first = self.random.randrange(len(printed))
        rows = printed[first : first + self.random.randrange(1, 4)]
        new = dict(self.now)
        for number, row in enumerate(rows, first):
            for offset, column in enumerate(table.blocks[0].columns):
                value = self.random.randrange(100)
                row[table.label_columns + offset] = str(value)
                cell = CellId(table.id, table.blocks[0].rows[number].id, column.id)
                new |= {cell: value} if cell in self.inputs else {}
        self.bench.paste("".join("\t".join(row) + "\r\n" for row in rows))
        self.record(new)

    def fill_down(self) -> None:
        self.fill_from(Key.Key_D, 1, 0)

    def fill_right(self) -> None:
        self.fill_from(Key.Key_R, 0, 1)

    def fill_from(self, key: Key, down: int, right: int) -> None:
        """Fill along one way; the line before the selection is the source of a selection of one line."""
        places = [self.place(cell) for cell in self.bench.view.selected_cells]
        lines = {row if down else column for row, column in places}
        source = min(lines) - (len(lines) == 1)
        new = dict(self.now)
        for row, column in places:
            target, origin = self.at(row, column), self.at(*((source, column) if down else (row, source)))
            if target in self.inputs and origin is not None and origin != target:
                value = self.bench.document.sheet[origin]
                new.pop(target, None)
                new |= {} if value is None else {target: int(value)}
        self.bench.press(key, modifier=CONTROL)
        self.record(new)

    def place(self, cell: CellId) -> tuple[int, int]:
        block = self.bench.table.blocks[0]
        rows, columns = [row.id for row in block.rows], [column.id for column in block.columns]
        return rows.index(cell.row), columns.index(cell.column)

    def at(self, row: int, column: int) -> CellId | None:
        block = self.bench.table.blocks[0]
        if row < 0 or column < 0:
            return None
        return CellId(self.bench.table.id, block.rows[row].id, block.columns[column].id)

    def save(self) -> None:
        """Save, and now and then open the file anew: the numbers are there, the history is gone."""
        save(self.bench.document.report, self.path, None)
        self.bench.document.mark_saved(self.path)
        if self.random.random() < 0.3:
            here = self.bench.here
            self.bench.page.hide()
            self.bench = Bench(self.qtbot, self.bench.table.id, load(self.path)).go(here)
            self.past, self.future = [], []

    def zeros(self) -> None:
        if self.random.random() < 0.05:
            self.bench.page.fill_blank_with_zero()
            self.record(dict.fromkeys(self.inputs, 0) | self.now)

    def undo(self) -> None:
        change = self.bench.document.undo()
        if self.past:
            self.future.append(self.now)
            self.now = self.past.pop()
            assert change is not None
            self.bench.page.reveal(change)

    def redo(self) -> None:
        self.bench.document.redo()
        if self.future:
            self.past.append(self.now)
            self.now = self.future.pop()

    def check(self) -> None:
        inputs = {
            cell: value for cell, value in self.bench.document.report.inputs.items() if value is not None
        }
        assert inputs == self.now
        assert self.bench.editor is None
        for cell in self.bench.view.selected_cells:
            name = f"{cell.row}.{cell.column}"
            assert self.bench.state(name).text == str(
                self.now.get(cell, "") if cell in self.inputs else self.bench.value(name)
            )


@pytest.mark.slow
@pytest.mark.parametrize("table", ["requests", "review"])
def test_random_keys_leave_what_a_plain_account_says(qtbot: QtBot, tmp_path: Path, table: str) -> None:
    seed = random.randrange(10**6) if LONG else 2021
    clerk = Clerk(qtbot, table, tmp_path / "年报.xxgk", seed)
    for number in range(STEPS // 2):
        clerk.step()
        try:
            clerk.check()
        except AssertionError as failure:
            raise AssertionError(f"seed {seed}, step {number}") from failure
