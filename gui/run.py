"""What the windows of one run of the program share: settings, places, copies, signs of life."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject

from gui.background import Background
from gui.folders import Folders
from gui.heartbeat import Heartbeat
from gui.recovery_search import RecoverySearch
from gui.settings import Settings
from model.recovery import CannotAutosave, Session

_LAST_COPIES = 5.0
_LAST_BEATS = 1.0
"""Seconds that the end of the program waits for what its threads still do."""

ShowExisting = Callable[[Path], bool]


class Run(QObject):
    """Made once a start of the program, handed to every window."""

    def __init__(self, settings: Settings, folders: Folders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.folders = folders
        self.session = Session(folders.recovery)
        self.copying = Background("copies", self)
        """Writes copies of reports in the user's data folder."""
        self.searching = Background("search", self)
        """Looks into folders that may be on a network."""
        self.heartbeat = Heartbeat(self.session, self)
        self.recovery = RecoverySearch(folders, self.searching, self)
        self.show_existing: ShowExisting = _nowhere
        """Brings the window with a file forward; tells whether there is one."""
        self.is_abandoned = False
        """A report is broken: the copies stay for the next start."""

    def note_target(self, path: Path) -> None:
        """Remember a file before it is locked or written: a crash may leave something beside it."""
        with suppress(CannotAutosave):  # the first copy that fails says so
            self.session.note_target(path)

    def end(self) -> None:
        """Leave nothing behind: every report was saved or closed on purpose."""
        if self.is_abandoned:
            return
        self.heartbeat.stop()
        self.copying.finish(_LAST_COPIES)
        self.searching.finish(_LAST_BEATS)
        self.session.end()


def _nowhere(path: Path) -> bool:
    del path
    return False
