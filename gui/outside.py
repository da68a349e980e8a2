"""What the system's own programs do for us."""

from __future__ import annotations

from pathlib import Path


def open_outside(path: Path) -> None:
    """Have the system open a file or a folder with the program it has for it; say where that cannot be."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices
    from PySide6.QtWidgets import QApplication

    from gui import dialogs

    window = QApplication.activeWindow()
    if not path.exists():
        dialogs.show_error(window, f"没有打开“{path.name}”：它已经不在“{path.parent}”里了。")
    elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        dialogs.show_error(
            window, f"没有打开“{path.name}”：这台电脑没有打开它的程序。它在“{path.parent}”里。"
        )
