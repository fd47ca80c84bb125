"""Every word that is a code in our tables: its Chinese and English name and its meaning, defined once.

A list of words is a class below: its members are texts, equal to their codes (``Action.ADD == "add"``), with
``chinese`` in a bureau's words, ``english`` and ``meaning``. The order is that in which people see them.
Tables, lists, messages and pages read the names from here, SQL models from the table ``run.word``, which
holds them all. ``python -m contracts.generate`` writes ``docs/vocabulary.md``. The codes of the
departments are those of ``contracts.extracts.codes``, the names of facts those of ``contracts.facts``.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A code with its names; the base of every list of words."""

    chinese: str
    english: str
    meaning: str

    def __new__(cls, code: str, chinese: str = "", english: str = "", meaning: str = "") -> Self:
        """A member that is equal to its code; ``Action(code)`` finds the one of a code."""
        word = str.__new__(cls, code)
        word._value_ = code
        word.chinese = chinese
        word.english = english
        word.meaning = meaning
        return word

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        """All codes of the list, in order."""
        return tuple(word.value for word in cls)

    @classmethod
    def list_name(cls) -> str:
        """What the list is called in ``run.word``: the class's name with underscores."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def names(cls) -> dict[str, str]:
        """Chinese names by code, in order."""
        return {word.value: word.chinese for word in cls}


class Action(Word):
    """What is to be done about a person and a programme (``mart.candidate``)."""

    ADD = "add", "新增", "add", "eligible and not receiving: to be granted"
    ADJUST = "adjust", "调整", "adjust", "another amount is paid than is due"
    STOP = "stop", "停发", "stop", "paid, and no longer eligible"
    VERIFY = "verify", "核实", "verify", "to be looked into before anything else is done"
    RECHECK = "recheck", "复核", "recheck", "received or paused, and the ground is to be looked at again"
    DUE = "due", "应服务", "due", "a recurring service whose time has come"
    INFORM = "inform", "告知", "inform", "newly entitled by age alone: to be informed"
    UPCOMING = "upcoming", "即将符合", "upcoming", "reaches the threshold within 60 days"
    KEEP = "keep", "继续享受", "keep", "receives what is due: nothing to do"
    DECLINED = "declined", "本人放弃", "declined", "refused within the last year: nothing to do"

    @property
    def is_work(self) -> bool:
        """Whether an officer has something to do."""
        return self not in (Action.KEEP, Action.DECLINED)

    @property
    def results(self) -> tuple[ContactResult, ...]:
        """The results that a list offers for such a line; others that fit it are taken, too."""
        own: tuple[ContactResult, ...]
        match self:
            case Action.ADD | Action.ADJUST | Action.INFORM | Action.UPCOMING | Action.DECLINED:
                own = WISHES
            case Action.DUE:
                own = (ContactResult.SERVED, ContactResult.REFUSED)
            case Action.KEEP:
                own = ()
            case _:
                own = (ContactResult.CONFIRMED,)
        always = (
            ContactResult.NOT_REACHED,
            ContactResult.WRONG_DATA,
            ContactResult.DIED,
            ContactResult.MOVED,
        )
        return (*own, *always)


class RecheckCause(Word):
    """Why something that is received, or paused, is to be looked at again (``mart.candidate``)."""

    SUSPENDED = "suspended", "已暂停", "suspended", "paused for a cause that is in no extract"
    EXPIRING = (
        "expiring",
        "依据即将到期",
        "expiring",
        "a roll, certificate or assessment that it rests on ends within 60 days",
    )
    NO_SIGN_OF_LIFE = (
        "no sign of life",
        "久未见到本人",
        "no sign of life",
        "nobody has met the person for longer than the locality lets pass",
    )


class Mode(Word):
    """How a programme is given."""

    AUTO = "auto", "免申即享", "without application", "granted as soon as the conditions are known to hold"
    CONFIRM = "confirm", "征得同意后办理", "with consent", "offered, and granted where the person agrees"
    DUE = "due", "定期服务", "recurring service", "done again whenever its time has come"
    UNIVERSAL = (
        "universal",
        "按年龄普惠",
        "by age alone",
        "everybody has it from an age on",
    )
    OCCASION = "occasion", "遇事可享", "when needed", "there for who needs it; nobody's errand, on no list"


class Decision(Word):
    """What follows for a person and a programme from the facts (``mart.decision``)."""

    ELIGIBLE = "eligible", "符合", "eligible", "every condition is true"
    INELIGIBLE = (
        "ineligible",
        "不符合",
        "ineligible",
        "a condition is false, or it gives way",
    )
    UNKNOWN = "unknown", "无法判定", "unknown", "no condition is false, and one is not known"


class Truth(Word):
    """The value of a condition or of a fact that is either so or not."""

    TRUE = "true", "是", "yes"
    FALSE = "false", "否", "no"
    UNKNOWN = "unknown", "未知", "unknown", "not known from the data; never the same as no"

    @classmethod
    def of(cls, value: bool | None) -> Truth:
        """The word for a value; None is unknown."""
        return cls.UNKNOWN if value is None else cls.TRUE if value else cls.FALSE


class Grade(Word):
    """How sure it is that a row is about a person."""

    EXACT = "exact", "确定", "exact", "number and name agree, or a clerk has decided"
    STRONG = "strong", "可靠", "strong", "far likelier this person than any other or nobody"
    REVIEW = "review", "待人工核对", "under review", "a clerk has to decide; nothing is paid or stopped by it"
    NEW = "new", "本地未登记", "new", "a person who is in no row of the register"


class StopEvidence(Word):
    """On what a stop rests."""

    ABSENCE = (
        "absence",
        "仅因名册中未找到",
        "absence",
        "delivered extracts do not name the person",
    )
    ONE_SOURCE = "one source", "一个来源", "one source", "reported by one extract"
    TWO_SOURCES = "two sources", "两个独立来源", "two sources", "reported by two independent extracts"

    @property
    def is_proof(self) -> bool:
        """Whether nothing has to be verified before the stop."""
        return self is StopEvidence.TWO_SOURCES


class Cause(Word):
    """Why a list line is not as it was; of several the first is the main one."""

    IDENTITY = "identity", "身份更正", "identity", "who a row is about was corrected"
    POLICY = "policy", "政策变化", "policy", "the policy in force is another one"
    DELIVERY = "delivery", "数据到缺", "delivery", "an extract came, or stayed away"
    BIRTHDAY = "birthday", "年龄", "birthday", "an age was reached"
    TIME = "time", "期限", "time", "a validity or a window ran out"
    DATA = "data", "数据变化", "data", "a department or the outreach team reports something else"
    OTHER = "other", "未能辨明", "other", "not to be seen from the data"


class Change(Word):
    """What became of a list line since the published night before."""

    APPEARED = "appeared", "新出现", "appeared", "was on no list"
    ALTERED = "altered", "变更", "altered", "has another action, amount or effective day"
    LEFT = "left", "撤出", "left", "is on no list any more"


class Loss(Word):
    """What many people must not lose in one night without an operator's approval."""

    STOP = "stop", "停发", "stop", "people who are to be paid no longer"
    CUT = "cut", "调低", "cut", "people who are to be paid less"


