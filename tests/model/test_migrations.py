"""Files of former versions: one real file of each is kept for ever, and the steps between are taken in turn.

There is one version so far. That the steps work is shown with two that are made up here.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from model import report_file, storage
from model.backups import list_backups
from model.errors import BadContent, NewerVersion
from model.report_file import MisplacedError, checksum
from model.storage import MIGRATIONS, encode, load, save
from model.strict_json import Json
from tests.model.builders import cell

FILES = Path(__file__).resolve().parent.parent / "data" / "files"
FIRST = FILES / "version_1.xxgk"
SHA256 = {1: "71ea80e9333e0ea362d974cd7691d76f066ffb4100e0ad508c884911bc4a29b9"}
"""What the kept files hold, byte for byte: a kept file that is made anew proves nothing."""


# ---------------------------------------------------------------- files that were kept


@pytest.mark.parametrize("version", range(1, storage.VERSION + 1))
def test_a_real_file_of_every_version_is_kept_unchanged_and_opens(version: int) -> None:
    content = (FILES / f"version_{version}.xxgk").read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256[version]
    assert json.loads(content)["version"] == version
    assert not load(FILES / f"version_{version}.xxgk").modified_outside


def test_a_file_of_version_1_means_what_it_meant() -> None:
    report = load(FIRST)
    assert (report.form, report.year, report.unit_name) == ("2021", 2022, "某综合实验区")
    counts = [value for value in report.inputs.values() if isinstance(value, int)]
    assert (len(counts), sum(counts)) == (165, 13797)
    assert report.inputs[cell("disclosure.fees.amount")] == Decimal("9116.36")
    assert report.inputs[cell("disclosure.licences.decisions")] == 10690
    assert len(report.stated) == 34
    assert report.previous is not None
    assert report.previous.year == 2021
    assert report.previous.inputs[cell("disclosure.fees.amount")] == Decimal("24252.311082")
    assert report.locks[cell("requests.granted.natural_person")] == {"reason": "上年统计口径有误，已核对台账"}
    [note] = report.notes
    assert (note.code, note.values, note.text) == ("row_total.granted", (21, 21), "台账漏记，已经补登")
    odd = "（一）主动公开。“镕、喆、堃、㎡” <b>&amp;\"'\\ \u2028\U0001f600\r\n\t第二行 "
    assert report.texts["overview"] == odd
    assert report.unit_extra == {"code": "350128", "将来的项": {"a": [1, None, True, "x"]}}


@pytest.mark.skipif(storage.VERSION != 1, reason="a later version writes other bytes")
def test_a_file_of_version_1_is_written_again_byte_for_byte() -> None:
    assert encode(load(FIRST)) == FIRST.read_bytes()


def test_there_is_a_step_from_every_former_version_and_no_other() -> None:
    assert sorted(MIGRATIONS) == list(range(1, storage.VERSION))


# ---------------------------------------------------------------- steps, made up


def bring_unit_together(data: dict[str, Json]) -> dict[str, Json]:
    """Turn a made-up version 1, which calls the unit ``agency``, into a made-up version 2."""
    if not isinstance(data.get("agency"), str):
        raise MisplacedError("agency", "这里应当是文字")
    rest = {key: value for key, value in data.items() if key != "agency"}
    return {**rest, "unit": {"name": data["agency"]}, "version": 2}


def write_money_in_yuan(data: dict[str, Json]) -> dict[str, Json]:
    """Turn a made-up version 2, which counts money in cents, into the made-up present version 3."""
    inputs: Any = data["inputs"]
    cents = inputs["disclosure"]["fees"]["amount"]
    inputs["disclosure"]["fees"]["amount"] = f"{Decimal(cents) / 100:.2f}"
    return {**data, "version": 3}


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the program be one that writes version 3."""
    monkeypatch.setattr(storage, "VERSION", 3)
    monkeypatch.setattr(report_file, "VERSION", 3)
    monkeypatch.setattr(storage, "MIGRATIONS", {1: bring_unit_together, 2: write_money_in_yuan})


def old_file(folder: Path, **changed: Json) -> Path:
    """Write a file in the made-up version 1, as its program would."""
    data: dict[str, Json] = {
        "format": "xxgk",
        "version": 1,
        "form": "2021",
        "year": 2021,
        "agency": "某局",
        "inputs": {"requests": {"granted": {"natural_person": 68}}, "disclosure": {"fees": {"amount": 1250}}},
        **changed,
    }
    file = folder / "某局 2021.xxgk"
    file.write_text(json.dumps({**data, "checksum": checksum(data)}, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.mark.usefixtures("later")
def test_an_old_file_opens_through_every_step_and_is_not_touched_by_that(tmp_path: Path) -> None:
    file = old_file(tmp_path)
    before = file.read_bytes()
    report = load(file)
    assert report.unit_name == "某局"
    assert report.inputs[cell("disclosure.fees.amount")] == Decimal("12.50")
    assert report.inputs[cell("requests.granted.natural_person")] == 68
    assert not report.modified_outside, "the checksum is that of the version that wrote the file"
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.usefixtures("later")
def test_a_file_of_the_version_between_takes_the_rest_of_the_steps(tmp_path: Path) -> None:
    file = old_file(tmp_path)
    data = bring_unit_together(json.loads(file.read_bytes()))
    data["checksum"] = checksum(data)
    file.write_text(json.dumps(data), encoding="utf-8")
    assert load(file).inputs[cell("disclosure.fees.amount")] == Decimal("12.50")


@pytest.mark.usefixtures("later")
def test_the_old_file_is_kept_as_it_was_before_it_is_saved_in_the_new_version(tmp_path: Path) -> None:
    file = old_file(tmp_path)
    before = file.read_bytes()
    saved = save(load(file), file, tmp_path / "backups")
    assert saved.backup is not None
    assert saved.backup.read_bytes() == before
    assert json.loads(file.read_bytes())["version"] == 3
    assert load(saved.backup) == load(file), "a former version of the report is still to be restored"
    assert len(list_backups(file, tmp_path / "backups")) == 2
    content = file.read_bytes()
    save(load(file), file, tmp_path / "backups")
    assert file.read_bytes() == content, "the same report gives the same bytes"


@pytest.mark.usefixtures("later")
def test_an_old_file_that_somebody_changed_is_said_to_be(tmp_path: Path) -> None:
    file = old_file(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace(": 68", ": 86"), encoding="utf-8")
    assert load(file).modified_outside


@pytest.mark.usefixtures("later")
def test_what_a_step_does_not_understand_is_refused_with_its_place(tmp_path: Path) -> None:
    file = old_file(tmp_path, agency=None)
    with pytest.raises(BadContent, match="agency"):
        load(file)


def test_a_file_of_a_newer_version_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "新.xxgk"
    content = FIRST.read_bytes().replace(b'"version": 1', b'"version": 2')
    file.write_bytes(content)
    with pytest.raises(NewerVersion) as refused:
        load(file)
    assert "版本 2" in str(refused.value)
    assert "文件没有被改动" in str(refused.value)
    assert file.read_bytes() == content
