"""What a bundle has to show before it is packed: complete, in order, its window, its data where they belong.

Each trial prints a line and tells whether it went well. Standard library only.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = sys.platform == "win32"
SAMPLE = Path("_internal", "resources", "samples", "nanhu_2021.xxgk")
PACKAGES = ("model", "export", "gui", "resources")
UP_FOR = 4.0
"""Seconds after which a window that still runs counts as started."""


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def program(bundle: Path, *, console: bool) -> Path:
    """Return the bundled program."""
    if WINDOWS:
        return bundle / ("xxgk-console.exe" if console else "xxgk.exe")
    return bundle / "xxgk"


def environment(home: Path) -> dict[str, str]:
    """Return an environment without the builder's Python, of a user whose home is a folder of their own."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "QT_", "VIRTUAL_ENV", "XDG_"))
    }
    return {**kept, "HOME": str(home), "LOCALAPPDATA": str(home), "XDG_RUNTIME_DIR": str(home)}


# ---------------------------------------------------------------- complete


def wanted_modules() -> set[str]:
    """Return our own modules and the parts of Qt that any of them imports."""
    found: set[str] = set()
    for file in (file for package in PACKAGES for file in (ROOT / package).rglob("*.py")):
        place = file.relative_to(ROOT).with_suffix("").parts
        found.add(".".join(place[:-1] if place[-1] == "__init__" else place))
        found |= set(_parts_of_qt(ast.parse(file.read_text(encoding="utf-8"))))
    return found


def _parts_of_qt(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("PySide6."):
            yield node.module


def bundled_modules(bundle: Path) -> set[str]:
    """Return what can be imported in a bundle: modules in its archive, and libraries beside them."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(program(bundle, console=False)))
    [name] = [name for name in archive.toc if name.startswith("PYZ")]
    modules = set(archive.open_embedded_archive(name).toc)
    libraries = (*bundle.rglob("*.abi3.so"), *bundle.rglob("*.pyd"))
    return modules | {f"{file.parent.name}.{file.name.partition('.')[0]}" for file in libraries}


def is_complete(bundle: Path) -> bool:
    """Tell whether every module is in the bundle; the self-check would not see that printing is missing."""
    missing = sorted(wanted_modules() - bundled_modules(bundle))
    say(f"modules: {'missing ' + ', '.join(missing) if missing else 'all there'}")
    return not missing


# ---------------------------------------------------------------- in order


def passes_self_check(bundle: Path, home: Path) -> bool:
    """Have the bundle check itself."""
    begun = time.monotonic()
    command = [str(program(bundle, console=True)), "--self-check"]
    done = subprocess.run(command, env=environment(home), check=False, timeout=300)
    say(f"self-check: exit {done.returncode} after {time.monotonic() - begun:.1f} s")
    return done.returncode == 0


def exports(bundle: Path, home: Path) -> bool:
    """Have the bundle write a PDF, which keeps outlines in the user's data."""
    target = home / "年报 样张.pdf"
    command = [str(program(bundle, console=True)), "export", str(bundle / SAMPLE), str(target)]
    done = subprocess.run(command, env=environment(home), check=False, timeout=300, capture_output=True)
    good = done.returncode in (0, 1) and target.read_bytes().startswith(b"%PDF")
    say(f"export: exit {done.returncode}")
    return good


def shows_window(bundle: Path, home: Path) -> bool:
    """Start the window on a virtual screen, or offscreen where there is none, with the sample."""
    command = [str(program(bundle, console=False)), str(bundle / SAMPLE)]
    around = environment(home)
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
            _end(process)
            say(f"window: still there after {UP_FOR:.0f} s ({'virtual screen' if screen else 'offscreen'})")
            return True
    say(f"window: ended with {process.returncode}: {said.decode(errors='replace')}")
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started."""
    if WINDOWS:
        process.kill()
    else:
        os.killpg(process.pid, 15)


# ---------------------------------------------------------------- data where they belong


def content_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of everything in a folder."""
    return {
        str(file.relative_to(folder)): (file.lstat().st_size, file.lstat().st_mtime_ns)
        for file in folder.rglob("*")
    }


def all_goes_well(bundle: Path) -> bool:
    """Try everything with the user's data in their own folder: the program's folder stays as it is."""
    before = content_of(bundle)
    with tempfile.TemporaryDirectory(prefix="xxgk-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        good = is_complete(bundle) and all(
            t(bundle, home) for t in (passes_self_check, exports, shows_window)
        )
    touched = sorted(
        name for name, state in content_of(bundle).items() if before.pop(name, None) != state
    ) + sorted(before)
    say(f"program folder: {'touched: ' + ', '.join(touched[:5]) if touched else 'untouched'}")
    return good and not touched


def is_portable(bundle: Path) -> bool:
    """Try everything once more with the mark beside the program: its data are there and nowhere else."""
    mark, data = bundle / "便携版.txt", bundle / "data"
    mark.touch()
    try:
        with tempfile.TemporaryDirectory(prefix="xxgk-", ignore_cleanup_errors=True) as folder:
            good = exports(bundle, Path(folder)) and shows_window(bundle, Path(folder))
            strayed = [file.name for file in Path(folder).rglob("*xxgk-annual*")]
        good = good and (data / "outlines").is_dir() and not strayed
        kept = sorted(file.name for file in data.iterdir()) if data.is_dir() else []
        say(f"portable: {'beside the program' if good else 'NOT beside the program'}: {', '.join(kept)}")
        return good
    finally:
        mark.unlink()
        shutil.rmtree(data, ignore_errors=True)
