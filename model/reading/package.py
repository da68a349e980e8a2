"""Take the parts out of an Office file: bounded in time and memory, whatever the file pretends to be.

Nothing that a file points to is followed: no links, no external parts, no entities.
"""

from __future__ import annotations

import posixpath
import stat
import struct
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from model.errors import CannotImport, CannotRead, FileMissing
from model.long_paths import reachable

MOST_BYTES = 16 * 1024 * 1024
"""Of the file. A template with long texts takes some 50 KB."""
MOST_UNPACKED = 64 * 1024 * 1024
"""Of all parts that are read, together."""
MOST_ELEMENTS = 1_000_000
"""Of all parts together: what a slow PC reads in a few seconds."""
OTHER_FORMAT = "它不是 xlsx 工作簿；其他格式的表格请用 WPS 或 Excel 另存为 .xlsx 再导入"
_MOST_PARTS = 5000
_ENCRYPTED = 0x1
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"

Start = Callable[[str, Mapping[str, str]], object]
End = Callable[[str], object]
Text = Callable[[str], object]


class Package:
    """The parts of one Office file, by name; each is read when it is asked for."""

    def __init__(self, path: Path) -> None:
        """Open a file; raise FileMissing, CannotRead or CannotImport."""
        self.path = path
        content = _content(path)
        if content.startswith(_OLD_OFFICE):
            raise CannotImport(
                path, "它是旧格式（.xls、.et）或者设了密码的文件，请去掉密码，另存为 .xlsx 再导入"
            )
        if not content.startswith(_ZIP):
            raise CannotImport(path, OTHER_FORMAT if content.strip() else "文件是空的")
        try:
            self._archive = ZipFile(BytesIO(content))
        except _BROKEN as failure:
            raise self.damaged() from failure
        self._room = MOST_UNPACKED
        self._elements = MOST_ELEMENTS
        if len(self._archive.namelist()) > _MOST_PARTS:
            raise self.refused("里面的部件太多，不像填报表")

    def refused(self, reason: str) -> CannotImport:
        """Return the failure that says why the file is not read."""
        return CannotImport(self.path, reason)

    def damaged(self) -> CannotImport:
        """Return the failure of a file that is broken."""
        return self.refused("文件已损坏，请用 WPS 或 Excel 打开，另存后再导入")

    def has(self, name: str) -> bool:
        """Tell whether there is such a part."""
        return name in self._archive.NameToInfo

    def read(self, name: str) -> bytes:
        """Return a part; raise CannotImport where it is missing, damaged or too big."""
        info = self._archive.NameToInfo.get(name)
        if info is None:
            raise self.damaged()
        if info.flag_bits & _ENCRYPTED:
            raise self.refused("它设了密码，请去掉密码后再导入")
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise self.damaged()
        content = self._unpack(info)
        self._room -= len(content)
        if self._room < 0:
            raise self.refused("解开后内容太大，不像填报表")
        return content

    def _unpack(self, info: ZipInfo) -> bytes:
        try:
            with self._archive.open(info) as part:
                return part.read(self._room + 1)
        except _BROKEN as failure:
            raise self.damaged() from failure

    def parse(self, name: str, start: Start, end: End, text: Text) -> None:
        """Tell handlers what stands in an XML part, by local names; raise CannotImport.

        What handlers raise as ValueError counts as damage.
        """
        parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._counted(start)
        parser.EndElementHandler = lambda element: end(_local(element))
        parser.CharacterDataHandler = text
        try:
            parser.Parse(self.read(name), True)
        except (expat.ExpatError, ValueError) as failure:
            raise self.damaged() from failure

    def _counted(self, start: Start) -> Callable[[str, dict[str, str]], None]:
        def count(element: str, attributes: dict[str, str]) -> None:
            self._elements -= 1
            if self._elements < 0:
                raise self.refused("里面的单元格太多，不像填报表；请只保留填报的几张表再导入")
            if any(_SEPARATOR in name for name in attributes):
                attributes = {_local(name): value for name, value in attributes.items()}
            start(_local(element), attributes)

        return count

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise self.refused("里面有不安全的内容（XML 实体声明），正常的工作簿不会有")

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return kind and target of what a part refers to inside the file, by id."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(element: str, given: Mapping[str, str]) -> None:
            if element == "Relationship" and given.get("TargetMode") != "External":
                kind = given.get("Type", "").rpartition("/")[2]
                target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "")))
                found[given.get("Id", "")] = (kind, target.lstrip("/"))

        if self.has(source):
            self.parse(source, start, ignore, ignore)
        return found


def ignore(_what: str) -> None:
    """Take no notice of an end or a text."""


_SEPARATOR = "}"
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError)


def _local(name: str) -> str:
    return name.rpartition(_SEPARATOR)[2]


def _content(path: Path) -> bytes:
    try:
        place = reachable(path.absolute())
        status = place.stat()
        if not stat.S_ISREG(status.st_mode):
            raise CannotImport(path, "它不是普通文件")
        if status.st_size > MOST_BYTES:
            raise CannotImport(path, f"文件有 {status.st_size / 1024 / 1024:.0f} MB，填报表不会这么大")
        return place.read_bytes()
    except FileNotFoundError as failure:
        raise FileMissing(path) from failure
    except OSError as failure:
        raise CannotRead(path, failure) from failure
