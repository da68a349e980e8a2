"""What the bundle brings besides the program: entries for menus and files, its glibc, portable data."""

from __future__ import annotations

import ast
import importlib
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parent.parent.parent / "packaging"
LINUX = PACKAGING / "linux"
SCRIPTS = [script.stem for script in PACKAGING.glob("*.py")]
posix_only = pytest.mark.skipif(os.name == "nt", reason="a script for Linux")


@pytest.fixture(autouse=True)
def tools(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the scripts be imported as they import each other."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    yield
    for name in SCRIPTS:
        sys.modules.pop(name, None)


def load(name: str) -> ModuleType:
    return importlib.import_module(name)


def test_menu_entry_and_file_type_agree() -> None:
    desktop = (LINUX / "xxgk-annual-report.desktop").read_text(encoding="utf-8")
    tree = ElementTree.parse(LINUX / "xxgk-annual-report.xml")
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = tree.find(f"{space}mime-type")
    assert kind is not None
    assert f"MimeType={kind.get('type')};" in desktop
    assert [glob.get("pattern") for glob in kind.iter(f"{space}glob")] == ["*.xxgk"]


@posix_only
def test_the_menu_entry_is_made_for_one_user_and_removed_again(tmp_path: Path) -> None:
    bundle = tmp_path / 'a "b" & 100% $c'
    (bundle / "_internal" / "resources" / "icons").mkdir(parents=True)
    icon = PACKAGING.parent / "resources" / "icons" / "application.svg"
    shutil.copy(icon, bundle / "_internal" / "resources" / "icons")
    for file in LINUX.iterdir():
        shutil.copy(file, bundle)
    home = tmp_path / "家"
    around = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "share")}
    script = [str(bundle / "install.sh")]
    subprocess.run(script, env=around, check=True, capture_output=True)
    made = (home / "share" / "applications" / "xxgk-annual-report.desktop").read_text(encoding="utf-8")
    command = re.search(r"^Exec=(.*)$", made, re.MULTILINE)
    assert command is not None
    folder = str(tmp_path / "a ")
    assert command[1] == rf'"{folder}\\"b\\" & 100%% \\$c/xxgk" %F'
    subprocess.run([*script, "--remove"], env=around, check=True, capture_output=True)
    left = [file.name for file in (home / "share").rglob("xxgk*")]
    assert left == []


def test_the_menu_entry_is_a_valid_one() -> None:
    program = shutil.which("desktop-file-validate")
    if program is None:
        pytest.skip("desktop-file-validate is not installed")
    subprocess.run([program, str(LINUX / "xxgk-annual-report.desktop")], check=True)


def test_the_installer_needs_no_administrator_and_takes_the_report_files() -> None:
    content = (PACKAGING / "windows" / "installer.iss").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "its Chinese would be read in the code page of the PC"
    script = content.decode("utf-8-sig")
    assert "PrivilegesRequired=lowest" in script
    assert r"Software\Classes\.xxgk" in script
    assert re.search(r"HKLM|HKCR|\{(common|auto)pf|\{sys\}|RunAsAdmin", script) is None
    assert "localappdata}\\Programs" in script, "the program is not where the data are"


# ---------------------------------------------------------------- what goes into the bundle


def spec_values() -> dict[str, object]:
    """Return the plain values that the spec names: what it leaves out."""
    tree = ast.parse((PACKAGING / "xxgk.spec").read_text(encoding="utf-8"))
    names: dict[str, object] = {"re": re}
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("UNUSED", "UNUSED_FILES"):
            exec(ast.unparse(node), names)
    return names


