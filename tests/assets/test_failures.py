"""A failing step is explained without a person's data, and tried again only where that can help."""

from __future__ import annotations

import errno
import traceback

import dagster as dg
import duckdb
import pytest

from assets.failures import as_dagster_failure, safe_message, scrub, transient
from outreach.engine.models import ModelError
from outreach.intake import BatchError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Could not convert string '王秀英' to INT64", "Could not convert string '…' to INT64"),
        ('value "张伟 13800138000" in column "name"', 'value "…" in column "name"'),
        ("row 340102194503121234 is odd", "row … is odd"),
        ("number 34010219450312123X", "number …"),
        ("Table 'facts.person' has no column `hardship`", "Table 'facts.person' has no column `hardship`"),
        ("WANGXIUYING in 'WANG XIUYING'", "WANGXIUYING in '…'"),
        ("batch of 2026-11-20, row 12345", "batch of 2026-11-20, row 12345"),
    ],
)
def test_what_could_be_personal_is_masked(text: str, expected: str) -> None:
    assert scrub(text) == expected


def test_an_engine_error_loses_the_value_and_its_origin() -> None:
    with pytest.raises(dg.Failure) as caught, as_dagster_failure():
        duckdb.connect().execute("SELECT CAST('王秀英' AS INTEGER)").fetchall()
    logged = "".join(traceback.format_exception(caught.value))
    assert "王秀英" not in logged
    assert "ConversionException" in str(caught.value.description)
    assert caught.value.allow_retries is False


def test_messages_of_libraries_lose_names_and_our_own_keep_their_chinese() -> None:
    assert safe_message(ValueError("no such person: 王秀英")) == "ValueError: no such person: …"
    assert safe_message(ModelError("sql/facts/person.sql: odd value 王·秀英")) == (
        "ModelError: sql/facts/person.sql: odd value …"
    )
    assert safe_message(BatchError("清单无法读取")) == "BatchError: 清单无法读取"


def test_a_busy_file_is_tried_again_and_a_wrong_one_is_not() -> None:
    assert transient(OSError(errno.EBUSY, "busy"))
    assert transient(duckdb.IOException("IO Error: Could not set lock on file"))
    assert not transient(FileNotFoundError(errno.ENOENT, "gone"))
    assert not transient(ValueError("no"))


def test_a_failure_with_a_message_of_ours_passes_unchanged() -> None:
    failure = dg.Failure("held back")
    with pytest.raises(dg.Failure) as caught, as_dagster_failure():
        raise failure
    assert caught.value is failure
