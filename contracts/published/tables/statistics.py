"""Figures by area: statistics, the series of nights, indicators."""

from __future__ import annotations

from contracts.published.chinese import words
from contracts.published.tables import columns
from contracts.published.tables.table import PublishedColumn, PublishedTable
from contracts.vocabulary import AreaLevel, Measure

_INDICATOR_ID = PublishedColumn(
    "indicator",
    "VARCHAR",
    "its id in the policy, with a programme's id behind a dot: of that programme",
    True,
    chinese="指标编号；点号之后为项目编码",
)
_FIGURES = (
    PublishedColumn("numerator", "DOUBLE", "who counts, of the denominator", chinese="分子"),
    PublishedColumn(
        "denominator",
        "DOUBLE",
        "persons (with programmes: persons × programme) of whom all is known",
        chinese="分母：情况全部已知的人（涉及多个项目的为人次）",
    ),
    PublishedColumn("value", "DOUBLE", "numerator over denominator", chinese="指标值：分子除以分母"),
    PublishedColumn(
        "unknown",
        "DOUBLE",
        "persons of whom it is not known whether they belong to the one or the other",
        chinese="尚不能确定是否计入的人数",
    ),
    PublishedColumn(
        "lowest",
        "DOUBLE",
        "the least that value can be, however the unknown turn out",
        chinese="不能确定的情况下可能的最低值",
    ),
    PublishedColumn("highest", "DOUBLE", "the most that it can be", chinese="不能确定的情况下可能的最高值"),
    PublishedColumn(
        "reached",
        "BOOLEAN",
        "whether the target is met; NULL = no figure, not computed, or the unknown decide",
        chinese="是否达到目标；空为没有数值、未计算或不能确定",
    ),
)
AREA = PublishedTable(
    "area",
    "an area to which somebody or a name of `areas/<region>.csv` belongs",
    (
        PublishedColumn(
            "area_code",
            "VARCHAR",
            "the region's own 6 digits, a district's 6, a town's 9, a community's 12",
            required=True,
            chinese="行政区划代码：全区 6 位、区县 6 位、乡镇街道 9 位、村（社区）12 位",
        ),
        PublishedColumn(
            "level",
            "VARCHAR",
            "what it is",
            required=True,
            values=AreaLevel.codes(),
            chinese="级别：" + words(*AreaLevel),
        ),
        PublishedColumn(
            "name",
            "VARCHAR",
            "its name; its code where nobody named it",
            required=True,
            chinese="名称；没有名称的为代码",
        ),
        PublishedColumn("parent", "VARCHAR", "the area above it; NULL = the region", chinese="上级区划代码"),
    ),
    key=("area_code",),
    chinese="行政区划：全区、区县、乡镇街道、村（社区）的代码和名称",
)
STATISTIC = PublishedTable(
    "statistic",
    "an area × programme × measure",
    (
        PublishedColumn(
            "area_code",
            "VARCHAR",
            "the region's own 6 digits (everybody), a district's 6, a town's 9, a community's 12",
            required=True,
            chinese="行政区划代码：全区 6 位、区县 6 位、乡镇街道 9 位、村（社区）12 位",
        ),
        columns.PROGRAMME,
        PublishedColumn(
            "measure",
            "VARCHAR",
            "what is measured",
            required=True,
            values=Measure.codes(),
            chinese="统计项：" + words(*Measure),
        ),
        PublishedColumn(
            "value",
            "DOUBLE",
            "persons, list lines, a share of 1 (coverage: of the eligible, those who receive), or CNY "
            "a month due to the eligible; NULL = not known",
            chinese="人数、名单行数、占比（覆盖率）或金额（元/月）；空为不能得出",
        ),
    ),
    key=("area_code", "programme", "measure"),
    chinese="分地区、分项目统计",
)
STATISTIC_GROUP = PublishedTable(
    "statistic_group",
    "a dimension × group of programmes × measure, for the whole region",
    (
        PublishedColumn(
            "dimension",
            "VARCHAR",
            "by what programmes are grouped",
            required=True,
            values=("lead", "funding", "kind"),
            chinese="分组方式：lead 牵头部门，funding 支出责任，kind 服务类型",
        ),
        PublishedColumn(
            "group_name",
            "VARCHAR",
            "the group, in the document's words; NULL = the document names none",
            chinese="组，按文件原文；空为文件未写",
        ),
        PublishedColumn(
            "measure",
            "VARCHAR",
            "what is summed over the group's programmes",
            required=True,
            values=("programmes", "eligible", "receiving", "coverage", "monthly_amount"),
            chinese="统计项：项目数、符合人次、享受人次、覆盖率、月应发金额",
        ),
        PublishedColumn(
            "value",
            "DOUBLE",
            "programmes, persons × programme, a share of 1, or CNY a month; NULL = not known",
            chinese="值",
        ),
    ),
    key=("dimension", "group_name", "measure"),
    chinese="全区统计，按牵头部门、支出责任、服务类型分组",
)
STATISTIC_NEED = PublishedTable(
    "statistic_need",
    "an area (region, district, town) × class of need × measure, where there is anybody",
    (
        PublishedColumn(
            "area_code",
            "VARCHAR",
            "the region's own 6 digits (everybody), a district's 6, a town's 9",
            required=True,
            chinese="行政区划代码：全区 6 位、区县 6 位、乡镇街道 9 位",
        ),
        PublishedColumn(
            "need_class",
            "INTEGER",
            "紧要程度, 1 (most urgent) to 4",
            required=True,
            chinese="紧要程度，1（最紧要）至 4",
        ),
        PublishedColumn(
            "measure",
            "VARCHAR",
            "list lines of an action, or `people`: the persons to whom all of them belong",
            required=True,
            values=("to_add", "to_adjust", "to_stop", "to_verify", "to_recheck", "due", "people"),
            chinese=(
                "统计项：to_add 新增，to_adjust 调整，to_stop 停发，to_verify 核实，to_recheck 复核，"
                "due 应服务，people 涉及人数"
            ),
        ),
        PublishedColumn("value", "BIGINT", "list lines, or persons", required=True, chinese="名单行数或人数"),
    ),
    key=("area_code", "need_class", "measure"),
    chinese="待办工作量，按乡镇街道和紧要程度",
)
HISTORY = PublishedTable(
    "history",
    "a published night × area × programme × measure: statistics and indicators as one series",
    (
        PublishedColumn("night", "DATE", "the night's as-of date", required=True, chinese="日期"),
        PublishedColumn(
            "area_code", "VARCHAR", "as in `mart.statistic`", required=True, chinese="行政区划代码"
        ),
        PublishedColumn(
            "programme",
            "VARCHAR",
            "the programme; NULL = an indicator about several or none",
            chinese="项目编码；空为涉及多个项目的指标",
        ),
        PublishedColumn(
            "measure",
            "VARCHAR",
            "a measure of `mart.statistic`, or the id of an indicator",
            required=True,
            chinese="统计项，或指标编号",
        ),
        PublishedColumn("value", "DOUBLE", "its value that night; NULL = not known", chinese="当日的值"),
        PublishedColumn(
            "run_id",
            "VARCHAR",
            "the run that published the night",
            required=True,
            chinese="发布该日的运行",
        ),
    ),
    key=("night", "area_code", "programme", "measure"),
    chinese="各次发布的统计与指标，连成一个序列；撤回、替换、损坏的版本不在其中",
)
INDICATOR = PublishedTable(
    "indicator",
    "a target or duty that the document names, or a figure of our own work, for the whole region",
    (
        _INDICATOR_ID,
        PublishedColumn("name", "VARCHAR", "its Chinese name", required=True, chinese="指标名称"),
        PublishedColumn(
            "target",
            "DOUBLE",
            "the value to be reached; NULL = the document names a duty and no figure",
            chinese="目标值；空为文件只规定任务而未定数值",
        ),
        *_FIGURES,
        PublishedColumn(
            "status",
            "VARCHAR",
            "computed, or in Chinese what is missing (value NULL): data that no department delivers, an "
            "extract that is not there tonight, a standard not set (highest and reached may be known), "
            "or nobody to be counted",
            required=True,
            chinese="计算情况：computed 已算出，否则为缺什么",
        ),
        PublishedColumn(
            "unit",
            "VARCHAR",
            "of target and value: share (1 = all), or the document's own (户, 人次, …)",
            required=True,
            chinese="目标值和指标值的单位；share 为占比（1 即全部）",
        ),
        PublishedColumn(
            "target_rule",
            "VARCHAR",
            "how the target is to be met; NULL = no figure",
            values=("at_least", "more_than"),
            chinese="达标方式：at_least 不低于，more_than 高于",
        ),
        PublishedColumn(
            "due",
            "DATE",
            "the last day by when; NULL = permanent, or not given",
            chinese="完成期限；空为长期或未写明",
        ),
        PublishedColumn(
            "programme",
            "VARCHAR",
            "the one programme that the row is about; NULL = all named",
            chinese="所涉及的单个项目编码；空为全部",
        ),
        PublishedColumn(
            "note",
            "VARCHAR",
            "in Chinese what a reader must know, e.g. which figure is used in place of which",
            chinese="说明",
        ),
        PublishedColumn(
            "citation",
            "VARCHAR",
            "document, section and the clause's own words",
            required=True,
            chinese="依据：文件、章节及条款原文",
        ),
        PublishedColumn(
            "working",
            "BOOLEAN",
            "a figure of our own work (wishes, queue, visits left, rechecks, questions)",
            required=True,
            chinese="是否工作指标（意愿、轮候、待探访、复核、核对问题），文件没有提出",
        ),
    ),
    key=("indicator",),
    chinese="文件提出的各项指标（全区）",
)
INDICATOR_AREA = PublishedTable(
    "indicator_area",
    "a counted indicator × area in which anybody counts or may count",
    (
        _INDICATOR_ID,
        PublishedColumn(
            "area_code",
            "VARCHAR",
            "a district's 6 digits, a town's 9, a community's 12",
            required=True,
            chinese="行政区划代码：区县 6 位、乡镇街道 9 位、村（社区）12 位",
        ),
        *_FIGURES,
    ),
    key=("indicator", "area_code"),
    chinese="各项指标（分地区）",
)
