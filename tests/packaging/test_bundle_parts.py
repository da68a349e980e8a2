"""What the bundle brings besides the program: entries for menus and files, its glibc, portable data."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parent.parent.parent / "packaging"
LINUX = PACKAGING / "linux"
posix_only = pytest.mark.skipif(os.name == "nt", reason="a script for Linux")


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, PACKAGING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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


def test_the_installer_needs_no_administrator_and_takes_the_report_files() -> None:
    script = (PACKAGING / "windows" / "installer.iss").read_text(encoding="utf-8")
    assert "PrivilegesRequired=lowest" in script
    assert r"Software\Classes\.xxgk" in script
    assert "HKLM" not in script


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