class ReleaseStatus(Word):
    """What became of a release."""

    PUBLISHED = "published", "已发布", "published", "the one that readers see for its date"
    HELD = (
        "held",
        "暂缓发布待审批",
        "held",
        "unusually many stops or cuts: waits for approval",
    )
    SUPERSEDED = "superseded", "已被取代", "superseded", "another release of its date was published after it"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn", "taken back by an operator"
    ABANDONED = "abandoned", "中断", "abandoned", "its run ended before it was complete"


class DeliveryStatus(Word):
    """What became of a department's file."""

    ACCEPTED = "accepted", "全部接收", "accepted"
    ACCEPTED_WITH_QUARANTINE = (
        "accepted_with_quarantine",
        "接收，部分行隔离",
        "accepted, some rows quarantined",
        "rows that cannot be used are left out, each with its reason",
    )
    REFUSED = "refused", "拒收", "refused", "no row of it is used; what rests on it is unknown"
    ABSENT = "absent", "未送达", "absent", "no file came; what rests on it is unknown"


class ContactResult(Word):
    """What came of a contact; the code is the Chinese word, as officers write it."""

    AGREED = "同意", "同意", "agreed", "wants the programme"
    REFUSED = "不同意", "不同意", "refused", "does not want it: not offered again for a year"
    NOT_REACHED = "未联系上", "未联系上", "not reached", "nobody was met"
    WRONG_DATA = "信息有误", "信息有误", "wrong data", "something on the line is not right"
    CONFIRMED = "属实", "属实", "confirmed", "what was to be verified is so"
    SERVED = "已服务", "已服务", "served", "the service was given"
    DIED = "已去世", "已去世", "died", "reported dead: to be verified"
    MOVED = "已迁出", "已迁出", "moved away", "reported as living elsewhere: to be verified"

    def fits(self, action: str) -> bool:
        """Whether it can be the result of a line with that action. A refusal, a report and a vain try always
        can."""
        if self is ContactResult.CONFIRMED:
            return action in ("verify", "recheck", "stop")
        if self is ContactResult.SERVED:
            return action == "due"
        return self is not ContactResult.AGREED or action != "stop"


