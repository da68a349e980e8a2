"""Carries out 备份与恢复: what there is to restore, restoring it as one edit, and removing it all."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui import dialogs, file_dialogs
from gui.file_commands import FileCommands
from gui.file_hold import is_same_file
from gui.run import Run
from gui.versions_dialog import Source, Version, VersionsDialog
from model import backups, recoverable, storage
from model.backups import Backup, Origin
from model.errors import AppError, CannotWrite, FileError

if TYPE_CHECKING:
    from model.recoverable import Recoverable
    from model.report import Report


class VersionCommands(QObject):
    """Shows the dialog for one window. Made when it is first wanted."""

    def __init__(self, run: Run, files: FileCommands, window: QWidget) -> None:
        super().__init__(window)
        self._run = run
        self._files = files
        self._window = window
        self.dialog: VersionsDialog | None = None

    def show(self) -> None:
        """Open the dialog with what there is."""
        self.dialog = VersionsDialog(self._sources(), self._window)
        self.dialog.restore_requested.connect(self._on_restore_requested)
        self.dialog.purge_requested.connect(self._on_purge_requested)
        self.dialog.finished.connect(self._on_finished)
        self.dialog.open()
        self._look_for_copies()

    # ------------------------------------------------------------ what there is

    def _sources(self) -> list[Source]:
        """Return the files with versions, that of the open report first."""
        origins = backups.list_origins(self._run.folders.backups)
        return [self._source(o) for o in sorted(origins, key=self._is_other)]

    def _is_other(self, origin: Origin) -> bool:
        own = self._files.document.path if self._files.document else None
        return own is None or not is_same_file(own, origin.path)

    def _source(self, origin: Origin) -> Source:
        is_own = not self._is_other(origin)
        name = f"{origin.path.stem}（当前文件）" if is_own else origin.path.stem
        versions = tuple(self._version(backup, is_own=is_own) for backup in origin.backups)
        base_name, base = (
            ("窗口里的内容", self._window_report)
            if is_own
            else ("文件现在的内容", partial(_saved, origin.path))
        )
        return Source(name, str(origin.path), versions, base_name, base)

    def _version(self, backup: Backup, *, is_own: bool) -> Version:
        load = partial(storage.load, backup.path)
        restore = partial(self._files.restore_version if is_own else self._files.open_version, load)
        return Version(f"{backup.at:%Y-%m-%d %H:%M:%S}", load, restore)

    def _window_report(self) -> Report | None:
        return self._files.document.report if self._files.document else None

    def _look_for_copies(self) -> None:
        """List what was declined or taken after a crash; in a worker, since the files are read too."""
        work = partial(recoverable.find_set_aside, self._run.folders.recovery)
        self._run.searching.run(work, self._on_copies_found)

    def _on_copies_found(self, found: tuple[Recoverable, ...] | AppError) -> None:
        if self.dialog is None or isinstance(found, AppError):
            return
        for item in found:
            self.dialog.add_source(self._copy_source(item))

    def _copy_source(self, item: Recoverable) -> Source:
        from gui.recovery_panel import describe, details

        version = Version(
            f"{item.at:%Y-%m-%d %H:%M:%S}", lambda: item.report, lambda: self._files.recover(item)
        )
        base_name = "文件里的内容" if item.saved is not None else "空白年报"
        return Source(
            f"没有保存的工作：{describe(item)}", details(item), (version,), base_name, lambda: item.saved
        )

    # ------------------------------------------------------------ what is done

    def _on_restore_requested(self, version: Version) -> None:
        assert self.dialog is not None
        self.dialog.accept()
        version.restore()

    def _on_purge_requested(self) -> None:
        assert self.dialog is not None
        sentence = "清除所有年报的全部备份版本，以及程序留下的未保存的副本？"
        if not file_dialogs.ask_purge(self.dialog, sentence):
            return
        folders = self._run.folders
        for purge, place in ((backups.purge, folders.backups), (recoverable.purge, folders.recovery)):
            try:
                purge(place)
            except OSError as failure:
                dialogs.show_error(self.dialog, str(CannotWrite(place, failure)))
        self._run.recovery.forget_all()
        self.dialog.show_sources(self._sources())

    def _on_finished(self) -> None:
        self.dialog = None


def _saved(path: Path) -> Report | None:
    try:
        return storage.load(path)
    except FileError:  # the file is gone or damaged: compared with nothing
        return None
