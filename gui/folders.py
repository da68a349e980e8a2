"""Where the program keeps what belongs to the person and not to a report."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from model.places import user_data_folder


class Folders(NamedTuple):
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
    def recovery(self) -> Path:
        """Where copies of reports being edited go."""
        return self.data / "recovery"

    @property
    def damaged(self) -> Path:
        """Where copies of files that could not be read go."""
        return self.data / "damaged"


def user_folders() -> Folders:
    """Return the folders of this user."""
    return Folders(user_data_folder())


def documents_folder() -> Path:
    """Return where the system keeps the user's documents; the home folder where there is no such place."""
    from PySide6.QtCore import QStandardPaths

    named = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return named if named.is_dir() else Path.home()