WISHES = (ContactResult.AGREED, ContactResult.REFUSED)
"""Results by which a person wants or declines a programme (``facts.wish``)."""


class QuestionStatus(Word):
    """What has become of a question to a department (``mart.question``)."""

    OPEN = "open", "待答复", "open", "sent, and not answered"
    ANSWERED = "answered", "已答复", "answered", "the department has answered; its data are unchanged"
    SETTLED = "settled", "已解决", "settled", "the department's data do not raise it any more"
    WITHDRAWN = (
        "withdrawn",
        "已撤回",
        "withdrawn",
        "what raised it fell away elsewhere; the row is as it was",
    )


class QuestionAnswer(Word):
    """What a department answers; the code is the Chinese word. Its own words are taken as an answer, too."""

    RIGHT = "记录无误", "记录无误", "the record is right", "ends a report that the person died or moved away"
    CORRECTED = "已更正", "已更正", "corrected", "sent again where later data are unchanged"
    DEAD = (
        "确认死亡",
        "确认死亡",
        "death confirmed",
        "makes nobody dead: only the register or a death record does",
    )
    MOVED = "确认迁出", "确认迁出", "removal confirmed", "removes nobody: only the register does"
    CHECKING = "正在核实", "正在核实", "being looked into", "no answer yet: the question stays open"


class ListPart(Word):
    """A part of a walking list, in the order in which they follow one another."""

    WALK = "walk", "入户走访", "walk", "doors to be walked to"
    AGREED = (
        "agreed",
        "已同意待办理",
        "agreed",
        "the person has agreed: no further visit, only to be carried out",
    )
    ELSEWHERE = "elsewhere", "现居本地区以外", "elsewhere", "the address is outside the region"
    DEATH = (
        "death",
        "核对事项（不上门询问）",
        "death",
        "about the dead: to be checked in the records, without a visit",
    )


class ListKind(Word):
    """What a file of the lists is."""

    PROGRAMME = "programme", "项目名单", "list of a programme and an action"
    BY_HOUSEHOLD = "by_household", "入户走访单", "walking list"
    LEDGER = "ledger", "帮扶台账", "ledger"
    WAITING = "waiting", "轮候名单", "waiting list"
    CHANGES = "changes", "名单变化", "changes"
    CORRECTIONS = "corrections", "核对清单", "corrections for a department"
    PACKED = "packed", "打包文件", "packed", "all files of a town in one"


class Role(Word):
    """Whom of two a row of a marriage is about."""

    HUSBAND = "husband", "男方", "husband"
    WIFE = "wife", "女方", "wife"


class Measure(Word):
    """What is counted or summed by area and programme (``mart.statistic``)."""

    ELIGIBLE = "eligible", "符合人数", "eligible", "persons for whom every condition is true"
    RECEIVING = "receiving", "享受人数", "receiving", "persons on the benefit roll"
    TO_ADD = "to_add", "待新增", "to be added", "list lines"
    TO_ADJUST = "to_adjust", "待调整", "to be adjusted", "list lines"
    TO_STOP = "to_stop", "待停发", "to be stopped", "list lines"
    TO_VERIFY = "to_verify", "待核实", "to be verified", "list lines"
    TO_RECHECK = "to_recheck", "待复核", "to be rechecked", "list lines"
    DUE = "due", "待服务", "due", "list lines"
    COVERAGE = "coverage", "覆盖率", "coverage", "of the eligible, the share who receive it"
    MONTHLY_AMOUNT = "monthly_amount", "月应发金额", "monthly amount", "CNY a month due to the eligible"
    AGREED = "agreed", "本人同意", "agreed", "persons whose last answer within a year it is"
    REFUSED = "refused", "本人不同意", "refused", "persons whose last answer within a year it is"
    WAITING = "waiting", "轮候中", "waiting", "persons who wait for a place"


class AreaLevel(Word):
    """What an area is (``mart.area``)."""

    REGION = "region", "全区", "region"
    DISTRICT = "district", "区县", "district"
    TOWN = "town", "乡镇街道", "town"
    COMMUNITY = "community", "村（社区）", "community"


