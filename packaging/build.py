"""Build the bundle, try it, and pack it: ``python packaging/build.py`` in an environment with PyInstaller.

Leaves ``dist/xxgk`` and an archive beside it: on Windows a portable zip, elsewhere a tar.xz; ``--no-archive``
leaves that out. Prints sizes and times. Ends with 1 where a trial fails, or where the bundle needs a newer
glibc than docs/packaging.md says or ``--glibc 2.28`` allows. Standard library only, besides PyInstaller.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections import Counter
from pathlib import Path

import check_glibc
import start_time
import trials
from trials import ROOT, WINDOWS, say

DIST = ROOT / "dist"
BUNDLE = DIST / "xxgk"
DOCUMENT = ROOT / "docs" / "packaging.md"
_PARTS = {
    "Qt": re.compile(r"_internal/(PySide6|shiboken6|libQt|libicu|libpyside|libshiboken)"),
    "Python": re.compile(r"xxgk|_internal/(python3|libpython|base_library|lib\w+\.so)"),
    "fallback faces": re.compile(r"_internal/pylopdf_fonts"),
    "PDF (pdfium, pikepdf)": re.compile(r"_internal/(pypdfium2|pikepdf)"),
    "pictures (Pillow)": re.compile(r"_internal/(PIL|pillow)"),
    "resources, licences": re.compile(r"_internal/(resources|licenses|LICENSE|THIRD)"),
}


def build() -> None:
    """Run PyInstaller and put beside the program what belongs to the system."""
    places = ["--distpath", str(DIST), "--workpath", str(ROOT / "build")]
    spec = str(ROOT / "packaging" / "xxgk.spec")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    subprocess.run([*command, *places, spec], check=True, cwd=ROOT)
    if not WINDOWS:
        for file in (ROOT / "packaging" / "linux").iterdir():
            shutil.copy2(file, BUNDLE)


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
            words = "有这个文件，设置、备份、副本和日志都存在旁边的 data 文件夹里。\r\n"
            archive.writestr("xxgk/便携版.txt", "\ufeff" + words)
        return target
    target = DIST / f"{name}.tar.xz"
    with tarfile.open(target, "w:xz", preset=3) as archive:
        archive.add(BUNDLE, "xxgk")
    return target


def sizes(folder: Path) -> Counter[str]:
    """Return the bytes of each part of the bundle."""
    found: Counter[str] = Counter()
    for file in (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()):
        place = file.relative_to(folder).as_posix()
        part = next((part for part, pattern in _PARTS.items() if pattern.match(place)), "other libraries")
        found[part] += file.stat().st_size
    return found


def stated_glibc(document: str) -> str:
    """Return the glibc that the document says the bundle needs when built on this machine's Python."""
    stated = re.search(r"需要 glibc (\d+\.\d+)", document)
    assert stated is not None, "docs/packaging.md does not say which glibc the bundle needs"
    return stated[1]


def main(arguments: list[str]) -> int:
    """Do it all and return the exit code."""
    stated = stated_glibc(DOCUMENT.read_text(encoding="utf-8"))
    parser = argparse.ArgumentParser(description="打成双击即用的程序文件夹并逐项试过，见 docs/packaging.md")
    parser.add_argument("--no-archive", action="store_true", help="不再压成一个包")
    parser.add_argument("--glibc", default=stated, help="最高允许的 glibc，默认 %(default)s")
    wanted = parser.parse_args(arguments)
    begun = time.monotonic()
    build()
    parts = sizes(BUNDLE)
    say(f"built: {parts.total() / 1e6:.0f} MB in {time.monotonic() - begun:.0f} s")
    for part, size in parts.most_common():
        say(f"  {part}: {size / 1e6:.0f} MB")
    good = WINDOWS or check_glibc.main([str(BUNDLE), wanted.glibc]) == 0
    good = trials.all_goes_well(BUNDLE) and trials.is_portable(BUNDLE) and good
    say(start_time.compare(BUNDLE))
    if good and not wanted.no_archive:
        archive = pack()
        say(f"packed: {archive.relative_to(ROOT)}, {archive.stat().st_size / 1e6:.0f} MB")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
