"""The questions about a report's file: open elsewhere, changed meanwhile, damaged. Tests replace them.

Callers reach them through the module, as those of :mod:`gui.dialogs`.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox, QWidget

from gui.dialogs import answer_of, make_box

if TYPE_CHECKING:
    from model.restoring import Differences

_Role = QMessageBox.ButtonRole


class OpenChoice(Enum):
    """What to do with a report that someone has open."""

    READ_ONLY = auto()
    COPY = auto()
    TAKE_OVER = auto()
    CANCEL = auto()


class SaveChoice(Enum):
    """What to do when saving would go over somebody else's work."""

    SAVE_AS = auto()
    COMPARE = auto()
    OVERWRITE = auto()
    CANCEL = auto()


class DamageChoice(Enum):
    """What to open instead of a damaged file."""

    BACKUP = auto()
    SALVAGED = auto()
    CANCEL = auto()


def ask_open_elsewhere(parent: QWidget, sentence: str) -> OpenChoice:
    """Say who has a report open and ask what to do."""
    box = make_box(parent, QMessageBox.Icon.Information, sentence)
    box.setInformativeText(
        "只读打开：可以看、可以导出和另存，不影响对方。\n"
        "打开副本：作为一份没有保存过的新年报打开。\n"
        "接管：对方再保存时会先得到提醒，可以另存。"
    )
    read = box.addButton("只读打开(&R)", _Role.AcceptRole)
    copy = box.addButton("打开副本(&C)", _Role.ActionRole)
    take = box.addButton("接管(&T)", _Role.DestructiveRole)
    cancel = box.addButton("取消", _Role.RejectRole)
    answers = {
        read: OpenChoice.READ_ONLY,
        copy: OpenChoice.COPY,
        take: OpenChoice.TAKE_OVER,
        cancel: OpenChoice.CANCEL,
    }
    return answer_of(box, answers, cancel)


def ask_taken_over(parent: QWidget, sentence: str) -> SaveChoice:
    """Say that somebody else writes the file now and ask where to save."""
    box = make_box(parent, QMessageBox.Icon.Warning, sentence)
    elsewhere = box.addButton("另存为(&A)…", _Role.AcceptRole)
    over = box.addButton("接管并保存(&T)", _Role.DestructiveRole)
    cancel = box.addButton("取消", _Role.RejectRole)
    answers = {elsewhere: SaveChoice.SAVE_AS, over: SaveChoice.OVERWRITE, cancel: SaveChoice.CANCEL}
    return answer_of(box, answers, cancel)


def ask_overwrite(parent: QWidget, sentence: str, *, comparable: bool) -> SaveChoice:
    """Say that the file is not what was opened and ask what to do; ``comparable`` where it can be read."""
    box = make_box(parent, QMessageBox.Icon.Warning, sentence)
    if comparable:
        box.setInformativeText("覆盖以前，磁盘上的那一份会留在“备份与恢复”里。")
    elsewhere = box.addButton("另存为(&A)…", _Role.AcceptRole)
    answers = {elsewhere: SaveChoice.SAVE_AS}
    if comparable:
        answers[box.addButton("比较(&D)…", _Role.ActionRole)] = SaveChoice.COMPARE
    over = "覆盖(&O)" if comparable else "保存到原处(&O)"
    answers[box.addButton(over, _Role.DestructiveRole)] = SaveChoice.OVERWRITE
    cancel = box.addButton("取消", _Role.RejectRole)
    answers[cancel] = SaveChoice.CANCEL
    return answer_of(box, answers, cancel)


def ask_damaged(
    parent: QWidget, sentence: str, backup: str, salvaged: str, lost: Sequence[str]
) -> DamageChoice:
    """Say why a file does not open, and offer its newest good backup and what can still be read of it.

    ``backup`` and ``salvaged`` describe the two, empty where there is none; ``lost`` is folded.
    """
    box = make_box(parent, QMessageBox.Icon.Warning, sentence)
    box.setInformativeText("\n".join(part for part in (backup, salvaged) if part))
    if lost:
        box.setDetailedText("没有读出的内容：\n" + "\n".join(lost))
    answers = {}
    if backup:
        answers[box.addButton("打开备份(&B)", _Role.AcceptRole)] = DamageChoice.BACKUP
    if salvaged:
        answers[box.addButton("打开读出的部分(&P)", _Role.ActionRole)] = DamageChoice.SALVAGED
    cancel = box.addButton("取消", _Role.RejectRole)
    answers[cancel] = DamageChoice.CANCEL
    return answer_of(box, answers, cancel)


def ask_purge(parent: QWidget, sentence: str) -> bool:
    """Ask before kept versions or copies are removed for good."""
    box = make_box(parent, QMessageBox.Icon.Warning, sentence)
    box.setInformativeText("清除以后不能找回。年报文件本身不受影响。")
    cancel = box.addButton("取消", _Role.RejectRole)
    purge = box.addButton("清除(&D)", _Role.DestructiveRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    return box.clickedButton() is purge


def show_differences(parent: QWidget, title: str, columns: tuple[str, str], differences: Differences) -> None:
    """List what differs between two versions of a report; ``columns`` name them."""
    from gui.comparison_dialog import ComparisonDialog

    ComparisonDialog(title, columns, differences, parent).exec()
