"""Work in a real LibreOffice Calc, where it is installed: open, fill in, damage and save workbooks.

A macro in a profile of its own does the work, so that nothing but ``soffice`` is needed.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

SOFFICE = shutil.which("soffice")
MISSING = "soffice (LibreOffice) is not installed on this machine"

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Work"
 script:language="StarBasic">
{code}
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Work"/>
</library:library>
"""
_TOOLS = """
Dim book As Object
Function Cell(name As String) As Object
  Cell = book.NamedRanges.getByName(name).getReferredCells().getCellByPosition(0, 0)
End Function
Function Sheet(title As String) As Object
  Sheet = book.Sheets.getByName(title)
End Function
Sub Unprotect
  Dim number As Integer
  book.unprotect("")
  For number = 0 To book.Sheets.Count - 1
    book.Sheets.getByIndex(number).unprotect("")
  Next
End Sub
Function Named(name As String, value As Variant) As Variant
  Dim one As New com.sun.star.beans.PropertyValue
  one.Name = name
  one.Value = value
  Named = one
End Function
"""


@dataclass(frozen=True)
class Job:
    """One workbook to work on: lines of Basic, in which ``book`` is the document, and where it is saved."""

    source: Path
    target: Path
    lines: Sequence[str] = field(default_factory=tuple)


def work(folder: Path, jobs: Sequence[Job]) -> None:
    """Do all jobs in one run of LibreOffice, with its profile in a folder."""
    library = folder / "profile" / "user" / "basic" / "Standard"
    _run(folder, "--terminate_after_init")  # fills the profile with what every user gets
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (library / "Work.xba").write_text(_MODULE.format(code=escape(_code(jobs))), encoding="utf-8")
    _run(folder, "macro:///Standard.Work.Main")
    failed = {job.target.name: _failure(job) for job in jobs if not job.target.exists()}
    assert not failed, f"LibreOffice did not write {failed}"


def _run(folder: Path, what: str) -> None:
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [SOFFICE, profile, "--headless", "--norestore", what],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
        timeout=300,
    )


def _failure(job: Job) -> str:
    note = job.target.with_suffix(".failure")
    return note.read_text(encoding="utf-8", errors="replace") if note.exists() else "no word from the macro"


def text(value: str) -> str:
    """Return a text as Basic writes it."""
    lines = (part.replace('"', '""') for part in value.split("\n"))
    return '"' + '" & Chr(10) & "'.join(lines) + '"'


def _code(jobs: Sequence[Job]) -> str:
    parts = [_TOOLS]
    for number, job in enumerate(jobs):
        lines = "\n".join(f"  {line}" for line in job.lines)
        parts.append(f"Sub Do{number}\n{lines}\nEnd Sub")
    calls = "\n".join(_call(number, job) for number, job in enumerate(jobs))
    return "\n".join([*parts, f"Sub Main\n{calls}\n  StarDesktop.terminate()\nEnd Sub"])


def _call(number: int, job: Job) -> str:
    opened, saved = text(job.source.as_uri()), text(job.target.as_uri())
    note = text(str(job.target.with_suffix(".failure")))
    return f"""
  book = StarDesktop.loadComponentFromURL({opened}, "_blank", 0, Array(Named("Hidden", True)))
  On Error Goto Failed{number}
  Do{number}
  book.storeToURL({saved}, Array(Named("FilterName", "Calc MS Excel 2007 XML")))
  Goto Done{number}
  Failed{number}:
  Open {note} For Output As #1
  Print #1, Error$ & " in line " & Erl
  Close #1
  Done{number}:
  On Error Goto 0
  book.close(True)"""
