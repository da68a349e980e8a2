"""What a fault leaves of open reports is told, and a second fault while looking is kept in the log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from gui.rescue import rescue
from model.crash_log import log_file

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
