"""What a check found: a value, never an exception, made anew at every evaluation."""

from __future__ import annotations

from dataclasses import dataclass

from model.cells import CellId, Value
from model.forms import Severity


@dataclass(frozen=True)
class Finding:
    """One disagreement of the figures or one remark on the text.

    ``expected`` is the left side of a check and ``actual`` the right one; ``difference`` is
    ``actual - expected``. All three are None where a finding compares no numbers.
    """

    code: str
    severity: Severity
    message: str
    basis: str
    left: tuple[CellId, ...] = ()
    right: tuple[CellId, ...] = ()
    values: tuple[Value, ...] = ()
    """The values of ``cells`` when the finding was made: with code and cells its fingerprint."""
    expected: Value = None
    actual: Value = None
    difference: Value = None
    formula: str = ""
    """Both sides with their numbers, or empty."""
    section: str = ""
    """The section to go to where no cell is concerned; "unit" for the cover data."""
    note: str = ""
    """The 出错说明 that explains it; empty where there is none for these values."""

    @property
    def cells(self) -> tuple[CellId, ...]:
        """Every cell concerned, as printed: left side, then right side."""
        return self.left + self.right

    @property
    def is_explained(self) -> bool:
        """Tell whether a reason has been given for just these values."""
        return bool(self.note)
