"""Every sentence about a mistake in a policy file, in Chinese and in English (``outreach.errors.Text``)."""

from __future__ import annotations

from outreach.errors import Text

# where
AT_LINE = Text("{file} 第{line}行", "{file}, line {line}")
AT_KEY = Text("{place} {key}：{message}", "{place}, {key}: {message}")
AT = Text("{place}：{message}", "{place}: {message}")
COMMA = Text("、", ", ")
OR = Text("或", " or ")
QUOTED = Text("“{text}”", "“{text}”")
NONE = Text("无", "none")

# full-width characters
FULL_WIDTH = Text("此处用了{found}，请改用半角{meant}", "here is {found}; write the half-width {meant}")
FULL_WIDTH_PUNCTUATION = Text("全角标点“{found}”", "full-width punctuation “{found}”")
FULL_WIDTH_DIGITS = Text("全角数字“{found}”", "full-width digits “{found}”")
FULL_WIDTH_LETTERS = Text("全角字母“{found}”", "full-width letters “{found}”")
FULL_WIDTH_SPACE = Text("全角空格或看不见的空格“{found}”", "a full-width or invisible space “{found}”")
SIGNS = Text("符号“{found}”", "the sign “{found}”")

# the file as YAML
NO_FOLDER = Text(
    "{path}：没有这个政策目录；请用 --policies 指明正确的目录", "{path}: no such folder of policies"
)
UNREADABLE = Text(
    "{file}：无法读取（{reason}），请检查文件是否存在、有无读取权限", "{file}: cannot be read: {reason}"
)
NOT_UTF8 = Text(
    "{file} 第{line}行：不是 UTF-8 编码的文字（可能存成了 GBK），请另存为 UTF-8",
    "{file}, line {line}: not UTF-8 text; save it as UTF-8",
)
NOT_YAML = Text("{place}：无法按 YAML 读取：{problem}", "{place}: not readable as YAML: {problem}")
YAML_INDENT = Text(
    "此处不应再出现“键: 值”，请检查本行与上一行的缩进，以及上一行的冒号和引号",
    "no `key: value` can be here; look at the indentation of this line, and at the line before",
)
YAML_COLON = Text("上一行缺少半角冒号加空格（键: 值）", "a `: ` is missing in the line before (`key: value`)")
YAML_TAB = Text(
    "缩进请用空格，不能用制表符，也不能以 @ 或 ` 开头",
    "no tab, @ or ` can begin anything here; indent with spaces",
)
YAML_END = Text("引号或括号没有成对", "a quote or a bracket is not closed")
YAML_EXPECTED = Text(
    "缩进不齐，或括号、逗号、引号不成对", "indentation is uneven, or a bracket, comma or quote is missing"
)
YAML_DATE = Text("`{value}` 不是有效的日期，应如 2027-01-01", "`{value}` is not a date, such as 2027-01-01")
YAML_OTHER = Text(
    "请检查缩进、冒号后的空格、引号和括号", "look at indentation, the space after colons, quotes and brackets"
)
TWICE = Text("`{name}` 出现了两次，请删去一处", "`{name}` is there twice")
NOT_A_MAPPING = Text("文件是空的，或不是“键: 值”的形式", "the file is empty, or no mapping of keys to values")