class Sex(Word):
    """Sex as our tables hold it."""

    MALE = "M", "男", "male"
    FEMALE = "F", "女", "female"


class Hardship(Word):
    """A low-income roll by our name for it; departments have numbers (``HARDSHIP_ROLLS``)."""

    MINIMUM_LIVING = "minimum_living", "最低生活保障", "minimum living allowance"
    DESTITUTE_DISPERSED = "destitute_dispersed", "特困分散供养", "destitute, supported at home"
    DESTITUTE_CENTRAL = "destitute_central", "特困集中供养", "destitute, supported in an institution"
    MARGIN = "margin", "低保边缘家庭", "family just above the minimum living allowance"
    EXPENDITURE = "expenditure", "刚性支出困难家庭", "family with unavoidable expenses beyond its means"
    POVERTY_WATCH = "poverty_watch", "防止返贫监测对象", "watched lest poverty returns"


HARDSHIP_ROLLS = dict(zip((11, 12, 13, 21, 22, 31), Hardship, strict=True))
"""The rolls by the number that departments give them."""


class FamilyPlanning(Word):
    """For what a parent is supported under family planning; in the order of the departments' codes 1 to 3."""

    BEREAVED = "bereaved", "独生子女死亡", "the only child died"
    DISABLED_CHILD = "disabled_child", "独生子女伤残", "the only child is disabled"
    ONE_CHILD = "one_child", "独生子女父母", "parent of an only child"


class AbilityLevel(Word):
    """Levels of GB/T 42195-2022, as assessed."""

    ABLE = "0", "能力完好", "able"
    MILD = "1", "轻度失能", "mildly impaired"
    MODERATE = "2", "中度失能", "moderately impaired"
    SEVERE = "3", "重度失能", "severely impaired", "cannot look after themselves, as level 4"
    COMPLETE = "4", "完全失能", "completely impaired"


class DisabilityGrade(Word):
    """Grades of a disability certificate; 1 is the gravest, 1 and 2 are severe."""

    FIRST = "1", "一级", "grade 1"
    SECOND = "2", "二级", "grade 2"
    THIRD = "3", "三级", "grade 3"
    FOURTH = "4", "四级", "grade 4"


class Impact(Word):
    """What a change of policy would do to a person (``outreach policies simulate``)."""

    GAINS = "gains", "新增", "gains"
    LOSES = "loses", "减少", "loses"
    MORE = "more", "提高", "gets more"
    LESS = "less", "降低", "gets less"
    AMOUNT_SET = "amount set", "金额核定", "amount set", "an amount where none was set"
    AMOUNT_UNSET = "amount unset", "金额待定", "amount unset", "no amount where one was set"
    ASKS = "asks", "待核实变化", "what is to be verified changes"


class Coverage(Word):
    """How an item of an upper list is covered by the list below it (``outreach policies compare``)."""

    COVERED = "covered", "不低于", "covered"
    MISSING = "missing", "缺项", "missing"
    NOT_IN_THE_TEXT = (
        "not in the text",
        "正文未列",
        "not in the text",
        "the lower document has no list attached, and its text does not name the item",
    )
    NARROWER = "narrower", "对象更窄", "narrower", "somebody is covered above and not below"
    LOWER_AMOUNT = "lower amount", "标准更低", "lower amount", "somebody gets less below than above"


class Notion(Word):
    """Things that have no code in a table, and one Chinese name all the same."""

    IDENTITY_RESOLUTION = (
        "identity resolution",
        "人员比对归集",
        "identity resolution",
        "rows of all departments are gathered by the person whom they are about",
    )
    CONTRACT = "contract", "数据规范", "contract", "what an extract has to look like"
    TRUTH = "truth", "标准答案", "truth", "who each row of an invented batch is really about"
    OFFICER = "officer", "社区走访人员", "outreach officer", "who walks from door to door with a list"
    PUBLISHED_TABLE = "published table", "结果表", "published table", "a table of a release (schema `mart`)"


VOCABULARY: tuple[type[Word], ...] = (
    Action,
    RecheckCause,
    Mode,
    Decision,
    Truth,
    Grade,
    StopEvidence,
    Cause,
    Change,
    Loss,
    ReleaseStatus,
    DeliveryStatus,
    ContactResult,
    QuestionStatus,
    QuestionAnswer,
    ListPart,
    ListKind,
    Role,
    Measure,
    AreaLevel,
    Sex,
    Hardship,
    FamilyPlanning,
    AbilityLevel,
    DisabilityGrade,
    Impact,
    Coverage,
    Notion,
)
"""Every list of words."""
