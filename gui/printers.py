"""Which printers this computer has, asked without opening a socket of a network."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

_SERVICE = (Path("/run/cups/cups.sock"), Path("/var/run/cups/cups.sock"))
"""Where the printing service of Linux listens; printers on the network are its affair."""
_SERVER = "CUPS_SERVER"


def stay_on_this_computer(
    environment: MutableMapping[str, str] = os.environ, service: tuple[Path, ...] = _SERVICE
) -> bool:
    """Have printers asked for at the local service only; tell whether it can be asked.

    Where the service does not listen there, its library would try a network port. A server that an
    administrator named in the environment is left alone.
    """
    if not sys.platform.startswith("linux") or environment.get(_SERVER):
        return True
    listening = next((place for place in service if place.exists()), None)
    if listening is None:
        return False
    environment[_SERVER] = str(listening)
    return True


def has_printers() -> bool:
    """Tell whether there is a printer to choose from."""
    if not stay_on_this_computer():
        return False
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())
