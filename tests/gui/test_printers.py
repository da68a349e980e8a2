"""Printers are asked for at this computer's own service, never over a network."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gui import printers


@pytest.fixture(autouse=True)
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")


def test_without_a_local_service_nobody_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    around: dict[str, str] = {}
    assert not printers.stay_on_this_computer(around, (tmp_path / "cups.sock",))
    assert around == {}
    monkeypatch.setattr(printers, "stay_on_this_computer", lambda: False)
    monkeypatch.setattr("PySide6.QtPrintSupport.QPrinterInfo.availablePrinterNames", None)
    assert not printers.has_printers()


def test_the_local_service_is_the_only_one_that_is_asked(tmp_path: Path) -> None:
    place = tmp_path / "cups.sock"
    place.touch()
    around: dict[str, str] = {}
    assert printers.stay_on_this_computer(around, (tmp_path / "none", place))
    assert around == {"CUPS_SERVER": str(place)}


def test_a_server_that_an_administrator_named_is_left_alone(tmp_path: Path) -> None:
    around = {"CUPS_SERVER": "print.example"}
    assert printers.stay_on_this_computer(around, (tmp_path / "none",))
    assert around == {"CUPS_SERVER": "print.example"}


def test_other_systems_are_asked_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert printers.stay_on_this_computer({}, ())
