"""What the checks of an extract say, and which of them stop the night."""

from __future__ import annotations

from collections.abc import Sequence

import dagster as dg
import pytest

from assets.intake import checked, intake_key
from outreach.intake import Conservation, DeliveredFile, Delivery

WHOLE = Conservation("visit_log", 10, 9, 1, holds=True)
LOST = Conservation("visit_log", 10, 8, 1, holds=False)


def delivery(extract: str, status: str, over: frozenset[str] = frozenset()) -> Delivery:
    file = DeliveredFile(f"{extract}.csv", rows_read=10, rows_accepted=9, rows_quarantined=1)
    return Delivery(extract, status, (file,), "…", over_limits=over)


def failures(
    what: Delivery, account: Conservation = WHOLE, earlier: Sequence[int] = ()
) -> dict[str, dg.AssetCheckSeverity]:
    results = checked(intake_key(what.extract), what, account, earlier)
    assert [result.check_name for result in results] == ["delivered", "contract", "conservation", "volume"]
    return {str(result.check_name): result.severity for result in results if not result.passed}


def test_an_accepted_extract_passes() -> None:
    assert failures(delivery("visit_log", "accepted_with_quarantine")) == {}


@pytest.mark.parametrize(("status", "check"), [("refused", "contract"), ("absent", "delivered")])
def test_a_refused_or_absent_extract_warns(status: str, check: str) -> None:
    assert failures(delivery("visit_log", status)) == {check: dg.AssetCheckSeverity.WARN}


@pytest.mark.parametrize(("status", "check"), [("refused", "contract"), ("absent", "delivered")])
def test_a_refused_or_absent_register_stops_the_night(status: str, check: str) -> None:
    assert failures(delivery("household_register", status)) == {check: dg.AssetCheckSeverity.ERROR}


def test_a_lost_row_stops_the_night_whosever_it_is() -> None:
    found = failures(delivery("visit_log", "accepted"), LOST)
    assert found == {"conservation": dg.AssetCheckSeverity.ERROR}


def test_an_extract_let_through_still_shows_that_it_shrank() -> None:
    let_through = delivery("visit_log", "accepted", frozenset({"volume"}))
    assert failures(let_through, earlier=[100]) == {"volume": dg.AssetCheckSeverity.WARN}


def test_a_shrunk_register_is_refused_and_stops_the_night() -> None:
    shrunk = delivery("household_register", "refused", frozenset({"volume"}))
    assert failures(shrunk, earlier=[100]) == {
        "contract": dg.AssetCheckSeverity.ERROR,
        "volume": dg.AssetCheckSeverity.WARN,
    }
