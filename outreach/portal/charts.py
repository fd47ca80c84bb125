"""Charts of the pages, as SVG: readable in black and white, with the table beside them on the page."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi.responses import Response

from outreach.charts import altair, as_svg
from outreach.explain.identity_evidence import Step
from outreach.portal.nights.night import Row

_FOR, _AGAINST = "支持是同一人", "不支持"


def svg(text: str) -> Response:
    """An SVG image as an answer."""
    return Response(text, media_type="image/svg+xml")


def waterfall(prior: float | None, steps: Sequence[Step]) -> str:
    """How the match weight adds up, field by field, in bits: bars from where the last one ended.

    Args:
        prior: the weight before anything was compared; None: not known.
        steps: fields with their levels; without a weight they are left out.
    """
    library = altair()
    rows, at = [], 0.0
    parts = [("起点", prior)] if prior is not None else []
    parts += [(f"{step.field} {step.level}", step.weight) for step in steps if step.weight]
    for place, (label, weight) in enumerate(parts):
        end = at + (weight or 0.0)
        rows.append(
            {
                "place": place,
                "label": label,
                "from": at,
                "to": end,
                "kind": _FOR if (weight or 0) > 0 else _AGAINST,
                "text": f"{weight:+.1f}",
            }
        )
        at = end
    rows.append(
        {"place": len(parts), "label": "合计", "from": 0.0, "to": at, "kind": "合计", "text": f"{at:+.1f}"}
    )
    base = library.Chart(library.Data(values=rows)).encode(
        y=library.Y("label:N", sort=library.SortField("place"), title=None),
    )
    kinds = library.Scale(domain=[_FOR, _AGAINST, "合计"], range=["#0b4a8f", "#c9d3e0", "#4a4f57"])
    bars = base.mark_bar(stroke="#1a1a1a").encode(
        x=library.X("from:Q", title="证据（比特：每加 1，可能性翻一倍）"),
        x2="to:Q",
        color=library.Color("kind:N", scale=kinds, legend=library.Legend(title=None, orient="bottom")),
    )
    texts = (
        base.mark_text(align="left", dx=4, fontSize=13)
        .encode(x=library.X("end:Q"), text="text:N")
        .transform_calculate(end="max(datum.from, datum.to)")
    )
    chart = (bars + texts).properties(width=520, height=library.Step(28))
    return as_svg(
        chart.configure_axis(labelFontSize=13, titleFontSize=13, labelLimit=260).configure_legend(
            labelFontSize=13
        )
    )


def nights_chart(nights: Sequence[Row]) -> str:
    """Two lines over the nights: who is eligible, who receives; told apart by dashes and points, too."""
    library = altair()
    values = [
        {"night": str(row["night"]), "kind": title, "people": row[name]}
        for row in nights
        for name, title in (("eligible", "符合"), ("receiving", "在享受"))
        if row[name] is not None
    ]
    kinds = ["符合", "在享受"]
    chart = (
        library.Chart(library.Data(values=values))
        .mark_line(point=library.OverlayMarkDef(size=60))
        .encode(
            x=library.X("night:O", title="日期"),
            y=library.Y("people:Q", title="人数", scale=library.Scale(zero=True)),
            color=library.Color(
                "kind:N",
                scale=library.Scale(domain=kinds, range=["#0b4a8f", "#7a4b00"]),
                legend=library.Legend(title=None, orient="bottom"),
            ),
            strokeDash=library.StrokeDash(
                "kind:N", scale=library.Scale(domain=kinds, range=[[1, 0], [6, 4]])
            ),
            shape=library.Shape("kind:N", scale=library.Scale(domain=kinds, range=["circle", "square"])),
        )
        .properties(width=520, height=260)
    )
    return as_svg(chart.configure_axis(labelFontSize=13, titleFontSize=13).configure_legend(labelFontSize=13))
