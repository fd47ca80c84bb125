"""Identity: which row belongs to whom, by what evidence, and what a clerk has to review."""

from __future__ import annotations

from dataclasses import replace

from contracts.published.chinese import words
from contracts.published.tables import columns
from contracts.published.tables.table import PublishedColumn, PublishedTable
from contracts.vocabulary import Grade, Sex

_BITS = (
    PublishedColumn(
        "prior_weight",
        "DOUBLE",
        "log2 of the chance before any evidence",
        required=True,
        chinese="先验权重（比特）",
    ),
    PublishedColumn(
        "weight",
        "DOUBLE",
        "the total, the prior in it, in bits",
        required=True,
        chinese="总权重，含先验权重（比特）",
    ),
)
_COMPARISON = 'STRUCT(field VARCHAR, "level" VARCHAR, "label" VARCHAR, weight DOUBLE)[]'
_SIDES = tuple(
    PublishedColumn(
        f"{side}_{part}",
        kind,
        f"{side} source record: {meaning}",
        required=True,
        chinese=f"{named}：{chinese}",
    )
    for side, named in (("left", "左边记录"), ("right", "右边记录"))
    for part, kind, meaning, chinese in (
        ("extract", "VARCHAR", "extract", "数据表"),
        ("row_number", "BIGINT", "row number", "数据表中的行号"),
        ("role", "VARCHAR", "role in a marriage row, else empty", "婚姻登记行中的一方，其他为空字符串"),
    )
)
IDENTITY_LINK = PublishedTable(
    "identity_link",
    "an accepted row, linked to a person (a marriage row gives two, by role)",
    (
        columns.EXTRACT,
        columns.ROW_NUMBER,
        columns.ROLE,
        replace(
            columns.PERSON_ID,
            meaning="the person; under review, the person proposed",
            chinese="人员编号；待核对的为拟关联的人",
        ),
        PublishedColumn(
            "grade",
            "VARCHAR",
            "how sure; register rows are exact",
            required=True,
            values=Grade.codes(),
            chinese="关联把握程度：" + words(*Grade),
        ),
        PublishedColumn(
            "score", "DOUBLE", "probability of the link, 0 to 1", chinese="属于同一人的概率，0 至 1"
        ),
        PublishedColumn("method", "VARCHAR", "the way the link was found", chinese="关联方式"),
        PublishedColumn(
            "reasons",
            "VARCHAR",
            "why, in Chinese, without personal data",
            chinese="关联理由，不含个人信息",
        ),
        PublishedColumn(
            "pattern",
            "INTEGER",
            "the evidence of number and name (identity_pattern); NULL: linked otherwise",
            chinese="号码与姓名的比对样式编号，见 mart.identity_pattern；空为其他方式关联",
        ),
    ),
    key=("extract", "row_number", "role"),
    names_persons=True,
    chinese="身份关联：每个接收的行关联到的人（婚姻登记行为两人）",
)
IDENTITY_PATTERN = PublishedTable(
    "identity_pattern",
    "a way in which number and name, a published id or a clerk linked rows to persons",
    (
        PublishedColumn(
            "pattern",
            "INTEGER",
            "as in identity_link",
            required=True,
            chinese="比对样式编号，与 mart.identity_link 一致",
        ),
        PublishedColumn(
            "label", "VARCHAR", "what linked the row, in Chinese", required=True, chinese="关联依据"
        ),
        *_BITS,
        PublishedColumn(
            "comparison",
            _COMPARISON,
            "the comparison, field by field",
            required=True,
            chinese="逐项比对结果",
        ),
    ),
    key=("pattern",),
    chinese="号码与姓名的比对样式",
)
IDENTITY_QUALITY = PublishedTable(
    "identity_quality",
    "how well rows are linked, as far as it can be measured without the truth: measure × extract × grade",
    (
        PublishedColumn("measure", "VARCHAR", "what is measured", required=True, chinese="统计项"),
        PublishedColumn(
            "extract",
            "VARCHAR",
            "the extract; empty: all",
            required=True,
            chinese="数据表；空字符串为全部",
        ),
        PublishedColumn(
            "grade",
            "VARCHAR",
            "the grade; empty: all; or automatic",
            required=True,
            chinese="把握程度；空字符串为全部，automatic 为自动关联",
        ),
        PublishedColumn("value", "DOUBLE", "count, or share", required=True, chinese="行数，或占比"),
    ),
    key=("measure", "extract", "grade"),
    chinese="关联质量的统计",
)
IDENTITY_WEIGHT = PublishedTable(
    "identity_weight",
    "a comparison level with the match weight in force",
    (
        PublishedColumn("field", "VARCHAR", "the compared field", required=True, chinese="比对项"),
        PublishedColumn(
            "level", "VARCHAR", "how far the two sides agree", required=True, chinese="一致程度代码"
        ),
        PublishedColumn("label", "VARCHAR", "the level in Chinese", required=True, chinese="一致程度"),
        PublishedColumn("weight", "DOUBLE", "log2(m/u), in bits", required=True, chinese="现用权重（比特）"),
        PublishedColumn(
            "shipped_weight",
            "DOUBLE",
            "the weight before a region learns",
            required=True,
            chinese="学习本地数据之前的初始权重（比特）",
        ),
        PublishedColumn(
            "seen",
            "DOUBLE",
            "rows of one person at the level when it was learned",
            chinese="学习时同一人的行中属于该一致程度的行数",
        ),
    ),
    key=("field", "level"),
    chinese="各比对项各一致程度的权重",
)
IDENTITY_EVIDENCE = PublishedTable(
    "identity_evidence",
    "an accepted row linked, or proposed, by all its evidence",
    (
        columns.EXTRACT,
        PublishedColumn(
            "row_number", "BIGINT", "row in the extract", required=True, chinese="数据表中的行号"
        ),
        PublishedColumn(
            "role",
            "VARCHAR",
            "empty, or the side of a marriage row",
            required=True,
            chinese="婚姻登记行中的一方：husband 夫，wife 妻；其他数据表为空",
        ),
        replace(
            columns.PERSON_ID,
            meaning="the person; under review, the person proposed",
            chinese="人员编号；待核对的为拟关联的人",
        ),
        *_BITS,
        PublishedColumn(
            "probability",
            "DOUBLE",
            "that it is this person, against all others and nobody",
            chinese="属于此人的概率，0 至 1",
        ),
        PublishedColumn(
            "comparison",
            _COMPARISON,
            "the comparison, field by field",
            required=True,
            chinese="逐项比对结果",
        ),
    ),
    key=("extract", "row_number", "role"),
    names_persons=True,
    chinese="按全部依据关联的行及其比对结果",
)
IDENTITY_REVIEW = PublishedTable(
    "identity_review",
    "a pair of source records that a clerk should decide",
    (
        PublishedColumn(
            "pair_id",
            "VARCHAR",
            "the pair's id, by which the clerk's word comes back",
            required=True,
            chinese="待核对的一对记录的编号，核对结果按此编号交回",
        ),
        *_SIDES,
        PublishedColumn(
            "left_person_id",
            "VARCHAR",
            "the left record's own person, if it has one",
            chinese="左边记录已有的人员编号；空为没有",
        ),
        PublishedColumn("proposed_person_id", "VARCHAR", "the person proposed", chinese="拟关联的人员编号"),
        PublishedColumn(
            "score",
            "DOUBLE",
            "probability that they are one person, 0 to 1",
            chinese="属于同一人的概率，0 至 1",
        ),
        PublishedColumn("comparison", _COMPARISON, "the comparison, field by field", chinese="逐项比对结果"),
        PublishedColumn(
            "subject",
            "VARCHAR",
            "what a clerk's decision names",
            required=True,
            chinese="核对结果所指的记录",
        ),
        PublishedColumn(
            "other_subject",
            "VARCHAR",
            "of a pair of register rows: the other one",
            chinese="两条户籍登记行相核对时的另一条记录",
        ),
    ),
    key=("pair_id",),
    chinese="待人工核对的成对记录",
)
IDENTITY_REVIEW_RECORD = PublishedTable(
    "identity_review_record",
    "a record of a pair that a clerk should decide: what it says of the person, as delivered",
    (
        PublishedColumn("pair_id", "VARCHAR", "the pair", required=True, chinese="待核对的一对记录的编号"),
        PublishedColumn(
            "side",
            "VARCHAR",
            "which of the two records",
            required=True,
            values=("left", "right"),
            chinese="哪一边：left 待归集的记录，right 户籍登记的记录",
        ),
        columns.EXTRACT,
        columns.ROW_NUMBER,
        columns.ROLE,
        PublishedColumn("name", "VARCHAR", "the name in the row", chinese="该行的姓名"),
        PublishedColumn("id_number", "VARCHAR", "the identity number in the row", chinese="该行的身份证号"),
        PublishedColumn("birth_date", "DATE", "the birth date in the row", chinese="该行的出生日期"),
        PublishedColumn(
            "sex",
            "VARCHAR",
            "the sex in the row",
            values=Sex.codes(),
            chinese="该行的性别：" + words(*Sex),
        ),
        PublishedColumn(
            "address",
            "VARCHAR",
            "the address, as addresses are compared",
            chinese="该行的地址（按比对口径整理）",
        ),
        PublishedColumn("phone", "VARCHAR", "the phone number in the row", chinese="该行的电话"),
        PublishedColumn("household_no", "VARCHAR", "the household number in the row", chinese="该行的户号"),
        PublishedColumn("area_code", "VARCHAR", "the area code in the row", chinese="该行的区划代码"),
    ),
    key=("pair_id", "side"),
    chinese="待人工核对的成对记录：每行一条记录的内容",
)
IDENTITY_POSSIBLE = PublishedTable(
    "identity_possible",
    "a person × source row that is in quarantine, or linked to nobody, or not clearly, and could be the "
    "person's: nothing is stopped because a row is missing that may be this one",
    (
        columns.PERSON_ID,
        columns.EXTRACT,
        columns.ROW_NUMBER,
        columns.ROLE,
        PublishedColumn(
            "reason", "VARCHAR", "what points at the person", required=True, chinese="可能属于此人的理由"
        ),
    ),
    names_persons=True,
    chinese="可能属于某人而未能关联的行：因此不停发",
)
