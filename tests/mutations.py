"""Damage report files in the ways that disks, cables, editors and people do."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Mutation = Callable[[random.Random, bytes], bytes]


def flip_a_bit(chance: random.Random, content: bytes) -> bytes:
    return replace_at(
        content, place := chance.randrange(len(content)), content[place] ^ 1 << chance.randrange(8)
    )


def change_a_byte(chance: random.Random, content: bytes) -> bytes:
    return replace_at(content, chance.randrange(len(content)), chance.randrange(256))


def change_a_digit(chance: random.Random, content: bytes) -> bytes:
    places = [match.start() for match in re.finditer(rb"[0-9]", content)]
    return replace_at(content, chance.choice(places), chance.choice(b"0123456789")) if places else content


def cut_off(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


def cut_the_beginning(chance: random.Random, content: bytes) -> bytes:
    return content[chance.randrange(len(content)) :]


def drop_a_piece(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randint(1, 600) :]


def repeat_a_piece(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    end = start + chance.randint(1, 600)
    return content[:end] + content[start:end] + content[end:]


def zero_a_sector(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content)) // 512 * 512
    return content[:start] + b"\0" * len(content[start : start + 512]) + content[start + 512 :]


def insert_noise(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + chance.randbytes(chance.randint(1, 40)) + content[place:]


def swap_lines(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def drop_a_line(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def copy_a_line(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"".join(lines)


def put_in_a_token(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    tokens = (
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b'"',
        b"null",
        b"true",
        b"NaN",
        b"-1",
        b"1e9",
        b"68.0",
        b"\\u",
    )
    longer = (
        b"[" * 5000,
        b'{"a":' * 500,
        b"9" * 5000,
        b'"version": 99,',
        b'"checksum": null,',
        b"\xef\xbb\xbf",
    )
    return content[:place] + chance.choice(tokens + longer) + content[place:]


def swap_two_words(chance: random.Random, content: bytes) -> bytes:
    words = list(re.finditer(rb'"[a-z_]+"', content))
    if len(words) < 2:
        return content
    one, other = chance.sample(words, 2)
    first, second = sorted((one, other), key=lambda match: match.start())
    between = content[first.end() : second.start()]
    return content[: first.start()] + second[0] + between + first[0] + content[second.end() :]


def encode_otherwise(chance: random.Random, content: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(chance.choice(("gbk", "utf-16", "utf-8-sig", "big5")), "replace")


MUTATIONS: tuple[Mutation, ...] = (
    flip_a_bit,
    change_a_byte,
    change_a_digit,
    cut_off,
    cut_the_beginning,
    drop_a_piece,
    repeat_a_piece,
    zero_a_sector,
    insert_noise,
    swap_lines,
    drop_a_line,
    copy_a_line,
    put_in_a_token,
    swap_two_words,
    encode_otherwise,
)


def mutate(chance: random.Random, content: bytes) -> bytes:
    """Damage a file in one to three ways."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if content:
            content = chance.choice(MUTATIONS)(chance, content)
    return content


def replace_at(content: bytes, place: int, byte: int) -> bytes:
    """Return the content with one byte replaced."""
    return content[:place] + bytes([byte]) + content[place + 1 :]
