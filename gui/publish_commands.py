"""Preview, print and copy for the web: the report as the document that goes out, without writing a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QApplication

from gui import dialogs
from gui.background import Background
from gui.bridge import DocumentBridge
from gui.desk import Desk
from model.errors import AppError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from export.preview import Pages
    from gui.preview_window import PreviewWindow

_LAST_WORK = 10.0
"""Seconds to wait for the printer when the window is closed."""


class PublishCommands(QObject):
    """Carries out 打印预览, 打印 and 复制为网页 for the report of a window."""

    message_reported = Signal(str)
    _stepped = Signal(str, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._window, self._bar, self._settings = desk.window, desk.bar, desk.run.settings
        self._bridge: DocumentBridge | None = None
        self._name = ""
        self._work = Background("print", self)
        self._cancelled = Event()
        self.preview: PreviewWindow | None = None
        self.is_printing = False
        commands = {"preview": self.show_preview, "print": self.print, "copy_report": self.copy_report}
        desk.actions.connect_all(commands)
        desk.bar.cancel_requested.connect(self._cancelled.set)
        self._stepped.connect(desk.bar.show_progress)

    def follow(self, bridge: DocumentBridge | None, name: str) -> None:
        """Work on this report from now on; None for no report."""
        if self.preview is not None:
            self.preview.close()
        self._bridge, self._name = bridge, name

    def finish(self) -> None:
        """Stop what is on its way and wait for its end, before the window goes."""
        self.follow(None, "")
        self._cancelled.set()
        self._work.finish(_LAST_WORK)

    # ------------------------------------------------------------ preview

    def show_preview(self) -> None:
        """Show the pages, or bring the window that shows them to the front."""
        if self._bridge is None:
            return
        self._desk.finish_typing()
        if self.preview is None:
            from gui.preview_window import PreviewWindow

            self.preview = PreviewWindow(self._bridge, self._settings, self._name)
            self.preview.print_requested.connect(self.print)
            self.preview.closed.connect(self._on_preview_closed)
        self.preview.show()
        self.preview.raise_()
        self.preview.activateWindow()

    def redraw(self) -> None:
        """Draw the pages anew where they are shown: the faces were changed."""
        if self.preview is not None:
            self.preview.source.redraw()

    def _on_preview_closed(self) -> None:
        self.preview = None

    # ------------------------------------------------------------ print

    def print(self) -> None:
        """Draw the pages, ask for a printer and print them."""
        if self._bridge is None or self.is_printing:
            return
        self._desk.finish_typing()
        self.is_printing = True
        self._cancelled.clear()
        self._bar.show_progress("正在准备打印", 0)
        self._work.run(self._drawing(), self._on_drawn)

    def _drawing(self) -> Callable[[], Pages]:
        from export.drafts import mark_of

        assert self._bridge is not None
        form, report = self._bridge.document.form, self._bridge.document.report
        mark, faces = mark_of(report, self._bridge.findings), self._settings.faces

        def work() -> Pages:
            from export.face_choices import kept_choice
            from export.preview import draw_pages

            return draw_pages(form, report, mark, kept_choice(faces))

        return work

    def _on_drawn(self, pages: Pages | AppError) -> None:
        if isinstance(pages, AppError):
            self._end_printing(str(pages))
            return
        printer = None
        if not self._cancelled.is_set() and self._may_print(pages):
            printer = dialogs.ask_printer(self.preview or self._window, self._name, len(pages))
        if printer is None:
            self._end_printing("")
            return
        self._work.run(partial(self._print, pages, printer), self._on_printed)

    def _may_print(self, pages: Pages) -> bool:
        """Say first what will not be printed as it was written, unless the preview says so already."""
        if not pages.remarks or (self.preview is not None and self.preview.remarks == pages.remarks):
            return True
        return dialogs.ask_despite(self._window, pages.remarks, "仍然打印(&P)")

    def _print(self, pages: Pages, printer: QPrinter) -> int:
        from gui.printing import print_pages

        def step(number: int, count: int) -> bool:
            self._stepped.emit(f"正在打印第 {number} 页，共 {count} 页", 100 * (number - 1) // count)
            return not self._cancelled.is_set()

        try:
            return print_pages(pages, printer, step)
        finally:
            pages.close()

    def _on_printed(self, sent: int | AppError) -> None:
        if isinstance(sent, AppError):
            self._end_printing("")
            dialogs.show_error(self._window, str(sent))
        elif self._cancelled.is_set():
            self._end_printing("已取消打印。")
        else:
            self._end_printing("已送往打印机。")  # a service of the system may still pick some of the pages

    def _end_printing(self, sentence: str) -> None:
        self.is_printing = False
        self._bar.hide()
        if sentence:
            self._bar.show_result(sentence, {})

    # ------------------------------------------------------------ copy

    def copy_report(self) -> None:
        """Put the whole report on the clipboard, for a web page or a text program."""
        if self._bridge is None:
            return
        self._desk.finish_typing()
        from export.drafts import mark_of
        from export.html import html_fragment, plain_text
        from export.layout import describe

        document = self._bridge.document
        mark = mark_of(document.report, self._bridge.findings)
        description = describe(document.form, document.report, draft=mark)
        mime = QMimeData()
        mime.setHtml(html_fragment(description))
        mime.setText(plain_text(description))
        QApplication.clipboard().setMimeData(mime)
        told = f"（带“{mark}”标记）" if mark else ""
        self.message_reported.emit(f"整份报告已复制{told}，可以粘贴到网站后台或文字处理程序")
