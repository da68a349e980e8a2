"""Kill a process that edits and saves at random moments, and see that nothing is lost.

``python tests/kill_harness.py [ROUNDS] [SEED]`` (1,000 rounds unless told). After each kill the saved file
must be the last one or the one before, whole; recovery must bring back all but the last 10 s and 20 edits;
and after the next start nothing else may be left behind. Prints what was seen; exits 1 on the first fault.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from model import recoverable, recovery
from model.storage import load
from tests.kill_child import Places, save, start, state_of

CHILD = Path(__file__).with_name("kill_child.py")

MOMENTS = (("begun", 0.03), ("ready", 0.25), ("ready", 0.25), ("copying", 0.005), ("saving", 0.008))
"""What a child says last before the time to its death begins, and the longest time in seconds."""


@dataclass
class Said:
    """What a child said before it was killed."""

    edits: dict[int, float] = field(default_factory=dict)
    saved: int | None = None
    saving: int | None = None
    base: int | None = None
    """The state it started with; None where it was killed before it was ready."""
    waits: int = 0
    last: str = "nothing"

    def hear(self, line: str) -> None:
        """Take in one line."""
        require(bool(line), "the child ended by itself")
        word, *rest = line.split()
        self.last = word
        if word == "edit":
            self.edits[int(rest[0])] = float(rest[1])
        elif word in ("saved", "saving"):
            setattr(self, word, int(rest[0]))
        elif word == "ready":
            self.base = int(rest[0])
        elif word == "waited":
            self.waits += 1
        else:
            require(word in ("begun", "copying"), f"the child says: {line}")


def require(condition: bool, fault: str) -> None:
    """Raise AssertionError with what went wrong (also where assertions are switched off)."""
    if not condition:
        raise AssertionError(fault)


class Harness:
    """Kills children one after the other on the same report."""

    def __init__(self, root: Path, seed: int) -> None:
        self.counts: Counter[str] = Counter()
        self.most_edits = 0
        self.most_seconds = 0.0
        self._places = Places(root)
        self._places.report.parent.mkdir(parents=True)
        self._random = random.Random(seed)
        self._saved = self._newest = 0
        self._next = self._spawn()

    def close(self) -> None:
        """Kill the child that waits."""
        self._kill(self._next)

    def round(self) -> None:
        """Let one child work, kill it, look at what is left, and at times start and save in its place."""
        said = self._run_and_kill()
        self.counts["rounds"] += 1
        self.counts[f"killed after '{said.last}'"] += 1
        self.counts["typist waited for the disk"] += said.waits
        self._look(said)
        if self._random.random() < 0.5:
            self._start_and_look()

    # ------------------------------------------------------------ the child

    def _spawn(self) -> subprocess.Popen[str]:
        command = [sys.executable, str(CHILD), str(self._places.root), str(self._random.randrange(2**32))]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="ascii", bufsize=1)

    def _run_and_kill(self) -> Said:
        child, self._next = self._next, self._spawn()
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write("go\n")
        said = Said()
        moment, longest = self._random.choice(MOMENTS)
        while said.last != moment:
            said.hear(child.stdout.readline())
        time.sleep(self._random.uniform(0.0, longest))
        for line in self._kill(child).splitlines(keepends=True):
            if line.endswith("\n"):
                said.hear(line)
        return said

    def _kill(self, child: subprocess.Popen[str]) -> str:
        child.kill()
        return child.communicate()[0]

    # ------------------------------------------------------------ what is left

    def _look(self, said: Said) -> None:
        """Check the saved file and what recovery offers after a kill."""
        saved = self._state_of_file()
        allowed = {self._saved if said.saved is None else said.saved} | ({said.saving} - {None})
        require(saved in allowed, f"the file is in state {saved}, not in one of {allowed}")
        if said.saving is not None and said.saving != said.saved:
            self.counts["killed while saving: the new file"] += saved == said.saving
            self.counts["killed while saving: the former file"] += saved != said.saving
        best = max([saved, *self._offered(saved)])
        reached = max([self._newest if said.base is None else said.base, *said.edits])
        self._weigh(said, best, reached)
        self._saved, self._newest = saved, best
        beside = [entry for entry in self._places.report.parent.iterdir() if entry != self._places.report]
        self.counts["locks left beside"] += sum(entry.suffix == ".lock" for entry in beside)
        self.counts["temp files left beside"] += sum(entry.suffix == ".tmp" for entry in beside)

    def _weigh(self, said: Said, best: int, reached: int) -> None:
        lost = reached - best
        seconds = said.edits[reached] - said.edits[best + 1] if lost > 0 and best + 1 in said.edits else 0.0
        self.most_edits, self.most_seconds = max(self.most_edits, lost), max(self.most_seconds, seconds)
        require(lost <= recovery.MOST_EDITS, f"{lost} edits are lost (reached {reached}, best {best})")
        require(seconds <= recovery.MOST_SECONDS, f"{seconds:.1f} s are lost")
        self.counts["nothing at all lost"] += lost == 0

    def _state_of_file(self) -> int:
        if not self._places.report.exists():
            return 0
        state = state_of(load(self._places.report))
        require(state is not None, "the saved file is a mixture of several states")
        return state or 0

    def _offered(self, saved: int) -> list[int]:
        states = []
        for found in recoverable.find(self._places.recovery):
            state = state_of(found.report)
            require(state is not None, "a copy is a mixture of several states")
            require(
                found.saved_later == ((state or 0) < saved), f"copy {state}, file {saved}: wrong order told"
            )
            require(found.path == self._places.report, "a copy does not know its file")
            require(found.differences.cells > 0, "a copy is offered that differs in nothing")
            states.append(state or 0)
        self.counts["recovery offered work"] += bool(states)
        return states

    def _start_and_look(self) -> None:
        """Start as the next run of the program, save what was recovered, end, and look for leftovers."""
        begun = start(self._places)
        require(begun.lock.is_held, "a lock left by a crash shuts out")
        state = state_of(begun.document.report)
        require(state == self._newest, f"the next start has state {state}, not {self._newest}")
        if begun.document.is_modified:
            save(self._places, begun)
            self._saved = self._newest
        begun.session.end()
        begun.lock.release()
        left = self._leftovers()
        require(not left, f"left behind: {left}")
        self.counts["starts that left nothing behind"] += 1

    def _leftovers(self) -> list[Path]:
        """Return what is there besides the report, its dated versions and the copies set aside."""
        places = self._places
        kept = (entry for entry in places.root.rglob("*") if entry.is_file())
        aside = places.recovery / recoverable.SET_ASIDE
        return [
            entry
            for entry in kept
            if entry != places.report
            and not (entry.suffix == ".xxgk" and entry.is_relative_to(places.backups))
            and entry.name != "origin.txt"
            and not (entry.is_relative_to(aside) and entry.suffix in (".xxgk", ".json"))
        ]


def run(rounds: int, seed: int) -> list[str]:
    """Kill so many children; return the lines to print. Raise AssertionError on a fault."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        harness = Harness(Path(folder), seed)
        try:
            for _ in range(rounds):
                harness.round()
        finally:
            harness.close()
    lines = [f"{count:6d}  {what}" for what, count in sorted(harness.counts.items())]
    lines.append(f"{harness.most_edits:6d}  edits lost at most (allowed: {recovery.MOST_EDITS})")
    lines.append(f"{harness.most_seconds:6.1f}  s lost at most (allowed: {recovery.MOST_SECONDS:.0f})")
    return [*lines, f"{time.monotonic() - begun:6.0f}  s taken; seed {seed}"]


if __name__ == "__main__":
    rounds, seed = (*map(int, sys.argv[1:]), *(1000, 1)[len(sys.argv) - 1 :])
    sys.stdout.write("\n".join(run(rounds, seed)) + "\n")
