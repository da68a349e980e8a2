"""Hostile, damaged and odd workbooks: a sentence, in bounded time and memory, and never a wrong number."""

from __future__ import annotations

import resource
import struct
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import AppError, CannotImport, CannotRead, FileMissing
from model.reading import package
from model.reading.sheet_data import Area, Content, Shown, read_area
from model.reading.spreadsheet import read_spreadsheet
from model.reading.template import read_template

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets>'
    '<definedNames><definedName name="a">\'表\'!$B$2</definedName><definedName name="b">#REF!</definedName>'
    '<definedName name="c" localSheetId="0">表!$A$1</definedName>'
    '<definedName name="d">\'[1]表\'!$A$1</definedName><definedName name="e">没有!$A$1</definedName>'
    "</definedNames></workbook>"
)
RELS = (
    '<Relationships xmlns="x">'
    f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{REL}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    f'<Relationship Id="rId3" Type="{REL}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId4" Type="{REL}/externalLink" Target="file:///etc/passwd" TargetMode="External"/>'
    "</Relationships>"
)
ROOT = (
    '<Relationships xmlns="x">'
    f'<Relationship Id="r" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)


def sheet(cells: str, more: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData>{more}</worksheet>'


def make(folder: Path, **parts: str | bytes) -> Path:
    """Write a workbook of some parts; those not given are plain."""
    members: dict[str, str | bytes] = {
        "_rels/.rels": ROOT,
        "xl/workbook.xml": parts.pop("book", BOOK),
        "xl/_rels/workbook.xml.rels": parts.pop("rels", RELS),
        "xl/worksheets/sheet1.xml": parts.pop("sheet", sheet("")),
        "xl/sharedStrings.xml": parts.pop("texts", "<sst/>"),
        "xl/styles.xml": parts.pop("styles", "<styleSheet/>"),
    }
    path = folder / "t.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_cells_of_every_kind_are_read_as_they_stand(tmp_path: Path) -> None:
    texts = (
        "<sst><si><t>一</t></si><si><r><t>二</t></r><r><t xml:space='preserve'> 三</t></r>"
        "<rPh><t>x</t></rPh></si></sst>"
    )
    styles = (
        '<styleSheet><numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="200"/><xf numFmtId="14"/><xf numFmtId="9"/>'
        "</cellXfs></styleSheet>"
    )
    cells = (
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>99</v></c>'
        '<c r="D2"><v>24252.311082</v></c><c r="E2"><f>SUM(A1)</f><v>7</v></c><c r="F2"><f>X()</f></c></row>'
        '<row><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c t="inlineStr"><is><t>a_x000D_b</t></is></c>'
        '<c t="str"><f>A</f><v>文</v></c><c s="1"><v>4</v></c><c s="3"><v>1</v></c>'
        '<c s="77"><v>1</v></c></row>'
    )
    path = make(
        tmp_path,
        texts=texts,
        styles=styles,
        sheet=sheet(cells, '<mergeCells><mergeCell ref="A2:B4"/></mergeCells>'),
    )
    book = read_spreadsheet(path)
    [found] = book.sheets
    read = {place: (cell.text, cell.content, cell.is_formula) for place, cell in found.cells.items()}
    assert read == {
        (2, 1): ("一", Content.TEXT, False),
        (2, 2): ("二 三", Content.TEXT, False),
        (2, 4): ("24252.311082", Content.NUMBER, False),
        (2, 5): ("7", Content.NUMBER, True),
        (2, 6): ("", Content.NOTHING, True),
        (3, 1): ("1", Content.TRUTH, False),
        (3, 2): ("#REF!", Content.FAULT, False),
        (3, 3): ("a\rb", Content.TEXT, False),
        (3, 4): ("文", Content.TEXT, True),
        (3, 5): ("4", Content.NUMBER, False),
        (3, 6): ("1", Content.NUMBER, False),
        (3, 7): ("1", Content.NUMBER, False),
    }
    assert [found.cells[3, column].shown for column in (5, 6, 7)] == [Shown.DATE, Shown.PERCENT, Shown.PLAIN]
    assert found.area(2, 1) == Area(2, 1, 4, 2)
    named = book.names["a"]
    assert named is not None
    assert named.sheet is found
    assert named.area.coordinate == "B2"
    assert {name: place is None for name, place in book.names.items()} == {
        "a": False,
        "b": True,
        "d": True,
        "e": True,
    }


@pytest.mark.parametrize(
    ("text", "area"),
    [("$B$4:$D$5", (4, 2, 5, 4)), ("D5:B4", (4, 2, 5, 4)), ("XFD1048576", (1048576, 16384, 1048576, 16384)),
     ("A0", None), ("XFE1", None), ("A1048577", None), ("A", None), ("", None), ("A1:", (1, 1, 1, 1))],
)  # fmt: skip
def test_places_are_read_within_the_bounds_of_a_sheet(text: str, area: tuple[int, ...] | None) -> None:
    assert read_area(text) == area


# ---------------------------------------------------------------- no workbook, or a hostile one


def refused(path: Path) -> str:
    """Return the sentence with which a file is refused, quickly and without much memory."""
    started, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CannotImport) as failure:
        read_spreadsheet(path)
    assert time.process_time() - started < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 * 1024
    return str(failure.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"  \n", "空的"),
        (b"hello", "不是 xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
        (b"PK\x03\x04" + bytes(100), "已损坏"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(content)
    assert said in refused(path)


def test_missing_files_and_folders_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_spreadsheet(tmp_path / "没有.xlsx")
    with pytest.raises(CannotImport, match="普通文件"):
        read_spreadsheet(tmp_path)
    with pytest.raises(CannotRead):
        read_spreadsheet(tmp_path / ("长" * 300))


def test_a_file_too_big_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert "200 MB" in refused(path)


def test_another_office_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "另存为 .xlsx" in refused(path)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    bomb = sheet('<row><c t="inlineStr"><is><t>' + "A" * (100 * 1024 * 1024) + "</t></is></c></row>")
    assert "太大" in refused(make(tmp_path, sheet=bomb))


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = make(tmp_path, sheet=sheet("x" * (80 * 1024 * 1024)))
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(b"sheet1.xml"))
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    path.write_bytes(content)
    refused(path)


def test_a_sheet_of_endless_cells_is_refused(tmp_path: Path) -> None:
    row = "<row>" + "<c/>" * 1000 + "</row>"
    assert "太多" in refused(make(tmp_path, sheet=sheet(row * 2_000)))


def test_one_long_text_in_thousands_of_cells_is_refused_at_once(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 2001))
    texts = f"<sst><si><t>{'政' * 41_000}</t></si></sst>"
    assert "文字太多" in refused(make(tmp_path, sheet=sheet(cells), texts=texts))


def test_a_long_text_is_cut_once_for_all_cells(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 91))
    texts = f"<sst><si><t>{'政' * 41_000}</t></si></sst>"
    path = make(tmp_path, sheet=sheet(cells), texts=texts)
    held = read_spreadsheet(path).sheets[0].cells.values()
    assert len({id(cell.text) for cell in held}) == 1
    assert {len(cell.text) for cell in held} == {40_000}
    with pytest.raises(CannotImport):
        read_template(path)


