"""The program's data: form editions, samples, icons and help texts.

Knows where the files are and nothing of what they mean. The files are read only.
"""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """Return the path of a resource, for example ``path("forms", "2021.toml")``.

    Raise FileNotFoundError where the program does not have it.
    """
    found = _ROOT.joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(found)
    return found


def names(folder: str, suffix: str) -> tuple[str, ...]:
    """Return the sorted stems of the files with ``suffix`` (with its dot) in a resource folder."""
    return tuple(sorted(file.stem for file in _ROOT.joinpath(folder).glob(f"*{suffix}")))


def holds(file: Path) -> bool:
    """Tell whether a file is one of the program's own, which are read only."""
    return file.resolve().is_relative_to(_ROOT)
