"""How the report is looked at: size, colours, which page and pane; all of it remembered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from gui.actions import Actions
from gui.settings import ZOOMS, Settings
from gui.status_line import StatusLine
from gui.style import Scheme, apply_scheme
from gui.workspace import Workspace


class ViewCommands(QObject):
    """Carries out the commands of 视图 and 工具 on the pages of the report."""

    def __init__(
        self, actions: Actions, settings: Settings, status: StatusLine, findings: QWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._settings = settings
        self._status = status
        self._findings = findings
        self._workspace: Workspace | None = None
        self._connect()
        status.show_zoom(settings.zoom)
        actions["enter_right"].setChecked(settings.enter_moves_right)
        actions[settings.scheme.value].setChecked(True)

    def follow(self, workspace: Workspace | None) -> None:
        """Show this report's pages as the person likes them; None for no report."""
        self._workspace = workspace
        if workspace:
            workspace.zoom_requested.connect(self.set_zoom)
            workspace.set_zoom(self._settings.zoom)
            workspace.set_enter_moves_right(self._settings.enter_moves_right)

    def set_zoom(self, percent: int) -> None:
        """Show tables and texts at a size in percent."""
        self._settings.zoom = min(max(percent, ZOOMS[0]), ZOOMS[-1])
        self._status.show_zoom(self._settings.zoom)
        if self._workspace:
            self._workspace.set_zoom(self._settings.zoom)

    def set_scheme(self, scheme: Scheme) -> None:
        """Show the program in other colours."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._settings.scheme = scheme
        apply_scheme(application, scheme)

    # ------------------------------------------------------------ within

    def _connect(self) -> None:
        commands: dict[str, Callable[[], object]] = {
            "zoom_in": lambda: self._zoom_by(1),
            "zoom_out": lambda: self._zoom_by(-1),
            "zoom_reset": lambda: self.set_zoom(100),
            "next_page": lambda: self._go_by(1),
            "previous_page": lambda: self._go_by(-1),
            "next_pane": lambda: self._go_to_pane(1),
            "previous_pane": lambda: self._go_to_pane(-1),
            "enter_right": self._on_enter_right_triggered,
            **{scheme.value: partial(self.set_scheme, scheme) for scheme in Scheme},
        }
        self._actions.connect_all(commands)
        self._status.zoom_clicked.connect(self._actions["zoom_reset"].trigger)

    def _zoom_by(self, offset: int) -> None:
        """Go to the next larger or smaller step."""
        now = self._settings.zoom
        steps = [step for step in ZOOMS if (step > now if offset > 0 else step < now)]
        if steps:
            self.set_zoom(steps[0] if offset > 0 else steps[-1])

    def _go_by(self, offset: int) -> None:
        if self._workspace:
            self._workspace.go_by(offset)

    def _go_to_pane(self, offset: int) -> None:
        """Move the focus on: steps, page, findings."""
        if self._workspace is None:
            return
        panes = [pane for pane in (*self._workspace.panes(), self._findings) if pane.isVisible()]
        focused = QApplication.focusWidget()
        here = next((n for n, pane in enumerate(panes) if focused and _holds(pane, focused)), -1)
        panes[(here + offset) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_enter_right_triggered(self) -> None:
        self._settings.enter_moves_right = self._actions["enter_right"].isChecked()
        if self._workspace:
            self._workspace.set_enter_moves_right(self._settings.enter_moves_right)


def _holds(pane: QWidget, focused: QWidget) -> bool:
    return pane is focused or pane.isAncestorOf(focused)
