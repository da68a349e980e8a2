"""The program without a screen: which command is asked for, and what it ends with.

Findings go to standard output, errors to standard error, both as UTF-8 whatever the console. Exit codes:
0 all is well, 1 there are 强制 findings (export: documents bear the 草稿 mark, see export.drafts), 2
something could not be read, written or understood, 3 (given by ``main.py``) the program itself is at
fault. A report file is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from export import console
from export.arguments import FAILED, FINE, UsageError, protect_names
from export.comparison_command import compare_reports
from export.console import say, say_error
from export.exporting import suffixes
from export.report_commands import audit, check, export
from export.template_commands import import_workbook, make_template
from model import __version__
from model.errors import AppError

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


def _self_check(arguments: Sequence[str]) -> int:
    from export.self_check import run

    _refuse_more(arguments)
    for line in run():
        say(line)
    say("程序完好。")
    return FINE


def _version(arguments: Sequence[str]) -> int:
    _refuse_more(arguments)
    say(f"{NAME} {__version__}")
    return FINE


def _refuse_more(arguments: Sequence[str]) -> None:
    if arguments:
        raise UsageError(f"不认识的参数：{' '.join(arguments)}")


COMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = {
    "check": check,
    "diff": compare_reports,
    "export": export,
    "audit": audit,
    "template": make_template,
    "import": import_workbook,
    "--self-check": _self_check,
    "--version": _version,
}
"""Every command by the word it begins with."""
