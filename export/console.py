"""Standard output and error as UTF-8, whatever the console; a reader that leaves early ends nothing."""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO

from model.errors import AppError, explain


class CannotPrint(AppError):
    """Standard output does not take what there is to say."""

    def __init__(self, failure: OSError) -> None:
        super().__init__(f"无法输出结果：{explain(failure)}。")


def prepare() -> None:
    """Switch both streams to UTF-8. What even UTF-8 cannot carry is shown by its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Write a line to standard output; raise CannotPrint where it does not go through."""
    try:
        _write(sys.stdout, text)
    except OSError as failure:
        _close_to(1)
        raise CannotPrint(failure) from failure


def say_error(text: str) -> None:
    """Write a line to standard error; where there is none, nobody is there to be told."""
    try:
        _write(sys.stderr, text)
    except OSError:
        _close_to(2)


def _write(stream: TextIO | None, text: str) -> None:
    """Write a line, unless the program has no such stream (a windowed program) or its reader has left."""
    if stream is None:
        return
    try:
        stream.write(text + "\n")
        stream.flush()
    except BrokenPipeError:
        _close_to(stream.fileno())


def _close_to(descriptor: int) -> None:
    """Let what is still to be flushed go nowhere, so that the end of the process is silent."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
