"""The second start of the program: hand the files to the window that runs already, and end.

Loads no Qt, so that a second double-click is answered at once. Whoever runs answers over a socket file
(on Windows a named pipe) of this user and this screen; one that hangs or crashed keeps nobody waiting.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from threading import Thread

from model.long_paths import path_named
from model.places import user_data_folder

PATIENCE = 2.0
"""Seconds for the running program to answer."""
START_PATIENCE = 15.0
"""Seconds that a start waits for another one that has just begun: an old disk is slow."""
_PAUSE = 0.05
TAKEN = b"taken\n"
MOST_BYTES = 1_000_000
_LONGEST = 100
"""Bytes of a socket's path that every system takes."""


class Answer(Enum):
    """What came of asking for a running program."""

    TAKEN = "taken"
    """It shows the files."""
    NOBODY = "nobody"
    SILENT = "silent"
    """Something holds the place but does not answer: it hangs."""


def meeting_place() -> str | None:
    """Return the name of the socket or pipe, None where there can be none."""
    screen = [os.environ.get(name, "") for name in ("DISPLAY", "WAYLAND_DISPLAY", "SESSIONNAME")]
    whole = "\n".join([os.path.realpath(user_data_folder()), *screen])
    mark = hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    if sys.platform == "win32":
        return f"xxgk-annual-report-{mark}"
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    folders = [Path(runtime)] if runtime and os.access(runtime, os.W_OK | os.X_OK) else []
    for folder in (*folders, user_data_folder()):
        place = str(folder / f"xxgk-{mark}.sock")
        if len(place.encode("utf-8", "surrogateescape")) <= _LONGEST:
            return place
    return None


def hand_over(paths: Sequence[Path], patience: float = PATIENCE) -> Answer:
    """Ask the running program to show these files, or its window where there are none."""
    place = meeting_place()
    if place is None or (sys.platform != "win32" and not os.path.exists(place)):  # noqa: PTH110 - no path
        return Answer.NOBODY
    order = json.dumps({"files": [str(path.absolute()) for path in paths]}).encode("ascii") + b"\n"
    found: list[Answer] = []
    thread = Thread(target=lambda: found.append(_ask(place, order, patience)), daemon=True)
    thread.start()
    thread.join(patience)
    return found[0] if found else Answer.SILENT


def meet(paths: Sequence[Path]) -> Answer:
    """Hand the files over, waiting for a start that is on its way; NOBODY makes this one the program."""
    from gui import starting

    place = meeting_place()
    deadline = time.monotonic() + START_PATIENCE
    while (answer := hand_over(paths)) is Answer.NOBODY and place is not None:
        if starting.begin(place):
            answer = hand_over(paths)  # it may have begun to listen just now
            if answer is Answer.TAKEN:
                starting.end(place)
            return answer
        if time.monotonic() > deadline:
            break
        time.sleep(_PAUSE)
    return answer


def files_of(order: bytes) -> list[Path] | None:
    """Return the files in what a second start sent, None where it makes no sense."""
    try:
        files = json.loads(order)["files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    paths = [path_named(file) for file in files] if isinstance(files, list) else [None]
    found = [path for path in paths if path is not None]
    return found if len(found) == len(paths) else None


def _ask(place: str, order: bytes, patience: float) -> Answer:
    try:
        answer = _ask_pipe(place, order) if sys.platform == "win32" else _ask_socket(place, order, patience)
    except TimeoutError:
        return Answer.SILENT
    except OSError:  # nobody listens: left behind by a crash, or it has just ended
        return Answer.NOBODY
    return Answer.TAKEN if answer == TAKEN else Answer.SILENT


def _ask_socket(place: str, order: bytes, patience: float) -> bytes:
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:  # type: ignore[attr-defined,unused-ignore]  # not on Windows
        connection.settimeout(patience)
        connection.connect(place)
        connection.sendall(order)
        answer = b""
        while not answer.endswith(b"\n") and (part := connection.recv(100)):
            answer += part
        return answer


def _ask_pipe(name: str, order: bytes) -> bytes:
    from model.windows import allow_foreground

    allow_foreground()
    with open(rf"\\.\pipe\{name}", "r+b", buffering=0) as pipe:  # noqa: PTH123 - a pipe is no path
        pipe.write(order)
        return pipe.read(len(TAKEN)) or b""
