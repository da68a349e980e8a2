"""Pack a workbook so that the same report gives the same bytes: no clock, no user, no machine in the file."""

from __future__ import annotations

from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

if TYPE_CHECKING:
    from _typeshed import SizedBuffer

_FIRST_ZIP_YEAR = 1980


def save(workbook: Workbook, path: Path, moment: datetime) -> None:
    """Write a workbook as of a moment, which must know its time zone; raise OSError."""
    utc = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    workbook.properties.created = utc
    workbook.properties.modified = utc
    with _StillArchive(path, utc) as archive:
        ExcelWriter(workbook, archive).save()


class _StillArchive(ZipFile):
    """An archive whose members all bear one date, whenever they were made."""

    def __init__(self, path: Path, moment: datetime) -> None:
        super().__init__(path, "w", ZIP_DEFLATED)
        self._date = max(moment, datetime(_FIRST_ZIP_YEAR, 1, 1)).timetuple()[:6]

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

    def write(
        self,
        filename: str | PathLike[str],
        arcname: str | PathLike[str] | None = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a member from a file, without the file's date and rights."""
        data = Path(filename).read_bytes()
        self.writestr(str(arcname or filename), data, compress_type, compresslevel)
