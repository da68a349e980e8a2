"""Type beside an open preview and print, in milliseconds and as JSON, what the person sees of it.

Run by ``tests/benchmark_export.py`` as ``preview_probe.py REPORT BURSTS``, with a report that nobody else
has open: bursts of keys go into the introduction, at a pace at which pages are drawn between the keys.

- opened: from the command to the painted first page
- followed: from the last key of each burst to the painted first page with it
- drawn: drawing all pages and making the picture of the first, in this process, with nothing beside it
- beside, alone: from the moment a key was due to its painted frame, with the preview open and without
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from export.preview import draw_pages
from gui.application import make_application
from gui.folders import Folders
from gui.main_window import MainWindow
from gui.narrative import SectionEditor
from gui.preview_window import PreviewWindow
from gui.run import Run
from gui.settings import Settings
from gui.style import Scheme
from model.report import Address, Part

SECTION = "introduction"
PACE = 0.16
"""Seconds between two keys."""
KEYS = 25
"""Keys a burst."""
SETTLED = 1.0
"""Seconds after which nothing is being drawn any more."""
GIVE_UP = 60.0


class Typist:
    """Somebody who types into a window."""

    def __init__(self, window: MainWindow) -> None:
        assert window.workspace is not None
        window.workspace.go_to_address(Address(Part.TEXT, SECTION))
        editors = window.workspace.findChildren(SectionEditor)
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        self._window = window
        self._editor = next(editor for editor in editors if editor.section == SECTION)
        self._dispatcher = dispatcher

    @property
    def preview(self) -> PreviewWindow:
        """The window with the pages."""
        assert self._window.publishing.preview is not None
        return self._window.publishing.preview

    def open_preview(self) -> float:
        """Open the preview and return the milliseconds to its painted first page."""
        begun = time.perf_counter()
        self._window.actions_["preview"].trigger()
        waited = self._until_painted(None, begun)
        self._editor.setFocus()
        return waited

    def wait(self, seconds: float) -> None:
        """Let both windows do what they do."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            QApplication.processEvents()
            time.sleep(0.0005)

    def type_burst(self) -> list[float]:
        """Type at an even pace; return for each key the milliseconds from when it was due to its frame."""
        taken = []
        for number in range(KEYS):
            due = time.perf_counter() + PACE
            self.wait(PACE)
            QTest.keyClicks(self._editor, "zwgk"[number % 4])
            while self._dispatcher.processEvents(QEventLoop.ProcessEventsFlag.AllEvents):
                pass
            taken.append((time.perf_counter() - due) * 1000)
        return taken

    def press_last_key(self) -> float:
        """Return the milliseconds from one more key to the painted first page that shows it."""
        self.wait(SETTLED)
        before = self.preview.view.pictures[0]
        begun = time.perf_counter()
        QTest.keyClicks(self._editor, ".")
        return self._until_painted(before, begun)

    def draw(self) -> float:
        """Draw the pages of a changed report and the picture of the first; return the milliseconds."""
        document = self._window.files.document
        assert document is not None
        texts = {**document.report.texts, SECTION: f"{document.report.texts[SECTION]}{time.monotonic()}"}
        size = self.preview.view.pictures[0].size()
        self.wait(SETTLED)
        begun = time.perf_counter()
        pages = draw_pages(document.form, replace(document.report, texts=texts), "草稿")
        pages.render(0, size.width(), size.height())
        taken = (time.perf_counter() - begun) * 1000
        pages.close()
        return taken

    def _until_painted(self, before: QImage | None, begun: float) -> float:
        while time.perf_counter() < begun + GIVE_UP:
            QApplication.processEvents()
            picture = self.preview.view.pictures.get(0)
            if picture is not None and picture != before:
                self.preview.view.viewport().repaint()
                return (time.perf_counter() - begun) * 1000
            time.sleep(0.0002)
        raise TimeoutError("the preview does not follow")


def main(report: Path, bursts: int) -> None:
    """Measure and print."""
    make_application(Scheme.LIGHT)
    folders = Folders(report.parent / "data")
    window = MainWindow(Run(Settings(folders.settings_file), folders), date(2022, 1, 20))
    window.show()
    if not window.open_path(report):
        raise RuntimeError(f"{report} is not opened")
    typist = Typist(window)
    typist.wait(SETTLED)
    alone = [key for _ in range(bursts) for key in typist.type_burst()]
    opened = typist.open_preview()
    typist.wait(SETTLED)
    beside, followed, drawn = [], [], []
    for _ in range(bursts):
        beside += typist.type_burst()
        followed.append(typist.press_last_key())
        drawn.append(typist.draw())
    found = {"opened": opened, "followed": followed, "drawn": drawn, "beside": beside, "alone": alone}
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)  # nothing is to be saved and nobody to be asked


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