def test_huge_dimensions_cost_nothing(tmp_path: Path) -> None:
    path = make(
        tmp_path,
        sheet=sheet(
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            '<mergeCells><mergeCell ref="A1:XFD1048575"/></mergeCells>',
        ),
    )
    started = time.process_time()
    assert list(read_spreadsheet(path).sheets[0].cells) == [(1048576, 16384)]
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "attack",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]><worksheet>&x;</worksheet>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>',
        "<!DOCTYPE a ["
        + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x"}">' for n in range(9))
        + "]><worksheet>&e8;</worksheet>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(attack: str, encoding: str, tmp_path: Path) -> None:
    assert "不安全" in refused(make(tmp_path, sheet=attack.encode(encoding)))


def test_nesting_without_end_is_refused_or_harmless(tmp_path: Path) -> None:
    depth = 300_000
    path = make(tmp_path, sheet="<a>" * depth + "</a>" * depth)
    assert read_spreadsheet(path).sheets[0].cells == {}


def test_too_many_sheets_and_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(200))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{many}</sheets></workbook>'
    assert "200 张工作表" in refused(make(tmp_path, book=book))
    monkeypatch.setattr(package, "_MOST_PARTS", 3)
    assert "部件太多" in refused(make(tmp_path))


def test_encrypted_and_strangely_packed_parts_are_refused(tmp_path: Path) -> None:
    content = make(tmp_path).read_bytes()
    for offset, value, said in ((8, 1, "密码"), (10, 97, "已损坏")):
        changed = bytearray(content)
        at = -1
        while (at := changed.find(b"PK\x01\x02", at + 1)) >= 0:
            changed[at + offset : at + offset + 2] = struct.pack("<H", value)
        (tmp_path / "t.xlsx").write_bytes(changed)
        assert said in refused(tmp_path / "t.xlsx")


def test_external_links_are_not_followed(tmp_path: Path) -> None:
    outside = RELS.replace("worksheets/sheet1.xml", "../../../../etc/passwd")
    assert "已损坏" in refused(make(tmp_path, rels=outside))


@settings(max_examples=settings.default.max_examples * 2)
@given(place=st.floats(0, 1), new=st.binary(max_size=8), cut=st.booleans())
def test_damage_anywhere_is_refused_or_read_and_never_a_fault(
    place: float, new: bytes, cut: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    content = make(folder, sheet=sheet('<row><c r="A1"><v>1</v></c></row>')).read_bytes()
    at = int(place * len(content))
    (folder / "t.xlsx").write_bytes(content[:at] + new + (b"" if cut else content[at + len(new) :]))
    with suppress(AppError):
        read_spreadsheet(folder / "t.xlsx")


@settings(max_examples=settings.default.max_examples * 2)
@given(
    place=st.floats(0, 1),
    new=st.sampled_from(["<", ">", '"', "\x00", "r=", 'r="ZZZ9"', "-1", "nan", 's="x"']),
)
def test_damage_in_the_xml_is_refused_or_read_and_never_a_fault(
    place: float, new: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    xml = sheet('<row r="1"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1"><f>A1</f><v>1</v></c></row>')
    at = int(place * len(xml))
    with suppress(AppError):
        read_spreadsheet(make(folder, sheet=xml[:at] + new + xml[at:]))
