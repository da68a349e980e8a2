"""Say which glibc a Linux bundle needs: ``python packaging/check_glibc.py FOLDER [MOST]``.

Reads the versions that every library in it asks for out of the files themselves. Ends with 1 where one asks
for a newer glibc than MOST (as 2.28). Standard library only.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

_VERSION = re.compile(rb"GLIBC_(\d+)\.(\d+)(?:\.\d+)?\x00")
_ELF = b"\x7fELF"


def needed_by(file: Path) -> tuple[int, int]:
    """Return the newest glibc that a program or library names; (0, 0) for any other file."""
    content = file.read_bytes()
    if not content.startswith(_ELF):
        return 0, 0
    return max(((int(m[1]), int(m[2])) for m in _VERSION.finditer(content)), default=(0, 0))


def libraries(folder: Path) -> Iterator[Path]:
    """Yield the files of a bundle, links left out."""
    yield from (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink())


def main(arguments: list[str]) -> int:
    """Print the newest version and who asks for it; return the exit code."""
    folder = Path(arguments[0])
    found = {file.relative_to(folder): needed_by(file) for file in libraries(folder)}
    newest = max(found.values(), default=(0, 0))
    sys.stdout.write(f"needs glibc {newest[0]}.{newest[1]}\n")
    for version in sorted({v for v in found.values() if v > (2, 27)}, reverse=True):
        asking = [str(file) for file, needed in found.items() if needed == version]
        sys.stdout.write(
            f"  {version[0]}.{version[1]}: {len(asking)} files, such as {', '.join(asking[:4])}\n"
        )
    most = tuple(map(int, arguments[1].split("."))) if len(arguments) > 1 else newest
    return 1 if newest > most else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
