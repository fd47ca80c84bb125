"""The facts of one person as somebody outside a night gives them: which there are, checked and completed.

A night reckons facts from rows (``sql/facts``). Here they are given; facts that are reckoned from others of
the same person (``contracts.facts.DERIVED_FROM``) need not be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from contracts.extracts.registry import EXTRACTS
from contracts.facts import FACTS, HARDSHIP_NAMES, Fact
from outreach.errors import ArgumentError, Text
from outreach.policy.language.expressions import TEXT_VALUES

_EXTRACTS = tuple(extract.name for extract in EXTRACTS)

_REGISTER, _DEATH = ("household_register",), ("death_record", "household_register")
_HARDSHIP, _CERTIFICATE, _ABILITY = ("hardship_roll",), ("disability_certificate",), ("ability_assessment",)
_ROLL, _OUTCOME = ("benefit_roll",), ("outreach_outcome",)

DATED: tuple[Fact, ...] = (
    Fact("in_register", "BOOLEAN", "在户籍登记中", _REGISTER, "has a register row; true unless given"),
    Fact("died_on", "DATE", "死亡日期", _DEATH, "missing = alive, or not known"),
    Fact("death_evidence", "VARCHAR", "死亡证据", _DEATH, "one source, two sources"),
    Fact("deregistered_on", "DATE", "注销日期", _REGISTER, "since when not registered"),
    Fact("last_register_status", "INTEGER", "人员状态", _REGISTER, "of the register row that counts"),
    Fact("hardship_since", "DATE", "救助认定日期", _HARDSHIP, "since when on a roll"),
    Fact("hardship_ended_on", "DATE", "救助终止日期", _HARDSHIP, "last day of what has ended"),
    Fact("certificate_since", "DATE", "残疾人证签发日期", _CERTIFICATE, "of the valid certificate"),
    Fact("certificate_ended_on", "DATE", "残疾人证到期日期", _CERTIFICATE, "of one that has run out"),
    Fact("ability_since", "DATE", "评估日期", _ABILITY, "of the valid assessment"),
    Fact("ability_ended_on", "DATE", "评估到期日期", _ABILITY, "of one that has run out"),
    Fact("last_assessed_on", "DATE", "最近评估日期", _ABILITY, "of an assessment of whatever validity"),
    Fact("family_planning_since", "DATE", "计生扶助起始日期", ("family_planning",), "of the category"),
    Fact("preferential_since", "DATE", "优抚起始日期", ("preferential_treatment",), "of the category"),
    Fact("rescued_on", "DATE", "救助日期", ("rescue_register",), "the first rescue of the last 180 days"),
)
"""Columns of ``facts.person`` that are no facts: they decide no right, but since and until when it holds."""

CIRCUMSTANCES: tuple[Fact, ...] = (
    Fact(
        "receiving",
        "MAP",
        "正在享受的待遇",
        _ROLL,
        "programme -> amount a month, or {amount, start_month, last_paid_month, grade}; {} = nothing; "
        "missing = not known",
    ),
    Fact("served", "LIST", "名册上的项目", _ROLL, "programmes on the benefit roll, whatever their status"),
    Fact("declined", "MAP", "不同意", _OUTCOME, "programme -> day of a refusal of the last 365 days"),
    Fact("agreed", "MAP", "同意", _OUTCOME, "programme -> day of a consent of the last 365 days"),
    Fact(
        "contacts",
        "MAP",
        "最近联系",
        _OUTCOME,
        "programme -> {said, said_on, about}: the last result, its day, the rule of the line it answered",
    ),
    Fact(
        "reported",
        "MAP",
        "外展反映",
        ("outreach_outcome", "visit_log"),
        "{kind, reported_on, source}: reported dead or moved, and not known to be",
    ),
    Fact("doubt", "VARCHAR", "登记存疑", _REGISTER, "death_taken_back, registered_anew or age"),
    Fact("grades", "MAP", "身份关联程度", _EXTRACTS, "extract -> exact, strong or review; missing = exact"),
    Fact("ended", "MAP", "已终止的事实", (), "fact -> last day on which it is known to have held"),
    Fact("named_in", "LIST", "提到本人的数据", (), "extracts that name the person; missing = all"),
)
"""What else decides an action: what is received, refused, reported, and how sure the links are."""

KNOWN: Mapping[str, Fact] = {fact.name: fact for fact in (*FACTS, *DATED, *CIRCUMSTANCES)}

UNKNOWN_FACT = Text("没有名为 `{name}` 的事实{hint}", "there is no fact `{name}`{hint}")
WRONG_TYPE = Text("`{name}`（{label}）应为{meant}，不能是 {met}", "`{name}` ({label}) is {meant}, not {met}")
WRONG_VALUE = Text(
    "`{name}`（{label}）只能是 {values}，不能是 {met}", "`{name}` ({label}) is one of {values}, not {met}"
)
CONTRADICTS = Text(
    "`{name}` 与 `{source}` 矛盾：按 `{source}` 应为 {derived}；请改正，或不给 `{name}`",
    "`{name}` contradicts `{source}`, from which follows {derived}; mend it or leave `{name}` out",
)
DID_YOU_MEAN = Text("；是否应为 `{name}`？", "; did you mean `{name}`?")
SEE_FACTS = Text("；用 outreach.known_facts() 查看全部", "; outreach.known_facts() lists all")
NO_MAPPING = Text("应给出“名称: 值”的映射，不能是 {met}", "a mapping of names to values is meant, not {met}")

_MEANT = {
    "BOOLEAN": Text("True 或 False", "True or False"),
    "INTEGER": Text("整数", "a whole number"),
    "VARCHAR": Text("文字", "a text"),
    "DATE": Text("日期（date，或 2026-11-20 这样的文字）", "a date, or a text such as 2026-11-20"),
    "INTEGER[]": Text("整数列表", "a list of whole numbers"),
    "MAP": Text("映射（dict）", "a mapping"),
    "LIST": Text("列表", "a list"),
    "AMOUNT": Text("金额，如 60 或 60.50", "an amount, such as 60 or 60.50"),
}


@dataclass(frozen=True)
class Receipt:
    """What the benefit roll has for a programme: the amount being paid, and from and to which month."""

    programme: str
    amount: Decimal | None = None
    start_month: date | None = None
    last_paid_month: date | None = None
    grade: str = "exact"


def checked(facts: Mapping[str, Any], as_of: date) -> dict[str, Any]:
    """The facts by name, of the right types, with those that follow from them; missing = unknown.

    Raises:
        ArgumentError: an unknown name (the nearest known one is suggested), a value of another type or
            outside its code set, or one that contradicts another.
    """
    if not isinstance(facts, Mapping):
        raise ArgumentError(NO_MAPPING(met=type(facts).__name__))
    given = {name: _value(_known(name), value) for name, value in facts.items() if value is not None}
    for name in facts:
        _known(name)
    return _with_derived(given, as_of)


def near(name: str, known: Mapping[str, str] | tuple[str, ...]) -> str:
    """A suggestion of the nearest known name (or the one of that label), to be put behind a message."""
    labels = {label: other for other, label in known.items()} if isinstance(known, Mapping) else {}
    close = [labels[name]] if name in labels else get_close_matches(name, list(known), n=1)
    return DID_YOU_MEAN(name=close[0]) if close else ""


def _known(name: Any) -> Fact:
    fact = KNOWN.get(name) if isinstance(name, str) else None
    if fact is None:
        hint = near(str(name), {known: f.label for known, f in KNOWN.items()}) or SEE_FACTS()
        raise ArgumentError(UNKNOWN_FACT(name=name, hint=hint))
    return fact


def _value(fact: Fact, value: Any) -> Any:
    found = _of_type(fact.sql_type, value)
    if found is None:
        raise _wrong(fact.name, fact.label, fact.sql_type, value)
    codes = TEXT_VALUES.get(fact.name) or _CODES.get(fact.name)
    if codes and found not in codes:
        raise ArgumentError(
            WRONG_VALUE(name=fact.name, label=fact.label, values=", ".join(codes), met=repr(value))
        )
    return found


_CODES: dict[str, tuple[str, ...]] = {
    "death_evidence": ("one source", "two sources"),
    "doubt": ("death_taken_back", "registered_anew", "age"),
}


def _wrong(name: str, label: str, sql_type: str, value: Any) -> ArgumentError:
    # the type alone: a value may be a person's
    return ArgumentError(
        WRONG_TYPE(name=name, label=label, meant=_MEANT[sql_type](), met=type(value).__name__)
    )


def _of_type(sql_type: str, value: Any) -> Any:
    """The value as the type wants it; None: it is of another."""
    if sql_type == "BOOLEAN":
        return value if isinstance(value, bool) else None
    if sql_type == "INTEGER":
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    if sql_type == "VARCHAR":
        return value if isinstance(value, str) else None
    if sql_type == "DATE":
        return day(value)
    if sql_type == "MAP":
        return dict(value) if isinstance(value, Mapping) else None
    if isinstance(value, str | Mapping) or not hasattr(value, "__iter__"):
        return None
    items = list(value)
    kind = int if sql_type == "INTEGER[]" else object
    return items if all(isinstance(item, kind) and not isinstance(item, bool) for item in items) else None


def day(value: Any) -> date | None:
    """A date, given as one or as an ISO text; None: it is neither."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def required_day(name: str, value: Any) -> date:
    """A day that belongs to ``name``.

    Raises:
        ArgumentError: it is no date.
    """
    found = day(value)
    if found is None:
        raise _wrong(name, KNOWN[name].label, "DATE", value)
    return found


