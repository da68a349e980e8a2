"""Glyph positions of 240 generated texts, 1 to 5,000 characters long, measured in the written PDF."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.export.page_audit import LEFT, RIGHT, PrintedLine, body_lines, faults
from tests.export.pdf_samples import OVERVIEW, text_description, write

TEXTS, TEXTS_A_FILE = 240, 16
HAN = "的一是了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后"
STOPS = "，，，。。、、；：？！"
WORDS = [
    "2021",
    "3,456",
    "98.5%",
    "24252.311082",
    "GB/T 9704-2012",
    "COVID-19",
    "12.5㎡",
    "A",
    "Word",
    "0730-8888888",
    "30 ㎡",
    "36.5 ℃",
    "国办函〔2020〕109号",
    "2021年12月31日",
    "12345678.90",
    "№5",
    "#12",
    "Ⅳ级",
    "e-mail",
    "互联网+",
    "10～20",
    "５０％",
]
ADDRESSES = [
    "http://www.example.gov.cn/zwgk/zfxxgk/index.html",
    "https://a.gov.cn/col/col1229/?id=12&page=3",
    "a@b.cn",
    "zhangsan_01@mail.example.gov.cn",
    "https://a.gov.cn/" + "x" * 120,
]
PAIRS = [
    "“{}”",
    "《{}》",
    "（{}）",
    "〔{}〕",
    "“《{}》”",
    "【{}】",
    '"{}"',
    "（《〈“‘{}’”〉》）",
    "《{}》《办法》、“{}。”",
]
JOINTS = ["——", "……", "·", " ", "—", "？！", "……。", "——“放管服”", "\u3000", "／"]


pytestmark = pytest.mark.usefixtures("no_system_faces")


def generated_text(source: random.Random) -> str:
    """Return a text that begins with a character and mixes all that reports hold."""
    length = source.choice([1, 2, 5, 30, 60, 120, 300, 900, 5000 if source.random() < 0.2 else 600])
    text = source.choice(HAN)
    while len(text) < length:
        text += piece(source)
    return text[:length].rstrip('“‘《〈（〔【 \u3000#№／-"')


def piece(source: random.Random) -> str:
    words = "".join(source.choices(HAN, k=source.randint(1, 14)))
    kind = source.random()
    if kind < 0.45:
        return words + source.choice(STOPS)
    if kind < 0.6:
        return source.choice(PAIRS).format(words, words) + words
    if kind < 0.8:
        return words + source.choice(WORDS) + words
    if kind < 0.85:
        return words + "（" + source.choice(ADDRESSES) + "）"
    return words + source.choice(JOINTS) + words


def without_spaces(text: str) -> str:
    return "".join(text.split())


def test_no_line_of_many_texts_breaks_a_rule(tmp_path: Path) -> None:
    source = random.Random(9704)
    found: list[str] = []
    measured: list[PrintedLine] = []
    for number in range(TEXTS // TEXTS_A_FILE):
        texts = [generated_text(source) for _ in range(TEXTS_A_FILE)]
        path = tmp_path / f"{number}.pdf"
        write(text_description(texts), path)
        lines = body_lines(path)
        measured.extend(lines)
        found.extend(faults(lines))
        assert without_spaces("".join(line.text for line in lines)) == without_spaces("".join(texts))
    assert found == []
    assert len(measured) > 2000


def test_plain_text_stands_in_the_grid_of_22_lines_of_28_characters(tmp_path: Path) -> None:
    write(text_description(["文" * 5000]), tmp_path / "a.pdf")
    lines = body_lines(tmp_path / "a.pdf")
    assert {len(line.text) for line in lines[1:-1]} == {28}
    pages = [sum(line.page == page for line in lines) for page in range(1, lines[-1].page + 1)]
    assert set(pages[:-1]) == {22}
    column = (RIGHT - LEFT - 16) / 27
    places = [(glyph.left - LEFT) / column for line in lines for glyph in line.glyphs]
    assert places == pytest.approx([round(place) for place in places], abs=0.01)


def test_lines_of_every_page_stand_on_the_same_twenty_two_heights(tmp_path: Path) -> None:
    write(text_description([text for text in OVERVIEW.split("\n") * 9 if text]), tmp_path / "a.pdf")
    lines = body_lines(tmp_path / "a.pdf")
    heights = {round(line.glyphs[0].baseline, 1) for line in lines}
    assert lines[-1].page > 1
    assert len(heights) <= 22
