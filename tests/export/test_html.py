"""The web page: valid, every number with its headers and its name, texts as typed, nothing from outside."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from export.html import html_fragment, write_html
from export.html_reading import read_html_numbers
from export.layout import Heading, Paragraph, ParagraphStyle, describe
from model.catalogue import load_form
from model.cells import CellId
from model.engine import evaluate
from model.forms import Form
from model.report import Report
from tests.export.html_audit import Page, heads_by_scope
from tests.model import builders, official
from tests.strategies import reports

MOMENT = datetime(2022, 1, 20, 10, 3, 4, tzinfo=UTC)
STRANGE = [
    '<b>粗</b> & <img src="/etc/hostname"> </p>',
    "<script>alert(1)</script><!-- -->",
    '=HYPERLINK("http://example.com","x")',
    "&amp; &#60; &nbsp ]]>",
    "镕喆堃㎡ —— “引号” ……",
    "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "一\t二  三",
]
TAGS = {ParagraphStyle.BODY: "p", ParagraphStyle.HEADING_2: "h3", ParagraphStyle.HEADING_3: "h4"}


def write(report: Report, form: Form, folder: Path, draft: str | None = None) -> Path:
    path = folder / "报告.html"
    assert write_html(describe(form, report, draft=draft), path, MOMENT) == ()
    return path


def page(report: Report, form: Form, folder: Path, draft: str | None = None) -> Page:
    return Page(write(report, form, folder, draft).read_text(encoding="utf-8"))


@settings(max_examples=settings.default.max_examples // 3)
@given(report=reports())
def test_every_number_and_text_of_any_report_comes_back(
    report: Report, tmp_path_factory: pytest.TempPathFactory
) -> None:
    form = load_form("2021")
    path = write(report, form, tmp_path_factory.mktemp("page"))
    assert read_html_numbers(path) == evaluate(form, report.inputs)
    description = describe(form, report, draft=None)
    expected = [("title", description.title), ("h1", "\n".join(description.title_lines))]
    for block in description.blocks:
        if isinstance(block, Heading):
            expected.append(("h2", block.text))
        elif isinstance(block, Paragraph):
            expected.append((TAGS[block.style], block.text))
    assert Page(path.read_bytes().decode("utf-8")).texts == expected


def test_texts_come_out_as_typed(form: Form, tmp_path: Path) -> None:
    texts = dict.fromkeys(official.TEXT_SECTIONS, "\n".join(STRANGE))
    for unit in STRANGE:
        found = page(builders.report(texts=texts, unit_name=unit), form, tmp_path, draft=unit)
        written = [text for tag, text in found.texts if tag == "p"]
        assert all(written.count(text) >= len(texts) for text in STRANGE)
        assert dict(found.texts)["h1"].startswith(unit + "\n")
        assert ("meta", {"name": "author", "content": unit}) in found.attributes


def test_the_tables_are_the_official_ones(form: Form, tmp_path: Path) -> None:
    report = builders.balanced()
    found = page(report, form, tmp_path)
    expected = evaluate(form, report.inputs)
    named = [cell for table in found.tables for cell in table.cells if "data-cell" in cell.attributes]
    assert [cell.attributes["data-cell"] for cell in named] == official.cells()
    for cell in named:
        assert cell.text == str(expected[CellId.parse(cell.attributes["data-cell"])])
    merged = [
        {
            (cell.row, cell.column, cell.row_span, cell.column_span)
            for cell in table.cells
            if (cell.row_span, cell.column_span) != (1, 1)
        }
        for table in found.tables
    ]
    assert merged[0] == {
        (0, 0, 1, 4), (4, 0, 1, 4), (7, 0, 1, 4), (11, 0, 1, 4),
        (5, 1, 1, 3), (6, 1, 1, 3), (8, 1, 1, 3), (9, 1, 1, 3), (10, 1, 1, 3), (12, 1, 1, 3), (13, 1, 1, 3),
    }  # fmt: skip
    assert merged[1] == {
        (0, 0, 3, 3), (0, 3, 1, 7), (1, 3, 2, 1), (1, 4, 1, 5), (1, 9, 2, 1),
        (3, 0, 1, 3), (4, 0, 1, 3), (5, 0, 22, 1), (5, 1, 1, 2), (6, 1, 1, 2),
        (7, 1, 8, 1), (15, 1, 3, 1), (18, 1, 5, 1), (23, 1, 3, 1), (26, 1, 1, 2), (27, 0, 1, 3),
    }  # fmt: skip
    assert merged[2] == {
        (0, 0, 1, 5), (0, 5, 1, 10), (1, 5, 1, 5), (1, 10, 1, 5),
        (1, 0, 2, 1), (1, 1, 2, 1), (1, 2, 2, 1), (1, 3, 2, 1), (1, 4, 2, 1),
    }  # fmt: skip


def expected_heads() -> dict[str, list[str]]:
    """Return the texts that head every number, typed from the official form."""
    heads: dict[str, list[str]] = {}
    for band, rows, columns in official.DISCLOSURE_BANDS:
        for row, label in rows.items():
            heads |= {f"disclosure.{row}.{column}": [band, text, label] for column, text in columns.items()}
    for row, label in official.REQUEST_ROWS.items():
        groups = [name for name, prefix in official.RESULT_GROUPS.items() if row.startswith(prefix)]
        outer = [] if row in ("received", "carried_in", "carried_out") else [official.RESULTS]
        for column, text in {**official.APPLICANTS, "total": "总计"}.items():
            inner = ["法人或其他组织"] if column in official.ORGANISATIONS else []
            heads[f"requests.{row}.{column}"] = ["申请人情况", *inner, text, *outer, *groups, label]
    for group, label in official.REVIEW_GROUPS.items():
        outer = [] if group == "reconsideration" else ["行政诉讼"]
        for outcome, text in {**official.OUTCOMES, "total": "总计"}.items():
            heads[f"review.cases.{group}_{outcome}"] = [*outer, label, text]
    return heads


def test_every_number_names_the_cells_that_head_it(form: Form, tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}
    for table in page(builders.report(), form, tmp_path).tables:
        texts = {cell.attributes["id"]: cell.text for cell in table.cells if cell.tag == "th"}
        for cell in table.cells:
            if cell.tag == "td":
                ids = cell.attributes["headers"].split()
                found[cell.attributes["data-cell"]] = [texts[id_] for id_ in ids]
    assert found == expected_heads()


def test_scopes_alone_lead_to_the_same_headers(form: Form, tmp_path: Path) -> None:
    """For readers that know no ``headers``: the same cells, and in table 二 those of the bands above."""
    disclosure, *others = page(builders.report(), form, tmp_path).tables
    for table in others:
        for cell in table.cells:
            if cell.tag == "td":
                assert heads_by_scope(table, cell) == set(cell.attributes["headers"].split())
    for cell in disclosure.cells:
        if cell.tag == "td":
            assert set(cell.attributes["headers"].split()) <= heads_by_scope(disclosure, cell)


def test_tables_are_named_by_their_headings(form: Form, tmp_path: Path) -> None:
    found = page(builders.report(), form, tmp_path)
    ids = [attributes["id"] for tag, attributes in found.attributes if tag == "h2"]
    names = dict(zip(ids, official.SECTIONS.values(), strict=False))
    assert len(names) == 6
    headings = [text for tag, text in found.texts if tag == "h2"]
    named = [headings[ids.index(table.attributes["aria-labelledby"])] for table in found.tables]
    assert named == [official.SECTIONS[id_] for id_ in ("disclosure", "requests", "review")]


def test_the_page_is_self_contained_chinese_and_fit_for_phones(form: Form, tmp_path: Path) -> None:
    found = page(builders.report(), form, tmp_path)
    tags = {tag for tag, _ in found.attributes}
    assert not tags & {"script", "style", "link", "img", "iframe", "object"}
    used = {name for _, attributes in found.attributes for name in attributes}
    assert not {
        name for name in used if name in ("src", "href", "class", "background") or name.startswith("on")
    }
    styles = [attributes["style"] for _, attributes in found.attributes if "style" in attributes]
    assert not [style for style in styles if "url(" in style or "!important" in style]
    assert ("html", {"lang": "zh-CN"}) in found.attributes
    assert ("meta", {"charset": "utf-8"}) in found.attributes
    viewport = {"name": "viewport", "content": "width=device-width, initial-scale=1"}
    assert ("meta", viewport) in found.attributes
    frames = [attributes for tag, attributes in found.attributes if tag == "div"]
    assert ["overflow-x:auto" in frame["style"] for frame in frames] == [True] * 3
    assert all(frame["role"] == "region" and frame["tabindex"] == "0" for frame in frames)


def test_the_charset_is_declared_in_the_first_kilobyte(form: Form, tmp_path: Path) -> None:
    path = write(builders.report(unit_name="机关" * 300), form, tmp_path)
    assert path.read_bytes().startswith(b"<!DOCTYPE html>\n<html")
    assert b'<meta charset="utf-8">' in path.read_bytes()[:1024]
    assert b"\r" not in path.read_bytes()


def test_a_draft_says_so_and_a_final_page_does_not(form: Form, tmp_path: Path) -> None:
    draft = page(builders.report(), form, tmp_path, draft="草稿")
    assert draft.texts[0] == ("title", f"【草稿】某县人民政府2023年{form.title}")
    assert draft.texts[1] == ("p", "草稿")
    assert "草稿" not in write(builders.report(), form, tmp_path).read_text(encoding="utf-8")


def test_the_fragment_is_the_report_alone(form: Form, tmp_path: Path) -> None:
    description = describe(form, builders.report(), draft="草稿")
    fragment = html_fragment(description)
    assert fragment.startswith('<article lang="zh-CN"')
    whole = page(builders.report(), form, tmp_path, draft="草稿")
    part = Page(fragment)
    assert part.texts == whole.texts[1:]
    assert len(part.tables) == 3


def test_the_tables_of_the_fragment_keep_their_width_in_programs_that_read_no_styles(
    form: Form, tmp_path: Path
) -> None:
    fragment = html_fragment(describe(form, builders.report(), draft=None))
    assert fragment.count("<table ") == fragment.count(' width="100%"') == 3
    assert ' width="' not in write(builders.report(), form, tmp_path).read_text(encoding="utf-8")


def test_the_fragment_marks_no_breaks_for_which_writer_would_drop_the_rest_of_a_table(form: Form) -> None:
    fragment = html_fragment(describe(form, builders.report(), draft=None))
    assert "wbr" not in fragment
    [header] = re.findall(r"<th[^>]*>法律服务机构</th>", fragment)
    assert "keep-all" not in header


def test_the_same_report_gives_the_same_bytes_and_no_trace_of_the_machine(form: Form, tmp_path: Path) -> None:
    first = write(builders.report(), form, tmp_path).read_bytes()
    assert write(builders.report(), form, tmp_path).read_bytes() == first
    for trace in (str(tmp_path), str(Path.home()), "2022"):
        assert trace.encode() not in first


def test_a_table_without_a_heading_is_drawn_too(form: Form) -> None:
    description = describe(form, Report("2021"), draft=None)
    tables = tuple(block for block in description.blocks if not isinstance(block, Heading))
    found = Page(html_fragment(replace(description, blocks=tables)))
    assert [set(table.attributes) for table in found.tables] == [{"style", "width"}] * 3


def test_a_cell_that_holds_no_number_is_left_out_when_numbers_are_read(form: Form, tmp_path: Path) -> None:
    path = write(builders.balanced(), form, tmp_path)
    source = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r'(data-cell="requests\.granted\.total"[^>]*>)[0-9]+', r"\1六十八", source), encoding="utf-8"
    )
    found = read_html_numbers(path)
    assert set(form.cells) - set(found) == {CellId("requests", "granted", "total")}


def test_the_reader_takes_cells_without_end_tags_and_refuses_names_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<td data-cell='a.b.c'>1<td data-cell=a.b.d>2.50 <td>3</td>4<td data-cell=a.b.e></td>",
        encoding="utf-8",
    )
    found = {str(cell): str(value) for cell, value in read_html_numbers(path).items()}
    assert found == {"a.b.c": "1", "a.b.d": "2.50", "a.b.e": "None"}
    path.write_text("<td data-cell='a.b'>1</td>", encoding="utf-8")
    with pytest.raises(ValueError, match="not a cell id"):
        read_html_numbers(path)


def test_headers_break_between_words_only(form: Form, tmp_path: Path) -> None:
    page = write(builders.balanced(), form, tmp_path).read_text(encoding="utf-8")
    [header] = re.findall(r"<th[^>]*>法律<wbr>服务<wbr>机构</th>", page)
    assert "word-break:keep-all" in header
