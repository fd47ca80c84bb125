"""The lunar calendar as a table: a birth date may be written down as the family remembers it."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from outreach.standards.lunar import lunar_as_written

_FIRST, _LAST = np.datetime64("1900-02-01"), np.datetime64("2039-12-31")


def load(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``identity.lunar_day`` (solar DATE, written DATE): a day, and its lunar date read as a solar one.

    Days whose lunar date no solar month has (30 February) are not in it.
    """
    solar = np.arange(_FIRST, _LAST + 1)
    days = solar.astype(np.int64)
    written = lunar_as_written(days)
    differs = written != days
    table = pa.table({"solar": solar[differs], "written": written[differs].astype("datetime64[D]")})
    con.register("lunar", table)
    con.execute("CREATE OR REPLACE TABLE identity.lunar_day AS SELECT * FROM lunar")
    con.unregister("lunar")
