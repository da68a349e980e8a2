"""Every question and message that stops the person, as functions that tests replace.

Callers reach them through the module (``dialogs.ask_save_changes(...)``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

import model
from model.catalogue import form_for_year
from model.forms import Severity
from model.places import REPORT_SUFFIX as REPORT_SUFFIX
from model.places import data_place

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from gui.final_dialog import Signature
    from gui.settings_dialog import Preferences

PROGRAM = "政府信息公开年报编制工具"
_REPORTS = f"年报文件 (*{REPORT_SUFFIX})"
_ALL = "所有文件 (*)"
_MOST_NAMED = 6
"""Files that a question names."""
_BREAKS, _BREAK_AFTER = re.compile(r"[/\\]"), "\\g<0>\u200b"
"""A path may be broken after each of its parts."""
_MARKS = {
    QMessageBox.Icon.Information: Severity.HINT,
    QMessageBox.Icon.Question: Severity.HINT,
    QMessageBox.Icon.Warning: Severity.WARNING,
    QMessageBox.Icon.Critical: Severity.ERROR,
}
"""Our own marks instead of the style's pictures."""
_Role = QMessageBox.ButtonRole
_Answer = TypeVar("_Answer", bound=Enum)


class SaveChoice(Enum):
    """What to do with changes that are not saved."""

    SAVE = auto()
    DISCARD = auto()
    CANCEL = auto()


class RetryChoice(Enum):
    """What to do when a document could not be written."""

    RETRY = auto()
    ELSEWHERE = auto()
    CANCEL = auto()


class AboutChoice(Enum):
    """What one may want besides knowing what this program is."""

    CLOSE = auto()
    DATA_FOLDER = auto()
    LOG_FOLDER = auto()
    DIAGNOSTICS = auto()


def ask_save_changes(parent: QWidget, name: str) -> SaveChoice:
    """Ask whether to save before a report is closed."""
    box = make_box(parent, QMessageBox.Icon.Question, f"“{name}”有改动还没有保存。")
    box.setInformativeText("不保存的话，这些改动会丢失。")
    save = box.addButton("保存(&S)", _Role.AcceptRole)
    discard = box.addButton("不保存(&N)", _Role.DestructiveRole)
    cancel = box.addButton("取消", _Role.RejectRole)
    return answer_of(
        box, {save: SaveChoice.SAVE, discard: SaveChoice.DISCARD, cancel: SaveChoice.CANCEL}, cancel
    )


def ask_retry(parent: QWidget, sentence: str) -> RetryChoice:
    """Say why a document could not be written and ask what to do."""
    box = make_box(parent, QMessageBox.Icon.Warning, sentence)
    retry = box.addButton("重试(&R)", _Role.AcceptRole)
    elsewhere = box.addButton("另存为(&A)…", _Role.ActionRole)
    cancel = box.addButton("取消", _Role.RejectRole)
    answers = {retry: RetryChoice.RETRY, elsewhere: RetryChoice.ELSEWHERE, cancel: RetryChoice.CANCEL}
    return answer_of(box, answers, cancel)


def show_error(parent: QWidget | None, sentence: str) -> None:
    """Say what failed, in the failure's own sentence."""
    box = make_box(parent, QMessageBox.Icon.Warning, sentence)
    box.addButton("确定", _Role.AcceptRole)
    box.exec()


def show_crash(details: str, log_file: Path | None, state: str) -> None:
    """Say that the program made a mistake and how the work stands; the details are folded."""
    parent = QApplication.activeWindow()
    box = make_box(parent, QMessageBox.Icon.Critical, "程序出了一点问题，刚才的操作可能没有完成。")
    kept = f"\n问题已记入日志：{log_file}" if log_file else ""
    box.setInformativeText(f"{state}{kept}")
    box.setDetailedText(details)
    box.addButton("知道了", _Role.AcceptRole)
    box.exec()


