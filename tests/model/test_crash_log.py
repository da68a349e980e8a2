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
    assert record("first of all") == record("second\ud800") == crash_log.log_file()
    text = crash_log.log_file().read_text(encoding="utf-8")
    assert text.index("RuntimeError: first of all") < text.index("RuntimeError: second…")
    assert text.count("版本 ") == 2
    assert "test_crash_log.py" in text


def test_a_log_that_has_grown_large_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    record("first of all")
    monkeypatch.setattr(crash_log, "MOST_BYTES", 10)
    record("second")
    assert "first of all" not in crash_log.log_file().read_text(encoding="utf-8")
    assert "first of all" in crash_log.log_file().with_suffix(".old.log").read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_fails_silently(tmp_path: Path) -> None:
    (tmp_path / "xxgk-annual-report").write_text("a file in the place of the folder")
    assert record("甲") is None


def test_nothing_of_a_report_and_no_name_of_a_file_gets_into_the_log() -> None:
    try:
        try:
            {}["南湖新区管理委员会"]
        except KeyError as first:
            first.add_note("共收到申请 4711 件, 'city hall' 12.50")
            raise OSError(
                28, "No space left on device", "/home/李四/Report of City Hall 2023.xxgk"
            ) from first
    except OSError:
        kind, failure, trace = sys.exc_info()
    assert kind is not None
    assert failure is not None
    crash_log.record(kind, failure, trace)
    text = crash_log.log_file().read_text(encoding="utf-8").partition("\n")[2]
    for secret in ("南湖", "4711", "12.50", "city", "City", "李四", "2023"):
        assert secret not in text
    assert "KeyError: …" in text
    assert "OSError: [Errno 28] No space left on device: …" in text
    assert "direct cause" in text
    assert f'File "{__file__}", line ' in text
    assert "in test_nothing_of_a_report" in text


def test_a_failure_without_end_is_told_in_some_lines() -> None:
    def fall(depth: int) -> None:
        fall(depth + 1)

    try:
        fall(0)
    except RecursionError:
        kind, failure, trace = sys.exc_info()
    assert kind is not None
    assert failure is not None
    crash_log.record(kind, failure, trace)
    assert 50 < len(crash_log.log_file().read_text(encoding="utf-8").splitlines()) < 80


def test_the_program_s_own_names_and_a_number_typed_are_told_apart() -> None:
    record("'NoneType' object has no attribute 'text' in 'model.cells' for 123,456.78 and x2 of \"abc d\"")
    assert (
        "RuntimeError: 'NoneType' object has no attribute 'text' in 'model.cells' for … and x2 of …\n"
        in crash_log.log_file().read_text(encoding="utf-8")
    )
