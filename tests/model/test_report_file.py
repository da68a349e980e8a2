"""Version 1 of the report file: what it holds, and the place of everything that is refused."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from model.errors import BadContent, FileError, NewerVersion, NotAReport
from model.report import Note, Previous, Report
from model.report_file import checksum, to_json
from model.storage import load
from tests.model.builders import cell, values

EXAMPLE: dict[str, Any] = {
    "format": "xxgk",
    "version": 1,
    "form": "2021",
    "year": 2021,
    "unit": {"name": "某局", "level": "部门", "code": "11430600"},
    "inputs": {
        "requests": {"granted": {"natural_person": 68, "business": None}, "received": {"natural_person": 0}},
        "disclosure": {"fees": {"amount": "12.50"}},
        "review": {"cases": {"reconsideration_upheld": 1}},
    },
    "texts": {"introduction": "引", "overview": "一", "problems": "五", "other": "六"},
    "stated": {"requests": {"granted": {"total": 64}, "results_total": {"natural_person": 68}}},
    "previous": {"form": "2021", "year": 2020, "inputs": {"requests": {"carried_out": {"other": 3}}}},
    "locks": {"requests.carried_in.natural_person": {"by": "x"}},
    "notes": [
        {
            "code": "row_total.granted",
            "cells": ["requests.granted.natural_person", "requests.granted.total"],
            "values": [68, 64],
            "text": "台账漏记四件",
            "at": "2022-01-20T10:00:00",
            "who": [1, {"a": None}],
        }
    ],
}


def read(tmp_path: Path, data: object) -> Report:
    file = tmp_path / "报告.xxgk"
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return load(file)


def changed(place: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """Return the example with a value put at a place; ``...`` removes what is there."""
    data = copy.deepcopy(EXAMPLE)
    held: Any = data
    for step in place[:-1]:
        held = held[step]
    if value is ...:
        held.pop(place[-1], None)
    else:
        held[place[-1]] = value
    return data


# ---------------------------------------------------------------- what is read


def test_the_documented_example_is_read_in_full(tmp_path: Path) -> None:
    assert read(tmp_path, EXAMPLE) == Report(
        form="2021",
        year=2021,
        unit_name="某局",
        unit_level="部门",
        inputs=values(
            {
                "disclosure.fees.amount": Decimal("12.50"),
                "requests.received.natural_person": 0,
                "requests.granted.natural_person": 68,
                "review.cases.reconsideration_upheld": 1,
            }
        ),
        texts={"introduction": "引", "overview": "一", "problems": "五", "other": "六"},
        stated=values({"requests.granted.total": 64, "requests.results_total.natural_person": 68}),
        previous=Previous("2021", 2020, values({"requests.carried_out.other": 3})),
        locks={cell("requests.carried_in.natural_person"): {"by": "x"}},
        notes=(
            Note(
                "row_total.granted",
                (cell("requests.granted.natural_person"), cell("requests.granted.total")),
                (68, 64),
                "台账漏记四件",
                "2022-01-20T10:00:00",
                {"who": [1, {"a": None}]},
            ),
        ),
        unit_extra={"code": "11430600"},
    )


def test_what_is_read_is_written_again_with_unknown_keys_kept(tmp_path: Path) -> None:
    written = to_json(read(tmp_path, EXAMPLE))
    expected = copy.deepcopy(EXAMPLE)
    del expected["inputs"]["requests"]["granted"]["business"]
    assert {key: value for key, value in written.items() if key != "checksum"} == expected


def test_a_hand_written_file_with_some_inputs_opens(tmp_path: Path) -> None:
    data = {
        "format": "xxgk",
        "version": 1,
        "form": "2021",
        "inputs": {"requests": {"granted": {"natural_person": 68}}},
    }
    made = read(tmp_path, data)
    assert made == Report(form="2021", inputs=values({"requests.granted.natural_person": 68}))
    assert (made.year, made.unit_name, made.unit_level, made.modified_outside) == (None, "", None, False)


@pytest.mark.parametrize(
    "key", ["year", "unit", "inputs", "texts", "stated", "previous", "locks", "notes", "checksum"]
)
def test_what_is_not_required_may_be_absent_or_null(tmp_path: Path, key: str) -> None:
    assert read(tmp_path, changed((key,), ...)) == read(tmp_path, {**EXAMPLE, key: None})


@pytest.mark.parametrize(
    "place",
    [
        ("inputs", "requests", "granted"),
        ("inputs", "requests"),
        ("stated", "requests", "granted", "total"),
        ("texts", "overview"),
        ("unit", "name"),
        ("unit", "level"),
        ("locks", "requests.carried_in.natural_person"),
        ("previous", "inputs"),
        ("notes", 0, "values", 0),
    ],
)
def test_null_inside_means_blank(tmp_path: Path, place: tuple[str | int, ...]) -> None:
    assert isinstance(read(tmp_path, changed(place, None)), Report)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("inputs", "requests", "granted", "natural_person"), 999_999_999),
        (("inputs", "disclosure", "fees", "amount"), "999999999999.999999"),
        (("inputs", "disclosure", "fees", "amount"), "0"),
        (("year",), 1900),
        (("year",), 9999),
        (("unit", "name"), ""),
        (("notes", 0, "values", 1), 999_999_999 * 126),
    ],
)
def test_the_ends_of_each_range_are_read(tmp_path: Path, place: tuple[str | int, ...], value: object) -> None:
    assert isinstance(read(tmp_path, changed(place, value)), Report)


@pytest.mark.parametrize("spelled", ["12.50", "012.5", "0.000000", "000000000000"])
def test_amounts_keep_their_digits(tmp_path: Path, spelled: str) -> None:
    made = read(tmp_path, changed(("inputs", "disclosure", "fees", "amount"), spelled))
    kept = made.inputs[cell("disclosure.fees.amount")]
    assert isinstance(kept, Decimal)
    assert kept.as_tuple() == Decimal(spelled).as_tuple()


# ---------------------------------------------------------------- what is refused

COUNT = ("inputs", "requests", "granted", "natural_person")
MONEY = ("inputs", "disclosure", "fees", "amount")
NOTE = ("notes", 0)
NO_COUNTS = [True, False, 68.0, 68.5, "68", "", [], {}, [68], -1, 1_000_000_000, 10**25, -0.0]
NO_AMOUNTS = [
    12.5,
    12,
    True,
    [],
    {},
    "",
    " ",
    "12,5",
    "1,234.5",
    "+1",
    "-1",
    "1e3",
    ".5",
    "5.",
    "0.1234567",
    "1234567890123",
]
NO_AMOUNTS += ["12.5 ", "１２", "NaN", "12.5\n", "٣", "0x1", "1_0"]
REFUSED: list[tuple[tuple[str | int, ...], object, str]] = [
    *((COUNT, value, ".".join(COUNT)) for value in NO_COUNTS),
    *((MONEY, value, ".".join(MONEY)) for value in NO_AMOUNTS),
    (("form",), "2018", "form"),
    (("form",), ..., "form"),
    (("form",), None, "form"),
    (("form",), 2021, "form"),
    (("form",), ["2021"], "form"),
    (("form",), "../2021", "form"),
    (("version",), ..., "version"),
    (("version",), "1", "version"),
    (("version",), 1.0, "version"),
    (("version",), True, "version"),
    (("version",), 0, "version"),
    (("version",), -1, "version"),
    (("version",), None, "version"),
    (("yaer",), 2021, "yaer"),
    (("totals",), {}, "totals"),
    (("year",), 2021.0, "year"),
    (("year",), "2021", "year"),
    (("year",), True, "year"),
    (("year",), 21, "year"),
    (("year",), 10_000, "year"),
    (("year",), 0, "year"),
    (("unit",), "某局", "unit"),
    (("unit",), [], "unit"),
    (("unit", "name"), 5, "unit.name"),
    (("unit", "level"), "县", "unit.level"),
    (("unit", "level"), 3, "unit.level"),
    (("inputs",), [], "inputs"),
    (("inputs",), 0, "inputs"),
    (("inputs",), "", "inputs"),
    (("inputs", "request"), {}, "inputs.request"),
    (("inputs", "request"), None, "inputs.request"),
    (("inputs", "requests"), 5, "inputs.requests"),
    (("inputs", "requests", "grant"), {}, "inputs.requests.grant"),
    (("inputs", "requests", "grant"), None, "inputs.requests.grant"),
    (("inputs", "requests", "granted"), 68, "inputs.requests.granted"),
    (("inputs", "requests", "granted", "nobody"), 1, "inputs.requests.granted.nobody"),
    (("inputs", "requests", "granted", "nobody"), None, "inputs.requests.granted.nobody"),
    (("inputs", "requests", "granted", "total"), 68, "inputs.requests.granted.total"),
    (("inputs", "requests", "granted", "total"), None, "inputs.requests.granted.total"),
    (("inputs", "requests", "results_total"), {"business": 1}, "inputs.requests.results_total.business"),
    (("inputs", "review", "cases", "reconsideration_total"), 1, "inputs.review.cases.reconsideration_total"),
    (("inputs", "disclosure", "licences"), {"made": 1}, "inputs.disclosure.licences.made"),
    (("texts",), [], "texts"),
    (("texts", "summary"), "x", "texts.summary"),
    (("texts", "disclosure"), "x", "texts.disclosure"),
    (("texts", "overview"), 5, "texts.overview"),
    (("texts", "overview"), ["x"], "texts.overview"),
    (("stated", "requests", "granted", "business"), 1, "stated.requests.granted.business"),
    (("stated", "requests", "granted", "total"), 64.0, "stated.requests.granted.total"),
    (("stated", "requests", "granted", "total"), True, "stated.requests.granted.total"),
    (("stated", "requests", "granted", "total"), "64", "stated.requests.granted.total"),
    (("stated", "nothing"), {}, "stated.nothing"),
    (("stated", "disclosure"), {"fees": {"amount": "1"}}, "stated.disclosure.fees.amount"),
    (("previous",), [], "previous"),
    (("previous", "texts"), {}, "previous.texts"),
    (("previous", "form"), "2019x", "previous.form"),
    (("previous", "form"), ..., "previous.form"),
    (("previous", "year"), ..., "previous.year"),
    (("previous", "year"), "2020", "previous.year"),
    (
        ("previous", "inputs", "requests", "carried_out", "other"),
        True,
        "previous.inputs.requests.carried_out.other",
    ),
    (
        ("previous", "inputs", "requests", "carried_out", "total"),
        1,
        "previous.inputs.requests.carried_out.total",
    ),
    (("locks",), [], "locks"),
    (("locks", "requests.carried_in"), {}, "locks.requests.carried_in"),
    (("locks", "requests.carried_in.nobody"), {}, "locks.requests.carried_in.nobody"),
    (("locks", "requests.granted.total"), {}, "locks.requests.granted.total"),
    (("locks", "requests.carried_in.natural_person"), True, "locks.requests.carried_in.natural_person"),
    (("notes",), {}, "notes"),
    (("notes",), "x", "notes"),
    (NOTE, "x", "notes[1]"),
    ((*NOTE, "code"), ..., "notes[1].code"),
    ((*NOTE, "code"), 5, "notes[1].code"),
    ((*NOTE, "text"), ..., "notes[1].text"),
    ((*NOTE, "text"), None, "notes[1].text"),
    ((*NOTE, "at"), 5, "notes[1].at"),
    ((*NOTE, "at"), None, "notes[1].at"),
    ((*NOTE, "cells"), "requests.granted.total", "notes[1].cells"),
    ((*NOTE, "cells"), False, "notes[1].cells"),
    ((*NOTE, "cells"), 0, "notes[1].cells"),
    ((*NOTE, "cells"), [], "notes[1]"),
    ((*NOTE, "cells", 0), "requests.granted", "notes[1].cells"),
    ((*NOTE, "cells", 0), "requests.granted.nobody", "notes[1].cells"),
    ((*NOTE, "cells", 0), 5, "notes[1].cells"),
    ((*NOTE, "values"), {}, "notes[1].values"),
    ((*NOTE, "values"), "", "notes[1].values"),
    ((*NOTE, "values"), [68], "notes[1]"),
    ((*NOTE, "values", 0), True, "notes[1].values"),
    ((*NOTE, "values", 0), 68.0, "notes[1].values"),
    ((*NOTE, "values", 0), 1_000_000_000, "notes[1].values"),
    (("checksum",), 5, "checksum"),
    (("checksum",), [], "checksum"),
]


@pytest.mark.parametrize(("place", "value", "named"), REFUSED)
def test_what_is_not_understood_is_refused_with_its_place(
    tmp_path: Path, place: tuple[str | int, ...], value: object, named: str
) -> None:
    with pytest.raises(BadContent) as refused:
        read(tmp_path, changed(place, value))
    assert refused.value.place == named
    assert f"位置 {named}：" in str(refused.value)
    assert str(refused.value).endswith("文件没有被改动。")


def test_a_misspelled_place_comes_with_the_nearest_that_exists(tmp_path: Path) -> None:
    with pytest.raises(BadContent, match="是不是“year”"):
        read(tmp_path, changed(("yaer",), 2021))
    with pytest.raises(BadContent, match=r"是不是“requests\.granted\.research”"):
        read(tmp_path, changed(("inputs", "requests", "granted", "reseach"), 1))
    with pytest.raises(BadContent, match="是不是“granted”"):
        read(tmp_path, changed(("inputs", "requests", "grantd"), {"business": 1}))


def test_a_file_of_a_newer_version_is_refused_whatever_it_holds(tmp_path: Path) -> None:
    with pytest.raises(NewerVersion, match="文件版本 2，本程序只认到 1"):
        read(tmp_path, {"format": "xxgk", "version": 2, "anything": [True]})
    with pytest.raises(NewerVersion):
        read(tmp_path, changed(("version",), 10**20))


@pytest.mark.parametrize(
    "data",
    [
        "null",
        "[]",
        '"xxgk"',
        "5",
        "{}",
        '{"format": "other", "version": 1}',
        '{"version": 1}',
        '{"format": null}',
        '[{"format": "xxgk"}]',
    ],
)
def test_foreign_json_is_no_report(tmp_path: Path, data: str) -> None:
    with pytest.raises(NotAReport, match="里面不是年报内容"):
        read(tmp_path, data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            '{"format": "xxgk", "version": 1, "form": "2021", "year": 2021, "year": 2022}',
            "键“year”出现了两次",
        ),
        ('{"format": "xxgk", "version": 1, "form": "2021", "unit": {"x": NaN}}', "NaN"),
        ('{"format": "xxgk", "version": 1, "form": "2021", "unit": {"x": 1e999}}', "1e999"),
        (
            '{"format": "xxgk", "version": 1, "form": "2021", "unit": {"x": '
            + "[" * 5000
            + "]" * 5000
            + "}}",
            "嵌套",
        ),
    ],
)
def test_ambiguous_json_is_no_report(tmp_path: Path, data: str, reason: str) -> None:
    with pytest.raises(NotAReport, match=reason):
        read(tmp_path, data)


def test_what_a_foreign_file_holds_is_shown_short_and_printable(tmp_path: Path) -> None:
    for key in ("\x1b[2J\u202e\ud800\n", "x" * 100_000):
        with pytest.raises(FileError) as refused:
            read(tmp_path, {**EXAMPLE, key: 1})
        sentence = str(refused.value)
        assert len(sentence) < 500
        assert sentence.encode("utf-8").decode("utf-8").isprintable()
    with pytest.raises(FileError) as refused:
        read(tmp_path, changed(("unit", "level"), "县" * 100_000))
    assert len(str(refused.value)) < 500


# ---------------------------------------------------------------- the checksum


def test_a_checksum_that_matches_is_silent_and_another_marks_the_report(tmp_path: Path) -> None:
    right = {**EXAMPLE, "checksum": checksum(EXAMPLE)}
    assert not read(tmp_path, right).modified_outside
    assert read(tmp_path, {**right, "year": 2022}).modified_outside
    assert read(tmp_path, {**right, "checksum": "sha256:0"}).modified_outside
    assert read(tmp_path, {**right, "checksum": ""}).modified_outside
    assert not read(tmp_path, EXAMPLE).modified_outside


def test_the_checksum_depends_on_content_and_not_on_layout() -> None:
    shuffled = dict(reversed(list(EXAMPLE.items())))
    assert checksum(shuffled) == checksum(EXAMPLE) == checksum({**EXAMPLE, "checksum": "sha256:0"})
    assert checksum(changed(COUNT, 69)) != checksum(EXAMPLE)
    assert checksum(changed(MONEY, "12.5")) != checksum(EXAMPLE)
