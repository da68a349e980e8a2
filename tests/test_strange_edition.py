"""A new edition of the form is a new file and no code: one unlike the official one goes through everything.

``data/forms/2030.toml`` is made up: two label columns, bands over money, a signed total, ids that
differ by a point and an underline only, rows of one name in two groups.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import resources
from export.exporting import FORMATS, export_report
from model.catalogue import form_for_year, load_form
from model.cells import CellId, Kind, Value
from model.checks import review
from model.engine import evaluate
from model.forms import Form
from model.formulas import total_formula
from model.report import Report
from model.storage import load, save

MOMENT = datetime(2031, 1, 20, tzinfo=UTC)
EDITION = Path(__file__).parent / "data" / "forms" / "2030.toml"


@pytest.fixture(name="form")
def _form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Form]:
    """Put the edition beside the official one, in a copy of the resources."""
    copy = tmp_path / "resources"
    shutil.copytree(resources.path(), copy)
    shutil.copy(EDITION, copy / "forms")
    monkeypatch.setattr(resources, "_ROOT", copy)
    load_form.cache_clear()
    yield load_form("2030")
    load_form.cache_clear()


def filled(form: Form) -> Report:
    """Return a report with another number in every input, one total of which is below 0."""
    inputs: dict[CellId, Value] = {
        cell: number if form.kind(cell) is Kind.COUNT else Decimal(f"{number}.5")
        for number, cell in enumerate(form.inputs, 1)
    }
    inputs[CellId("work", "news", "online_late")] = 1000
    return Report(
        form.id, 2030, "某机关", inputs=inputs, texts={"summary": "一切正常。", "outlook": "再接再厉。"}
    )


def test_an_edition_begins_with_its_first_year_and_not_before(form: Form) -> None:
    assert form_for_year(2029).id == "2021"
    assert form_for_year(2030) is form
    assert form_for_year(2044) is form


def test_a_sum_is_worded_with_its_signs(form: Form) -> None:
    sheet = evaluate(form, filled(form).inputs)
    wording = total_formula(form, sheet, CellId("work", "policy", "net"))
    assert wording == "网上 1 + 纸质 3 - 网上（逾期） 2 = 2"


def test_rows_of_one_name_are_told_apart_by_their_group(form: Form) -> None:
    names = [form.row(CellId("work", row, "net")).name for row in ("news", "asked_online")]
    assert names == ["一、主动 2.其他", "二、被动 2.其他"]


def test_its_checks_find_what_does_not_hold(form: Form) -> None:
    codes = [finding.code for finding in review(form, filled(form))]
    assert "late.news" in codes


def test_its_report_is_saved_and_read_again(form: Form, tmp_path: Path) -> None:
    path = tmp_path / "年报.xxgk"
    save(filled(form), path, None)
    assert load(path) == filled(form)


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_document_holds_its_numbers(form: Form, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"年报{suffix}"
    written = export_report(form, filled(form), path, draft=None, moment=MOMENT)
    assert written.is_final
    assert path.stat().st_size > 0
