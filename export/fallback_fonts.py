"""Where the packaged Chinese faces are. Cheap to import: a window without Chinese fonts asks at its start."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def fallback_sans_path() -> Path:
    """Return the packaged 黑体-like face, for windows on a machine without Chinese fonts as well."""
    from pylopdf_fonts_zh_cn import sans_path

    return Path(sans_path())


@cache
def fallback_serif_path() -> Path:
    """Return the packaged 宋体-like face, which stands in for 小标宋, 仿宋, 楷体 and 宋体."""
    from pylopdf_fonts_zh_cn import serif_path

    return Path(serif_path())
