"""The person's own faces in the window: offered in the settings, kept, used by preview and export."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pikepdf
import pytest
from pytestqt.qtbot import QtBot

from export import face_choices
from export.face_choices import Offer
from export.fonts import FaceRole
from gui import face_fields
from gui.face_fields import FaceFields
from gui.folders import Folders
from gui.main_window import MainWindow
from gui.preview_window import PreviewWindow
from gui.settings import Settings
from gui.settings_dialog import Preferences, SettingsDialog
from gui.style import Scheme
from tests.export.made_up_fonts import add_face, installed
from tests.gui.conftest import Answers
from tests.gui.window_driver import copy_of_sample, document, trigger

RARE = "\U000130b8"
"""A character that no face we know of has."""


@pytest.fixture
def fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    with installed(monkeypatch, tmp_path / "user") as folder:
        yield folder


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path) -> MainWindow:
    assert window.open_path(copy_of_sample(tmp_path))
    return window


def preferences(faces: Mapping[str, str]) -> Preferences:
    return Preferences(Scheme.LIGHT, 100, False, False, False, faces)


def shown(window: MainWindow, qtbot: QtBot, faces: Mapping[str, str]) -> FaceFields:
    """Open the settings at their page of faces and wait until these are found."""
    dialog = SettingsDialog(preferences(faces), window)
    dialog.open()
    dialog.pages.setCurrentWidget(dialog.faces)
    qtbot.waitUntil(lambda: "正在查找" not in dialog.faces.remarks, timeout=30_000)
    return dialog.faces


def test_each_part_has_the_faces_that_are_there_and_says_what_is_taken_by_itself(
    window: MainWindow, qtbot: QtBot, fonts: Path
) -> None:
    add_face(fonts, "Some Hei", "某某黑")
    add_face(fonts, "FZXiaoBiaoSong-B05S", "方正小标宋简体")
    fields = shown(window, qtbot, {}).fields
    title = fields[FaceRole.TITLE]
    assert title.currentText() == "自动（方正小标宋简体）"
    assert fields[FaceRole.BODY].currentText().startswith("自动（")
    assert {"某某黑", "方正小标宋简体"} <= {title.itemText(place) for place in range(title.count())}


def test_what_is_chosen_comes_back_and_the_rest_stays_automatic(
    window: MainWindow, qtbot: QtBot, fonts: Path
) -> None:
    add_face(fonts, "Some Hei", "某某黑")
    faces = shown(window, qtbot, {"body": "某某黑"})
    assert faces.choice == {"body": "某某黑"}
    assert faces.fields[FaceRole.BODY].currentText() == "某某黑"
    title = faces.fields[FaceRole.TITLE]
    title.setCurrentIndex(title.findData("某某黑"))
    faces.fields[FaceRole.BODY].setCurrentIndex(0)
    assert faces.choice == {"title": "某某黑"}


def test_a_face_that_is_gone_is_said_and_kept_for_when_it_comes_back(
    window: MainWindow, qtbot: QtBot, fonts: Path
) -> None:
    faces = shown(window, qtbot, {"body": "某某仿"})
    assert faces.fields[FaceRole.BODY].currentText() == "某某仿（找不到）"
    assert faces.remarks.startswith("为正文选的字体“某某仿”在这台电脑上找不到，现在用的是")
    assert faces.choice == {"body": "某某仿"}


def test_faces_are_looked_for_off_the_gui_thread_when_their_page_is_opened(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    release = threading.Event()

    def look() -> Offer:
        threads.append(threading.current_thread())
        assert release.wait(20)
        return face_choices.offer()

    monkeypatch.setattr(face_fields, "offer", look)
    dialog = SettingsDialog(preferences({"body": "甲"}), window)
    dialog.open()
    qtbot.wait(50)
    assert threads == []
    dialog.pages.setCurrentWidget(dialog.faces)
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0] is not threading.main_thread()
    assert dialog.preferences.faces == {"body": "甲"}
    dialog.accept()  # does not wait
    assert not release.is_set()
    release.set()


def preview_of(window: MainWindow, qtbot: QtBot) -> PreviewWindow:
    trigger(window, "preview")
    preview = window.publishing.preview
    assert preview is not None
    qtbot.waitUntil(lambda: preview.source.pages is not None, timeout=30_000)
    return preview


def test_a_choice_is_kept_used_by_the_export_and_drawn_anew_in_the_preview(
    sample: MainWindow,
    settings: Settings,
    folders: Folders,
    answers: Answers,
    qtbot: QtBot,
    fonts: Path,
    tmp_path: Path,
) -> None:
    add_face(fonts, "Some Hei", "某某黑")
    preview = preview_of(sample, qtbot)
    before = preview.source.pages
    answers.give("ask_preferences", preferences({"heading_1": "某某黑"}))
    trigger(sample, "settings")
    settings.flush()
    assert Settings(folders.settings_file).faces == {"heading_1": "某某黑"}
    qtbot.waitUntil(lambda: preview.source.pages is not before, timeout=30_000)
    answers.give("ask_document_to_write", tmp_path / "a.pdf")
    trigger(sample, "export_pdf")
    qtbot.waitUntil(lambda: not sample.exports.is_running, timeout=30_000)
    assert b"SomeHei" in unpacked(tmp_path / "a.pdf")


def unpacked(path: Path) -> bytes:
    with pikepdf.open(path) as pdf:
        return b"\n".join(str(held).encode() for held in pdf.objects if isinstance(held, pikepdf.Dictionary))


def test_the_preview_says_which_characters_and_faces_it_lacks(
    sample: MainWindow, settings: Settings, qtbot: QtBot
) -> None:
    preview = preview_of(sample, qtbot)
    assert preview.remarks == ()
    settings.faces = {"title": "没有的字体"}
    document(sample).set_text("other", f"收费{RARE}")
    qtbot.waitUntil(lambda: len(preview.remarks) == 2, timeout=30_000)
    assert "U+130B8" in preview.remarks[0]
    assert "为标题选的字体“没有的字体”" in preview.remarks[1]


def test_such_characters_are_asked_about_before_printing(
    sample: MainWindow, answers: Answers, qtbot: QtBot
) -> None:
    document(sample).set_text("other", f"收费{RARE}")
    answers.give("ask_despite", False, True)
    answers.give("ask_printer", None)
    for printer_was_asked in (0, 1):
        trigger(sample, "print")
        qtbot.waitUntil(lambda: not sample.publishing.is_printing, timeout=30_000)
        assert answers.times("ask_printer") == printer_was_asked
    assert "U+130B8" in answers.said("ask_despite")


def test_what_the_preview_says_already_is_not_asked_again(
    sample: MainWindow, answers: Answers, qtbot: QtBot
) -> None:
    document(sample).set_text("other", f"收费{RARE}")
    preview = preview_of(sample, qtbot)
    qtbot.waitUntil(lambda: bool(preview.remarks), timeout=30_000)
    answers.give("ask_printer", None)
    trigger(sample, "print")
    qtbot.waitUntil(lambda: not sample.publishing.is_printing, timeout=30_000)
    assert answers.times("ask_printer") == 1
