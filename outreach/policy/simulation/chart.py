"""What a change would cost, drawn: horizontal bars as an SVG image by itself, readable in any browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outreach.charts import altair, as_svg

_NAMES, _WIDTH, _LINE = 260, 400, 28
_MORE, _LESS, _RULE = "#2b6cb0", "#c05621", "#718096"


@dataclass(frozen=True)
class Bar:
    """One line of a panel: its name, CNY a year more (less is negative), and a remark."""

    name: str
    value: float
    remark: str = ""

    @property
    def label(self) -> str:
        """The amount in words, with the remark."""
        return f"{_money(self.value)}　{self.remark}" if self.remark else _money(self.value)


def bar_chart(title: str, note: str, panels: Mapping[str, Sequence[Bar]]) -> str:
    """The panels one below the other by their headings, each with its own scale; what saves money is orange.

    Raises:
        ChartToolsError: Altair or vl-convert is missing.
    """
    draw = altair()
    below_zero = any(bar.value < 0 for bars in panels.values() for bar in bars)
    drawn = [_panel(draw, heading, bars, below_zero) for heading, bars in panels.items()]
    heading = draw.TitleParams(title, subtitle=note, anchor="start", fontSize=18, offset=20)
    return as_svg(draw.vconcat(*drawn, title=heading, spacing=28).configure_view(stroke=None))


def _panel(draw: Any, heading: str, bars: Sequence[Bar], below_zero: bool) -> Any:
    """Names, bars and labels in three columns; a row is known by its place, since names may be equal."""
    rows = [
        {"row": row, "name": bar.name, "value": bar.value, "label": bar.label} for row, bar in enumerate(bars)
    ]
    widest = max((abs(bar.value) for bar in bars), default=0) or 1
    scale = draw.Scale(domain=[-widest if below_zero else 0, widest], nice=False)
    chart = draw.Chart({"values": rows}).encode(y=draw.Y("row:O", axis=None))
    colour = draw.condition("datum.value < 0", draw.value(_LESS), draw.value(_MORE))
    return draw.layer(
        chart.mark_text(align="left", fontSize=13, limit=_NAMES - 8).encode(
            x=draw.value(-_NAMES), text="name:N"
        ),
        chart.mark_bar(size=18).encode(x=draw.X("value:Q", scale=scale, axis=None), color=colour),
        draw.Chart({"values": [{"zero": 0}]}).mark_rule(color=_RULE).encode(x="zero:Q"),
        chart.mark_text(align="left", fontSize=13).encode(x=draw.value(_WIDTH + 10), text="label:N"),
        title=draw.TitleParams(heading, anchor="start", frame="group", dx=-_NAMES, fontSize=15),
    ).properties(width=_WIDTH, height=_LINE * max(len(rows), 1))


def _money(value: float) -> str:
    if value == 0:
        return "不变"
    if abs(value) >= 1e6:
        return f"{value / 1e4:+,.1f}万元"
    return f"{value:+,.0f}元"
