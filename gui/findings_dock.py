"""The pane of the findings: its head, and when it is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QLabel, QMainWindow, QToolButton

from gui.findings_panel import FindingsPanel
from gui.icons import Icons
from gui.settings import Settings
from gui.style import GRID
from model.findings import Finding

_NARROW = 720
"""Width of a screen below which the findings are only shown when they are asked for."""
_TITLE = "审核结果"
_NO_FINDINGS = "没有发现问题。\n\n审核随填随做，这里会列出不平的数字和需要核实的地方；按 F4 逐条查看。"


class FindingsDock(QDockWidget):
    """Holds the panel at a side of the window; whether it is open is remembered."""

    def __init__(self, panel: FindingsPanel, settings: Settings, window: QMainWindow) -> None:
        super().__init__(_TITLE, window)
        self.panel = panel
        self._settings = settings
        self._head = _Head(self)
        panel.set_empty_text(_NO_FINDINGS)
        self.setObjectName("findings")
        self.setWidget(panel)
        self.setTitleBarWidget(self._head)
        self.setAllowedAreas(Qt.DockWidgetArea.RightDockWidgetArea | Qt.DockWidgetArea.LeftDockWidgetArea)
        self.toggleViewAction().triggered.connect(self._on_toggled)

    def show_report(self, present: bool) -> None:
        """Open with a report as the person last left it."""
        self.toggleViewAction().setEnabled(present)
        roomy = self.screen().availableSize().width() >= _NARROW
        self.setVisible(present and roomy and self._settings.findings_shown)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """List the findings, and count them in the head."""
        self.panel.show_findings(findings)
        self.setWindowTitle(f"{_TITLE}（{len(findings)}）" if findings else _TITLE)

    def set_icons(self, icons: Icons) -> None:
        """Take icons in other colours."""
        self._head.set_icons(icons)

    def _on_toggled(self, shown: bool) -> None:
        self._settings.findings_shown = shown


class _Head(QFrame):
    """The head of the pane, with a cross that follows the scheme."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._title = QLabel(self)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setIconSize(QSize(16, 16))
        self._close.setToolTip("关闭审核结果")
        self._close.setAccessibleName("关闭审核结果")
        self._close.clicked.connect(dock.close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID + GRID // 2, GRID // 2, GRID // 2, GRID // 2)
        layout.addWidget(self._title, 1)
        layout.addWidget(self._close)
        dock.windowTitleChanged.connect(self._title.setText)
        self._title.setText(dock.windowTitle())

    def set_icons(self, icons: Icons) -> None:
        """Take icons in other colours."""
        self._close.setIcon(icons.get("close"))
