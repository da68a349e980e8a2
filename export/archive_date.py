"""The moment that a zip archive gives its members: its calendar is that of MS-DOS."""

from __future__ import annotations

from datetime import datetime

_FIRST_YEAR, _LAST_YEAR = 1980, 2107

ArchiveDate = tuple[int, int, int, int, int, int]
"""Year, month, day, hour, minute, second."""


def archive_date(moment: datetime) -> ArchiveDate:
    """Return a moment as archives keep it, without its zone; the nearest one they have."""
    if moment.year < _FIRST_YEAR:
        return _FIRST_YEAR, 1, 1, 0, 0, 0
    if moment.year > _LAST_YEAR:
        return _LAST_YEAR, 12, 31, 23, 59, 58
    return moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second
