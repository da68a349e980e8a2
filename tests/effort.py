"""How much the random tests try: little in the ordinary run, much where XXGK_LONG=1 asks for it."""

from __future__ import annotations

import os

LONG = os.environ.get("XXGK_LONG") == "1"


def examples(ordinary: int, long: int) -> int:
    """Return how many examples a random test tries."""
    return long if LONG else ordinary
