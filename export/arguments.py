"""What stands on the command line, read strictly and refused in Chinese."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from model.errors import AppError

FINE, FINDINGS, FAILED = 0, 1, 2
"""Exit codes: all is well; something is to be looked at; something was not done."""


class UsageError(AppError):
    """A command line that is not understood."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}。用法见 python main.py --help。")


def protect_names(arguments: Sequence[str]) -> list[str]:
    """Write the names behind ``--`` in a way that no parser takes for options."""
    if "--" not in arguments:
        return list(arguments)
    end = arguments.index("--")
    names = (str(Path.cwd() / name) if name.startswith("-") else name for name in arguments[end + 1 :])
    return [*arguments[:end], *names]


class Parser(argparse.ArgumentParser):
    """A parser that fails in Chinese and prints nothing by itself."""

    def __init__(self) -> None:
        super().__init__(add_help=False, allow_abbrev=False)

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Return what the arguments say; options may stand anywhere. Raise UsageError."""
        for argument in arguments:
            name = argument.partition("=")[0]
            if name.startswith("-") and name not in self._option_string_actions:
                raise UsageError(f"不认识的选项“{argument}”；如果它是文件名，请在前面单独写上 --")
        return self.parse_intermixed_args(arguments)

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(_translate(message))


_TRANSLATIONS = (
    (re.compile(r"the following arguments are required: (.*)"), "缺少参数：{}"),
    (re.compile(r"unrecognized arguments: (.*)"), "多余的参数：{}"),
    (re.compile(r"argument (\S+): expected (?:one|at least one) argument"), "{} 后面缺少内容"),
    (re.compile(r"argument (\S+): ignored explicit argument .*"), "{} 后面不能写内容"),
)


def _translate(message: str) -> str:
    for pattern, sentence in _TRANSLATIONS:
        match = pattern.fullmatch(message)
        if match:
            return sentence.format(match[1])
    return "命令写得不对"
