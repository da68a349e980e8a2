"""The windows of one process, one report each."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from gui.file_commands import FileCommands
from gui.file_hold import is_same_file
from gui.main_window import MainWindow
from gui.rescue import Rescued, rescue
from gui.run import Run

FAULT = 3
"""The exit code where a fault of the program ended it."""
_WAIT = 200
"""Milliseconds after which orders look again whether a question was answered."""


class Windows:
    """Opens windows and knows which one has which file."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._windows: list[MainWindow] = []
        self._orders: deque[Sequence[Path]] = deque()
        run.show_existing = self.show_existing

    @property
    def files(self) -> list[FileCommands]:
        """The report of each window and its file."""
        return [window.files for window in self._windows]

    def open(self, path: Path | None) -> MainWindow:
        """Show a window with a report, or with the start page where none is given or it does not open."""
        self._forget_closed()
        window = MainWindow(self._run, date.today())
        self._windows.append(window)
        if path is None or not window.open_path(path):
            window.close_report()
        window.show()
        return window

    def take(self, paths: Sequence[Path]) -> None:
        """Show what a second start of the program was asked to show, once no question is open.

        A window shown beside a question would take no click, and the question might be about the very
        window that is free.
        """
        self._orders.append(paths)
        self._carry_out_orders()

    def _carry_out_orders(self) -> None:
        while self._orders:
            question = QApplication.activeModalWidget()
            if question is not None and question.windowModality() is Qt.WindowModality.ApplicationModal:
                bring_forward(question)
                QTimer.singleShot(_WAIT, self._run, self._carry_out_orders)
                return
            self._carry_out(self._orders.popleft())

    def _carry_out(self, paths: Sequence[Path]) -> None:
        self._forget_closed()
        for path in paths:
            if not self.show_existing(path):
                self._take(path)
        if not paths:
            bring_forward(self._free() or self.open(None))

    def show_existing(self, path: Path) -> bool:
        """Bring the window that has a file forward; tell whether there is one."""
        for window in self._windows:
            document = window.files.document
            own = document.path if document is not None and window.isVisible() else None
            if own is not None and is_same_file(own, path):
                bring_forward(window)
                return True
        return False

    def warn(self, text: str, more: str) -> None:
        """Say in the first window what concerns the whole program."""
        self._windows[0].message_bar.show_result(text, {}, mark="findings", remarks=[more])

    def rescue(self, *, copies: bool) -> Rescued:
        """Look at every open report after a fault, and write copies if so told."""
        return rescue(self.files, copies=copies)

    def abandon(self) -> None:
        """End the program with a fault, leaving the copies to the next start but no lock."""
        self._run.is_abandoned = True
        for files in self.files:
            if files.hold is not None:
                files.hold.unlock()
        QCoreApplication.exit(FAULT)

    def _take(self, path: Path) -> None:
        window = self._free()
        if window is None:
            window = self.open(path)
        else:
            window.open_path(path)
        bring_forward(window)

    def _free(self) -> MainWindow | None:
        """Return a window that shows the start page."""
        return next((w for w in self._windows if w.files.document is None), None)

    def _forget_closed(self) -> None:
        for window in [w for w in self._windows if not w.isVisible()]:
            self._windows.remove(window)
            window.deleteLater()


def bring_forward(window: QWidget) -> None:
    """Show a window above the others, with the focus."""
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()
