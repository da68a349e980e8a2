"""Reports made for tests, addressed by the names that official.py types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from model.cells import CellId, Value
from model.report import Report
from tests.model import official

MONEY = "disclosure.fees.amount"

OVERVIEW = (
    "本年主动公开政府信息一百条；收到依申请公开的申请并全部办结；政府信息管理有专人审核；"
    "信息公开平台改版一次；监督保障方面开展考核和社会评议，没有发生责任追究。"
)
PROBLEMS = (
    "去年提出的乡镇栏目缺项问题，今年已由各乡镇在六月底前补齐；"
    "今年发现三件答复超过期限，已经建立台账，由办公室每周一逐件催办，并在季度例会上通报。"
)
OTHER = "本年没有收取信息处理费。"
TEXTS = {"overview": OVERVIEW, "problems": PROBLEMS, "other": OTHER}


def cell(text: str) -> CellId:
    """Return the cell that a text names."""
    return CellId(*text.split("."))


def values(given: Mapping[str, Value]) -> dict[CellId, Value]:
    """Return values addressed by cells."""
    return {cell(name): value for name, value in given.items()}


def zeros() -> dict[str, Value]:
    """Return an input of 0 for every cell that an office fills in."""
    return {name: Decimal(0) if name == MONEY else 0 for name in official.inputs()}


def balanced_inputs() -> dict[str, Value]:
    """Return inputs in which all 40 identities hold and no cell is blank."""
    given = zeros()
    for number, column in enumerate(official.APPLICANTS, 1):
        for place, row in enumerate(official.RESULT_ROWS):
            given[f"requests.{row}.{column}"] = (number * 7 + place * 3) % 11
        results = sum(int(given[f"requests.{row}.{column}"] or 0) for row in official.RESULT_ROWS)
        given[f"requests.carried_in.{column}"] = number
        given[f"requests.carried_out.{column}"] = number + 2
        given[f"requests.received.{column}"] = results + 2
    for place, name in enumerate(n for n in given if n.startswith("review.")):
        given[name] = place
    given["disclosure.normative_documents.made"] = 3
    given["disclosure.normative_documents.in_force"] = 9
    given[MONEY] = Decimal("24252.311082")
    return given


def computed(given: Mapping[str, Value]) -> dict[str, int]:
    """Return all totals of some inputs, added up by themselves here and not by the program."""
    return {
        total: sum(
            sum(int(given.get(part) or 0) for part in official.totals().get(term, [term])) for term in terms
        )
        for total, terms in official.totals().items()
    }


def report(
    given: Mapping[str, Value] | None = None, stated: Mapping[str, Value] | None = None, **more: object
) -> Report:
    """Return a complete report: named unit, year, texts; balanced unless inputs are given."""
    inputs = balanced_inputs() if given is None else given
    made = Report(
        form="2021",
        year=2023,
        unit_name="某县人民政府",
        unit_level="县级",
        inputs={key: value for key, value in values(inputs).items() if value is not None},
        stated=values(stated or {}),
        texts=TEXTS,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def balanced() -> Report:
    """Return a report in which everything agrees, stated totals included."""
    given = balanced_inputs()
    return report(given, computed(given))
