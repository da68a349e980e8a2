"""The bar over the texts: what is looked for, and below it, where one replaces, what comes in its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.buttons import PlainButton
from gui.find_bar import FindLine
from gui.style import GRID
from gui.text_input import DocumentLineEdit, TypingSteps

_ROOM_FOR_RESULT = 12 * GRID


class TextBar(FindLine):
    """Two lines of field and buttons; the fields leave undo to the report, for that is what one undoes."""

    replace_wanted = Signal()
    """The find that is shown is to be replaced, then the next one shown."""
    replace_all_wanted = Signal()

    def __init__(self, steps: TypingSteps, parent: QWidget) -> None:
        super().__init__(DocumentLineEdit(steps), "查找各部分的文字和机关名称", "查找文字", parent)
        self.by = DocumentLineEdit(steps, self)
        self.by.setPlaceholderText("替换为（空着就是删去）")
        self.by.setAccessibleName("替换为")
        self.by.installEventFilter(self)
        self._next = PlainButton("下一处(&G)", self)
        self._next.setToolTip("下一处（回车），上一处（Shift+回车）")
        self._close = PlainButton("关闭", self)
        self._close.setToolTip("关闭（Esc）")
        self._one = PlainButton("替换(&P)", self)
        self._one.setToolTip("替换这一处，再到下一处")
        self._all = PlainButton("全部替换(&S)", self)
        self._all.setToolTip("替换整份报告文字里的每一处，可以一次撤销")
        self._lay_out()
        self._next.clicked.connect(lambda: self.wanted.emit(self.field.text(), 1))
        self._close.clicked.connect(self.close_line)
        self._one.clicked.connect(self.replace_wanted)
        self._all.clicked.connect(self.replace_all_wanted)

    def show_replacing(self, replacing: bool) -> None:
        """Show the second line or not."""
        for part in (self.by, self._one, self._all):
            part.setVisible(replacing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Replace by Enter in the second line."""
        pressed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key()
        if watched is self.by and pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.replace_wanted.emit()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc also from a button."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_line()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------ within

    def _lay_out(self) -> None:
        self.grid.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        self.grid.setSpacing(GRID)
        rows = ((self.field, self.result, self._next, self._close), (self.by, None, self._one, self._all))
        for row, parts in enumerate(rows):
            for column, part in enumerate(parts):
                if part is not None:
                    self.grid.addWidget(part, row, column)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnMinimumWidth(1, _ROOM_FOR_RESULT)
        for before, after in ((self.field, self.by), (self.by, self._next), (self._next, self._one)):
            QWidget.setTabOrder(before, after)
        QWidget.setTabOrder(self._one, self._all)
        QWidget.setTabOrder(self._all, self._close)
