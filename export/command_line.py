"""The program without a screen: check and export report files, and check the program itself.

Findings go to standard output, errors to standard error, both as UTF-8 whatever the console. Exit codes:
0 all is well, 1 there are 强制 findings (export: documents bear the 草稿 mark, see export.drafts), 2
something could not be read, written or understood, 3 (given by ``main.py``) the program itself is at
fault. A report file is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from export import console
from export.arguments import FAILED, FINDINGS, FINE, Parser, UsageError, protect_names
from export.comparison_command import compare_reports, with_last_year
from export.console import say, say_error
from export.drafts import blocking, blocking_text, draft_mark, refuse_force_reason
from export.exporting import Exported, export_reports, suffixes
from export.face_choices import NotAChoice, typed_choice
from export.findings_text import as_json, as_lines, counts_line
from export.fonts import FaceChoice
from export.layout import Description, describe
from export.outline_cache import usual_cache
from export.pdf_notes import page_sentences
from export.targets import is_same_file
from export.template_commands import import_workbook, make_template
from model import __version__
from model.catalogue import load_form
from model.checks import count, review
from model.errors import AppError, BadTarget, CannotRead
from model.finalising import kept_reason
from model.findings import Finding
from model.forms import Form, Severity
from model.leftovers import sweep
from model.report import Report

if TYPE_CHECKING:
    from export.audit_report import Audit

NAME = "政府信息公开年报编制工具"
HELP = f"""{NAME} {__version__}

用法：
  python main.py                               打开窗口
  python main.py 年报.xxgk                     在窗口中打开年报
  python main.py check 年报.xxgk [--previous 上年年报.xxgk] [--json]
                                               审核年报，列出问题
  python main.py diff 年报甲.xxgk 年报乙.xxgk [--json]
                                               列出从甲到乙改了什么
  python main.py export 年报.xxgk 输出 [输出…] 导出，格式由后缀决定：{"、".join(suffixes())}
  python main.py audit 年报.xxgk 审核报告.pdf [审核报告.xlsx]
                                               写出审核报告：问题、出错说明、结论
  python main.py template 填报表.xlsx --year 年份 [--unit 机关名称]
                                               生成 Excel 填报模板，发给没有本程序的单位填写
  python main.py import 填好的表.xlsx 年报.xxgk [--force]
                                               把填好的模板（或本程序导出的 Excel）读成年报文件
  python main.py --self-check                  检查程序是否完好
  python main.py --version                     显示版本
  python main.py --help                        显示本说明

check 的选项：
  --previous 上年年报
                   用这份年报作为上年数来核对；不写，用年报文件里自带的上年数
  --json           以 JSON 输出，供其他程序使用（diff 也可用）；由另一条引起的，
                   caused_by 是那一条的编号

export 的选项：
  --force          有强制错误或没有说明的核实也不加“草稿”标记，必须同时写明理由
  --reason 理由    与 --force 一起使用，写明为什么可以作为正式稿
  在窗口里为现有数字写过理由的，不用再写
  --face 部分=字体 PDF 的这一部分用这种字体，可以写多次；部分是标题、一级标题、二级标题、正文、表格

audit 的选项：
  --reason 理由    写明有问题而仍作为正式稿的理由，印在审核报告里
  同名的文件会被替换

template 的选项：
  --year 年份      报告年份，必须写明
  --unit 机关名称  预先填好机关名称；不写，由填报单位自己填
  --force          同名的文件里已经填了数也替换它；不写，填了数的表不会被覆盖

import 的选项：
  --force          年报文件已经存在时替换它；不写，已有的文件不会被覆盖
  按单元格的名称和行名、列名读取，不按位置；拿不准的不猜，逐条列出

文件名以 - 开头时，请在它前面单独写上 --。

退出码：0 正常；1 审核有强制错误，diff 的两份年报有不同，
或者导出的文件带有“草稿”标记（有强制错误或没有说明的核实），
或者导入时有拿不准的地方（已写入，逐条列出）；2 无法读取、写入或看懂命令，没有写成；
3 程序内部出错。导出和审核都不会改动年报文件。"""


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks for and return the exit code."""
    console.prepare()
    try:
        return _run(arguments)
    except AppError as failure:
        say_error(str(failure))
    except KeyboardInterrupt:
        say_error("已中断。")
    return FAILED