def show_about(parent: QWidget) -> AboutChoice:
    """Say what this program is and where its data are; return what else is wanted."""
    form = form_for_year(date.today().year)
    box = make_box(parent, QMessageBox.Icon.NoIcon, PROGRAM)
    box.setInformativeText(
        f"版本 {model.__version__}\n年报格式：{form.name}（{form.basis}）\n"
        "离线使用，不连接网络。填写的内容只保存在您自己的文件里。\n\n"
        f"{_BREAKS.sub(_BREAK_AFTER, data_place().description)}\n\n"
        "本程序按 MIT 许可发布，使用 Qt 和 PySide6（LGPL-3.0）等开源组件，见 THIRD_PARTY_NOTICES.md。"
    )
    box.setIconPixmap(parent.windowIcon().pixmap(48))
    close = box.addButton("确定", _Role.AcceptRole)
    data = box.addButton("打开数据文件夹(&F)", _Role.ActionRole)
    log = box.addButton("打开日志文件夹(&L)", _Role.ActionRole)
    pack = box.addButton("导出诊断包(&D)…", _Role.ActionRole)
    answers = {
        close: AboutChoice.CLOSE,
        data: AboutChoice.DATA_FOLDER,
        log: AboutChoice.LOG_FOLDER,
        pack: AboutChoice.DIAGNOSTICS,
    }
    return answer_of(box, answers, close)


def ask_preferences(parent: QWidget, now: Preferences) -> Preferences | None:
    """Ask how the program should look and behave; None when the person changes their mind."""
    from gui.settings_dialog import SettingsDialog

    dialog = SettingsDialog(now, parent)
    return dialog.preferences if dialog.exec() else None


def ask_diagnostics_to_write(parent: QWidget, suggestion: Path) -> Path | None:
    """Ask where the 诊断包 goes."""
    return _ask_target(parent, "导出诊断包", suggestion, "压缩文件 (*.zip)")


def ask_report_to_open(parent: QWidget, folder: Path) -> Path | None:
    """Ask for a report to open; None when the person changes their mind."""
    return _ask_file(parent, "打开年报", folder, f"{_REPORTS};;{_ALL}")


def ask_report_to_read(parent: QWidget, title: str, folder: Path) -> Path | None:
    """Ask for another report, to be read only: last year's, one to compare with."""
    return _ask_file(parent, title, folder, f"{_REPORTS};;{_ALL}")


def ask_unlock_reason(parent: QWidget, cell: str) -> str | None:
    """Ask why a figure taken from last year is to be changed; None when the person changes their mind."""
    from gui.reason_dialog import ReasonDialog

    sentence = f"“{cell}”取自上年，应与上年报告一致。要修改，请写明原因，原因随年报文件保存。"
    dialog = ReasonDialog("解除锁定", sentence, "解除锁定(&U)", parent)
    return dialog.reason if dialog.exec() else None


def ask_report_to_save(parent: QWidget, suggestion: Path) -> Path | None:
    """Ask where to save a report; the system asks before an existing file is chosen."""
    return _ask_target(parent, "保存年报", suggestion, _REPORTS)


def ask_document_to_write(parent: QWidget, suggestion: Path, kind: str) -> Path | None:
    """Ask where to export to; ``kind`` names the format for the person."""
    return _ask_target(parent, f"导出 {kind}", suggestion, f"{kind} (*{suggestion.suffix})")


def ask_replace(parent: QWidget, names: Sequence[str]) -> bool:
    """Ask once whether files that exist may be replaced."""
    more = f"\n等 {len(names)} 个文件" if len(names) > _MOST_NAMED else ""
    told = "\n".join(names[:_MOST_NAMED]) + more
    return _agrees(parent, "文件夹里已有同名文件，导出会替换它们。", told, "替换(&R)")


def ask_despite(parent: QWidget, sentences: Sequence[str], yes: str) -> bool:
    """Ask whether to go on although something will not be printed as it was written."""
    return _agrees(parent, "有些内容印出来与写的不同。", "\n\n".join(sentences), yes)


def ask_folder(parent: QWidget, folder: Path) -> Path | None:
    """Ask for the folder to export to; None when the person changes their mind."""
    from PySide6.QtWidgets import QFileDialog

    name = QFileDialog.getExistingDirectory(parent, "选择导出文件夹", str(folder))
    return Path(name) if name else None


