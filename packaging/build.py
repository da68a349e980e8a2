"""Build the bundle, try it, and pack it: ``python packaging/build.py`` in an environment with PyInstaller.

Leaves ``dist/xxgk`` and an archive beside it: on Windows a portable zip, elsewhere a tar.xz. Prints size and
times. Ends with 1 where the self-check or the window fails. Standard library only.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
BUNDLE = DIST / "xxgk"
WINDOWS = sys.platform == "win32"
SAMPLE = Path("_internal", "resources", "samples", "nanhu_2021.xxgk")
UP_FOR = 4.0
"""Seconds after which a window that still runs counts as started."""


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def build() -> None:
    """Run PyInstaller and put beside the program what belongs to the system."""
    places = ["--distpath", str(DIST), "--workpath", str(ROOT / "build")]
    spec = str(ROOT / "packaging" / "xxgk.spec")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    subprocess.run([*command, *places, spec], check=True, cwd=ROOT)
    if not WINDOWS:
        for file in (ROOT / "packaging" / "linux").iterdir():
            shutil.copy2(file, BUNDLE)


def program(*, console: bool) -> Path:
    """Return the bundled program."""
    if WINDOWS:
        return BUNDLE / ("xxgk-console.exe" if console else "xxgk.exe")
    return BUNDLE / "xxgk"


def environment(folder: str) -> dict[str, str]:
    """Return an environment without the builder's Python, with the user's data in a folder of their own."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "QT_", "VIRTUAL_ENV"))
    }
    return {**kept, "XDG_DATA_HOME": folder, "APPDATA": folder, "XDG_RUNTIME_DIR": folder}


def self_check(folder: str) -> bool:
    """Have the bundle check itself."""
    begun = time.monotonic()
    command = [str(program(console=True)), "--self-check"]
    done = subprocess.run(command, env=environment(folder), check=False, timeout=300)
    say(f"self-check: exit {done.returncode} after {time.monotonic() - begun:.1f} s")
    return done.returncode == 0


def show_window(folder: str) -> bool:
    """Start the window on a virtual screen, or offscreen where there is none, with the sample."""
    command = [str(program(console=False)), str(BUNDLE / SAMPLE)]
    around = environment(folder)
    screen = shutil.which("xvfb-run")
    if screen and not WINDOWS:
        command = [screen, "-a", "-s", "-screen 0 1366x768x24", *command]
        around["QT_QPA_PLATFORM"] = "xcb"
    elif not WINDOWS:
        around["QT_QPA_PLATFORM"] = "offscreen"
    with subprocess.Popen(
        command, env=around, stderr=subprocess.PIPE, start_new_session=not WINDOWS
    ) as process:
        try:
            said = process.communicate(timeout=UP_FOR)[1]
        except subprocess.TimeoutExpired:
            end(process)
            say(f"window: still there after {UP_FOR:.0f} s ({'virtual screen' if screen else 'offscreen'})")
            return True
    say(f"window: ended with {process.returncode}: {said.decode(errors='replace')}")
    return False


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started."""
    if WINDOWS:
        process.kill()
    else:
        os.killpg(process.pid, 15)


def pack() -> Path:
    """Put the bundle into one archive; on Windows it carries its data with it."""
    version = re.search(r'__version__ = "([^"]+)"', (ROOT / "model" / "__init__.py").read_text("utf-8"))
    assert version is not None
    name = f"xxgk-{version[1]}-{'windows' if WINDOWS else 'linux'}"
    if WINDOWS:
        target = DIST / f"{name}-portable.zip"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(BUNDLE.rglob("*")):
                archive.write(file, Path("xxgk", file.relative_to(BUNDLE)))
            archive.writestr("xxgk/portable.txt", "有这个文件，设置、备份都存在旁边的 data 文件夹里。\r\n")
        return target
    target = DIST / f"{name}.tar.xz"
    with tarfile.open(target, "w:xz", preset=3) as archive:
        archive.add(BUNDLE, "xxgk")
    return target


def size_of(folder: Path) -> float:
    """Return the megabytes of a folder."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def main() -> int:
    """Do it all and return the exit code."""
    begun = time.monotonic()
    build()
    say(f"built: {size_of(BUNDLE):.0f} MB in {time.monotonic() - begun:.0f} s")
    with tempfile.TemporaryDirectory(prefix="xxgk-") as folder:
        good = self_check(folder) and show_window(folder)
    if good and "--no-archive" not in sys.argv:
        archive = pack()
        say(f"packed: {archive.relative_to(ROOT)}, {archive.stat().st_size / 1e6:.0f} MB")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
