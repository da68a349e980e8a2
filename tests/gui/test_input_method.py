"""Chinese can be typed where the system's input method is fcitx, whose module does not come with Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui import input_method
from gui.input_method import accept_fcitx, has_message_bus

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
    given: dict[str, str], wanted: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_method, "_MACHINE_IDS", (Path(__file__),))
    accept_fcitx(given)
    assert given.get("QT_IM_MODULES") == wanted


def test_where_no_program_can_be_reached_none_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(input_method, "_MACHINE_IDS", (tmp_path / "machine-id",))
    environment = {"QT_IM_MODULE": "fcitx"}
    accept_fcitx(environment)
    assert environment == {"QT_IM_MODULE": "fcitx"}


def test_the_window_opens_with_and_without_a_message_bus() -> None:
    assert modules_asked_for() == (["fcitx;ibus"] if has_message_bus() else ["None"])


def modules_asked_for() -> list[str]:
    """Return which modules Qt is told of when fcitx is the system's, by a program that starts."""
    script = (
        "import os\n"
        "from gui import application\n"
        "from gui.style import Scheme\n"
        "application.make_application(Scheme.LIGHT)\n"
        "print(os.environ.get('QT_IM_MODULES'))\n"
    )
    around = {**os.environ, "QT_IM_MODULE": "fcitx", "QT_QPA_PLATFORM": "offscreen"}
    around.pop("QT_IM_MODULES", None)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=around, capture_output=True, text=True, check=True
    )
    return done.stdout.split()
