"""What a cell of the template takes, and when it turns red: made from the form, as Excel rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from export import template_looks as looks
from export.template_formulas import Place, Places, areas, holds
from model.cells import MOST_COUNT, MOST_MONEY_DECIMALS, CellId, Kind
from model.forms import Check, Form, Row, Severity
from model.validity import YEARS

_REFUSED = "不能这样填"
_LONGEST_TITLE, _LONGEST_TEXT = 32, 255
_COUNT_ERROR = (
    f"这里填件数，只能是 0 到 {MOST_COUNT} 的整数。没有发生的填 0，没有数据的留空，不要写文字和符号。"
)
_MONEY_ERROR = (
    f"这里填金额，单位是万元，不能小于 0，最多 {MOST_MONEY_DECIMALS} 位小数。没有发生的填 0，没有数据的留空。"
)
_MOST_MONEY = 10**9
"""万元; with six decimals behind it Excel still keeps every digit."""


def restrict_numbers(sheet: Worksheet, form: Form, places: Places, cells: Iterable[CellId]) -> None:
    """Let the inputs of a sheet take proper values only, and show the help of their row when entered."""
    by_row: dict[tuple[Row, Kind], list[Place]] = {}
    for cell in cells:
        by_row.setdefault((form.row(cell), form.kind(cell)), []).append(places[cell])
    for (row, kind), own in by_row.items():
        _add(sheet, _number_rule(kind, own[0], row), own)


def _number_rule(kind: Kind, first: Place, row: Row) -> DataValidation:
    if kind is Kind.COUNT:
        rule = DataValidation("whole", operator="between", formula1="0", formula2=str(MOST_COUNT))
        rule.error = _COUNT_ERROR
    else:
        place = first.coordinate
        rule = DataValidation("custom", formula1=_is_amount(place))
        rule.error = _MONEY_ERROR
    rule.promptTitle, rule.prompt = row.name[:_LONGEST_TITLE] or None, row.help[:_LONGEST_TEXT]
    rule.showInputMessage = True
    return rule


def _is_amount(place: str) -> str:
    exact = f"ROUND({place},{MOST_MONEY_DECIMALS})={place}"
    return f"AND(ISNUMBER({place}),{place}>=0,{place}<{_MOST_MONEY},{exact})"


def restrict_level(sheet: Worksheet, form: Form, place: Place) -> None:
    """Let a cell take a level of unit only, from a list."""
    rule = DataValidation("list", formula1=f'"{",".join(form.levels)}"')
    rule.error = "请从下拉列表里选择机关层级。"
    _add(sheet, rule, [place])


def restrict_year(sheet: Worksheet, form: Form, place: Place) -> None:
    """Let a cell take a year only for which the form is in force."""
    last = str(YEARS[-1])
    rule = DataValidation("whole", operator="between", formula1=str(form.first_year), formula2=last)
    rule.error = f"这里填报告年份，四位数字，不早于 {form.first_year}。"
    _add(sheet, rule, [place])


def _add(sheet: Worksheet, rule: DataValidation, places: Sequence[Place]) -> None:
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.errorStyle, rule.errorTitle = "stop", _REFUSED
    for area in areas(places):
        rule.add(area)
    sheet.add_data_validation(rule)


def colour_disagreements(sheet: Worksheet, form: Form, places: Places) -> None:
    """Let cells of a sheet turn red where a 强制 check of the form fails, yellow where a 核实 one does."""
    for check in checks_on(form, places, sheet.title):
        error = check.severity is Severity.ERROR
        marked = check.right if check.stated else (*check.left, *check.right)
        rule = Rule(type="expression", dxf=looks.wrong() if error else looks.doubtful(), stopIfTrue=error)
        rule.formula = [f"NOT({holds(check, places, sheet.title)})"]
        sheet.conditional_formatting.add(" ".join(areas(places[term.cell] for term in marked)), rule)


def checks_on(form: Form, places: Places, sheet: str) -> Iterator[Check]:
    """Yield the checks that the figures of one sheet alone decide, the weightier ones first."""
    own = {cell for cell, place in places.items() if place.sheet == sheet}
    for check in sorted(form.checks, key=lambda check: list(Severity).index(check.severity)):
        terms = (*check.left, *check.right, *check.skip_if_blank)
        if all(not term.of_previous and term.cell in own for term in terms):
            yield check


def balances(checks: Iterable[Check]) -> Iterator[Check]:
    """Yield the 强制 checks that inputs can break; the others watch totals, which are protected."""
    for check in checks:
        if check.severity is Severity.ERROR and not check.stated:
            yield check
