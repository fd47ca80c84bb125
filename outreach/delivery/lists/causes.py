"""What a changed line, its change and its cause are called for people."""

from __future__ import annotations

from collections.abc import Mapping

CAUSES: Mapping[str, str] = {
    "identity": "身份更正",
    "policy": "政策变化",
    "delivery": "数据到缺",
    "birthday": "年龄",
    "time": "期限",
    "data": "数据变化",
    "other": "未能辨明",
}
"""Causes in their order (``sql/changes/cause.sql``)."""

CHANGES: Mapping[str, str] = {"appeared": "新出现", "altered": "变更", "left": "撤出"}
