"""政策: every programme of the region, readable: clause, conditions, amounts, and who it finds tonight."""

from __future__ import annotations

import re

from fastapi import Request
from fastapi.responses import HTMLResponse

from contracts.vocabulary import Measure, Mode
from outreach.policy import Policy
from outreach.policy.in_words import programme_lines
from outreach.portal.access.guard import Rooms
from outreach.portal.access.roles import Permission
from outreach.portal.errors import NotFoundError, PageError
from outreach.portal.pages.in_force import policy_of
from outreach.portal.pages.shared import AtDesk, Desk
from outreach.portal.render import page

rooms = Rooms()
_SHOWN = tuple(
    (measure.value, measure.chinese)
    for measure in (Measure.ELIGIBLE, Measure.RECEIVING, Measure.TO_ADD, Measure.TO_STOP, Measure.DUE)
)
_PROGRAMME = re.compile(r"[a-z][a-z0-9_]{0,60}")


@rooms.page("/policies", Permission.POLICY)
def policies(request: Request, desk: AtDesk) -> HTMLResponse:
    """All programmes, in the order of the document."""
    policy = _policy(desk)
    return page(
        request,
        "policies",
        night=desk.night,
        policy=policy,
        modes=Mode.names(),
        counts=_counts(desk),
        shown=_SHOWN,
        same=policy.sha256 == desk.night.run["policy_sha256"],
    )


@rooms.page("/policies/{programme}", Permission.POLICY)
def programme(request: Request, desk: AtDesk, programme: str) -> HTMLResponse:
    """One programme, in the words of ``outreach policies show``."""
    policy = _policy(desk)
    found = next((one for one in (*policy.programmes, *policy.dormant) if one.id == programme), None)
    if found is None:
        raise NotFoundError("本地区的政策中没有这个项目。")
    return page(
        request,
        "policy",
        night=desk.night,
        policy=policy,
        programme=found,
        dormant=found in policy.dormant,
        mode=Mode(found.rule.mode).chinese,
        lines=list(programme_lines(found, policy)),
        counts=_counts(desk).get(programme, {}),
        shown=_SHOWN,
    )


def _policy(desk: Desk) -> Policy:
    policy = policy_of(desk)
    if isinstance(policy, str):
        raise PageError(f"政策文件无法使用：{policy}")
    return policy


def _counts(desk: Desk) -> dict[str, dict[str, str]]:
    """What is counted of each programme in the whole region, small counts protected."""
    counts: dict[str, dict[str, str]] = {}
    for row in desk.night.rows("statistic", code=desk.night.region_code):
        value = (
            "少于 5 或不显示" if row["suppressed"] else "" if row["value"] is None else f"{row['value']:.0f}"
        )
        counts.setdefault(str(row["programme"]), {})[str(row["measure"])] = value
    return counts
