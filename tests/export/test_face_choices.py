"""The person's own faces: what is offered, how a choice is typed and kept, and that documents use it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from export.exporting import export_report
from export.face_choices import NotAChoice, kept_choice, offer, typed_choice
from export.fonts import FaceChoice, FaceRole
from export.preview import draw_pages
from model.catalogue import load_form
from tests.export.made_up_fonts import add_face, installed
from tests.model import builders

FORM = load_form("2021")
MOMENT = datetime(2024, 1, 20, tzinfo=UTC)


@pytest.fixture
def fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    with installed(monkeypatch, tmp_path / "user") as folder:
        yield folder


def export(path: Path, faces: FaceChoice) -> tuple[str, ...]:
    return export_report(FORM, builders.report(), path, draft=None, moment=MOMENT, faces=faces).notes


def base_fonts(path: Path) -> str:
    with pikepdf.open(path) as pdf:
        dictionaries = [held for held in pdf.objects if isinstance(held, pikepdf.Dictionary)]
        return " ".join(str(held.BaseFont) for held in dictionaries if "/BaseFont" in held)


def test_faces_with_chinese_characters_are_offered_by_their_chinese_names(fonts: Path) -> None:
    before = offer().names
    add_face(fonts, "Zeta Song", "某某书宋")
    add_face(fonts, "Alpha Fang")
    add_face(fonts, "Latin Only", characters="abc")
    add_face(fonts, ".Hidden Song")
    found = offer().names
    assert set(found) - set(before) == {"某某书宋", "Alpha Fang"}
    assert found.index("某某书宋") < found.index("Alpha Fang")


def test_what_is_taken_by_itself_is_told(fonts: Path) -> None:
    assert offer().automatic[FaceRole.TITLE] in {*offer().names, "随程序附带的字体"}
    add_face(fonts, "FZXiaoBiaoSong-B05S", "方正小标宋简体")
    assert offer().automatic[FaceRole.TITLE] == "方正小标宋简体"


def test_a_chosen_face_is_drawn_with_in_its_part_only(fonts: Path, tmp_path: Path) -> None:
    add_face(fonts, "Chosen Hei", "某某黑")
    path = tmp_path / "甲.pdf"
    export(path, {})
    assert "ChosenHei" not in base_fonts(path)
    notes = export(path, {FaceRole.HEADING_1: "某某黑"})
    assert "ChosenHei" in base_fonts(path)
    assert not any("找不到" in note for note in notes)


def test_a_face_that_is_gone_is_replaced_and_named(fonts: Path, tmp_path: Path) -> None:
    face = add_face(fonts, "Chosen Hei", "某某黑")
    choice = {FaceRole.HEADING_1: "某某黑"}
    assert draw_pages(FORM, builders.report(), None, choice).remarks == ()
    face.unlink()
    add_face(fonts, "Some Other")
    sentence = "为一级标题选的字体“某某黑”在这台电脑上找不到，已自动改用"
    assert export(tmp_path / "甲.pdf", choice)[0].startswith(sentence)
    assert draw_pages(FORM, builders.report(), None, choice).remarks[0].startswith(sentence)
    assert not any("找不到" in note for note in export(tmp_path / "甲.xlsx", choice))


def test_a_choice_is_typed_by_part_and_name() -> None:
    assert typed_choice(["正文=仿宋_GB2312", "表格 = 宋体"]) == {
        FaceRole.BODY: "仿宋_GB2312",
        FaceRole.TABLE: "宋体",
    }
    for word in ("正文", "正文=", "页眉=宋体", "=宋体"):
        with pytest.raises(NotAChoice, match="可写的部分是 标题、一级标题、二级标题、正文、表格"):
            typed_choice([word])


def test_what_was_kept_by_another_version_is_left_out() -> None:
    assert kept_choice({"body": "仿宋", "footer": "宋体", "title": ""}) == {FaceRole.BODY: "仿宋"}
