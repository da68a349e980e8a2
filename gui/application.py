"""Starts the window: Qt, its look and its language, then one window for each report given."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

import model
from gui import crash_dialog, display, starting
from gui.chinese import speak_chinese
from gui.dialogs import PROGRAM
from gui.focus_ring import follow_focus
from gui.folders import user_folders
from gui.garbage import GarbageSearch
from gui.handover import meeting_place
from gui.icons import application_icon
from gui.input_method import accept_fcitx
from gui.run import Run
from gui.settings import Settings
from gui.style import Scheme, apply_scheme
from gui.typeface import interface_font
from gui.windows import Windows
from model.places import data_place

if TYPE_CHECKING:
    from gui.first_instance import FirstInstance

STYLE = ("-style", "Fusion")
"""Qt's arguments for the style; ``setStyle`` returns a QStyle, whose class alone costs each start 6 ms."""

TURN = 0.0005
"""Seconds after which a thread of Python lets the window go on: at its own 5 ms, a key waits beside a busy
one for some 0.3 s, for it asks again after each call of Qt."""

AFTER_PAINT = 300
"""Milliseconds after which what can wait is begun: the window is to be seen first."""


def run(paths: Sequence[Path], *, replace_silent: bool = False) -> int:
    """Show the program until its last window is closed; return the exit code.

    ``replace_silent`` says that a running program was asked to show the files and did not answer.
    """
    folders = user_folders()
    settings = Settings(folders.settings_file)
    with display.required():
        application = make_application(settings.scheme)
    crash_dialog.install()
    shared = Run(settings, folders)
    wanted: Sequence[Path | None] = paths or (None,)
    windows = Windows(shared)
    crash_dialog.install(windows)
    for path in wanted:
        windows.open(path)
    listening = Later(windows, replace=replace_silent)
    QTimer.singleShot(AFTER_PAINT, shared.recovery, shared.recovery.search)
    QTimer.singleShot(AFTER_PAINT, shared, listening.begin)
    QTimer.singleShot(AFTER_PAINT, shared, GarbageSearch(shared).begin)
    if warning := data_place().warning:
        QTimer.singleShot(AFTER_PAINT, shared, partial(windows.warn, "便携版的数据没有存在程序旁边", warning))
    code = application.exec()
    listening.end()
    shared.end()
    return code


class Later:
    """Listens for later starts, begun when the window is to be seen."""

    def __init__(self, windows: Windows, *, replace: bool) -> None:
        self._windows = windows
        self._replace = replace
        self._first: FirstInstance | None = None

    def begin(self) -> None:
        """Listen from now on, where there is a place for it."""
        from gui.first_instance import FirstInstance

        place = meeting_place()
        if place is not None:
            self._first = FirstInstance(place, self._windows.take)
            self._first.listen(replace=self._replace)
            starting.end(place)

    def end(self) -> None:
        """Listen no longer."""
        if self._first is not None:
            self._first.close()
        elif (place := meeting_place()) is not None:
            starting.end(place)


def make_application(scheme: Scheme) -> QApplication:
    """Return Qt's application with our look and language."""
    sys.setswitchinterval(TURN)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    accept_fcitx(os.environ)
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
    follow_focus(application)
