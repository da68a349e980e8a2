"""Tells at the top of the window how the report stands with its file, and what an earlier run left unsaved.

Calm and never modal: one strip with a sentence and what can be done about it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from gui import file_dialogs
from gui.file_commands import FileCommands
from gui.file_hold import FileHold
from gui.message_bar import MessageBar
from gui.run import Run
from model.document import Document
from model.errors import FileError

if TYPE_CHECKING:
    from gui.recovery_panel import RecoveryPanel
    from gui.start_page import StartPage
    from gui.version_commands import VersionCommands
    from model.recoverable import Recoverable


class FileNotices(QObject):
    """Follows the file of one window's report."""

    def __init__(self, run: Run, files: FileCommands, window: QWidget) -> None:
        super().__init__(window)
        self._run = run
        self._files = files
        self._window = window
        self.bar = MessageBar(window)
        self._answers: dict[str, Callable[[], object]] = {}
        self._is_offering = False
        """The strip is about what an earlier run left unsaved."""
        self._start: StartPage | None = None
        self._panel: RecoveryPanel | None = None
        self._versions: VersionCommands | None = None
        self.bar.answer_chosen.connect(self._on_answer_chosen)
        files.document_opened.connect(self._on_document_opened)
        files.document_saved.connect(self._on_document_saved)
        files.copies_failed.connect(self._on_copies_failed)
        run.heartbeat.lock_lost.connect(self._on_lock_lost)
        run.heartbeat.file_changed.connect(self._on_file_changed)
        run.recovery.found_changed.connect(self._on_found_changed)

    def close(self) -> None:
        """Follow nothing any longer."""
        self._run.heartbeat.lock_lost.disconnect(self._on_lock_lost)
        self._run.heartbeat.file_changed.disconnect(self._on_file_changed)
        self._run.recovery.found_changed.disconnect(self._on_found_changed)

    def use_start_page(self, page: StartPage) -> None:
        """Offer on this page what an earlier run left unsaved."""
        self._start = page
        self._show_panel()

    def show_versions(self) -> None:
        """Open 备份与恢复."""
        if self._versions is None:
            from gui.version_commands import VersionCommands

            self._versions = VersionCommands(self._run, self._files, self._window)
        self._versions.show()

    def show_report(self, present: bool) -> None:
        """Take the strip away with the report that it was about."""
        if not present:
            self.bar.hide()

    # ------------------------------------------------------------ the file

    def _on_document_opened(self, document: Document) -> None:
        self.bar.hide()
        if document.is_read_only:
            self._tell(
                "这份年报正由别人编辑，现在以只读方式打开：可以查看、导出；要改动，请先另存一份。",
                {"另存为(&A)…": self._files.save_as},
            )
        else:
            self._tell_found()

    def _on_document_saved(self, remark: str) -> None:
        del remark
        self.bar.hide()

    def _on_copies_failed(self, sentence: str) -> None:
        if self.bar.isVisible() and not self._is_offering:
            self._files.message_reported.emit(sentence)
        else:
            self._tell(sentence, {"另存为(&A)…": self._files.save_as})

    def _on_lock_lost(self, hold: FileHold) -> None:
        if hold is self._files.hold:
            self._tell(str(hold.lost), {"另存为(&A)…": self._files.save_as})

    def _on_file_changed(self, hold: FileHold) -> None:
        if hold is self._files.hold and hold.path is not None:
            self._tell(
                f"“{hold.path.name}”刚被别人或别的程序改过。您填写的内容都在窗口里，保存时会先问您，不会互相覆盖。",
                {"比较(&B)…": self._compare, "另存为(&A)…": self._files.save_as},
            )

    def _compare(self) -> None:
        from model import storage
        from model.restoring import differences

        document = self._files.document
        if document is None or document.path is None:
            return
        try:
            theirs = storage.load(document.path)
        except FileError as failure:
            self._tell(str(failure), {})
            return
        columns = ("磁盘上的文件", "窗口里的内容")
        found = differences(theirs, document.report)
        file_dialogs.show_differences(self._window, f"比较：{document.path.name}", columns, found)

    def _tell(self, sentence: str, answers: dict[str, Callable[[], object]]) -> None:
        self._answers = answers
        self._is_offering = False
        self.bar.show_result(sentence, {label: label for label in answers}, mark="findings")

    def _on_answer_chosen(self, name: str) -> None:
        QTimer.singleShot(0, self, self._answers[name])  # the strip may be made anew by what is done

    # ------------------------------------------------------------ what an earlier run left

    def _on_found_changed(self) -> None:
        self._show_panel()
        if self._is_offering:
            self.bar.hide()
        if self._files.document is not None and (self._is_offering or not self.bar.isVisible()):
            self._tell_found()

    def _tell_found(self) -> None:
        document = self._files.document
        own = document.path if document else None
        found = sorted(self._run.recovery.found, key=lambda item: item.path is None or item.path != own)
        if found:
            from gui.recovery_panel import describe

            more = f" 等 {len(found)} 份" if len(found) > 1 else ""
            sentence = f"程序上次没有正常关闭，还有没保存的工作：{describe(found[0])}{more}。"
            self._tell(
                sentence,
                {"恢复(&U)": lambda: self._recover(found[0]), "比较(&B)…": lambda: self._look(found[0])},
            )
            self._is_offering = True

    def _show_panel(self) -> None:
        found = self._run.recovery.found
        if self._start is None or (self._panel is None and not found):
            return
        if self._panel is None:
            from gui.recovery_panel import RecoveryPanel

            self._panel = RecoveryPanel(self._start)
            self._panel.recovery_requested.connect(self._recover)
            self._panel.look_requested.connect(self._look)
            self._panel.declined.connect(self._run.recovery.set_aside)
            self._start.offer(self._panel)
        self._panel.show_found(found)
        self._start.lead_with(self._panel.main_button)

    def _recover(self, item: Recoverable) -> None:
        if item in self._run.recovery.found:
            self._files.recover(item)

    def _look(self, item: Recoverable) -> None:
        from gui.recovery_panel import describe

        before = "文件里的内容" if item.saved is not None else "空白年报"
        file_dialogs.show_differences(
            self._window, f"比较：{describe(item)}", (before, "没有保存的工作"), item.differences
        )
