"""Damaged report files: a clear sentence or the report, never another exception, never a silent change.

Ten thousand of them with ``XXGK_LONG=1``.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from model.errors import FileError
from model.report import Previous, Report
from model.salvage import Salvaged, salvage_content
from model.storage import encode, load
from tests.effort import examples
from tests.model import builders
from tests.mutations import mutate

LONGEST = 5.0
"""Seconds of work for one file, however busy the machine is."""


def full_report() -> Report:
    """Return a report with something in every part of the file."""
    balanced = builders.balanced()
    previous = Previous("2021", 2022, dict(list(balanced.inputs.items())[:60]))
    locked = {builders.cell("requests.carried_in.natural_person"): {"reason": "核对过"}}
    return builders.report(
        builders.balanced_inputs(),
        builders.computed(builders.balanced_inputs()),
        previous=previous,
        locks=locked,
    )


REPORT = full_report()
ORIGINAL = encode(REPORT)


def figures(report: Report) -> tuple[object, ...]:
    """Return all numbers that a report states."""
    previous = report.previous.inputs if report.previous else {}
    return tuple(
        sorted((str(cell), str(value)) for cell, value in part.items())
        for part in (report.inputs, report.stated, previous)
    )


def carries_checksum(content: bytes) -> bool:
    return json.loads(content.decode("utf-8-sig")).get("checksum") is not None


def judge(path: Path, content: bytes) -> str:
    """Open a damaged file as the program does and say what came of it; raise on what must not be."""
    path.write_bytes(content)
    report = open_or_say(path)
    if isinstance(report, str):
        assert report.endswith("。"), report
        return "refused with a sentence"
    if figures(report) == figures(REPORT):
        return "opened with the same numbers"
    if not carries_checksum(content):
        return "opened with other numbers, checksum gone"
    assert report.modified_outside, content
    return "opened with other numbers, marked"


def open_or_say(path: Path) -> Report | str:
    """Return the report in a file, or what the person is told; no other exception may come."""
    try:
        return load(path)
    except FileError as failure:
        return str(failure)


def judge_salvage(salvaged: Salvaged | None) -> str:
    """Look at what was salvaged of a damaged file."""
    if salvaged is None:
        return "salvaged nothing"
    assert salvaged.values > 0
    assert all(loss.reason for loss in salvaged.lost)
    if not salvaged.lost and not salvaged.report.modified_outside:
        return "salvaged all"
    assert salvaged.report.modified_outside
    encode(salvaged.report)
    return "salvaged in part"


@pytest.mark.slow
def test_damaged_files_are_refused_or_marked(tmp_path: Path) -> None:
    chance = random.Random(20240120)
    path = tmp_path / "损坏 的年报.xxgk"
    counts: Counter[str] = Counter()
    slowest = 0.0
    for _ in range(examples(300, 10_000)):
        content = mutate(chance, ORIGINAL)
        begun = time.process_time()
        counts[judge(path, content)] += 1
        counts[judge_salvage(salvage_content(content))] += 1
        slowest = max(slowest, time.process_time() - begun)
        assert slowest < LONGEST, content
    print(*counts.most_common(), f"slowest {slowest * 1000:.0f} ms", sep="\n")  # noqa: T201 - shown with -s
    assert counts["refused with a sentence"] > counts.total() / 10
    assert counts["opened with other numbers, marked"]
    assert counts["salvaged in part"]


@pytest.mark.slow
def test_a_file_cut_off_anywhere_gives_back_only_what_it_said(tmp_path: Path) -> None:
    for end in range(0, len(ORIGINAL.rstrip()), examples(37, 1)):
        salvaged = salvage_content(ORIGINAL[:end])
        if salvaged is None:
            continue
        for part in ("inputs", "stated", "locks"):
            assert getattr(salvaged.report, part).items() <= getattr(REPORT, part).items()
        for section, text in salvaged.report.texts.items():
            assert REPORT.texts[section].startswith(text)
        assert salvaged.lost


@pytest.mark.slow
def test_a_file_with_a_sector_of_zeros_gives_back_only_what_it_said() -> None:
    for start in range(0, len(ORIGINAL.rstrip()), examples(41, 1)):
        content = ORIGINAL[:start] + b"\0" * len(ORIGINAL[start : start + 512]) + ORIGINAL[start + 512 :]
        salvaged = salvage_content(content)
        if salvaged is None:
            continue
        assert salvaged.lost
        assert salvaged.report.modified_outside
        for part in ("inputs", "stated", "locks"):
            assert getattr(salvaged.report, part).items() <= getattr(REPORT, part).items()
