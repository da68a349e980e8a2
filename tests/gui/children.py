"""Starts windows in processes of their own, for tests with two of them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from gui.folders import Folders

CHILD = Path(__file__).with_name("window_child.py")


class Start(Protocol):
    def __call__(self, *arguments: object) -> subprocess.Popen[str]: ...


@pytest.fixture
def start_child(folders: Folders) -> Iterator[Start]:
    """Return what starts a window on a report with the same user's data, and waits until it is there."""
    children: list[subprocess.Popen[str]] = []

    def start(*arguments: object) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, str(CHILD), str(folders.data), *map(str, arguments)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(folders),
        )  # fmt: skip
        children.append(child)
        expect(child, "ready")
        return child

    yield start
    for child in children:
        child.kill()
        child.communicate()
    shutil.rmtree(environment(folders)["XDG_RUNTIME_DIR"])


def environment(folders: Folders) -> dict[str, str]:
    """Return an environment in which the user's data are these, and later starts meet there."""
    places = {"XDG_DATA_HOME": str(folders.data), "LOCALAPPDATA": str(folders.data)}
    mark = hashlib.sha256(str(folders.data).encode()).hexdigest()[:8]
    runtime = Path(tempfile.gettempdir()) / f"xxgk-test-{mark}"  # a socket's path must be short
    runtime.mkdir(exist_ok=True)
    return {**os.environ, **places, "XDG_RUNTIME_DIR": str(runtime), "QT_QPA_PLATFORM": "offscreen"}


def expect(child: subprocess.Popen[str], line: str) -> None:
    """Wait for the next line a child says."""
    assert child.stdout is not None
    assert child.stdout.readline().strip() == line


def tell(child: subprocess.Popen[str], order: str) -> None:
    """Give a child an order."""
    assert child.stdin is not None
    child.stdin.write(f"{order}\n")
    child.stdin.flush()
