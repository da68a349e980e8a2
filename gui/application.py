"""Starts the window: Qt, its look and its language, then one window for each report given."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

import model
from gui import crash_dialog, display
from gui.chinese import speak_chinese
from gui.dialogs import PROGRAM
from gui.folders import user_folders
from gui.icons import application_icon
from gui.main_window import MainWindow
from gui.run import Run
from gui.settings import Settings
from gui.style import Scheme, apply_scheme
from gui.typeface import interface_font

STYLE = ("-style", "Fusion")
"""Qt's arguments for the style; ``setStyle`` returns a QStyle, whose class alone costs each start 6 ms."""


def run(paths: Sequence[Path]) -> int:
    """Show the program until its last window is closed; return the exit code."""
    folders = user_folders()
    settings = Settings(folders.settings_file)
    with display.required():
        application = make_application(settings.scheme)
    crash_dialog.install()
    shared = Run(settings, folders)
    wanted: Sequence[Path | None] = paths or (None,)
    windows = [open_window(shared, path) for path in wanted]
    code = application.exec()
    del windows
    shared.end()
    return code


def make_application(scheme: Scheme) -> QApplication:
    """Return Qt's application with our look and language."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication([*sys.argv[:1], *STYLE])
    dress(application, scheme)
    return application


def dress(application: QApplication, scheme: Scheme) -> None:
    """Give an application our look and language."""
    QCoreApplication.setApplicationName("xxgk-annual-report")
    QCoreApplication.setApplicationVersion(model.__version__)
    QGuiApplication.setApplicationDisplayName(PROGRAM)
    QGuiApplication.setDesktopFileName("xxgk-annual-report")
    apply_scheme(application, scheme)
    application.setFont(interface_font())
    application.setWindowIcon(application_icon())
    speak_chinese(application)


def open_window(shared: Run, path: Path | None) -> MainWindow:
    """Show a window with a report, or with the start page where none is given or it does not open."""
    window = MainWindow(shared, date.today())
    if path is None or not window.open_path(path):
        window.close_report()
    window.show()
    return window
