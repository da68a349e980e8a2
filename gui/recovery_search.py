"""What an earlier run left unsaved: looked for once a start, off the GUI thread, for all windows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.background import Background
from gui.folders import Folders
from model.errors import AppError

if TYPE_CHECKING:
    from model.recoverable import Recoverable


class RecoverySearch(QObject):
    """What is on offer, until it is taken or declined."""

    found_changed = Signal()

    def __init__(self, folders: Folders, worker: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._folders = folders
        self._worker = worker
        self.found: tuple[Recoverable, ...] = ()

    def search(self) -> None:
        """Look for copies that a crash left, then tidy up what nobody needs."""
        self._worker.run(partial(_find, self._folders), self._on_found)

    def set_aside(self, item: Recoverable) -> None:
        """Offer something no more; it is kept for a while."""
        self.hide(item)
        self._worker.run(partial(_set_aside, self._folders, item), _nothing)

    def hide(self, item: Recoverable) -> None:
        """Take something off the list while it is being recovered."""
        self.found = tuple(other for other in self.found if other is not item)
        self.found_changed.emit()

    def offer_again(self, item: Recoverable) -> None:
        """Put back on the list what could not be recovered now."""
        self.found = (*self.found, item)
        self.found_changed.emit()

    def forget_all(self) -> None:
        """Offer nothing any more: all copies were removed."""
        self.found = ()
        self.found_changed.emit()

    def _on_found(self, outcome: tuple[Recoverable, ...] | AppError) -> None:
        if isinstance(outcome, AppError):
            return
        self.found = outcome
        if outcome:
            self.found_changed.emit()
        self._worker.run(partial(_tidy, self._folders), _nothing)


def _find(folders: Folders) -> tuple[Recoverable, ...]:
    from model import recoverable

    return recoverable.find(folders.recovery)


def _set_aside(folders: Folders, item: Recoverable) -> None:
    from contextlib import suppress

    from model import recoverable

    with suppress(OSError):  # another start has done so already, or it stays on offer till the next start
        recoverable.set_aside(folders.recovery, item)


def _tidy(folders: Folders) -> None:
    from model import backups, recoverable

    recoverable.tidy(folders.recovery, folders.backups)
    backups.tidy(folders.backups)


def _nothing(outcome: object) -> None:
    del outcome
