"""What several tests of the export begin with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import resources
from export import fonts
from model import storage
from tests.model import builders


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample, which has two 强制 findings."""
    return shutil.copy(resources.path("samples", "nanhu_2021.xxgk"), tmp_path / "示例 年报.xxgk")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """The file of a report without findings."""
    path = tmp_path / "无误.xxgk"
    storage.save(builders.balanced(), path, None)
    return path


@pytest.fixture(scope="module")
def no_system_faces() -> Iterator[None]:
    """Give the same pages on every machine, whatever fonts it has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "installed_faces", lambda: ())
        yield
