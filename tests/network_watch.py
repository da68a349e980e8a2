"""Run a script and report every socket of a network: ``network_watch.py REPORT SCRIPT [ARGUMENT ...]``.

Sockets between processes of this machine (AF_UNIX) are none. The report gets a line for each of the others.
"""

from __future__ import annotations

import os
import runpy
import sys

LOCAL = 1
"""AF_UNIX, on every system; the module ``socket`` is not loaded for it."""


def watch(report: str) -> None:
    """Write down each socket of a network, and each name that is looked up."""

    def note(event: str, arguments: tuple[object, ...]) -> None:
        family = arguments[1] if event == "socket.__new__" else None
        opened = family is not None and int(family) not in (LOCAL, -1)  # type: ignore[call-overload]
        if opened or event in ("socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
            line = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.write(line, f"{event} {arguments!r}\n".encode())
            os.close(line)

    sys.addaudithook(note)


if __name__ == "__main__":
    watch(sys.argv[1])
    sys.argv = sys.argv[2:]
    sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))  # noqa: PTH100, PTH120 - as the interpreter does
    runpy.run_path(sys.argv[0], run_name="__main__")
