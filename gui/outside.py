"""What the system's own programs do for us."""

from __future__ import annotations

from pathlib import Path


def open_outside(path: Path) -> None:
    """Have the system open a file or a folder with the program it has for it."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
