"""Print the program's speed, each figure beside a baseline measured in the same run (Linux).

``python tests/benchmark.py``. Both sides of a comparison take turns, and medians are compared, so that a
busy machine slows both alike. Set QT_QPA_PLATFORM=xcb to measure windows on a real screen.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from model.catalogue import load_form
from model.checks import review_cells
from model.engine import evaluate
from model.storage import load

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "samples" / "nanhu_2021.xxgk"
PROBE = ROOT / "tests" / "window_probe.py"
ROUNDS = 15

Action: TypeAlias = "Callable[[], object]"


@dataclass(frozen=True)
class Figure:
    """One measured quantity of the program, and the same of the baseline."""

    what: str
    unit: str
    ours: float
    baseline_is: str
    baseline: float
    target: str

    def __str__(self) -> str:
        return (
            f"{self.what}: {self.ours:.3g} {self.unit}; {self.baseline_is}: {self.baseline:.3g} {self.unit}; "
            f"ratio {self.ours / self.baseline:.2f} (target: {self.target})"
        )


def milliseconds(action: Action, times: int = 1) -> float:
    """Return how long one call takes, averaged over ``times`` calls."""
    started = time.perf_counter()
    for _ in range(times):
        action()
    return (time.perf_counter() - started) * 1000 / times


def compare(
    ours: Callable[[], object], baseline: Callable[[], object], times: int = 1
) -> tuple[float, float]:
    """Return the median milliseconds of two actions that take turns."""
    pairs = [(milliseconds(ours, times), milliseconds(baseline, times)) for _ in range(ROUNDS + 1)]
    return medians(pairs[1:])


def medians(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the median of the first and of the second members."""
    return statistics.median(first for first, _ in pairs), statistics.median(second for _, second in pairs)


def measure_evaluation() -> Iterator[Figure]:
    """Measure all totals and checks of cells against the bare additions behind the totals."""
    report = load(SAMPLE)
    form = load_form(report.form)

    def check() -> object:
        return review_cells(form, report, evaluate(form, report.inputs))

    def add() -> object:
        return [sum(report.inputs.get(term.cell) or 0 for term in total.terms) for total in form.totals]

    ours, baseline = compare(check, add, times=50)
    yield Figure("evaluation with all checks of cells", "ms", ours, "the additions alone", baseline, "< 2 ms")


def measure_start() -> Iterator[Figure]:
    """Measure process start to the painted window with the sample, and peak memory by then."""
    with tempfile.TemporaryDirectory() as folder:
        environment = compiled(folder)
        pairs = [
            (start(environment, str(ROOT / "main.py"), str(SAMPLE)), start(environment, "empty"))
            for _ in range(ROUNDS + 1)
        ][1:]
    seconds = medians([(ours[0], empty[0]) for ours, empty in pairs])
    memory = medians([(ours[1], empty[1]) for ours, empty in pairs])
    empty = "empty QMainWindow with QTableView"
    yield Figure(
        "start to window with the sample", "ms", seconds[0] * 1000, empty, seconds[1] * 1000, "<= 2 x"
    )
    yield Figure("memory at that moment", "MB", memory[0] / 1024, empty, memory[1] / 1024, "<= 2 x")


def compiled(folder: str) -> dict[str, str]:
    """Return the environment of a child that keeps its settings and its compiled modules in a folder.

    The set-up compiles the program, so the first round, which is not counted, does the same here.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "PYTHONPYCACHEPREFIX")
    return {"QT_QPA_PLATFORM": "offscreen", **kept, **dict.fromkeys(names, folder)}


def start(environment: dict[str, str], *script: str) -> tuple[float, float]:
    """Return the seconds to the first painted window of a script and its peak memory in KB."""
    command = [sys.executable, str(PROBE), str(time.monotonic()), *script]
    finished = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, check=True, text=True, timeout=60
    )
    seconds, kilobytes = finished.stdout.split()
    return float(seconds), float(kilobytes)


def main() -> None:
    """Measure everything and print a line for each figure as it is found."""
    from tests import benchmark_export as documents

    for measure in (
        measure_evaluation,
        documents.measure_excel,
        documents.measure_documents,
        documents.measure_against_libreoffice,
        documents.measure_preview,
        measure_start,
    ):
        for figure in measure():
            say(figure)


def say(figure: Figure) -> None:
    """Print a figure at once."""
    sys.stdout.write(f"{figure}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