# what a key may hold
MISSING_KEY = Text("缺少这个键，请补上", "this key is needed")
AMOUNT_MEANT = Text("此处应为金额，如 60 或 60.50", "an amount is meant here, such as 60 or 60.50")
LIST_MEANT = Text("此处应为列表：每行以 `- ` 开头", "a list is meant here: lines that begin with `- `")
LIST_EMPTY = Text("此处至少要有一项", "at least one member is needed here")
TRUE_FALSE_OR = Text("此处应为 true、false 或 {words} 之一", "true, false or one of {words} is meant here")
NOTHING_AFTER = Text(
    "`{name}` 后面没有内容，请填写，或删去这一行",
    "nothing is after `{name}`: fill it in, or take the line out",
)
KIND_ONE = Text(
    "`{kind}` 应为一种服务类型；几种的写成列表：[物质帮助, 照护服务]，用半角逗号",
    "`{kind}` is to be one kind; several are a list: [物质帮助, 照护服务]",
)
KEYS_MEANT = Text(
    "此处应为若干键和值，每行一个：`键: 值`", "keys with values are meant here, one a line: `key: value`"
)
DATE_MEANT = Text("此处应为日期，如 2027-01-01", "a date is meant here, such as 2027-01-01")
BOOL_MEANT = Text("此处应为 true 或 false", "true or false is meant here")
INTEGER_MEANT = Text("此处应为整数，如 80", "a whole number is meant here, such as 80")
TEXT_MEANT = Text(
    "此处应为文字；以数字或特殊符号书写的请加引号",
    "text is meant here; put it in quotes where it looks like a number",
)
TEXT_EMPTY = Text("此处不能为空", "this must not be empty")
ID_MEANT = Text(
    "此处应为标识：小写英文字母开头，只含小写字母、数字、下划线",
    "an id is meant here: lower-case letters, digits and underscores, a letter first",
)
CODE_MEANT = Text(
    '此处应为6位行政区划代码，加引号，如 "411024"',
    'a code of 6 digits is meant here, in quotes, such as "411024"',
)
ONE_OF = Text("此处应为 {values} 之一", "one of {values} is meant here")
AT_LEAST = Text("此处不能小于 {least}", "this must not be less than {least}")
NOT_USABLE = Text("此处的值不能用：{reason}", "this value cannot be used: {reason}")
UNKNOWN_KEY = Text("没有这个键{hint}", "this key is not known here{hint}")
KEY_ELSEWHERE = Text("此处没有这个键：它属于 {parts}", "this key is not known here: it belongs to a {parts}")
DID_YOU_MEAN = Text("；是否应为 {names}？", "; did you mean {names}?")
IT_HAS = Text("；现有 {names}", "; it has {names}")

# rules of the file itself
SHARE_MEANT = Text("比例应为数字或分数，如 1/3", "a share is a number or a fraction such as 1/3")
NOT_A_SHARE = Text(
    "{value!r} 不是数字，也不是 1/3 这样的分数", "{value!r} is not a number or a fraction such as 1/3"
)
SAME_DAY = Text("有两个值从同一天起", "two values begin on the same day")
BAND_TURNED = Text("年龄段的止小于起", "a band ends before it begins")
ONE_KIND = Text(
    "金额只能是 parameter、bands、cases、sum、greatest 中的一种",
    "an amount is exactly one of parameter, bands, cases, sum, greatest",
)
PART_OF_PARAMETER = Text("times 和 at_most 只能与 parameter 同用", "times and at_most go with parameter")
CASE_WITHOUT_WHEN = Text("cases 的每一项都要写 when", "every case needs `when`")
CONDITION_TWICE = Text(
    "条件名重复：{names}（alive、registered、insured_here、resident_here 是自带的，不必写）",
    "condition named twice: {names} (alive, registered, insured_here, resident_here are implied)",
)
ONE_FORM = Text("条件只能写 sql、any、none_of 中的一种", "a condition is exactly one of sql, any, none_of")
DUE_FORM = Text("due_when 写 sql 或 any 中的一个", "due_when has exactly one of sql, any")
DUE_SWITCH = Text(
    "due_when 的 any 不能带 switch：是否到期不由开关决定", "an alternative of due_when has no switch"
)
WHEN_OR_BESIDE = Text("提示写 when 或 beside 中的一个", "a notice has exactly one of when, beside")
FLOOR_OR_CEILING = Text("金额不能既不低于又不超过", "an amount is not both a floor and a ceiling")
ONE_BOUND = Text(
    "目标只能是 at_least 或 more_than 中的一个", "a target is exactly one of at_least, more_than"
)
SHARE_PARTS = Text("denominator 和 numerator 要同时写", "denominator and numerator go together")
COMPUTED_OR_MISSING = Text(
    "指标要么可计算（写 denominator、numerator），要么用 missing 说明缺什么数据",
    "an indicator is computed (denominator, numerator) or says what is `missing`",
)
COMPUTED_ONLY = Text(
    "programmes、each、willing 只用于可计算的指标", "programmes, each and willing go with what is computed"
)
EACH_OF_PROGRAMMES = Text("each 要与 programmes 同用", "each goes with programmes")
COMPUTED_UNIT = Text(
    "可计算的指标是比例，unit 应为 {unit}", "what is computed is a share: its unit is {unit}"
)
SHARE_ABOVE_ONE = Text("比例不能大于 1；60% 写作 0.6", "a share is never above 1; write 0.6 for 60 %")

