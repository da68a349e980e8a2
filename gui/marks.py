"""The marks of severities, told apart by shape as well as by colour.

强制 is a filled square, 核实 a triangle's outline, 提示 a ring, 已说明 a pencil; a number stands beside them.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.style import Colours, colours_of
from model.forms import Severity

HEIGHT = 18
"""Height of a mark in pixels before scaling."""
_GAP = 4.0


def mark_colour(severity: Severity, colours: Colours) -> QColor:
    """Return the colour of a severity's mark."""
    names = {
        Severity.ERROR: colours.error,
        Severity.WARNING: colours.warning,
        Severity.HINT: colours.muted,
    }
    return QColor(names[severity])


def mark_width(text: str, font: QFont) -> float:
    """Return how wide a mark with a number is."""
    return HEIGHT + _GAP + QFontMetricsF(_number_font(font)).horizontalAdvance(text)


def paint_mark(
    painter: QPainter, middle_right: QPointF, severity: Severity, text: str, colours: Colours
) -> float:
    """Paint a mark with its number ending at a point, in the painter's font; return its width."""
    font = painter.font()
    width = mark_width(text, font)
    left = middle_right.x() - width
    shape = QRectF(left, middle_right.y() - HEIGHT / 2, HEIGHT, HEIGHT)
    paint_shape(painter, shape, severity, colours)
    painter.save()
    painter.setFont(_number_font(font))
    painter.setPen(
        QColor(colours.warning_text if severity is Severity.WARNING else mark_colour(severity, colours))
    )
    box = QRectF(shape.right() + _GAP, shape.top(), width - HEIGHT - _GAP + 1, HEIGHT)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()
    return width


def paint_shape(painter: QPainter, box: QRectF, severity: Severity, colours: Colours) -> None:
    """Paint the shape of a severity alone: ■ with 强, △ with !, ○ with i."""
    tint = mark_colour(severity, colours)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tint, 1.6, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)  # not what was painted with before
    side = min(box.width(), box.height())
    shape = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side).adjusted(
        2, 2, -2, -2
    )
    if severity is Severity.ERROR:
        painter.setBrush(tint)
        painter.drawRoundedRect(shape, 2, 2)
        _cross(painter, shape, QColor(colours.paper))
    elif severity is Severity.WARNING:
        top, left, right = shape.center().x(), shape.bottomLeft(), shape.bottomRight()
        painter.drawPolygon(QPolygonF([QPointF(top, shape.top()), right, left]))
        _stroke_and_dot(painter, shape.adjusted(0, 4.5, 0, -1.5), tint, dot_below=True)
    else:
        painter.drawEllipse(shape)
        _stroke_and_dot(painter, shape.adjusted(0, 3, 0, -3), tint, dot_below=False)
    painter.restore()


def mark_picture(severity: Severity, widget: QWidget) -> QPixmap:
    """Return a severity's shape as large as the picture of a message, crisp on the widget's screen."""
    ratio = widget.devicePixelRatioF()
    picture = QPixmap(QSize(2 * HEIGHT, 2 * HEIGHT) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.scale(2, 2)
    paint_shape(painter, QRectF(0, 0, HEIGHT, HEIGHT), severity, colours_of(widget.palette()))
    painter.end()
    return picture


def paint_pencil(painter: QPainter, box: QRectF, colours: Colours) -> None:
    """Paint the mark of a finding that is explained."""
    left, top, side = box.x() + 2, box.y() + 2, min(box.width(), box.height()) - 4
    points = ((0.0, 1.0), (0.1, 0.68), (0.72, 0.06), (0.94, 0.28), (0.32, 0.9))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.explained), 1.6, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF([QPointF(left + x * side, top + y * side) for x, y in points]))
    painter.drawLine(
        QPointF(left + 0.55 * side, top + 0.23 * side), QPointF(left + 0.77 * side, top + 0.45 * side)
    )
    painter.restore()


def _cross(painter: QPainter, shape: QRectF, tint: QColor) -> None:
    inner = shape.adjusted(4, 4, -4, -4)
    painter.setPen(QPen(tint, 1.8, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())


def _stroke_and_dot(painter: QPainter, shape: QRectF, tint: QColor, *, dot_below: bool) -> None:
    """Paint an exclamation mark, or turned over an i."""
    x, top, bottom = shape.center().x(), shape.top(), shape.bottom()
    painter.setPen(QPen(tint, 1.6, c=Qt.PenCapStyle.RoundCap))
    gap = 2.6
    if dot_below:
        painter.drawLine(QPointF(x, top), QPointF(x, bottom - gap - 0.6))
        painter.drawPoint(QPointF(x, bottom - 0.4))
    else:
        painter.drawPoint(QPointF(x, top + 0.4))
        painter.drawLine(QPointF(x, top + gap + 0.8), QPointF(x, bottom))


def _number_font(font: QFont) -> QFont:
    number = QFont(font)
    number.setBold(True)
    return number
