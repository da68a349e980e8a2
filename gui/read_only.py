"""A report that is only to be read: the fields of a page take no typing."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from gui.text_input import DocumentLineEdit


def follow_read_only(page: QWidget, read_only: bool) -> None:
    """Let the fields of a page take typing or not. Tables ask the document themselves."""
    for field in page.findChildren(DocumentLineEdit):
        field.setReadOnly(read_only)
    for text in page.findChildren(QPlainTextEdit):
        text.setReadOnly(read_only)
    for choice in page.findChildren(QComboBox):
        choice.setEnabled(not read_only)
