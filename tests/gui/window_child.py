"""A process with the real window that types into a report and then waits to be killed or told to end.

``python tests/gui/window_child.py DATA_FOLDER REPORT [NUMBER]``: opens the report as a start of the program
does, types the number into the first cell of the big table, and says ``ready``. A line ``close`` on its
input closes the window and ends; ``hang`` stops its event loop; ``windows`` names what the windows show.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui import application, dialogs
from gui.dialogs import SaveChoice
from gui.folders import Folders
from gui.run import Run
from gui.settings import Settings
from gui.style import Scheme
from gui.windows import Windows


class Orders(QObject):
    """Brings lines from the standard input to the GUI thread."""

    given = Signal(str)

    def listen(self) -> None:
        for line in sys.stdin:
            self.given.emit(line.strip())


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


class Child:
    def __init__(self, folder: Path, report: Path | None) -> None:
        self.folders = Folders(folder)
        self.run = Run(Settings(self.folders.settings_file), self.folders)
        self.windows = Windows(self.run)
        self.window = self.windows.open(report)

    def type_number(self, text: str) -> None:
        assert self.window.workspace is not None
        self.window.workspace.go_to("requests")
        for typed in (*"123456789", text):  # as many edits as make a copy due at once
            self.window.workspace.focus_page()
            for character in typed:
                QTest.keyClicks(QApplication.focusWidget(), character)
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)

    def export(self) -> None:
        from datetime import datetime

        from export.exporting import export_report

        document = self.window.files.document
        assert document is not None
        for suffix in (".xlsx", ".pdf"):
            target = self.folders.data / f"out{suffix}"
            export_report(
                document.form, document.report, target, draft="草稿", moment=datetime.now().astimezone()
            )
        say("exported")

    def export_for_ever(self, target: Path) -> None:
        """Export as the person does, to a document that is never finished."""
        from export import exporting

        def write(_description: object, path: Path, *_: object) -> tuple[str, ...]:
            path.write_bytes(b"half of it")
            say("writing")
            time.sleep(3600)
            return ()

        kind = exporting.FORMATS[target.suffix]
        exporting.FORMATS = {**exporting.FORMATS, target.suffix: replace(kind, write=write)}
        dialogs.ask_document_to_write = lambda *_: target
        self.window.actions_["export_excel"].trigger()

    def obey(self, order: str) -> None:
        if order == "close":
            dialogs.ask_save_changes = lambda *_: SaveChoice.DISCARD
            self.window.close()
            QCoreApplication.quit()
        elif order == "save":
            self.window.files.save()
        elif order == "export":
            self.export()
        elif order.startswith("export for ever "):
            self.export_for_ever(Path(order.removeprefix("export for ever ")))
        elif order == "hang":
            say("hanging")
            time.sleep(3600)
        elif order == "windows":
            shown = [files.name for files in self.windows.files]
            say(f"windows {' '.join(sorted(shown))}")


def main(folder: str, report: str = "", number: str = "") -> None:
    application_ = application.make_application(Scheme.LIGHT)
    child = Child(Path(folder), Path(report) if report else None)
    orders = Orders()
    orders.given.connect(child.obey)

    listening = application.Later(child.windows, replace=False)
    listening.begin()

    def begin() -> None:
        if QApplication.activeWindow() is None:
            child.window.activateWindow()
            QTimer.singleShot(20, begin)
            return
        if number:
            child.type_number(number)
        say("ready")
        threading.Thread(target=orders.listen, daemon=True).start()

    QTimer.singleShot(0, begin)
    application_.exec()
    listening.end()
    child.run.end()
    say("ended")


if __name__ == "__main__":
    main(*sys.argv[1:])
