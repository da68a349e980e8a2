"""Which of Qt's input methods is used where the one that the system names does not come with Qt."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

_ONE, _SEVERAL = "QT_IM_MODULE", "QT_IM_MODULES"
_MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def has_message_bus() -> bool:
    """Tell whether programs here can speak with each other; libdbus ends one that tries in vain."""
    return any(file.exists() for file in _MACHINE_IDS)


def accept_fcitx(environment: MutableMapping[str, str]) -> None:
    """Have fcitx reached over the interface of ibus, which it answers, where its own module is not there.

    Qt as it is installed here brings the module for ibus only; without any, no Chinese can be typed.
    """
    asks_for_fcitx = environment.get(_ONE, "").startswith("fcitx") and not environment.get(_SEVERAL)
    if asks_for_fcitx and has_message_bus():
        environment[_SEVERAL] = f"{environment[_ONE]};ibus"
