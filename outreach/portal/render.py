"""Pages made from the templates, each with what every page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from contracts import vocabulary
from outreach.portal.access.roles import Permission
from outreach.portal.access.visit import Visit
from outreach.portal.menu import MENU
from outreach.portal.portal import Portal

_CHINA = ZoneInfo("Asia/Shanghai")
_TEMPLATES = Jinja2Templates(
    env=Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
)


def page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page from ``templates/<template>.html``.

    Every template has: ``visit`` (None: nobody is signed in), ``csrf``, ``menu`` (what the user may open),
    ``regions`` of the user by key and name, ``Permission``, and the notice that the last form left.
    """
    visit: Visit | None = getattr(request.state, "visit", None)
    portal: Portal = request.app.state.portal
    own = () if visit is None else visit.scope.regions
    context: dict[str, object] = {
        "visit": visit,
        "csrf": visit.session.csrf if visit else "",
        "menu": [item for item in MENU if visit is not None and visit.may(item.allow)],
        "here": request.url.path,
        "regions": {key: portal.shelf.regions[key][1] for key in own if key in portal.shelf.regions},
        "Permission": Permission,
        "today": portal.today(),
        **values,
    }
    return _TEMPLATES.TemplateResponse(request, f"{template}.html", context, status_code=status)


def to(path: str) -> RedirectResponse:
    """Go on to another page, so that a reload does not send a form again."""
    return RedirectResponse(path, status_code=303)


def _filter(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        _TEMPLATES.env.filters[name] = function
        return function

    return add


@_filter("day")
def day(value: dt.date | None) -> str:
    """A day as 2026年11月20日; nothing where there is none."""
    return "" if value is None else f"{value.year}年{value.month}月{value.day}日"


@_filter("moment")
def moment(value: dt.datetime | str | None) -> str:
    """A moment in China, to the minute."""
    if value is None:
        return ""
    at = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.astimezone(_CHINA).strftime("%Y-%m-%d %H:%M")


@_filter("yuan")
def yuan(value: Decimal | float | None) -> str:
    """A sum in yuan, with separators."""
    return "" if value is None else f"{value:,.2f}".removesuffix(".00")


@_filter("percent")
def percent(value: float | None) -> str:
    """A share of 1 as a percentage."""
    return "" if value is None else f"{value * 100:.1f}%"


@_filter("bits")
def bits(value: float | None) -> str:
    """A weight of evidence with its sign; 0 says nothing either way."""
    return "" if value is None else "0" if abs(value) < 0.05 else f"{value:+.1f}"


@_filter("word")
def word(code: str | None, words: str) -> str:
    """The Chinese name of a code of a list of `contracts.vocabulary`."""
    names: dict[str, str] = getattr(vocabulary, words).names()
    return "" if code is None else names.get(code, code)
