"""The Chinese names of columns that `TABLES` does not name: those of ``analyst.duckdb``, and a few of views.

A column is called alike in every table; where one means something else in a table, that is in `IN_TABLE`.
"""

from __future__ import annotations

from contracts.facts import FACT_BY_NAME
from contracts.vocabulary import (
    Action,
    AreaLevel,
    Cause,
    Change,
    Decision,
    DeliveryStatus,
    Grade,
    Mode,
    StopEvidence,
    Word,
)


def words(*of: Word) -> str:
    """Codes with their Chinese names, as a comment lists them."""
    return "、".join(f"{word.value} {word.chinese}" for word in of)


COLUMN: dict[str, str] = {
    "action": "处理方式：" + words(*Action),
    "action_before": "上次的处理方式：" + words(*Action),
    "age_group": "年龄组（五岁一组）",
    "amount_monthly": "按规则每月应发金额（元）；空为待地方核定或不详",
    "area_code": "行政区划代码",
    "as_of": "数据日期：全部结果以此日为准",
    "cause": "变化的主要原因：" + words(*Cause),
    "change": "变化：" + words(*Change),
    "citation": "政策依据（文件、条款、原文）",
    "code_version": "程序版本",
    "code": "代码（文本）",
    "column_name": "代码所在的列；同名列含义不同的，前加表名",
    "compared_with": "相比的发布日期",
    "conditions": "各条件：名称、说明、取值（空为未知）",
    "coverage": "覆盖率：符合条件者中在享受的比例",
    "current_amount": "现在每月发放金额（元）",
    "days_since_visit": "距最近一次探访天数（分段）",
    "decision": "判定：" + words(*Decision),
    "denominator": "分母",
    "disabled_old": "失能老年人人数",
    "due": "完成期限",
    "effective_year": "权利开始的年份",
    "elders": "60 岁以上老年人人数",
    "eligible": "符合条件人数",
    "engine": "计算引擎",
    "extract": "数据表代码",
    "fact": "缺少的事实代码",
    "fp_special": "计划生育特殊家庭人数",
    "funding": "支出责任，按文件原文",
    "gives_way_to": "因不可同时享受而让位于的项目编码",
    "grade": "关联把握程度：" + words(*Grade),
    "hard_up": "经济困难人数",
    "has_known_spouse": "是否有已知的配偶",
    "highest": "指标可能的最高值",
    "identity_grade": "所用事实中最弱的关联把握程度：" + words(*Grade),
    "in_register": "是否在户籍人口表中",
    "indicator": "指标代码",
    "kind": "服务类型，按文件原文",
    "label": "名称",
    "lead": "牵头部门，按文件原文",
    "level": "级别：" + words(*AreaLevel),
    "links": "关联条数",
    "lives_alone": "是否独居",
    "lowest": "指标可能的最低值",
    "measure": "统计项",
    "missing": "缺少的事实及应提供的数据表",
    "mode": "服务方式：" + words(*Mode),
    "monthly_amount": "符合条件者每月应发金额合计（元）",
    "note": "须知",
    "numerator": "分子",
    "outcome": "判定样子的编号，见 analyst.outcome",
    "parent": "上级区划代码",
    "people": "人次",
    "policy_sha256": "政策文件集的 SHA-256",
    "policy_version": "政策版本",
    "position": "顺序",
    "programme": "项目编码",
    "programme_name": "项目名称",
    "reached": "是否达标",
    "receiving": "在享受的待遇：项目、金额",
    "region": "地区",
    "rows_accepted": "接收行数",
    "rows_quarantined": "未收行数",
    "rows_read": "收到行数",
    "severely_disabled": "重度残疾人数",
    "stop_evidence": "停发依据：" + words(*StopEvidence),
    "suppressed": "为真：少于 5 人或可由此推算，不公布",
    "target": "目标值",
    "target_rule": "达标方式：at_least 不低于，more_than 高于",
    "town_code": "乡镇街道代码",
    "unit": "单位",
    "unknown": "无法确定是否计入的人数",
    "value": "数值",
    "why_not": "不予列入的原因",
    "action_name": "处理方式名称",
    "action_before_name": "上次的处理方式名称",
    "area_name": "区划名称",
    "cause_name": "变化的主要原因名称",
    "change_name": "变化名称",
    "code_name": "代码的中文名称",
    "decision_name": "判定名称",
    "extract_name": "数据表名称",
    "fact_name": "缺少的事实名称",
    "grade_name": "把握程度名称",
    "level_name": "级别名称",
    "mode_name": "服务方式名称",
    "sex_name": "性别名称",
    "status_name": "接收情况名称",
    "stop_evidence_name": "停发依据名称",
    "town_name": "乡镇街道名称",
    "key": "本次发布随机编号，不对应人员编号",
}
"""By column: what it is called."""

IN_TABLE: dict[tuple[str, str], str] = {
    ("age_structure", "people"): "人数",
    ("coverage", "receiving"): "在享受人数",
    ("elders_in_need", "lives_alone"): "独居老年人人数",
    ("visits", "people"): "人数",
    ("stops", "amount_monthly"): "现在每月发放金额合计（元）",
    ("programme_overview", "amount_monthly"): "按规则每月应发金额合计（元）",
    ("indicator", "status"): "computed 已计算，或缺少什么",
    ("indicator", "programme"): "项目编码；空为所列全部项目",
    ("delivery", "status"): "接收情况：" + words(*DeliveryStatus),
}
"""By table and column: where it is something else than elsewhere."""


def of_column(table: str, column: str) -> str:
    """What a column of a table is called in Chinese; empty where nobody named it."""
    if table == "person" and column in FACT_BY_NAME:
        return FACT_BY_NAME[column].label
    named = IN_TABLE.get((table, column)) or COLUMN.get(column)
    return named or (FACT_BY_NAME[column].label if column in FACT_BY_NAME else "")
