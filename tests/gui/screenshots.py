"""Make the pictures of the window that the documents show: ``python -m tests.gui.screenshots``.

Each is made in a process of its own, since Qt takes the scaling of the screen only at its start.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from gui.application import make_application
from gui.folders import Folders
from gui.main_window import MainWindow
from gui.run import Run
from gui.settings import Settings
from gui.style import Scheme
from tests.gui.window_driver import rest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "images"
COLOURS = 128
"""Enough for a flat window; keeps the files small."""


class Picture(NamedTuple):
    """One picture: its file, the size of the screen in device pixels, its scaling, the scheme."""

    name: str
    width: int
    height: int
    scale: float
    scheme: str


PICTURES = (
    Picture("window", 1366, 768, 1.0, "light"),
    Picture("window-1920-150", 1920, 1080, 1.5, "light"),
    Picture("window-2560-200", 2560, 1440, 2.0, "light"),
    Picture("window-dark", 1366, 768, 1.0, "dark"),
)


def main() -> None:
    """Make every picture."""
    for picture in PICTURES:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": str(picture.scale),
        }
        arguments = [sys.executable, "-m", "tests.gui.screenshots", picture.name]
        subprocess.run(arguments, cwd=ROOT, env=environment, check=True)


def take(picture: Picture) -> None:
    """Show the sample with its first finding opened, and keep what the window looks like."""
    application = make_application(Scheme(picture.scheme))
    with tempfile.TemporaryDirectory() as data:
        folders = Folders(Path(data))
        window = MainWindow(Run(Settings(folders.settings_file), folders), date(2022, 1, 20))
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.files.open_sample()
        window.show()
        window.resize(round(picture.width / picture.scale), round(picture.height / picture.scale))
        window.actions_["next_finding"].trigger()
        rest(300)
        image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        _few_colours(image).save(str(FOLDER / f"{picture.name}.png"), "PNG", 0)
        window.files.close()
    del application


def _few_colours(image: QImage) -> QImage:
    """Return an image in a palette of its most frequent colours."""
    counted = Counter(image.constBits().cast("I"))
    table = [colour | 0xFF000000 for colour, _ in counted.most_common(COLOURS)]
    return image.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither)


if __name__ == "__main__":
    wanted = {picture.name: picture for picture in PICTURES}
    if sys.argv[1:]:
        take(wanted[sys.argv[1]])
    else:
        main()
