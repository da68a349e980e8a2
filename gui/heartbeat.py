"""Signs of life of this run: for the locks beside the open reports, and for its folder of copies."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from gui.background import Background
from gui.file_hold import FileHold
from model.errors import AppError
from model.file_lock import BEAT, FileLock, LockLost
from model.file_stamp import DiskChange, change_since, seems_untouched
from model.recovery import Session


class Heartbeat(QObject):
    """Beats for every open report, in a thread that a shared folder may hold up."""

    lock_lost = Signal(object)
    """The FileHold whose file someone took over."""
    file_changed = Signal(object)
    """The FileHold whose file is not what it was when it was last read or saved."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._worker = Background("beats", self)
        self._holds: dict[int, FileHold] = {}
        self._beating: set[int] = set()
        self._told: dict[int, object] = {}
        self._timer = QTimer(self, interval=int(BEAT * 1000))
        self._timer.timeout.connect(self.beat)

    def follow(self, hold: FileHold) -> None:
        """Beat for a report from now on."""
        self._holds[id(hold)] = hold
        self._timer.start()

    def forget(self, hold: FileHold) -> None:
        """Beat for a report no longer."""
        self._holds.pop(id(hold), None)
        self._told.pop(id(hold), None)

    def stop(self) -> None:
        """End, waiting a little for what is on its way."""
        self._timer.stop()
        self._worker.finish(1.0)

    def beat(self) -> None:
        """Give one sign of life for each report for which the last one has come back."""
        self._worker.run(self._session.beat, _nothing)
        for key, hold in self._holds.items():
            if key not in self._beating:
                self._beating.add(key)
                work = partial(_look_after, hold.lock, hold)
                self._worker.run(work, partial(self._on_beaten, key, hold, hold.stamp))

    def _on_beaten(self, key: int, hold: FileHold, stamp: object, outcome: DiskChange | AppError) -> None:
        self._beating.discard(key)
        if self._holds.get(key) is not hold:
            return
        if isinstance(outcome, LockLost):
            hold.lock, hold.lost = None, outcome
            self.lock_lost.emit(hold)
        elif outcome is DiskChange.CHANGED and hold.stamp is stamp and self._told.get(key) is not stamp:
            self._told[key] = stamp
            self.file_changed.emit(hold)


def _look_after(lock: FileLock | None, hold: FileHold) -> DiskChange:
    """Beat, and tell whether someone else wrote the file; raise LockLost or FileError."""
    if lock is not None:
        lock.beat()
    path, stamp = hold.path, hold.stamp
    if path is None or stamp is None or seems_untouched(path, stamp):
        return DiskChange.NONE
    return change_since(path, stamp)


def _nothing(outcome: object) -> None:
    del outcome
