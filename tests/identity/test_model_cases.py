"""Models of identity one by one, on a few rows; the cases are data (``tests/identity/model_cases.py``)."""

from collections.abc import Iterator

import duckdb
import pytest
from identity_nights import AS_OF, land
from model_cases import Columns, ModelCase, check_model, columns_of, load_model_cases

from outreach.engine import Warehouse, load_models
from outreach.identity import resolve
from outreach.identity.functions import registered

CASES = load_model_cases()
ROOMS = ("register", "scoring", "decision", "review")


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    """Columns and types of the tables of a night, from one without a row."""
    folder = tmp_path_factory.mktemp("empty")
    with Warehouse(folder / "night.duckdb") as warehouse:
        land(warehouse, {}, [])
        resolve(warehouse, folder / "state" / "registry.duckdb", region="yaohai", as_of=AS_OF)
        return columns_of(warehouse.con)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """One connection for all cases."""
    with duckdb.connect() as con, registered(con):
        con.execute("SET threads = 1")
        yield con


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(con: duckdb.DuckDBPyConnection, columns: Columns, case: ModelCase) -> None:
    check_model(con, columns, case)


@pytest.mark.parametrize("room", ROOMS)
def test_every_model_of_a_room_has_a_case(room: str) -> None:
    tried = {table for case in CASES for table in case.expect}
    assert {model.name for model in load_models("identity") if model.room == room} - tried == set()
