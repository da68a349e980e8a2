"""The child of the kill harness: starts as the program does, edits, copies and saves until it is killed.

``python tests/kill_child.py FOLDER SEED``; waits for a line on its input first, so that it can be started
ahead. What it does it says at once on its output, one line each, so that the parent knows how far it came.
"""

from __future__ import annotations

import os
import random
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from model import backups, file_lock, file_stamp, recoverable, recovery
from model.catalogue import load_form
from model.cells import Kind
from model.document import Document
from model.report import Report
from model.restoring import restore

FORM = load_form("2021")
COUNTS = tuple(cell for cell in FORM.inputs if FORM.kind(cell) is Kind.COUNT)


@dataclass(frozen=True)
class Places:
    """Where the report and the user's data of one harness run are."""

    root: Path

    @property
    def report(self) -> Path:
        return self.root / "共享 文件夹" / "某县 2023 年报.xxgk"

    @property
    def recovery(self) -> Path:
        return self.root / "data" / "recovery"

    @property
    def backups(self) -> Path:
        return self.root / "data" / "backups"


def report_of(state: int) -> Report:
    """Return the whole report as it stands after so many edits: every cell follows from the number."""
    if state == 0:
        return Report(form=FORM.id)
    inputs = {cell: state if place == 0 else (state * 7 + place) % 1000 for place, cell in enumerate(COUNTS)}
    text = f"第 {state} 次编辑。" * (state % 50 + 1)
    return Report(form=FORM.id, year=2023, unit_name="某县", inputs=inputs, texts={"overview": text})


def state_of(report: Report) -> int | None:
    """Return which state a report is in, None where it is a mixture of several."""
    state = report.inputs.get(COUNTS[0], 0)
    return state if type(state) is int and report == report_of(state) else None


@dataclass
class Start:
    """What a start of the program leaves in the window."""

    document: Document
    stamp: file_stamp.FileStamp | None
    lock: file_lock.FileLock
    session: recovery.Session
    copies: recovery.DocumentCopies


def start(places: Places) -> Start:
    """Do what the program does when it is started on the report: lock, open, recover, tidy."""
    path = places.report
    session = recovery.Session(places.recovery)
    session.note_target(path)
    lock = file_lock.acquire(path)
    opened = file_stamp.open_stamped(path) if path.exists() else None
    document = Document(FORM, opened.report if opened else report_of(0), path)
    begun = Start(document, opened.stamp if opened else None, lock, session, session.open_document())
    found = recoverable.find(places.recovery)
    wanted = max((f for f in found if not f.saved_later), key=lambda f: f.at.timestamp(), default=None)
    if wanted is not None:
        restore(document, wanted.report)
        begun.copies.write(begun.copies.snapshot(document.report, path, begun.stamp))
    for old in found:
        recoverable.set_aside(places.recovery, old)
    recoverable.tidy(places.recovery)
    backups.tidy(places.backups)
    return begun


def save(places: Places, begun: Start) -> None:
    """Do what the program does on Ctrl+S."""
    done = file_stamp.save_over(begun.document.report, places.report, begun.stamp, places.backups)
    begun.stamp = done.stamp
    begun.document.mark_saved(places.report)
    begun.copies.discard()


def say(*words: object) -> None:
    """Tell the parent at once: what was said is in the pipe even when the next line is never reached."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode("ascii"))


class Typist:
    """Edits without end; every 0.1 to 0.8 seconds by a clock that runs faster than ours."""

    def __init__(self, places: Places, begun: Start, seed: int) -> None:
        self._places = places
        self._begun = begun
        self._random = random.Random(seed)
        self._policy = recovery.AutosavePolicy()
        self._worker = ThreadPoolExecutor(1)
        self._writing: Future[object] | None = None
        self._now = 0.0
        self._behind = 0
        self._state = state_of(begun.document.report) or 0

    def work(self) -> None:
        until_save = self._random.randint(3, 60)
        while True:
            for _ in range(until_save):
                self._edit()
            self._save()
            until_save = self._random.randint(3, 60)

    def _edit(self) -> None:
        self._wait_for_worker()
        self._state += 1
        self._now += self._random.uniform(0.1, 0.8)
        say("edit", self._state, f"{self._now:.3f}")
        wanted = report_of(self._state)
        restore(self._begun.document, wanted, "填写")
        self._policy.note_edit(self._now)
        self._behind += 1
        if self._policy.seconds_left(self._now) == 0.0 and (self._writing is None or self._writing.done()):
            self._copy()
        time.sleep(self._random.uniform(0.001, 0.006))

    def _wait_for_worker(self) -> None:
        """Let a slow disk catch up: no person makes 20 edits while one copy is written."""
        if self._writing is not None and self._behind >= recovery.MOST_EDITS // 2 - 1:
            if not self._writing.done():
                say("waited")
            self._writing.result()

    def _copy(self) -> None:
        copies, document = self._begun.copies, self._begun.document
        snapshot = copies.snapshot(document.report, self._places.report, self._begun.stamp)
        self._policy.note_taken()
        self._behind = 0
        say("copying")
        self._writing = self._worker.submit(copies.write, snapshot)

    def _save(self) -> None:
        say("saving", self._state)
        save(self._places, self._begun)
        self._policy.note_taken()
        self._behind = 0
        say("saved", self._state)
        self._begun.lock.beat()


def main(arguments: list[str]) -> None:
    """Start, say where we stand, and edit until killed."""
    places = Places(Path(arguments[0]))
    sys.stdin.readline()
    say("begun")
    begun = start(places)
    say("ready" if begun.lock.is_held else "unlocked", state_of(begun.document.report))
    Typist(places, begun, int(arguments[1])).work()


if __name__ == "__main__":
    main(sys.argv[1:])
