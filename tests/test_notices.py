"""The licences: every runtime dependency has its notice, and the notice says what the package says."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
NOTICES = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
LOCKED = {
    canonicalize_name(name)
    for name in re.findall(
        r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE
    )
}
LOOSELY_WORDED = {
    "reportlab": "BSD-3-Clause",
    "pylopdf-fonts-zh-cn": "OFL-1.1",
    "pypdfium2": "BSD-3-Clause OR Apache-2.0",
}
"""Licences of packages whose metadata say them in prose; settled by the texts that come with them."""


def rows() -> dict[str, list[str]]:
    """Return the cells of each row of the table of components, by the component's name."""
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in NOTICES.splitlines()
        if line[:1] == "|"
    ]
    return {str(canonicalize_name(row[0])): row for row in cells[2:]}


def test_every_runtime_dependency_has_its_notice_and_nothing_else_has() -> None:
    assert set(rows()) == LOCKED


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_a_notice_names_the_licence_the_package_declares(name: str) -> None:
    try:
        declared = metadata(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not needed by this Python")
    said = LOOSELY_WORDED.get(name) or declared.get("License-Expression") or declared.get("License")
    assert rows()[name][2] == said


def test_a_notice_gives_the_range_that_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in map(Requirement, project["dependencies"]):
        given = rows()[canonicalize_name(requirement.name)][1].replace("`", "")
        assert all(str(part) in given for part in requirement.specifier), requirement


def test_every_file_that_the_notices_point_to_is_there() -> None:
    pointed = re.findall(r"\]\(([^)<:]+)\)", NOTICES)
    assert {"LICENSE", "licenses/LGPL-3.0.txt", "licenses/GPL-3.0.txt", "licenses/OFL-1.1.txt"} <= set(
        pointed
    )
    assert all((ROOT / path).is_file() for path in pointed)
