"""Let the disk fail: the calls by which the model writes files raise what a system would.

A write that fails leaves half of its bytes behind, as on a full disk.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


class Faults:
    """Makes one kind of call fail, from the ``after``-th on, for files whose path holds ``where``."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.count = 0

    def inject(self, operation: str, number: int, *, after: int = 0, where: str = "") -> None:
        """Make an operation fail with an errno: create, write, fsync, rename, unlink or folder."""
        self.count = 0

        def fails(*places: object) -> None:
            if any(where in str(place) for place in places):
                self.count += 1
                if self.count > after:
                    raise OSError(number, os.strerror(number), str(places[0]))

        getattr(self, f"_break_{operation}")(fails)

    def _break_create(self, fails: Callable[..., None]) -> None:
        self._wrap(Path, "touch", fails)
        self._wrap(os, "open", lambda place, flags, *_: fails(place) if flags & os.O_CREAT else None)

    def _break_write(self, fails: Callable[..., None]) -> None:
        real = Path.write_bytes

        def write(path: Path, content: bytes) -> int:
            try:
                fails(path)
            except OSError:
                real(path, content[: len(content) // 2])
                raise
            return real(path, content)

        self._patch.setattr(Path, "write_bytes", write)
        self._wrap(shutil, "copyfile", fails)
        self._wrap(Path, "write_text", lambda path, *_, **__: fails(path))

    def _break_fsync(self, fails: Callable[..., None]) -> None:
        self._wrap(os, "fsync", lambda descriptor: fails(_name_of(descriptor)))

    def _break_rename(self, fails: Callable[..., None]) -> None:
        self._wrap(Path, "replace", fails)
        self._wrap(Path, "rename", fails)
        self._wrap(Path, "hardlink_to", fails)

    def _break_unlink(self, fails: Callable[..., None]) -> None:
        self._wrap(Path, "unlink", lambda path, **_: fails(path))

    def _break_folder(self, fails: Callable[..., None]) -> None:
        self._wrap(Path, "mkdir", lambda path, *_, **__: fails(path))

    def _wrap(self, owner: Any, name: str, fails: Callable[..., None]) -> None:
        real = getattr(owner, name)

        def call(*arguments: Any, **more: Any) -> Any:
            fails(*arguments, **(more if name in ("unlink", "mkdir", "write_text") else {}))
            return real(*arguments, **more)

        self._patch.setattr(owner, name, call)


def _name_of(descriptor: int) -> str:
    link = Path(f"/proc/self/fd/{descriptor}")
    return str(link.readlink()) if link.exists() else ""
