"""The font files that Windows has registered, wherever they lie: some are only linked to another disk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PLACE = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"


def registered_files(folders: tuple[Path, ...], registry: Any = None) -> Iterator[Path]:
    """Yield the files registered for all users and for this one; a bare name lies in the first folder.

    The registry is a parameter, so that tests can stand in for it; other systems have none.
    """
    registry = registry or _registry()
    if registry is None:
        return
    for hive in (registry.HKEY_LOCAL_MACHINE, registry.HKEY_CURRENT_USER):
        for name in _values(registry, hive):
            yield folders[0] / name  # an absolute path stays what it is


def _registry() -> Any:
    if sys.platform == "win32":
        import winreg

        return winreg
    return None


def _values(registry: Any, hive: Any) -> list[str]:
    found: list[str] = []
    try:
        with registry.OpenKey(hive, _PLACE) as key:
            for number in range(registry.QueryInfoKey(key)[1]):
                value = registry.EnumValue(key, number)[1]
                if isinstance(value, str) and value:
                    found.append(value)
    except OSError:  # no key, as for a user who installed none, or changed meanwhile
        return found
    return found
