"""One published night of a region, ready for the pages.

The release's ``mart.duckdb`` is attached read-only. A file of the portal's own holds the lines as on the
printed lists (the models of ``sql/lists``) and the answers that came in since (``portal.answer``). No query
can reach files or settings.
"""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from contracts.vocabulary import VOCABULARY
from outreach.delivery import PublishedNight
from outreach.engine import build_model, load_models, query, query_text, sql_text
from outreach.outcomes import FOLDER, OutcomeLog
from outreach.settings import EngineSettings
from outreach.standards.doors import doors

Row = dict[str, Any]

_MODELS = ("latest_answer", "worklist")
"""What ``sql/portal`` makes of a night once; all else in it are the questions of pages."""
_ANSWER = """
CREATE TABLE portal.answer (
    person_id VARCHAR, programme VARCHAR, result VARCHAR, contacted_on DATE, handler VARCHAR, lot BIGINT
)
"""


class OpenNight:
    """A night that is open; every query has a cursor of its own, so that requests run side by side.

    Args:
        night: the published night.
        place: the file of its own, which must not exist.
        region: key, Chinese name and area code of the region.
    """

    def __init__(
        self, night: PublishedNight, place: Path, region: tuple[str, str, str], engine: EngineSettings
    ) -> None:
        self.region, self.region_name, self.region_code = region
        self.as_of: dt.date = night.as_of
        self.mart = night.mart.resolve()
        self.directory = night.directory
        self._place = place
        self._con = duckdb.connect(str(place))
        self._lots: set[str] = set()
        self._updating = threading.Lock()
        self._con.execute(f"SET memory_limit = '{engine.memory_limit}'")
        self._con.execute(f"ATTACH '{sql_text(self.mart)}' AS night (READ_ONLY)")
        self._con.execute(
            f"ATTACH '{sql_text(self.mart.with_name('analyst.duckdb'))}' AS protected (READ_ONLY)"
        )
        self._make()
        self._con.execute("SET enable_external_access = false")
        self._con.execute("SET lock_configuration = true")
        self.run = self.rows("run")[0]
        self.run_id = str(self.run["run_id"])

    def rows(self, name: str, /, **parameters: object) -> list[Row]:
        """The rows of ``sql/portal/<name>.sql``, each by column name."""
        found = self._con.cursor().execute(query_text("portal", name), parameters or None)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def frame(self, name: str, /, **parameters: object) -> pl.DataFrame:
        """The rows of ``sql/portal/<name>.sql`` as a frame."""
        found: pl.DataFrame = query(self._con.cursor(), "portal", name, **parameters).pl()
        return found

    def take_answers(self, home: Path) -> None:
        """Bring ``portal.answer`` up to the region's log: answers that the night does not know yet.

        Raises:
            OutcomeLogError: a lot of the log is damaged.
        """
        log = OutcomeLog(home / "state" / self.region / FOLDER)
        with self._updating:
            new = [
                lot for lot in log.lots() if lot.received_on > self.as_of and lot.path.name not in self._lots
            ]
            con = self._con.cursor()
            for lot in new:
                answers = lot.read().select("person_id", "programme", "result", "contacted_on", "handler")
                con.register("new_answers", answers.to_arrow())
                con.execute("INSERT INTO portal.answer SELECT *, ? FROM new_answers", [lot.number])
                con.unregister("new_answers")
                self._lots.add(lot.path.name)

    def retire(self) -> None:
        """Give its file's name back. Requests that still read the night end as they began; then it closes."""
        for path in (self._place, self._place.with_name(f"{self._place.name}.wal")):
            path.unlink(missing_ok=True)

    def _make(self) -> None:
        con = self._con
        for schema in ("mart", "analyst", "run", "decisions", "changes", "lists", "portal"):
            con.execute(f"CREATE SCHEMA {schema}")
        for file, schema in (("night", "mart"), ("protected", "analyst")):
            for (table,) in con.execute(
                "SELECT table_name FROM information_schema.tables "
                "WHERE table_catalog = ? AND table_schema = ? AND table_type = 'BASE TABLE'",
                [file, schema],
            ).fetchall():
                con.execute(f"CREATE VIEW {schema}.{table} AS SELECT * FROM {file}.{schema}.{table}")
        con.execute(
            "CREATE TABLE run.word "
            "(list VARCHAR, code VARCHAR, position BIGINT, chinese VARCHAR, english VARCHAR, meaning VARCHAR)"
        )
        con.executemany(
            "INSERT INTO run.word VALUES (?, ?, ?, ?, ?, ?)",
            [
                (words.list_name(), word.value, position, word.chinese, word.english, word.meaning)
                for words in VOCABULARY
                for position, word in enumerate(words, 1)
            ],
        )
        con.execute("CREATE VIEW decisions.programme AS SELECT * FROM mart.programme")
        # Who is in no row tonight is on the change list alone, which names the person_id.
        con.execute(
            "CREATE TABLE changes.gone (person_id VARCHAR, name VARCHAR, sex VARCHAR, age INTEGER, "
            "id_number VARCHAR, town_code VARCHAR)"
        )
        addresses = con.sql("SELECT DISTINCT address FROM mart.candidate WHERE address IS NOT NULL").pl()
        places = doors(addresses.get_column("address"), self.region_name, self.region_code)
        con.register("places", places.to_arrow())
        con.execute("CREATE TABLE lists.place AS SELECT * FROM places")
        con.unregister("places")
        for model in load_models("lists"):
            build_model(con, model, kind="table")
        con.execute(_ANSWER)
        for model in load_models("portal"):
            if model.name in _MODELS:
                build_model(con, model)
