"""The intake of one extract: its files into ``intake.<extract>``, and what is to be said of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from contracts.extracts import EXTRACT_BY_NAME, Extract
from outreach.engine import Warehouse, uncompressed
from outreach.intake.ahead import ahead
from outreach.intake.batch import Batch, Part
from outreach.intake.clues import clues
from outreach.intake.contract import check_contract
from outreach.intake.csv_form import CsvForm
from outreach.intake.form import Form, FormError, as_text
from outreach.intake.header import Header, match_header
from outreach.intake.magic import check_magic
from outreach.intake.parquet_form import ParquetForm
from outreach.intake.returned_list import FilledList, read_title, refuse_other_region
from outreach.intake.rules import MESSAGES
from outreach.intake.run_tables import append, append_rows, forget, make_table
from outreach.intake.typed import Typed, read_cells
from outreach.intake.xlsx_form import XlsxForm

SPINE = "household_register"
_FORMS: dict[str, type[CsvForm] | type[XlsxForm] | type[ParquetForm]] = {
    "csv": CsvForm,
    "xlsx": XlsxForm,
    "parquet": ParquetForm,
}


@dataclass(frozen=True)
class DeliveredFile:
    """One file of an extract as it was taken in. ``extra``: headers that are no column of the extract."""

    file: str | None
    sha256: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    rows_read: int = 0
    rows_accepted: int = 0
    rows_quarantined: int = 0
    extra: tuple[str, ...] = ()


@dataclass(frozen=True)
class Delivery:
    """What became of an extract.

    ``status``: ``accepted``, ``accepted_with_quarantine``, ``refused``, ``absent``. ``quarantine``: rows kept
    out, by rule; ``values``: cells of accepted rows that count as missing, by rule. ``message``: one Chinese
    sentence for operators, without personal data. ``over_limits``: the settings' limits that were passed
    (``quarantine``, ``volume``), whether the extract was refused for it or let through by an operator.
    """

    extract: str
    status: str
    files: tuple[DeliveredFile, ...]
    message: str
    quarantine: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, int] = field(default_factory=dict)
    over_limits: frozenset[str] = frozenset()
    seconds: float = 0.0

    @property
    def delivered(self) -> bool:
        """Whether the extract's rows count (with or without quarantine)."""
        return self.status in ("accepted", "accepted_with_quarantine")

    @property
    def rows_read(self) -> int:
        return sum(file.rows_read for file in self.files)

    @property
    def rows_accepted(self) -> int:
        return sum(file.rows_accepted for file in self.files)

    @property
    def rows_quarantined(self) -> int:
        return sum(file.rows_quarantined for file in self.files)

    @property
    def extra_columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for file in self.files for name in file.extra))


class _RefusedError(Exception):
    """The extract is refused; ``file`` is the one to blame, None where it is the set of files."""

    def __init__(self, message: str, file: str | None = None) -> None:
        super().__init__(message)
        self.file = file


@dataclass
class _Opened:
    part: Part
    form: Form
    header: Header
    known: DeliveredFile
    filled: FilledList | None = None


def intake_extract(
    warehouse: Warehouse,
    batch: Batch,
    extract: str,
    *,
    as_of: dt.date,
    previous_rows: int | None,
    allowed: frozenset[str],
    programmes: Mapping[str, set[str]],
    regions: Mapping[str, str] | None = None,
) -> Delivery:
    """Take one extract in: decode, read, clean, check the contract, store.

    Writes ``intake.<extract>`` (empty where refused or absent) and the extract's rows of ``run.delivery``,
    ``run.quarantine`` and ``run.extract``, in one transaction; repeating it replaces them.

    Args:
        previous_rows: rows of the extract on the last published night, None where there is none; a fall
            beyond the settings' volume limits refuses the extract.
        allowed: extracts that an operator takes in by name despite the volume and quarantine limits.
        programmes: programme ids of the catalogue with their labels, for 项目编码.
        regions: Chinese names of all regions with their ids, by which a returned list is recognised as
            another region's.

    Of a refused extract every row that was read stands in the quarantine, so that
    rows_read = rows_accepted + rows_quarantined holds here, too.

    Raises:
        KeyError: no such extract.
    """
    started = time.perf_counter()
    work = _Intake(
        warehouse, batch, EXTRACT_BY_NAME[extract], as_of, extract in allowed, programmes, regions or {}
    )
    con = warehouse.con
    with uncompressed(con):
        con.execute("BEGIN TRANSACTION")
        try:
            delivery = work.run(previous_rows)
            con.execute("COMMIT")
        except BaseException:
            con.execute("ROLLBACK")
            raise
    return replace(delivery, seconds=time.perf_counter() - started)


