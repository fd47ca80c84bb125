"""The intake of one extract: its files into ``intake.<extract>``, and the report about them."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import polars as pl

from contracts.extracts import EXTRACT_BY_NAME, Extract
from outreach.engine import Warehouse, uncompressed
from outreach.intake.batch import Batch
from outreach.intake.csv_reader import CsvReader
from outreach.intake.decoding import line_counts
from outreach.intake.delivery import DeliveredFile, Delivery
from outreach.intake.extract_files import ExtractFiles, OpenedFile, RefusedError
from outreach.intake.prefetch import prefetch
from outreach.intake.reader import ReaderError
from outreach.intake.rules import MESSAGES
from outreach.intake.run_tables import append, append_rows, forget, forget_salvaged, make_table
from outreach.intake.salvage import Salvaged
from outreach.settings import IntakeSettings
from outreach.standards import area_code

REGISTER = "household_register"


def intake_extract(
    warehouse: Warehouse,
    batch: Batch,
    extract: str | Extract,
    *,
    as_of: dt.date,
    earlier_rows: Sequence[int],
    allowed: frozenset[str],
    programmes: Mapping[str, set[str]],
    regions: Mapping[str, str] | None = None,
) -> Delivery:
    """Take one extract in: decode, read, clean, check the contract, store.

    Writes ``intake.<extract>`` (empty where refused or absent) and the extract's rows of ``run.delivery``,
    ``run.quarantine`` and ``run.extract``, in one transaction; repeating it replaces them.

    Args:
        extract: its name; or one that is not of a batch.
        earlier_rows: rows of the extract on the last published nights that accepted it, oldest first; a fall
            beyond what the settings' volume limits make of them refuses the extract.
        allowed: extracts that an operator takes in by name despite the volume and quarantine limits.
        programmes: programme ids of the catalogue with their labels, for 项目编码.
        regions: Chinese names of all regions with their ids, by which a returned list is recognised as
            another region's.

    Of a refused extract every row that was read is in quarantine, so that
    rows_read = rows_accepted + rows_quarantined holds here, too.

    Raises:
        KeyError: no such extract.
    """
    started = time.perf_counter()
    work = _Intake(
        warehouse,
        batch,
        EXTRACT_BY_NAME[extract] if isinstance(extract, str) else extract,
        as_of,
        (extract if isinstance(extract, str) else extract.name) in allowed,
        programmes,
        regions or {},
    )
    con = warehouse.con
    with uncompressed(con):
        con.execute("BEGIN TRANSACTION")
        try:
            delivery = work.run(earlier_rows)
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
        self.is_allowed = is_allowed
        self.files = ExtractFiles(batch, extract, self.limits, as_of, programmes, regions)
        self.notes: list[str] = []
        self.over_limits: frozenset[str] = frozenset()
        self.cut: list[str] = []

    def run(self, earlier_rows: Sequence[int]) -> Delivery:
        self._clear()
        parts = self.batch.parts.get(self.extract.name, ())
        fault = self.batch.faults.get(self.extract.name)
        if not parts and fault is None:
            return self._finish("absent", [DeliveredFile(None)], "未送达")
        files = [DeliveredFile(part.name) for part in parts] or [DeliveredFile(None)]
        if fault is not None:
            return self._finish("refused", files, f"拒收：{fault}")
        opened: list[OpenedFile] = []
        try:
            for part in parts:
                opened.append(self.files.open(part))
                if len(parts) > 1:
                    # One part at a time holds what it takes to read its rows.
                    opened[-1].reader.close()
            files = [item.known for item in opened]
            files = self._store(opened)
        except RefusedError as refusal:
            # What precedes the damage is of no use: half a snapshot would look like people gone.
            self._clear()
            return self._refused(files, refusal)
        finally:
            for item in opened:
                item.reader.close()
        reason = self._beyond_limits(files, earlier_rows)
        if reason is not None:
            return self._finish("refused", self._keep_all_out(files), f"拒收：{reason}")
        quarantined = sum(file.rows_quarantined for file in files)
        return self._finish(
            "accepted_with_quarantine" if quarantined else "accepted", files, self._summary(files)
        )

    def _clear(self) -> None:
        make_table(self.con, self.extract)
        forget(self.con, self.extract)

    def _store(self, opened: Sequence[OpenedFile]) -> list[DeliveredFile]:
        files: list[DeliveredFile] = []
        before = 0
        for item in opened:
            try:
                file = self._store_file(item, before)
            except ReaderError as error:
                raise RefusedError(str(error), item.part.name) from error
            except OSError as error:
                raise RefusedError(f"文件读取中断（{error.strerror}）", item.part.name) from error
            files.append(file)
            before += file.rows_read
        return files

    def _store_file(self, item: OpenedFile, before: int) -> DeliveredFile:
        """Three threads share the work, each a chunk ahead of the next: cut into cells, read, store."""
        read = accepted = last_line = 0
        for chunk, lines in prefetch(self.files.read(item, before), item.reader.close):
            append_rows(self.con, self.extract, chunk.rows)
            self._quarantine("row", chunk.quarantined, item.part.name)
            self._quarantine("value", chunk.unread, item.part.name)
            self._salvage(chunk.salvaged)
            self._note_lines(lines, item)
            read += chunk.rows.height + chunk.quarantined.height
            accepted += chunk.rows.height
            last_line = lines.select(pl.col("line").max()).item() or last_line
        if isinstance(item.reader, CsvReader) and item.reader.ends_within_line:
            self.cut.append(item.part.name)
        return replace(
            item.known,
            rows_read=read,
            rows_accepted=accepted,
            rows_quarantined=read - accepted,
            last_line=last_line,
        )

    def _note_lines(self, lines: pl.DataFrame, item: OpenedFile) -> None:
        """Store on which lines of their file rows are, as ranges in which every row is on the next line."""
        ranges = (
            lines.sort("row_number")
            .with_columns(line_offset=pl.col("line") - pl.col("row_number"))
            .group_by(pl.col("line_offset").rle_id().alias("range"), maintain_order=True)
            .agg(
                first_row=pl.col("row_number").min(),
                last_row=pl.col("row_number").max(),
                line_offset=pl.col("line_offset").first(),
            )
            .drop("range")
        )
        origin = {"extract": self.extract.name, "file": item.part.name, "sheet": item.reader.sheet}
        append(
            self.con,
            "run.line_range",
            ranges.with_columns(pl.lit(value, pl.String).alias(name) for name, value in origin.items()),
        )

    def _salvage(self, salvaged: Salvaged) -> None:
        extract = pl.lit(self.extract.name).alias("extract")
        append(self.con, "run.quarantined_record", salvaged.records.with_columns(extract))
        append(self.con, "run.quarantined_identifier", salvaged.identifiers.with_columns(extract))

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

    def _beyond_limits(self, files: Sequence[DeliveredFile], earlier_rows: Sequence[int]) -> str | None:
        """Why the rows that were read must not count, or None."""
        for file in files:
            entry = self.batch.manifest.get(file.file or "")
            if entry is not None and (
                entry.rows not in (None, file.rows_read) and entry.rows not in self._line_counts(file)
            ):
                return f"文件 {file.file} 有 {file.rows_read} 行，清单为 {entry.rows} 行，可能传输不完整"
        read = sum(file.rows_read for file in files)
        quarantined = sum(file.rows_quarantined for file in files)
        if self.extract.name == REGISTER and read == quarantined:
            return "没有一行可用的户籍数据"
        if self.extract.name == REGISTER and (elsewhere := self._elsewhere()) * 2 > read - quarantined:
            return f"{elsewhere} 行的行政区划代码属于其他地区，超过一半，可能是其他地区的文件"
        if read == quarantined >= self.limits.quarantine_all_rows:
            # Not even an operator lets this through: an empty roll would end it for everybody.
            self.over_limits = frozenset({"quarantine"})
            return f"全部 {read} 行都被隔离，没有一行可用，请检查格式后重新送达"
        reasons = {}
        if self.cut:
            reasons["whole"] = f"文件 {'、'.join(self.cut)} 在一行中间中断，可能传输不完整"
        if quarantined > self.limits.quarantine_rows and quarantined > self.limits.quarantine_share * read:
            reasons["quarantine"] = (
                f"隔离 {quarantined} 行，占 {read} 行的 {quarantined / read:.1%}，超过限额"
            )
        # A log is not a snapshot: of what it had last night it need not hold anything tonight.
        if self.extract.returned is None and (fall := unusual_fall(read, earlier_rows, self.limits)):
            reasons["volume"] = fall
        self.over_limits = frozenset(reasons)
        if reasons and self.is_allowed:
            self.notes.append(f"{'；'.join(reasons.values())}，经操作员放行")
            return None
        if reasons:
            return f"{'；'.join(reasons.values())}。核实无误后可按名称放行"
        return None

    def _elsewhere(self) -> int:
        """How many accepted rows of the register have an area code of another region."""
        (region,) = self.con.execute("SELECT region_code FROM run.context").fetchall()[0]
        (count,) = self.con.execute(
            f"SELECT count(*) FROM intake.{REGISTER} WHERE NOT starts_with(area_code, ?)",
            [area_code.own_part(region)],
        ).fetchall()[0]
        return int(count)

    def _line_counts(self, file: DeliveredFile) -> Iterator[int]:
        """How many lines a program may count in a file, its header and blank ones, too."""
        if file.delimiter is None:
            yield file.last_line
        else:
            path = next(part.path for part in self.batch.parts[self.extract.name] if part.name == file.file)
            yield from line_counts(path, file.encoding or "")

    def _keep_all_out(self, files: Sequence[DeliveredFile]) -> list[DeliveredFile]:
        """Move every accepted row to the quarantine: the extract is refused as a whole.

        What rests on it is then unknown for everybody, so that none of its rows is looked at by itself.
        """
        table = f"intake.{self.extract.name}"
        self.con.execute(
            "DELETE FROM run.quarantine WHERE extract = ? AND severity = 'value'", [self.extract.name]
        )
        forget_salvaged(self.con, self.extract)
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

    def _refused(self, files: Sequence[DeliveredFile], refusal: RefusedError) -> Delivery:
        blame = f"{refusal.file}：" if refusal.file and len(files) > 1 else ""
        return self._finish("refused", files, f"拒收：{blame}{refusal}")

    def _summary(self, files: Sequence[DeliveredFile]) -> str:
        accepted = sum(file.rows_accepted for file in files)
        quarantined = sum(file.rows_quarantined for file in files)
        extra = tuple(dict.fromkeys(name for file in files for name in file.extra))
        sentences = [f"接收 {accepted} 行" + (f"，隔离 {quarantined} 行" if quarantined else "")]
        if extra:
            more = f" 等 {len(extra)} 列" if len(extra) > 20 else ""
            sentences.append(f"约定以外的列未采用：{'、'.join(extra[:20])}{more}")
        doubled = tuple(dict.fromkeys(name for file in files for name in file.doubled))
        if doubled:
            sentences.append(f"列名重复，每行取其中第一个有值的：{'、'.join(doubled)}")
        return "；".join([*sentences, *self.files.notes, *self.notes])

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


def unusual_fall(read: int, earlier: Sequence[int], limits: IntakeSettings) -> str | None:
    """Why these rows are too few after those of the earlier nights (oldest first), or None.

    A file cut short looks like people who are gone. How much an extract may lose in a night is what the
    settings allow, or less, where its own last nights never lost as much.
    """
    if not earlier or earlier[-1] <= read:
        return None
    before = earlier[-1]
    share = limits.volume_drop_share
    if len(earlier) >= limits.volume_own_nights:
        largest = max((1 - after / rows for rows, after in pairwise(earlier) if rows), default=0)
        share = min(share, max(limits.volume_own_share, 2 * largest))
    if before - read <= limits.volume_drop_rows or before - read <= share * before:
        return None
    return f"行数由上次发布的 {before} 行降至 {read} 行，降幅 {1 - read / before:.1%}，超过限额 {share:.1%}"
