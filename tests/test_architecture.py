"""The dependency rule: who may import what, read from the source and tried in fresh processes."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STANDARD_LIBRARY = sys.stdlib_module_names | {"_typeshed"}
"""With the type checker's own stubs of it, which no running program can import."""
READERS = frozenset({"openpyxl", "docx", "lxml", "pypdfium2"})
PENS = frozenset(
    {"openpyxl", "reportlab", "fontTools", "pikepdf", "pylopdf_fonts_zh_cn", "pypdfium2", "docx", "lxml"}
)
HEAVY = (PENS | READERS) - {"pylopdf_fonts_zh_cn"}
"""What loads only when a document is written or read; the package of faces is no more than their paths."""
OWN_PACKAGES = frozenset({"resources", "model", "export", "gui"})
IGNORED_FOLDERS = frozenset({"build", "dist", "out"})


@dataclass(frozen=True)
class Rule:
    """What the modules of one place may import besides the standard library."""

    place: str
    """A path from the root; the longest one that a module stands in applies."""
    own: frozenset[str] = frozenset()
    libraries: frozenset[str] = frozenset()
    inside_functions: frozenset[str] = frozenset()
    """Libraries that only a function (or a type checker) may import, so that they load when used."""
    anything: bool = False


RULES = (
    Rule("resources"),
    Rule("model", own=frozenset({"model", "resources"})),
    Rule("model/reading", own=frozenset({"model", "resources"}), inside_functions=READERS),
    Rule("export", own=frozenset({"export", "model", "resources"}), libraries=PENS),
    Rule("gui", own=OWN_PACKAGES, libraries=frozenset({"PySide6", "shiboken6"})),
    Rule("main.py", own=OWN_PACKAGES),
    Rule("start.py"),
    Rule("docs"),
    Rule("packaging", libraries=frozenset({"PyInstaller", "check_glibc", "start_time", "trials"})),
    Rule("tests", own=OWN_PACKAGES - {"gui"}, anything=True),
    Rule("tests/gui", own=OWN_PACKAGES, anything=True),
)


@dataclass(frozen=True)
class Import:
    """One imported name, for example ``openpyxl.styles``, and where it is imported."""

    name: str
    line: int
    deferred: bool


def violations(root: Path) -> list[str]:
    """Return a line for each import under ``root`` that breaks a rule."""
    return [line for source in sorted(python_files(root)) for line in violations_in(root, source)]


def python_files(root: Path) -> Iterator[Path]:
    """Yield the Python files of a source tree, leaving out environments and built things."""
    for entry in root.iterdir():
        if entry.name.startswith(".") or entry.name in IGNORED_FOLDERS:
            continue
        yield from entry.rglob("*.py") if entry.is_dir() else [entry] * (entry.suffix == ".py")


def violations_in(root: Path, source: Path) -> Iterator[str]:
    """Yield a line for each import of one file that breaks a rule."""
    place = source.relative_to(root)
    rules = [rule for rule in RULES if place.is_relative_to(rule.place)]
    if not rules:
        yield f"{place.as_posix()}: no rule says what it may import"
        return
    rule = max(rules, key=lambda candidate: len(candidate.place))
    for imported in imports(ast.parse(source.read_text(encoding="utf-8")), place):
        if not is_allowed(rule, imported):
            yield f"{place.as_posix()}:{imported.line}: {imported.name}"


def is_allowed(rule: Rule, imported: Import) -> bool:
    """Tell whether a place with this rule may have this import."""
    top = imported.name.partition(".")[0]
    if top in OWN_PACKAGES:
        return top in rule.own
    if rule.anything or top in STANDARD_LIBRARY | rule.libraries:
        return True
    return imported.deferred and top in rule.inside_functions


