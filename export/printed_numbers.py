"""Numbers as documents print them, read back: one grammar for every format, that of ``format_value``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from model.cells import CellId, Value

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def read_printed_number(text: str) -> Value:
    """Return what a printed text states: a count as int, an amount with a point as Decimal, blank as None.

    Raise ValueError for any other text. A total may be negative.
    """
    bare = text.strip()
    if not bare:
        return None
    match = _NUMBER.fullmatch(bare)
    if match is None:
        raise ValueError(f"not a printed number: {bare[:40]!r}")
    return Decimal(bare) if match[1] else int(bare)


def numbers_in(texts: Iterable[tuple[CellId, str]]) -> Mapping[CellId, Value]:
    """Return the numbers that printed texts state; a text that is no number is left out."""
    return dict(_numbers_in(texts))


def _numbers_in(texts: Iterable[tuple[CellId, str]]) -> Iterator[tuple[CellId, Value]]:
    for cell, text in texts:
        try:
            yield cell, read_printed_number(text)
        except ValueError:
            continue