# a policy as a whole
SAME_BEGINNING = Text(
    "同一地区的 {file} 也从这一天起生效，请改其中一个的 in_force_from",
    "{file} of the same region begins on the same day",
)
NO_POLICY = Text(
    "没有地区 `{region}` 的政策文件；现有地区：{known}",
    "no policy for region `{region}`; known regions: {known}",
)
NOT_IN_FORCE = Text(
    "地区 `{region}` 在 {day} 没有生效的政策；最早的一份自 {first} 起",
    "region `{region}`: no policy in force on {day}; the first begins on {first}",
)
CHANGE_FORM = Text(
    "改动 `{change}` 无法识别：应写作 <参数>=<金额> 或 <开关>=on|off；{region} 有 {known}",
    "change `{change}`: write <parameter>=<figure> or <switch>=on|off; {region} has {known}",
)
NOT_A_SWITCH_HERE = Text(
    "`{name}` 不在本文件的 switches 中，请先在那里写明", "`{name}` is not among the switches of this file"
)
NOT_A_PROGRAMME = Text("`{name}` 不是本文件的项目{hint}", "`{name}` is not a programme of this file{hint}")
CLASS_TWICE = Text("轮候类别 {names} 写了两次", "classes of the queue named twice: {names}")
OTHERS_LAST = Text(
    "只有最后一类可以不写 `sql`（其余的人都归入这一类）",
    "only the last class may have no `sql`: all others belong to it",
)
RECEIVED_BY_FACT = Text(
    "`{name}` 是否享受由事实判定，不看待遇发放名册，不能列在这里",
    "who receives `{name}` is decided by a fact and not by the benefit roll",
)
NO_AMOUNT = Text("`{name}` 没有金额，谈不上足额发放", "`{name}` has no amount: nobody can be paid it in full")
NOT_A_PARAMETER_HERE = Text(
    "`{name}` 不在本文件的 parameters 中，请先在那里写明{hint}",
    "`{name}` is not among the parameters of this file: write it there{hint}",
)
NOT_MONTHLY = Text(
    "`{name}` 的单位是 {unit}；金额的单位应为 {monthly}", "`{name}` is in {unit}; an amount is in {monthly}"
)
BANDS_OVERLAP = Text("年龄段在 {age} 岁处重叠", "bands overlap at age {age}")
BANDS_HOLE = Text("年龄段缺了 {first} 至 {last} 岁", "bands leave a hole at ages {first} to {last}")
NOT_A_PARAMETER_OF = Text(
    "`{name}` 不是 {region} 的参数{hint}", "`{name}` is not a parameter of {region}{hint}"
)
NOT_A_SWITCH_OF = Text("`{name}` 不是 {region} 的开关{hint}", "`{name}` is not a switch of {region}{hint}")

