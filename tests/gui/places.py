"""Every page and dialog that a person can come to, to be opened and looked at: for sweeps and pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from shiboken6 import isValid

from gui import dialogs, file_dialogs
from gui.export_dialog import ExportDialog
from gui.main_window import MainWindow
from gui.preview_window import PreviewWindow
from gui.reading_window import ReadingWindow
from gui.settings_dialog import Preferences, SettingsDialog
from gui.style import Scheme
from gui.versions_dialog import VersionsDialog
from gui.year_commands import YearCommands
from model import storage
from model.carry_over import take_previous
from model.cells import CellId
from model.recoverable import Recoverable
from model.report import Report
from model.restoring import Differences, differences
from tests.gui.window_driver import (
    CONTROL,
    SAMPLE,
    copy_of_sample,
    document,
    focused,
    press,
    rest_until,
    trigger,
    workspace,
)

Look = Callable[[QWidget], None]
Go = Callable[["Tour", Look], None]
"""Brings a place to the screen, has it looked at, and leaves it."""

_LONG_NAME = "岳阳市南湖新区管理委员会办公室（政务公开与信息化工作领导小组办公室）"
_OUT = CellId("requests", "carried_out", "natural_person")
_IN = _OUT._replace(row="carried_in")
_REAL_QUESTIONS = {
    name: function for module in (dialogs, file_dialogs) for name, function in vars(module).items()
}


class Tour:
    """One window and a folder to write in; a place each call of :meth:`visit`."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window = window
        self.folder = folder

    def visit(self, name: str, look: Look) -> None:
        """Go to a place and have it looked at; raise what looking raises."""
        PLACES[name](self, look)

    # ------------------------------------------------------------ the window

    def report(self) -> None:
        """Have the sample open, beside last year's report."""
        if self.window.workspace is None:
            assert self.window.open_path(copy_of_sample(self.folder))
            held = document(self.window)
            held.apply("提取上年数", take_previous(held.form, held.report, _previous()))
            trigger(self.window, "save")
        self.window.status.outdate_message()

    def step(self, step: str, look: Look) -> None:
        """Look at the page of a step."""
        self.report()
        workspace(self.window).go_to(step)
        workspace(self.window).focus_page()
        self.settle()
        look(self.window)

    def settle(self) -> None:
        """Let layouts and paints that wait take their turn."""
        QTest.qWait(1)  # unlike processEvents it also lets go what waits for that

    # ------------------------------------------------------------ dialogs

    def asked(self, ask: Callable[[], object], look: Look) -> None:
        """Look at what a question shows while it waits, then press Esc, which must end it."""
        found: list[Exception] = []
        timer = QTimer(singleShot=True, interval=20)
        timer.timeout.connect(partial(self._look_and_leave, look, found))
        timer.start()
        ask()
        if found:
            raise found[0]

    def _look_and_leave(self, look: Look, found: list[Exception]) -> None:
        shown = QApplication.activeModalWidget()
        try:
            assert shown is not None, "nothing was asked"
            self.settle()
            look(shown)
            QTest.keyClick(shown.focusWidget() or shown, Qt.Key.Key_Escape)
            assert not shown.isVisible(), f"Esc does not end {shown.windowTitle()}"
        except Exception as failure:  # noqa: BLE001 - raised again where it is awaited
            found.append(failure)
        if isinstance(shown, QDialog):
            shown.done(0)

    def beside(self, kind: type[QWidget], look: Look) -> None:
        """Look at a window that stands beside, and close it by Esc."""
        shown = [part for part in QApplication.topLevelWidgets() if type(part) is kind and part.isVisible()][
            -1
        ]
        self.settle()
        look(shown)
        QTest.keyClick(shown.focusWidget() or shown, Qt.Key.Key_Escape)
        QTest.qWait(1)
        assert not isValid(shown) or not shown.isVisible(), f"Esc does not close {kind.__name__}"


def _question(name: str, *arguments: object, **more: object) -> Go:
    def go(tour: Tour, look: Look) -> None:
        tour.asked(lambda: _REAL_QUESTIONS[name](tour.window, *arguments, **more), look)

    return go


def _step(step: str) -> Go:
    return lambda tour, look: tour.step(step, look)


# ---------------------------------------------------------------- pages and panels


