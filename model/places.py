"""Where the user's own data are kept: settings, backups, logs. The program folder stays read-only."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NAME = "xxgk-annual-report"


def user_data_folder() -> Path:
    """Return the folder for this user's data (it may not exist yet)."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA")
        return Path(base) / _NAME if base else Path.home() / "AppData" / "Roaming" / _NAME
    base = os.environ.get("XDG_DATA_HOME")
    return Path(base) / _NAME if base else Path.home() / ".local" / "share" / _NAME


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
