"""Where the program keeps what belongs to the person and not to a report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths


@dataclass(frozen=True)
class Folders:
    """The places below the user's data folder. Nothing is created before something is written."""

    data: Path

    @property
    def settings_file(self) -> Path:
        """The ini file of :class:`gui.settings.Settings`."""
        return self.data / "settings.ini"

    @property
    def backups(self) -> Path:
        """Where former versions of saved reports go."""
        return self.data / "backups"

    @property
    def log_file(self) -> Path:
        """What went wrong, without the contents of reports."""
        return self.data / "logs" / "xxgk.log"


def user_folders() -> Folders:
    """Return the folders of this user; the application's name must be set before."""
    return Folders(Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)))


def documents_folder() -> Path:
    """Return where the system keeps the user's documents."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
