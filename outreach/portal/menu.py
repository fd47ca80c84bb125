"""The pages of the menu, in the order of a working day."""

from __future__ import annotations

from dataclasses import dataclass

from outreach.portal.access.roles import Permission


@dataclass(frozen=True)
class Item:
    """A page of the menu."""

    path: str
    title: str
    allow: Permission


MENU = (
    Item("/tasks", "我的任务", Permission.WORK),
    Item("/lists", "名单", Permission.WORK),
    Item("/walks", "走访单", Permission.WORK),
    Item("/ledger", "台账", Permission.WORK),
    Item("/waiting", "轮候", Permission.WORK),
    Item("/changes", "变化", Permission.WORK),
    Item("/review", "身份复核", Permission.REVIEW),
    Item("/questions", "部门核对", Permission.QUESTIONS),
    Item("/policies", "政策", Permission.POLICY),
    Item("/statistics", "统计", Permission.STATISTICS),
    Item("/nights", "今晚", Permission.NIGHT),
    Item("/audit", "审计", Permission.AUDIT),
    Item("/users", "用户", Permission.USERS),
)
