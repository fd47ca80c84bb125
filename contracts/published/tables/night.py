"""The night itself: what was delivered and quarantined, the codes used, the run and its timings."""

from __future__ import annotations

from contracts.published.chinese import words
from contracts.published.tables import columns
from contracts.published.tables.table import PublishedColumn, PublishedTable
from contracts.vocabulary import DeliveryStatus

DELIVERY = PublishedTable(
    "delivery",
    "a delivered file, or an extract that is absent (file NULL)",
    (
        columns.EXTRACT,
        PublishedColumn("file", "VARCHAR", "the file's name", chinese="文件名；空为未送达"),
        PublishedColumn("sha256", "VARCHAR", "its SHA-256", chinese="文件的 SHA-256 校验值"),
        PublishedColumn("encoding", "VARCHAR", "the encoding that was found", chinese="识别出的字符编码"),
        PublishedColumn("rows_read", "BIGINT", "rows in the file", chinese="读到的行数"),
        PublishedColumn("rows_accepted", "BIGINT", "rows taken in", chinese="接收的行数"),
        PublishedColumn("rows_quarantined", "BIGINT", "rows in quarantine", chinese="未接收（隔离）的行数"),
        PublishedColumn(
            "status",
            "VARCHAR",
            "what became of it",
            required=True,
            values=DeliveryStatus.codes(),
            chinese="接收情况：" + words(*DeliveryStatus),
        ),
        PublishedColumn("message", "VARCHAR", "the reason, for a refused file", chinese="文件拒收的原因"),
    ),
    chinese="各数据表的交付文件和接收情况",
)
QUARANTINE = PublishedTable(
    "quarantine",
    "a quarantined row, or a cell whose value counts as missing",
    (
        columns.EXTRACT,
        PublishedColumn(
            "row_number",
            "BIGINT",
            "row in the extract, from 1 over its parts",
            chinese="数据表中的行号，从 1 起（分几个文件的连续编号）",
        ),
        PublishedColumn("file", "VARCHAR", "the delivered file", chinese="交付的文件"),
        PublishedColumn(
            "severity",
            "VARCHAR",
            "row: not accepted; value: row kept, value missing (an answer dated ahead: not used yet)",
            required=True,
            values=("row", "value"),
            chinese="程度：row 整行不接收，value 该行接收而该值视为缺失",
        ),
        PublishedColumn("rule", "VARCHAR", "the rule that was broken", required=True, chinese="未满足的规则"),
        PublishedColumn(
            "column_name", "VARCHAR", "the column, if it is one", chinese="列名；空为不涉及单独一列"
        ),
        PublishedColumn(
            "message",
            "VARCHAR",
            "what is wrong, without the person's data",
            chinese="问题说明，不含个人信息",
        ),
        PublishedColumn("sheet", "VARCHAR", "the worksheet, of a workbook", chinese="工作表名称"),
        PublishedColumn(
            "sheet_line",
            "BIGINT",
            "where the row begins as its department sees it: line of the text file, row of the worksheet "
            "or parquet file; header and blank lines counted",
            chinese="部门原文件中该行开始的行号，含表头和空行",
        ),
    ),
    chinese="未接收的行和视为缺失的值",
)
CODE = PublishedTable(
    "code",
    "a code that occurs in a column, with its Chinese name",
    (
        PublishedColumn(
            "column_name",
            "VARCHAR",
            "the column in which the code occurs; where columns of one name hold different codes, with "
            "the table before it (`question.status`); of a list, its elements",
            required=True,
            chinese="代码所在的列；同名列含义不同的，前加表名（如 question.status）",
        ),
        PublishedColumn("code", "VARCHAR", "the code, as text", required=True, chinese="代码（文本）"),
        PublishedColumn("name", "VARCHAR", "its Chinese name", required=True, chinese="中文名称"),
        PublishedColumn("position", "INTEGER", "the order within the column", required=True, chinese="顺序"),
    ),
    key=("column_name", "code"),
    chinese="各列代码的中文名称",
)
RUN = PublishedTable(
    "run",
    "the run that made this release (one row)",
    (
        PublishedColumn("run_id", "VARCHAR", "the run", required=True, chinese="运行编号"),
        PublishedColumn("region", "VARCHAR", "the policy region", required=True, chinese="地区"),
        PublishedColumn(
            "as_of",
            "DATE",
            "the date for which everything here holds",
            required=True,
            chinese="数据日期，全部结果以该日为准",
        ),
        PublishedColumn(
            "started_at", "TIMESTAMP WITH TIME ZONE", "when the run began", chinese="运行开始时间"
        ),
        PublishedColumn(
            "finished_at",
            "TIMESTAMP WITH TIME ZONE",
            "when these tables were made",
            chinese="结果表完成时间",
        ),
        PublishedColumn("code_version", "VARCHAR", "the code that made it", chinese="程序版本"),
        PublishedColumn("policy_version", "VARCHAR", "the policy in force", chinese="政策版本"),
        PublishedColumn(
            "policy_sha256", "VARCHAR", "the hash of the whole policy set", chinese="全部政策文件的校验值"
        ),
        PublishedColumn("engine", "VARCHAR", "where SQL ran", chinese="执行 SQL 的引擎"),
        PublishedColumn(
            "identity_weights",
            "VARCHAR",
            "the version of the match weights in force",
            chinese="现用关联权重的版本",
        ),
        PublishedColumn(
            "compared_with",
            "DATE",
            "date of the published night that `mart.change` compares with; NULL on a first night",
            chinese="与之比较的发布日期；空为首次发布",
        ),
        PublishedColumn("compared_run", "VARCHAR", "its run", chinese="与之比较的运行"),
    ),
    key=("run_id",),
    single=True,
    chinese="本次发布的运行",
)
TIMING = PublishedTable(
    "timing",
    "a step of the night up to the lists, a stage of a step, or a model that was made",
    (
        PublishedColumn(
            "step",
            "VARCHAR",
            "the step: a folder of `sql/`, or the group of a Dagster asset",
            required=True,
            chinese="步骤",
        ),
        PublishedColumn(
            "model",
            "VARCHAR",
            "the model, the stage, or the Dagster asset within it",
            required=True,
            chinese="步骤内的模型、阶段",
        ),
        PublishedColumn(
            "rows",
            "BIGINT",
            "rows of the table that was made, of an extract the rows read; NULL = no table of its own",
            chinese="所生成表的行数，数据表为读到的行数；空为没有单独的表",
        ),
        PublishedColumn(
            "seconds",
            "DOUBLE",
            "wall time; its own parts included",
            required=True,
            chinese="用时（秒），含其各部分",
        ),
        PublishedColumn(
            "kind",
            "VARCHAR",
            "a whole step with its Python, a stage of one, or a single model",
            required=True,
            values=("step", "stage", "model"),
            chinese="种类：step 步骤，stage 阶段，model 模型",
        ),
        PublishedColumn(
            "number", "BIGINT", "the order in which they ended", required=True, chinese="结束的先后顺序"
        ),
    ),
    key=("kind", "step", "model"),
    chinese="各步骤、模型用时",
)
