"""诊断包: what somebody who looks for a fault needs, without anything of a report.

The log's traces keep their places and the kinds of failures; the failures' own words are left out, since
they may quote what an office has written. Paths keep only their last parts.
"""

from __future__ import annotations

import platform
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from model import __version__
from model.catalogue import form_ids
from model.errors import CannotWrite

_HEAD = re.compile(r"\d{4}-\d\d-\d\dT\S+ 版本 ")
_TRACE_BEGINS = ("Traceback (most recent", "During handling of", "The above exception")
_FILE = re.compile(r'File "(?:[^"]*[/\\])?([^/\\"]+[/\\][^/\\"]+)"')
_FAILURE = re.compile(r"([A-Za-z_][\w.]*)(:|$)")
_OMITTED = "（原文从略）"


def write_pack(path: Path, logs: Path, settings: Mapping[str, str]) -> None:
    """Write the pack to a zip file. Raise CannotWrite."""
    try:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
            pack.writestr("版本.txt", "\n".join(versions()) + "\n")
            pack.writestr("设置.txt", "".join(f"{name} = {value}\n" for name, value in settings.items()))
            for log in sorted(logs.glob("*.log")):
                text = log.read_text(encoding="utf-8", errors="replace")
                pack.writestr(f"日志/{log.name}", "\n".join(without_contents(text.splitlines())) + "\n")
    except OSError as failure:
        raise CannotWrite(path, failure) from failure


def versions() -> Iterator[str]:
    """Yield what the program is made of and runs on, a line each."""
    yield f"时间 {datetime.now().astimezone().isoformat(timespec='seconds')}"
    yield f"程序 {__version__}"
    yield f"格式 {'、'.join(form_ids())}"
    yield f"Python {platform.python_version()}（{platform.architecture()[0]}）"
    yield f"系统 {platform.platform()}"
    yield f"文件名编码 {sys.getfilesystemencoding()}"


def without_contents(lines: Iterable[str]) -> Iterator[str]:
    """Yield a log's lines without the words of failures and without folders."""
    in_trace = False
    for line in lines:
        if _HEAD.match(line) or line.startswith(_TRACE_BEGINS):
            in_trace = True
            yield line
        elif in_trace and line.startswith(" "):
            yield _FILE.sub(r'File "\1"', line)
        elif in_trace and line.strip():
            in_trace = False
            kind = _FAILURE.match(line)
            yield (kind.group(1) if kind else "") + _OMITTED
