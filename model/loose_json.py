"""Read JSON that is cut off or damaged as far as it goes, and say what was lost.

Nothing is guessed: a number counts only when what follows it shows that it ended, a name that stands
twice counts neither time, and after damage reading goes on only at the next line that begins a part of
the top level (as the program writes them), since what is nested deeper has lost its surroundings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum

from model.strict_json import MOST_DEPTH, MOST_DIGITS, Json

_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?=[ \t\r\n]*[,}\]])")
_WORD = re.compile(r"(?:true|false|null)(?=[ \t\r\n]*[,}\]])")
LOST_CHARACTER = "\N{REPLACEMENT CHARACTER}"
"""Stands for bytes that are no characters."""
_BLANKS = re.compile(r"[ \t\r\n]*")


class _Nothing(Enum):
    """Stands for a value that could not be read."""

    NOTHING = 0


@dataclass(frozen=True)
class Loss:
    """One thing that could not be read: its place, such as ``inputs.requests``, and why, in Chinese."""

    place: str
    reason: str


@dataclass
class Loose:
    """What could be read."""

    value: dict[str, Json] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    partial: set[str] = field(default_factory=set)
    """Places of texts that were cut off and of groups that did not end."""


def parse_loosely(text: str, parts: Collection[str]) -> Loose:
    """Return what can be read of an object; ``parts`` are the names of its top level."""
    reader = _Reader(text)
    if reader.takes("{"):
        reader.read_members(reader.result.value, "", 0)
    else:
        reader.breaks("开头", "不是年报内容")
    names = "|".join(map(re.escape, parts))
    starts = re.compile(rf'^ "(?:{names})": ', re.MULTILINE)
    while reader.is_broken and (match := starts.search(text, reader.at)):
        reader.at = match.start()
        reader.is_broken = False
        reader.read_members(reader.result.value, "", 0)
        reader.at = max(reader.at, match.end())
    return reader.result


class _Reader:
    """Reads forward from ``at`` until something cannot be understood; then ``is_broken``."""

    def __init__(self, text: str) -> None:
        self.at = 0
        self.is_broken = False
        self.result = Loose()
        self._text = text
        self._double: set[str] = set()

    def takes(self, mark: str) -> bool:
        """Pass blanks, and the mark if it stands here; tell whether it did."""
        blanks = _BLANKS.match(self._text, self.at)
        self.at = blanks.end() if blanks else self.at
        if not self._text.startswith(mark, self.at):
            return False
        self.at += len(mark)
        return True

    def breaks(self, place: str, reason: str) -> None:
        """Note that nothing can be understood from here on."""
        self.is_broken = True
        self.result.losses.append(Loss(place, reason))

    def read_members(self, members: dict[str, Json], place: str, depth: int) -> None:
        """Read ``"key": value`` into ``members`` up to and with the closing brace."""
        ended = self.takes("}")
        while not ended and not self.is_broken:
            key = self._key(place)
            inner = f"{place}.{key}".lstrip(".")
            if not self.is_broken and not self.takes(":"):
                self.breaks(inner, "从这里起被改坏了")
            if not self.is_broken:
                self._store(members, key, inner, self._value(inner, depth))
            ended = self._ends(place, "}")
        if self.is_broken:
            self.result.partial.add(place)

    def _store(self, members: dict[str, Json], key: str, place: str, value: Json | _Nothing) -> None:
        if key in members or place in self._double:
            members.pop(key, None)
            self._double.add(place)
            self.result.losses.append(Loss(place, "这一项出现了不止一次，不知道哪个是对的"))
        elif not isinstance(value, _Nothing):
            members[key] = value

    def _read_items(self, place: str, depth: int) -> list[Json]:
        items: list[Json] = []
        ended = self.takes("]")
        while not ended and not self.is_broken:
            value = self._value(f"{place}[{len(items) + 1}]", depth)
            if not isinstance(value, _Nothing):
                items.append(value)
            ended = self._ends(place, "]")
        if self.is_broken:
            self.result.partial.add(place)
        return items

    def _ends(self, place: str, mark: str) -> bool:
        """Tell whether a group ends here; if not, pass the comma that must stand here."""
        if self.is_broken or self.takes(mark):
            return True
        if not self.takes(","):
            self.breaks(place, "从这里起被截断或改坏了")
        return False

    def _key(self, place: str) -> str:
        self.takes("")
        match = _STRING.match(self._text, self.at)
        if match is None or not self._text.startswith('"', match.end()):
            self.breaks(place, "从这里起被截断或改坏了")
            return ""
        self.at = match.end() + 1
        return str(json.loads(match[0] + '"'))

    def _value(self, place: str, depth: int) -> Json | _Nothing:
        if depth > MOST_DEPTH:
            self.breaks(place, "内容嵌套得太深")
            return _Nothing.NOTHING
        if self.takes("{"):
            members: dict[str, Json] = {}
            self.read_members(members, place, depth + 1)
            return members
        if self.takes("["):
            return self._read_items(place, depth + 1)
        return self._leaf(place)

    def _leaf(self, place: str) -> Json | _Nothing:
        text = _STRING.match(self._text, self.at)
        if text is not None:
            return self._string(place, text)
        plain = _WORD.match(self._text, self.at) or _NUMBER.match(self._text, self.at)
        if plain is None or len(plain[0]) > MOST_DIGITS:
            self.breaks(place, "从这里起被截断或改坏了")
            return _Nothing.NOTHING
        self.at = plain.end()
        value: Json = json.loads(plain[0])
        return value

    def _string(self, place: str, match: re.Match[str]) -> str:
        self.at = match.end()
        text = str(json.loads(match[0] + '"'))
        if self._text.startswith('"', self.at):
            self.at += 1
            return text
        self.result.partial.add(place)
        self.breaks(place, "文字在这里被截断或改坏了")
        return text.rstrip(LOST_CHARACTER)
