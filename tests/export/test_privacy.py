"""No exported file tells who made it on which machine: written under made-up names, searched to the end."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pikepdf
import pytest

from export.audit_report import SUFFIXES as AUDIT_SUFFIXES
from export.exporting import suffixes
from model import storage
from model.catalogue import load_form
from model.finalising import with_final
from tests.export.made_up_fonts import add_face
from tests.model import builders

ROOT = Path(__file__).resolve().parents[2]
USER, PERSON, MACHINE = "zhangsanfeng77", "张三丰甲乙", "PC-OF-OFFICE-4711"
PRETENCE = f"""
import getpass, os, platform, socket
getpass.getuser = os.getlogin = lambda: {USER!r}
platform.node = socket.gethostname = socket.getfqdn = lambda *_: {MACHINE!r}
"""
"""Run by the interpreter before anything else."""
FORM = load_form("2021")


class Desk:
    """A person's folders on a machine, and the program run there."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / USER / PERSON
        self.home.mkdir(parents=True)
        (self.home / "sitecustomize.py").write_text(PRETENCE, encoding="utf-8")
        (self.home / "data" / "fonts").mkdir(parents=True)
        self.secrets = [USER, PERSON, MACHINE, str(folder), str(ROOT), *self._of_this_machine()]

    @staticmethod
    def _of_this_machine() -> Iterator[str]:
        names = (platform.node(), os.environ.get("USER", ""), os.environ.get("HOSTNAME", ""))
        yield from (name for name in names if len(name) > 6)  # a shorter one stands anywhere by chance

    def run(self, *arguments: object) -> None:
        places = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP", "TMP")
        names = ("USER", "LOGNAME", "USERNAME", "HOSTNAME", "COMPUTERNAME")
        environment = {
            **os.environ,
            **dict.fromkeys(places, str(self.home)),
            **dict.fromkeys(names[:3], USER),
            **dict.fromkeys(names[3:], MACHINE),
            "XDG_DATA_HOME": str(self.home / "data"),
            "PYTHONPATH": str(self.home),
        }
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
            cwd=self.home, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with every kind of document written at it."""
    desk = Desk(tmp_path_factory.mktemp("place"))
    add_face(desk.home / "data" / "fonts", "Some Hei", "某某黑")
    report = builders.report()
    storage.save(report, desk.home / "草稿.xxgk", None)
    notes = with_final(FORM, builders.balanced(), PERSON, datetime(2024, 1, 20, tzinfo=UTC), is_signed=False)
    storage.save(replace(builders.balanced(), notes=notes), desk.home / "定稿.xxgk", None)
    for name in ("草稿", "定稿"):
        documents = [desk.home / f"{name}{suffix}" for suffix in suffixes()]
        desk.run("export", desk.home / f"{name}.xxgk", *documents, "--face", "一级标题=某某黑")
    desk.run("audit", desk.home / "草稿.xxgk", *(desk.home / f"审核{suffix}" for suffix in AUDIT_SUFFIXES))
    desk.run("template", desk.home / "填报.xlsx", "--year", "2025", "--unit", "某局")
    return desk


DOCUMENTS = [
    *(f"{name}{suffix}" for name in ("草稿", "定稿") for suffix in suffixes()),
    *(f"审核{suffix}" for suffix in AUDIT_SUFFIXES),
    "填报.xlsx",
]


def pieces_of(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes, and all that is packed in it: members with their names, streams, strings."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            yield package.comment
            for member in package.infolist():
                yield from (member.filename.encode(), member.comment, member.extra, package.read(member))
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            for held in (*pdf.objects, pdf.trailer):
                yield from _strings(held)
                if isinstance(held, pikepdf.Stream):
                    yield held.read_bytes()


def _strings(held: object) -> Iterator[bytes]:
    if isinstance(held, pikepdf.String):
        yield from (bytes(held), str(held).encode())
    elif isinstance(held, pikepdf.Array):
        for part in held:
            yield from _strings(part)
    elif isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in held.items():
            yield key.encode()
            if not getattr(value, "is_indirect", False):
                yield from _strings(value)


def found_in(path: Path, secrets: list[str]) -> list[str]:
    """Return the secrets that a file tells, in whatever case and encoding."""
    content = b"\n".join(pieces_of(path)).lower()
    return [secret for secret in secrets if any(spelt.lower() in content for spelt in _spellings(secret))]


def _spellings(secret: str) -> Iterator[bytes]:
    yield from (secret.encode(code) for code in ("utf-8", "utf-16-be", "utf-16-le", "gb18030"))
    yield quote(secret).encode()
    yield secret.encode("ascii", "xmlcharrefreplace")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_names_neither_person_nor_machine_nor_folder(desk: Desk, name: str) -> None:
    path = desk.home / name
    assert path.stat().st_size > 1000
    assert found_in(path, desk.secrets) == []


def test_the_chosen_face_lay_in_a_folder_of_that_person(desk: Desk) -> None:
    assert found_in(desk.home / "草稿.pdf", ["SomeHei"]) == ["SomeHei"]


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx", ".docx", ".html"])
def test_the_search_finds_what_is_there(desk: Desk, suffix: str) -> None:
    assert found_in(desk.home / f"草稿{suffix}", ["某县人民政府", USER]) == ["某县人民政府"]
