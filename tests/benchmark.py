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
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from export.layout import Description, Heading, Paragraph, TableBlock, describe
from model.catalogue import load_form
from model.checks import review_cells
from model.engine import evaluate
from model.forms import Form
from model.report import Report
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


def measure_evaluation(form: Form, report: Report) -> Figure:
    """Measure all totals and checks of cells against the bare additions behind the totals."""

    def check() -> object:
        return review_cells(form, report, evaluate(form, report.inputs))

    def add() -> object:
        return [sum(report.inputs.get(term.cell) or 0 for term in total.terms) for total in form.totals]

    ours, baseline = compare(check, add, times=50)
    return Figure(
        "evaluation with all checks of cells", "ms", ours, "the additions alone", baseline, "< 2 ms"
    )


def measure_start() -> tuple[Figure, Figure]:
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
    return (
        Figure(
            "start to window with the sample", "ms", seconds[0] * 1000, empty, seconds[1] * 1000, "<= 2 x"
        ),
        Figure("memory at that moment", "MB", memory[0] / 1024, empty, memory[1] / 1024, "<= 2 x"),
    )


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


def measure_excel(description: Description, folder: Path) -> Figure:
    """Measure writing the workbook against openpyxl writing the same cells without any style."""
    from export.excel import write_excel

    now = datetime.now(UTC)
    ours, baseline = compare(
        lambda: write_excel(description, folder / "ours.xlsx", now),
        lambda: write_plain_workbook(description, folder / "plain.xlsx"),
    )
    return Figure("Excel", "ms", ours, "openpyxl, same cells, no style", baseline, "<= 2 x")


def write_plain_workbook(description: Description, path: Path) -> None:
    """Write every text and number of a document into an unstyled workbook."""
    from openpyxl import Workbook

    workbook = Workbook()
    text_sheet = workbook.active
    for block in description.blocks:
        if not isinstance(block, TableBlock):
            text_sheet.append([block.text])
            continue
        sheet = workbook.create_sheet(block.id)
        for box in block.cells:
            sheet.cell(box.row + 1, box.column + 1, box.text if box.cell is None else box.value)
    workbook.save(path)


def measure_pdf() -> tuple[Figure, Figure]:
    """Measure the first PDF of a process (libraries and faces are loaded for it) and the later ones."""
    pairs = [(fresh("pdf"), fresh("plain-pdf")) for _ in range(ROUNDS)]
    first = medians([(ours[0], plain[0]) for ours, plain in pairs])
    later = medians([(ours[1], plain[1]) for ours, plain in pairs])
    baseline = "reportlab paragraphs and tables as they come"
    return (
        Figure("first PDF in a process", "ms", first[0], baseline, first[1], "< 1000 ms"),
        Figure("later PDF", "ms", later[0], baseline, later[1], "< 1000 ms"),
    )


def fresh(what: str) -> tuple[float, float]:
    """Return the milliseconds of the first and the second PDF in a new process."""
    command = [sys.executable, __file__, what]
    first, second = subprocess.run(
        command, stdout=subprocess.PIPE, check=True, text=True, timeout=60
    ).stdout.split()
    return float(first), float(second)


def time_pdf(write: Callable[[Description, Path], object]) -> None:
    """Print the milliseconds of the first and the second PDF in this process."""
    report = load(SAMPLE)
    description = describe(load_form(report.form), report, draft=None)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "report.pdf"
        figures = [milliseconds(lambda: write(description, target)) for _ in range(2)]
    sys.stdout.write(" ".join(map(str, figures)))


def write_our_pdf(description: Description, path: Path) -> None:
    """Write the program's PDF."""
    from export.pdf import write_pdf

    write_pdf(description, path, saved=datetime.now(UTC))


def write_plain_pdf(description: Description, path: Path) -> None:
    """Write the same texts and tables with nothing but what reportlab offers, in a face it need not embed."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Flowable, SimpleDocTemplate, Table
    from reportlab.platypus import Paragraph as Text

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=16, leading=29, wordWrap="CJK")

    def flowable(block: Heading | Paragraph | TableBlock) -> Flowable:
        if not isinstance(block, TableBlock):
            return Text(block.text, style)
        rows = [[""] * len(block.widths) for _ in range(block.row_count)]
        for box in block.cells:
            rows[box.row][box.column] = box.text[:8]
        table = Table(rows, colWidths=[440 / len(block.widths)] * len(block.widths))
        table.setStyle(
            [("FONT", (0, 0), (-1, -1), "STSong-Light", 6), ("GRID", (0, 0), (-1, -1), 0.5, "black")]
        )
        return table

    SimpleDocTemplate(str(path)).build([flowable(block) for block in description.blocks])


def main() -> None:
    """Measure everything and print a line for each figure."""
    if sys.argv[1:]:
        time_pdf({"pdf": write_our_pdf, "plain-pdf": write_plain_pdf}[sys.argv[1]])
        return
    report = load(SAMPLE)
    form = load_form(report.form)
    description = describe(form, report, draft=None)
    with tempfile.TemporaryDirectory() as folder:
        say(measure_evaluation(form, report))
        say(measure_excel(description, Path(folder)))
    for figure in (*measure_pdf(), *measure_start()):
        say(figure)


def say(figure: Figure) -> None:
    """Print a figure at once."""
    sys.stdout.write(f"{figure}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
