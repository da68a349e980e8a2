"""Expected failures, each wording itself in Chinese: what happened, that the data are safe, what to do.

They are raised where the failure is met and caught once per user action. A constructor takes facts.
"""

from __future__ import annotations

import errno
import unicodedata
from pathlib import Path


class AppError(Exception):
    """An expected failure; ``str()`` is the sentence for the person at the PC."""


class FormError(AppError):
    """A form file that the program does not understand: a mistake of ours or of an update."""

    def __init__(self, source: str, place: str, reason: str) -> None:
        super().__init__(f"格式文件“{source}”有误，{place or '顶层'}：{reason}。")
        self.place = place


class FileError(AppError):
    """A failure with a file; ``path`` says which."""

    def __init__(self, path: Path, sentence: str) -> None:
        super().__init__(printable(sentence))
        self.path = path


class FileMissing(FileError):
    """There is no such file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, f"找不到文件“{path}”。请看看它是否被移动或改名。")


class NotAReport(FileError):
    """The file is no report of ours: empty, binary, cut off, foreign."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, f"“{path.name or path}”不是可以打开的年报文件：{reason}。文件没有被改动。")


class BadContent(FileError):
    """A report file with something in it that the program does not understand; ``place`` says where."""

    def __init__(self, path: Path, place: str, reason: str) -> None:
        where, why = shorten(place), shorten(reason)
        sentence = f"“{path.name}”的内容有误，没有打开。位置 {where}：{why}。文件没有被改动。"
        super().__init__(path, sentence)
        self.place = place


class NewerVersion(FileError):
    """A report written by a later version of the program."""

    def __init__(self, path: Path, version: int, known: int) -> None:
        super().__init__(
            path,
            f"“{path.name}”由更新版本的程序保存（文件版本 {version}，本程序只认到 {known}），没有打开。"
            "请改用新版程序。文件没有被改动。",
        )


class CannotImport(FileError):
    """Somebody else's document is not read: no document of a kind we know, damaged, of another edition."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, f"“{path.name}”没有导入：{reason}。文件没有被改动。")


class CannotRead(FileError):
    """The system refuses to read the file."""

    def __init__(self, path: Path, failure: OSError) -> None:
        super().__init__(path, f"无法读取“{path}”：{explain(failure)}。文件没有被改动。")


class CannotWrite(FileError):
    """The system refuses to write the file; what stood there before is untouched."""

    def __init__(self, path: Path, failure: OSError) -> None:
        busy = failure.errno in _BUSY or getattr(failure, "winerror", None) in _WINDOWS_BUSY
        advice = "请关闭正在使用它的程序（如 WPS、Excel、PDF 阅读器）后重试，或者" if busy else "请"
        advice += "另存到别处"
        super().__init__(path, f"无法写入“{path}”：{explain(failure)}。原有文件没有被改动，{advice}。")


class WrittenDiffers(FileError):
    """What was read back is not what was written; the former file has been kept."""

    def __init__(self, path: Path, places: tuple[str, ...]) -> None:
        shown = "、".join(places[:5]) + ("等" if len(places) > 5 else "")
        super().__init__(
            path,
            f"写入“{path}”后读回，内容与报告不一致（{shown}）。原有文件未被改动，请重试，或者另存到别处。",
        )
        self.places = places


class CannotReadBack(FileError):
    """A document was written, and its reader can make nothing of it; the former file has been kept."""

    def __init__(self, path: Path, cause: str) -> None:
        super().__init__(
            path,
            f"写“{path}”时读回核对没有成功，没有写成。原有文件未被改动，请换一种格式导出，"
            f"并把这句话告诉提供程序的人（{shorten(cause)}）。",
        )


class SavedFileDiffers(FileError):
    """A file was written and verified, and in its place does not hold that content any more."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"“{path}”刚保存完，读回的内容就与报告不一致：可能有别的程序同时在改它，或者磁盘出了错。"
            "窗口里的内容没有丢失，请另存到别处。",
        )


class BadTarget(FileError):
    """A document cannot go where it was sent: no format of ours, no folder, a name that is not allowed."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, f"不能写到“{path}”：{reason}。没有写入任何内容。")


class ExportCancelled(AppError):
    """The person stopped an export before it was finished."""

    def __init__(self) -> None:
        super().__init__("已取消导出。没有写完的文件不会留下，原有文件没有被改动。")


_MOST_SHOWN = 160
"""Characters of a piece of a foreign file that a sentence shows."""


def shorten(text: str) -> str:
    """Return a text cut to a length that a sentence can bear."""
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


def printable(text: str) -> str:
    """Return a text that any output can show: control characters and the like by their escapes.

    A foreign file's keys and a file's name may hold terminal commands, or what UTF-8 cannot carry.
    """
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else character
        for character in text
    )


_AWAY = (
    "ESTALE",
    "ETIMEDOUT",
    "EHOSTDOWN",
    "EHOSTUNREACH",
    "ENETDOWN",
    "ENETUNREACH",
    "ENOTCONN",
    "EREMOTEIO",
)
"""What a share answers that is away; not every system knows all of them."""
_IS_AWAY = "网络位置或磁盘已断开，或者没有回应"
_NOT_READY = "磁盘没有准备好，或者已被取走"
_REASONS = {
    errno.EACCES: "没有权限，或者文件正被其他程序打开",
    errno.EPERM: "没有权限，或者文件正被其他程序打开",
    errno.EBUSY: "文件正被其他程序打开",
    errno.ETXTBSY: "文件正被其他程序打开",
    errno.ENOSPC: "磁盘空间已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘或文件夹是只读的",
    errno.ENOENT: "文件夹不存在，或者磁盘、网络位置已断开",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.ENODEV: "它不是普通文件",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EINVAL: "文件名含有不允许的字符",
    errno.EIO: "磁盘读写出错",
    errno.ELOOP: "链接绕成了圈",
    errno.EFBIG: "文件超过了这个磁盘允许的大小",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENXIO: _NOT_READY,
    **dict.fromkeys((getattr(errno, name) for name in _AWAY if hasattr(errno, name)), _IS_AWAY),
}
_BUSY = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY)
_WINDOWS_BUSY = (5, 32, 33)
_WINDOWS_REASONS = {
    5: "没有权限，或者文件正被其他程序打开",
    32: "文件正被其他程序打开",
    33: "文件正被其他程序打开",
    3: "文件夹不存在，或者磁盘、网络位置已断开",
    19: "磁盘或文件夹是只读的",
    21: _NOT_READY,
    39: "磁盘空间已满",
    112: "磁盘空间已满",
    206: "文件名太长",
    1295: "磁盘配额已用完",
    **dict.fromkeys((23, 1117), "磁盘读写出错"),
    **dict.fromkeys((53, 59, 64, 67, 121, 1231), _IS_AWAY),
    123: "文件名含有不允许的字符",
}


def explain(failure: OSError) -> str:
    """Return why the system refused, in Chinese, with its code where we have no words for it."""
    windows_code = getattr(failure, "winerror", None)
    if windows_code in _WINDOWS_REASONS:
        return _WINDOWS_REASONS[windows_code]
    if failure.errno in _REASONS:
        return _REASONS[failure.errno]
    return f"系统错误 {windows_code or failure.errno}"
