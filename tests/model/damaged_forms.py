"""A small form, and damages to it, each with the place and the reason of its refusal."""

from __future__ import annotations

SMALL = """
id = "small"
name = "小表"
basis = "某号文"
first_year = 2021
title = "报告"
levels = ["乡镇", "部门"]

[[section]]
id = "text"
heading = "一、文字"
short = "文字"

[[section]]
id = "table"
heading = "二、表"
short = "表"
table = "sums"

[[table]]
id = "sums"
sheet = "表"
label_columns = 2
widths = [1, 2, 3, 3, 3]

[[table.block]]
corner = "项目"
column_groups = [{ id = "all", label = "全部" }]
columns = [
    { id = "left", label = "左", kind = "count", group = "all" },
    { id = "right", label = "右", kind = "count", group = "all" },
    { id = "sum", label = "和", kind = "count" },
]
row_groups = [{ id = "group", label = "组" }]
row = [
    { id = "first", label = "甲", help = "说明", basis = "依据", group = "group" },
    { id = "second", label = "乙", help = "说明", basis = "依据", group = "group" },
    { id = "third", label = "丙", help = "说明", basis = "依据" },
]

[[total]]
table = "sums"
column = "sum"
add_columns = ["left", "right"]

[[suggestion]]
table = "sums"
each_column = ["left"]
row = "third"
terms = ["previous.second"]
locked = true

[[check]]
code = "columns"
kind = "sums"
severity = "error"
table = "sums"
each_column = ["left", "right"]
left = ["first", "-second"]
relation = "<="
right = ["third"]
skip_if_blank = ["third"]
message = "{column} {expected} {actual} {difference}"
basis = "依据"

[[check]]
code = "rows"
kind = "stated"
severity = "hint"
table = "sums"
each_row = ["first", "second", "third"]
column = "sum"
message = "{row}"
basis = "依据"

[[rule]]
code = "shift"
function = "opposite_rows"
severity = "hint"
checks = ["rows"]
message = "{over} {under}"
basis = "依据"

[[rule]]
code = "blank"
function = "blank_cells"
severity = "warning"
each_table = ["sums"]
message = "{table}"
basis = "依据"

[[rule]]
code = "text.aspects"
function = "text_without_words_at_levels"
severity = "warning"
section = "text"
levels = ["部门"]
aspects = [{ id = "one", label = "一", words = ["一"] }]
message = "{aspect}"
basis = "依据"

[[rule]]
code = "cells"
function = "cells_without_others"
severity = "warning"
cells = ["sums.first.left"]
others = ["sums.third.sum"]
message = "有"
basis = "依据"
"""


def row_sum(column: str, added: str) -> str:
    """Return one more total, in the row third, to be put before the suggestion."""
    return f'[[total]]\ntable = "sums"\nrow = "third"\ncolumns = {column}\nadd_rows = {added}\n[[suggestion]]'


