"""The commands of the window, each once, in menus and on the toolbar, in the words these offices use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QToolButton

from gui.icons import SIZE, Icons
from gui.style import Scheme, widen


class Command(NamedTuple):
    """How a command appears: its words, its keys, its icon and what its tip adds."""

    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    checkable: bool = False


COMMANDS = {
    "new": Command("新建(&N)", ("Ctrl+N",), "new", "新建一份年报"),
    "new_from_last": Command("由上年文件新建(&L)…", (), "", "以上年的年报文件为底，新建下一年的年报"),
    "open": Command("打开(&O)…", ("Ctrl+O",), "open", "打开年报文件"),
    "save": Command("保存(&S)", ("Ctrl+S",), "save", "保存"),
    "save_as": Command("另存为(&A)…", ("Ctrl+Shift+S", "F12")),
    "versions": Command("备份与恢复(&B)…", (), "", "以前保存的版本和没有保存的副本"),
    "export": Command("导出(&D)…", ("Ctrl+E",), "", "选择格式和文件夹，一次导出多个文件"),
    "export_excel": Command("导出 Excel(&E)…", (), "spreadsheet", "按官方格式导出 Excel 工作簿"),
    "export_pdf": Command("导出 PDF(&P)…", (), "document", "按官方格式导出 PDF 文件"),
    "copy_report": Command("复制为网页(&H)", (), "", "把整份报告复制到剪贴板，可粘贴到网站后台"),
    "preview": Command("打印预览(&V)", ("Ctrl+Shift+P",), "", "查看导出和打印的页面，随填写更新"),
    "print": Command("打印(&T)…", ("Ctrl+P",), "", "打印这份报告"),
    "import": Command("导入(&I)…", (), "", "读入填好的填报模板，或者本程序导出的 Excel"),
    "template": Command("导出空白填报模板(&M)…", (), "", "生成发给其他单位填写的 Excel 表"),
    "close": Command("关闭(&C)", ("Ctrl+W",)),
    "quit": Command("退出(&X)", ("Ctrl+Q",)),
    "undo": Command("撤销(&U)", ("Ctrl+Z",), "undo"),
    "redo": Command("重做(&R)", ("Ctrl+Y", "Ctrl+Shift+Z"), "redo"),
    "cut": Command("剪切(&T)", ("Ctrl+X",), "cut", "剪切"),
    "copy": Command("复制(&C)", ("Ctrl+C",), "copy", "复制"),
    "paste": Command("粘贴(&P)", ("Ctrl+V",), "paste", "粘贴"),
    "clear": Command("清除(&L)", ("Del",)),
    "select_all": Command("全选(&A)", ("Ctrl+A",)),
    "find": Command("查找(&F)…", ("Ctrl+F",), "", "在表里查找行名和数字，在别处查找各部分的文字"),
    "replace": Command("替换(&E)…", ("Ctrl+H",), "", "替换各部分文字和机关名称里的词句，表里的数不变"),
    "copy_web": Command("复制为网页表格(&W)", (), "", "复制整张表，可粘贴到网页、Word 或表格程序"),
    "take_last_year": Command("提取上年数(&Y)…", (), "", "从上年的年报文件取来上年的数，用来核对和对比"),
    "show_last_year": Command(
        "与上年对比：本行(&V)", ("Ctrl+L",), "", "在表下列出当前行的上年数和增减", checkable=True
    ),
    "last_year_beside": Command(
        "与上年对比：本列(&H)", ("Ctrl+Shift+L",), "", "在表旁逐行列出当前列的上年数和增减", checkable=True
    ),
    "unlock": Command("解除锁定(&U)…", (), "", "说明原因后修改取自上年的数"),
    "compare": Command("与另一份年报比较(&B)…", (), "", "列出两份年报的不同之处"),
    "fill_row_zero": Command("所选行空白填 0(&R)", (), "", "把所选各行的空白格填上 0"),
    "fill_zero": Command("本表空白填 0(&Z)", (), "", "把本表的空白格填上 0"),
    "accept_totals": Command("采用计算的合计(&T)", (), "", "以程序计算的合计代替原表所写的合计"),
    "clear_table": Command("清空本表(&C)", (), "", "清空本表的填报数，可以撤销"),
    "review": Command("全部审核(&A)", ("F9",), "check", "重新审核整份年报"),
    "next_finding": Command("下一个(&N)", ("F4",), "next", "下一个审核问题"),
    "previous_finding": Command("上一个(&P)", ("Shift+F4",), "previous", "上一个审核问题"),
    "explain": Command("出错说明(&E)", ("F7",), "", "写明一条核实问题的原因"),
    "mend": Command("采用所给的改法(&X)", ("Ctrl+.",), "", "照审核结果下方的第一个按钮改"),
    "missing": Command("还差什么(&M)", ("F8",), "", "列出还没有填写的地方"),
    "finalise": Command("定稿(&D)…", (), "", "记下由谁在何时定稿；以后的改动要先确认，成为更正"),
    "zoom_in": Command("放大(&I)", ("Ctrl++", "Ctrl+=")),
    "zoom_out": Command("缩小(&O)", ("Ctrl+-",)),
    "zoom_reset": Command("恢复到 100%(&R)", ("Ctrl+0",)),
    "next_page": Command("下一页(&N)", ("Ctrl+PgDown",)),
    "previous_page": Command("上一页(&P)", ("Ctrl+PgUp",)),
    "next_pane": Command("下一个窗格(&W)", ("F6",)),
    "previous_pane": Command("上一个窗格(&V)", ("Shift+F6",)),
    "enter_right": Command("回车向右(&E)", (), "", "在表中按回车，光标向右移", checkable=True),
    "light": Command("浅色(&L)", checkable=True),
    "dark": Command("深色(&D)", checkable=True),
    "system": Command("跟随系统(&S)", checkable=True),
    "settings": Command("设置(&S)…"),
    "guide": Command("填报说明(&G)", ("F1",)),
    "shortcuts": Command("快捷键一览(&K)"),
    "diagnostics": Command("导出诊断包(&D)…", (), "", "供技术人员查找问题，不含年报内容"),
    "about": Command("关于本程序(&A)"),
}
NEEDS_REPORT = frozenset(COMMANDS) - {
    "new", "new_from_last", "settings", "guide", "shortcuts", "diagnostics",
    "open", "versions", "quit", "import", "template", "light", "dark", "system", "enter_right", "about",
    "zoom_in", "zoom_out", "zoom_reset",
}  # fmt: skip
"""Commands that make no sense without a report."""
MENUS = (
    (
        "文件(&F)",
        "new new_from_last open recent - save save_as versions"
        " - import export export_excel export_pdf copy_report template - preview print - close quit",
    ),
    ("编辑(&E)", "undo redo - cut copy copy_web paste clear - select_all find replace"),
    (
        "数据(&D)",
        "take_last_year show_last_year last_year_beside unlock - fill_row_zero fill_zero"
        " - accept_totals - clear_table - compare",
    ),
    ("审核(&R)", "review - next_finding previous_finding mend explain - finalise - missing findings_pane"),
    ("视图(&V)", "zoom_in zoom_out zoom_reset - next_page previous_page next_pane previous_pane"),
    ("工具(&T)", "enter_right scheme - settings"),
    ("帮助(&H)", "guide shortcuts - diagnostics about"),
)
_TOOLBAR = (
    "new open save - undo redo - cut copy paste - "
    "review previous_finding next_finding - export_excel export_pdf"
)
_TOOLBAR_TEXTS = {"review": "审核", "export_excel": "导出 Excel", "export_pdf": "导出 PDF"}
"""Commands that the toolbar names, since no picture says them plainly."""


class Actions(QObject):
    """The actions of one window by name; whoever does a thing connects to ``triggered``."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._actions = {name: self._make(name, command) for name, command in COMMANDS.items()}
        self.recent_menu = _wide(QMenu("最近打开(&R)", window))
        self._scheme_menu = _wide(QMenu("外观(&L)", window))
        schemes = QActionGroup(self)
        for scheme in Scheme:
            self._scheme_menu.addAction(schemes.addAction(self._actions[scheme.value]))

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def connect_all(self, commands: Mapping[str, Callable[[], object]]) -> None:
        """Have each named command do a thing."""
        for name, command in commands.items():
            self._actions[name].triggered.connect(lambda _checked=False, command=command: command())

    def set_icons(self, icons: Icons) -> None:
        """Take icons in other colours."""
        for name, command in COMMANDS.items():
            if command.icon:
                self._actions[name].setIcon(icons.get(command.icon))

    def set_enabled(self, names: Iterable[str], enabled: bool) -> None:
        """Switch some commands on or off."""
        for name in names:
            self._actions[name].setEnabled(enabled)

    def show_history(self, undo: str | None, redo: str | None) -> None:
        """Say what undo and redo would do; None switches them off."""
        for name, word, label in (("undo", "撤销", undo), ("redo", "重做", redo)):
            action, key = self._actions[name], name[0].upper()
            action.setEnabled(label is not None)
            action.setText(f"{word}{f' {label}' if label else ''}(&{key})")
            action.setToolTip(_tip(f"{word}{f'：{label}' if label else ''}", COMMANDS[name].keys))

    def fill_menus(self, window: QMainWindow, findings_pane: QAction) -> None:
        """Put every command into the window's menu bar."""
        submenus = {"recent": self.recent_menu, "scheme": self._scheme_menu}
        for title, names in MENUS:
            menu = _wide(window.menuBar().addMenu(title))
            for name in names.split():
                if name == "-":
                    menu.addSeparator()
                elif name in submenus:
                    menu.addMenu(submenus[name])
                else:
                    menu.addAction(findings_pane if name == "findings_pane" else self._actions[name])

    def make_toolbar(self, window: QMainWindow) -> QToolBar:
        """Return the toolbar with the commands used most."""
        bar = QToolBar("工具栏", window)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(QSize(SIZE, SIZE))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in _TOOLBAR.split():
            if name == "-":
                bar.addSeparator()
                continue
            bar.addAction(self._actions[name])
            button = bar.widgetForAction(self._actions[name])
            button.setAccessibleName(COMMANDS[name].tip or self._actions[name].text())
            if name in _TOOLBAR_TEXTS and isinstance(button, QToolButton):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return bar

    # ------------------------------------------------------------ within

    def _make(self, name: str, command: Command) -> QAction:
        action = QAction(command.text, self)
        action.setObjectName(name)
        action.setCheckable(command.checkable)
        action.setIconVisibleInMenu(False)  # menus are read, not looked at
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setIconText(_TOOLBAR_TEXTS.get(name, command.tip or command.text.partition("(")[0]))
        action.setToolTip(_tip(command.tip or command.text.partition("(")[0], command.keys))
        return action


def plain_text(text: str) -> str:
    """Return a command's or menu's words without the letter that picks it."""
    return text.partition("(&")[0].rstrip("…")


def _wide(menu: QMenu) -> QMenu:
    """Have a menu measured anew each time it is shown: entries change their words."""
    menu.aboutToShow.connect(lambda: widen(menu))
    return menu


def _tip(text: str, keys: tuple[str, ...]) -> str:
    return f"{text}（{keys[0]}）" if keys else text
