"""The document: the one place where a report is changed.

Keeps the report, its evaluated sheet, the findings of its cells and the history. An edit is one patch
of new values at addresses, one undo step; totals are derived and never part of it. Qt-free: whoever
wants to follow the document subscribes a callback.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from model.cells import CellId, Value
from model.checks import review_cells
from model.engine import Sheet, evaluate
from model.findings import Finding
from model.forms import Form
from model.report import Address, Part, Report, get, put, same
from model.validity import require_valid

_DEPTH = 1000
"""Undo steps kept; older ones are forgotten."""


class Step(NamedTuple):
    """One undoable edit: what it is called, and old and new values at each address."""

    label: str
    old: Mapping[Address, object]
    new: Mapping[Address, object]
    state: int
    """Names the report as it stands after this step; no two states of a document share a number."""
    merge: str = ""
    """Edits in a row with the same non-empty mark become one step."""


class Change(NamedTuple):
    """What an edit, an undo or a redo did, announced after it is done."""

    label: str
    addresses: frozenset[Address]
    cells: frozenset[CellId]
    """Every cell whose value, stated total or lock differs, totals included."""
    findings_changed: bool


Listener = Callable[[Change], None]


class Document:
    """A report that is being worked on.

    ``path`` is its file, None for an untitled one. Not thread-safe; ``report`` may be handed to
    other threads, since it is immutable.
    """

    def __init__(self, form: Form, report: Report, path: Path | None = None) -> None:
        self.form = form
        self.path = path
        self.is_read_only = False
        """While it is set no edit changes the report: somebody else has its file."""
        self._report = report
        self._sheet = evaluate(form, report.inputs)
        self._findings = review_cells(form, report, self._sheet)
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._base_state = self._saved_state = self._last_state = 0
        self._listeners: list[Listener] = []

    # ------------------------------------------------------------ reading

    @property
    def report(self) -> Report:
        """The report as it stands."""
        return self._report

    @property
    def sheet(self) -> Sheet:
        """The value of every cell, totals included."""
        return self._sheet

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings on figures and cover data; those on texts are made apart, when typing rests."""
        return self._findings

    @property
    def is_modified(self) -> bool:
        """Tell whether the report differs from what was last saved (or first opened)."""
        return self._state != self._saved_state

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, None where there is nothing."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What redo would do again, None where there is nothing."""
        return self._undone[-1].label if self._undone else None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` after each change; return a function that ends it, also when called again."""
        self._listeners.append(listener)

        def end() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return end

    # ------------------------------------------------------------ editing

    def apply(self, label: str, new: Mapping[Address, object], *, merge: str = "") -> Change | None:
        """Put new values at some addresses as one undo step; return None where nothing differs.

        Nothing ever does in a report that is only to be read.

        Raise ValueError for a place that the form computes or does not have, and for a value that no
        report file could hold there.
        """
        if self.is_read_only:
            return None
        for address, value in new.items():
            require_valid(self.form, address, value)
        old = {address: get(self._report, address) for address in new}
        changed = {address: value for address, value in new.items() if not same(old[address], value)}
        if not changed:
            return None
        self._last_state += 1
        step = Step(label, {address: old[address] for address in changed}, changed, self._last_state, merge)
        change = self._move(label, changed)
        self._record(step)
        return self._announce(change)

    def set_cells(self, label: str, values: Mapping[CellId, Value]) -> Change | None:
        """Set inputs (None blanks a cell) as one undo step; see :meth:`apply`."""
        return self.apply(label, {Address(Part.INPUT, cell): value for cell, value in values.items()})

    def set_text(self, section: str, text: str, *, merge: bool = False) -> Change | None:
        """Set a section's text; with ``merge`` it joins the step before if that edited the same text."""
        label = f"编辑{self.form.section(section).short}"
        mark = f"text.{section}" if merge else ""
        return self.apply(label, {Address(Part.TEXT, section): text}, merge=mark)

    def end_step(self) -> None:
        """Let the next edit begin a step of its own, whatever its merge mark."""
        if self._done and self._done[-1].merge:
            self._done[-1] = self._done[-1]._replace(merge="")

    def accept_computed(self, cells: Iterable[CellId]) -> Change | None:
        """Drop the stated totals of some cells: the computed ones are right."""
        return self.apply("采用计算的合计", {Address(Part.STATED, cell): None for cell in cells})

    def undo(self) -> Change | None:
        """Take the last step back; return None where there is none."""
        if not self._done:
            return None
        step = self._done[-1]
        change = self._move(f"撤销{step.label}", step.old)
        self._undone.append(self._done.pop())
        self.end_step()
        return self._announce(change)

    def redo(self) -> Change | None:
        """Do the step last undone again; return None where there is none."""
        if not self._undone:
            return None
        step = self._undone[-1]
        change = self._move(f"重做{step.label}", step.new)
        self._done.append(self._undone.pop()._replace(merge=""))
        return self._announce(change)

    def doubt(self) -> None:
        """Note that the next edit brings what was changed outside the program: asked about until saved."""
        if not self.is_read_only:
            self._report = replace(self._report, modified_outside=True)

    def mark_saved(self, path: Path) -> None:
        """Note that the report as it stands is now in a file, and announce it."""
        self.end_step()
        self.path = path
        self._saved_state = self._state
        self._report = replace(self._report, modified_outside=False)
        self._announce(self._move("保存", {}))

    # ------------------------------------------------------------ within

    @property
    def _state(self) -> int:
        return self._done[-1].state if self._done else self._base_state

    def _record(self, step: Step) -> None:
        """Add a step to the history, joined with the one before where both bear the same mark."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last is not None and step.merge and last.merge == step.merge:
            joined = _join(self._done.pop(), step)
            self._done += [joined] if joined.new else []
        else:
            self._done.append(step)
        if len(self._done) > _DEPTH:
            self._base_state = self._done.pop(0).state

    def _move(self, label: str, new: Mapping[Address, object]) -> Change:
        """Evaluate the report with new values and, when that is done, put it in the place of the old."""
        report = put(self._report, new)
        sheet = evaluate(self.form, report.inputs)
        findings = review_cells(self.form, report, sheet)
        cells = {cell for cell in sheet if not same(sheet[cell], self._sheet[cell])}
        cells |= {address.key for address in new if isinstance(address.key, CellId)}
        change = Change(label, frozenset(new), frozenset(cells), findings != self._findings)
        self._report, self._sheet, self._findings = report, sheet, findings
        return change

    def _announce(self, change: Change) -> Change:
        for listener in tuple(self._listeners):
            listener(change)
        return change


def _join(first: Step, second: Step) -> Step:
    """Return two steps in a row as one, without the addresses that come back to what they were."""
    old, new = {**second.old, **first.old}, {**first.new, **second.new}
    places = [address for address in new if not same(old[address], new[address])]
    return second._replace(old={a: old[a] for a in places}, new={a: new[a] for a in places})
