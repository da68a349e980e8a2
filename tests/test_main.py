"""Which arguments start the window, and which a command."""

import pytest

import main


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["年报.xxgk"], True),
        (["C:\\某 夹\\年报.XXGK", "乙.xxgk"], True),
        (["check", "年报.xxgk"], False),
        (["--version"], False),
        (["-年报.xxgk"], False),
        (["年报.pdf"], False),
    ],
)
def test_report_files_start_the_window_and_anything_else_a_command(
    arguments: list[str], window: bool
) -> None:
    assert main._asks_for_window(arguments) is window