def _start(tour: Tour, look: Look) -> None:
    if tour.window.workspace is not None:
        tour.window.close_report()
    tour.settle()
    look(tour.window)


def _start_with_files(tour: Tour, look: Look) -> None:
    _start(tour, lambda _: None)
    files = [
        tour.folder / f"{name}2023年年报.xxgk" for name in ("某县人民政府", "市文化和旅游局", _LONG_NAME)
    ]
    tour.window.start_page().show_recent(files)
    tour.settle()
    look(tour.window)


def _start_after_crash(tour: Tour, look: Look) -> None:
    _start(tour, lambda _: None)
    recovery = tour.window.file_notices._run.recovery
    recovery.found = (_left_behind(None), _left_behind(tour.folder / "南湖新区 2021.xxgk"))
    recovery.found_changed.emit()
    tour.settle()
    look(tour.window)
    recovery.forget_all()


def _findings(tour: Tour, look: Look, *, until: str) -> None:
    tour.report()
    for finding in tour.window.findings.model.findings:
        tour.window.findings.set_current(None)
        if finding.severity.value == until:
            tour.window.findings.set_current(finding)
            workspace(tour.window).go_to_finding(finding)
            break
    tour.settle()
    look(tour.window)
    tour.window.findings.set_current(None)


def _explaining(tour: Tour, look: Look) -> None:
    tour.report()
    trigger(tour.window, "explain")
    tour.settle()
    look(tour.window)
    tour.window.findings.set_current(None)


def _find(tour: Tour, look: Look) -> None:
    tour.step("requests", lambda _: None)
    trigger(tour.window, "find")
    _enter("予以公开")
    tour.settle()
    look(tour.window)
    press(Qt.Key.Key_Escape)


def _in_texts(command: str, words: str) -> Go:
    def go(tour: Tour, look: Look) -> None:
        tour.step("problems", lambda _: None)
        trigger(tour.window, command)
        _enter(words)
        tour.settle()
        look(tour.window)
        tour.settle()
        trigger(tour.window, "find")
        press(Qt.Key.Key_Escape)

    return go


def _last_year(tour: Tour, look: Look) -> None:
    tour.step("requests", lambda _: None)
    trigger(tour.window, "show_last_year")
    tour.settle()
    look(tour.window)
    trigger(tour.window, "show_last_year")


def _last_year_beside(tour: Tour, look: Look) -> None:
    for table in ("requests", "disclosure", "review"):
        tour.step(table, lambda _: None)
        trigger(tour.window, "last_year_beside")
        tour.settle()
        look(tour.window)
        trigger(tour.window, "last_year_beside")


def _pasted(tour: Tour, look: Look) -> None:
    tour.step("requests", lambda _: None)
    QApplication.clipboard().setText("1\t2\t约10\n\t\t\n3\t4\t5\r\n")
    press(Qt.Key.Key_V, CONTROL)
    tour.settle()
    look(tour.window)
    trigger(tour.window, "undo")
    QApplication.clipboard().clear()


def _exported(tour: Tour, look: Look) -> None:
    tour.step("requests", lambda _: None)
    bar = tour.window.message_bar
    remarks = ["二、行政处罚一列有 2 个空白格，导出为空白。"]
    bar.show_result(
        "已导出：南湖新区 2021.pdf（草稿）", {"open": "打开文件", "folder": "打开文件夹"}, remarks=remarks
    )
    tour.settle()
    look(tour.window)
    bar.hide()


def _told_of_the_file(tour: Tour, look: Look) -> None:
    tour.step("requests", lambda _: None)
    tour.window.file_notices._tell(
        "“南湖新区 2021.xxgk”刚被别人或别的程序改过。您填写的内容都在窗口里，保存时会先问您，不会互相覆盖。",
        {"比较(&B)…": print, "另存为(&A)…": print},
    )
    tour.settle()
    look(tour.window)
    tour.window.file_notices.bar.hide()


def _missing(tour: Tour, look: Look) -> None:
    tour.report()
    trigger(tour.window, "missing")
    tour.settle()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    look(popup)
    popup.close()


# ---------------------------------------------------------------- windows beside and dialogs


