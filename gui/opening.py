"""How a report gets into a window: locked, read, and what is offered where either cannot be had.

The order matters: the run's note of the file, the lock, then reading (docs/decisions/005).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from gui import file_dialogs
from gui.file_dialogs import DamageChoice, OpenChoice
from gui.file_hold import FileHold
from gui.run import Run
from model import file_lock, file_stamp
from model.catalogue import load_form
from model.document import Document
from model.errors import AppError, CannotRead, FileError, FileMissing, NewerVersion
from model.file_lock import FileLock, OpenElsewhere

if TYPE_CHECKING:
    from model.damage import Damage
    from model.recoverable import Recoverable
    from model.report import Report


class Opened(NamedTuple):
    """A report ready for a window, and what there is to say of it, mostly nothing."""

    document: Document
    hold: FileHold
    remark: str = ""


class _Access(NamedTuple):
    """How a file is opened: with its lock, only to be read, or as an untitled copy."""

    lock: FileLock | None = None
    reader_of: str = ""
    as_copy: bool = False


class Opener:
    """Opens reports for one window, asking where it must."""

    def __init__(self, run: Run, window: QWidget) -> None:
        self._run = run
        self._window = window

    def untitled(self, document: Document) -> Opened:
        """Return a report that has no file."""
        return Opened(document, FileHold(self._run.session.open_document()))

    def open(self, path: Path) -> Opened | None:
        """Open a report file; None where the person changed their mind. Raise AppError."""
        access = self._access(path)
        if access is None:
            return None
        try:
            return self._read(path, access)
        except FileError as failure:
            if isinstance(failure, FileMissing):
                _let_go(access)
                raise
            return self._mend(path, access, failure)
        except AppError:
            _let_go(access)
            raise

    def reopen(self, document: Document, hold: FileHold) -> Opened:
        """Read the file of a report anew that is open and locked here already. Raise AppError."""
        assert document.path is not None
        read = file_stamp.open_stamped(document.path)
        fresh = Document(load_form(read.report.form), read.report, document.path)
        fresh.is_read_only = document.is_read_only
        return Opened(fresh, replace(hold, stamp=read.stamp))

    def recover(self, item: Recoverable) -> Opened | None:
        """Open what a crash left, as an edit of what is saved; None where the person changed their mind.

        Where the report's own file is only to be read or out of reach, it becomes an untitled one.
        Raise AppError.
        """
        from model.restoring import open_as_edit

        access = self._access(item.path) if item.path else _Access(as_copy=True)
        if access is None:
            return None
        if item.path is None or access.as_copy or access.reader_of:
            return self.untitled(open_as_edit(item.report, None, None))
        try:
            return self._recover_into(item, item.path, access)
        except FileError:
            _let_go(access)
            untitled = self.untitled(open_as_edit(item.report, None, None))
            return untitled._replace(remark=f"已恢复，但读不到“{item.path.name}”：保存时另起文件名")
        except AppError:
            _let_go(access)
            raise

    # ------------------------------------------------------------ access

    def _access(self, path: Path) -> _Access | None:
        """Lock a file; where someone has it, ask how to open it."""
        self._run.note_target(path)
        try:
            return _Access(lock=file_lock.acquire(path))
        except OpenElsewhere as failure:
            return self._ask(path, failure)

    def _ask(self, path: Path, failure: OpenElsewhere) -> _Access | None:
        choice = file_dialogs.ask_open_elsewhere(self._window, str(failure))
        if choice is OpenChoice.READ_ONLY:
            return _Access(reader_of=failure.holder.who)
        if choice is OpenChoice.COPY:
            return _Access(as_copy=True)
        if choice is OpenChoice.CANCEL:
            return None
        try:
            return _Access(lock=file_lock.take_over(path, failure.holder))
        except OpenElsewhere as newer:  # another one by now
            return self._ask(path, newer)

    # ------------------------------------------------------------ reading

    def _read(self, path: Path, access: _Access) -> Opened:
        read = file_stamp.open_stamped(path)
        document = Document(load_form(read.report.form), read.report, None if access.as_copy else path)
        document.is_read_only = bool(access.reader_of)
        if access.as_copy:
            return self.untitled(document)._replace(remark="以副本打开，保存时另起文件名")
        hold = FileHold(self._run.session.open_document(), path, read.stamp, access.lock)
        return Opened(document, hold, _remark(access))

    def _recover_into(self, item: Recoverable, path: Path, access: _Access) -> Opened:
        from model.restoring import open_as_edit

        stamp = file_stamp.take(path)
        if stamp is not None and item.saved is None:
            self._copy_aside(path)
        document = open_as_edit(item.report, item.saved, path)
        hold = FileHold(self._run.session.open_document(), path, stamp, access.lock)
        return Opened(document, hold, _remark(access))

    # ------------------------------------------------------------ damage

    def _mend(self, path: Path, access: _Access, failure: FileError) -> Opened | None:
        """Offer what can be had instead of a file that does not open."""
        from model import damage

        found = damage.examine(path, failure, self._run.folders.backups)
        if found.salvaged is None and found.backup is None:
            _let_go(access)
            raise failure
        kept = "" if isinstance(failure, NewerVersion | CannotRead) else self._copy_aside(path)
        report = self._choose(found, f"{failure}{kept}")
        if report is None:
            _let_go(access)
            return None
        return self._open_instead(path, access, report)

    def _open_instead(self, path: Path, access: _Access, report: Report) -> Opened:
        """Return a report as an unsaved edit, to be saved over the damaged file where that is ours."""
        from model.restoring import open_as_edit

        if access.lock is None:
            return self.untitled(open_as_edit(report, None, None))
        stamp = file_stamp.take(path)
        document = open_as_edit(report, None, path)
        return Opened(document, FileHold(self._run.session.open_document(), path, stamp, access.lock))

    def _copy_aside(self, path: Path) -> str:
        """Keep a damaged file as it is; return a sentence on it."""
        from model import damage

        try:
            copy = damage.copy_aside(path, self._run.folders.damaged)
        except FileError as failure:
            return f"\n\n没能给它另留一份：{failure}"
        return f"\n\n已原样另存一份：{copy}"

    def _choose(self, found: Damage, sentence: str) -> Report | None:
        salvaged, backup = found.salvaged, found.backup
        told = f"最近一份完好的备份：{backup.backup.at:%Y-%m-%d %H:%M:%S}。" if backup else ""
        rest = ""
        if salvaged:
            lost = f"，{len(salvaged.lost)} 处没有读出" if salvaged.lost else ""
            rest = f"文件里还能读出 {salvaged.values} 项{lost}。"
        losses = [f"{loss.place}：{loss.reason}" for loss in salvaged.lost] if salvaged else []
        choice = file_dialogs.ask_damaged(self._window, sentence, told, rest, losses)
        if choice is DamageChoice.BACKUP and backup:
            return backup.report
        return salvaged.report if choice is DamageChoice.SALVAGED and salvaged else None


def _let_go(access: _Access) -> None:
    if access.lock is not None:
        access.lock.release()


def _remark(access: _Access) -> str:
    if access.reader_of:
        return f"只读：正由{access.reader_of}打开编辑"
    return access.lock.failure if access.lock else ""
