"""The window: puts menus, pages, findings and status line together and passes commands on."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QScreen, QShowEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from gui import dialogs
from gui.actions import NEEDS_REPORT, Actions
from gui.bridge import DocumentBridge
from gui.desk import Desk
from gui.edit_commands import EditCommands
from gui.export_commands import ExportCommands
from gui.file_commands import FileCommands
from gui.file_notices import FileNotices
from gui.final_commands import FinalCommands
from gui.finding_commands import FindingCommands
from gui.findings_dock import FindingsDock
from gui.findings_panel import FindingsPanel
from gui.help_commands import HelpCommands
from gui.icons import Icons
from gui.message_bar import MessageBar
from gui.pages import reporting_year
from gui.publish_commands import PublishCommands
from gui.run import Run
from gui.status_line import StatusLine, saved_text
from gui.style import GRID, colours_of
from gui.template_commands import TemplateCommands
from gui.view_commands import ViewCommands
from gui.workspace import Workspace
from gui.year_commands import YearCommands
from model.catalogue import form_for_year
from model.document import Change, Document
from model.findings import Finding

if TYPE_CHECKING:
    from gui.start_page import StartPage

_SIZE = QSize(1320, 840)
_ROOMY = 1500
"""Width of a screen from which the window need not fill it at first."""


class MainWindow(QMainWindow):
    """One report at a time, or the start page."""

    def __init__(self, run: Run, today: date) -> None:
        super().__init__()
        self._settings = settings = run.settings
        self._today = today
        self._saved_at: datetime | None = None
        self._was_shown = False
        self._bridge: DocumentBridge | None = None
        self.workspace: Workspace | None = None
        self.actions_ = Actions(self)
        self.files = FileCommands(self, run, self._finish_typing)
        self.file_notices = FileNotices(run, self.files, self)
        self.message_bar = MessageBar(self)
        desk = Desk(self, self.actions_, run, self.message_bar, self._finish_typing)
        self.exports, self.publishing = ExportCommands(desk), PublishCommands(desk)
        self.edits = EditCommands(self.actions_, self)
        self.findings = FindingsPanel(self)
        self._dock = FindingsDock(self.findings, settings, self)
        self.status = StatusLine(self)
        self.finals = FinalCommands(self, self.actions_, settings, self.status, self._finish_typing)
        self.views = ViewCommands(self.actions_, settings, self.status, self.findings.view, self)
        self.answers = FindingCommands(self.actions_, self._dock, self.status, self)
        self.help = HelpCommands(self, self.actions_, self._settings, self.views, self.status)
        self.templates = TemplateCommands(self, self.actions_, self.files, run, self.status)
        self.years = YearCommands(self, self.actions_, self.files, self._settings, self.status)
        self._icons = Icons(colours_of(self.palette()))
        self._start: StartPage | None = None
        self._stack = QStackedWidget(self)
        self._toolbar = self._make_toolbar()
        self._lay_out()
        self._connect_commands()
        self._connect_parts()
        self._show_settings()
        self._show_report_parts(False)

    # ------------------------------------------------------------ reports

    def open_path(self, path: Path) -> bool:
        """Open a report file; tell whether it is open now."""
        return self.files.open(path)

    def close_report(self) -> None:
        """Go back to the start page."""
        self._let_go()
        self.files.close()
        self.exports.leave()
        self._stack.setCurrentWidget(self.start_page())
        self._show_report_parts(False)
        self._dock.show_findings(())
        self._show_title()
        self.start_page().setFocus()

    def start_page(self) -> StartPage:
        """Return the page to begin on, built when it is first wanted."""
        if self._start is None:
            from gui.start_page import StartPage

            year = reporting_year(self._today)
            self._start = StartPage(form_for_year(year), year, self._icons, self._stack)
            self._start.new_requested.connect(self.actions_["new"].trigger)
            self._start.new_from_last_requested.connect(self.actions_["new_from_last"].trigger)
            self._start.open_requested.connect(self.actions_["open"].trigger)
            self._start.sample_requested.connect(self.files.open_sample)
            self._start.recent_chosen.connect(self.open_path)
            self._start.show_recent(self._settings.recent_files)
            self._stack.addWidget(self._start)
            self.file_notices.use_start_page(self._start)
        return self._start

    def _on_document_opened(self, document: Document) -> None:
        self._let_go()
        self.findings.set_current(None)
        self._saved_at = None
        self._bridge = DocumentBridge(document, self)
        self.workspace = Workspace(self._bridge, self._today, self._stack)
        self._stack.addWidget(self.workspace)
        self._stack.setCurrentWidget(self.workspace)
        self._follow(self._bridge, self.workspace)
        self.views.follow(self.workspace)
        self.workspace.go_to(self.workspace.first_step())
        self.workspace.page_changed.connect(self._on_page_changed)
        for commands in (self.edits, self.answers, self.years, self.help):
            commands.follow(self.workspace)
        self.exports.follow(self._bridge)
        self.publishing.follow(self._bridge, self.files.name)
        self.finals.follow(self._bridge)
        self._show_report_parts(True)
        self._on_findings_changed(self._bridge.findings)
        self._show_state()
        self.workspace.focus_page()

    def _follow(self, bridge: DocumentBridge, workspace: Workspace) -> None:
        bridge.changed.connect(self._on_document_changed)
        bridge.findings_changed.connect(self._on_findings_changed)
        workspace.message_reported.connect(self.status.show_message)
        workspace.export_requested.connect(self.actions_["export_pdf"].trigger)

    def _let_go(self) -> None:
        """Take down the pages of the report before."""
        for commands in (self.edits, self.views, self.answers, self.years, self.help):
            commands.follow(None)
        self.publishing.follow(None, "")
        self.finals.follow(None)
        if self._bridge is not None and self.workspace is not None:
            self._bridge.close()
            self._stack.removeWidget(self.workspace)
            self.workspace.deleteLater()
            self._bridge.deleteLater()
        self._bridge = self.workspace = None

    # ------------------------------------------------------------ what is shown

    def _show_report_parts(self, present: bool) -> None:
        self.actions_.set_enabled(NEEDS_REPORT, present)
        self._dock.show_report(present)
        self._toolbar.setVisible(present)
        self.statusBar().setVisible(present)
        self.status.show_report(present)
        self.file_notices.show_report(present)

    def _show_state(self) -> None:
        """Say in title and status line how the report stands with its file and its exports."""
        self._show_title()
        document = self.files.document
        if document is None:
            return
        self.status.show_saved(saved_text(document, self._saved_at))
        self.status.show_old_exports([path.name for path in self.exports.old])
        self.edits.show_state()
        if self.workspace:
            self.workspace.follow_read_only()

    def _show_title(self) -> None:
        document = self.files.document
        self.setWindowTitle(f"{self.files.name}[*] - {dialogs.PROGRAM}" if document else dialogs.PROGRAM)
        is_modified = document is not None and document.is_modified
        if is_modified is not self.isWindowModified():  # the same again would have the frame drawn anew
            self.setWindowModified(is_modified)

    # ------------------------------------------------------------ findings

    def findings_pane_action(self) -> QAction:
        """Return the command that opens and closes the pane with the findings."""
        return self._dock.toggleViewAction()

    def _on_findings_changed(self, findings: tuple[Finding, ...]) -> None:
        self._dock.show_findings(findings)
        self.status.show_verdict(findings)

    def _on_page_changed(self, _step: str) -> None:
        self.edits.show_state()
        self.status.outdate_message()

    def _on_document_changed(self, change: Change) -> None:
        self._show_state()
        if change.addresses:  # saving changes nothing
            self.status.outdate_message()

    # ------------------------------------------------------------ commands

    def _connect_commands(self) -> None:
        commands = {
            "new": lambda: self.files.new(self._today),
            "open": self.files.ask_and_open,
            "save": self.files.save,
            "save_as": self.files.save_as,
            "versions": self.file_notices.show_versions,
            "close": self._close_report,
            "quit": self.close,
        }
        self.actions_.connect_all(commands)

    def _connect_parts(self) -> None:
        self.files.document_opened.connect(self._on_document_opened)
        self.files.document_saved.connect(self._on_document_saved)
        self.files.message_reported.connect(self.status.show_message)
        self.files.recent_changed.connect(self._show_recent)
        self.exports.record_changed.connect(self._show_state)
        self.publishing.message_reported.connect(self.status.show_message)
        self.help.faces_changed.connect(self.publishing.redraw)

    def _close_report(self) -> None:
        if self.files.may_leave():
            self.close_report()

    def _finish_typing(self) -> None:
        self.findings.finish_typing()
        if self.workspace:
            self.workspace.finish_typing()

    def _on_screen_changed(self, _screen: QScreen) -> None:
        self._dress()

    def _on_document_saved(self, remark: str) -> None:
        self._saved_at = datetime.now()
        self.exports.remember()
        self.status.show_message(remark or "已保存")
        self._show_state()

    # ------------------------------------------------------------ building

    def _make_toolbar(self) -> QToolBar:
        bar = self.actions_.make_toolbar(self)
        self.addToolBar(bar)
        return bar

    def _lay_out(self) -> None:
        centre = QWidget(self)
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.file_notices.bar)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.message_bar)
        self.setCentralWidget(centre)
        self.statusBar().addPermanentWidget(self.status, 1)
        self.statusBar().setSizeGripEnabled(False)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._dock)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAcceptDrops(True)
        self.actions_.fill_menus(self, self._dock.toggleViewAction())
        self._dress()

    def _show_settings(self) -> None:
        self._show_recent()
        room = self.screen().availableSize()
        self.resize(_SIZE.boundedTo(QSize(room.width() - 8 * GRID, room.height() - 8 * GRID)))
        if not self.restoreGeometry(self._settings.geometry) and room.width() < _ROOMY:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self.restoreState(self._settings.layout)

    def _show_recent(self) -> None:
        files = self._settings.recent_files
        if self._start:
            self._start.show_recent(files)
        menu = self.actions_.recent_menu
        menu.clear()
        for number, file in enumerate(files, 1):
            action = menu.addAction(f"&{number % 10} {file.stem.replace('&', '&&')}")
            action.setStatusTip(str(file))
            action.setToolTip(str(file))
            action.triggered.connect(lambda _checked=False, file=file: self.open_path(file))
        menu.setEnabled(bool(files))

    def _dress(self) -> None:
        """Take icons and lines in the colours of the scheme."""
        colours = colours_of(self.palette())
        self._icons = Icons(colours)
        self.actions_.set_icons(self._icons)
        if self._start:
            self._start.set_icons(self._icons)
        self._dock.set_icons(self._icons)

    # ------------------------------------------------------------ Qt

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_toolbar"):
            self._dress()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the scaling of the screen that the window is moved to."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self.windowHandle().screenChanged.connect(self._on_screen_changed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from the system's file window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the report that was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        reports = [path for path in paths if path.suffix.lower() == dialogs.REPORT_SUFFIX]
        event.acceptProposedAction()
        self.open_path((reports or paths)[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about changes, and remember how the window stood."""
        if not self.files.may_leave():
            event.ignore()
            return
        self.exports.finish()
        self.publishing.finish()
        self.templates.finish()
        self._settings.geometry = self.saveGeometry()
        self._settings.layout = self.saveState()
        self._settings.flush()
        self._let_go()
        self.files.close()
        self.file_notices.close()
        super().closeEvent(event)