def _beside(command: str, kind: type[QWidget]) -> Go:
    def go(tour: Tour, look: Look) -> None:
        tour.report()
        trigger(tour.window, command)
        tour.beside(kind, look)

    return go


def _preview(tour: Tour, look: Look) -> None:
    tour.report()
    trigger(tour.window, "preview")
    shown = [part for part in QApplication.topLevelWidgets() if isinstance(part, PreviewWindow)][-1]
    view = shown.view
    rest_until(lambda: view.page_count > 0 and view.next_wanted() is None, "the pages")
    tour.beside(PreviewWindow, look)


def _export(tour: Tour, look: Look, *, forced: bool = False) -> None:
    tour.report()
    tour.window.exports._settings.set_folder("export", tour.folder)
    trigger(tour.window, "export")
    shown = tour.window.findChildren(ExportDialog)[-1]
    if forced:
        shown._force._force.setChecked(True)
        shown.start()
    rest_until(lambda: shown._is_checked and not shown.is_running, "the export")
    tour.beside(ExportDialog, look)


def _exported_several(tour: Tour, look: Look) -> None:
    tour.report()
    tour.window.exports._settings.set_folder("export", tour.folder)
    trigger(tour.window, "export")
    shown = tour.window.findChildren(ExportDialog)[-1]
    shown._rows[".pdf"].show_written(tour.folder / "年报.pdf", "草稿")
    shown._rows[".xlsx"].show_failure(
        "“年报.xlsx”正被 WPS 打开着，关闭以后重试，或者另存为别的名字。", can_retry=True
    )
    shown._open_folder.show()
    shown.show_remark("附注里有 2 个生僻字，PDF 用宋体代替了仿宋。")
    tour.beside(ExportDialog, look)


def _versions(tour: Tour, look: Look) -> None:
    tour.report()
    trigger(tour.window, "save")
    trigger(tour.window, "versions")
    tour.beside(VersionsDialog, look)


def _settings(tour: Tour, look: Look) -> None:
    now = Preferences(
        Scheme.LIGHT, 100, enter_moves_right=False, last_year_shown=True, last_year_beside=False
    )
    tour.asked(lambda: SettingsDialog(now, tour.window).exec(), look)


def _compared(tour: Tour, look: Look) -> None:
    tour.report()
    years = tour.window.findChild(YearCommands)
    assert years is not None
    years._show_differences("南湖新区 2020", _differing())
    from gui.comparison_dialog import ComparisonDialog

    tour.beside(ComparisonDialog, look)


def _crash(tour: Tour, look: Look) -> None:
    details = "Traceback (most recent call last):\n  File ...\nZeroDivisionError: division by zero\n"
    log = tour.folder / "logs" / "faults.log"
    state = "打开的年报都完好，已另存副本；请先保存，再继续。"
    tour.asked(lambda: _REAL_QUESTIONS["show_crash"](details, log, state), look)


def _search_in_guide(tour: Tour, look: Look) -> None:
    tour.report()
    trigger(tour.window, "guide")
    shown = [
        part
        for part in QApplication.topLevelWidgets()
        if isinstance(part, ReadingWindow) and part.isVisible()
    ]
    shown[-1].search.setText("没有这个词")
    tour.beside(ReadingWindow, look)


def _enter(text: str) -> None:
    field = focused()
    assert isinstance(field, QLineEdit)
    field.setText(text)


# ---------------------------------------------------------------- what they show


def _previous() -> Report:
    report = storage.load(SAMPLE)
    return replace(report, year=2020, inputs={**report.inputs, _OUT: 0})


def _differing() -> Differences:
    now = storage.load(SAMPLE)
    texts = {**now.texts, "problems": "上年的问题：公开不够及时，解读形式单一。" * 12}
    return differences(replace(now, inputs={**now.inputs, _IN: 4}, texts=texts, unit_name=_LONG_NAME), now)


def _left_behind(path: Path | None) -> Recoverable:
    return Recoverable(
        folder=Path("x"),
        path=path,
        at=datetime(2022, 1, 20, 10, 32),
        report=replace(storage.load(SAMPLE), unit_name=_LONG_NAME if path else "某县人民政府"),
        copies=(),
        unreadable=0,
        saved=storage.load(SAMPLE) if path else None,
        saved_later=path is not None,
        differences=_differing(),
    )


