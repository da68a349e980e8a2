"""Pack a workbook so that the same report gives the same bytes: no clock, no user, no machine in the file.

It also does what openpyxl cannot or does slowly: results of formulas are put beside them, for previews
and portals that do not calculate; names of cells are written at once; no file is written on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.packaging.extended import ExtendedProperties
from openpyxl.workbook._writer import WorkbookWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.writer.theme import theme_xml
from openpyxl.xml.constants import (
    ARC_APP,
    ARC_CORE,
    ARC_ROOT_RELS,
    ARC_STYLE,
    ARC_THEME,
    ARC_WORKBOOK,
    ARC_WORKBOOK_RELS,
)
from openpyxl.xml.functions import tostring

from export.archive_date import archive_date
from export.excel_rows import Looks, sheet_xml
from export.excel_styles import StyledWorkbook, stylesheet

if TYPE_CHECKING:
    from _typeshed import SizedBuffer

_NAMES = "<definedNames>"

Results = Mapping[str, Mapping[str, int | str]]
"""What formulas result in, by title of the sheet and place of the cell."""


def save(
    workbook: StyledWorkbook,
    path: Path,
    moment: datetime,
    names: Mapping[str, str],
    results: Results | None = None,
) -> None:
    """Write a workbook as of a moment, which must know its time zone; raise OSError.

    ``names`` are the places by the names they bear; every formula needs its result. At least one sheet
    must have a print area.
    """
    utc = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    workbook.properties.created = utc
    workbook.properties.modified = utc
    with _StillArchive(path, utc) as archive:
        _Writer(workbook, archive, names, results or {}).save()


class _Writer(ExcelWriter):
    """Writes a workbook without pictures, links and macros: in memory, with names and results."""

    def __init__(
        self, workbook: StyledWorkbook, archive: ZipFile, names: Mapping[str, str], results: Results
    ) -> None:
        super().__init__(workbook, archive)
        self._book = workbook
        self._file = archive
        self._looks = Looks(workbook.cell_styles)
        self._names = names
        self._results = results

    def write_data(self) -> None:
        """Add every member to the archive, in the order in which openpyxl does."""
        self._file.writestr(ARC_APP, tostring(ExtendedProperties().to_tree()))
        self._file.writestr(ARC_CORE, tostring(self._book.properties.to_tree()))
        self._file.writestr(ARC_THEME, theme_xml)
        for number, sheet in enumerate(self._book.worksheets, 1):
            vars(sheet)["_id"] = number
            self.write_worksheet(sheet)
        self._file.writestr(ARC_STYLE, stylesheet(self._book))
        writer = WorkbookWriter(self._book)
        self._file.writestr(ARC_ROOT_RELS, writer.write_root_rels())  # type: ignore[no-untyped-call]  # the stubs lack it
        content = writer.write()  # type: ignore[no-untyped-call]  # the stubs lack it
        self._file.writestr(ARC_WORKBOOK, _with_names(content, self._names))
        self._file.writestr(ARC_WORKBOOK_RELS, writer.write_rels())  # type: ignore[no-untyped-call]  # the stubs lack it
        self.manifest._write(self._file, self._book)  # type: ignore[attr-defined]  # not public

    def write_worksheet(self, ws: Worksheet) -> None:
        """Add a sheet to the archive."""
        results = self._results.get(ws.title, {})
        self._file.writestr(ws.path[1:], sheet_xml(ws, self._book.drawn(ws), self._looks, results))
        self.manifest.append(ws)


class _StillArchive(ZipFile):
    """An archive whose members all bear one date, whenever they were made."""

    def __init__(self, path: Path, moment: datetime) -> None:
        super().__init__(path, "w", ZIP_DEFLATED)
        self._date = archive_date(moment)

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: SizedBuffer | str,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a member from memory."""
        given = zinfo_or_arcname
        info = ZipInfo(given.filename if isinstance(given, ZipInfo) else given, self._date)
        info.create_system = 0
        super().writestr(info, data, compress_type or ZIP_DEFLATED, compresslevel)


def _with_names(workbook: bytes, names: Mapping[str, str]) -> str:
    """Return the workbook's XML with names of cells; openpyxl's own way to write them is slow."""
    start, found, rest = workbook.decode().partition(_NAMES)
    if not found:
        raise RuntimeError("openpyxl wrote no place for names of cells")
    added = (
        f"<definedName name={quoteattr(name)}>{escape(place)}</definedName>" for name, place in names.items()
    )
    return "".join((start, _NAMES, *added, rest))
