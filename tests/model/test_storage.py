"""Report files on disk: what is saved is what is loaded, and nothing else is ever taken for a report."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.cells import Value
from model.errors import CannotRead, FileError, FileMissing, NotAReport, printable
from model.report import Report
from model.report_file import checksum
from model.storage import MOST_BYTES, encode, load, save
from tests import strategies
from tests.effort import examples
from tests.model.builders import balanced


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


def digits(report: Report) -> list[tuple[object, object]]:
    """Return every amount digit for digit, since 12.50 equals 12.5 but is not the same."""
    held: list[Value] = [*report.inputs.values(), *(v for note in report.notes for v in note.values)]
    held += report.previous.inputs.values() if report.previous else ()
    return [(type(value), value.as_tuple() if isinstance(value, Decimal) else value) for value in held]


# ---------------------------------------------------------------- round trip


@settings(max_examples=examples(80, 5000))
@given(strategies.reports())
def test_what_is_saved_is_what_is_loaded(folder: Path, report: Report) -> None:
    path = folder / "年报.xxgk"
    save(report, path, None)
    loaded = load(path)
    assert loaded == report
    assert digits(loaded) == digits(report)
    assert not loaded.modified_outside
    assert encode(loaded) == encode(report) == path.read_bytes()


@settings(max_examples=examples(30, 2000))
@given(strategies.reports())
def test_the_file_is_utf_8_json_with_lines_and_no_mark_at_its_start(report: Report) -> None:
    content = encode(report)
    text = content.decode("utf-8")
    assert text.endswith("}\n")
    assert "\r" not in text
    assert text.startswith('{\n "format": "xxgk",\n "version": 1,\n "form": "2021",\n')
    data = json.loads(text)
    assert "total" not in json.dumps(data["inputs"])
    assert set(data) <= {
        *("format", "version", "form", "year", "unit", "inputs", "texts"),
        *("stated", "previous", "locks", "notes", "checksum"),
    }


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_mark_at_the_start_and_windows_line_ends_are_accepted(
    tmp_path: Path, start: str, line_end: str
) -> None:
    path = tmp_path / "a.xxgk"
    path.write_bytes((start + encode(balanced()).decode().replace("\n", line_end)).encode())
    assert load(path) == balanced()
    assert not load(path).modified_outside


def test_texts_are_kept_character_for_character(tmp_path: Path) -> None:
    odd = "<b>&amp;\"'\\ \x00\x1b\u2028\ud800\U0001f600镕喆堃㎡ =HYPERLINK(1)\r\n\t end "
    report = Report(form="2021", unit_name=odd, texts={"overview": odd, "other": "\r"})
    save(report, tmp_path / "a.xxgk", None)
    assert load(tmp_path / "a.xxgk") == report


def test_two_halves_of_a_character_are_saved_as_the_character(tmp_path: Path) -> None:
    report = Report(form="2021", unit_name="\ud83d\ude00")
    save(report, tmp_path / "a.xxgk", None)
    loaded = load(tmp_path / "a.xxgk")
    assert loaded.unit_name == "\U0001f600"
    assert not loaded.modified_outside


# ---------------------------------------------------------------- damage


def is_refused_or_loaded(path: Path) -> bool:
    """Load a file; tell whether it was refused. Anything but a report or a FileError is raised."""
    before = path.read_bytes()
    try:
        assert isinstance(load(path), Report)
    except FileError as failure:
        sentence = str(failure)
        assert sentence
        assert len(sentence) < 600
        assert printable(sentence) == sentence
        assert sentence.encode("utf-8")
        return True
    finally:
        assert path.read_bytes() == before
    return False


def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    small = Report(form="2021", year=2021, unit_name="某局", texts={"other": "无收费"}, inputs={})
    content = encode(small)
    path = tmp_path / "cut.xxgk"
    for length in range(len(content) - 1):
        path.write_bytes(content[:length])
        assert is_refused_or_loaded(path), length
    path.write_bytes(content[:-1])
    assert load(path) == small


def test_a_full_file_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    content = encode(balanced())
    path = tmp_path / "cut.xxgk"
    for length in range(0, len(content) - 1, 1 if examples(0, 1) else 37):
        path.write_bytes(content[:length])
        assert is_refused_or_loaded(path), length


@settings(max_examples=examples(1500, 20_000))
@given(st.data())
def test_flipped_bytes_give_a_report_or_a_refusal(folder: Path, data: st.DataObject) -> None:
    content = bytearray(_CONTENT)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    path = folder / "flipped.xxgk"
    path.write_bytes(content)
    if not is_refused_or_loaded(path) and json.loads(content.decode("utf-8-sig")) != json.loads(_CONTENT):
        assert load(path).modified_outside


@settings(max_examples=examples(800, 20_000))
@given(st.data())
def test_swapped_values_give_a_report_or_a_refusal(folder: Path, data: st.DataObject) -> None:
    whole = json.loads(_CONTENT)
    holders = list(_holders(whole))
    holder = data.draw(st.sampled_from(holders))
    key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
    action = data.draw(st.sampled_from(["other", "random", "key", "gone"]))
    if action == "other":
        donor = data.draw(st.sampled_from(holders))
        holder[key] = json.loads(json.dumps(donor))
    elif action == "random":
        holder[key] = data.draw(strategies.json_values)
    elif action == "gone" or isinstance(holder, list):
        del holder[key]
    else:
        holder[data.draw(strategies.keys)] = holder.pop(key)
    path = folder / "swapped.xxgk"
    path.write_text(json.dumps(whole), encoding="utf-8")
    is_refused_or_loaded(path)


@settings(max_examples=examples(300, 5000))
@given(
    st.one_of(st.binary(max_size=300), strategies.json_values.map(lambda value: json.dumps(value).encode()))
)
def test_any_other_file_is_refused(folder: Path, content: bytes) -> None:
    path = folder / "other.xxgk"
    path.write_bytes(content)
    assert is_refused_or_loaded(path)


def _holders(value: object) -> list[dict[str, object] | list[object]]:
    if not isinstance(value, dict | list) or not value:
        return []
    inner = value.values() if isinstance(value, dict) else value
    return [value, *(holder for item in inner for holder in _holders(item))]


def _rich() -> bytes:
    data = json.loads(encode(balanced()))
    data["locks"] = {"requests.carried_in.business": {"from": 2022}}
    data["previous"] = {
        "form": "2021",
        "year": 2022,
        "inputs": {"requests": {"carried_out": {"business": 2}}},
    }
    data["notes"] = [
        {"code": "x", "cells": ["requests.granted.total"], "values": [3], "text": "因", "at": ""}
    ]
    data["inputs"]["requests"] = {key: data["inputs"]["requests"][key] for key in ("received", "granted")}
    del data["checksum"]
    file = json.dumps(data, ensure_ascii=False).encode()
    return json.dumps({**json.loads(file), "checksum": checksum(data)}, ensure_ascii=False, indent=1).encode()


_CONTENT = _rich()


# ---------------------------------------------------------------- what is no report file at all


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空的"),
        (b" \r\n\t", "空的"),
        (b"\xef\xbb\xbf", "不合 JSON 格式"),
        (b"PK\x03\x04\xff\xfe", "不是 UTF-8"),
        ("{}".encode("utf-16"), "不是 UTF-8"),
        ("年报".encode("gb18030"), "不是 UTF-8"),
        (b"\x00" * 100, "不合 JSON 格式"),
        (b"%PDF-1.7", "不合 JSON 格式"),
        (b"<html></html>", "不合 JSON 格式"),
        (b'{"version": 1}', "不是年报内容"),
    ],
)
def test_what_is_no_report_is_refused_in_a_sentence(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "某局年报.xxgk"
    path.write_bytes(content)
    with pytest.raises(NotAReport) as refused:
        load(path)
    assert reason in str(refused.value)
    assert "“某局年报.xxgk”" in str(refused.value)
    assert "没有被改动" in str(refused.value)
    assert refused.value.path == path


def test_a_file_of_200_mb_is_refused_without_reading_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.xxgk"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("the file was read"))
    with pytest.raises(NotAReport, match="200 MB"):
        load(path)


def test_a_file_just_within_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xxgk"
    path.write_bytes(encode(balanced()).ljust(MOST_BYTES, b"\n"))
    assert load(path) == balanced()
    path.write_bytes(encode(balanced()).ljust(MOST_BYTES + 1, b"\n"))
    with pytest.raises(NotAReport, match="16 MB"):
        load(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match="找不到文件"):
        load(tmp_path / "gone.xxgk")
    with pytest.raises(FileMissing):
        load(tmp_path / "gone" / "gone.xxgk")
    with pytest.raises(NotAReport, match="它是一个文件夹"):
        load(tmp_path)


def test_a_path_through_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotRead, match="不是文件夹"):
        load(tmp_path / "file" / "a.xxgk")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xxgk")
    with pytest.raises(NotAReport, match="不是普通文件"):
        load(tmp_path / "pipe.xxgk")


def test_a_file_that_the_system_refuses_to_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xxgk"
    save(balanced(), path, None)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(CannotRead, match="没有权限"):
        load(path)


def test_a_link_is_read_through(tmp_path: Path) -> None:
    save(balanced(), tmp_path / "a.xxgk", None)
    (tmp_path / "link.xxgk").symlink_to(tmp_path / "a.xxgk")
    assert load(tmp_path / "link.xxgk") == balanced()
    (tmp_path / "loop.xxgk").symlink_to(tmp_path / "loop.xxgk")
    with pytest.raises(CannotRead, match="绕成了圈"):
        load(tmp_path / "loop.xxgk")
