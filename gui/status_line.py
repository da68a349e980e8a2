"""The line at the foot of the window: verdict, what just happened, exports, saving, zoom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from gui.announcing import announce
from gui.page_parts import ElidedLabel, tint
from gui.style import GRID, colours_of
from model.checks import count
from model.document import Document
from model.findings import Finding
from model.forms import Severity

MESSAGE_TIME = 12_000
"""Milliseconds for which a message stays."""


def verdict(findings: Sequence[Finding]) -> str:
    """Return 强制错误 0 · 核实 2（已说明 1）· 提示 3."""
    errors, warnings, hints = (count(findings, severity) for severity in Severity)
    explained = sum(finding.is_explained for finding in findings if finding.severity is Severity.WARNING)
    told = f"（已说明 {explained}）" if explained else " "
    return f"强制错误 {errors} · 核实 {warnings}{told}· 提示 {hints}"


def saved_text(document: Document, at: datetime | None) -> str:
    """Return how a report stands with its file, with the time of the last save of this run."""
    if document.path is None:
        return "还没有保存"
    if document.is_read_only:
        return "只读"
    if document.is_modified:
        return "有改动未保存"
    return f"已保存 {at:%H:%M}" if at else "已保存"


class StatusLine(QWidget):
    """Always says how the report stands; messages come and go beside it."""

    verdict_clicked = Signal()
    missing_clicked = Signal()
    zoom_clicked = Signal()
    standing_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = _button(self, "显示审核结果")
        self._missing = _button(self, "列出还没有填写的地方（F8）")
        self._exports = _button(self, "")
        self._standing = _button(self, "谁在何时定稿，后来改了什么")
        self._saved = ElidedLabel(self)
        self._message = ElidedLabel(self)
        self._zoom = _button(self, "恢复到 100%")
        self._passing = QTimer(self, singleShot=True, interval=MESSAGE_TIME)
        self._arriving = QTimer(self, singleShot=True, interval=0)
        """Runs until the event that brought the message has been dealt with."""
        self._has_errors = False
        self._lay_out()
        self._dress()
        self._verdict.clicked.connect(self.verdict_clicked)
        self._missing.clicked.connect(self.missing_clicked)
        self._exports.clicked.connect(self._on_exports_clicked)
        self._zoom.clicked.connect(self.zoom_clicked)
        self._standing.clicked.connect(self.standing_clicked)
        self._passing.timeout.connect(self._on_message_passed)

    def show_verdict(self, findings: Sequence[Finding]) -> None:
        """Count the findings."""
        told = verdict(findings)
        if self._verdict.text() not in ("", told):
            announce(self, told)
        self._verdict.setText(told)
        self._verdict.setAccessibleName(f"审核结论：{told}")
        had_errors, self._has_errors = self._has_errors, count(findings, Severity.ERROR) > 0
        if had_errors is not self._has_errors:
            self._dress()

    def show_missing(self, count: int) -> None:
        """Say how many things the report still lacks."""
        self._missing.setVisible(count > 0)
        self._missing.setText(f"还差 {count} 项")

    def show_saved(self, text: str) -> None:
        """Say whether the report is saved."""
        self._saved.setText(text)

    def show_old_exports(self, names: Sequence[str]) -> None:
        """Mark that exported documents are older than the report; no names take the mark away."""
        self._exports.setVisible(bool(names))
        self._exports.setText("导出的文件已旧")
        self._exports.setToolTip(f"报告在导出之后改过，请重新导出：{'、'.join(names)}")

    def show_standing(self, text: str) -> None:
        """Say that the report is final, or that it was and is being corrected; empty for neither."""
        self._standing.setText(text)
        self._standing.setVisible(bool(text))

    def show_zoom(self, percent: int) -> None:
        """Say how large tables and texts are."""
        self._zoom.setText(f"{percent}%")
        self._zoom.setAccessibleName(f"显示比例：{percent}%")

    def show_message(self, text: str) -> None:
        """Say what just happened, for a while."""
        self._message.setText(text)
        announce(self._message, text)
        self._passing.start()
        self._arriving.start()

    def outdate_message(self) -> None:
        """Take away what was said before something happened; what the same event has to say stays."""
        if not self._arriving.isActive():
            self._message.setText("")

    @property
    def message(self) -> str:
        """What is said at the moment."""
        return self._message.text()

    def show_report(self, present: bool) -> None:
        """Show only what makes sense with or without a report, and nothing that was said of another."""
        self.outdate_message()
        for part in (self._verdict, self._saved, self._zoom):
            part.setVisible(present)
        if not present:
            self._exports.setVisible(False)
            self._missing.setVisible(False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        if event.type() is QEvent.Type.ApplicationPaletteChange:
            self._dress()
        super().changeEvent(event)

    # ------------------------------------------------------------ within

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID // 2, 0, GRID // 2, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._verdict)
        layout.addWidget(self._missing)
        layout.addWidget(self._message, 1)
        for part in (self._exports, self._standing, self._saved, self._zoom):
            layout.addWidget(part)
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName("状态栏")

    def _dress(self) -> None:
        colours = colours_of(QPalette())
        tint(self._verdict, colours.error if self._has_errors else colours.text)
        tint(self._exports, colours.warning_text)

    def _on_exports_clicked(self) -> None:
        self.show_message(self._exports.toolTip())

    def _on_message_passed(self) -> None:
        self._message.setText("")


def _button(parent: QWidget, explanation: str) -> QToolButton:
    button = QToolButton(parent)
    button.setAutoRaise(True)
    button.setToolTip(explanation)
    return button
