"""From the document's callbacks to Qt signals, with the findings of cells and texts in one list.

The one object through which widgets follow a document. It holds no data of its own but the last
findings on the texts, which are made off the GUI thread when typing rests.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from model.causes import fold
from model.checks import merge, review_texts
from model.document import Change, Document
from model.findings import Finding
from model.forms import Form
from model.report import Report

REST = 200
"""Milliseconds without an edit after which the texts are checked."""


class _TextCheck(QRunnable):
    """Checks the texts of one immutable report in a worker thread."""

    class Signals(QObject):
        """Carries the result to the GUI thread."""

        finished = Signal(object, object)

    def __init__(self, form: Form, report: Report) -> None:
        super().__init__()
        self.signals = self.Signals()
        self._form = form
        self._report = report

    def run(self) -> None:
        """Check, and hand over the report that was checked and what was found."""
        self.signals.finished.emit(self._report, review_texts(self._form, self._report))


class DocumentBridge(QObject):
    """Signals of one document.

    ``changed`` carries a :class:`model.document.Change` after each edit, undo, redo and save;
    ``findings_changed`` carries the whole tuple of findings whenever it differs from before.
    """

    changed = Signal(object)
    findings_changed = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._of_texts = review_texts(document.form, document.report)
        self._findings = fold(merge(document.findings, self._of_texts))
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._on_rest_ended)
        self._checks: set[_TextCheck] = set()
        self._unsubscribe = document.subscribe(self._on_document_changed)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding as last made, of cells and of texts, the gravest first, each behind its cause."""
        return self._findings

    def close(self) -> None:
        """Follow the document no longer; to be called before the bridge is let go."""
        self._rest.stop()
        self._unsubscribe()

    def _on_document_changed(self, change: Change) -> None:
        self._rest.start()
        differ = self._gather()
        self.changed.emit(change)
        if differ:
            self.findings_changed.emit(self._findings)

    def _on_rest_ended(self) -> None:
        check = _TextCheck(self.document.form, self.document.report)
        check.setAutoDelete(False)
        check.signals.finished.connect(self._on_texts_checked)
        self._checks.add(check)
        QThreadPool.globalInstance().start(check)

    def _on_texts_checked(self, report: Report, findings: tuple[Finding, ...]) -> None:
        self._checks = {check for check in self._checks if check.signals is not self.sender()}
        if report is self.document.report:
            self._of_texts = findings
            if self._gather():
                self.findings_changed.emit(self._findings)

    def _gather(self) -> bool:
        """Put the findings of cells and of texts together; tell whether they differ from before."""
        before, self._findings = self._findings, fold(merge(self.document.findings, self._of_texts))
        return self._findings != before
