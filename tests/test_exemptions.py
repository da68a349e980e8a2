"""Every exemption from a check says on its line why it is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("model", "export", "resources", "gui", "main.py", "start.py")
EXEMPTION = re.compile(r"# (?:type: ignore\[[^]]*\]|noqa: [A-Z0-9, ]+[A-Z0-9])")
BLANKET = re.compile(r"# (?:type: ignore(?!\[)|noqa(?!: [A-Z]))")
REASON = re.compile(r"(?:  # | - )\w.*")


def sources() -> list[Path]:
    """Return all modules of the program that these tests answer for."""
    folders = [ROOT / place for place in PLACES]
    return [
        *(path for folder in folders for path in folder.rglob("*.py")),
        ROOT / "main.py",
        ROOT / "start.py",
    ]


def unexplained(line: str) -> bool:
    """Tell whether a line of source has an exemption that says too little."""
    match = EXEMPTION.search(line)
    if match is None:
        return BLANKET.search(line) is not None
    return REASON.match(line, match.end()) is None


def test_every_exemption_gives_its_reason() -> None:
    found = [
        f"{source.relative_to(ROOT).as_posix()}:{number}: {line.strip()}"
        for source in sources()
        for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1)
        if unexplained(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x = y  # type: ignore[arg-type]", True),
        ("x = y  # type: ignore", True),
        ("x = y  # noqa", True),
        ("x = y  # noqa: A002, B008", True),
        ("x = y  # type: ignore[a, b]  # they were read as Json", False),
        ("x = y  # noqa: A002 - ids are what forms are addressed by", False),
        ("x = y  # what is to be noted", False),
    ],
)
def test_an_exemption_without_a_reason_is_found(line: str, expected: bool) -> None:
    assert unexplained(line) is expected
