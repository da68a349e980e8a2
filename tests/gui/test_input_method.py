"""Chinese can be typed where the system's input method is fcitx, whose module does not come with Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui.input_method import accept_fcitx

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"QT_IM_MODULE": "fcitx"}, "fcitx;ibus"),
        ({"QT_IM_MODULE": "fcitx5"}, "fcitx5;ibus"),
        ({"QT_IM_MODULE": "ibus"}, None),
        ({"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": "wayland;fcitx"}, "wayland;fcitx"),
        ({}, None),
    ],
)
def test_fcitx_is_reached_as_ibus_unless_the_system_says_otherwise(
    given: dict[str, str], wanted: str | None
) -> None:
    accept_fcitx(given)
    assert given.get("QT_IM_MODULES") == wanted


def test_it_is_set_before_qt_asks() -> None:
    script = (
        "import os\n"
        "from gui import application\n"
        "from gui.style import Scheme\n"
        "application.make_application(Scheme.LIGHT)\n"
        "print(os.environ['QT_IM_MODULES'])\n"
    )
    around = {**os.environ, "QT_IM_MODULE": "fcitx", "QT_QPA_PLATFORM": "offscreen"}
    around.pop("QT_IM_MODULES", None)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=around, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["fcitx;ibus"]