CIRCLE = '[[total]]\ntable = "sums"\nrow = "second"\ncolumns = ["left"]\nadd_rows = ["third"]\n'
SECOND_SUGGESTION = (
    '[[suggestion]]\ntable = "sums"\neach_column = ["left"]\nrow = "third"\nterms = ["first"]\n'
)
TOP = "顶层"
TABLE, BLOCK = "table[1]", "table[1].block[1]"
DAMAGES = [
    # what is replaced, by what, the place, what the reason must contain
    ('id = "small"', "id = small", "TOML", "Invalid value"),
    ('id = "small"', 'id = "other"', TOP, "文件名"),
    ('id = "small"\n', "", TOP, "缺少“id”"),
    ('id = "small"', "id = 2021", TOP, "“id”应当是文字"),
    ('title = "报告"', 'titel = "报告"', TOP, "缺少“title”"),
    ('title = "报告"', 'title = ""', TOP, "“title”不能是空的"),
    ("first_year = 2021", "first_year = 2021.0", TOP, "整数"),
    ("first_year = 2021", "first_year = true", TOP, "整数"),
    ("first_year = 2021", "first_year = -1", TOP, "整数"),
    ("first_year = 2021", "first_year = 0", TOP, "正整数"),
    ('levels = ["乡镇", "部门"]', "levels = []", TOP, "“levels”不能是空的"),
    ('levels = ["乡镇", "部门"]', 'levels = "部门"', TOP, "“levels”应当是一列值"),
    ('levels = ["乡镇", "部门"]', "levels = [1]", TOP, "“levels”应当是一列文字"),
    ('levels = ["乡镇", "部门"]', 'levels = ["部门", "部门"]', TOP, "“部门”重复"),
    ('levels = ["乡镇", "部门"]', 'levels = ["部门"]\ncolour = 1', TOP, "不认识的键“colour”"),
    # sections
    ('short = "文字"', 'short = "文字"\nhelpp = ""', "section[1]", "不认识的键“helpp”，是不是“help”"),
    ('id = "text"', 'id = "table"', TOP, "章节“table”重复"),
    ('id = "text"', 'id = "Text"', "section[1]", "“Text”只能用小写"),
    ('id = "text"', 'id = "a.b"', "section[1]", "“a.b”只能用小写"),
    ('short = "文字"', 'short = "文字"\ntable = "sums"', TOP, "“sums”重复"),
    ('short = "文字"', 'short = "文字"\ntable = "summs"', TOP, "“summs”不存在，是不是“sums”"),
    # tables
    ('id = "sums"', 'id = "sum"', TABLE, "“sum”不认识，是不是“sums”"),
    ('sheet = "表"', "sheet = 3", TABLE, "“sheet”应当是文字"),
    ("label_columns = 2", "label_columns = 1", BLOCK, "widths"),
    (
        "label_columns = 2\nwidths = [1, 2, 3, 3, 3]",
        "label_columns = 1\nwidths = [1, 3, 3, 3]",
        TOP,
        "没有正好排满",
    ),
    (
        "label_columns = 2\nwidths = [1, 2, 3, 3, 3]",
        "label_columns = 0\nwidths = [3, 3, 3]",
        TOP,
        "没有正好排满",
    ),
    ('corner = "项目"\n', "", TOP, "没有正好排满"),
    ("widths = [1, 2, 3, 3, 3]", "widths = [1, 2, 3, 3]", BLOCK, "widths"),
    ("widths = [1, 2, 3, 3, 3]", "widths = [1, 2, 3, 3, 0]", TABLE, "正整数"),
    ("widths = [1, 2, 3, 3, 3]", "widths = [1, 2, 3, 3, 3.5]", TABLE, "正整数"),
    ("widths = [1, 2, 3, 3, 3]", "widths = [1, 2, 3, 3, true]", TABLE, "正整数"),
    ("[[table.block]]", "[[table.blok]]", TABLE, "缺少“block”"),
    ('corner = "项目"', 'korner = "项目"', BLOCK, "不认识的键“korner”，是不是“corner”"),
    # columns and rows
    (
        '"left", label = "左", kind = "count"',
        '"left", label = "左", kind = "counts"',
        f"{BLOCK}.columns[1]",
        "是不是“count”",
    ),
    ('label = "左", ', "", f"{BLOCK}.columns[1]", "缺少“label”"),
    ('label = "左", ', 'label = "", ', f"{BLOCK}.columns[1]", "“label”不能是空的"),
    ('label = "左", ', 'label = "左", span = 2, ', BLOCK, "widths"),
    ('label = "左", ', 'label = "左", span = 0, ', f"{BLOCK}.columns[1]", "正整数"),
    ('label = "左", ', 'label = "左", span = "1", ', f"{BLOCK}.columns[1]", "整数"),
    ('id = "right", label', 'id = "left", label', BLOCK, "列“left”重复"),
    ('id = "left", label', 'id = "left.x", label', f"{BLOCK}.columns[1]", "只能用小写"),
    (
        'label = "右", kind = "count", group = "all"',
        'label = "右", kind = "count", group = "al"',
        f"{BLOCK}.columns[2]",
        "是不是“all”",
    ),
    (
        '"left", label = "左", kind = "count", group = "all"',
        '"left", label = "左", kind = "money", group = "all"',
        "total[1]",
        "把件数和金额相加",
    ),
    (
        '{ id = "all", label = "全部" }',
        '{ id = "all", label = "全部", parent = "whole" }',
        f"{BLOCK}.column_groups[1]",
        "“whole”不认识",
    ),
    (
        '{ id = "all", label = "全部" }',
        '{ id = "all", label = "全部" }, { id = "all", label = "全" }',
        f"{BLOCK}.column_groups[2]",
        "组“all”重复",
    ),
    (
        '{ id = "all", label = "全部" }',
        '{ id = "all", label = "全部" }, { id = "none", label = "无" }',
        BLOCK,
        "组“none”没有成员",
    ),
    (
        'id = "third", label = "丙", help = "说明", basis = "依据"',
        'id = "third", label = "丙", help = "", basis = "依据"',
        f"{BLOCK}.row[3]",
        "“help”不能是空的",
    ),
    (
        'id = "third", label = "丙", help = "说明", basis = "依据"',
        'id = "third", label = "丙", help = "说明"',
        f"{BLOCK}.row[3]",
        "缺少“basis”",
    ),
    ('id = "third", label', 'id = "first", label', TABLE, "行“first”重复"),
    # totals
    (
        'add_columns = ["left", "right"]',
        'add_columns = ["left", "rihgt"]',
        "total[1]",
        "列“rihgt”不存在，是不是“right”",
    ),
    ('add_columns = ["left", "right"]', 'add_columns = ["left", "left"]', "total[1]", "“left”重复"),
    ('add_columns = ["left", "right"]', 'add_columns = ["left", "-left"]', "total[1]", "加了两次"),
    ('add_columns = ["left", "right"]', 'add_columns = ["left", "--right"]', "total[1]", "“-right”不存在"),
    ('add_columns = ["left", "right"]', "add_columns = []", "total[1]", "不能是空的"),
    ('add_columns = ["left", "right"]', 'add_columns = ["left", "sum"]', TOP, "成圈"),
    (
        'column = "sum"\nadd_columns',
        'column = "summ"\nadd_columns',
        "total[1]",
        "列“summ”不存在，是不是“sum”",
    ),
    (
        "[[suggestion]]",
        '[[total]]\ntable = "sums"\ncolumn = "sum"\nadd_columns = ["left"]\n[[suggestion]]',
        TOP,
        "合计格“sums.first.sum”重复",
    ),
    (
        "[[suggestion]]",
        row_sum('["left"]', '["first", "forth"]'),
        "total[2]",
        "行“forth”不存在",
    ),
    (
        "[[suggestion]]",
        row_sum('["left", "sum"]', '["first"]'),
        TOP,
        "合计格“sums.third.sum”重复",
    ),
    (
        "[[suggestion]]",
        CIRCLE + row_sum('["left"]', '["second"]'),
        TOP,
        "成圈",
    ),
    (
        'table = "sums"\ncolumn = "sum"\nadd',
        'table = "summs"\ncolumn = "sum"\nadd',
        "total[1]",
        "“summs”不认识，是不是“sums”",
    ),
    (
        'add_columns = ["left", "right"]',
        'add_columns = ["left", "right"]\nadd_rows = ["first"]',
        "total[1]",
        "不认识的键“add_rows”",
    ),
    # suggestions
    ("locked = true", 'locked = "yes"', "suggestion[1]", "true 或 false"),
    ('terms = ["previous.second"]', 'terms = ["second"]', "suggestion[1]", "locked"),
    (
        'terms = ["previous.second"]',
        'terms = ["previous.secund"]',
        "suggestion[1]",
        "行“secund”不存在，是不是“second”",
    ),
    ('row = "third"\n', "", "suggestion[1]", "要指明行和列"),
    (
        '[[check]]\ncode = "columns"',
        SECOND_SUGGESTION + '[[check]]\ncode = "columns"',
        TOP,
        "建议“sums.third.left”重复",
    ),
    # checks
    ('code = "rows"', 'code = "columns"', TOP, "审核规则“columns”重复"),
    ('code = "rows"', 'code = "Rows"', "check[2]", "只能用小写"),
    ('code = "shift"', 'code = "rows.first"', TOP, "审核规则“rows.first”重复"),
    ('code = "blank"', 'code = "shift"', TOP, "审核规则“shift”重复"),
    ('severity = "error"', 'severity = "fatal"', "check[1]", "“fatal”不认识"),
    ('severity = "error"\n', "", "check[1]", "缺少“severity”"),
    ('kind = "stated"', 'kind = "state"', "check[2]", "“state”不认识，是不是“stated”"),
    ('relation = "<="', 'relation = ">="', "check[1]", "“>=”不认识"),
    ('left = ["first", "-second"]', 'left = ["frist"]', "check[1]", "行“frist”不存在，是不是“first”"),
    ('left = ["first", "-second"]', "left = []", "check[1]", "“left”不能是空的"),
    ('right = ["third"]\n', "", "check[1]", "“left”和“right”都要有内容"),
    (
        'each_column = ["left", "right"]',
        'each_column = ["left", "rigth"]',
        "check[1]",
        "列“rigth”不存在，是不是“right”",
    ),
    ('each_column = ["left", "right"]', "each_column = []", "check[1]", "不能是空的"),
    ('each_column = ["left", "right"]', 'each_column = ["left", "left"]', "check[1]", "“left”重复"),
    (
        'each_column = ["left", "right"]',
        'each_column = ["left", "right"]\neach_name = ["one"]',
        "check[1]",
        "个数不同",
    ),
    (
        'each_column = ["left", "right"]',
        'each_column = ["left", "right"]\ncolumn = "sum"',
        "check[1]",
        "只能写一个",
    ),
    (
        'each_column = ["left", "right"]',
        'each_column = ["left", "right"]\nrow = "first"',
        "check[1]",
        "只能指明一个",
    ),
    (
        'each_column = ["left", "right"]',
        'each_column = ["left"]\neach_row = ["first"]',
        "check[1]",
        "不认识的键“each_column”",
    ),
    ('each_column = ["left", "right"]\nleft', "left", "check[1]", "指明另一维"),
    ('column = "sum"\nmessage', 'column = "left"\nmessage', "check[2]", "不是合计格"),
    ('column = "sum"\nmessage', "message", "check[2]", "要指明行和列"),
    ('column = "sum"\nmessage', 'column = "sum"\nleft = ["left"]\nmessage', "check[2]", "不能再写"),
    ('column = "sum"\nmessage', 'column = "sum"\nrow = "first"\nmessage', "check[2]", "只能写一个"),
    ('message = "{row}"', 'message = "{rwo}"', "check[2]", "“rwo”不存在，是不是“row”"),
    ('message = "{row}"', 'message = "{row"', "check[2]", "不成对"),
    ('message = "{row}"', 'message = "{}"', "check[2]", "不存在"),
    ('message = "{row}"', 'message = "{0}"', "check[2]", "不存在"),
    ('message = "{row}"', 'message = "{row.__class__}"', "check[2]", "不存在"),
    ('message = "{row}"', 'message = "{row!r}"', "check[2]", "只能写名称"),
    ('message = "{row}"', 'message = "{row:>9}"', "check[2]", "只能写名称"),
    # rules
    (
        'function = "opposite_rows"',
        'function = "opposite_row"',
        "rule[1]",
        "“opposite_row”不认识，是不是“opposite_rows”",
    ),
    ('function = "opposite_rows"', 'function = "__import__"', "rule[1]", "不认识"),
    ('checks = ["rows"]', 'checks = ["row"]', "rule[1]", "“row”不存在，是不是“rows”"),
    ('checks = ["rows"]', 'checks = ["rows"]\nlimit = 3', "rule[1]", "不认识的键“limit”"),
    ('checks = ["rows"]', 'checks = ["rows"]\neach_table = ["sums"]', "rule[1]", "不认识的键“each_table”"),
    ('checks = ["rows"]\n', "", "rule[1]", "缺少“checks”"),
    ('message = "{over} {under}"', 'message = "{over} {count}"', "rule[1]", "“count”不存在"),
    ('each_table = ["sums"]', 'each_table = ["sum"]', "rule[2]", "表“sum”不存在，是不是“sums”"),
    ('each_table = ["sums"]\n', "", "rule[2]", "缺少“each_table”"),
    ('section = "text"', 'section = "table"', "rule[3]", "“table”不认识"),
    ('levels = ["部门"]\naspects', 'levels = ["县级"]\naspects', "rule[3]", "机关层级“县级”不存在"),
    ('words = ["一"]', "words = []", "rule[3].aspects[1]", "不能是空的"),
    (
        'words = ["一"]',
        'words = ["一"], wrods = []',
        "rule[3].aspects[1]",
        "不认识的键“wrods”，是不是“words”",
    ),
    ("aspects = [{", "aspects = [3, {", "rule[3].aspects[1]", "一组键值"),
    (
        'cells = ["sums.first.left"]',
        'cells = ["sums.first.lift"]',
        "rule[4]",
        "单元格“sums.first.lift”不存在，是不是“sums.first.left”",
    ),
    ('others = ["sums.third.sum"]', 'others = ["first"]', "rule[4]", "单元格“first”不存在"),
    ('message = "有"', 'message = ""', "rule[4]", "不能是空的"),
    ('message = "有"', 'message = "有"\nmessage = "两次"', "TOML", "overwrite"),
]
