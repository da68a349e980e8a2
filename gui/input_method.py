"""Which of Qt's input methods is used where the one that the system names does not come with Qt."""

from __future__ import annotations

from collections.abc import MutableMapping

_ONE, _SEVERAL = "QT_IM_MODULE", "QT_IM_MODULES"


def accept_fcitx(environment: MutableMapping[str, str]) -> None:
    """Have fcitx reached over the interface of ibus, which it answers, where its own module is not there.

    Qt as it is installed here brings the module for ibus only; without any, no Chinese can be typed.
    """
    if environment.get(_ONE, "").startswith("fcitx") and not environment.get(_SEVERAL):
        environment[_SEVERAL] = f"{environment[_ONE]};ibus"
