"""A built release read again before it is published: the files on disk, not what was meant to be in them."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb

from contracts.published import check_published
from contracts.vocabulary import ListKind
from outreach.delivery.errors import DeliveryError
from outreach.delivery.lists.list_index import ACTION, DIGEST, FILE, KIND, LINES, PROGRAMME
from outreach.delivery.release.manifest import file_sha256, read_manifest
from outreach.delivery.release_paths import ReleasePaths
from outreach.engine import load_models, sql_text
from outreach.engine.models import SQL_DIR


@dataclass(frozen=True)
class Finding:
    """Something wrong with a built release. The message holds counts and names of tables only."""

    check: str
    message: str


def check_release(paths: ReleasePaths) -> list[Finding]:
    """Everything wrong with a built release; empty = it may be published.

    Tried: files against the manifest; published tables and their columns; conservation (rows read =
    accepted + quarantined, exactly one link an accepted row, two a marriage row); contracts of persons and
    list lines; the index against every list file, its digest, its lines, and against ``mart.candidate``.
    """
    try:
        return [*_check_files(paths), *_check_tables(paths), *_check_lists(paths)]
    except (OSError, DeliveryError, duckdb.Error) as error:
        return [Finding("readable", f"{type(error).__name__}: {error}")]


def _check_files(paths: ReleasePaths) -> list[Finding]:
    found = []
    manifest = read_manifest(paths.directory)
    stated = (manifest.get("run_id"), manifest.get("region"), manifest.get("as_of"))
    if stated != (paths.run_id, paths.region, paths.as_of.isoformat()):
        found.append(Finding("manifest", "manifest.json is of another run, region or date"))
    for name, file in manifest["files"].items():
        if file_sha256(paths.directory / name) != file["sha256"]:
            found.append(Finding("manifest", f"{name} is not the file that the manifest describes"))
    for path, mode in ((paths.mart, 0o440), (paths.analyst, 0o444)):
        if path.stat().st_mode & 0o777 != mode:
            found.append(Finding("mode", f"{path.name} should have mode {mode:o}"))
    return found


def _open(file: Path) -> duckdb.DuckDBPyConnection:
    """Read the file from the disk, apart from any connection this process still has."""
    con = duckdb.connect(":memory:")
    con.execute(f"SET temp_directory = '{sql_text(file.parent / 'spill')}'")
    con.execute(f"ATTACH '{sql_text(file)}' AS release_file (READ_ONLY)")
    con.execute("USE release_file")
    return con


def _check_tables(paths: ReleasePaths) -> list[Finding]:
    found: list[Finding] = []
    con = _open(paths.mart_file)
    try:
        found.extend(Finding("contract", broken) for broken in check_published(con))
        for model in load_models("checks", SQL_DIR / "release"):
            try:
                wrong = con.sql(f"SELECT * FROM ({model.sql}) AS wrong LIMIT 20").pl()
            except duckdb.Error:
                # A table or column is not there: the contract's check has reported it already.
                found.append(Finding(model.name, "could not be run on these tables"))
                continue
            if wrong.is_empty():
                continue
            rows = wrong.drop("person_id").to_dicts() if "person_id" in wrong.columns else wrong.to_dicts()
            found.append(Finding(model.name, "; ".join(map(str, rows))))
        rows = con.execute("SELECT run_id, region, as_of FROM mart.run").fetchall()
        if rows != [(paths.run_id, paths.region, paths.as_of)]:
            found.append(Finding("run", "mart.run is of another run, region or date"))
    finally:
        con.close()
    return found


def _check_lists(paths: ReleasePaths) -> list[Finding]:
    """The index names every file, with its digest; a CSV has the number of lines in the index."""
    found = []
    index = paths.lists / "index.csv"
    with index.open(encoding="utf-8-sig", newline="") as handle:
        entries = list(csv.DictReader(handle))
    on_disk = {p.relative_to(paths.lists).as_posix() for p in paths.lists.rglob("*") if p.is_file()}
    named = Counter(entry[FILE] for entry in entries)
    if on_disk - {"index.csv"} != set(named) or max(named.values(), default=1) > 1:
        found.append(Finding("index", "index.csv does not name every list file exactly once"))
        return found
    lines: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        path = paths.lists / entry[FILE]
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != entry[DIGEST]:
            found.append(Finding("index", f"{entry[FILE]} is not the file that index.csv describes"))
        if path.suffix == ".csv":
            if content.count(b"\n") - 1 != int(entry[LINES]):
                found.append(Finding("index", f"{entry[FILE]} does not have as many lines as in index.csv"))
            if entry[KIND] == ListKind.PROGRAMME.chinese:
                lines[entry[PROGRAMME], entry[ACTION]] += int(entry[LINES])
    con = _open(paths.mart_file)
    try:
        rows = con.execute("SELECT programme, action, count(*) FROM mart.candidate GROUP BY ALL").fetchall()
    finally:
        con.close()
    if {(p, a): n for p, a, n in rows} != lines:
        found.append(Finding("lists", "the lists do not hold every line of mart.candidate exactly once"))
    return found