def imports(node: ast.AST, place: Path, deferred: bool = False) -> Iterator[Import]:
    """Yield every import below a syntax node, also those made by calling an import function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom | ast.Call):
            yield from (Import(name, child.lineno, deferred) for name in imported_names(child, place))
        later = deferred or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        later = later or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test))
        yield from imports(child, place, later)


def imported_names(node: ast.Import | ast.ImportFrom | ast.Call, place: Path) -> list[str]:
    """Return the absolute names that one statement or call imports.

    A name that is computed cannot be checked: it comes back as the expression, which no rule allows.
    """
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        package = place.parent.parts[: len(place.parent.parts) - node.level + 1] if node.level else ()
        return [".".join([*package, node.module or ""])]
    if ast.unparse(node.func).rpartition(".")[2] not in {"import_module", "__import__"} or not node.args:
        return []
    name = node.args[0]
    return [name.value if isinstance(name, ast.Constant) else ast.unparse(name)]


def test_every_import_keeps_to_the_dependency_rule() -> None:
    assert violations(ROOT) == []


@pytest.mark.parametrize(
    ("place", "source", "reported"),
    [
        ("model/cells.py", "import PySide6", "PySide6"),
        ("model/cells.py", "def late():\n    from PySide6.QtCore import Qt", "PySide6.QtCore"),
        ("model/cells.py", "import importlib\nimportlib.import_module('PySide6.QtCore')", "PySide6.QtCore"),
        ("model/cells.py", "import importlib\nimportlib.import_module('PySi' + 'de6')", "'PySi' + 'de6'"),
        ("model/cells.py", "from export import layout", "export"),
        ("model/cells.py", "import openpyxl", "openpyxl"),
        ("model/reading/excel.py", "import openpyxl", "openpyxl"),
        ("model/reading/excel.py", "def read():\n    import reportlab", "reportlab"),
        ("export/pdf/pen.py", "from PySide6.QtGui import QFont", "PySide6.QtGui"),
        ("export/pdf/pen.py", "from ...gui import window", "gui"),
        ("export/excel.py", "if True:\n    import gui.window", "gui.window"),
        ("gui/window.py", "def save():\n    import openpyxl", "openpyxl"),
        ("resources/__init__.py", "import model.cells", "model.cells"),
        ("main.py", "import reportlab", "reportlab"),
        ("start.py", "import model", "model"),
        ("tests/model/test_cells.py", "import gui", "gui"),
    ],
)
def test_a_violating_module_is_reported(tmp_path: Path, place: str, source: str, reported: str) -> None:
    write(tmp_path / place, source)
    line = source[: source.find(reported.rpartition(".")[2])].count("\n") + 1
    assert violations(tmp_path) == [f"{place}:{line}: {reported}"]


@pytest.mark.parametrize(
    ("place", "source"),
    [
        (
            "model/checks.py",
            "import json\nfrom .cells import CellId\nimport model.cells, resources",
        ),
        ("model/reading/excel.py", "def read():\n    import openpyxl"),
        (
            "model/reading/excel.py",
            "import typing\nif typing.TYPE_CHECKING:\n    import openpyxl",
        ),
        ("export/pdf.py", "import reportlab.lib\nfrom fontTools import subset\nimport model.cells"),
        ("gui/window.py", "from PySide6 import QtWidgets\nfrom export import layout\nfrom . import actions"),
        ("main.py", "import sys\ndef show():\n    from gui import application"),
        ("tests/gui/test_window.py", "import gui.window\nimport pytest"),
        (".venv/lib/any.py", "import PySide6"),
    ],
)
def test_a_proper_module_is_not_reported(tmp_path: Path, place: str, source: str) -> None:
    write(tmp_path / place, source)
    assert violations(tmp_path) == []


def test_a_module_outside_the_layout_is_reported(tmp_path: Path) -> None:
    write(tmp_path / "extras" / "tool.py", "import json")
    assert violations(tmp_path) == ["extras/tool.py: no rule says what it may import"]


def write(file: Path, source: str) -> None:
    """Write a module into a tree made for a test."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, encoding="utf-8")


TOOLS = """
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ImportError(f"{name} is blocked")

def names(*packages, without=()):
    for package in packages:
        yield package
        module = importlib.import_module(package)
        for found in pkgutil.walk_packages(module.__path__, package + "."):
            if not found.name.startswith(tuple(without)):
                yield found.name

def load(*packages, without=()):
    before = set(sys.modules)
    for name in list(names(*packages, without=without)):
        importlib.import_module(name)
    return {name.partition(".")[0] for name in set(sys.modules) - before}
"""


def in_fresh_process(script: str, **environment: str) -> set[str]:
    """Run a script after TOOLS in a new process at the root and return the words it prints."""
    finished = subprocess.run(
        [sys.executable, "-c", TOOLS + script],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert finished.returncode == 0, finished.stderr
    return set(finished.stdout.split())


def test_model_and_export_work_without_qt() -> None:
    in_fresh_process("sys.meta_path.insert(0, Blocked())\nload('model', 'export', 'resources')")


def test_the_model_loads_no_third_party_module() -> None:
    loaded = in_fresh_process("print(*load('model', 'resources'))")
    assert loaded - STANDARD_LIBRARY <= {"model", "resources"}


def test_the_export_package_itself_loads_no_document_library() -> None:
    loaded = in_fresh_process("import export\nprint(*{name.partition('.')[0] for name in sys.modules})")
    assert not loaded & HEAVY


def test_the_window_and_the_command_line_load_no_document_library() -> None:
    loaded = in_fresh_process("print(*load('gui'))\nimport main\nprint(*sys.modules)")
    assert not loaded & HEAVY


def test_showing_the_sample_loads_no_document_library(tmp_path: Path) -> None:
    script = """
import main, os
from PySide6.QtWidgets import QApplication

def look(*_):
    QApplication.processEvents()
    assert QApplication.topLevelWidgets()
    print(*sys.modules, flush=True)
    os._exit(0)

QApplication.exec = look
main.main(["resources/samples/nanhu_2021.xxgk"])
"""
    own = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(tmp_path))
    loaded = in_fresh_process(script, QT_QPA_PLATFORM="offscreen", **own)
    assert "gui.main_window" in loaded
    assert not loaded & HEAVY