class _Intake:
    """One intake under way."""

    def __init__(
        self,
        warehouse: Warehouse,
        batch: Batch,
        extract: Extract,
        as_of: dt.date,
        is_allowed: bool,
        programmes: Mapping[str, set[str]],
        regions: Mapping[str, str],
    ) -> None:
        self.con = warehouse.con
        self.limits = warehouse.settings.intake
        self.batch = batch
        self.extract = extract
        self.as_of = as_of
        self.is_allowed = is_allowed
        self.programmes = programmes
        self.regions = regions
        self.notes: list[str] = []
        self.over_limits: frozenset[str] = frozenset()

    def run(self, previous_rows: int | None) -> Delivery:
        self._clear()
        parts = self.batch.parts.get(self.extract.name, ())
        fault = self.batch.faults.get(self.extract.name)
        if not parts and fault is None:
            return self._finish("absent", [DeliveredFile(None)], "未送达")
        files = [DeliveredFile(part.name) for part in parts] or [DeliveredFile(None)]
        if fault is not None:
            return self._finish("refused", files, f"拒收：{fault}")
        try:
            opened = [self._open(part) for part in parts]
        except _RefusedError as refusal:
            return self._refused(files, refusal)
        files = [item.known for item in opened]
        try:
            files = self._store(opened)
        except _RefusedError as refusal:
            # What stood before the damage is of no use: half a snapshot would look like people gone.
            self._clear()
            return self._refused(files, refusal)
        reason = self._beyond_limits(files, previous_rows)
        if reason is not None:
            return self._finish("refused", self._keep_all_out(files), f"拒收：{reason}")
        kept_out = sum(file.rows_quarantined for file in files)
        return self._finish(
            "accepted_with_quarantine" if kept_out else "accepted", files, self._summary(files)
        )

    def _clear(self) -> None:
        make_table(self.con, self.extract)
        forget(self.con, self.extract)

    def _open(self, part: Part) -> _Opened:
        """Check a file's form, digest and header; read no row."""
        try:
            check_magic(part.path, part.form)
            digest = _sha256(part)
            entry = self.batch.manifest.get(part.name)
            if entry is not None and entry.fault is not None:
                raise FormError(entry.fault)
            if entry is not None and entry.sha256 not in (None, digest):
                raise FormError("文件校验值与清单不符，可能传输不完整")
            form = _FORMS[part.form](part.path, self.extract)
            filled = self._filled(form)
            header = match_header(form.header, self.extract) if filled is None else filled.header
        except FormError as error:
            raise _RefusedError(str(error), part.name) from error
        except OSError as error:
            raise _RefusedError(f"文件无法打开（{error.strerror}）", part.name) from error
        known = DeliveredFile(part.name, digest, form.encoding, form.delimiter, extra=header.extra)
        return _Opened(part, form, header, known, filled)

    def _filled(self, form: Form) -> FilledList | None:
        """How a list of ours is read that comes back as this extract; None where none can."""
        returned = self.extract.returned
        if returned is None:
            return None
        title = read_title(form.title, self.programmes, self.regions)
        refuse_other_region(title, self.batch.region, self.regions)
        return FilledList.open(self.extract, returned, form.header, title, self.programmes)

    def _store(self, opened: Sequence[_Opened]) -> list[DeliveredFile]:
        files: list[DeliveredFile] = []
        before = 0
        for item in opened:
            try:
                file = self._store_file(item, before)
            except FormError as error:
                raise _RefusedError(str(error), item.part.name) from error
            except OSError as error:
                raise _RefusedError(f"文件读取中断（{error.strerror}）", item.part.name) from error
            files.append(file)
            before += file.rows_read
        return files

    def _store_file(self, item: _Opened, before: int) -> DeliveredFile:
        """Three threads share the work, each a chunk ahead of the next: cut into cells, read, store."""
        read = accepted = 0
        for chunk in ahead(self._read(item, before)):
            append_rows(self.con, self.extract, chunk.rows)
            self._quarantine("row", chunk.kept_out, item.part.name)
            self._quarantine("value", chunk.unread, item.part.name)
            append(self.con, "run.kept_out", chunk.clues.with_columns(extract=pl.lit(self.extract.name)))
            read += chunk.rows.height + chunk.kept_out.height
            accepted += chunk.rows.height
        return replace(item.known, rows_read=read, rows_accepted=accepted, rows_quarantined=read - accepted)

    def _read(self, item: _Opened, before: int) -> Iterator[Typed]:
        """A file's rows, typed and checked; row numbers count on from those of the parts before."""
        positions = item.header.positions
        shift = pl.col("row_number") + before
        filled = item.filled
        if filled is None:
            chunks = item.form.chunks(item.header.width, sorted(positions))
        else:
            positions = filled.positions
            chunks = filled.answered(item.form.chunks(item.header.width, filled.wanted))
        for chunk in ahead(chunks):
            cells = chunk.cells.with_columns(shift)
            typed = read_cells(cells, positions, self.extract, self.as_of, self.programmes)
            rows, broken = check_contract(typed.rows, self.extract)
            form_faults = chunk.bad.select(shift, "rule", column_name=pl.lit(None, pl.String))
            kept_out = pl.concat([form_faults, typed.kept_out, broken])
            incomplete = cells.join(pl.concat([typed.kept_out, broken]), on="row_number", how="semi")
            kept_text = pl.concat(
                [
                    chunk.bad.select(shift, "text"),
                    incomplete.select("row_number", text=as_text(cells.columns[1:])),
                ]
            )
            if rows.height + kept_out.height != chunk.rows:
                raise AssertionError(f"{self.extract.name}, {item.part.name}: a row was lost in reading")
            unread = typed.unread.join(broken, on="row_number", how="anti")
            if filled is not None:
                unread = pl.concat([unread, filled.dated_ahead(rows, self.as_of)])
            yield Typed(rows, kept_out, unread, clues(kept_text, self.as_of))

    def _quarantine(self, severity: str, problems: pl.DataFrame, file: str) -> None:
        append(
            self.con,
            "run.quarantine",
            problems.select(
                "row_number",
                "rule",
                "column_name",
                extract=pl.lit(self.extract.name),
                file=pl.lit(file),
                severity=pl.lit(severity),
                message=pl.col("rule").replace(MESSAGES),
            ),
        )

    def _beyond_limits(self, files: Sequence[DeliveredFile], previous_rows: int | None) -> str | None:
        """Why the rows that were read must not count, or None."""
        for file in files:
            entry = self.batch.manifest.get(file.file or "")
            if entry is not None and entry.rows not in (None, file.rows_read):
                return f"文件 {file.file} 有 {file.rows_read} 行，清单为 {entry.rows} 行，可能传输不完整"
        read = sum(file.rows_read for file in files)
        kept_out = sum(file.rows_quarantined for file in files)
        if self.extract.name == SPINE and read == kept_out:
            return "没有一行可用的户籍数据"
        reasons = {}
        if kept_out > self.limits.quarantine_rows and kept_out > self.limits.quarantine_share * read:
            reasons["quarantine"] = f"隔离 {kept_out} 行，占 {read} 行的 {kept_out / read:.1%}，超过限额"
        # A log is not a snapshot: of what it had last night it need not hold anything tonight.
        before = (previous_rows or 0) if self.extract.returned is None else 0
        fall = before - read
        if fall > self.limits.volume_drop_rows and fall > self.limits.volume_drop_share * before:
            reasons["volume"] = f"行数由上次发布的 {before} 行降至 {read} 行，降幅超过限额"
        self.over_limits = frozenset(reasons)
        if reasons and self.is_allowed:
            self.notes.append(f"{'；'.join(reasons.values())}，经操作员放行")
            return None
        if reasons:
            return f"{'；'.join(reasons.values())}。核实无误后可按名称放行"
        return None

    def _keep_all_out(self, files: Sequence[DeliveredFile]) -> list[DeliveredFile]:
        """Move every accepted row to the quarantine: the extract is refused as a whole."""
        table = f"intake.{self.extract.name}"
        self.con.execute(
            "DELETE FROM run.quarantine WHERE extract = ? AND severity = 'value'", [self.extract.name]
        )
        last = 0
        for file in files:
            self.con.execute(
                "INSERT INTO run.quarantine (extract, row_number, file, severity, rule, message) "
                f"SELECT ?, row_number, ?, 'row', 'extract_refused', ? FROM {table} "
                "WHERE row_number BETWEEN ? AND ?",
                [self.extract.name, file.file, MESSAGES["extract_refused"], last + 1, last + file.rows_read],
            )
            last += file.rows_read
        make_table(self.con, self.extract)
        return [replace(file, rows_accepted=0, rows_quarantined=file.rows_read) for file in files]

    def _refused(self, files: Sequence[DeliveredFile], refusal: _RefusedError) -> Delivery:
        blame = f"{refusal.file}：" if refusal.file and len(files) > 1 else ""
        return self._finish("refused", files, f"拒收：{blame}{refusal}")

    def _summary(self, files: Sequence[DeliveredFile]) -> str:
        accepted = sum(file.rows_accepted for file in files)
        kept_out = sum(file.rows_quarantined for file in files)
        extra = tuple(dict.fromkeys(name for file in files for name in file.extra))
        sentences = [f"接收 {accepted} 行" + (f"，隔离 {kept_out} 行" if kept_out else "")]
        if extra:
            sentences.append(f"约定以外的列未采用：{'、'.join(extra[:20])}")
        return "；".join([*sentences, *self.notes])

    def _finish(self, status: str, files: Sequence[DeliveredFile], message: str) -> Delivery:
        name = self.extract.name
        append(
            self.con,
            "run.delivery",
            pl.DataFrame(
                [
                    {
                        "extract": name,
                        "file": file.file,
                        "sha256": file.sha256,
                        "encoding": file.encoding,
                        "rows_read": file.rows_read,
                        "rows_accepted": file.rows_accepted,
                        "rows_quarantined": file.rows_quarantined,
                        "status": status,
                        "message": message,
                    }
                    for file in files
                ],
                schema_overrides={"file": pl.String, "sha256": pl.String, "encoding": pl.String},
            ),
        )
        is_delivered = status in ("accepted", "accepted_with_quarantine")
        accepted = sum(file.rows_accepted for file in files)
        self.con.execute(
            "INSERT INTO run.extract VALUES (?, ?, ?, ?)", [name, is_delivered, status, accepted]
        )
        return Delivery(
            name,
            status,
            tuple(files),
            message,
            self._by_rule("row"),
            self._by_rule("value"),
            self.over_limits,
        )

    def _by_rule(self, severity: str) -> dict[str, int]:
        rows = self.con.execute(
            "SELECT rule, count(*) FROM run.quarantine WHERE extract = ? AND severity = ? GROUP BY rule "
            "ORDER BY rule",
            [self.extract.name, severity],
        ).fetchall()
        return {str(rule): int(count) for rule, count in rows}


def _sha256(part: Part) -> str:
    with part.path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
