"""The template that tests of reading fill in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from export.template import write_template
from tests.workbooks import FORM, MOMENT, UNIT


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blank template."""
    path = tmp_path_factory.mktemp("template") / "t.xlsx"
    write_template(FORM, 2025, UNIT, path, MOMENT)
    return path


@pytest.fixture
def book(template: Path) -> Workbook:
    """The template, opened to be filled in."""
    return openpyxl.load_workbook(template)
