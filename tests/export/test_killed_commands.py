"""A command killed in the middle of writing: the next one leaves nothing of it behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from export.command_line import main
from export.outline_cache import cache_path, store_outlines
from export.outlines import Outline
from model import storage
from tests.model import builders

ROOT = Path(__file__).resolve().parents[2]
HELD = """
import sys, time
from dataclasses import replace
from export import command_line, exporting
def write(description, path, *_):
    path.write_bytes(b"half of it")
    print("writing", flush=True)
    time.sleep(3600)
exporting.FORMATS = {".html": replace(exporting.FORMATS[".html"], write=write)}
command_line.main(["export", *sys.argv[1:]])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which an export was killed."""
    storage.save(builders.balanced(), tmp_path / "甲.xxgk", None)
    folder = tmp_path / "导出"
    folder.mkdir()
    child = subprocess.Popen(
        [sys.executable, "-c", HELD, str(tmp_path / "甲.xxgk"), str(folder / "甲.html")],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    while child.stdout.readline().strip() != "writing":
        assert child.poll() is None
    child.kill()
    child.communicate()
    assert len(list(folder.iterdir())) == 1
    return folder


@pytest.mark.parametrize(("command", "name"), [("export", "乙.html"), ("audit", "乙.xlsx")])
def test_the_next_command_that_writes_there_removes_it(
    command: str, name: str, folder: Path, tmp_path: Path
) -> None:
    assert main([command, str(tmp_path / "甲.xxgk"), str(folder / name)]) == 0
    assert [path.name for path in folder.iterdir()] == [name]


def test_converted_outlines_are_tidied_where_they_are_kept(folder: Path) -> None:
    store_outlines(cache_path(folder, Path(__file__), 0, 400), {"一": Outline(b"", 1000)})
    assert [path.suffix for path in folder.iterdir()] == [".outlines"]
