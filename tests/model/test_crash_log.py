"""The record of faults of the program itself."""

import sys
from pathlib import Path

import pytest

from model import crash_log


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the log of this test away from the user's."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))


def record(text: str) -> Path | None:
    try:
        raise RuntimeError(text)
    except RuntimeError:
        kind, failure, trace = sys.exc_info()
        assert kind is not None
        assert failure is not None
        return crash_log.record(kind, failure, trace)


def test_faults_are_added_with_time_version_and_trace() -> None:
    assert record("甲") == record("乙\ud800") == crash_log.log_file()
    text = crash_log.log_file().read_text(encoding="utf-8")
    assert text.index("RuntimeError: 甲") < text.index("RuntimeError: 乙\\ud800")
    assert text.count("版本 ") == 2
    assert "test_crash_log.py" in text


def test_a_log_that_has_grown_large_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    record("甲")
    monkeypatch.setattr(crash_log, "MOST_BYTES", 10)
    record("乙")
    assert "甲" not in crash_log.log_file().read_text(encoding="utf-8")
    assert "甲" in crash_log.log_file().with_suffix(".old.log").read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_fails_silently(tmp_path: Path) -> None:
    (tmp_path / "xxgk-annual-report").write_text("a file in the place of the folder")
    assert record("甲") is None
