"""``analyst.duckdb``: what may be studied without knowing anybody. A file of its own: DuckDB has no grants.

What is left out and what is coarsened is defined in ``sql/analyst``; small counts of the statistics are taken
out in ``suppression``, small groups of people in ``disclosure``. The key of a person is drawn again for every
release and kept nowhere.
"""

from __future__ import annotations

import duckdb
import polars as pl

from contracts.published.chinese import of_column
from outreach.delivery.databases.disclosure import prepare
from outreach.delivery.databases.snapshot import (
    attach_published,
    finish_file,
    mart_search_path,
    new_file,
    working_database,
    write_comments,
)
from outreach.delivery.databases.suppression import suppress
from outreach.delivery.errors import DeliveryError
from outreach.delivery.release_paths import ReleasePaths
from outreach.engine import Warehouse, build, load_models, note_timings, timings_of
from outreach.engine.models import SQL_DIR

_TABLES = {
    "person": "每行一人（已去标识）：年龄为五岁组；不足 5 人的取值、乡镇街道为空；key 每次发布随机更换",
    "decision_row": "每行一人一项目：判定结果（条件取值见 outcome、视图 decision）；不足 5 人的不列或为空",
    "outcome": "判定的各种样子：项目、各条件取值、缺少的事实、依据；不足 5 人的不列",
    "candidate": "每行一人一项目一处理方式；不足 5 人的不列或为空",
    "change": "与此前最近一次发布相比的变化及主要原因；少于 5 人次的不列",
    "statistic": "分地区统计：suppressed 为真的格少于 5 人或可推算出少于 5 人，不公布；无行即无人",
    "delivery": "各数据表收到、接收、未收的行数；1 至 4 行的为空",
    "link_quality": "各数据表的行与人关联的把握程度；不足 5 行的为空",
    "indicator": "文件提出的各项指标",
    "run": "本次发布：地区、日期、政策版本",
    "programme": "项目：编码、名称、服务方式、牵头部门、支出责任",
    "area": "行政区划：代码和名称",
    "code": "各列代码的中文名称：按 column_name、code 连接",
}


def write_analyst(warehouse: Warehouse, paths: ReleasePaths) -> dict[str, int]:
    """Write the de-identified file of the release (0444), schema ``analyst``; rows by table.

    To be called within `read_mart`: only ``mart`` tables are read. Tables, views
    and columns carry Chinese comments, those of ``contracts/published/chinese.py``.

    Raises:
        DeliveryError: the warehouse has no ``mart`` tables, or the file could not be written.
    """
    con = warehouse.con.cursor()
    new_file(paths.analyst_file)
    try:
        context = con.execute("SELECT region_code FROM run.context").fetchall()
        if not context:
            raise DeliveryError("run.context is empty: the working warehouse belongs to no run")
        working, region_code = working_database(con), str(context[0][0])
        tables = mart_search_path(con)
        # What is only looked at while the file is made stays in memory (and spills): nothing to compress.
        con.execute("DETACH DATABASE IF EXISTS keys")
        con.execute("ATTACH ':memory:' AS keys")
        con.execute(f"SET search_path = 'keys.main,{tables}'")
        statistic = suppress(
            con.sql("SELECT area_code, programme, measure, value FROM mart.statistic").pl(), region_code
        )
        prepare(con, statistic, region_code)
        attach_published(con, paths.analyst_file, "analyst_file")
        try:
            # New tables go to the file; the keys are found in the working warehouse.
            con.execute(f"SET search_path = 'analyst_file.main,{tables},keys.release_key'")
            rows = {"statistic": _write_statistic(con, statistic)}
            results = build(con, "analyst")
            rows |= {result.table.partition(".")[2]: result.rows for result in results}
            _write_views(con)
            write_comments(con, "analyst_file", "analyst", _TABLES, of_column)
            con.execute("CHECKPOINT analyst_file")
        finally:
            con.execute(f"USE {working}")
            con.execute("DETACH analyst_file")
        con.execute("DETACH keys")
        note_timings(con, timings_of(results))
    except duckdb.Error as error:
        raise DeliveryError(f"{paths.analyst.name} could not be written: {error}") from error
    finally:
        con.close()
    finish_file(paths.analyst, paths.analyst_file, 0o444)
    return rows


def _write_statistic(con: duckdb.DuckDBPyConnection, statistic: pl.DataFrame) -> int:
    con.register("suppressed_statistic", statistic)
    con.execute("CREATE SCHEMA analyst")
    con.execute("CREATE TABLE analyst.statistic AS SELECT * FROM suppressed_statistic")
    con.unregister("suppressed_statistic")
    return statistic.height


def _write_views(con: duckdb.DuckDBPyConnection) -> None:
    """Every file of ``sql/analyst/views`` as a view; its first line, in Chinese, is the comment."""
    for model in load_models("views", SQL_DIR / "analyst"):
        con.execute(f"CREATE OR REPLACE VIEW analyst.{model.name} AS {model.sql}")
        comment = model.path.read_text(encoding="utf-8").splitlines()[0].removeprefix("-- ")
        con.execute(f"COMMENT ON VIEW analyst.{model.name} IS '{comment}'")
