"""The documents say what the program does: every key, example and refusal in them is tried."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import resources
from export.command_line import COMMANDS
from export.exporting import suffixes
from model import report_file
from model.catalogue import form_ids, parse_form
from model.forms import Severity
from model.report import Report
from model.report_file import MisplacedError, checksum, from_json, is_modified, to_json
from model.rules import RULES
from model.storage import encode
from model.strict_json import Json
from model.toml_reader import Reader

ROOT = Path(__file__).resolve().parent.parent
FORM_FILE = (ROOT / "docs" / "form-file.md").read_text(encoding="utf-8")
FILE_FORMAT = (ROOT / "docs" / "file-format.md").read_text(encoding="utf-8")
PROSE = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "THIRD_PARTY_NOTICES.md")),
    *(ROOT / "docs").rglob("*.md"),
]


def tables(document: str, name: str) -> Iterator[list[list[str]]]:
    """Yield the body rows of each table under the heading that begins with a name."""
    chapter = re.split(rf"^#+ {re.escape(name)}", document, flags=re.MULTILINE)[1].split("\n#")[0]
    for table in re.findall(r"(?:^\|.*\n)+", chapter, re.MULTILINE):
        yield [[cell.strip() for cell in line.strip("|\n").split("|")] for line in table.splitlines()][2:]


def keys(document: str, name: str) -> list[str]:
    """Return the first column of the first table under a heading, without its back ticks."""
    return [row[0].strip("`") for row in next(tables(document, name))]


def code(document: str, language: str) -> str:
    """Return the only block of code in a language."""
    [block] = re.findall(rf"```{language}\n(.*?)```", document, re.DOTALL)
    return str(block)


# ---------------------------------------------------------------- docs/form-file.md

HEADINGS = {
    "": "顶层",
    "section": "`[[section]]`",
    "table": "`[[table]]`",
    "table.block": "`[[table.block]]`",
    "table.block.column_groups": "`column_groups`",
    "table.block.row_groups": "`column_groups`",
    "table.block.columns": "`columns`",
    "table.block.row": "`[[table.block.row]]`",
    "total": "`[[total]]`",
    "suggestion": "`[[suggestion]]`",
    "check": "`[[check]]`",
    "rule": "`[[rule]]`",
    "rule.aspects": "`aspects`",
}
"""Where docs/form-file.md describes what may stand at a place of a form file."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, set[str]]:
    """Return the keys that the loader asks for at each kind of place, while it reads every form there is."""
    found: dict[str, set[str]] = defaultdict(set)
    finish = Reader.finish

    def note(reader: Reader) -> None:
        place = re.sub(r"\[\d+\]", "", reader.place)
        found[place] |= reader._asked | reader._possible
        finish(reader)

    monkeypatch.setattr(Reader, "finish", note)
    for id_ in form_ids():
        parse_form(resources.path("forms", f"{id_}.toml").read_text(encoding="utf-8"), f"{id_}.toml")
    return found


def test_the_keys_of_a_form_file_are_those_the_loader_asks_for(asked: Mapping[str, set[str]]) -> None:
    assert set(asked) == set(HEADINGS)
    for place, heading in HEADINGS.items():
        described = keys(FORM_FILE, heading)
        assert len(set(described)) == len(described), heading
        assert set(described) == asked[place], heading


def test_every_function_of_a_rule_is_described_with_its_parameters_and_fields() -> None:
    described = {
        row[0].strip("`"): (re.findall(r"`(\w+)`", row[1]), re.findall(r"`(\w+)`", row[2]))
        for row in next(tables(FORM_FILE, "函数"))
    }
    assert described == {
        name: (
            ["each_table" if parameter == "table" else parameter for parameter in function.parameters],
            list(function.fields),
        )
        for name, function in RULES.items()
    }
    assert [name for name, rule in RULES.items() if rule.of_text] == [
        n for n in RULES if n.startswith("text_")
    ]


def test_the_example_of_a_form_file_is_understood() -> None:
    form = parse_form(code(FORM_FILE, "toml"), "example.toml")
    assert [check.code for check in form.checks] == ["finished.natural_person", "finished.organisation"]


# ---------------------------------------------------------------- docs/file-format.md


def example() -> dict[str, Json]:
    """Return the example of a report file."""
    data = json.loads(code(FILE_FORMAT, "json"))
    assert isinstance(data, dict)
    return data


