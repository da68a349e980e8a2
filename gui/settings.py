"""What the program remembers between two runs, in one ini file of the user's data folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QByteArray, QSettings

from gui.style import Scheme

RECENT = 10
"""How many recent files are kept."""
ZOOMS = (60, 70, 80, 90, 100, 110, 125, 150, 175, 200)
"""The steps of zooming in and out, in percent."""

_Kept = TypeVar("_Kept", list[Any], dict[str, Any])


class Settings:
    """Typed access to the ini file. A value that makes no sense counts as absent."""

    def __init__(self, file: Path) -> None:
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    def flush(self) -> bool:
        """Write to the file what is still in memory; tell whether all of this run could be written."""
        self._store.sync()
        return self._store.status() is QSettings.Status.NoError

    # ------------------------------------------------------------ the window

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window, as Qt packs them; empty when never kept."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("window/geometry", value)

    @property
    def layout(self) -> QByteArray:
        """Places of docks and bars, as Qt packs them; empty when never kept."""
        return self._bytes("window/layout")

    @layout.setter
    def layout(self, value: QByteArray) -> None:
        self._store.setValue("window/layout", value)

    @property
    def preview_geometry(self) -> QByteArray:
        """Place and size of the print preview, as Qt packs them; empty when never kept."""
        return self._bytes("window/preview")

    @preview_geometry.setter
    def preview_geometry(self, value: QByteArray) -> None:
        self._store.setValue("window/preview", value)

    @property
    def scheme(self) -> Scheme:
        """Light, dark or as the system."""
        name = self._text("look/scheme")
        return Scheme(name) if name in {scheme.value for scheme in Scheme} else Scheme.LIGHT

    @scheme.setter
    def scheme(self, value: Scheme) -> None:
        self._store.setValue("look/scheme", value.value)

    @property
    def zoom(self) -> int:
        """Size of tables and texts, in percent."""
        text = self._text("look/zoom")
        number = int(text) if text.isascii() and text.isdigit() else 100
        return min(max(number, ZOOMS[0]), ZOOMS[-1])

    @zoom.setter
    def zoom(self, value: int) -> None:
        self._store.setValue("look/zoom", str(value))

    @property
    def enter_moves_right(self) -> bool:
        """Whether Enter goes to the right in tables, not down."""
        return self._text("tables/enter_moves_right") == "true"

    @enter_moves_right.setter
    def enter_moves_right(self, value: bool) -> None:
        self._store.setValue("tables/enter_moves_right", "true" if value else "false")

    @property
    def last_year_shown(self) -> bool:
        """Whether last year's numbers stand under the tables."""
        return self._text("tables/last_year") == "true"

    @last_year_shown.setter
    def last_year_shown(self, value: bool) -> None:
        self._store.setValue("tables/last_year", "true" if value else "false")

    @property
    def last_year_beside(self) -> bool:
        """Whether last year's numbers of the current column stand beside the tables."""
        return self._text("tables/last_year_beside") == "true"

    @last_year_beside.setter
    def last_year_beside(self, value: bool) -> None:
        self._store.setValue("tables/last_year_beside", "true" if value else "false")

    @property
    def findings_shown(self) -> bool:
        """Whether the pane with the findings is open."""
        return self._text("window/findings") != "false"

    @findings_shown.setter
    def findings_shown(self, value: bool) -> None:
        self._store.setValue("window/findings", "true" if value else "false")

    def for_diagnosis(self) -> Mapping[str, str]:
        """Return the choices that may be shown to somebody who looks for a fault: no file, no folder."""
        tables = ("tables/enter_moves_right", "tables/last_year", "tables/last_year_beside")
        keys = ("look/scheme", "look/zoom", *tables, "window/findings", "export/faces")
        return {key: self._text(key) for key in keys}

    # ------------------------------------------------------------ files

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """The reports opened or saved last, the latest first."""
        return tuple(Path(text) for text in self._json("files/recent", list) if isinstance(text, str))

    def add_recent_file(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        others = [file for file in self.recent_files if file != path]
        self._keep_recent([path, *others][:RECENT])

    def remove_recent_file(self, path: Path) -> None:
        """Forget a file that is no longer there."""
        self._keep_recent([file for file in self.recent_files if file != path])

    def folder(self, purpose: str, default: Path) -> Path:
        """Return the folder last used for a purpose ("report", "export") while it exists."""
        text = self._text(f"folders/{purpose}")
        return Path(text) if text and Path(text).is_dir() else default

    def set_folder(self, purpose: str, folder: Path) -> None:
        """Remember the folder last used for a purpose."""
        self._store.setValue(f"folders/{purpose}", str(folder))

    @property
    def final_by(self) -> str:
        """Who made a report final last, as typed."""
        return self._text("report/final_by")

    @final_by.setter
    def final_by(self, value: str) -> None:
        self._store.setValue("report/final_by", value)

    @property
    def final_is_signed(self) -> bool:
        """Whether documents name who made the report final."""
        return self._text("report/final_is_signed") != "false"

    @final_is_signed.setter
    def final_is_signed(self, value: bool) -> None:
        self._store.setValue("report/final_is_signed", "true" if value else "false")

    @property
    def export_choice(self) -> tuple[str, ...]:
        """The documents ticked in the export dialog last; empty when never."""
        return tuple(key for key in self._json("files/export_choice", list) if isinstance(key, str))

    @export_choice.setter
    def export_choice(self, value: tuple[str, ...]) -> None:
        self._store.setValue("files/export_choice", json.dumps(value))

    @property
    def faces(self) -> Mapping[str, str]:
        """Names of the faces chosen for the parts of the document, by part; none is chosen where it lacks."""
        return {key: name for key, name in self._json("export/faces", dict).items() if isinstance(name, str)}

    @faces.setter
    def faces(self, value: Mapping[str, str]) -> None:
        self._store.setValue("export/faces", json.dumps(dict(value)))

    def exports(self, report: Path) -> Mapping[str, str]:
        """Return what was exported from a report file: document path to digest of the report then."""
        held = self._json("files/exports", dict).get(str(report), {})
        return {str(key): str(value) for key, value in held.items()} if isinstance(held, dict) else {}

    def set_exports(self, report: Path, documents: Mapping[str, str]) -> None:
        """Remember what was exported from a report file; only for the reports used last."""
        others = self._json("files/exports", dict)
        others.pop(str(report), None)
        kept = dict(list(others.items())[-RECENT:])
        self._store.setValue("files/exports", json.dumps({**kept, str(report): dict(documents)}))

    # ------------------------------------------------------------ within

    def _keep_recent(self, files: list[Path]) -> None:
        self._store.setValue("files/recent", json.dumps([str(file) for file in files]))

    def _text(self, key: str) -> str:
        value = self._store.value(key, "")
        return value if isinstance(value, str) else ""

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key, QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    def _json(self, key: str, kind: type[_Kept]) -> _Kept:
        try:
            value = json.loads(self._text(key) or "null")
        except (ValueError, RecursionError):
            return kind()
        return value if isinstance(value, kind) else kind()
