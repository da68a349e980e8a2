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


def test_the_next_export_into_that_folder_removes_it(folder: Path, tmp_path: Path) -> None:
    main(["export", str(tmp_path / "甲.xxgk"), str(folder / "乙.html")])
    assert [path.name for path in folder.iterdir()] == ["乙.html"]


def test_converted_outlines_are_tidied_where_they_are_kept(folder: Path) -> None:
    store_outlines(cache_path(folder, Path(__file__), 0, 400), {"一": Outline(b"", 1000)})
    assert [path.suffix for path in folder.iterdir()] == [".outlines"]
