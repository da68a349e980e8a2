"""Makes Qt speak Chinese: its own translation, and ours for the few texts that one lacks."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

_MISSING = {
    "QAbstractFileIconProvider": {
        "Drive": "磁盘",
        "File": "文件",
        "File Folder": "文件夹",
        "Folder": "文件夹",
        "%1 File": "%1 文件",
        "Alias": "替身",
        "Shortcut": "快捷方式",
        "Unknown": "未知",
    },
}
"""What qtbase_zh_CN.qm of Qt 6.8 and 6.9 leaves in English, by context."""


class MissingTexts(QTranslator):
    """Translates what Qt's own translation lacks."""

    def isEmpty(self) -> bool:
        """Tell Qt that there is something to ask for."""
        return False

    def translate(  # type: ignore[override]  # None, not "", is what makes Qt ask the next translator
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return our text, or None for one that is not ours."""
        del disambiguation, n
        return _MISSING.get(context, {}).get(source)


def speak_chinese(application: QApplication) -> None:
    """Set the locale and have every text of Qt's own appear in Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    for translator in (MissingTexts(application), _of_qt(application)):
        application.installTranslator(translator)


def _of_qt(parent: QObject) -> QTranslator:
    translator = QTranslator(parent)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load("qtbase_zh_CN", folder):
        raise FileNotFoundError(f"qtbase_zh_CN.qm in {folder}")
    return translator
