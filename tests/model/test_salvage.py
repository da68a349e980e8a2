"""What is still read of a damaged report file, and what is said to be lost: nothing is guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model.loose_json import Loose, parse_loosely
from model.report_file import KEYS, checksum
from model.salvage import Salvaged, salvage, salvage_content
from model.storage import encode, load
from tests.model import builders
from tests.model.test_mutations import REPORT

HEAD = '{"format": "xxgk", "version": 1, "form": "2021", '


def read(text: str) -> Loose:
    return parse_loosely(text, KEYS)


def salvaged(body: str) -> Salvaged:
    result = salvage_content((HEAD + body).encode("utf-8"))
    assert result is not None
    return result


def places(result: Salvaged) -> list[str]:
    return [loss.place for loss in result.lost]


# ---------------------------------------------------------------- JSON that is cut off or damaged


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"a": 1}',
        '{"a": [1, {"b": null}, "x", true, -0.5e3], "c": {}}',
        '{ "a" :"\\u4e2d\\n" , "b": [] }',
    ],
)
def test_what_is_whole_is_read_as_it_stands(text: str) -> None:
    result = read(text)
    assert result.value == json.loads(text)
    assert result.losses == []
    assert result.partial == set()


@pytest.mark.parametrize(
    "text", ['{"a": 12', '{"a": 1x}', '{"a": tru', '{"a": 08}', '{"a": -}', '{"a": 1', '{"a"']
)
def test_a_value_that_did_not_end_is_not_taken(text: str) -> None:
    result = read(text)
    assert result.value == {}
    assert len(result.losses) == 1


def test_a_text_that_did_not_end_is_taken_and_named() -> None:
    result = read('{"t": {"a": "全文", "b": "半')
    assert result.value == {"t": {"a": "全文", "b": "半"}}
    assert {"t.b", "t"} <= result.partial
    assert result.losses[0].place == "t.b"


def test_a_name_that_stands_twice_counts_neither_time() -> None:
    result = read('{"a": 1, "a": 2, "a": 3, "b": 4}')
    assert result.value == {"b": 4}
    assert {loss.place for loss in result.losses} == {"a"}


def test_after_damage_reading_goes_on_at_the_next_part() -> None:
    result = read('{\n "inputs": {"a": #},\n  "b": {}\n },\n "texts": {"x": "y"},\n "stated": 7\n}')
    assert result.value == {"inputs": {}, "texts": {"x": "y"}, "stated": 7}
    assert result.partial == {"inputs", ""}


@pytest.mark.parametrize("text", ["", "   ", "[1]", "PK\x03\x04", "null"])
def test_what_is_no_object_holds_nothing(text: str) -> None:
    assert read(text).value == {}
    assert read(text).losses


@pytest.mark.parametrize("text", ['{"a":' * 5000, "[" * 5000, '{"a":' + "[" * 5000])
def test_nesting_without_end_is_given_up(text: str) -> None:
    assert read(text).losses


# ---------------------------------------------------------------- reports


def test_a_file_that_is_whole_is_given_back_whole() -> None:
    result = salvage_content(encode(REPORT))
    assert result is not None
    assert (result.report, result.lost, result.report.modified_outside) == (REPORT, (), False)


def test_a_file_changed_outside_stays_marked() -> None:
    result = salvage_content(encode(REPORT).replace(b'"year": 2023', b'"year": 2024'))
    assert result is not None
    assert result.report.year == 2024
    assert result.report.modified_outside


def test_cells_that_are_not_understood_are_listed_and_the_others_taken() -> None:
    result = salvaged(
        '"year": "今年", "unit": {"name": "某县", "level": "星系"}, "inputs": {"requests": {'
        '"granted": {"natural_person": 68, "business": -1, "bussiness": 3}, "grantd": {"other": 1}},'
        '"disclosure": {"fees": {"amount": 12.5}}, "reviews": 7, "review": []}, '
        '"texts": {"other": 5}, "更多": 1}'
    )
    assert {str(cell): value for cell, value in result.report.inputs.items()} == {
        "requests.granted.natural_person": 68
    }
    assert (result.report.unit_name, result.report.year, result.report.unit_level) == ("某县", None, None)
    assert sorted(places(result)) == sorted(
        [
            "year",
            "unit.level",
            "texts.other",
            "inputs.requests.granted.business",
            "inputs.requests.granted.bussiness",
            "inputs.requests.grantd",
            "inputs.disclosure.fees.amount",
            "inputs.reviews",
            "inputs.review",
            "更多",
        ]
    )
    assert result.report.modified_outside
    assert result.values == 2


def test_an_amount_that_was_cut_off_is_not_taken() -> None:
    result = salvaged('"year": 2023, "inputs": {"disclosure": {"fees": {"amount": "12.5')
    assert result.report.inputs == {}
    assert places(result) == ["inputs.disclosure.fees.amount"]


def test_half_of_last_year_is_not_taken() -> None:
    result = salvaged('"year": 2023, "previous": {"form": "2021", "year": 2022, "inputs": {"requests": {')
    assert result.report.previous is None
    assert "previous" in places(result)


def test_parts_of_the_wrong_shape_are_listed() -> None:
    result = salvaged('"year": 2023, "unit": 5, "inputs": [], "notes": {}, "locks": 3}')
    assert {"unit", "inputs", "notes", "locks"} <= set(places(result))


def test_characters_that_were_destroyed_are_listed() -> None:
    content = (HEAD + '"texts": {"other": "甲乙丙"}}').encode().replace("乙".encode(), b"\xff\xff")
    result = salvage_content(content)
    assert result is not None
    assert result.report.texts["other"].startswith("甲")
    assert places(result) == ["texts.other"]


def test_where_the_edition_cannot_be_read_it_is_said_which_was_taken() -> None:
    result = salvage_content(b'{"format": "xxgk", "year": 2023}')
    assert result is not None
    assert places(result) == ["form"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 4096,
        b"PK\x03\x04 a workbook",
        b"{}",
        b'{"format": "other", "year": 2023}',
        b'{"format": "xxgk", "version": 99, "year": 2023}',
        b'{"format": "xxgk", "version": "1", "year": 2023}',
    ],
    ids=["empty", "zeros", "binary", "no content", "foreign", "newer", "odd version"],
)
def test_of_what_is_not_ours_nothing_is_read(content: bytes) -> None:
    assert salvage_content(content) is None


def test_a_checksum_that_is_no_text_is_listed() -> None:
    result = salvaged('"year": 2023, "checksum": 5}')
    assert places(result) == ["checksum"]


def test_a_right_checksum_of_another_program_is_no_damage() -> None:
    data = {"format": "xxgk", "version": 1, "form": "2021", "year": 2023}
    result = salvage_content(json.dumps({**data, "checksum": checksum(data)}).encode())
    assert result is not None
    assert not result.report.modified_outside


def test_hundreds_of_cells_that_are_not_understood_are_given_up_soon() -> None:
    cells = ", ".join(f'"c{number}": 1' for number in range(3000))
    result = salvaged(f'"year": 2023, "inputs": {{"requests": {{"granted": {{{cells}}}}}}}}}')
    assert result.report.inputs == {}
    assert len(result.lost) <= 201


def test_a_file_is_read_from_the_disk(tmp_path: Path) -> None:
    file = tmp_path / "年报.xxgk"
    assert salvage(file) is None
    file.write_bytes(encode(builders.report())[:-200])
    result = salvage(file)
    assert result is not None
    file.write_bytes(encode(result.report))
    assert load(file) == result.report
