"""A process that chooses every command of every menu, as tests watch what the whole program touches.

``python tests/gui/menu_child.py REPORT LAST_YEAR``: starts as the program does, with the user's data where
the environment says, types, and triggers each command; questions are answered so that the work is done.
Says each command, then ``ended``. XXGK_PROGRAM names the program's folder, XXGK_BUNDLE that of a bundle to be
taken for, XXGK_REST how many seconds to wait for copies of what is being edited.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, os.environ.get("XXGK_PROGRAM", str(Path(__file__).resolve().parent.parent.parent)))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "XXGK_BUNDLE" in os.environ:
    sys.frozen = True  # type: ignore[attr-defined]  # as PyInstaller sets it
    sys.executable = str(Path(os.environ["XXGK_BUNDLE"], "xxgk"))

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import main as program
from gui import application, dialogs, file_dialogs, outside, printers
from gui.actions import COMMANDS
from gui.export_dialog import ExportDialog
from gui.final_dialog import Signature
from gui.main_window import MainWindow

LAST = ("close", "quit")
DIFFERENT = {"new", "new_from_last", "open"}
"""Commands that replace the report; they come when everything else has been done with it."""


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def answer_everything(folder: Path, last_year: Path) -> None:
    """Answer each question so that what was asked for is done; what would leave the program is only noted."""

    def printer(*_: object) -> QPrinter:
        printers.has_printers()
        os.environ.setdefault("CUPS_SERVER", "/none")  # making a QPrinter asks too, also for a file
        made = QPrinter()
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(folder / "打印.pdf"))
        return made

    answers: dict[str, object] = {
        "ask_save_changes": dialogs.SaveChoice.DISCARD,
        "ask_retry": dialogs.RetryChoice.CANCEL,
        "show_about": dialogs.AboutChoice.DATA_FOLDER,
        "ask_preferences": None,
        "ask_diagnostics_to_write": folder / "诊断包.zip",
        "ask_report_to_open": last_year,
        "ask_report_to_read": last_year,
        "ask_unlock_reason": "核对过台账",
        "ask_report_to_save": folder / "另存.xxgk",
        "ask_folder": folder,
        "ask_final": Signature("张三", "已核对", is_printed=True),
        "ask_template": (2022, "某局"),
        "ask_workbook_to_read": folder / "表.xlsx",
        "ask_open_elsewhere": file_dialogs.OpenChoice.READ_ONLY,
        "ask_taken_over": file_dialogs.SaveChoice.CANCEL,
        "ask_overwrite": file_dialogs.SaveChoice.OVERWRITE,
        "ask_damaged": file_dialogs.DamageChoice.CANCEL,
    }
    for module in (dialogs, file_dialogs):
        for name in [name for name in vars(module) if name.startswith(("ask_", "show_"))]:
            given = answers.get(name, name.startswith("ask_") or None)
            setattr(module, name, lambda *_, given=given, **__: given)
    dialogs.ask_printer = printer
    dialogs.ask_document_to_write = lambda _, suggestion, __: folder / f"表{suggestion.suffix}"
    dialogs.show_error = lambda _, sentence: say(f"error {sentence}")
    outside.open_outside = lambda path: say(f"opened {path}")


def rest(milliseconds: int) -> None:
    """Let the window and its threads work; QTest.qWait would leave Python's other threads hardly a turn."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(window: MainWindow) -> None:
    """Wait for what a command began; whoever started this process gives up waiting first."""
    rest(30)
    while is_working(window):
        rest(25)


def is_working(window: MainWindow) -> bool:
    """Tell whether documents are drawn, written or printed."""
    preview = window.publishing.preview
    return (
        any(part.is_running for part in window.findChildren(ExportDialog))
        or window.exports.is_running
        or window.templates.is_running
        or window.publishing.is_printing
        or (preview is not None and not (preview.view.page_count and preview.view.next_wanted() is None))
    )


def choose(window: MainWindow, name: str) -> None:
    """Choose a command, and leave again what it opened."""
    action = window.actions_[name]
    say(f"{name} {'chosen' if action.isEnabled() else 'off'}")
    action.trigger()
    settle(window)
    if name == "export":
        shown = window.findChildren(ExportDialog)[-1]
        for row in shown._rows.values():
            row.want(True)
        shown.start()
        settle(window)
    for shown in [part for part in QApplication.topLevelWidgets() if part.isVisible()]:
        if not isinstance(shown, MainWindow):
            shown.close()


def type_number(window: MainWindow) -> None:
    assert window.workspace is not None
    window.workspace.go_to("requests")
    window.activateWindow()
    rest(30)
    window.workspace.focus_page()
    where = window.focusWidget()
    QTest.keyClicks(where, "7")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)


def go_through(window: MainWindow) -> None:
    """Choose every command of every menu once."""
    type_number(window)
    first = [
        "undo",
        "redo",
        "save",
        "export_excel",
        *(name for name in COMMANDS if name not in (*DIFFERENT, *LAST)),
    ]
    for name in dict.fromkeys(first):
        choose(window, name)
        if name in ("finalise", "clear_table"):  # something to keep, something to copy
            type_number(window)
    rest(int(os.environ.get("XXGK_REST", "0")) * 1000)
    for name in sorted(DIFFERENT):
        choose(window, name)
    for shown in [part for part in QApplication.topLevelWidgets() if isinstance(part, MainWindow)]:
        shown.actions_["close"].trigger()
    QApplication.clipboard().clear()  # the offscreen one goes after Python has gone, which ends in a crash
    window.actions_["quit"].trigger()
    QCoreApplication.quit()


def when_shown(act: Callable[[MainWindow], None]) -> None:
    window = next((part for part in QApplication.topLevelWidgets() if isinstance(part, MainWindow)), None)
    if window is None or QApplication.activeWindow() is None:
        if window is not None:
            window.activateWindow()
        QTimer.singleShot(20, lambda: when_shown(act))
        return
    QTimer.singleShot(application.AFTER_PAINT + 200, lambda: act(window))


def main(report: str, last_year: str) -> int:
    answer_everything(Path(report).parent, Path(last_year))
    real = application.make_application

    def make(*arguments: object) -> QApplication:
        made = real(*arguments)  # type: ignore[arg-type]  # passed on as given
        QTimer.singleShot(0, lambda: when_shown(go_through))
        return made

    application.make_application = make  # type: ignore[assignment]  # begins once Qt is there
    code = program.main([report])
    say("ended")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
