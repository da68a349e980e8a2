"""What a fault of the program leaves of the open reports: checked, and copied where they are intact.

Part of the hook for uncaught exceptions: nothing here may raise.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from model.crash_log import record
from model.errors import AppError

if TYPE_CHECKING:
    from gui.file_commands import FileCommands


class Rescued(NamedTuple):
    """How the open reports stand after a fault."""

    intact: bool
    """The program may go on."""
    copied: int = 0
    """Reports with changes of which a copy was written just now."""
    failure: str = ""
    """Why a copy could not be written, in a sentence."""

    @property
    def sentence(self) -> str:
        """What the person should know and do."""
        if not self.intact:
            return (
                "报告在内存里可能已经不完整，程序要关闭了，以免写坏文件。年报文件没有被改动；"
                "重新打开程序，就可以恢复出错以前自动保存的内容。"
            )
        if self.failure:
            return f"您填写的内容是完好的，都在窗口里，但没能另存副本。{self.failure}"
        if self.copied:
            return "您填写的内容是完好的，并已另存了一份副本。可以继续使用，请先保存一次。"
        return "您填写的内容是完好的，可以继续使用。"


def rescue(files: Iterable[FileCommands], *, copies: bool) -> Rescued:
    """Check every open report; with ``copies`` write a copy of each that has changes."""
    copied, failure = 0, ""
    for one in files:
        try:
            intact = one.is_intact()
            written = one.copy_now() if intact and copies else False
        except AppError as refused:
            intact, written, failure = True, False, str(refused)
        except Exception as fault:  # noqa: BLE001 - within the hook: a report that is broken may fail in any way
            record(type(fault), fault, fault.__traceback__)
            intact, written = False, False
        if not intact:
            return Rescued(False)
        copied += written
    return Rescued(True, copied, failure)
