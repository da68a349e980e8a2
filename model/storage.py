"""Report files on disk: read strictly, written atomically, read back, the former version kept."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from model.atomic import write_atomically
from model.errors import (
    BadContent,
    CannotRead,
    FileError,
    FileMissing,
    NewerVersion,
    NotAReport,
    SavedFileDiffers,
    WrittenDiffers,
    explain,
)
from model.long_paths import reachable
from model.report import Report
from model.report_file import FORMAT, VERSION, MisplacedError, from_json, is_modified, to_json
from model.strict_json import Json, JsonRefusedError, parse

MOST_BYTES = 16 * 1024 * 1024
"""A report with long texts takes some 100 KB."""

MIGRATIONS: Mapping[int, Callable[[dict[str, Json]], dict[str, Json]]] = {}
"""For each former version what turns its JSON into that of the next one, or raises MisplacedError.

A real file of every version is kept in ``tests/data/files``.
"""


class Saved(NamedTuple):
    """What saving did: the copy kept of the former version, or why none could be kept (in Chinese)."""

    backup: Path | None
    backup_failure: str = ""


def load(path: Path) -> Report:
    """Return the report in a file; raise a :class:`model.errors.FileError` with the reason and place."""
    text = _read_text(path)
    try:
        data = parse(text)
    except JsonRefusedError as failure:
        raise NotAReport(path, str(failure)) from failure
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise NotAReport(path, "里面不是年报内容")
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise BadContent(path, "version", "文件版本应当是正整数")
    if version > VERSION:
        raise NewerVersion(path, version, VERSION)
    try:
        modified = is_modified(data)  # as the version wrote it, before it is turned into a newer one
        for step in range(version, VERSION):
            data = MIGRATIONS[step](data)
        return replace(from_json(data), modified_outside=modified)
    except MisplacedError as failure:
        raise BadContent(path, failure.place, failure.reason) from failure


def save(report: Report, path: Path, backup_folder: Path | None) -> Saved:
    """Write a report so that ``path`` holds the former version or this one, whole, whatever happens.

    The former version is kept in ``backup_folder`` (None keeps none) before, and this one after it;
    where that fails, saving goes on and the result says so. Raise CannotWrite, WrittenDiffers or
    SavedFileDiffers.
    """
    content = encode(report)
    saved = _keep(path, backup_folder, "旧版本")
    write_atomically(path, lambda temporary: _write_verified(temporary, content, path))
    if not _holds(path, content):
        raise SavedFileDiffers(path)
    kept = _keep(path, backup_folder, "这一版本")
    return Saved(saved.backup, saved.backup_failure or kept.backup_failure)


def encode(report: Report) -> bytes:
    """Return a report's file content: the same report gives the same bytes.

    A lone surrogate, which UTF-8 cannot carry, is written as its JSON escape.
    """
    text = json.dumps(to_json(report), ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "backslashreplace")


def _holds(path: Path, content: bytes) -> bool:
    try:
        return read_content(path) == content
    except FileError:
        return False


def _keep(path: Path, folder: Path | None, version: str) -> Saved:
    if folder is None:
        return Saved(None)
    from model import backups  # only where something is saved: it would slow every start

    try:
        return Saved(backups.keep(path, folder))
    except OSError as failure:
        return Saved(None, f"{version}没有备份成：{explain(failure)}")


def _write_verified(temporary: Path, content: bytes, path: Path) -> None:
    temporary.write_bytes(content)
    if temporary.read_bytes() != content:
        raise WrittenDiffers(path, ("整个文件",))


def _read_text(path: Path) -> str:
    content = read_content(path)
    if not content.strip():
        raise NotAReport(path, "文件是空的")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise NotAReport(path, "它不是 UTF-8 文本") from failure


def read_content(path: Path) -> bytes:
    """Return the bytes of a file that may be a report; raise FileMissing, CannotRead or NotAReport."""
    try:
        place = reachable(path.absolute())
        status = place.stat()
        if stat.S_ISDIR(status.st_mode):
            raise NotAReport(path, "它是一个文件夹")
        if not stat.S_ISREG(status.st_mode):
            raise NotAReport(path, "它不是普通文件")
        if status.st_size > MOST_BYTES:
            raise NotAReport(path, f"文件有 {status.st_size / 1024 / 1024:.0f} MB，年报文件不会这么大")
        return place.read_bytes()
    except FileNotFoundError as failure:
        raise FileMissing(path) from failure
    except OSError as failure:
        raise CannotRead(path, failure) from failure