def receipts(given: Any) -> list[Receipt]:
    """``receiving`` as rows: a mapping from programme to amount or details, or a list of ``{programme, …}``.

    Raises:
        ArgumentError: an unknown detail, or one of another type.
    """
    found = []
    for programme, value in given.items():
        details = dict(value) if isinstance(value, Mapping) else {"amount": value}
        for name in details:
            if name not in _RECEIPT:
                raise ArgumentError(
                    UNKNOWN_FACT(name=f"receiving.{programme}.{name}", hint=near(name, _RECEIPT))
                )
        amount = details.get("amount")
        months = {
            name: required_day("receiving", details[name])
            for name in ("start_month", "last_paid_month")
            if details.get(name) is not None
        }
        found.append(
            Receipt(
                programme,
                None if amount is None else _amount(amount),
                months.get("start_month"),
                months.get("last_paid_month"),
                details.get("grade") or "exact",
            )
        )
    return found


_RECEIPT = ("amount", "start_month", "last_paid_month", "grade")


def _amount(value: Any) -> Decimal:
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
            raise InvalidOperation
        return Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise _wrong("receiving", KNOWN["receiving"].label, "AMOUNT", value) from error


_LEADING = (13, 12, 11, 21, 22, 31)
_OPEN, _SUSPENDED, _DRAWN = (1, 3), 4, 2


