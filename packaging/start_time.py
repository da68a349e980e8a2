"""How long the bundle takes to show its window, beside an empty window of Qt from source in the same run.

``python packaging/start_time.py [FOLDER OF THE BUNDLE]``; needs Xvfb and xdotool; says NOT RUN without.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import trials

ROUNDS = 9
MOST = 2.5
"""How many times as long as the empty window it may take."""
_PATIENCE = 60.0
_EMPTY = "import sys; sys.path.insert(0, {root!r}); from tests.window_probe import *; show_empty_window()"


@contextmanager
def screen() -> Iterator[str]:
    """Run a virtual screen of its own; yield its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-screen", "0", "1366x768x24", "-noreset", "-displayfd", str(writing)]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as number:
            name = f":{number.readline().strip()}"
        try:
            yield name
        finally:
            server.terminate()


def seconds_to_window(command: Sequence[str], around: dict[str, str]) -> float:
    """Start a program, and return how long it took until a window of it was to be seen."""
    begun = time.monotonic()
    with subprocess.Popen(command, env=around, stderr=subprocess.DEVNULL) as process:
        look = ["xdotool", "search", "--onlyvisible", "--name", "."]  # the screen itself has no name
        while not subprocess.run(look, env=around, capture_output=True, check=False).stdout:
            if process.poll() is not None or time.monotonic() - begun > _PATIENCE:
                raise RuntimeError(f"no window of {command[0]}")
        taken = time.monotonic() - begun
        process.terminate()
    return taken


def compare(bundle: Path) -> str:
    """Return a line with both medians and their ratio."""
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        return "start: NOT RUN, Xvfb or xdotool is missing"
    empty = [sys.executable, "-c", _EMPTY.format(root=str(trials.ROOT))]
    ours = [str(trials.program(bundle, console=False)), str(bundle / trials.SAMPLE)]
    times: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory(prefix="xxgk-", ignore_cleanup_errors=True) as home, screen() as name:
        around = {**trials.environment(Path(home)), "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
        for _ in range(ROUNDS + 1):  # the first round brings the files into memory
            for command, taken in ((ours, times[0]), (empty, times[1])):
                taken.append(seconds_to_window(command, around))
    bundled, bare = (statistics.median(taken[1:]) for taken in times)
    return (
        f"start to window: bundle {bundled:.2f} s, empty Qt window from source {bare:.2f} s; "
        f"ratio {bundled / bare:.2f} (target: at most {MOST}; {ROUNDS} rounds, medians)"
    )


if __name__ == "__main__":
    trials.say(compare(Path(sys.argv[1]) if len(sys.argv) > 1 else trials.ROOT / "dist" / "xxgk"))