def _run(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        say(HELP)
        return FINE
    command = COMMANDS.get(arguments[0])
    if command is None:
        raise UsageError(_unknown(arguments[0]))
    rest = protect_names(arguments[1:])
    if rest[:1] in (["-h"], ["--help"]):
        say(HELP)
        return FINE
    return command(rest)


def _unknown(word: str) -> str:
    return f"不认识的选项“{word}”" if word.startswith("-") else f"不认识的命令“{word}”"


# ---------------------------------------------------------------- commands


@dataclass(frozen=True)
class _Opened:
    """A report as read from a file, with its findings."""

    path: Path
    form: Form
    report: Report
    findings: tuple[Finding, ...]
    moment: datetime
    """When the file was last saved."""


def _open(name: str, previous: str | None = None) -> _Opened:
    from model import storage

    path = Path(name)
    report = storage.load(path)
    if previous is not None:
        report = with_last_year(report, Path(previous))
    form = load_form(report.form)
    try:
        moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as failure:
        raise CannotRead(path, failure) from failure
    return _Opened(path, form, report, review(form, report), moment)


def _check(arguments: Sequence[str]) -> int:
    parser = Parser()
    parser.add_argument("file", metavar="年报文件")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--previous")
    options = parser.parse(arguments)
    opened = _open(options.file, options.previous)
    if options.json:
        say(as_json(opened.findings))
    else:
        say(opened.report.title(opened.form))
        say(counts_line(opened.findings))
        _say_all(as_lines(opened.findings))
    return FINDINGS if count(opened.findings, Severity.ERROR) else FINE


def _export(arguments: Sequence[str]) -> int:
    parser = Parser()
    parser.add_argument("file", metavar="年报文件")
    parser.add_argument("outputs", nargs="+", metavar="输出文件")
    parser.add_argument("--force", action="store_true")
    parser.add_argument("--reason")
    parser.add_argument("--face", action="append", default=[])
    options = parser.parse(arguments)
    faces = _faces(options.face)
    has_pdf = any(_is_pdf(Path(output)) for output in options.outputs)
    if faces and not has_pdf:
        raise UsageError("--face 只用于 PDF，而输出文件里没有 PDF")
    _require_reason(force=options.force, reason=options.reason)
    opened = _open(options.file)
    reason = options.reason or kept_reason(opened.report)
    mark = draft_mark(opened.findings, forced=bool(reason))
    _say_standing(opened.findings, mark, reason)
    targets = _with_earlier(options.outputs)
    said = _say_pages(describe(opened.form, opened.report, draft=None), faces) if has_pdf else ()
    orders = [_Order(path, earlier, mark, faces, said) for path, earlier in targets]
    return max(_export_one(opened, order) for order in orders)


class _Order(NamedTuple):
    """One document to write."""

    path: Path
    earlier: Sequence[Path]
    """What the same command writes before it."""
    mark: str | None
    faces: FaceChoice
    said: Sequence[str]
    """What was said of its pages already."""


def _faces(words: Sequence[str]) -> FaceChoice:
    try:
        return typed_choice(words)
    except NotAChoice as failure:
        raise UsageError(str(failure)) from failure


def _is_pdf(path: Path) -> bool:
    return path.suffix.lower() == ".pdf"


def _say_pages(description: Description, faces: FaceChoice) -> Sequence[str]:
    """Say before anything is written what will not be printed as it was written; return what was said."""
    from export.pdf import page_notes

    sentences = tuple(page_sentences(page_notes(description, choice=faces, cache=usual_cache())))
    _say_all(f"注意：{sentence}" for sentence in sentences)
    return sentences


def _require_reason(*, force: bool, reason: str | None) -> None:
    if force and reason is None:
        raise UsageError("--force 要同时用 --reason 写明理由")
    if reason is not None and not force:
        raise UsageError("--reason 只能与 --force 一起使用")
    refusal = refuse_force_reason(reason) if reason is not None else None
    if refusal is not None:
        raise UsageError(refusal)


def _with_earlier(outputs: Sequence[str]) -> list[tuple[Path, list[Path]]]:
    paths = [Path(output) for output in outputs]
    return [(path, paths[:number]) for number, path in enumerate(paths)]


def _say_standing(findings: Sequence[Finding], mark: str | None, reason: str) -> None:
    kept = blocking(findings)
    if not kept:
        return
    say(counts_line(findings))
    _say_all(as_lines(kept))
    forced = f"按理由不加草稿标记：{reason}"
    say(forced if mark is None else f"现有{blocking_text(kept)}，导出的文件带有“{mark}”标记。")


def _export_one(opened: _Opened, order: _Order) -> int:
    """Write one document and say how it went; return its exit code."""
    failure = _conflict(opened.path, order.path, order.earlier)
    if failure is not None:
        say_error(str(failure))
        return FAILED
    sweep(order.path.parent)  # what an export that was killed left there
    outcomes = export_reports(
        opened.form, opened.report, [order.path], draft=order.mark, moment=opened.moment, faces=order.faces
    )
    return max(_say_outcome(outcome, order.said) for outcome in outcomes)


def _conflict(file: Path, path: Path, earlier: Sequence[Path]) -> BadTarget | None:
    """Return the failure of a target that would overwrite the report or a document just written."""
    try:
        if is_same_file(file, path):
            return BadTarget(path, "这就是年报文件本身，不能覆盖")
        if any(is_same_file(other, path) for other in earlier):
            return BadTarget(path, "前面已有同一个输出文件")
    except (OSError, ValueError):
        return None  # no such path can be: the export itself says why
    return None


def _say_outcome(outcome: Exported | AppError, said: Sequence[str]) -> int:
    if isinstance(outcome, AppError):
        say_error(str(outcome))
        return FAILED
    say(f"已导出{'' if outcome.draft is None else f'（{outcome.draft}）'}：{outcome.path}")
    _say_all(f"  注意：{note}" for note in outcome.notes if note not in said)
    return FINE if outcome.is_final else FINDINGS


def _say_all(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _self_check(arguments: Sequence[str]) -> int:
    from export.self_check import run

    _refuse_more(arguments)
    _say_all(run())
    say("程序完好。")
    return FINE


def _version(arguments: Sequence[str]) -> int:
    _refuse_more(arguments)
    say(f"{NAME} {__version__}")
    return FINE


def _refuse_more(arguments: Sequence[str]) -> None:
    if arguments:
        raise UsageError(f"不认识的参数：{' '.join(arguments)}")


def _audit(arguments: Sequence[str]) -> int:
    from export.audit_report import Audit, as_text

    parser = Parser()
    parser.add_argument("file", metavar="年报文件")
    parser.add_argument("outputs", nargs="+", metavar="审核报告")
    parser.add_argument("--reason", default="")
    options = parser.parse(arguments)
    opened = _open(options.file)
    now = datetime.now().astimezone()
    audit = Audit(opened.form, opened.report, opened.findings, now, options.reason.strip())
    targets = _with_earlier(options.outputs)
    said = _say_pages(as_text(audit), {}) if any(_is_pdf(path) for path, _ in targets) else ()
    codes = [_write_one_audit(audit, opened.path, *target, said) for target in targets]
    return max(FINDINGS if count(opened.findings, Severity.ERROR) else FINE, *codes)


def _write_one_audit(
    audit: Audit, file: Path, path: Path, earlier: Sequence[Path], said: Sequence[str]
) -> int:
    from export.audit_report import write_audit

    try:
        conflict = _conflict(file, path, earlier)
        if conflict is not None:
            raise conflict
        notes = write_audit(audit, path)
    except AppError as failure:
        say_error(str(failure))
        return FAILED
    say(f"已写出审核报告：{path}")
    _say_all(f"  注意：{note}" for note in notes if note not in said)
    return FINE


COMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = {
    "check": _check,
    "diff": compare_reports,
    "export": _export,
    "audit": _audit,
    "template": make_template,
    "import": import_workbook,
    "--self-check": _self_check,
    "--version": _version,
}
"""Every command by the word it begins with."""