def test_no_part_of_qt_that_is_imported_is_left_out() -> None:
    left_out = spec_values()["UNUSED_FILES"]
    assert isinstance(left_out, re.Pattern)
    wanted = load("trials").wanted_modules()
    parts = sorted(name.partition(".")[2] for name in wanted if name.startswith("PySide6."))
    assert {"QtPrintSupport", "QtNetwork", "QtSvg"} <= set(parts)
    for part in parts:
        for file in (
            f"PySide6/{part}.pyd",
            f"PySide6/Qt6{part[2:]}.dll",
            f"PySide6/Qt/lib/libQt6{part[2:]}.so.6",
        ):
            assert left_out.search(f"PySide6/{file}") is None, file
    assert left_out.search("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so") is None
    assert left_out.search("PySide6/Qt/lib/libQt6Quick.so.6")


def test_no_module_that_is_imported_is_left_out() -> None:
    unused = spec_values()["UNUSED"]
    assert isinstance(unused, list)
    root = PACKAGING.parent
    imported = {
        name
        for package in ("model", "export", "gui", "resources")
        for file in (root / package).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in imports_of(node)
    }
    assert imported.isdisjoint(unused)
    assert {"gui.printing", "model.places", "resources"} <= load("trials").wanted_modules()


def imports_of(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def test_a_bundle_that_writes_into_its_own_folder_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    trials = load("trials")
    (tmp_path / "xxgk").touch()
    monkeypatch.setattr(trials, "is_complete", lambda _: True)
    for name in ("passes_self_check", "exports", "shows_window"):
        monkeypatch.setattr(trials, name, lambda bundle, home: True)
    assert trials.all_goes_well(tmp_path)
    monkeypatch.setattr(trials, "exports", lambda bundle, home: (bundle / "cache").write_text("x") > 0)
    assert not trials.all_goes_well(tmp_path)
    assert "touched: cache" in capsys.readouterr().out


def test_a_portable_bundle_that_keeps_its_data_elsewhere_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trials = load("trials")
    kept: list[Path] = [tmp_path / "data"]

    def exports(bundle: Path, home: Path) -> bool:
        assert (bundle / "便携版.txt").exists()
        for folder in kept:
            ((home if folder == Path() else folder) / "xxgk-annual-report").mkdir(parents=True)
        (tmp_path / "data" / "outlines").mkdir(parents=True)
        return True

    monkeypatch.setattr(trials, "exports", exports)
    monkeypatch.setattr(trials, "shows_window", lambda bundle, home: True)
    assert trials.is_portable(tmp_path)
    assert list(tmp_path.iterdir()) == [], "nothing of the trial is left in the bundle"
    kept.append(Path())
    assert not trials.is_portable(tmp_path)


# ---------------------------------------------------------------- glibc


def test_the_build_fails_where_the_document_names_an_older_glibc_than_the_bundle_needs(
    tmp_path: Path,
) -> None:
    build, check = load("build"), load("check_glibc")
    stated = build.stated_glibc((PACKAGING.parent / "docs" / "packaging.md").read_text(encoding="utf-8"))
    newer = f"2.{int(stated.partition('.')[2]) + 1}"
    (tmp_path / "a.so").write_bytes(b"\x7fELF" + f"\0GLIBC_{newer}\0".encode())
    assert check.main([str(tmp_path), stated]) == 1
    assert check.main([str(tmp_path), newer]) == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the libraries of Linux")
def test_the_glibc_that_is_needed_is_read_from_the_libraries(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check = load("check_glibc")
    (tmp_path / "a.so").write_bytes(b"\x7fELF" + b"\x00GLIBC_2.9\x00GLIBC_2.28\x00GLIBC_2.2.5\x00")
    (tmp_path / "b.txt").write_bytes(b"GLIBC_2.99\x00")
    assert check.main([str(tmp_path), "2.28"]) == 0
    assert "needs glibc 2.28" in capsys.readouterr().out
    assert check.main([str(tmp_path), "2.17"]) == 1


@posix_only
def test_where_the_bare_system_cannot_be_made_nothing_passes(tmp_path: Path) -> None:
    script = PACKAGING / "bare_debian.sh"
    done = subprocess.run([script, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 77
    assert done.stdout.startswith("NOT RUN")
