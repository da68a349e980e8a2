"""The list of all keys as HTML: those of the menus from the commands, those of the tables from here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from gui.actions import COMMANDS, MENUS, plain_text
from gui.style import Colours

_IN_TABLES = (
    ("数字键", "直接录入，替换原来的数"),
    ("F2，双击", "修改原来的数；在合计上显示算式"),
    ("回车，Shift+回车", "向下，向上；Tab 录入一行后回车回到起始列"),
    ("Tab，Shift+Tab", "下一个、上一个可填的格"),
    ("方向键", "移动；录入时按方向键即写入"),
    ("Shift+方向键", "扩大选区"),
    ("Ctrl+方向键", "到这一片数的边上"),
    ("Ctrl+Home，Ctrl+End", "到表的开头，结尾"),
    ("Ctrl+回车", "把录入的数填到所选各格"),
    ("Ctrl+D，Ctrl+R", "向下填充，向右填充"),
    ("空格", "采用灰色的建议数"),
    ("Esc", "放弃正在录入的数"),
    ("Ctrl+滚轮", "放大，缩小"),
)
_IN_FINDINGS = (
    ("上、下，回车", "选一条，到它所在的地方"),
    ("右、左", "展开、收起连带的各条"),
)


def shortcuts_html(text: str, colours: Colours) -> str:
    """Return the keys that a search leaves, grouped as the menus are; empty where it leaves none."""
    groups = [(plain_text(title), _of_menu(names)) for title, names in MENUS]
    groups += [("在表中", _IN_TABLES), ("在审核结果中", _IN_FINDINGS)]
    return "".join(_group(title, keys, text.strip().lower(), colours) for title, keys in groups)


def _of_menu(names: str) -> tuple[tuple[str, str], ...]:
    commands = [COMMANDS[name] for name in names.split() if name in COMMANDS]
    return tuple(
        ("，".join(command.keys), command.tip or plain_text(command.text))
        for command in commands
        if command.keys
    )


def _group(title: str, keys: Iterable[tuple[str, str]], wanted: str, colours: Colours) -> str:
    rows = "".join(
        f'<tr><td width="210" style="padding:3px 16px 3px 0"><b>{escape(key)}</b></td>'
        f'<td style="padding:3px 0">{escape(what)}</td></tr>'
        for key, what in keys
        if wanted in f"{key} {what}".lower()
    )
    head = f'<p style="color:{colours.muted};margin:14px 0 2px 0">{escape(title)}</p>'
    return f"{head}<table>{rows}</table>" if rows else ""