def test_the_keys_of_a_report_file_are_those_the_reader_knows() -> None:
    assert tuple(keys(FILE_FORMAT, "键")) == report_file.KEYS
    assert tuple(example()) == report_file.KEYS
    written = to_json(from_json(example()))
    for part in ("unit", "previous"):
        assert keys(FILE_FORMAT, f"`{part}`") == list(written[part])  # type: ignore[arg-type]
    [note] = written["notes"]  # type: ignore[misc]
    assert keys(FILE_FORMAT, "`notes`") == list(note)


def test_the_example_of_a_report_file_opens_and_is_written_as_it_stands() -> None:
    report = from_json(example())
    assert not report.modified_outside
    written = to_json(report)
    assert {key: written[key] for key in written if key not in ("inputs", "checksum")} == {
        key: value for key, value in example().items() if key not in ("inputs", "checksum")
    }
    assert list(written) == list(example())
    assert written["inputs"] == example()["inputs"]
    content = encode(Report(form="2021")).decode()
    assert list(json.loads(content)) == [
        "format",
        "version",
        "form",
        "year",
        "unit",
        "inputs",
        "texts",
        "checksum",
    ]
    assert content.startswith('{\n "format"')
    assert content.endswith("}\n")


@pytest.mark.parametrize("missing", [None, *report_file.KEYS[3:]])
def test_only_three_keys_of_a_report_file_are_required(missing: str | None) -> None:
    required = {key: example()[key] for key in report_file.KEYS[:3]}
    given = required if missing is None else {**required, missing: None}
    assert from_json(given) == Report(form="2021")


_, REFUSALS = tables(FILE_FORMAT, "拒绝")


@pytest.mark.parametrize(("place", "value", "reason"), REFUSALS)
def test_what_the_document_says_is_refused_is_refused_there(place: str, value: str, reason: str) -> None:
    data = {key: value for key, value in example().items() if key != "checksum"}
    path = ["locks", place[7:-1]] if place.startswith("`locks") else place.strip("`").split(".")
    inner: dict[str, Json] = data
    for key in path[:-1]:
        inner = inner[key]  # type: ignore[assignment]
    inner[path[-1]] = json.loads(value.strip("`"))
    with pytest.raises(MisplacedError) as refused:
        from_json(data)
    assert refused.value.place == place.strip("`")
    assert reason in refused.value.reason


@pytest.mark.parametrize("text", ["甲", "a/b", '"\\', "\n\t\x00\x7f", "é", "𬱖", "\ud800"])
def test_the_checksum_is_as_described(text: str) -> None:
    names: dict[str, object] = {}
    exec(code(FILE_FORMAT, "python"), names)
    data = {**example(), "unit": {"name": text, "乙": [1, None, True, 0.1, {"𬱖": 1, "﹏": 2}]}}
    described = names["checksum"]
    assert callable(described)
    assert described(data) == checksum(data) != example()["checksum"]
    assert is_modified(data)


def test_the_text_under_the_checksum_is_as_described_in_words() -> None:
    words = json.dumps(
        {"b": 1, "a": '甲"\\/\n\r\t\b\f\x00\x7f𬱖~'}, ensure_ascii=True, sort_keys=True, separators=(",", ":")
    )
    assert words == r'{"a":"\u7532\"\\/\n\r\t\b\f\u0000\u007f\ud873\udc56~","b":1}'


# ---------------------------------------------------------------- all of them


@pytest.mark.parametrize("document", PROSE, ids=lambda path: path.name)
def test_every_link_within_the_documents_leads_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        assert link.startswith("http") or (document.parent / link).exists(), link


@pytest.mark.parametrize("document", PROSE, ids=lambda path: path.name)
def test_every_module_the_documents_name_is_there(document: Path) -> None:
    for path in re.findall(
        r"`((?:model|export|gui|resources|tests|docs)/[\w./-]+)`", document.read_text(encoding="utf-8")
    ):
        assert (ROOT / path).exists() or list(ROOT.glob(path)), path


def test_the_readme_names_every_command_format_and_severity() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"main.py {command}" in readme for command in COMMANDS)
    assert all(f"`{suffix}`" in readme for suffix in suffixes())
    assert all(f"| {severity.label} |" in readme for severity in Severity)