_CHANGES: Sequence[str] = (
    "机关名称：岳阳市南湖新区管委会 改为 某县人民政府",
    "三（一）本年新收政府信息公开申请数量·自然人：68 改为 72",
    "五、存在的主要问题及改进情况：改动 128 字",
)
_DOUBTS = ("“三”工作表 D12 的“约10”不是数字，没有读入", "报告年份 2023 与现有的 2021 不同")
_KEPT = "强制错误 1 条、没有说明的核实 2 条"

PLACES: dict[str, Go] = {
    "start": _start,
    "start-files": _start_with_files,
    "start-recovery": _start_after_crash,
    **{
        step: _step(step)
        for step in ("unit", "overview", "disclosure", "requests", "review", "problems", "other")
    },
    "finding-error": partial(_findings, until="error"),
    "finding-warning": partial(_findings, until="warning"),
    "finding-hint": partial(_findings, until="hint"),
    "explaining": _explaining,
    "find": _find,
    "find-in-texts": _in_texts("find", "政府信息公开"),
    "find-nothing": _in_texts("find", "没有这个词"),
    "replace": _in_texts("replace", "2021年"),
    "last-year": _last_year,
    "last-year-beside": _last_year_beside,
    "pasted": _pasted,
    "exported": _exported,
    "file-changed": _told_of_the_file,
    "missing": _missing,
    "guide": _beside("guide", ReadingWindow),
    "guide-nothing": _search_in_guide,
    "shortcuts": _beside("shortcuts", ReadingWindow),
    "preview": _preview,
    "export": _export,
    "export-forced": partial(_export, forced=True),
    "export-done": _exported_several,
    "versions": _versions,
    "compared": _compared,
    "settings": _settings,
    "crash": _crash,
    "about": _question("show_about"),
    "ask-save": _question("ask_save_changes", "南湖新区 2021.xxgk"),
    "ask-retry": _question("ask_retry", "“年报.pdf”正被别的程序打开着，写不进去。请关闭那个程序再重试。"),
    "error": _question("show_error", "“年报.xxgk”不是年报文件，或者已经损坏，打不开。"),
    "ask-unlock": _question("ask_unlock_reason", "三（二）上年结转政府信息公开申请数量·自然人"),
    "ask-replace": _question("ask_replace", ["年报.pdf", "年报.xlsx", "年报.docx"]),
    "ask-final": _question("ask_final", "定稿", [], _KEPT, "", True),
    "ask-correction-final": _question("ask_final", "更正", _CHANGES, "", "张三", True),
    "ask-correction": _question(
        "ask_correction", "这份年报已定稿：2022-01-20 10:32，张三，校验码 3F2A。", "\n".join(_CHANGES)
    ),
    "final": _question(
        "show_final", "定稿：2022-01-20 10:32，张三，校验码 3F2A\n" + "\n".join(f"　{c}" for c in _CHANGES)
    ),
    "ask-template": _question("ask_template", 2021, ""),
    "ask-import": _question("ask_import", "填好.xlsx", _CHANGES, _DOUBTS),
    "ask-import-nothing": _question("ask_import", "填好.xlsx", (), _DOUBTS),
    "ask-open-elsewhere": _question(
        "ask_open_elsewhere", "“南湖新区 2021.xxgk”正由 李四 在电脑 WB-07 上编辑（10:32 起）。"
    ),
    "ask-taken-over": _question("ask_taken_over", "“南湖新区 2021.xxgk”已由 李四 在电脑 WB-07 上接管。"),
    "ask-overwrite": _question(
        "ask_overwrite", "“南湖新区 2021.xxgk”在打开以后被别的程序改过。", comparable=True
    ),
    "ask-damaged": _question(
        "ask_damaged",
        "“南湖新区 2021.xxgk”已经损坏：第 12 行读不懂。",
        "备份：2022-01-19 16:20 保存的版本",
        "还能读出：142 个数、3 篇文字",
        ["三（一）·自然人"],
    ),
    "ask-purge": _question("ask_purge", "清除所有年报的全部备份版本，以及程序留下的未保存的副本？"),
    "differences": _question(
        "show_differences", "比较：南湖新区 2021", ("磁盘上的文件", "窗口里的内容"), _differing()
    ),
}
"""Place by name."""
