"""How report files are called, and where the user's own data are kept; the program folder stays read-only.

A bundle that is carried about keeps them beside itself (:data:`PORTABLE_MARKS`), and only there.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

from model.errors import explain

_NAME = "xxgk-annual-report"
REPORT_SUFFIX = ".xxgk"
PORTABLE_MARKS = ("portable.txt", "便携版.txt")
"""A file of one of these names beside the bundled program keeps the user's data beside it too."""
_BESIDE = "data"


class DataPlace(NamedTuple):
    """Where the user's data are, and why there."""

    folder: Path
    """It may not exist yet."""
    is_portable: bool = False
    refused: Path | None = None
    """The folder beside a program that is carried about, where it cannot be written to."""
    reason: str = ""
    """Why it cannot, in Chinese."""

    @property
    def description(self) -> str:
        """Where the data are, in words."""
        if self.refused is not None:
            return self.warning
        with_it = "便携版，和程序在一起" if self.is_portable else "只供当前用户使用"
        return f"设置、备份、副本和日志存在（{with_it}）：\n{self.folder}"

    @property
    def warning(self) -> str:
        """What the person has to know about the place; empty where there is nothing."""
        if self.refused is None:
            return ""
        return (
            f"这是便携版，设置、备份和副本本应存在程序旁边的“{self.refused}”，但那里写不进去（{self.reason}）。"
            f"这次改存在“{self.folder}”，不会随程序带走。"
            "请把整个程序文件夹复制到能写入的地方（例如“文档”或者没有写保护的 U 盘），再从那里打开。"
        )


def data_place() -> DataPlace:
    """Return where this user's data are kept."""
    beside = _portable_folder()
    if beside is None:
        return DataPlace(_own_folder())
    reason = _refusal(beside)
    return DataPlace(_own_folder(), False, beside, reason) if reason else DataPlace(beside, True)


def user_data_folder() -> Path:
    """Return the folder for this user's data (it may not exist yet)."""
    return data_place().folder


def _own_folder() -> Path:
    """Return this user's folder on this PC: copies are many and its own, so they do not roam."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / _NAME if base else _home("AppData", "Local")
    base = os.environ.get("XDG_DATA_HOME", "")
    return Path(base) / _NAME if Path(base).is_absolute() else _home(".local", "share")


def _home(*parts: str) -> Path:
    try:
        return Path.home().joinpath(*parts, _NAME)
    except RuntimeError:  # a user without a home, as some services are
        import tempfile

        return Path(tempfile.gettempdir()) / _NAME


def _portable_folder() -> Path | None:
    """Return the folder beside a bundled program that is carried about; None for any other."""
    if not getattr(sys, "frozen", False):
        return None
    beside = Path(sys.executable).parent
    return beside / _BESIDE if any((beside / mark).exists() for mark in PORTABLE_MARKS) else None


@cache
def _refusal(folder: Path) -> str:
    """Return why a folder cannot be written to, empty where it can; found by trying, once a start."""
    import tempfile  # only where the program is carried about: it would slow every start

    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0")
    except OSError as failure:
        return explain(failure)
    return ""


def outline_folder() -> Path:
    """Return the folder that holds converted outlines of faces; all of it can be made again."""
    return user_data_folder() / "outlines"
