"""The report as a page by itself (HTML with SVG charts inside), and the same as PDF.

The PDF is made by WeasyPrint: like the charts', it comes with the extra ``report``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import polars as pl

from outreach.charts import FONTS, altair, as_svg
from outreach.report.figures import SHARE_FROM, SMALL, STEP, MonthFigures

_HIDDEN = "—"
_LONG = 10
"""More rows than this may be parted over pages, between rows; the head is printed again."""
_INK = "#333333"
"""Reads as black on paper and on screen."""
_STYLE = f"""
body {{ font-family: {FONTS}; max-width: 50em; margin: 2em auto; color: #1a202c; line-height: 1.6; }}
table {{ border-collapse: collapse; width: 100%; font-size: 10pt; line-height: 1.35; }}
th, td {{ border-bottom: 1px solid #cbd5e0; padding: .2em .6em; text-align: left; }}
td.n, th.n {{ text-align: right; white-space: nowrap; }}
svg {{ max-width: 100%; height: auto; }}
h1 {{ font-size: 1.5em; }}
h2 {{ margin: .8em 0 .3em; }}
p {{ margin: .4em 0; }}
h2, h2 + p {{ break-after: avoid; }}
table, figure, tr {{ break-inside: avoid; }}
table.long {{ break-inside: auto; }}
table.pair {{ width: 24em; }}
thead {{ display: table-header-group; }}
figure {{ margin: .5em 0; break-after: avoid; }}
@page {{ size: A4; margin: 16mm 20mm;
  @bottom-center {{ font-family: {FONTS}; font-size: 9pt;
    content: "第 " counter(page) " 页，共 " counter(pages) " 页"; }} }}
"""


@dataclass(frozen=True)
class _Column:
    title: str
    name: str
    number: bool = True
    share: bool = False


def write_report(figures: MonthFigures, region_name: str, folder: Path) -> list[Path]:
    """Write ``<region>-<month>.html`` into the folder, ``.pdf`` where WeasyPrint and Pango are; the files.

    All is made before anything is written. A PDF of an earlier run is removed with its page.

    Raises:
        ChartToolsError: Altair or vl-convert is missing.
    """
    page = html(figures, region_name)
    pdf = as_pdf(page)
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{figures.region}-{figures.month}.{ending}" for ending in ("html", "pdf")]
    files[0].write_text(page, encoding="utf-8")
    if pdf is None:
        files.pop().unlink(missing_ok=True)
    else:
        files[1].write_bytes(pdf)
    return files


def as_pdf(page: str) -> bytes | None:
    """A page as PDF; None where WeasyPrint, or the system's Pango that it needs, is missing."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError):
        return None
    made: bytes = HTML(string=page).write_pdf()
    return made


def html(figures: MonthFigures, region_name: str) -> str:
    """The page; it needs no other file and no network."""
    year, month = figures.month.split("-")
    title = f"{region_name}养老服务“政策找人”{year}年{int(month)}月月报"
    people = int(figures.ages["people"].sum())
    nights = figures.nights["night"].n_unique()
    by_night = figures.nights.pivot("measure", index="night", values="lines").sort("night")
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>数据截至{figures.night}。本月有统计数的夜间比对共{nights}次。"
        f"人数取最接近的{STEP}的倍数；少于{SMALL}人的组不公布，也不计入合计；合计为所列各数之和。"
        f"比例只在对象不少于{SHARE_FROM}人时公布。“{_HIDDEN}”为不公布或暂缺。</p>",
        *_section(
            "一、老年人口",
            f"全区户籍在世的60周岁及以上老年人约{people}人（年龄不详的未计入）。"
            if people
            else "60周岁及以上老年人的人数不公布。",
            figures.ages,
            [_Column("年龄", "band", number=False), _Column("人数", "people")],
            ("band", "people"),
        ),
        *_section(
            "二、各项待遇和服务",
            f"本月末有{figures.programmes.height}个项目有可以公布的数字。符合条件的，由社区上门告知和办理。",
            figures.programmes,
            [
                _Column("享受方式", "mode", number=False),
                _Column("项目", "name", number=False),
                _Column("符合条件人数", "eligible"),
                _Column("在享受人数", "receiving"),
                _Column("覆盖率", "coverage", share=True),
            ],
            ("name", "eligible"),
        ),
        *_section(
            "三、探访",
            "有探访记录的老年人，按距最近一次探访的天数计；没有记录的未列。",
            figures.visits,
            [_Column("最近一次探访", "label", number=False), _Column("人数", "people")],
            ("label", "people"),
        ),
        *_section(
            "四、能力评估",
            "有评估结果的老年人，按能力等级计。",
            figures.assessments,
            [_Column("能力等级", "label", number=False), _Column("人数", "people")],
            ("label", "people"),
        ),
        *_section(
            "五、指标和目标",
            "政策文件提出的指标；对象少或缺少数据的，写明原因。",
            _worded(figures.indicators),
            [
                _Column("指标", "name", number=False),
                _Column("本月", "shown"),
                _Column("目标", "aim"),
                _Column("对象人数", "denominator"),
                _Column("情况", "state", number=False),
            ],
            None,
        ),
        *_section(
            "六、本月各夜待办事项",
            "名单上的待办事项（人次），为各项目公布数之和。",
            by_night,
            [
                _Column("日期", "night", number=False),
                *(_Column(name, name) for name in by_night.columns if name != "night"),
            ],
            None,
            _night_chart(figures.nights) if nights else "",
        ),
        *_section(
            "七、本月的变化",
            "名单与前一次相比的变化（人次），各夜相加。",
            figures.changes,
            [
                _Column("变化", "change", number=False),
                _Column("项目", "name", number=False),
                _Column("人次", "lines"),
            ],
            None,
        ),
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def _section(
    title: str,
    words: str,
    data: pl.DataFrame,
    columns: Sequence[_Column],
    axes: tuple[str, str] | None,
    drawing: str = "",
) -> list[str]:
    """Heading and words; where there are figures the chart (of two columns, or as drawn), and their table."""
    parts = [f"<h2>{escape(title)}</h2>", f"<p>{escape(words)}</p>"]
    if data.height:
        if axes:
            drawing = chart(data, *axes, {column.name: column.title for column in columns})
        parts += [f"<figure>{drawing}</figure>"] * bool(drawing)
        parts.append(_table(data, columns))
    else:
        parts.append("<p>没有可以公布的数字。</p>")
    return parts


def chart(data: pl.DataFrame, label: str, value: str, titles: dict[str, str]) -> str:
    """Bars as SVG, in the order of the rows, each with its figure beside it.

    Raises:
        ChartToolsError: Altair or vl-convert is missing.
    """
    draw = altair()
    drawn = data.filter(pl.col(value).is_not_null()).with_columns(pl.col(label).cast(pl.String))
    bars = draw.Chart({"values": drawn.select(label, value).to_dicts()}).encode(
        x=draw.X(f"{value}:Q", title=titles[value]),
        y=draw.Y(f"{label}:N", sort=None, title=None, axis=draw.Axis(labelLimit=280)),
    )
    figures = bars.mark_text(align="left", dx=3).encode(text=f"{value}:Q")
    return as_svg((bars.mark_bar(color=_INK) + figures).properties(width=480))


def _night_chart(nights: pl.DataFrame) -> str:
    """A line for each kind of work, in a field of its own: readable without colours."""
    draw = altair()
    rows = nights.with_columns(pl.col("night").dt.strftime("%m-%d")).to_dicts()
    lines = draw.Chart().encode(
        x=draw.X("night:O", title="日期", axis=draw.Axis(labelAngle=0, labelOverlap="greedy")),
        y=draw.Y("lines:Q", title="人次", scale=draw.Scale(zero=True)),
    )
    figures = lines.mark_text(dy=-9).encode(text="lines:Q")
    drawn = (lines.mark_line(color=_INK, point=draw.OverlayMarkDef(color=_INK)) + figures).properties(
        width=440, height=70
    )
    heads = draw.Header(labelAngle=0, labelAlign="left", labelFontSize=12)
    made = drawn.facet(
        row=draw.Row("measure:N", title=None, header=heads), data={"values": rows}
    ).resolve_scale(y="independent")
    return as_svg(made)


def _worded(indicators: pl.DataFrame) -> pl.DataFrame:
    share = pl.col("unit") == "share"

    def figure(name: str) -> pl.Expr:
        whole = pl.col(name).round(2).cast(pl.String).str.replace(r"\.0$", "")
        percent = (pl.col(name) * 100).round(0).cast(pl.Int64, strict=False).cast(pl.String) + "%"
        return pl.when(share).then(percent).otherwise(whole + pl.col("unit"))

    return indicators.with_columns(
        shown=figure("value"),
        aim=figure("target"),
        state=pl.when(pl.col("status") == "suppressed")
        .then(pl.lit("对象少，不公布"))
        .when(pl.col("status") == "unavailable")
        .then(pl.lit("暂无数据"))
        .when(pl.col("status") != "computed")
        .then("status")
        .when("reached")
        .then(pl.lit("已达到"))
        .when(~pl.col("reached"))
        .then(pl.lit("未达到"))
        .otherwise(pl.lit("没有定目标")),
    )


def _table(data: pl.DataFrame, columns: Sequence[_Column]) -> str:
    head = "".join(f"<th{_kind(column)}>{escape(column.title)}</th>" for column in columns)
    body = "\n".join(
        "<tr>" + "".join(f"<td{_kind(c)}>{_cell(row[c.name], c)}</td>" for c in columns) + "</tr>"
        for row in data.iter_rows(named=True)
    )
    # Two columns over a whole page would be too far apart to be read as one line.
    kinds = {"long": data.height > _LONG, "pair": len(columns) == 2}
    kind = " ".join(name for name, holds in kinds.items() if holds)
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>'


def _kind(column: _Column) -> str:
    return ' class="n"' if column.number else ""


def _cell(value: object, column: _Column) -> str:
    if value is None:
        return _HIDDEN
    return f"{value:.0%}" if column.share else escape(str(value))
