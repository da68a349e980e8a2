"""What tests of the window share: its look, a window of their own, and dialogs that answer by themselves.

A dialog that no test answers fails the test; it would otherwise wait for ever.
"""

from __future__ import annotations

import gc
import inspect
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import dialogs, file_dialogs
from gui.application import STYLE, dress
from gui.folders import Folders
from gui.main_window import MainWindow
from gui.run import Run
from gui.settings import Settings
from gui.style import Scheme
from tests.gui.children import start_child

__all__ = ["start_child"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
TODAY = date(2022, 1, 20)
_QUESTIONS = ("ask_", "show_")


@pytest.fixture(scope="session", autouse=True)
def _emptied_clipboard(qapp: QApplication) -> Iterator[None]:
    """Leave nothing on the offscreen clipboard: it goes after Python has gone, which ends in a crash."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(scope="session", autouse=True)
def _no_search_of_their_own(qapp: QApplication) -> Iterator[None]:
    """Keep working threads from taking down what a test before left of Qt, as the program does."""
    del qapp
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _no_garbage(_no_search_of_their_own: None) -> Iterator[None]:
    yield
    gc.collect()


class Answers:
    """What the dialogs answer, and which were shown with what."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.shown: list[tuple[str, tuple[object, ...]]] = []
        self._places: dict[str, ModuleType] = {}
        for module in (dialogs, file_dialogs):
            for name, function in vars(module).items():
                if name.startswith(_QUESTIONS) and inspect.isfunction(function):
                    self._places[name] = module
                    monkeypatch.setattr(module, name, self._refusing(name))

    def give(self, name: str, *answers: object) -> None:
        """Let a dialog answer: each time the next of these, the last one for ever."""
        waiting = list(answers)

        def answer(*arguments: object, **_: object) -> object:
            self.shown.append((name, arguments))
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]

        self._monkeypatch.setattr(self._places[name], name, answer)

    def times(self, name: str) -> int:
        """Return how often a dialog was shown."""
        return sum(shown == name for shown, _ in self.shown)

    def said(self, name: str) -> str:
        """Return the sentence with which a dialog was last shown."""
        return next(str(arguments[1]) for shown, arguments in reversed(self.shown) if shown == name)

    def _refusing(self, name: str) -> Callable[..., object]:
        def refuse(*arguments: object, **_: object) -> object:
            raise AssertionError(f"nobody answers {name}{arguments}")

        return refuse


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    return Answers(monkeypatch)


_REAL = dict(vars(dialogs))


@pytest.fixture
def real_questions(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let a question be asked as it is, against the rule of this place."""

    def restore(name: str) -> None:
        monkeypatch.setattr(dialogs, name, _REAL[name])

    return restore


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["pytest", *STYLE]


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """Return the application with our face, colours and language."""
    dress(qapp, Scheme.LIGHT)
    return qapp


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data")


@pytest.fixture
def settings(folders: Folders) -> Settings:
    return Settings(folders.settings_file)


@pytest.fixture
def run(dressed: QApplication, settings: Settings, folders: Folders) -> Iterator[Run]:
    run = Run(settings, folders)
    yield run
    run.end()


@pytest.fixture
def make_window(dressed: QApplication, qtbot: QtBot, run: Run) -> Iterator[Callable[[], MainWindow]]:
    made: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(run, TODAY)
        window.resize(1366, 768)
        window.close_report()
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        made.append(window)
        return window

    yield make
    for window in made:
        window.files.close()
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, 0)


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    return make_window()
