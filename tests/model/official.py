"""The official form of 2021, typed from the official document and from nothing in the program."""

from __future__ import annotations

from functools import cache

SECTIONS = {
    "introduction": "",
    "overview": "一、总体情况",
    "disclosure": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "review": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "other": "六、其他需要报告的事项",
}
TEXT_SECTIONS = ("introduction", "overview", "problems", "other")
LEVELS = ("国务院部门", "省级", "市级", "县级", "乡镇", "部门")

# ---------------------------------------------------------------- 二

DISCLOSURE_COLUMNS = {"made": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数"}
DISCLOSURE_DECISIONS = {"decisions": "本年处理决定数量"}
DISCLOSURE_FEES = {"amount": "本年收费金额（单位：万元）"}
DISCLOSURE_BANDS = (
    (
        "第二十条第（一）项",
        {"regulations": "规章", "normative_documents": "行政规范性文件"},
        DISCLOSURE_COLUMNS,
    ),
    ("第二十条第（五）项", {"licences": "行政许可"}, DISCLOSURE_DECISIONS),
    ("第二十条第（六）项", {"penalties": "行政处罚", "coercive_measures": "行政强制"}, DISCLOSURE_DECISIONS),
    ("第二十条第（八）项", {"fees": "行政事业性收费"}, DISCLOSURE_FEES),
)

# ---------------------------------------------------------------- 三

APPLICANTS = {
    "natural_person": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "welfare": "社会公益组织",
    "legal_services": "法律服务机构",
    "other": "其他",
}
ORGANISATIONS = ("business", "research", "welfare", "legal_services", "other")
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
REQUEST_ROWS = {
    "received": "一、本年新收政府信息公开申请数量",
    "carried_in": "二、上年结转政府信息公开申请数量",
    "granted": "（一）予以公开",
    "partially_granted": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "refused_state_secret": "1.属于国家秘密",
    "refused_other_law": "2.其他法律行政法规禁止公开",
    "refused_security_stability": "3.危及“三安全一稳定”",
    "refused_third_party": "4.保护第三方合法权益",
    "refused_internal_affairs": "5.属于三类内部事务信息",
    "refused_process": "6.属于四类过程性信息",
    "refused_enforcement_file": "7.属于行政执法案卷",
    "refused_inquiry": "8.属于行政查询事项",
    "unavailable_not_held": "1.本机关不掌握相关政府信息",
    "unavailable_needs_creation": "2.没有现成信息需要另行制作",
    "unavailable_unclear": "3.补正后申请内容仍不明确",
    "rejected_petition": "1.信访举报投诉类申请",
    "rejected_duplicate": "2.重复申请",
    "rejected_publication": "3.要求提供公开出版物",
    "rejected_excessive": "4.无正当理由大量反复申请",
    "rejected_confirmation": "5.要求行政机关确认或重新出具已获取信息",
    "other_no_correction": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "other_unpaid": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "other_other": "3.其他",
    "results_total": "（七）总计",
    "carried_out": "四、结转下年度继续办理",
}
RESULTS = "三、本年度办理结果"
RESULT_GROUPS = {
    "（三）不予公开": "refused_",
    "（四）无法提供": "unavailable_",
    "（五）不予处理": "rejected_",
}
RESULT_GROUPS |= {"（六）其他处理": "other_"}
REQUEST_WIDTHS = (754, 921, 3271) + (685,) * 7
RESULT_ROWS = tuple(REQUEST_ROWS)[2:23]

# ---------------------------------------------------------------- 四

OUTCOMES = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结"}
REVIEW_GROUPS = {
    "reconsideration": "行政复议",
    "direct_litigation": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
}

# ---------------------------------------------------------------- cells and identities


@cache
def cells() -> list[str]:
    """Return every cell in printed order: table, then row, then column."""
    found = [
        f"disclosure.{row}.{column}"
        for _, rows, columns in DISCLOSURE_BANDS
        for row in rows
        for column in columns
    ]
    found += [f"requests.{row}.{column}" for row in REQUEST_ROWS for column in (*APPLICANTS, "total")]
    found += [
        f"review.cases.{group}_{outcome}" for group in REVIEW_GROUPS for outcome in (*OUTCOMES, "total")
    ]
    return found


@cache
def totals() -> dict[str, list[str]]:
    """Return every computed cell with the cells that make it."""
    made = {
        f"requests.{row}.total": [f"requests.{row}.{column}" for column in APPLICANTS] for row in REQUEST_ROWS
    }
    for column in APPLICANTS:
        made[f"requests.results_total.{column}"] = [f"requests.{row}.{column}" for row in RESULT_ROWS]
    for group in REVIEW_GROUPS:
        made[f"review.cases.{group}_total"] = [f"review.cases.{group}_{outcome}" for outcome in OUTCOMES]
    return made


@cache
def inputs() -> list[str]:
    """Return the cells that an office fills in."""
    computed = totals()
    return [cell for cell in cells() if cell not in computed]


@cache
def identities() -> dict[str, tuple[list[str], list[str]]]:
    """Return the 40 强制 identities: code to the cells of the left and of the right side."""
    computed = totals()
    found: dict[str, tuple[list[str], list[str]]] = {}
    for column in APPLICANTS:
        left = [f"requests.received.{column}", f"requests.carried_in.{column}"]
        right = [f"requests.results_total.{column}", f"requests.carried_out.{column}"]
        found[f"balance.{column}"] = left, right
    for row in REQUEST_ROWS:
        if row != "results_total":
            total = f"requests.{row}.total"
            found[f"row_total.{row}"] = computed[total], [total]
    for column in APPLICANTS:
        total = f"requests.results_total.{column}"
        found[f"column_total.{column}"] = computed[total], [total]
    found["grand_total"] = computed["requests.results_total.total"], ["requests.results_total.total"]
    for group in REVIEW_GROUPS:
        total = f"review.cases.{group}_total"
        found[f"group_total.{group}"] = computed[total], [total]
    return found
