"""How a report gets into its file: never over what someone else wrote or has taken over unasked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from gui import file_dialogs
from gui.file_dialogs import SaveChoice
from gui.file_hold import FileHold, is_same_file
from gui.run import Run
from model import file_lock, file_stamp, storage
from model.document import Document
from model.errors import AppError, FileError
from model.file_lock import FileLock, OpenElsewhere
from model.file_stamp import ChangedOnDisk, FileStamp, SavedOver
from model.report import Report


class SaveElsewhere(AppError):
    """The person wants to save to another file instead."""

    def __init__(self) -> None:
        super().__init__("没有保存，另选文件。")


class Saver:
    """Saves reports for one window, asking where it must."""

    def __init__(self, run: Run, window: QWidget) -> None:
        self._run = run
        self._window = window

    def save(self, document: Document, hold: FileHold, path: Path) -> SavedOver | None:
        """Save to a file and hold it from then on; None where the person changed their mind.

        Raise SaveElsewhere, or FileError where it cannot be.
        """
        is_new = hold.path is None or not is_same_file(hold.path, path)
        lock = None if is_new else hold.lock
        if lock is None:
            lock = self._lock(path)
            if lock is None:
                return None
        try:
            known = file_stamp.take(path) if is_new else hold.stamp
            done = self._write(document.report, path, known)
        except (FileError, SaveElsewhere):
            if lock is not hold.lock:
                lock.release()
            raise
        if done is None:
            if lock is not hold.lock:
                lock.release()
            return None
        _hold_on(hold, path, lock, done)
        return done

    def _lock(self, path: Path) -> FileLock | None:
        self._run.note_target(path)
        try:
            return file_lock.acquire(path)
        except OpenElsewhere as failure:
            return self._ask_to_take_over(path, failure)

    def _ask_to_take_over(self, path: Path, failure: OpenElsewhere) -> FileLock | None:
        choice = file_dialogs.ask_taken_over(self._window, str(failure))
        if choice is SaveChoice.SAVE_AS:
            raise SaveElsewhere
        if choice is SaveChoice.CANCEL:
            return None
        try:
            return file_lock.take_over(path, failure.holder)
        except OpenElsewhere as newer:  # another one by now
            return self._ask_to_take_over(path, newer)

    def _write(self, report: Report, path: Path, known: FileStamp | None) -> SavedOver | None:
        while True:
            try:
                return file_stamp.save_over(report, path, known, self._run.folders.backups)
            except ChangedOnDisk as failure:
                if not self._may_overwrite(report, path, failure):
                    return None
                known = file_stamp.take(path)

    def _may_overwrite(self, report: Report, path: Path, failure: ChangedOnDisk) -> bool:
        """Ask, showing what differs as often as the person likes."""
        while True:
            theirs = _read(path)
            choice = file_dialogs.ask_overwrite(self._window, str(failure), comparable=theirs is not None)
            if choice is SaveChoice.SAVE_AS:
                raise SaveElsewhere
            if choice is not SaveChoice.COMPARE or theirs is None:
                return choice is SaveChoice.OVERWRITE
            from model.restoring import differences

            columns = ("磁盘上的文件", "窗口里的内容")
            found = differences(theirs, report)
            file_dialogs.show_differences(self._window, f"比较：{path.name}", columns, found)


def _hold_on(hold: FileHold, path: Path, lock: FileLock, done: SavedOver) -> None:
    if hold.lock is not lock:
        hold.unlock()
    hold.path, hold.lock, hold.lost, hold.stamp = path, lock, None, done.stamp


def _read(path: Path) -> Report | None:
    try:
        return storage.load(path)
    except FileError:  # gone or damaged: there is nothing to compare with
        return None
