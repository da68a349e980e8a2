"""A random clerk: edits, pastes, undoes, redoes, saves and loads, against a plain list of reports.

The ordinary run is short. ``XXGK_LONG=1 pytest tests/model/test_document_machine.py`` makes some
20,000 random steps.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from model.catalogue import load_form
from model.cells import CellId, Value
from model.checks import review, review_cells, review_texts
from model.document import Change, Document
from model.engine import evaluate
from model.report import Address, Note, Part, Report
from model.storage import load, save
from tests import strategies
from tests.effort import examples
from tests.model.reference import errors, failing

FORM = load_form("2021")
SOME_INPUTS = tuple(cell for number, cell in enumerate(FORM.inputs) if number % 13 in (0, 1))
SOME_TOTALS = tuple(FORM.total_of)[::6]
SECTIONS = st.sampled_from([section.id for section in FORM.text_sections])
SHORT = st.sampled_from(["", "一", "一二", "无收费\n"])


class Clerk(RuleBasedStateMachine):
    """Compares a document with a list of the reports it went through and a place in that list."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "a.xxgk"
        self.begin(Report(form="2021"))

    def begin(self, report: Report) -> None:
        self.document = Document(FORM, report)
        self.history = [report]
        self.place = 0
        self.saved_at: int | None = 0
        self.typing = ""
        self.heard: list[Change] = []
        self.sheet = self.document.sheet
        self.findings = self.document.findings
        self.document.subscribe(self.heard.append)

    def teardown(self) -> None:
        self.folder.cleanup()

    # ---------------------------------------------------------------- the plain reference

    def expect(self, report: Report, *, typing: str = "") -> None:
        """Note that an edit should have led to ``report``."""
        now = self.history[self.place]
        if report == now:
            return
        if typing and typing == self.typing:
            self.history[self.place :] = [report]
            if report == self.history[self.place - 1]:
                del self.history[self.place]
                self.place -= 1
                typing = ""
        else:
            if self.saved_at is not None and self.saved_at > self.place:
                self.saved_at = None
            self.history[self.place + 1 :] = [report]
            self.place += 1
        self.typing = typing

    def with_values(self, part: str, new: dict[CellId, Value]) -> Report:
        """Return the report in force with some values, blanks left out."""
        now = self.history[self.place]
        held = {**getattr(now, part), **new}
        return replace(now, **{part: {cell: value for cell, value in held.items() if value is not None}})

    # ---------------------------------------------------------------- what a clerk does

    @rule(data=st.data(), cell=st.sampled_from(SOME_INPUTS))
    def type_value(self, data: st.DataObject, cell: CellId) -> None:
        value = data.draw(st.none() | strategies.values(cell))
        self.document.set_cells("录入", {cell: value})
        self.expect(self.with_values("inputs", {cell: value}))

    @rule(inputs=strategies.mappings_of_values(SOME_INPUTS, most=8))
    def paste(self, inputs: dict[CellId, Value]) -> None:
        self.document.set_cells("粘贴", inputs)
        self.expect(self.with_values("inputs", inputs))

    @rule(cells=st.sets(st.sampled_from(SOME_INPUTS), max_size=6))
    def clear(self, cells: set[CellId]) -> None:
        blank: dict[CellId, Value] = dict.fromkeys(cells)
        self.document.set_cells("清除", blank)
        self.expect(self.with_values("inputs", blank))

    @rule(stated=strategies.mappings_of_values(SOME_TOTALS, most=4))
    def take_over_printed_totals(self, stated: dict[CellId, Value]) -> None:
        self.document.apply("导入", {Address(Part.STATED, cell): value for cell, value in stated.items()})
        self.expect(self.with_values("stated", stated))

    @rule(cells=st.sets(st.sampled_from(SOME_TOTALS), max_size=3))
    def accept_computed_totals(self, cells: set[CellId]) -> None:
        self.document.accept_computed(cells)
        self.expect(self.with_values("stated", dict.fromkeys(cells)))

    @rule(section=SECTIONS, text=SHORT, goes_on=st.booleans())
    def write(self, section: str, text: str, goes_on: bool) -> None:
        self.document.set_text(section, text, merge=goes_on)
        now = self.history[self.place]
        texts = {key: held for key, held in {**now.texts, section: text}.items() if held}
        self.expect(replace(now, texts=texts), typing=section if goes_on else "")

    @rule()
    def pause(self) -> None:
        self.document.end_step()
        self.typing = ""

    @rule(
        name=SHORT, year=st.none() | st.integers(2020, 2025), level=st.none() | st.sampled_from(FORM.levels)
    )
    def fill_in_the_cover(self, name: str, year: int | None, level: str | None) -> None:
        new = {Address(Part.UNIT_NAME): name, Address(Part.YEAR): year, Address(Part.UNIT_LEVEL): level}
        self.document.apply("单位", new)
        self.expect(replace(self.history[self.place], unit_name=name, year=year, unit_level=level))

    @precondition(lambda self: self.document.findings)
    @rule(data=st.data())
    def explain(self, data: st.DataObject) -> None:
        finding = data.draw(st.sampled_from(self.document.findings))
        notes = (Note(finding.code, finding.cells, finding.values, "台账漏记四件", ""),)
        self.document.apply("说明", {Address(Part.NOTES): notes})
        self.expect(replace(self.history[self.place], notes=notes))
        same = [f for f in self.document.findings if (f.code, f.cells) == (finding.code, finding.cells)]
        assert all(f.is_explained for f in same)

    @rule()
    def undo(self) -> None:
        change = self.document.undo()
        assert (change is None) == (self.place == 0)
        self.place = max(0, self.place - 1)
        self.typing = "" if change else self.typing

    @rule()
    def redo(self) -> None:
        change = self.document.redo()
        assert (change is None) == (self.place == len(self.history) - 1)
        self.place = min(len(self.history) - 1, self.place + 1)
        self.typing = "" if change else self.typing

    @rule()
    def undo_all_and_redo_all(self) -> None:
        for _ in range(self.place):
            self.document.undo()
        assert self.document.report == self.history[0]
        for _ in range(len(self.history) - 1):
            self.document.redo()
        self.place = len(self.history) - 1
        self.typing = ""

    @rule()
    def save_and_compare(self) -> None:
        save(self.document.report, self.path, None)
        self.document.mark_saved(self.path)
        assert not self.document.is_modified
        assert load(self.path) == self.document.report
        self.saved_at = self.place
        self.typing = ""

    @rule()
    def open_again(self) -> None:
        save(self.document.report, self.path, None)
        self.begin(load(self.path))

    # ---------------------------------------------------------------- what always holds

    @invariant()
    def the_report_is_the_expected_one(self) -> None:
        assert self.document.report == self.history[self.place]
        assert (self.document.undo_label is None) == (self.place == 0)
        assert (self.document.redo_label is None) == (self.place == len(self.history) - 1)

    @invariant()
    def it_is_modified_just_where_it_is_not_at_the_saved_step(self) -> None:
        assert self.document.is_modified == (self.place != self.saved_at)

    @invariant()
    def sheet_and_findings_are_those_of_the_report(self) -> None:
        report = self.document.report
        assert self.document.sheet == evaluate(FORM, report.inputs)
        assert self.document.findings == review_cells(FORM, report, self.document.sheet)
        given = {str(cell): value for cell, value in report.inputs.items()}
        stated = {str(cell): value for cell, value in report.stated.items()}
        found = errors(self.document.findings)
        assert {code: said for code, said in found.items() if "missing" not in code} == failing(given, stated)
        whole = review(FORM, report)
        assert len(whole) == len(self.document.findings) + len(review_texts(FORM, report))

    @invariant()
    def listeners_heard_exactly_what_changed(self) -> None:
        before, now = self.sheet, self.document.sheet
        differ = {cell for cell in now if now[cell] != before[cell] or str(now[cell]) != str(before[cell])}
        heard = {cell for change in self.heard for cell in change.cells}
        assert differ <= heard
        if len(self.heard) == 1:
            (change,) = self.heard
            stated = {address.key for address in change.addresses if address.part is Part.STATED}
            assert heard == differ | stated
            assert change.findings_changed == (self.findings != self.document.findings)
        self.heard.clear()
        self.sheet, self.findings = now, self.document.findings


TestClerk = Clerk.TestCase
TestClerk.settings = settings(max_examples=examples(25, 400), stateful_step_count=examples(30, 50))
