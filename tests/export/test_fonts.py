"""Finding and reading faces: with the packaged fallback alone, and with made-up font folders."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.ttCollection import TTCollection

from export import font_files
from export.fallback_fonts import fallback_sans_path, fallback_serif_path
from export.font_files import FaceFile, describe_face, font_folders, installed_faces
from export.fonts import (
    FaceRole,
    find_faces,
    is_substitute,
    is_too_light,
    role_faces,
)
from export.marks import half
from export.outlines import Face, open_face, without_hints
from export.registered_fonts import registered_files
from export.sfnt import Sfnt, SfntError, face_count, open_sfnt
from tests.export.made_up_fonts import make_font


def test_the_fallback_faces_are_there_and_cover_all_of_gb2312() -> None:
    characters = [
        bytes([high, low]).decode("gb2312", "ignore")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
    ]
    for path in (fallback_sans_path(), fallback_serif_path()):
        sfnt = open_sfnt(path)
        assert all(sfnt.glyph(ord(character)) for character in characters if character)


def test_rare_characters_of_names_are_in_the_fallback() -> None:
    sfnt = open_sfnt(fallback_serif_path())
    assert all(sfnt.glyph(ord(character)) for character in "镕喆堃犇㎡⑳〔〕𬱖")


@pytest.mark.parametrize("path", [fallback_sans_path(), fallback_serif_path()])
def test_we_read_a_face_as_font_tools_does(path: Path) -> None:
    ours, theirs = open_sfnt(path), TTFont(io.BytesIO(path.read_bytes()), lazy=True)
    characters = theirs.getBestCmap()
    sample = list(characters)[::37]
    assert [ours.glyph(code) for code in sample] == [theirs.getGlyphID(characters[code]) for code in sample]
    advances = theirs["hmtx"]
    assert [ours.advance(ours.glyph(code)) for code in sample] == [
        advances[characters[code]][0] for code in sample
    ]
    assert ours.units_per_em == theirs["head"].unitsPerEm
    assert ours.metrics.ascent == theirs["hhea"].ascent
    assert ours.postscript_name == theirs["name"].getDebugName(6)


def test_a_character_map_of_ranges_is_read_in_all_its_forms(tmp_path: Path) -> None:
    path = make_font(tmp_path / "a.ttf", "Some Song", "abcz文件")
    face, theirs = open_sfnt(path), TTFont(path)
    theirs["cmap"].tables = [table for table in theirs["cmap"].tables if table.format == 4]
    theirs.save(tmp_path / "b.ttf")
    for sfnt in (face, open_sfnt(tmp_path / "b.ttf")):
        assert [sfnt.glyph(ord(c)) for c in "abcz文件dx"] == [1, 2, 3, 4, 5, 6, 0, 0]


def character_map(first: int, last: int, delta: int, listed: tuple[int, ...] = ()) -> bytes:
    """Return a font file of nothing but a character map of format 4 with one range."""
    offset = 4 if listed else 0
    fields = [(last, 0xFFFF), (first, 0xFFFF), (delta, 1), (offset, 0)]
    ends, starts, deltas, offsets = (struct.pack(">HH", *field) for field in fields)
    body = ends + b"\0\0" + starts + deltas + offsets + struct.pack(f">{len(listed)}H", *listed)
    table = struct.pack(">HHHHL", 0, 1, 3, 1, 12)
    table += struct.pack(">7H", 4, 14 + len(body), 0, 4, 4, 1, 0) + body
    return b"\0\1\0\0" + struct.pack(">4H4sLLL", 1, 0, 0, 0, b"cmap", 0, 28, len(table)) + table


def test_a_range_that_passes_the_last_glyph_number_begins_again_at_zero() -> None:
    sfnt = Sfnt(character_map(0x4E00, 0x4E05, 0x10000 - 0x4E00 - 2 & 0xFFFF))
    assert [sfnt.glyph(0x4E00 + place) for place in range(7)] == [0xFFFE, 0xFFFF, 0, 1, 2, 3, 0]


def test_a_range_may_list_its_glyphs_one_by_one_and_leave_some_out() -> None:
    sfnt = Sfnt(character_map(0x4E00, 0x4E03, 1, (7, 0, 9, 5)))
    assert [sfnt.glyph(0x4E00 + place) for place in range(5)] == [8, 0, 10, 6, 0]


def test_a_face_without_the_table_of_weights_counts_as_regular_and_free() -> None:
    sfnt = Sfnt(character_map(0x4E00, 0x4E03, 1))
    assert (sfnt.weight, sfnt.is_italic, sfnt.may_embed) == (400, False, True)
    with pytest.raises(SfntError, match="glyf"):
        sfnt.table("glyf")


def test_what_is_no_font_file_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"short", b"a text that is long enough"):
        (tmp_path / "a.ttf").write_bytes(content)
        with pytest.raises(SfntError):
            open_sfnt(tmp_path / "a.ttf")
        assert face_count(tmp_path / "a.ttf") == 0


def test_chinese_names_are_read_whatever_platform_they_are_for(tmp_path: Path) -> None:
    path = make_font(tmp_path / "a.ttf", "Some Song")
    font = TTFont(path)
    font["name"].setName("某某宋体", 1, 3, 1, 0x804)
    font["name"].setName("Café", 4, 1, 0, 0)
    font.save(path)
    names = open_sfnt(path).names
    assert {"某某宋体", "café", "some song", "somesong"} <= names


def test_an_older_character_map_without_unicode_is_refused(tmp_path: Path) -> None:
    path = make_font(tmp_path / "a.ttf", "Some Song")
    font = TTFont(path)
    font["cmap"].tables = []
    font.save(path)
    with pytest.raises(SfntError, match="Unicode"):
        open_sfnt(path).glyph(0x6587)


def test_the_sorted_folders_of_each_system_include_the_users_own() -> None:
    windows = font_folders("win32", {"WINDIR": "C:/W", "LOCALAPPDATA": "C:/U/L"})
    assert windows == (Path("C:/W/Fonts"), Path("C:/U/L/Microsoft/Windows/Fonts"))
    linux = font_folders("linux", {"HOME": "/home/a"})
    assert {Path("/usr/share/fonts"), Path("/home/a/.fonts"), Path("/home/a/.local/share/fonts")} <= set(
        linux
    )
    assert Path("/home/a/Library/Fonts") in font_folders("darwin", {"HOME": "/home/a"})


class Registry:
    """Stands in for winreg: the values of two keys, either of which may be missing."""

    HKEY_LOCAL_MACHINE, HKEY_CURRENT_USER = "machine", "user"

    def __init__(self, **hives: list[object]) -> None:
        self._hives = hives

    @contextmanager
    def OpenKey(self, hive: str, place: str) -> Iterator[list[object]]:
        assert place.endswith("Fonts")
        if hive not in self._hives:
            raise FileNotFoundError(2, "no such key")
        yield self._hives[hive]

    def QueryInfoKey(self, key: list[object]) -> tuple[int, int, int]:
        return 0, len(key), 0

    def EnumValue(self, key: list[object], number: int) -> tuple[str, object, int]:
        return f"仿宋 (TrueType) {number}", key[number], 1


def test_fonts_that_windows_has_registered_elsewhere_are_found(tmp_path: Path) -> None:
    other_disk = str(tmp_path / "字体 盘" / "方正小标宋.ttf")
    folders = (Path("C:/Windows/Fonts"), Path("C:/U/L/Fonts"))
    registry = Registry(machine=["simfang.ttf", other_disk, 7, ""])
    assert list(registered_files(folders, registry)) == [folders[0] / "simfang.ttf", Path(other_disk)]
    assert list(registered_files(folders, Registry(user=[other_disk]))) == [Path(other_disk)]
    assert list(registered_files(folders)) == [], "other systems have no registry"


def test_a_registered_face_counts_as_installed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own").mkdir()
    made = make_font(tmp_path / "far.ttf", "Far Song")
    near = make_font(tmp_path / "own" / "near.ttf", "Near Song")
    monkeypatch.setattr(font_files, "font_folders", lambda: (tmp_path / "own",))
    registered = [made, near, tmp_path / "gone.ttf", tmp_path / "old.fon"]
    monkeypatch.setattr(font_files, "registered_files", lambda _: iter(registered))
    assert [face.label for face in installed_faces.__wrapped__()] == ["Far Song", "Near Song"]


def test_damaged_restricted_and_slanting_faces_count_as_not_installed(tmp_path: Path) -> None:
    make_font(tmp_path / "good.ttf", "Good Song")
    make_font(tmp_path / "restricted.ttf", "Restricted Song", fsType=2)
    make_font(tmp_path / "italic.ttf", "Italic Song", fsSelection=1)
    (tmp_path / "empty.ttf").write_bytes(b"")
    (tmp_path / "text.otf").write_text("hello, this is no font")
    (tmp_path / "cut.ttf").write_bytes((tmp_path / "good.ttf").read_bytes()[:200])
    (tmp_path / "readme.txt").write_text("no font")
    assert [face.label for face in installed_faces((tmp_path,))] == ["Good Song"]


def test_a_collection_gives_all_its_faces(tmp_path: Path) -> None:
    parts = [make_font(tmp_path / f"{name}.ttf", f"Set {name}") for name in ("One", "Two")]
    collection = TTCollection()
    collection.fonts = [TTFont(part) for part in parts]
    collection.save(tmp_path / "set.ttc")
    for part in parts:
        part.unlink()
    assert face_count(tmp_path / "set.ttc") == 2
    faces = installed_faces((tmp_path,))
    assert [(face.index, "set one" in face.names, "set two" in face.names) for face in faces] == [
        (0, True, False),
        (1, False, True),
    ]
    assert open_face(faces[1]).covers("文")


def face_file(name: str, weight: int = 400) -> FaceFile:
    return FaceFile(Path(f"{name}{weight}.ttf"), 0, frozenset({name.casefold()}), weight)


def test_the_users_choice_comes_first_then_the_usual_names_then_the_fallback() -> None:
    kai, fang, other = face_file("楷体"), face_file("仿宋_GB2312"), face_file("某公司仿宋")
    installed = (kai, fang, other)
    chosen = role_faces(FaceRole.BODY, {FaceRole.BODY: "某公司仿宋"}, installed)
    assert chosen[:2] == (other, fang)
    assert chosen[2].path == fallback_serif_path()
    assert role_faces(FaceRole.HEADING_2, {}, installed)[0] == kai


def test_a_choice_that_is_not_installed_changes_nothing() -> None:
    fang = face_file("仿宋")
    assert role_faces(FaceRole.BODY, {FaceRole.BODY: "没有的字体"}, (fang,))[0] == fang


def test_the_title_takes_the_heavy_face_of_a_family() -> None:
    light, heavy = face_file("Noto Serif CJK SC", 400), face_file("Noto Serif CJK SC", 700)
    assert role_faces(FaceRole.TITLE, {}, (light, heavy))[0] == heavy
    assert role_faces(FaceRole.TABLE, {}, (light, heavy))[0] == light


def test_only_a_heavy_face_needs_no_strengthening_in_the_title() -> None:
    names = {"方正小标宋简体": False, "华文中宋": False, "宋体": True, "Noto Serif CJK SC": True}
    found = {name: is_too_light(FaceRole.TITLE, face_file(name)) for name in names}
    assert found == names
    assert not is_too_light(FaceRole.TITLE, face_file("Noto Serif CJK SC", 700))
    assert not is_too_light(FaceRole.HEADING_1, face_file("黑体"))
    assert not is_too_light(FaceRole.BODY, role_faces(FaceRole.BODY, {}, ())[0])


def test_every_role_ends_with_both_fallback_faces() -> None:
    for role, files in find_faces().items():
        assert {fallback_sans_path(), fallback_serif_path()} <= {file.path for file in files}, role
    only = role_faces(FaceRole.HEADING_1, {}, ())
    assert [file.path for file in only] == [fallback_sans_path(), fallback_serif_path()]
    assert is_substitute(FaceRole.HEADING_1, only[0])


def test_instructions_are_taken_out_of_a_stored_outline() -> None:
    contour = struct.pack(">h4hH", 1, 0, 0, 9, 9, 0)
    points = b"\x01\x00\x00"
    assert without_hints(contour + struct.pack(">H", 3) + b"abc" + points) == contour + b"\0\0" + points
    assert without_hints(b"") == b""


def test_a_true_type_outline_is_taken_as_stored(tmp_path: Path) -> None:
    file = describe_face(make_font(tmp_path / "a.ttf", "Some Song"))
    assert file is not None
    face = open_face(file)
    assert face.outline("文").box == (50, 0, 900, 900)
    assert face.advance("文") == 1.0


def test_a_cubic_outline_is_turned_into_a_quadratic_one(tmp_path: Path) -> None:
    file = describe_face(make_font(tmp_path / "a.otf", "Some Cubic", cubic=True))
    assert file is not None
    outline = open_face(file).outline("文")
    contours = struct.unpack_from(">h", outline.data)[0]
    assert contours == 1
    assert outline.box[0] == 50


def test_a_mark_that_a_face_draws_in_the_middle_keeps_its_ink_in_a_half_cell(tmp_path: Path) -> None:
    file = describe_face(make_font(tmp_path / "a.ttf", "Some Song", "？"))
    assert file is not None
    face = open_face(file)
    fit = face.fit(half("？"))
    assert fit is not None
    left, _, right, _ = face.outline("？").box
    assert (left + right) / 2 + fit.shift == 250


def test_an_outline_made_of_others_is_drawn_out(tmp_path: Path) -> None:
    path = make_font(tmp_path / "a.ttf", "Some Song")
    font = TTFont(path)
    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent("g6587", (1, 0, 0, 1, 10, 0))
    font["glyf"]["g4EF6"] = pen.glyph()
    font["hmtx"]["g4EF6"] = (1000, 60)
    font.save(path)
    file = describe_face(path)
    assert file is not None
    assert open_face(file).outline("件").box == (60, 0, 910, 900)


def test_a_variable_face_is_drawn_at_the_weight_asked_for(tmp_path: Path) -> None:
    path = make_font(tmp_path / "a.ttf", "Some Variable", "文")
    font = TTFont(path)
    add_weight_axis(font)
    font.save(path)
    light, heavy = Face(path, 0, 400), Face(path, 0, 700)
    assert light.outline("文").box == (50, 0, 900, 900)
    assert heavy.outline("文").box[2] == 950
    assert light.advance("文") == 1.0


def add_weight_axis(font: TTFont) -> None:
    """Give a font a weight axis from 400 to 700 that moves the right edge of its glyph by 50 units."""
    from fontTools.ttLib.tables._f_v_a_r import Axis
    from fontTools.ttLib.tables.TupleVariation import TupleVariation

    axis = Axis()
    axis.axisTag, axis.minValue, axis.defaultValue, axis.maxValue = "wght", 400, 400, 700
    font["fvar"] = newTable("fvar")
    font["fvar"].axes = [axis]
    font["gvar"] = newTable("gvar")
    still = [(0, 0)] * 4
    moves = TupleVariation({"wght": (0.0, 1.0, 1.0)}, [(0, 0), (0, 0), (50, 0), *still])
    font["gvar"].variations = {"g6587": [moves], ".notdef": []}
