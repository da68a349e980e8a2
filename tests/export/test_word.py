"""The Word document: its numbers, merges, styles and page as an office expects them, its texts as typed."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from hypothesis import given, settings

from export.layout import Heading, Paragraph, ParagraphStyle, TableBlock, describe
from export.word import write_word
from export.word_numbers import bookmark_name, read_word_numbers
from model.catalogue import load_form
from model.cells import CellId
from model.engine import evaluate
from model.forms import Form
from model.report import Report
from tests.export.docx_audit import R, W, body, boxes, paragraphs, part, styles, tables, text_of, value
from tests.model import builders, official
from tests.strategies import reports

MOMENT = datetime(2022, 1, 20, 10, 3, 4, tzinfo=UTC)
STRANGE = [
    '<b>粗</b> & <img src="/etc/hostname"> </p>',
    '=HYPERLINK("http://example.com","x")',
    "&amp; &#60; ]]> <w:p/>",
    "镕喆堃㎡ —— “引号” ……",
    "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "一\t二  三",
    "%s {0} \\n",
]
STYLE_IDS = {
    ParagraphStyle.BODY: "Normal",
    ParagraphStyle.HEADING_2: "XxgkHeading2",
    ParagraphStyle.HEADING_3: "XxgkHeading3",
}


def write(report: Report, form: Form, folder: Path, draft: str | None = None) -> Path:
    path = folder / "报告.docx"
    assert write_word(describe(form, report, draft=draft), path, MOMENT) == ()
    return path


@settings(max_examples=settings.default.max_examples // 3)
@given(report=reports())
def test_every_number_and_text_of_any_report_comes_back(
    report: Report, tmp_path_factory: pytest.TempPathFactory
) -> None:
    form = load_form("2021")
    path = write(report, form, tmp_path_factory.mktemp("word"))
    assert read_word_numbers(path, form.cells) == evaluate(form, report.inputs)
    description = describe(form, report, draft=None)
    expected = []
    for block in description.blocks:
        if isinstance(block, Heading):
            expected.append(("XxgkHeading1", block.text))
        elif isinstance(block, Paragraph):
            expected.append((STYLE_IDS[block.style], block.text))
        else:
            expected.append(("XxgkTableGap", ""))
    (style, title), *others = paragraphs(body(path))
    assert (style, title.replace("\n", "")) == ("Title", description.title)
    assert others == expected


def test_texts_come_out_as_typed(form: Form, tmp_path: Path) -> None:
    texts = dict.fromkeys(official.TEXT_SECTIONS, "\n".join(STRANGE))
    for unit in STRANGE:
        path = write(builders.report(texts=texts, unit_name=unit), form, tmp_path)
        written = [text for _, text in paragraphs(body(path))]
        assert all(written.count(text) == len(texts) for text in STRANGE)
        assert written[0].startswith(unit + "\n")
        properties = part(path, "docProps/core.xml")
        assert properties.findtext("{http://purl.org/dc/elements/1.1/}creator") == unit


def test_a_long_name_of_a_unit_is_broken_by_meaning(form: Form, tmp_path: Path) -> None:
    unit = "新疆维吾尔自治区巴音郭楞蒙古自治州人民政府办公室"
    written = paragraphs(body(write(builders.report(unit_name=unit), form, tmp_path)))
    assert written[0][1].split("\n") == [
        "新疆维吾尔自治区",
        "巴音郭楞蒙古自治州人民政府办公室",
        f"2023年{form.title}",
    ]


def test_the_boxes_merge_as_described_and_bear_their_cells_names(form: Form, tmp_path: Path) -> None:
    described = [
        block
        for block in describe(form, builders.report(), draft=None).blocks
        if isinstance(block, TableBlock)
    ]
    written = tables(write(builders.report(), form, tmp_path))
    assert len(written) == len(described) == 3
    for block, table in zip(described, written, strict=True):
        expected = [
            (
                *(box.row, box.column, box.row_span, box.column_span, box.text),
                bookmark_name(box.cell) if box.cell else None,
            )
            for box in sorted(block.cells, key=lambda box: (box.row, box.column))
        ]
        assert [tuple(box) for box in boxes(table)] == expected


def test_the_merges_are_the_official_ones(form: Form, tmp_path: Path) -> None:
    found = [
        {box[:4] for box in boxes(table) if (box.row_span, box.column_span) != (1, 1)}
        for table in tables(write(builders.report(), form, tmp_path))
    ]
    assert found[0] == {
        (0, 0, 1, 4), (4, 0, 1, 4), (7, 0, 1, 4), (11, 0, 1, 4),
        (5, 1, 1, 3), (6, 1, 1, 3), (8, 1, 1, 3), (9, 1, 1, 3), (10, 1, 1, 3), (12, 1, 1, 3), (13, 1, 1, 3),
    }  # fmt: skip
    assert found[1] == {
        (0, 0, 3, 3), (0, 3, 1, 7), (1, 3, 2, 1), (1, 4, 1, 5), (1, 9, 2, 1),
        (3, 0, 1, 3), (4, 0, 1, 3), (5, 0, 22, 1), (5, 1, 1, 2), (6, 1, 1, 2),
        (7, 1, 8, 1), (15, 1, 3, 1), (18, 1, 5, 1), (23, 1, 3, 1), (26, 1, 1, 2), (27, 0, 1, 3),
    }  # fmt: skip
    assert found[2] == {
        (0, 0, 1, 5), (0, 5, 1, 10), (1, 5, 1, 5), (1, 10, 1, 5),
        (1, 0, 2, 1), (1, 1, 2, 1), (1, 2, 2, 1), (1, 3, 2, 1), (1, 4, 2, 1),
    }  # fmt: skip


def test_tables_fill_the_text_area_repeat_their_head_and_split_no_row(form: Form, tmp_path: Path) -> None:
    heads = []
    for table in tables(write(builders.report(), form, tmp_path)):
        widths = [int(column.attrib[f"{W}w"]) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
        assert sum(widths) == int(value(table, "tblPr/tblW", "w") or 0) == pytest.approx(8845, abs=8)
        rows = table.findall(f"{W}tr")
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        heads.append(
            [number for number, row in enumerate(rows) if row.find(f"{W}trPr/{W}tblHeader") is not None]
        )
        for row in rows:
            across = [int(value(cell, "tcPr/gridSpan") or 1) for cell in row.findall(f"{W}tc")]
            assert sum(across) == len(widths)
            places = [sum(across[:number]) for number in range(len(across) + 1)]
            assert [int(value(cell, "tcPr/tcW", "w") or 0) for cell in row.findall(f"{W}tc")] == [
                sum(widths[left:right]) for left, right in pairwise(places)
            ]
        borders = table.find(f"{W}tblPr/{W}tblBorders")
        assert borders is not None
        assert {side.get(f"{W}val") for side in borders} == {"single"}
    assert heads == [[], [0, 1, 2], [0, 1, 2]]


def test_tables_are_named_by_their_headings(form: Form, tmp_path: Path) -> None:
    names = [value(table, "tblPr/tblCaption") for table in tables(write(builders.report(), form, tmp_path))]
    assert names == [official.SECTIONS[id_] for id_ in ("disclosure", "requests", "review")]


def test_a_table_stays_on_one_page_with_its_heading(form: Form, tmp_path: Path) -> None:
    for table in tables(write(builders.report(), form, tmp_path)):
        rows = table.findall(f"{W}tr")
        keep_next = f"{W}p/{W}pPr/{W}keepNext"
        kept = [{cell.find(keep_next) is not None for cell in row.findall(f"{W}tc")} for row in rows]
        assert kept == [{True}] * (len(rows) - 1) + [{False}]


def test_the_bands_are_light_blue_and_numbers_are_centred(form: Form, tmp_path: Path) -> None:
    path = write(builders.report(), form, tmp_path)
    shaded = {
        text_of(cell): value(cell, "tcPr/shd", "fill")
        for table in tables(path)
        for cell in table.iter(f"{W}tc")
        if value(cell, "tcPr/shd", "fill")
    }
    assert shaded == {band: "C6D9F1" for band, *_ in official.DISCLOSURE_BANDS}
    look = dict(styles(path))
    assert value(look["XxgkTableText"], "pPr/jc") == "center"
    for table in tables(path):
        for cell in table.iter(f"{W}tc"):
            left = value(cell, "p/pPr/jc")
            assert value(cell, "tcPr/vAlign") == "center"
            assert left is None or (left == "left" and cell.find(f".//{W}bookmarkStart") is None)


def test_a_number_too_long_for_its_column_is_set_smaller(form: Form, tmp_path: Path) -> None:
    given_values = {"requests.granted.business": 999_999_999, "requests.granted.research": 12}
    path = write(builders.report(given_values), form, tmp_path)
    sizes = {
        text_of(cell): value(cell, "p/r/rPr/sz")
        for table in tables(path)
        for cell in table.iter(f"{W}tc")
        if cell.find(f".//{W}bookmarkStart") is not None
    }
    assert (sizes["12"], sizes["999999999"], sizes["1000000011"]) == (None, "10", "9")


@pytest.mark.parametrize(
    ("style", "name", "face", "size", "outline"),
    [
        ("Normal", "Normal", "仿宋", 32, None),
        ("Title", "Title", "方正小标宋简体", 44, None),
        ("XxgkHeading1", "一级标题", "黑体", None, "0"),
        ("XxgkHeading2", "二级标题", "楷体", None, "1"),
        ("XxgkHeading3", "三级标题", "仿宋", None, "2"),
        ("XxgkTableText", "表格文字", "宋体", 21, None),
    ],
)
def test_the_styles_are_those_of_official_documents(
    style: str, name: str, face: str, size: int | None, outline: str | None, form: Form, tmp_path: Path
) -> None:
    found = dict(styles(write(builders.report(), form, tmp_path)))[style]
    assert value(found, "name") == name
    faces = found.find(f"{W}rPr/{W}rFonts")
    assert faces is not None
    assert set(faces.attrib.values()) == {face}
    assert f"{W}eastAsia" in faces.attrib
    assert value(found, "rPr/sz") == (str(size) if size else None)
    assert value(found, "pPr/outlineLvl") == outline
    assert (found.find(f"{W}pPr/{W}keepNext") is not None) == (name != "表格文字" and style != "Normal")


def test_body_text_is_indented_by_two_characters_on_a_fixed_line_pitch(form: Form, tmp_path: Path) -> None:
    body_text = dict(styles(write(builders.report(), form, tmp_path)))["Normal"]
    assert value(body_text, "pPr/ind", "firstLineChars") == "200"
    assert value(body_text, "pPr/spacing", "lineRule") == "exact"
    assert int(value(body_text, "pPr/spacing", "line") or 0) / 20 == pytest.approx(28.99, abs=0.02)
    assert value(body_text, "pPr/jc") == "both"


def test_only_styles_that_exist_are_used(form: Form, tmp_path: Path) -> None:
    path = write(builders.report(), form, tmp_path, draft="草稿")
    known = dict(styles(path))
    names = ("document", "header1", "header2", "footer1", "footer2", "styles")
    used = {
        use.attrib[f"{W}val"]
        for name in names
        for kind in ("pStyle", "tblStyle", "basedOn", "next")
        for use in part(path, f"word/{name}.xml").iter(W + kind)
    }
    assert used <= set(known)


def test_the_page_is_a4_with_the_margins_and_grid_of_the_standard(form: Form, tmp_path: Path) -> None:
    section = body(write(builders.report(), form, tmp_path))[-1]
    assert section.tag == f"{W}sectPr"
    size, margins, grid = (section.find(W + name) for name in ("pgSz", "pgMar", "docGrid"))
    assert size is not None
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    assert margins is not None
    twips = {side: int(margins.attrib[W + side]) for side in ("top", "left", "right", "bottom")}
    for side, millimetres in {"top": 37, "left": 28, "right": 26, "bottom": 35}.items():
        assert twips[side] / 1440 * 25.4 == pytest.approx(millimetres, abs=0.05)
    assert grid is not None
    assert grid.get(f"{W}type") == "linesAndChars"
    pitch = int(grid.attrib[f"{W}linePitch"])
    assert (16838 - twips["top"] - twips["bottom"]) // pitch == 22
    character = 16 + int(grid.attrib[f"{W}charSpace"]) / 4096
    assert int((11906 - twips["left"] - twips["right"]) / 20 / character) == 28


def test_page_numbers_stand_in_the_outer_corner(form: Form, tmp_path: Path) -> None:
    path = write(builders.report(), form, tmp_path)
    assert part(path, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    links = {link.get("Id"): link.get("Target") for link in part(path, "word/_rels/document.xml.rels")}
    sides = {}
    for reference in body(path).iter(f"{W}footerReference"):
        foot = part(path, f"word/{links[reference.get(f'{R}id')]}")
        assert text_of(foot) == "— 1 —"
        field = foot.find(f".//{W}fldSimple")
        assert field is not None
        assert field.attrib[f"{W}instr"].strip() == "PAGE"
        sides[reference.get(f"{W}type")] = value(foot, "p/pPr/jc")
    assert sides == {"default": "right", "even": "left"}
    assert not list(body(path).iter(f"{W}headerReference"))


def test_a_draft_says_so_at_the_head_of_every_page_and_across_it(form: Form, tmp_path: Path) -> None:
    path = write(builders.report(), form, tmp_path, draft="草稿 & <待核>")
    references = list(body(path).iter(f"{W}headerReference"))
    assert {reference.get(f"{W}type") for reference in references} == {"default", "even"}
    for number in (1, 2):
        head = part(path, f"word/header{number}.xml")
        assert text_of(head) == "草稿 & <待核>"
        drawn = [node.get("string") for node in head.iter("{urn:schemas-microsoft-com:vml}textpath")]
        assert drawn == [None, "草稿 & <待核>"]


def test_the_properties_name_report_and_unit_and_nothing_of_the_machine(form: Form, tmp_path: Path) -> None:
    path = write(builders.report(), form, tmp_path, draft="草稿")
    properties = {node.tag.rpartition("}")[2]: node.text for node in part(path, "docProps/core.xml")}
    assert properties == {
        "title": f"某县人民政府2023年{form.title}",
        "creator": "某县人民政府",
        "description": form.title,
        "lastModifiedBy": "某县人民政府",
        "language": "zh-CN",
        "created": "2022-01-20T10:03:04Z",
        "modified": "2022-01-20T10:03:04Z",
    }
    with zipfile.ZipFile(path) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    for trace in (str(tmp_path), str(Path.home()), "python"):
        assert trace.encode() not in content


def test_every_part_is_declared_and_linked(form: Form, tmp_path: Path) -> None:
    for draft in (None, "草稿"):
        path = write(builders.report(), form, tmp_path, draft=draft)
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            assert archive.namelist()[0] == "[Content_Types].xml"
        declared = {node.get("PartName") for node in part(path, "[Content_Types].xml")} - {None}
        assert declared == {f"/{name}" for name in names if "rels" not in name} - {"/[Content_Types].xml"}
        linked = {f"word/{link.get('Target')}" for link in part(path, "word/_rels/document.xml.rels")}
        linked |= {str(link.get("Target")) for link in part(path, "_rels/.rels")}
        assert {f"/{name}" for name in linked} == declared


def test_the_same_report_gives_the_same_bytes(form: Form, tmp_path: Path) -> None:
    first = write(builders.report(), form, tmp_path).read_bytes()
    assert write(builders.report(), form, tmp_path).read_bytes() == first
    assert write(replace(builders.report(), year=2022), form, tmp_path).read_bytes() != first


def test_bookmarks_have_names_that_word_accepts_and_no_two_the_same(form: Form) -> None:
    names = [bookmark_name(cell) for cell in form.cells]
    assert len(set(names)) == len(names) == 200
    assert all(len(name) <= 40 and name.isascii() and name.isidentifier() for name in names)
    assert bookmark_name(CellId("requests", "granted", "total")) == "_xxgk_requests_granted_total"


def test_numbers_are_found_by_name_wherever_their_rows_went(form: Form, tmp_path: Path) -> None:
    path = write(builders.balanced(), form, tmp_path)
    expected = read_word_numbers(path, form.cells)
    root = part(path, "word/document.xml")
    table = list(root.iter(f"{W}tbl"))[1]
    rows = table.findall(f"{W}tr")
    for row in rows[3:]:
        table.remove(row)
    table.extend(reversed(rows[3:]))
    repack(path, root)
    assert read_word_numbers(path, form.cells) == expected


def test_a_cell_that_holds_no_number_is_left_out_when_numbers_are_read(form: Form, tmp_path: Path) -> None:
    path = write(builders.balanced(), form, tmp_path)
    root = part(path, "word/document.xml")
    mark = f".//{W}bookmarkStart[@{W}name='_xxgk_requests_granted_total']"
    cell = next(cell for cell in root.iter(f"{W}tc") if cell.find(mark) is not None)
    for text in cell.iter(f"{W}t"):
        text.text = "六十八"
    repack(path, root)
    found = read_word_numbers(path, form.cells)
    assert set(form.cells) - set(found) == {CellId("requests", "granted", "total")}


def test_only_the_cells_asked_for_are_read(form: Form, tmp_path: Path) -> None:
    path = write(builders.balanced(), form, tmp_path)
    some = form.cells[:7]
    assert set(read_word_numbers(path, some)) == set(some)


def repack(path: Path, document: ElementTree.Element) -> None:
    """Put another main document into a file."""
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held["word/document.xml"] = ElementTree.tostring(document)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)


def test_word_libraries_read_the_document(form: Form, tmp_path: Path) -> None:
    document = docx.Document(str(write(builders.balanced(), form, tmp_path, draft="草稿")))
    expected = evaluate(form, builders.balanced().inputs)
    requests = document.tables[1]
    for number, row in enumerate(official.REQUEST_ROWS, 3):
        for column, name in enumerate([*official.APPLICANTS, "total"], 3):
            shown = requests.cell(number, column).text
            assert shown == str(expected[CellId("requests", row, name)])
    assert document.core_properties.author == "某县人民政府"
    assert [p.text for p in document.paragraphs if p.style.name == "一级标题"] == list(
        official.SECTIONS.values()
    )[1:]
