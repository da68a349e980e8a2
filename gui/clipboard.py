"""Between the clipboard's formats and blocks of texts. Knows nothing of tables."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData

from model.blocks import Block, read_html, read_text, write_html, write_text


def block_of(mime: QMimeData | None) -> Block | None:
    """Return the block on the clipboard; a table in HTML before plain text, None for neither.

    HTML tells merged cells and line breaks within a cell apart, which plain text does not.
    """
    if mime is None:
        return None
    block = read_html(mime.html()) if mime.hasHtml() else None
    if block is None and mime.hasText() and mime.text():
        block = read_text(mime.text())
    return block


def mime_of(rows: Sequence[Sequence[str]], html: str = "") -> QMimeData:
    """Return rows as tab-separated text and as a bordered HTML table (or the HTML that is given)."""
    mime = QMimeData()
    mime.setText(write_text(rows))
    mime.setHtml(html or write_html(rows))
    return mime
