"""The 填报说明 as HTML, from the form's own help. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from gui.style import Colours
from model.guide import Entry, matching


def anchor_of(section: str, row: str = "") -> str:
    """Return the name of a place in the guide."""
    return f"{section}.{row}" if row else section


def guide_html(guide: Sequence[Entry], text: str, colours: Colours) -> str:
    """Return the entries that a search leaves; empty where it leaves none."""
    found = matching(guide, text)
    lines: list[str] = []
    group = ""
    for entry in found:
        if entry.group and entry.group != group:
            lines.append(f'<p style="color:{colours.muted};margin:14px 0 0 0">{escape(entry.group)}</p>')
        group = entry.group
        lines.append(_entry(entry, colours))
    return "".join(lines)


def _entry(entry: Entry, colours: Colours) -> str:
    size, above = ("large", 22) if entry.is_section else ("medium", 8)
    parts = [
        f'<p style="margin:{above}px 0 2px 0;font-size:{size}">'
        f'<a name="{anchor_of(entry.section, entry.row)}"></a><b>{escape(entry.title)}</b></p>'
    ]
    if entry.help:
        parts.append(f'<p style="margin:0 0 2px 0">{escape(entry.help)}</p>')
    if entry.basis:
        parts.append(f'<p style="color:{colours.muted};margin:0">依据：{escape(entry.basis)}</p>')
    return "".join(parts)
