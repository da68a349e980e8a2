"""Keeps converted outlines on disk, so that a program just started need not convert them again.

One small file a face, in a folder the program names; a file that does not match its face or is
damaged counts as absent, for all of it can be made again. Few files are kept, each of few characters:
some 30 MB at most.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from model.atomic import write_atomically
from model.errors import CannotWrite
from model.leftovers import sweep
from model.places import outline_folder

_VERSION = 1
_ENTRY = ">LHL"
"""Character, advance and length of the outline, which follows."""
_CHECK_LENGTH = 4
_MOST_FILES, _MOST_CHARACTERS = 16, 8000


def usual_cache() -> Path | None:
    """Return where outlines are kept between starts; None where there is no place for them."""
    try:
        return outline_folder()
    except RuntimeError:  # this user has no home folder
        return None


def cache_path(folder: Path, face: Path, index: int, weight: int) -> Path:
    """Return the cache file of a face; it has another name once the font file has changed."""
    state = face.stat()
    identity = f"{_VERSION} {face} {state.st_size} {state.st_mtime_ns} {index} {weight}"
    return folder / f"{hashlib.sha256(identity.encode()).hexdigest()[:24]}.outlines"


def load_outlines(path: Path) -> dict[str, tuple[bytes, int]]:
    """Return outline and advance of each character in a cache file, none where there is no good one."""
    try:
        stored = path.read_bytes()
    except OSError:
        return {}
    check, entries = stored[:_CHECK_LENGTH], stored[_CHECK_LENGTH:]
    return dict(_entries(entries)) if check == _check(entries) else {}


def store_outlines(path: Path, outlines: Mapping[str, tuple[bytes, int]]) -> None:
    """Write a cache file whole or not at all; a folder that cannot be written costs time, not data.

    The files longest unchanged make room for it.
    """
    parts = []
    for character, (data, advance) in sorted(outlines.items())[:_MOST_CHARACTERS]:
        parts += [struct.pack(_ENTRY, ord(character), advance, len(data)), data]
    entries = b"".join(parts)

    def write(temporary: Path) -> None:
        temporary.write_bytes(_check(entries) + entries)

    with suppress(OSError, CannotWrite):
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
        write_atomically(path, write)
        for old in _by_age(path.parent)[:-_MOST_FILES]:
            old.unlink()


def _by_age(folder: Path) -> list[Path]:
    """Return the cache files of a folder, the newest last."""
    return sorted(folder.glob("*.outlines"), key=lambda file: (file.stat().st_mtime_ns, file.name))


def _check(entries: bytes) -> bytes:
    return struct.pack(">L", zlib.crc32(entries))


def _entries(entries: bytes) -> Iterator[tuple[str, tuple[bytes, int]]]:
    place = 0
    while place < len(entries):
        code, advance, length = struct.unpack_from(_ENTRY, entries, place)
        place += struct.calcsize(_ENTRY)
        yield chr(code), (entries[place : place + length], advance)
        place += length
