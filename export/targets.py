"""Where documents go: proper file names, and targets that are refused before anything is drawn."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from model.errors import BadTarget, explain
from model.forms import Form
from model.report import Report

MOST_NAME_BYTES = 240
"""File systems take 255; the rest is left for （1） and the like."""

_FORBIDDEN = '<>:"/\\|?*'
_SUBSTITUTES = str.maketrans(_FORBIDDEN, "＜＞：”／＼｜？＊")
_ON_WINDOWS = os.name == "nt"
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)", re.IGNORECASE)


def default_file_name(form: Form, report: Report, suffix: str) -> str:
    """Return the usual name of a document: 岳阳市南湖新区管委会2021年政府信息公开工作年度报告.pdf.

    Characters that Windows forbids become their full-width twins; a unit's name that is too long is cut.
    """
    unit, rest = report.title_lines(form)
    return allowed_name(unit, rest, suffix)


def allowed_name(unit: str, rest: str, suffix: str) -> str:
    """Return a file name that every system takes: a unit's name, cut where it is too long, and the rest."""
    unit, rest = _allowed(unit), _allowed(rest)
    room = MOST_NAME_BYTES - len((rest + suffix).encode())
    return unit.encode()[:room].decode(errors="ignore").strip(" .") + rest + suffix


def _allowed(text: str) -> str:
    printable = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return printable.translate(_SUBSTITUTES).strip(" .")


def check_target(path: Path, suffixes: Sequence[str]) -> None:
    """Raise BadTarget where a document cannot go to ``path``; what only writing shows is left to that."""
    try:
        status = path.stat()
    except FileNotFoundError:
        status = None
    except ValueError as failure:
        raise BadTarget(path, "文件名含有不允许的字符") from failure
    except OSError as failure:
        raise BadTarget(path, explain(failure)) from failure
    if status is not None and stat.S_ISDIR(status.st_mode):
        suffix = path.suffix if path.suffix in suffixes else suffixes[0]
        raise BadTarget(path, f"这是一个文件夹，请在后面写上文件名，例如“年度报告{suffix}”")
    _check_name(path, suffixes)
    if not path.parent.is_dir():
        raise BadTarget(path, f"文件夹“{path.parent}”不存在，请先建好")
    if status is not None and not (stat.S_ISREG(status.st_mode) and os.access(path, os.W_OK)):
        raise BadTarget(path, "已有的同名文件是只读的，或者不是普通文件")


def _check_name(path: Path, suffixes: Sequence[str]) -> None:
    known = "、".join(suffixes)
    if not path.suffix:
        raise BadTarget(path, f"文件名没有写明格式，请以 {known} 结尾")
    if path.suffix.lower() not in suffixes:
        raise BadTarget(path, f"这里不能写“{path.suffix}”文件，请以 {known} 结尾")
    forbidden = [c for c in path.name if unicodedata.category(c) == "Cc" or (_ON_WINDOWS and c in _FORBIDDEN)]
    if forbidden:
        raise BadTarget(path, f"文件名含有不允许的字符 {'、'.join(map(repr, forbidden))}")
    if _ON_WINDOWS and _DEVICE.match(path.name):
        raise BadTarget(path, "这个名称是 Windows 留给设备用的，请换一个")


def is_same_file(first: Path, second: Path) -> bool:
    """Tell whether two paths lead to one file, by whatever links and spellings; impossible ones do not."""
    try:
        if os.path.normcase(os.path.realpath(first)) == os.path.normcase(os.path.realpath(second)):
            return True
        return first.exists() and second.exists() and first.samefile(second)
    except (OSError, ValueError):
        return False
