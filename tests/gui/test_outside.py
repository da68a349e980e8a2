"""Files and folders that the system's own programs open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from gui.main_window import MainWindow
from gui.outside import open_outside
from tests.gui.conftest import Answers


@pytest.fixture
def opened(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for a system that opens folders only."""
    del window
    asked: list[str] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url.toLocalFile())
        return Path(asked[-1]).is_dir()

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return asked


def test_what_can_be_opened_is_opened_without_a_word(opened: list[str], tmp_path: Path) -> None:
    open_outside(tmp_path)
    assert opened == [str(tmp_path)]


def test_a_file_that_no_program_opens_is_told_with_its_place(
    opened: list[str], answers: Answers, tmp_path: Path
) -> None:
    document = tmp_path / "年报.pdf"
    document.touch()
    answers.give("show_error", None)
    open_outside(document)
    assert opened == [str(document)]
    assert "年报.pdf" in answers.said("show_error")
    assert str(tmp_path) in answers.said("show_error")


def test_a_file_that_is_gone_is_told(opened: list[str], answers: Answers, tmp_path: Path) -> None:
    answers.give("show_error", None)
    open_outside(tmp_path / "年报.pdf")
    assert opened == []
    assert "不在" in answers.said("show_error")
