"""What of the last night still stands: a night after another looks only at what may be otherwise.

Three things are carried over, each by what a row says, never by where it stands in its file:

- the **register**: a row that reads the same keeps its key, and its person unless the rows of that person, or
  of that number, are no longer the same (``sql/identity/changed_register.sql``);
- **links by number and name**: the row reads the same, and of nobody who bears its number does the register
  say anything else (``carried_link.sql``);
- **outcomes of all evidence**: everything that the row's comparisons rest on is as it was
  (``residual_state.sql``), and so are its candidates (``carried_row.sql``).

All else is made anew, by the same models as ever, so that the night is the same as one made in full. On a
night of which nothing can be carried over the tables of what is carried are empty.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import duckdb

from outreach.engine import build, load_models
from outreach.identity.memory import Memory

_OUTCOMES = ("carried_outcome", "carried_evidence", "carried_possible")
_HIGHEST_KEY = 19_000_000_000
"""Register rows have keys below 2e10; long before, a night is made in full, which numbers them anew."""


def models_version() -> str:
    """Models, code and libraries that make links and comparisons, as one text."""
    library = Path(__file__).parents[1]
    code = sorted([*library.glob("identity/*.py"), *library.glob("standards/*.py")])
    said = [path.read_text(encoding="utf-8") for path in code]
    said += [model.sql for model in load_models("identity")]
    said += [version(library) for library in ("duckdb", "numpy", "pypinyin", "rapidfuzz")]
    return sha256("\n".join(said).encode()).hexdigest()


def outcomes_version(con: duckdb.DuckDBPyConnection, weights: str, as_of: date) -> str:
    """What outcomes rest on beside states and candidates; needs ``register_size`` and ``stopgap_number``."""
    said = [weights, str(as_of.year)]
    said += [
        repr(con.execute(f"SELECT * FROM identity.{table} ORDER BY ALL").fetchall())
        for table in ("register_size", "stopgap_number")
    ]
    return sha256("\n".join(said).encode()).hexdigest()


def has_room(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the attached memory holds a register whose keys leave room for a night's new rows."""
    ((last,),) = con.execute("SELECT max(row_key) FROM last_night.register").fetchall()
    return last is not None and last < _HIGHEST_KEY


def begin_register(con: duckdb.DuckDBPyConnection, last_night: Memory, carry: bool) -> None:
    """Make ``identity.register_row``: the register as tonight has it, by keys that last where ``carry``.

    Where it is carried over, ``identity.kept_register`` holds last night's, and what changed is replaced.
    """
    con.execute("CREATE TABLE identity.carry AS SELECT $carry AS links", {"carry": carry})
    build(con, "identity", ["delivered_register"])
    if carry:
        found = ("found_line", "recurring_row", "new_line", "new_register_row", "register_line")
        build(con, "identity", [*found, "gone_register_row"])
    else:
        delivered = "FROM identity.delivered_register"
        con.execute(f"CREATE VIEW identity.register_line AS SELECT row_number, row_key {delivered}")
        con.execute(f"CREATE VIEW identity.new_register_row AS SELECT * EXCLUDE (row_number) {delivered}")
    build(con, "identity", ["begun_profile", "register_row", "mentioned_number"])
    last_night.replace_register("identity.begun_profile", "identity.gone_register_row" if carry else None)
    counted = "FROM identity.mentioned_number"
    if carry:
        build(con, "identity", ["open_number"])
        counted += " SEMI JOIN identity.open_number USING (number_no)"
    con.execute(f"CREATE VIEW identity.counted_number AS {counted}")


def finish_register(con: duckdb.DuckDBPyConnection, last_night: Memory, carry: bool) -> None:
    """Make ``identity.register_profile`` of ``register_row``, its components and shared numbers.

    Also ``changed_register`` and ``replaced_register``: rows that are not what they were, and those that they
    replace (where nothing is carried, all rows); and ``register_link``.
    """
    build(con, "identity", ["unsure_row", "rebuilt_profile", "regrouped_row", "register_profile"])
    last_night.replace_register("identity.regrouped_row", "identity.regrouped_row")
    if carry:
        build(con, "identity", ["changed_register", "replaced_register", "touched_person", "register_link"])
        return
    con.execute("CREATE VIEW identity.changed_register AS FROM identity.register_profile")
    con.execute(
        "CREATE VIEW identity.replaced_register AS"
        " SELECT row_key, number_no, content, person_key FROM last_night.register"
    )
    con.execute(
        "CREATE TABLE identity.register_link AS SELECT row_key, person_key FROM identity.register_profile"
    )


def find_unchanged_persons(con: duckdb.DuckDBPyConnection, carry: bool) -> None:
    """Make ``identity.unchanged_person`` (person_key, born): who keeps her id without being looked for."""
    if not carry:
        build(con, "identity", ["unchanged_person"])
        return
    con.execute(
        "CREATE VIEW identity.unchanged_person AS"
        " SELECT person_key, born FROM last_night.person ANTI JOIN identity.touched_person USING (person_key)"
    )


def begin_links(con: duckdb.DuckDBPyConnection, carry: bool) -> None:
    """Make ``identity.carried_link``, and ``live_row``: the rows that have to be looked at."""
    build(con, "identity", ["named_contact"])
    build(con, "identity", ["touched_number", "touched_contact"], limit=None if carry else 0)
    build(con, "identity", ["row_link", "row_content", "carried_link"])
    if carry:
        build(con, "identity", ["live_row", "loose_link"])
    else:
        con.execute(
            "CREATE VIEW identity.live_row AS FROM identity.source_row WHERE extract <> 'household_register'"
        )
        con.execute("CREATE VIEW identity.loose_link AS FROM last_night.link")


def begin_outcomes(con: duckdb.DuckDBPyConnection, carry: bool) -> None:
    """Make the tables of outcomes that stand, and ``identity.asked``: the rows that have to be compared.

    Needs ``identity.residual_state`` and all that blocking reads.
    """
    if carry:
        build(con, "identity", ["presence_change"])
        build(con, "identity", ["renamed_person", "changed_person_row"])
        block(con, "residual", "changed_person_row", few=True)
        con.execute(
            "CREATE TABLE identity.changed_candidate AS SELECT DISTINCT row_key FROM identity.block_pair"
        )
        build(con, "identity", ["carried_row"])
    else:
        con.execute("CREATE TABLE identity.carried_row (row_key BIGINT, state UBIGINT)")
    build(con, "identity", _OUTCOMES)
    build(con, "identity", ["asked"], kind="table" if carry else "view")


def block(con: duckdb.DuckDBPyConnection, rows: str, register: str, *, few: bool = False) -> None:
    """Make ``identity.block_pair``: candidates of the rows in ``rows`` among those in ``register``.

    ``few``: it holds a small part of the register, so that most names and numbers need not be looked through.
    """
    among_names = among_numbers = ""
    if few:
        among_names = " SEMI JOIN identity.blocked_register USING (name_key)"
        among_numbers = " SEMI JOIN identity.blocked_register USING (person_key)"
    for view, source in (
        ("blocked_row", rows),
        ("blocked_register", register),
        ("blocked_name", f"bearer{among_names}"),
        ("blocked_number", f"known_number{among_numbers}"),
    ):
        con.execute(f"CREATE OR REPLACE VIEW identity.{view} AS FROM identity.{source}")
    build(con, "identity", ["block_pair"])
