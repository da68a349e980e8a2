"""Looks, off the GUI thread, for what will not be printed as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from model.findings import Finding
from model.forms import Form
from model.report import Report


class _Signals(QObject):
    """Carries the result to the GUI thread."""

    done = Signal(object)
    """A tuple of sentences, or the fault that ended the search."""


class PagesCheck(QRunnable):
    """Goes through the pages of a report, and of its 审核报告 where findings are given."""

    def __init__(
        self, form: Form, report: Report, faces: Mapping[str, str], findings: tuple[Finding, ...] = ()
    ) -> None:
        super().__init__()
        self.signals = _Signals()
        self._form = form
        self._report = report
        self._faces = faces
        self._findings = findings
        self.setAutoDelete(False)

    def start(self) -> None:
        """Begin to look."""
        QThreadPool.globalInstance().start(self)

    def forget(self) -> None:
        """Do not begin where it has not begun yet: whoever asked is about to go."""
        QThreadPool.globalInstance().tryTake(self)

    def run(self) -> None:
        """Look, and hand over what there is to say."""
        try:
            outcome: object = self._sentences()
        except Exception as failure:  # noqa: BLE001 - the worker's one boundary: forwarded to the hook
            outcome = failure
        self.signals.done.emit(outcome)

    def _sentences(self) -> tuple[str, ...]:
        from export.audit_report import Audit, as_text
        from export.face_choices import kept_choice
        from export.layout import describe
        from export.outline_cache import usual_cache
        from export.pdf import page_notes
        from export.pdf_notes import page_sentences

        descriptions = [describe(self._form, self._report, draft=None)]
        if self._findings:
            now = datetime.now().astimezone()
            descriptions.append(as_text(Audit(self._form, self._report, self._findings, now)))
        choice = kept_choice(self._faces)
        return tuple(page_sentences(page_notes(*descriptions, choice=choice, cache=usual_cache())))
