"""What a change would cost, drawn: horizontal bars as an SVG image by itself, readable in any browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH = 1120
_LINE, _TOP = 28, 64
_NAME, _BARS, _HALF = 16, 256, 200
_MORE, _LESS, _INK, _FAINT = "#2b6cb0", "#c05621", "#1a202c", "#718096"


@dataclass(frozen=True)
class Bar:
    """One line of a panel: its name, CNY a year more (less is negative), and a remark."""

    name: str
    value: float
    remark: str = ""


@dataclass(frozen=True)
class Panel:
    """Bars of one kind under one heading; they share a scale."""

    heading: str
    bars: Sequence[Bar]


def bar_chart(title: str, note: str, panels: Sequence[Panel]) -> str:
    """The panels one below the other, each with its own scale; bars to the left (orange) save money."""
    lines: list[str] = []
    y = _TOP
    middle = _BARS + (_HALF if any(bar.value < 0 for panel in panels for bar in panel.bars) else 0)
    for panel in panels:
        lines.append(_text(_NAME, y + 18, panel.heading, size=15, weight="bold"))
        y += _LINE + 4
        widest = max((abs(bar.value) for bar in panel.bars), default=0) or 1
        bottom = y + _LINE * len(panel.bars)
        lines.append(f'<line x1="{middle}" y1="{y}" x2="{middle}" y2="{bottom}" stroke="{_FAINT}"/>')
        for bar in panel.bars:
            lines.extend(_bar(bar, middle, y, widest))
            y += _LINE
        y += 18
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{y}" viewBox="0 0 {_WIDTH} {y}" '
        'font-family="Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, SimSun, sans-serif">',
        f'<rect width="{_WIDTH}" height="{y}" fill="#ffffff"/>',
        _text(_NAME, 28, title, size=18, weight="bold"),
        _text(_NAME, 50, note, size=12, ink=_FAINT),
    ]
    return "\n".join([*head, *lines, "</svg>", ""])


def _bar(bar: Bar, middle: int, y: int, widest: float) -> list[str]:
    width = max(abs(bar.value) / widest * _HALF, 1 if bar.value else 0)
    x = middle if bar.value >= 0 else middle - width
    colour = _MORE if bar.value >= 0 else _LESS
    remark = f"　{bar.remark}" if bar.remark else ""
    return [
        _text(_NAME, y + 18, bar.name),
        f'<rect x="{x:.1f}" y="{y + 5}" width="{width:.1f}" height="18" fill="{colour}"/>',
        _text(middle + _HALF + 10, y + 18, f"{_money(bar.value)}{remark}", size=13),
    ]


def _money(value: float) -> str:
    if value == 0:
        return "不变"
    if abs(value) >= 1e6:
        return f"{value / 1e4:+,.1f}万元"
    return f"{value:+,.0f}元"


def _text(x: int, y: int, text: str, size: int = 14, weight: str = "normal", ink: str = _INK) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{ink}">{escape(text)}</text>'
    )
