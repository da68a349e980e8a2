"""What a fault leaves of open reports is told, and a second fault while looking is kept in the log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from pytestqt.qtbot import QtBot

from gui import crash_dialog
from gui.rescue import rescue
from model.crash_log import log_file
from tests.gui.conftest import Answers

if TYPE_CHECKING:
    from gui.file_commands import FileCommands


class _Broken:
    def is_intact(self) -> bool:
        raise RuntimeError("the report cannot even be looked at")


def test_a_report_that_cannot_be_looked_at_ends_the_program_and_leaves_the_reason_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert not rescue([cast("FileCommands", _Broken())], copies=True).intact
    assert "RuntimeError" in log_file().read_text(encoding="utf-8")


# ---------------------------------------------------------------- again and again


@pytest.fixture
def hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: Answers) -> crash_dialog.Hook:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    for _ in range(10):
        answers.give("show_crash", None)
    return crash_dialog.make_hook()


def fail(hook: crash_dialog.Hook, kind: type[Exception] = ZeroDivisionError) -> None:
    try:
        raise kind
    except kind as failure:
        hook(kind, failure, failure.__traceback__)


@pytest.mark.usefixtures("dressed")
def test_a_fault_that_comes_back_after_a_while_is_shown_again_but_not_for_ever(
    hook: crash_dialog.Hook, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(crash_dialog, "monotonic", lambda: now)
    fail(hook)
    fail(hook)
    assert answers.times("show_crash") == 1
    for times in (2, 3, 3):
        now += 6.0
        fail(hook)
        assert answers.times("show_crash") == times


@pytest.mark.usefixtures("dressed")
def test_a_fault_that_never_rests_is_shown_once(
    hook: crash_dialog.Hook, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(crash_dialog, "monotonic", lambda: now)
    for _ in range(100):
        now += 0.5
        fail(hook)
    assert answers.times("show_crash") == 1


@pytest.mark.usefixtures("dressed")
def test_another_fault_is_shown_too(hook: crash_dialog.Hook, answers: Answers) -> None:
    fail(hook)
    fail(hook, KeyError)
    assert answers.times("show_crash") == 2


@pytest.mark.usefixtures("dressed")
def test_while_a_fault_is_shown_no_other_dialog_opens(
    hook: crash_dialog.Hook, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    shown: list[str] = []

    def show(details: str, *_: object) -> None:
        shown.append(details)
        fail(hook, KeyError)

    monkeypatch.setattr(crash_dialog.dialogs, "show_crash", show)
    fail(hook)
    qtbot.wait(50)
    assert len(shown) == 1
    assert log_file().read_text(encoding="utf-8").count("KeyError\n") == 1