NOT_A_LIST_HERE = Text(
    "`{name}` 不在本文件的 lists 中，请先在那里写明{hint}",
    "`{name}` is not among the lists of this file: write it there{hint}",
)
NOT_A_LIST_OF = Text("`{name}` 不是 {region} 的名单{hint}", "`{name}` is not a list of {region}{hint}")
SET_ALREADY = Text(
    "`{name}` 在参数文件中已经设定，不改写；要改请直接编辑参数文件",
    "`{name}` is set in the parameters file already and is not overwritten; edit the file to change it",
)
WRITE_BY_HAND = Text(
    "参数文件中 `{name}` 的写法不便自动添加（如写在一行花括号里），请手工添加",
    "`{name}` is written in the parameters file in a way that nothing can be put into; add it by hand",
)
NOT_IN_UNIT = Text("`{name}` 的单位应为 {unit}", "`{name}` is to be in {unit}")
SUPPLEMENT_CLASH = Text(
    "`{name}` 在 {region} 的政策文件中已有，补充政策不能再用这个名称",
    "`{name}` is in the policy of {region} already; a supplement needs another name",
)
NO_SUCH_PLACEHOLDER = Text(
    "提示中的 {found} 无法代入；可用的只有 {known}", "{found} cannot be put in; there is only {known}"
)
NOT_A_WORK = Text(
    "`{name}` 不在 terms.yaml 的 works 中{hint}", "`{name}` is not among the works of terms.yaml{hint}"
)
SAME_WORK_TWICE = Text(
    "同一个人可能既享受 `{name}` 又享受 `{other}`，二者是同一项工作（{work}）；"
    "请使条件互斥、列入 groups，或在 together 中写明为何可以并享",
    "a person can have both `{name}` and `{other}`, which are one work ({work}): make the conditions exclude "
    "each other, put them into a group, or say under `together` why both are given",
)
TOGETHER_NEEDLESS = Text(
    "together 写明 {work} 可以并享，但没有人能同时享受", "together names {work}, but nobody can have it twice"
)

# conditions
NUMBER, TEXT, BOOLEAN, DATE, NULL = (
    Text("数字", "number"), Text("文字", "text"), Text("是非值", "boolean"), Text("日期", "date"),
    Text("空值", "null"),
)  # fmt: skip
NO_CONDITION = Text(
    "`{sql}` 是{kind}，条件必须是能判定真假的", "`{sql}` is a {kind}, a condition must be true or false"
)
UNREADABLE_CONDITION = Text(
    "`{sql}` 无法作为条件读懂，问题在 `{near}` 附近；条件应如 age >= 80 AND hard_up",
    "`{sql}` cannot be read as a condition, near `{near}`",
)
NO_TABLE = Text("`{sql}`：事实直接写名称，前面不加表名", "`{sql}`: facts are named alone, without a table")
UNKNOWN_NAME = Text("`{name}` 既不是事实，也不是术语{hint}", "`{name}` is neither a fact nor a term{hint}")
IS_A_LIST = Text("`{name}` 是列表，请用由它得出的事实", "`{name}` is a list; use the facts derived from it")
IN_A_LIST = Text("`{sql}`：IN 后面应为括号中的若干值", "`{sql}`: IN takes a list of values")
CASE_FORM = Text("CASE 应写作 CASE WHEN … THEN … END", "CASE is written CASE WHEN … THEN … END")
NOT_ALLOWED = Text(
    "`{sql}` 不能用在条件里；可用的有 AND、OR、NOT、比较、IN、BETWEEN、IS、coalesce、nullif 和 CASE WHEN",
    "`{sql}` is not allowed in a condition; allowed are AND, OR, NOT, comparisons, IN, BETWEEN, IS, "
    "coalesce, nullif and CASE WHEN",
)
BOOLEAN_NEEDED = Text(
    "`{sql}` 是{kind}，此处需要能判定真假的", "`{sql}` is a {kind}; here something true or false is needed"
)
TYPES_DIFFER = Text(
    "`{left}` 和 `{right}` 类型不同，不能比较", "`{left}` and `{right}` are of different types"
)
NEVER_IS = Text(
    "`{name}` 不会是 '{value}'；它的值有 {values}", "`{name}` is never '{value}'; its values are {values}"
)