def _rolls(names: tuple[int, ...]) -> Callable[[Any, date], Any]:
    return lambda rolls, as_of: any(roll in names for roll in rolls)


def _leading(rolls: Any, as_of: date) -> str:
    return next((HARDSHIP_NAMES[code] for code in _LEADING if code in rolls), "none")


_FOLLOWS: tuple[tuple[str, str, Callable[[Any, date], Any]], ...] = (
    ("alive", "died_on", lambda day, as_of: False),
    ("alive", "registered", lambda registered, as_of: True if registered else None),
    ("registered", "alive", lambda alive, as_of: None if alive else False),
    ("town_code", "area_code", lambda code, as_of: code[:9]),
    ("hardship", "hardship_rolls", _leading),
    ("hard_up", "hardship_rolls", _rolls((11, 12, 13, 21, 22))),
    ("destitute", "hardship_rolls", _rolls((12, 13))),
    *((f"on_{name}", "hardship_rolls", _rolls((code,))) for code, name in HARDSHIP_NAMES.items()),
    ("has_certificate", "disability_grade", lambda grade, as_of: grade != "none"),
    ("disability_grade", "has_certificate", lambda has, as_of: None if has else "none"),
    ("disability_category", "has_certificate", lambda has, as_of: None if has else "none"),
    ("severely_disabled", "disability_grade", lambda grade, as_of: grade in ("1", "2")),
    ("has_assessment", "ability_level", lambda level, as_of: True),
    ("disabled_old", "ability_level", lambda level, as_of: level >= 1),
    ("unable_to_self_care", "ability_level", lambda level, as_of: level >= 3),
    ("partly_unable", "ability_level", lambda level, as_of: level in (1, 2)),
    ("fp_special", "family_planning", lambda category, as_of: category in ("bereaved", "disabled_child")),
    ("ever_visited", "last_visit_on", lambda last, as_of: last <= as_of),
    ("days_since_visit", "last_visit_on", lambda last, as_of: (as_of - last).days),
    ("visited_this_week", "last_visit_on", lambda last, as_of: last >= as_of - timedelta(as_of.weekday())),
    ("visited_this_month", "last_visit_on", lambda last, as_of: last >= as_of.replace(day=1)),
    ("no_supporter", "has_supporter", lambda has, as_of: False if has else None),
    ("household_has_carer", "household_carers", lambda carers, as_of: True if carers > 0 else None),
    ("health_checked_this_year", "last_health_check_on", lambda last, as_of: last.year == as_of.year),
)
"""A fact, another that decides it, and how; None: it does not. In an order in which each source is ready."""


def _with_derived(given: dict[str, Any], as_of: date) -> dict[str, Any]:
    found = dict(given)
    for name, source, follows in _FOLLOWS:
        if found.get(source) is None:
            continue
        derived = follows(found[source], as_of)
        if derived is None:
            continue
        if found.get(name) is None:
            found[name] = derived
        elif found[name] != derived:
            raise ArgumentError(CONTRADICTS(name=name, source=source, derived=derived))
    schemes, states = found.get("pension_scheme"), found.get("pension_status")
    if schemes is not None and states is not None:
        for kind, members in (("employee", {110, 120}), ("resident", {170})):
            own = {state for scheme, state in zip(schemes, states, strict=False) if scheme in members}
            to_claim, suspended = bool(own & set(_OPEN)), _SUSPENDED in own
            if to_claim or not suspended:
                found.setdefault(f"{kind}_pension_open", to_claim)
            drawn = _DRAWN in own and not to_claim and not suspended
            found.setdefault(f"{kind}_pension_drawn", drawn)
    found.setdefault("in_register", True)
    return found
