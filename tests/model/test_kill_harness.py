"""Fifty rounds of the kill harness; ``python tests/kill_harness.py`` runs a thousand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HARNESS = Path(__file__).parents[1] / "kill_harness.py"


@pytest.mark.slow
def test_a_process_killed_at_any_moment_loses_next_to_nothing() -> None:
    done = subprocess.run(
        [sys.executable, str(HARNESS), "50", "50"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "50  rounds" in done.stdout
    print(done.stdout)  # noqa: T201 - shown with -s