# proofs
NO_CONDITIONS = Text(
    "没有写任何条件（conditions）：所有人都会符合，请写明给谁", "no conditions: everybody would fulfil them"
)
NOBODY_FULFILS = Text("各条件互相矛盾，没有人能同时符合", "nobody can fulfil all conditions at once")
NEVER_TRUE = Text("条件 `{name}` 永远不成立", "condition `{name}` can never be true")
NEVER_FALSE = Text("条件 `{name}` 永远成立", "condition `{name}` can never be false")
FOLLOWS = Text(
    "条件 `{name}` 可由其他条件推出：它不排除任何人",
    "condition `{name}` follows from the others: it cuts nobody",
)
AMOUNT_HOLE = Text(
    "金额的 {kind} 有遗漏：符合条件的人可能没有金额",
    "{kind} of the amount leave a hole: an eligible person has none",
)
AMOUNT_OVERLAP = Text(
    "金额的 {kind} 有重叠：同一人可能有两个金额", "{kind} of the amount overlap: a person has two"
)
PARAMETER_UNUSED = Text(
    "参数 `{name}` 没有任何生效项目使用", "parameter `{name}` is used by no programme in force"
)
PARAMETER_NOT_BEGUN = Text(
    "参数 `{name}` 在 {day} 还没有值；最早的自 {first} 起",
    "parameter `{name}` has no value yet on {day}; the first begins on {first}",
)
PARAMETER_UNSET = Text(
    "参数 `{name}`（{label}）待地方核定",
    "parameter `{name}` ({label}) is to be set by the locality (待地方核定)",
)
BELOW_FLOOR = Text(
    "参数 `{name}` 在 {day} 为 {value}，低于文件规定的下限 {least}（不低于）",
    "parameter `{name}` is {value} on {day}, below the {least} that the document gives as the least (不低于)",
)
ABOVE_CEILING = Text(
    "参数 `{name}` 在 {day} 为 {value}，高于文件规定的上限 {most}（不超过）",
    "parameter `{name}` is {value} on {day}, above the {most} that the document gives as the most (不超过)",
)
SWITCH_WIDENS_NOBODY = Text(
    "开关 `{name}` 打开后不会增加任何人", "switch `{name}` entitles nobody who is not entitled without it"
)
QUEUE_HOLE = Text(
    "轮候的各类有遗漏：符合 `{name}` 的人不属于任何一类",
    "the queue's classes leave a hole: somebody eligible for `{name}` belongs to none",
)
QUEUE_EMPTY_CLASS = Text(
    "轮候类别 `{name}` 没有人：符合条件的人都已归入前面的类",
    "nobody belongs to the queue's class `{name}`: the classes before it hold everybody eligible",
)
EMPTY_DENOMINATOR = Text("没有人能计入分母", "nobody can be in the denominator")
ALWAYS_0 = Text(
    "分母中没有人能计入分子：结果总是 0",
    "nobody of the denominator can be in the numerator: it would always be 0",
)
ALWAYS_1 = Text(
    "分母中所有人都计入分子：结果总是 1",
    "nobody of the denominator can be outside the numerator: it would always be 1",
)
STAYS_UNKNOWN = Text(
    "数据全部到齐时，是否计入分子仍可能无法判定：请写明这种情况怎么算（`ever_visited AND …`、coalesce）",
    "with all data delivered, whether somebody is in the numerator can stay unknown: "
    "say what then holds (`ever_visited AND …`, coalesce)",
)
NO_LIST = Text(
    "引用了{item}，但文件没有附清单（document.list）", "cites {item}, but the document has no attached list"
)
NOT_IN_DOCUMENT = Text("政策原文中没有这些字句：{words}", "these words are not in the document: {words}")
