"""A strict reader over parsed TOML: every key must be asked for, every type must be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

from model.errors import FormError

_ID = re.compile("[a-z][a-z0-9_]*")
_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a Chinese hint at the nearest known name, or an empty text."""
    import difflib  # only for a refusal: it would slow every start

    close = difflib.get_close_matches(word, list(known), n=1)
    return f"，是不是“{close[0]}”" if close else ""


class Reader:
    """One TOML table, read key by key; :meth:`finish` refuses what nobody asked for."""

    def __init__(self, data: object, source: str, place: str) -> None:
        self.source = source
        self.place = place
        if not isinstance(data, Mapping):
            self.refuse("这里应当是一组键值")
        self._data: Mapping[str, object] = data
        self._asked: set[str] = set()
        self._possible: set[str] = set()

    def refuse(self, reason: str) -> NoReturn:
        """Raise FormError with this table's place."""
        raise FormError(self.source, self.place, reason)

    def has(self, key: str) -> bool:
        """Tell whether the key is there."""
        self._possible.add(key)
        return key in self._data

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; raise FormError where it is missing (without default) or no text."""
        value = self._take(key, default)
        if not isinstance(value, str):
            self.refuse(f"“{key}”应当是文字")
        return value

    def wording(self, key: str) -> str:
        """Return a text that must not be empty."""
        value = self.text(key)
        if not value.strip():
            self.refuse(f"“{key}”不能是空的")
        return value

    def id(self) -> str:
        """Return the id: English snake_case, so that ``table.row.column`` reads back as three."""
        return self._matching("id", _ID, "只能用小写英文字母、数字和下划线")

    def code(self) -> str:
        """Return the code of a check: ids joined by points."""
        return self._matching("code", _CODE, "只能用小写英文字母、数字、下划线和点")

    def number(self, key: str, default: int | None = None) -> int:
        """Return a whole number of at least 0; raise FormError for anything else."""
        value = self._take(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.refuse(f"“{key}”应当是不小于 0 的整数")
        return value

    def positive(self, key: str, default: int | None = None) -> int:
        """Return a whole number of at least 1."""
        value = self.number(key, default)
        if value == 0:
            self.refuse(f"“{key}”应当是正整数")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; false where the key is missing."""
        value = self._take(key, default=False)
        if not isinstance(value, bool):
            self.refuse(f"“{key}”应当是 true 或 false")
        return value

    def texts(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """Return a list of texts, none of them twice; one that is there is not empty."""
        values = self._items(key, default)
        if not all(isinstance(value, str) for value in values):
            self.refuse(f"“{key}”应当是一列文字")
        texts = tuple(str(value) for value in values)
        self.require_unique(texts, f"“{key}”中的")
        return texts

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers of at least 1."""
        values = self._items(key, None)
        numbers = tuple(value for value in values if isinstance(value, int) and not isinstance(value, bool))
        if len(numbers) != len(values) or any(number < 1 for number in numbers):
            self.refuse(f"“{key}”应当是一列正整数")
        return numbers

    def tables(self, key: str, *, optional: bool = False) -> tuple[Reader, ...]:
        """Return a list of tables, each with its own place: ``table[2].block[1]``."""
        values = self._items(key, () if optional else None)
        prefix = f"{self.place}." if self.place else ""
        return tuple(
            Reader(value, self.source, f"{prefix}{key}[{number}]") for number, value in enumerate(values, 1)
        )

    def finish(self) -> None:
        """Raise FormError for a key that nobody asked for, naming the nearest one that exists."""
        for key in self._data:
            if key not in self._asked:
                self.refuse(f"不认识的键“{key}”{nearest(key, self._asked | self._possible)}")

    def require_unique(self, ids: Iterable[str], what: str) -> None:
        """Raise FormError where an id comes twice; ``what`` names the kind of thing in Chinese."""
        seen: set[str] = set()
        for id_ in ids:
            if id_ in seen:
                self.refuse(f"{what}“{id_}”重复")
            seen.add(id_)

    def require_known(self, ids: Iterable[str], known: Iterable[str], what: str) -> None:
        """Raise FormError for an id that does not exist, naming the nearest one that does."""
        known = tuple(known)
        for id_ in ids:
            if id_ not in known:
                self.refuse(f"{what}“{id_}”不存在{nearest(id_, known)}")

    def one_of(self, key: str, known: Iterable[str], default: str | None = None) -> str:
        """Return a text that must be one of the known ones."""
        value = self.text(key, default)
        known = tuple(known)
        if value not in known:
            self.refuse(f"“{key}”的值“{value}”不认识{nearest(value, known)}")
        return value

    def _matching(self, key: str, pattern: re.Pattern[str], wanted: str) -> str:
        value = self.text(key)
        if not pattern.fullmatch(value):
            self.refuse(f"“{key}”的值“{value}”{wanted}")
        return value

    def _take(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key in self._data:
            return self._data[key]
        if default is None:
            self.refuse(f"缺少“{key}”")
        return default

    def _items(self, key: str, default: Sequence[object] | None) -> list[object]:
        value = self._take(key, default)
        if not isinstance(value, list | tuple):
            self.refuse(f"“{key}”应当是一列值")
        if not value and key in self._data:
            self.refuse(f"“{key}”不能是空的")
        return list(value)
