"""The set-up script: what it decides. That it sets a bare machine up is tried in one, not here."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import main
import start


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the script at an empty folder that has the declared dependencies."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(start, "STAMP", tmp_path / ".venv" / "ready.txt")
    monkeypatch.setattr(start, "PIP_LOG", tmp_path / ".venv" / "pip.log")
    monkeypatch.setattr(start, "OUT", tmp_path / "out")
    declare(tmp_path, "openpyxl>=3.1")
    monkeypatch.setattr(start, "SAMPLE", tmp_path / "示例.xxgk")
    return tmp_path


def declare(root: Path, dependency: str) -> None:
    """Write a pyproject.toml with one dependency and one for the tests."""
    project = f'[project]\ndependencies = ["{dependency}"]\noptional-dependencies.dev = ["pytest"]\n'
    (root / "pyproject.toml").write_text(project, encoding="utf-8")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (root / lock).write_text(f"# {dependency}", encoding="utf-8")


def finish_set_up(with_tests: bool) -> None:
    """Leave behind what a finished set-up leaves."""
    start.environment_python().parent.mkdir(parents=True, exist_ok=True)
    start.environment_python().touch()
    start.STAMP.write_text(start.fingerprint(with_tests), encoding="utf-8")


class Program:
    """Stands in for main.py: remembers its command lines and returns the given exit codes."""

    def __init__(self, *codes: int) -> None:
        self.codes = list(codes)
        self.calls: list[tuple[str, ...]] = []

    def __call__(self, *arguments: str) -> int:
        self.calls.append(arguments)
        return self.codes.pop(0)


class Pip:
    """Stands in for pip: fails with each given log, and succeeds where the log is empty."""

    def __init__(self, *logs: str) -> None:
        self.logs = list(logs)
        self.calls: list[tuple[str, ...]] = []

    def __call__(self, *what: str) -> bool:
        self.calls.append(what)
        log = self.logs.pop(0)
        start.ENVIRONMENT.mkdir(exist_ok=True)
        start.PIP_LOG.write_text(log, encoding="utf-8")
        return not log


def test_a_finished_set_up_is_not_repeated(machine: Path) -> None:
    assert not start.is_ready(False)
    finish_set_up(with_tests=False)
    assert start.is_ready(False)
    assert not start.is_ready(True)


def test_a_set_up_for_tests_serves_the_program_too(machine: Path) -> None:
    finish_set_up(with_tests=True)
    assert start.is_ready(False)
    assert start.is_ready(True)


def test_a_changed_dependency_or_another_python_asks_for_a_new_set_up(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish_set_up(with_tests=False)
    declare(machine, "openpyxl>=3.2")
    assert not start.is_ready(False)
    finish_set_up(with_tests=False)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert not start.is_ready(False)


def test_the_stamp_is_gone_while_dependencies_are_installed(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(with_tests: bool) -> None:
        raise KeyboardInterrupt

    finish_set_up(with_tests=False)
    declare(machine, "openpyxl>=3.2")
    monkeypatch.setattr(start, "prepare_system", lambda with_tests: True)
    monkeypatch.setattr(start, "create_environment", lambda: None)
    monkeypatch.setattr(start, "install_dependencies", interrupted)
    assert start.main([]) == 2
    assert not start.STAMP.exists()


def test_a_half_made_environment_is_not_usable(machine: Path) -> None:
    start.environment_python().parent.mkdir(parents=True)
    start.environment_python().write_text("not a program")
    assert not start.is_usable()


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("NewConnectionError('...')\nERROR: No matching distribution found for openpyxl", "连不上软件包仓库"),
        ("ERROR: No matching distribution found for PySide6-Essentials", "没有适合本机的安装包"),
        ("OSError: [Errno 28] No space left on device", "磁盘空间不足"),
        ("something else", "原因见上面 pip 的输出"),
    ],
)
def test_a_failed_installation_is_explained(machine: Path, log: str, sentence: str) -> None:
    start.ENVIRONMENT.mkdir()
    start.PIP_LOG.write_text(log, encoding="utf-8")
    assert sentence in start.explain_pip_failure()


def test_without_the_locked_versions_the_declared_ranges_are_installed(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip = Pip("No matching distribution found for openpyxl==3.1.5", "")
    monkeypatch.setattr(start, "pip_install", pip)
    start.install_dependencies(False)
    assert pip.calls == [("--require-hashes", "-r", str(machine / "requirements.lock")), ("openpyxl>=3.1",)]


@pytest.mark.parametrize(
    "log", ["DO NOT MATCH THE HASHES", "NewConnectionError: No matching distribution found"]
)
def test_a_wrong_hash_or_no_network_is_not_answered_with_other_versions(
    machine: Path, monkeypatch: pytest.MonkeyPatch, log: str
) -> None:
    pip = Pip(log)
    monkeypatch.setattr(start, "pip_install", pip)
    with pytest.raises(start.SetupError):
        start.install_dependencies(False)
    assert len(pip.calls) == 1


def test_a_python_that_is_too_old_is_refused_with_a_sentence(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    assert start.main([]) == 2
    assert "需要 Python 3.11" in capsys.readouterr().out


def test_missing_libraries_stop_the_tests_but_not_the_program(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "missing_libraries", lambda: {"libEGL.so.1": "libegl1"})
    monkeypatch.setattr(start, "lacks_ensurepip", lambda: False)
    monkeypatch.setattr(start, "administrator", lambda: None)
    with pytest.raises(start.SetupError, match="apt-get install -y libegl1"):
        start.prepare_system(True)
    assert not start.prepare_system(False)
    assert "libEGL.so.1" in capsys.readouterr().out


def test_the_sample_opens_in_the_window(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(0)
    monkeypatch.setattr(start, "run_program", program)
    assert start.open_sample() == 0
    assert program.calls == [(str(machine / "示例.xxgk"),)]


def test_without_a_window_the_sample_is_exported_and_the_places_are_printed(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = Program(start.NO_WINDOW, start.DRAFT)
    monkeypatch.setattr(start, "run_program", program)
    assert start.open_sample() == 0
    targets = [str(machine / "out" / f"示例{suffix}") for suffix in (".xlsx", ".pdf")]
    assert program.calls[1] == ("export", str(machine / "示例.xxgk"), *targets)
    printed = capsys.readouterr().out
    assert str(machine / "out") in printed
    assert "草稿" in printed


@pytest.mark.parametrize("code", [1, main.FAULT, -6])
def test_a_window_that_fails_otherwise_is_not_called_a_missing_display(
    code: int, machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = Program(code)
    monkeypatch.setattr(start, "run_program", program)
    assert start.open_sample() == code
    assert len(program.calls) == 1
    assert "窗口无法显示" not in capsys.readouterr().out


def test_a_failed_export_of_the_sample_is_not_called_done(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "run_program", Program(start.NO_WINDOW, 2))
    assert start.open_sample() == 2
    assert "已导出" not in capsys.readouterr().out


def test_the_sample_is_there() -> None:
    assert start.SAMPLE.is_file()


@pytest.mark.parametrize("with_tests", [False, True])
def test_the_lock_file_fits_the_declared_dependencies(with_tests: bool) -> None:
    locked = locked_versions(start.lock_file(with_tests).read_text(encoding="utf-8"))
    for line in start.requirements(with_tests):
        wanted = Requirement(line)
        assert any(
            wanted.specifier.contains(version) for version in locked[canonicalize_name(wanted.name)]
        ), line


def locked_versions(lock: str) -> dict[str, list[str]]:
    """Return the versions of each package in a lock file, each of which carries hashes."""
    versions: dict[str, list[str]] = {}
    for name, version, rest in re.findall(r"^([\w.-]+)==([^\s;]+)([^\n]*)", lock, re.MULTILINE):
        assert rest.endswith("\\"), f"{name}: no hash"
        versions.setdefault(canonicalize_name(name), []).append(version)
    return versions


def test_an_unknown_word_shows_the_usage(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["tset"]) == 2
    assert "python start.py test" in capsys.readouterr().out
