"""How far a report is: the steps of filling it in, and the state of each. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from model.cells import CellId
from model.findings import Finding
from model.forms import COVER as COVER
from model.forms import Form, Section, Severity
from model.outline import has_body
from model.report import Report

_ASKING = frozenset({"text_shorter_than", "text_without_aspect"})
"""Rules that ask for a text of some length, or for one that covers several aspects."""
_PER_ASPECT = 10
"""Characters with which an aspect is hardly more than named."""


class Step(NamedTuple):
    """One page of work: the cover data, a table, or a text with what is printed before it."""

    id: str
    title: str
    sections: tuple[Section, ...] = ()
    inputs: tuple[CellId, ...] = ()
    """The cells that an office fills in here."""
    least: int = 0
    """Characters without which its text cannot say what is asked."""

    @property
    def table(self) -> str | None:
        """The id of the table that this step fills in, None for other steps."""
        return self.sections[-1].table if self.sections else None

    @property
    def is_text(self) -> bool:
        """Tell whether this step is about text."""
        return bool(self.sections) and self.table is None


class State(Enum):
    """How far a step is."""

    EMPTY = "未填"
    STARTED = "填写中"
    DONE = "完成"


@dataclass(frozen=True)
class Progress:
    """The state of one step and what is open in it."""

    step: Step
    state: State
    errors: int
    """强制 findings."""
    warnings: int
    """核实 findings without an explanation."""


def steps_of(form: Form) -> tuple[Step, ...]:
    """Return the steps in the order of the form.

    A text without a heading of its own (the introduction) is written in one step with the text after it.
    """
    return (Step(COVER, "单位信息"), *_section_steps(form))


def _section_steps(form: Form) -> Iterator[Step]:
    waiting: tuple[Section, ...] = ()
    for section in form.sections:
        if section.table is None and not section.heading:
            waiting = (*waiting, section)
            continue
        inputs = tuple(cell for cell in form.inputs if cell.table == section.table)
        yield Step(section.id, section.short, (*waiting, section), inputs, _least(form, section))
        waiting = ()


def _least(form: Form, section: Section) -> int:
    """Return how many characters a text needs by the form's rules on it; one without any may be a word."""
    asked = [0]
    for rule in form.rules:
        if rule.parameters.section == section.id and rule.function in _ASKING:
            asked.append(rule.parameters.limit or _PER_ASPECT * len(rule.parameters.aspects))
    return max(asked)


def step_of(steps: Sequence[Step], finding: Finding) -> Step:
    """Return the step in which a finding is to be mended."""
    table = finding.cells[0].table if finding.cells else None
    for step in steps:
        if (table and step.table == table) or any(part.id == finding.section for part in step.sections):
            return step
    return steps[0]


def progress_of(steps: Sequence[Step], report: Report, findings: Iterable[Finding]) -> tuple[Progress, ...]:
    """Return the state of every step."""
    counts = Counter(
        (step_of(steps, finding).id, finding.severity) for finding in findings if not finding.is_explained
    )
    return tuple(
        _progress(report, step, counts[step.id, Severity.ERROR], counts[step.id, Severity.WARNING])
        for step in steps
    )


def _progress(report: Report, step: Step, errors: int, warnings: int) -> Progress:
    filled = _filled(report, step)
    if not any(filled):
        state = State.EMPTY
    else:
        state = State.DONE if all(filled) and not errors and not warnings else State.STARTED
    return Progress(step, state, errors, warnings)


def _filled(report: Report, step: Step) -> list[bool]:
    """Return, for each thing that a step asks for, whether it is there. The year alone says nothing."""
    if step.table:
        return [report.inputs.get(cell) is not None for cell in step.inputs]
    if step.is_text:
        text = report.texts.get(step.sections[-1].id, "")
        return [has_body(text), has_body(text) and len("".join(text.split())) >= step.least]
    named, levelled = report.is_named, report.unit_level is not None
    return [named, levelled, report.year is not None] if named or levelled else [False]


def next_step(progress: Sequence[Progress], current: str) -> Step | None:
    """Return the next unfinished step after the current one, going round; None when no other is left."""
    place = next((number for number, item in enumerate(progress) if item.step.id == current), -1)
    for item in (*progress[place + 1 :], *progress[: max(place, 0)]):
        if item.state is not State.DONE:
            return item.step
    return None
