"""How report files are called, and where the user's own data are kept; the program folder stays read-only."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NAME = "xxgk-annual-report"
REPORT_SUFFIX = ".xxgk"
PORTABLE = "portable.txt"
"""A file of this name beside the bundled program keeps the user's data beside it too."""


def user_data_folder() -> Path:
    """Return the folder for this user's data (it may not exist yet)."""
    portable = _portable_folder()
    if portable is not None:
        return portable
    if sys.platform == "win32":
        base = os.environ.get("APPDATA")
        return Path(base) / _NAME if base else Path.home() / "AppData" / "Roaming" / _NAME
    base = os.environ.get("XDG_DATA_HOME")
    return Path(base) / _NAME if base else Path.home() / ".local" / "share" / _NAME


def _portable_folder() -> Path | None:
    """Return the folder beside a bundled program that is carried about; None for any other."""
    if not getattr(sys, "frozen", False):
        return None
    beside = Path(sys.executable).parent
    return beside / "data" if (beside / PORTABLE).exists() else None


def backup_folder() -> Path:
    """Return the folder that holds former versions of reports."""
    return user_data_folder() / "backups"


def recovery_folder() -> Path:
    """Return the folder that holds copies of reports being edited."""
    return user_data_folder() / "recovery"


def outline_folder() -> Path:
    """Return the folder that holds converted outlines of faces; all of it can be made again."""
    return user_data_folder() / "outlines"


def damaged_folder() -> Path:
    """Return the folder that holds copies of files that could not be read."""
    return user_data_folder() / "damaged"
