"""The embedded font programs, read back with fontTools, and the cache of converted outlines."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from export.characters import printable, printed_code
from export.fallback_fonts import fallback_sans_path, fallback_serif_path
from export.font_files import FaceFile, describe_face
from export.font_program import FontProgram, build_program
from export.fonts import FaceRole
from export.marks import half, joined
from export.outline_cache import load_outlines, store_outlines
from export.outlines import Face, open_face
from export.pdf_fonts import to_unicode_map
from export.typefaces import Typeface
from tests.export.made_up_fonts import make_font


@pytest.fixture(scope="module")
def serif() -> Face:
    file = describe_face(fallback_serif_path())
    assert file is not None
    return open_face(file)


def opened(program: FontProgram) -> TTFont:
    return TTFont(io.BytesIO(program.data), checkChecksums=2)


def test_glyphs_come_in_the_order_asked_for(serif: Face) -> None:
    program = build_program(serif, ("文", "a", " "))
    font = opened(program)
    assert font["maxp"].numGlyphs == 4
    assert program.advances == (
        1000,
        1000,
        round(serif.advance("a") * 1000),
        round(serif.advance(" ") * 1000),
    )
    glyphs = [font["glyf"][name] for name in font.getGlyphOrder()]
    assert [bool(glyph.numberOfContours) for glyph in glyphs] == [False, True, True, False]
    assert [font["hmtx"][name][0] for name in font.getGlyphOrder()] == list(program.advances)


def test_a_half_mark_shows_the_same_ink_in_half_an_em(serif: Face) -> None:
    font = opened(build_program(serif, ("。", half("。"), "“", half("“"))))
    boxes = [font["glyf"][name] for name in font.getGlyphOrder()]
    stop, half_stop, quote, half_quote = boxes[1:5]
    assert (half_stop.xMin, half_stop.xMax) == (stop.xMin, stop.xMax)
    assert (half_quote.xMin, half_quote.xMax) == (quote.xMin - 500, quote.xMax - 500)
    assert [font["hmtx"][name][0] for name in font.getGlyphOrder()[1:5]] == [1000, 500, 1000, 500]


@pytest.mark.parametrize("mark", "。，、；：？！）》〉」』】〕”’“‘（《〈「『【〔")
@pytest.mark.parametrize("path", [fallback_sans_path(), fallback_serif_path()])
def test_the_ink_of_every_mark_fits_its_half(path: Path, mark: str) -> None:
    file = describe_face(path)
    assert file is not None
    face = open_face(file)
    fit = face.fit(half(mark))
    assert fit is not None
    left, _, right, _ = face.outline(mark).box
    assert left + fit.shift >= 0
    assert right + fit.shift <= 500


def test_a_lowered_digit_that_the_face_lacks_is_drawn_as_a_small_digit(serif: Face) -> None:
    assert not serif.covers("₂")
    font = opened(build_program(serif, ("₂", "2", "⁺", "²")))
    small, digit, plus, own = (font["glyf"][name] for name in font.getGlyphOrder()[1:5])
    assert [glyph.isComposite() for glyph in (small, plus, own)] == [True, True, False]
    assert small.yMax - small.yMin == pytest.approx(0.64 * (digit.yMax - digit.yMin), abs=1)
    assert small.yMin < -100 < 0 < small.yMax < digit.yMax / 2
    assert plus.yMin > 300
    assert serif.advance("₂") == pytest.approx(0.64 * serif.advance("2"), abs=0.001)
    assert b"<2082>" in to_unicode_map(["₂"])


def test_a_face_that_has_a_lowered_digit_comes_before_one_that_makes_it(tmp_path: Path) -> None:
    found = [
        describe_face(make_font(tmp_path / f"{name}.ttf", name, characters))
        for name, characters in (("Plain", "文2"), ("Full", "文2₂"))
    ]
    plain, full = (file for file in found if file is not None)
    typeface = Typeface(FaceRole.BODY, (plain, full))
    assert typeface.face_for("2") is open_face(plain, 400)
    assert typeface.face_for("₂") is open_face(full, 400)
    assert Typeface(FaceRole.BODY, (plain,)).face_for("₂") is open_face(plain, 400)
    assert Typeface(FaceRole.BODY, (plain,)).missing("₂₃") == ["₃"]


def test_a_joined_dash_fills_its_em(serif: Face) -> None:
    font = opened(build_program(serif, (joined("—"),)))
    dash = font["glyf"][font.getGlyphOrder()[1]]
    assert (dash.xMin, dash.xMax) == (0, 1000)
    assert serif.outline("—").advance < 1000


def test_a_mark_that_is_drawn_narrow_is_put_into_a_whole_em(serif: Face) -> None:
    assert not serif.fills_em("·")
    assert serif.advance("·") == 1.0
    fit = serif.fit("·")
    assert fit is not None
    assert fit.advance == 1000
    assert fit.shift == (1000 - serif.outline("·").advance) // 2


def test_equal_characters_give_equal_bytes(serif: Face) -> None:
    build = build_program.__wrapped__  # without what is remembered
    assert build(serif, ("文", "件")) == build(serif, ("文", "件"))


def test_readers_are_told_the_character_behind_every_code() -> None:
    lines = to_unicode_map(["文", half("。"), "𬱖", joined("—")]).decode().splitlines()
    assert lines[9:15] == [
        "4 beginbfchar",
        "<0001> <6587>",
        "<0002> <3002>",
        "<0003> <d873dc56>",
        "<0004> <2014>",
        "endbfchar",
    ]
    assert to_unicode_map(["文"] * 250).decode().count("endbfchar") == 3


class Refusing(Face):
    """A face that must not convert anything any more."""

    def _outline_data(self, glyph: int) -> bytes:
        raise AssertionError("converted again")


def test_a_later_run_takes_converted_outlines_from_the_cache(tmp_path: Path) -> None:
    first = Face(fallback_serif_path(), 0, 400)
    first.load_cache(tmp_path)
    outline = first.outline("文")
    first.store_cache(tmp_path)
    later = Refusing(fallback_serif_path(), 0, 400)
    later.load_cache(tmp_path)
    assert later.outline("文") == outline
    with pytest.raises(AssertionError):
        later.outline("件")


def test_a_damaged_cache_counts_as_none(tmp_path: Path) -> None:
    first = Face(fallback_serif_path(), 0, 400)
    first.load_cache(tmp_path)
    outline = first.outline("文")
    first.store_cache(tmp_path)
    [file] = tmp_path.iterdir()
    for damaged in (b"", file.read_bytes()[:-1], file.read_bytes()[:40] + b"x" + file.read_bytes()[41:]):
        file.write_bytes(damaged)
        later = Face(fallback_serif_path(), 0, 400)
        later.load_cache(tmp_path)
        assert later.outline("文") == outline


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    face = Face(fallback_serif_path(), 0, 400)
    face.load_cache(blocked)
    assert face.outline("文").data
    face.store_cache(blocked)
    assert blocked.read_bytes() == b""


def test_the_cache_keeps_few_files_of_few_characters(tmp_path: Path) -> None:
    many = {chr(0x4E00 + number): (b"x", 1000) for number in range(9000)}
    for number in range(20):
        path = tmp_path / f"{number:02d}.outlines"
        store_outlines(path, many)
        os.utime(path, (number, number))
    store_outlines(tmp_path / "new.outlines", {"文": (b"", 0)})
    kept = sorted(file.stem for file in tmp_path.iterdir())
    assert kept == [*(f"{number:02d}" for number in range(5, 20)), "new"]
    assert len(load_outlines(tmp_path / "19.outlines")) == 8000


def test_a_font_file_that_is_gone_is_no_failure(tmp_path: Path) -> None:
    copy = tmp_path / "face.otf"
    copy.write_bytes(fallback_serif_path().read_bytes())
    face = Face(copy, 0, 400)
    copy.unlink()
    face.load_cache(tmp_path / "cache")
    assert face.outline("文").data
    face.store_cache(tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def fallback_typeface(role: FaceRole) -> Typeface:
    files = [describe_face(path) for path in (fallback_serif_path(), fallback_sans_path())]
    return Typeface(role, tuple(file for file in files if isinstance(file, FaceFile)))


def test_a_mark_is_taken_from_the_first_face_that_draws_it_full_width() -> None:
    typeface = fallback_typeface(FaceRole.BODY)
    names = [face.sfnt.postscript_name for shape in "文“·" if (face := typeface.face_for(shape))]
    assert names == ["NotoSerifSC-Regular", "NotoSerifSC-Regular", "NotoSansSC-Regular"]


def test_a_heavy_role_with_a_regular_face_is_thickened() -> None:
    assert fallback_typeface(FaceRole.TITLE).thickening > 0
    assert fallback_typeface(FaceRole.BODY).thickening == 0


def test_what_cannot_be_printed_is_named_in_order() -> None:
    assert printable("a\x00b\u202ec\ud800\x00\ufeff") == ("abc", ("\x00", "\u202e", "\ud800", "\ufeff"))
    assert printable("a\tb\u00a0c\r\nd\u2028e\rf") == ("a b c\nd\ne\nf", ())
    assert printable("㎡ﬁe\u0301①\u3000\u3000") == ("㎡ﬁé①\u3000\u3000", ())
    assert printable("❤\ufe0f\U000f0041") == ("❤", ("\ufe0f", "\U000f0041"))


def test_a_code_has_at_least_four_digits() -> None:
    assert (printed_code("\u00e9"), printed_code("😀")) == ("〔U+00E9〕", "〔U+1F600〕")
