"""Builds the page of a step; what each page can do for the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol, cast

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from gui.bridge import DocumentBridge
from model.document import Change
from model.findings import Finding
from model.forms import Form
from model.progress import Step

NEW_REPORTS_BEGIN = 11
"""The month from which offices prepare the report on the year that is still running."""


class Page(Protocol):
    """What the workspace asks of every page."""

    zoom_requested: SignalInstance

    def set_zoom(self, percent: int) -> None:
        """Show the contents at a size."""

    def show_finding(self, finding: Finding | None) -> None:
        """Mark what a finding is about; None takes the marks away."""

    def reveal(self, change: Change) -> None:
        """Show the place that an undo or a redo changed."""


def build_page(step: Step, bridge: DocumentBridge, today: date, parent: QWidget) -> QWidget:
    """Return the page of a step. It is also a :class:`Page`, which no Qt class can inherit.

    Each kind of page is loaded when it is first wanted: a start shows one.
    """
    if step.table:
        from gui.table_page import TablePage

        return TablePage(bridge, bridge.document.form.table(step.table), parent)
    if step.is_text:
        from gui.narrative import TextPage

        return TextPage(bridge, step, parent)
    from gui.cover_page import CoverPage

    return CoverPage(bridge, years(bridge.document.form, today), parent)


def as_page(widget: QWidget) -> Page:
    """Return a page under its protocol."""
    return cast(Page, widget)


def reporting_year(today: date) -> int:
    """Return the year that a report begun on a day is about: last year, from November on this one."""
    return today.year if today.month >= NEW_REPORTS_BEGIN else today.year - 1


def years(form: Form, today: date) -> Sequence[int]:
    """Return the years to choose from, the latest first."""
    return range(max(today.year, form.first_year), form.first_year - 1, -1)
