"""One paragraph to read to the person or the family: what is received, since when and how much; what happens
next; whom to call; what cannot be had, and why in a few words.

Written in Chinese without codes, without numbers of anybody and without the words of the rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from contracts.vocabulary import Action, ContactResult, Decision, Mode, RecheckCause
from outreach.explain.case import Explanation, Who
from outreach.explain.programme_cases import Line, ProgrammeCase

_OFFICE = "户籍所在街道（乡镇）"
_LAST_SAID = (Mode.UNIVERSAL, Mode.OCCASION)


def spoken(case: Explanation) -> str:
    """The paragraph.

    Everything that has a list line is in it, and everything that is received. What the policy's files at hand
    no longer decide (they are not those of the night) is not.
    """
    sentences = [_who(case.who, case.made.as_of, case.region_name)]
    groups = _grouped(case.programmes)
    for words, found in (
        ("现在享受的有", [_received(p) for p in groups["received"]]),
        ("已经暂停、正在复核的有", [p.name for p in groups["paused"]]),
        ("按现有信息应当停止", [_stopped(p) for p in groups["stopped"]]),
        ("可以新办", [_offered(p) for p in groups["offered"]]),
        ("该上门或安排的服务有", [p.name for p in groups["due"]]),
        ("不久可以享受", [upcoming_words(p) for p in groups["upcoming"]]),
        ("凭身份证等即可享受", [p.name for p in groups["free"]]),
        ("还要先核实才能确定", [_doubtful(p) for p in groups["doubtful"]]),
        ("本人表示过不需要", [f"{p.name}（改变主意随时可以再提出）" for p in groups["declined"]]),
        ("不能办理或不用再办的有", _refused(groups["refused"]) if case.who.registered else []),
    ):
        if found:
            sentences.append(f"{words}：{'；'.join(found)}。")
    with_contacts = [
        p
        for key in ("received", "paused", "stopped", "offered", "due", "upcoming", "doubtful")
        for p in groups[key]
    ]
    if with_contacts:
        sentences.append(f"有疑问请找：{'；'.join(contacts(with_contacts))}。")
    if case.document is not None and case.draft:
        sentences.append(f"以上按《{case.document}》说明，这份文件是征求意见稿，以正式印发的为准。")
    return "".join(sentences)


def _who(who: Who, as_of: dt.date, region: str) -> str:
    named = (who.name or "这位老人") + (f"，{who.age}周岁" if who.age is not None else "")
    if not who.alive:
        day = f"已于{day_words(who.died_on)}" if who.died_on else "已"
        return f"{named}：登记信息显示本人{day}去世，如有不符请及时告知；截至{day_words(as_of)}情况如下。"
    if not who.registered:
        return (
            f"{named}：户籍登记显示本人目前不在{region}，如有不符请及时告知；截至{day_words(as_of)}情况如下。"
        )
    return f"{named}，截至{day_words(as_of)}情况如下。"


def _grouped(cases: Sequence[ProgrammeCase]) -> dict[str, list[ProgrammeCase]]:
    groups: dict[str, list[ProgrammeCase]] = {
        key: []
        for key in (
            *("received", "paused", "stopped", "offered", "due", "upcoming", "free", "doubtful"),
            *("declined", "refused", "silent"),
        )
    }
    for case in cases:
        groups[_group(case)].append(case)
    return groups


_BY_ACTION = {
    Action.STOP: "stopped",
    Action.ADD: "offered",
    Action.DUE: "due",
    Action.UPCOMING: "upcoming",
    Action.INFORM: "free",
    Action.DECLINED: "declined",
}


def _group(case: ProgrammeCase) -> str:
    line = _line(case)
    action = None if line is None else line.action
    if action is not None and action in _BY_ACTION:
        return _BY_ACTION[Action(action)]
    if action == Action.VERIFY:
        return "doubtful"
    if case.receiving:
        return "received"
    if action in (Action.RECHECK, Action.KEEP):
        return "paused"
    if case.decision == Decision.ELIGIBLE:
        return "free" if case.mode in _LAST_SAID else "silent"
    if case.decision == Decision.UNKNOWN:
        return "doubtful"
    return "refused" if case.decision == Decision.INELIGIBLE else "silent"


def _line(case: ProgrammeCase) -> Line | None:
    return case.lines[0] if case.lines else None


def _received(case: ProgrammeCase) -> str:
    return case.name + _in_brackets(received_parts(case))


def received_parts(case: ProgrammeCase) -> list[str]:
    """What is received, in short sentences: how much, since when, what it is changed to."""
    line = _line(case)
    parts = []
    if case.current_amount is not None:
        parts.append(f"每月{_money(case.current_amount)}")
    if line is not None and line.effective_on is not None and line.action == Action.KEEP:
        parts.append(f"自{day_words(line.effective_on)}起符合条件")
    if line is not None and line.action == Action.ADJUST and line.amount_monthly is not None:
        since = f"自{day_words(line.effective_on)}起" if line.effective_on else ""
        parts.append(f"{since}应为每月{case.bound}{_money(line.amount_monthly)}，将按规定调整")
    if line is not None and line.action == Action.RECHECK:
        parts.append(_BY_CAUSE.get(line.recheck_cause or "", "需要复核"))
    return parts


_BY_CAUSE: Mapping[str, str] = {
    RecheckCause.EXPIRING: "所依据的认定、证件或评估快到期，请提前办理延续",
    RecheckCause.NO_SIGN_OF_LIFE: "很久没有见到本人，社区会上门看望",
}
"""Why what is received is looked at again, as it is said to the family."""


def _stopped(case: ProgrammeCase) -> str:
    parts = list(case.why_not)
    line = _line(case)
    if line is not None and line.effective_on is not None:
        parts.append(f"{day_words(line.effective_on)}起不再符合")
    parts.append("停发前会先核实" if line is None or line.stop_evidence != "two sources" else "")
    return case.name + _in_brackets(parts)


def _offered(case: ProgrammeCase) -> str:
    return case.name + _in_brackets(offered_parts(case))


def offered_parts(case: ProgrammeCase) -> list[str]:
    """What can be had, in short sentences: how much, since when, from which month, what happens next."""
    line = _line(case)
    parts = []
    if case.amount_monthly is not None:
        parts.append(f"每月{case.bound}{_money(case.amount_monthly)}")
    elif case.has_amount:
        parts.append("标准由本地核定")
    if line is not None and line.effective_on is not None:
        parts.append(f"自{day_words(line.effective_on)}起符合条件")
    if line is not None and line.first_payment_month is not None:
        parts.append(f"应从{line.first_payment_month.year}年{line.first_payment_month.month}月起发放")
    parts.append(_next_step(case))
    return parts


_ON_CONSENT = "本人同意后办理"


def awaits_consent(case: ProgrammeCase) -> bool:
    """Whether what can be had is still to be agreed to."""
    return _next_step(case) == _ON_CONSENT


def _next_step(case: ProgrammeCase) -> str:
    line = _line(case)
    if case.place is not None:
        return f"本人已同意，正在轮候，现排第{case.place}位"
    if line is not None and line.last_result == ContactResult.AGREED:
        return "本人已同意，正在办理"
    return "不用申请，由主管部门办理" if case.mode == Mode.AUTO else _ON_CONSENT


def upcoming_words(case: ProgrammeCase) -> str:
    """What can be had soon, and from when."""
    line = _line(case)
    day = None if line is None else line.effective_on
    return case.name + _in_brackets([f"{day_words(day)}达到年龄"] if day is not None else [])


def _doubtful(case: ProgrammeCase) -> str:
    titles = list(dict.fromkeys(gap.title or gap.label for gap in case.missing))
    known = [f"缺少{'、'.join(titles)}的信息" if titles else "有登记信息需要核对"]
    paid = ["核实期间照常享受"] if case.receiving else []
    place = [f"本人已同意，轮候暂排第{case.place}位"] if case.place is not None else []
    return case.name + _in_brackets([*known, *place, *paid])


def _refused(cases: Sequence[ProgrammeCase]) -> list[str]:
    """Programmes by the first thing that is not so, the reason once."""
    by_reason: dict[str, list[str]] = {}
    for case in cases:
        by_reason.setdefault(next(iter(case.why_not), ""), []).append(case.name)
    return [f"{'、'.join(names)}{_in_brackets([reason])}" for reason, names in by_reason.items()]


def contacts(cases: Iterable[ProgrammeCase]) -> list[str]:
    """Who is responsible for what; the street's office where no document names anybody."""
    by_lead: dict[str, list[str]] = {}
    for case in cases:
        by_lead.setdefault(case.lead or _OFFICE, []).append(case.name)
    return [f"{lead}（{'、'.join(names)}）" for lead, names in by_lead.items()]


def _in_brackets(parts: Iterable[str]) -> str:
    text = "，".join(part for part in parts if part)
    return f"（{text}）" if text else ""


def _money(amount: Decimal) -> str:
    return f"{amount.normalize():f}元"


def day_words(day: dt.date | None) -> str:
    """A day as it is read out."""
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"
