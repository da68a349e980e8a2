"""The one way to export: formats, read-back, what is left when something fails."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from export import exporting, outline_cache
from export.drafts import DRAFT_MARK, blocking, blocking_text, draft_mark, refuse_force_reason
from export.exporting import FORMATS, Exported, Watch, export_report, suffixes
from export.fonts import FaceRole
from export.layout import Description
from export.outlines import open_face
from export.pdf_notes import PdfNotes, file_sentences
from export.typefaces import open_typeface
from model.catalogue import load_form
from model.cells import CellId, Value
from model.checks import review
from model.engine import evaluate
from model.errors import BadTarget, CannotReadBack, CannotWrite, ExportCancelled, WrittenDiffers
from model.findings import Finding
from model.forms import Form, Severity
from tests.model import builders

MOMENT = datetime(2022, 1, 20, tzinfo=UTC)
REPORT = builders.report()


def write_to(form: Form, path: Path, **more: object) -> Exported:
    return export_report(form, REPORT, path, draft=None, moment=MOMENT, **more)  # type: ignore[arg-type]


def use_format(
    monkeypatch: pytest.MonkeyPatch, read: Mapping[CellId, Value] | None = None, fail: OSError | None = None
) -> None:
    """Put a format .txt in the place of all others, which reads back what it is told, or what is right."""
    found = evaluate(load_form(REPORT.form), REPORT.inputs) if read is None else read

    def write(description: Description, path: Path, moment: datetime, _: object) -> tuple[str, ...]:
        path.write_text(description.title, encoding="utf-8")
        if fail:
            raise fail
        return ("有一点要说",)

    text = exporting.Format(".txt", "文本", write, lambda path, form: found)
    monkeypatch.setattr(exporting, "FORMATS", {".txt": text})


@pytest.mark.parametrize("suffix", suffixes())
def test_every_format_is_written_and_its_numbers_read_back(suffix: str, form: Form, tmp_path: Path) -> None:
    target = tmp_path / f"-报告 甲{suffix.upper()}"
    exported = write_to(form, target)
    assert exported.is_final
    assert exported.path == target
    assert target.stat().st_size > 1000
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("suffix", suffixes())
def test_the_same_report_and_moment_give_the_same_bytes(suffix: str, form: Form, tmp_path: Path) -> None:
    first, second = tmp_path / f"甲{suffix}", tmp_path / f"乙{suffix}"
    write_to(form, first)
    write_to(form, second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("suffix", suffixes())
def test_a_damaged_document_does_not_replace_the_former_one(
    suffix: str, form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / f"报告{suffix}"
    target.write_bytes(b"former")
    damaged = replace(
        FORMATS[suffix], write=lambda description, path, moment, faces: (path.write_bytes(b"x"), ())[1]
    )
    monkeypatch.setattr(exporting, "FORMATS", {suffix: damaged})
    with pytest.raises((WrittenDiffers, CannotReadBack)):
        write_to(form, target)
    assert target.read_bytes() == b"former"
    assert list(tmp_path.iterdir()) == [target]


def test_cells_that_read_back_otherwise_are_named(
    form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = evaluate(form, REPORT.inputs)
    wrong = builders.cell("requests.granted.natural_person")
    use_format(monkeypatch, {**sheet, wrong: None})
    with pytest.raises(WrittenDiffers) as caught:
        write_to(form, tmp_path / "报告.txt")
    assert caught.value.places == (form.describe_cell(wrong),)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_fails_says_why_and_blames_no_disk(
    form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> Mapping[CellId, Value]:
        raise KeyError("xl/workbook.xml")

    monkeypatch.setattr("export.excel_reading.read_excel_numbers", fail)
    with pytest.raises(CannotReadBack, match="KeyError：'xl/workbook") as caught:
        write_to(form, tmp_path / "报告.xlsx")
    assert isinstance(caught.value.__cause__, exporting.Unreadable)
    assert isinstance(caught.value.__cause__.__cause__, KeyError)
    assert "磁盘" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_former_document(
    form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "报告.txt"
    target.write_text("former")
    use_format(monkeypatch, fail=OSError(28, "No space left on device"))
    with pytest.raises(CannotWrite, match="磁盘空间已满"):
        write_to(form, target)
    assert target.read_text() == "former"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_format_has_to_say_is_handed_on(
    form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_format(monkeypatch)
    assert write_to(form, tmp_path / "报告.txt").notes == ("有一点要说",)


class Stopping(Watch):
    def __init__(self, after: int) -> None:
        self.steps: list[str] = []
        self._after = after

    def step(self, text: str) -> None:
        self.steps.append(text)

    def is_cancelled(self) -> bool:
        return len(self.steps) >= self._after


@pytest.mark.parametrize("after", [0, 1, 2])
def test_an_export_can_be_stopped_at_every_step_and_leaves_nothing(
    after: int, form: Form, tmp_path: Path
) -> None:
    watch = Stopping(after)
    with pytest.raises(ExportCancelled):
        write_to(form, tmp_path / "报告.xlsx", watch=watch)
    assert len(watch.steps) == after
    assert list(tmp_path.iterdir()) == []


def test_each_step_is_told(form: Form, tmp_path: Path) -> None:
    watch = Stopping(99)
    write_to(form, tmp_path / "报告.xlsx", watch=watch)
    assert watch.steps == ["正在生成 Excel 工作簿", "正在核对 Excel 工作簿 中的数字", "正在写入“报告.xlsx”"]


def test_a_wrong_target_fails_before_anything_is_drawn(form: Form, tmp_path: Path) -> None:
    watch = Stopping(99)
    with pytest.raises(BadTarget):
        write_to(form, tmp_path / "报告.odt", watch=watch)
    assert watch.steps == []


def test_characters_that_were_left_out_are_said(form: Form, tmp_path: Path) -> None:
    report = builders.report(texts={"other": "甲\x07乙"})
    exported = export_report(form, report, tmp_path / "甲.xlsx", draft=None, moment=MOMENT)
    assert len(exported.notes) == 1
    assert "U+0007" in exported.notes[0]


def test_characters_that_no_face_has_are_said_for_a_pdf(form: Form, tmp_path: Path) -> None:
    report = builders.report(texts={"other": "收费\U000130b8\u200b"})
    exported = export_report(form, report, tmp_path / "甲.pdf", draft=None, moment=MOMENT)
    assert any("U+130B8" in note for note in exported.notes)
    assert any("U+200B" in note for note in exported.notes)


def test_a_link_is_followed_and_stays_a_link(form: Form, tmp_path: Path) -> None:
    real, link = tmp_path / "实.xlsx", tmp_path / "链.xlsx"
    real.write_bytes(b"former")
    link.symlink_to(real)
    write_to(form, link)
    assert link.is_symlink()
    assert real.stat().st_size > 1000


def test_faces_that_this_computer_lacks_are_said_in_a_sentence(tmp_path: Path) -> None:
    notes = PdfNotes(6, (), (), (), substituted=tuple(FaceRole))
    said = list(file_sentences(notes))
    assert len(said) == 1
    assert "小标宋（标题）、黑体（一级标题）、楷体（二级标题）、仿宋（正文）、宋体（表格、页码）" in said[0]


def finding(severity: Severity, note: str = "") -> Finding:
    return Finding("甲", severity, "乙", "", note=note)


@pytest.mark.parametrize(
    ("findings", "text"),
    [
        ([finding(Severity.ERROR)], "强制错误 1"),
        ([finding(Severity.WARNING), finding(Severity.WARNING)], "没有说明的核实 2"),
        ([finding(Severity.ERROR), finding(Severity.WARNING)], "强制错误 1、没有说明的核实 1"),
        ([finding(Severity.WARNING, "清理时废止了三件")], ""),
        ([finding(Severity.HINT)], ""),
        ([], ""),
    ],
)
def test_errors_and_unexplained_warnings_make_a_draft(findings: list[Finding], text: str) -> None:
    assert blocking_text(findings) == text
    assert draft_mark(findings) == (DRAFT_MARK if text else None)
    assert draft_mark(findings, forced=True) is None


def test_only_what_blocks_makes_a_draft_unless_it_is_forced(form: Form) -> None:
    sound = review(form, REPORT)
    broken = review(form, replace(REPORT, year=None))
    assert draft_mark(sound) is None
    assert [finding.code for finding in blocking(broken)] == ["year.missing"]
    assert draft_mark(broken) == DRAFT_MARK
    assert draft_mark(broken, forced=True) is None


def test_a_reason_for_forcing_says_something() -> None:
    assert refuse_force_reason("原件如此") is None
    assert all(refuse_force_reason(text) for text in ("", "  ", "\u3000", "……", "-"))
    assert all(refuse_force_reason(text) for text in ("无", "属实", "核实无误。", "数据没有问题", "1"))
    assert all(refuse_force_reason(text) is None for text in ("同意", "理由", "as published"))


def forget_faces() -> None:
    open_face.cache_clear()
    open_typeface.cache_clear()


def test_converted_outlines_are_kept_for_the_next_start(
    form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outline_cache, "outline_folder", lambda: tmp_path / "outlines")
    forget_faces()
    write_to(form, tmp_path / "冷.pdf")
    assert list((tmp_path / "outlines").glob("*.outlines"))
    forget_faces()
    write_to(form, tmp_path / "热.pdf")
    assert (tmp_path / "冷.pdf").read_bytes() == (tmp_path / "热.pdf").read_bytes()


def test_an_export_needs_no_home_folder(form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(outline_cache, "outline_folder", fail)
    assert write_to(form, tmp_path / "报告.pdf").is_final