def ask_printer(parent: QWidget, name: str, pages: int) -> QPrinter | None:
    """Ask for a printer, pages and copies in the system's dialog; None when the person changes their mind."""
    from PySide6.QtGui import QPageSize
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from gui.printers import has_printers

    if not has_printers():
        show_error(parent, "这台电脑没有装打印机。可以先导出 PDF，拿到有打印机的电脑上打印。")
        return None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setDocName(name)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)  # an export is better
    return printer if dialog.exec() else None


def ask_final(
    parent: QWidget, name: str, changes: Sequence[str], kept: str, who: str, is_printed: bool
) -> Signature | None:
    """Ask who makes a report final, and why where findings speak against it; None for not now."""
    from gui.final_dialog import FinalDialog

    return FinalDialog(parent, name, changes, kept, who, is_printed).ask()


def ask_correction(parent: QWidget, sentence: str, changes: str) -> bool:
    """Ask whether a change of a final report is to be a 更正; refused, it is taken back."""
    more = f"刚才的改动：\n{changes}\n\n继续修改就成为更正，改完要重新定稿。"
    return _agrees(parent, sentence, more, "更正(&Y)", "撤销改动")


def show_final(parent: QWidget, text: str) -> None:
    """Say who made a report final and what was changed since."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, PROGRAM, text, parent=parent)
    box.addButton("确定", _Role.AcceptRole)
    box.exec()


def ask_template(parent: QWidget, year: int, unit: str) -> tuple[int, str] | None:
    """Ask for which year and unit to make a 填报模板; None when the person changes their mind."""
    from gui.template_dialog import TemplateDialog

    return TemplateDialog(parent, year, unit).ask()


def ask_workbook_to_read(parent: QWidget, folder: Path) -> Path | None:
    """Ask for a filled workbook; None when the person changes their mind."""
    return _ask_file(parent, "导入填好的 Excel", folder, f"Excel 工作簿 (*.xlsx);;{_ALL}")


def ask_import(parent: QWidget, name: str, changes: Sequence[str], doubts: Sequence[str]) -> bool:
    """Show what an import changes and what it did not take, and ask whether to go on."""
    from gui.import_dialog import ImportDialog

    return ImportDialog(parent, name, changes, doubts).ask()


def _agrees(parent: QWidget, sentence: str, more: str, yes: str, no: str = "取消") -> bool:
    """Ask whether to do something; Esc and the closing cross mean ``no``."""
    box = make_box(parent, QMessageBox.Icon.Question, sentence)
    box.setInformativeText(more)
    agree, refuse = box.addButton(yes, _Role.AcceptRole), box.addButton(no, _Role.RejectRole)
    box.setDefaultButton(agree)
    box.setEscapeButton(refuse)
    box.exec()
    return box.clickedButton() is agree


def _ask_file(parent: QWidget, title: str, folder: Path, filters: str) -> Path | None:
    """Ask for a file to read."""
    from PySide6.QtWidgets import QFileDialog  # costs every start 2 ms at the top

    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), filters)
    return Path(name) if name else None


def _ask_target(parent: QWidget, title: str, suggestion: Path, filters: str) -> Path | None:
    """Ask for a file to write, completing its suffix before asking about an existing one."""
    from PySide6.QtWidgets import QFileDialog

    dialog = QFileDialog(parent, title, str(suggestion.parent), filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suggestion.suffix.lstrip("."))
    dialog.selectFile(suggestion.name)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    return Path(chosen[0]) if chosen else None


def make_box(parent: QWidget | None, icon: QMessageBox.Icon, sentence: str) -> QMessageBox:
    """Return a message without buttons, to be given some."""
    box = QMessageBox(icon, PROGRAM, sentence, QMessageBox.StandardButton.NoButton, parent)
    if icon in _MARKS:
        from gui.marks import mark_picture

        box.setIconPixmap(mark_picture(_MARKS[icon], box))
    box.setMinimumWidth(420)
    return box


def answer_of(box: QMessageBox, answers: dict[QPushButton, _Answer], cancel: QPushButton) -> _Answer:
    """Show a box; Esc and the closing cross mean ``cancel``."""
    box.setDefaultButton(next(iter(answers)))
    box.setEscapeButton(cancel)
    box.exec()
    clicked = box.clickedButton()
    return next(answer for button, answer in answers.items() if button is clicked)
