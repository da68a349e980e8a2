"""The few calls that only Windows has, through ctypes and the registry. Imported on Windows only.

Each has its twin for other systems where it is called. The library is a parameter, so that tests
can stand in for it.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Any

_QUERY_LIMITED_INFORMATION = 0x1000
_INVALID_PARAMETER = 87
_STILL_ACTIVE = 259
_HIDDEN = 0x2
_ANY_PROCESS = 0xFFFFFFFF
_READ_64 = 0x20019 | 0x0100
"""KEY_READ and KEY_WOW64_64KEY."""


def process_start(pid: int, kernel: Any = None) -> str | None:
    """Return when a process began, in units of 100 ns; None where none runs, empty where we may not know."""
    library = kernel or _kernel()
    handle = library.OpenProcess(_QUERY_LIMITED_INFORMATION, False, pid)
    if not handle:
        return None if _last_error(library) == _INVALID_PARAMETER else ""
    try:
        return _start_of(library, handle)
    finally:
        library.CloseHandle(handle)


def allow_foreground(user: Any = None) -> None:
    """Let the program that is asked to show a file come to the front, which a second start may grant."""
    library = user or ctypes.WinDLL("user32")  # type: ignore[attr-defined,unused-ignore]  # Windows only
    library.AllowSetForegroundWindow(_ANY_PROCESS)


def _start_of(library: Any, handle: Any) -> str | None:
    code = ctypes.c_ulong()
    if library.GetExitCodeProcess(handle, ctypes.byref(code)) and code.value != _STILL_ACTIVE:
        return None
    times = [ctypes.c_uint64() for _ in range(4)]
    if not library.GetProcessTimes(handle, *(ctypes.byref(time) for time in times)):
        return ""
    return str(times[0].value)


def hide(path: Path, kernel: Any = None) -> None:
    """Mark a file as hidden; where the system refuses, it is merely seen."""
    (kernel or _kernel()).SetFileAttributesW(str(path), _HIDDEN)


def machine_id() -> str:
    """Return what the system was named at its installation; empty where it does not tell."""
    if sys.platform == "win32":
        import winreg

        place = r"SOFTWARE\Microsoft\Cryptography"
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place, 0, _READ_64) as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:  # the name of the PC still tells it from others
            return ""
    return ""


def _last_error(library: Any) -> int:
    """Return why the last call failed: ctypes keeps it apart from what Python itself calls meanwhile."""
    if sys.platform == "win32" and isinstance(library, ctypes.WinDLL):
        return ctypes.get_last_error()
    return int(library.GetLastError())


def _kernel() -> Any:
    """Return kernel32 with the types of what we call: a handle is as wide as a pointer."""
    if sys.platform == "win32":
        library = ctypes.WinDLL("kernel32", use_last_error=True)
        library.OpenProcess.restype = ctypes.c_void_p
        library.OpenProcess.argtypes = [ctypes.c_ulong, ctypes.c_int, ctypes.c_ulong]
        library.GetExitCodeProcess.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        library.GetProcessTimes.argtypes = [ctypes.c_void_p] * 5
        library.CloseHandle.argtypes = [ctypes.c_void_p]
        library.SetFileAttributesW.argtypes = [ctypes.c_wchar_p, ctypes.c_ulong]
        return library
    raise OSError("called on Windows only")
