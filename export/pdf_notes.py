"""What a person should know of a drawn PDF, and how it is said. Cheap to import."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from export.characters import name_characters
from export.fonts import ROLE_NAMES, AbsentFace, FaceRole


@dataclass(frozen=True)
class PdfNotes:
    """What a person should know of a written PDF."""

    pages: int
    missing: tuple[str, ...]
    """Characters that no face has; 〔U+1F600〕 is printed in their place."""
    dropped: tuple[str, ...]
    """Control characters and the like, which were left out."""
    pdf_a_problems: tuple[str, ...] = ()
    """Why the file is not marked as PDF/A-2b; empty where it is."""
    substituted: tuple[FaceRole, ...] = ()
    """Parts of the document for which this computer has no face, so that a packaged one stands in."""
    absent: tuple[AbsentFace, ...] = ()
    """Faces that were chosen in vain."""

    @property
    def is_pdf_a(self) -> bool:
        """Tell whether the file was validated and is marked as PDF/A-2b."""
        return not self.pdf_a_problems


def page_sentences(notes: PdfNotes) -> Iterator[str]:
    """Yield what there is to say of the pages, on paper and on the screen alike."""
    if notes.missing:
        yield missing_sentence(notes.missing)
    if notes.dropped:
        yield f"PDF 略去了不能显示的字符：{name_characters(notes.dropped)}。"
    for role, wanted, used in notes.absent:
        yield f"为{ROLE_NAMES[role]}选的字体“{wanted}”在这台电脑上找不到，已自动改用{used}。"


def file_sentences(notes: PdfNotes) -> Iterator[str]:
    """Yield what there is to say of a written file."""
    yield from page_sentences(notes)
    if notes.substituted:
        faces = "、".join(f"{_STANDARD_FACES[role]}（{ROLE_NAMES[role]}）" for role in notes.substituted)
        yield f"本机没有装公文字体 {faces}，PDF 中用随程序附带的字体代替。"
    if not notes.is_pdf_a:
        yield "PDF 没有通过 PDF/A-2b 检验，已按普通 PDF 写出。"


_STANDARD_FACES = {
    FaceRole.TITLE: "小标宋",
    FaceRole.HEADING_1: "黑体",
    FaceRole.HEADING_2: "楷体",
    FaceRole.BODY: "仿宋",
    FaceRole.TABLE: "宋体",
}
"""The faces that the standard asks for."""


def missing_sentence(missing: Sequence[str]) -> str:
    """Return what to say of characters that no face on this computer has.

    Only paper is concerned: the other formats keep characters, and whoever reads them has faces of his own.
    """
    named = "、".join(f"{_shown(character)}（{name_characters(character)}）" for character in missing)
    return (
        f"本机字体没有下列字符，PDF、预览和打印中以编号代替（Excel、Word、网页里仍是原来的字符）：{named}。"
    )


def _shown(character: str) -> str:
    """Return a character as it can be shown alone: a mark on a circle, nothing for a private character."""
    category = unicodedata.category(character)
    if category == "Co":
        return "自造字"
    return f"◌{character}" if category.startswith("M") else character
