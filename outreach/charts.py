"""Charts as SVG, drawn by Altair through vl-convert: the extra ``report``.

Texts of a chart stay texts, in the first font of :data:`FONTS` that the reader's machine has. vl-convert
measures them with a font of the machine that draws: without a Chinese one it leaves them the wrong room.
"""

from __future__ import annotations

from typing import Any

from outreach.errors import OutreachError

FONTS = (
    "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimSun, "
    "Noto Serif CJK SC, sans-serif"
)
INSTALL = "请安装：pip install 'policy-finds-people[report]'（源码目录中为 pip install '.[report]'）。"


class ChartToolsError(OutreachError):
    """Altair or vl-convert is missing; the message names the command that installs them."""


def altair() -> Any:
    """The module ``altair``, imported only where a chart is drawn: it takes a second to load.

    Raises:
        ChartToolsError: Altair or vl-convert is missing.
    """
    try:
        import altair as library
        import vl_convert  # noqa: F401
    except ImportError as error:
        raise ChartToolsError(f"缺少绘图组件 Altair、vl-convert。{INSTALL}") from error
    return library


def as_svg(chart: Any) -> str:
    """An Altair chart as an SVG image that needs no other file and no network."""
    import vl_convert

    specification = chart.to_dict()
    specification.setdefault("config", {})["font"] = FONTS
    return str(vl_convert.vegalite_to_svg(specification))
