"""Raised and lowered characters, such as ² and ₂, made from the ordinary ones where a face lacks them.

Few Chinese faces have the lowered digits of CO₂. Knows nothing of faces.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

_SCALE = 0.64
_RISES = {"<super>": 0.32, "<sub>": -0.13}
"""By how much they are moved up, in em: raised ones end as high as capitals, lowered ones as low as a g."""


class SmallForm(NamedTuple):
    """How a raised or lowered character is made from an ordinary one."""

    base: str
    scale: float
    rise: float
    """In em."""


def small_form(character: str) -> SmallForm | None:
    """Return how a character is made; None for one that is no raised or lowered form of another."""
    kind, _, base = unicodedata.decomposition(character).partition(" ")
    if kind not in _RISES or " " in base:
        return None
    return SmallForm(chr(int(base, 16)), _SCALE, _RISES[kind])
