"""Filled-in lists and answered questions, file by file: read as the intake reads, and put into the logs.

What belongs here: which file is of what kind and region, whose line it is, what does not fit, and the report
line by line. How a file is read is ``outreach.intake``'s business, how a log is kept ``outreach.outcomes``'s.
Nothing that is reported holds personal data: a line is named by its number in the file.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from contracts.extracts import EXTRACT_BY_NAME, QUESTION_ANSWER, Extract
from contracts.vocabulary import Action, ContactResult, QuestionAnswer
from outreach.delivery import PublishedNight, last_sound, published_nights, registry_copy
from outreach.engine import Warehouse, build, query, sql_text
from outreach.errors import OutreachError
from outreach.intake import (
    FORMS,
    Batch,
    Glance,
    Part,
    ReaderError,
    begin_run,
    glance,
    intake_extract,
    shown_name,
)
from outreach.outcomes import FOLDER, IMPORTED, QUESTIONS, AnswerLog, OutcomeLog
from outreach.settings import Settings
from outreach.standards.names import name_key

OUTCOME = EXTRACT_BY_NAME["outreach_outcome"]
_UNLIMITED = 1 << 62
_OTHER_FORMS = {
    ".xls": "旧版 .xls 工作簿，请用表格软件另存为 .xlsx",
    ".et": "WPS 工作簿，请另存为 .xlsx",
    ".xlsm": "含宏的工作簿，请另存为 .xlsx（不含宏）",
    ".zip": "压缩包中的压缩包，请解压后导入其中的名单文件",
}
_SAME_MATTER = ["person_id", "programme", "contacted_on"]
_WORD = "|".join(QuestionAnswer.codes())


_MOST_MEMBERS = 2_000
_AREA_DIGITS = 12
_GIB = 1 << 30


class _NoRegionError(ReaderError):
    """The file does not state its region, and nothing else says it."""


class ReturnsError(OutreachError):
    """Nothing can be taken in at all; the message names the reason and what to do (Chinese)."""


@dataclass
class FileTaken:
    """What became of a file: ``fault`` where it was not taken at all, else what of its lines.

    ``taken``: lines added to the log; ``known``: lines whose answer it had; ``refused``: lines not taken,
    with why; ``noted``: lines taken with a remark. Lines count as a person sees them in the file.
    """

    name: str
    kind: str = ""
    region: str = ""
    fault: str | None = None
    taken: list[int] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    noted: list[tuple[int, str]] = field(default_factory=list)
    is_list: bool = True
    """False: it has no column for answers."""
    remark: str | None = None
    """What is to be known of the file as a whole."""

    @property
    def whole(self) -> bool:
        """Whether nothing of the file was left out."""
        return self.fault is None and not self.refused


class Returns:
    """One import into a home.

    Args:
        home: the deployment's home.
        programmes: programme ids with their Chinese names.
        regions: regions with their GB/T 2260 code and Chinese name.
        today: the day in China now.
        region: the region of files that do not state theirs.
        area: a pattern of area codes: lists alone are taken, and of them only lines about people in it.
        write: False judges everything and adds nothing to any log.
        folder: where files are unpacked and read; the system's temporary folder where it is not set.
    """

    def __init__(
        self,
        home: Path,
        settings: Settings,
        programmes: Mapping[str, set[str]],
        regions: Mapping[str, tuple[str, str]],
        today: dt.date,
        region: str | None = None,
        *,
        area: str | None = None,
        write: bool = True,
        folder: Path | None = None,
    ) -> None:
        self._home = home
        self._area = area
        self._write = write
        self._folder = folder
        limits = settings.intake.model_copy(
            update={"quarantine_rows": _UNLIMITED, "quarantine_all_rows": _UNLIMITED}
        )
        self._settings = settings.model_copy(update={"intake": limits})
        self._programmes = programmes
        self._regions = regions
        self._names = {name: key for key, (_, name) in regions.items()}
        self._today = today
        self._region = region
        self._nights: dict[str, PublishedNight] = {}

    def take_all(self, path: Path) -> Iterator[FileTaken]:
        """Read a file, or every file of a ZIP archive, and add what each holds to its region's log at once.

        Files of an archive that have no column for answers (a street's ledger) are passed over. Those that do
        not state their region (a CSV has no title) are of the one that all others state; they come last.

        Raises:
            OutcomeLogError: the log is damaged or cannot be written; of that file nothing was added.
            ReturnsError: the region that was named has no published night.
        """
        if path.suffix.lower() != ".zip" or not path.is_file():
            yield self._take_any(path, "/".join(path.parts[-2:]))
            return
        archive = FileTaken(shown_name(path.name, _AREA_DIGITS + 1))
        with tempfile.TemporaryDirectory(prefix="outreach-import-", dir=self._folder) as folder:
            try:
                members = _unpack(path, Path(folder), int(self._settings.intake.unpacked_gib * _GIB))
            except ReaderError as error:
                archive.fault = str(error)
                yield archive
                return
            without, stated = [], set()
            for place, name in members:
                try:
                    done = self._take(place, name)
                except _NoRegionError:
                    without.append((place, name))
                    continue
                stated.add(done.region)
                if done.is_list:
                    yield done
            stated.discard("")
            common = stated.pop() if len(stated) == 1 else None
            for place, name in without:
                done = self._take_any(place, name, common)
                if done.is_list:
                    yield done

    def _take_any(self, path: Path, name: str, region: str | None = None) -> FileTaken:
        """Take a file; one without a region is not taken."""
        try:
            return self._take(path, name, region)
        except _NoRegionError as error:
            return FileTaken(shown_name(name, _AREA_DIGITS + 1), fault=str(error))

    def _take(self, path: Path, name: str, region: str | None = None) -> FileTaken:
        """Take a file; ``region``: of one that does not state it.

        Raises:
            _NoRegionError: nothing says of which region it is; nothing was done.
        """
        done = FileTaken(shown_name(name, _AREA_DIGITS + 1))
        form = path.suffix.lower().removeprefix(".")
        if form not in FORMS:
            done.fault = _OTHER_FORMS.get(path.suffix.lower(), "不是 XLSX 或 CSV 文件")
            return done
        part = Part(path, form, None)
        try:
            if not path.is_file():
                raise ReaderError("没有这个文件")
            extract, seen = self._look(part)
            done.kind = extract.title
            if extract is QUESTION_ANSWER and self._area is not None:
                raise ReaderError("这是部门核对清单，请由部门联系人在“部门核对”中答复")
            done.is_list = bool({"结果", "答复"} & set(seen.header))
            done.region = self._region_of(seen, region)
            night = self._night(done.region)
            with (
                tempfile.TemporaryDirectory(prefix="outreach-import-", dir=self._folder) as folder,
                Warehouse(Path(folder) / "work.duckdb", self._settings) as warehouse,
            ):
                self._read(warehouse, part, extract, done, max(self._today, night.as_of))
                if done.fault is None and extract is QUESTION_ANSWER:
                    self._take_answers(warehouse.con, done, night)
                elif done.fault is None:
                    self._take_outcomes(warehouse.con, done, night, seen.title.night)
        except _NoRegionError:
            raise
        except ReaderError as error:
            done.fault = str(error)
        except OSError as error:
            done.fault = f"文件无法读取（{error.strerror}）"
        for lines in (done.refused, done.noted):
            lines.sort()
        return done

    def _look(self, part: Part) -> tuple[Extract, Glance]:
        """Of what kind a file is, by its header."""
        looked = (part, QUESTION_ANSWER, self._settings.intake, self._programmes, self._names)
        try:
            seen = glance(*looked)
            if {"问题编号", "答复"} & set(seen.header):
                return QUESTION_ANSWER, seen
        except ReaderError:
            pass
        return OUTCOME, glance(part, OUTCOME, self._settings.intake, self._programmes, self._names)

    def _region_of(self, seen: Glance, region: str | None) -> str:
        stated = seen.title.region
        if stated is not None and self._region not in (None, stated):
            wanted = f"--region {self._region}" if self._area is None else "页面右上角所选的地区"
            raise ReaderError(
                f"名单标题写明是{self._regions[stated][1]}的名单，与{' ' if self._area is None else ''}"
                f"{wanted}{' ' if self._area is None else ''}不符，未采用"
            )
        if stated or self._region or region:
            return stated or self._region or str(region)
        there = [key for key in self._regions if published_nights(self._home, key)]
        if len(there) == 1:
            return there[0]
        raise _NoRegionError("文件没有写明是哪个地区的名单，请用 --region 指明")

    def _night(self, region: str) -> PublishedNight:
        if region not in self._nights:
            night, _ = last_sound(self._home, region)
            if night is None:
                raise ReturnsError(f"{region} 还没有发布过名单，无从导入；请检查 --region 与 --home。")
            self._nights[region] = night
        return self._nights[region]

    def _read(
        self, warehouse: Warehouse, part: Part, extract: Extract, done: FileTaken, day: dt.date
    ) -> None:
        """Take the file in as a night takes it in, whatever the share of lines that cannot be read."""
        code, _ = self._regions.get(done.region, ("", ""))
        begin_run(warehouse, "import", done.region, code, day)
        batch = Batch(part.path.parent, done.region, day, True, {extract.name: (part,)})
        delivery = intake_extract(
            warehouse,
            batch,
            extract,
            as_of=day,
            earlier_rows=(),
            allowed=frozenset({extract.name}),
            programmes=self._programmes,
            regions=self._names,
        )
        if not delivery.delivered:
            done.fault = delivery.message.removeprefix("拒收：")
            return
        con = warehouse.con
        build(con, "returns", only=["answer_line" if extract is QUESTION_ANSWER else "outcome_line"])
        faults = query(con, "returns", "fault").fetchall()
        done.refused += [(line, text) for severity, _, line, text in faults if severity == "row"]
        done.noted += [
            (line, text)
            for severity, rule, line, text in faults
            if severity == "value" and rule != "answer_ahead"
        ]

    def _take_outcomes(
        self,
        con: duckdb.DuckDBPyConnection,
        done: FileTaken,
        night: PublishedNight,
        list_night: dt.date | None,
    ) -> None:
        con.execute(f"ATTACH '{sql_text(night.mart)}' AS latest (READ_ONLY)")
        of_that_day = [
            one for one in published_nights(self._home, done.region) if list_night in (None, one.as_of)
        ]
        if not of_that_day:
            done.remark = f"名单日期 {list_night} 没有发布过，或已清理；按 {night.as_of} 的名单核对"
        earlier = [one for one in of_that_day if list_night is not None and one.mart != night.mart]
        if earlier:
            con.execute(f"ATTACH '{sql_text(earlier[0].mart)}' AS listed (READ_ONLY)")
        self._know(con, night)
        con.execute(
            "CREATE TABLE returns.listed AS SELECT person_id, programme, action, rule "
            f"FROM {'listed.mart.candidate' if earlier else 'latest.mart.candidate LIMIT 0'}"
        )
        build(con, "returns", only=["claimed", "action"])
        known_names: pl.DataFrame = con.sql(
            "SELECT DISTINCT known_name FROM returns.claimed"
            " WHERE known_name IS NOT NULL AND name_key IS NOT NULL"
        ).pl()
        keys = known_names.with_columns(known_name_key=name_key(known_names.get_column("known_name")))
        con.register("known_name_keys", keys.to_arrow())
        con.execute("CREATE TABLE returns.known_name_key AS SELECT * FROM known_name_keys")
        con.unregister("known_name_keys")
        build(con, "returns", only=["judged"])
        outside = self._outside(con)
        done.refused += [(line, "不在您的辖区内") for line in sorted(outside)]
        done.refused += [
            (int(line), str(why))
            for line, why in con.execute(
                "SELECT line, why FROM returns.judged WHERE why IS NOT NULL"
            ).fetchall()
            if line not in outside
        ]
        rows: pl.DataFrame = con.sql("SELECT * FROM returns.judged WHERE why IS NULL ORDER BY line").pl()
        unfit = [(line, why) for line, why in self._unfit(con) if line not in outside]
        done.refused += unfit
        out = outside | {line for line, _ in unfit}
        rows = rows.filter(~pl.col("line").is_in(list(out)))
        same_day = query(con, "returns", "same_day").fetchall()
        done.noted += [
            (int(line), "同一人同一项目同日另有不同结果，均已记入，其中有“不同意”的以其为准")
            for (line,) in same_day
            if line not in out
        ]
        entries = rows.with_columns(row_number=pl.lit(None, pl.Int64))
        log = OutcomeLog(self._home / "state" / done.region / FOLDER)
        before = [lot.read().select(*_SAME_MATTER, "result") for lot in log.counting(dt.date.max)]
        counts_from = night.as_of + dt.timedelta(days=1)
        added = log.add_new(entries, counts_from, IMPORTED) if self._write else log.unknown(entries)
        self._count(done, rows, added)
        if before:
            other = added.join(pl.concat(before), on=_SAME_MATTER).filter(
                pl.col("result") != pl.col("result_right")
            )
            done.noted += [
                (line, "台账中同一人同一项目同日已有不同结果，均已记入，其中有“不同意”的以其为准")
                for line in other.get_column("line").unique().to_list()
            ]

    def _outside(self, con: duckdb.DuckDBPyConnection) -> set[int]:
        """The lines about people outside the area: of them nothing else is told."""
        if self._area is None:
            return set()
        return {int(line) for (line,) in query(con, "returns", "outside_area", area=self._area).fetchall()}

    @staticmethod
    def _count(done: FileTaken, rows: pl.DataFrame, added: pl.DataFrame) -> None:
        done.taken = sorted(added.get_column("line").to_list())
        done.known = sorted(set(rows.get_column("line").to_list()) - set(done.taken))

    @staticmethod
    def _know(con: duckdb.DuckDBPyConnection, night: PublishedNight) -> None:
        """Ids that were given on earlier nights, and by now may live on in another."""
        con.execute("CREATE TABLE returns.old_id (person_id VARCHAR)")
        copy = registry_copy(night.directory)
        if copy is not None:
            con.execute(f"ATTACH '{sql_text(copy)}' AS registry (READ_ONLY)")
            con.execute("INSERT INTO returns.old_id SELECT person_id FROM registry.person")

    @staticmethod
    def _unfit(con: duckdb.DuckDBPyConnection) -> list[tuple[int, str]]:
        """Lines whose result cannot come of the action that the person's line has or had."""
        offered = [(r.value, a.value, r.fits(a.value)) for r in ContactResult for a in Action if a.is_work]
        con.execute("CREATE TABLE returns.fit (result VARCHAR, action VARCHAR, fits BOOLEAN)")
        con.executemany("INSERT INTO returns.fit VALUES (?, ?, ?)", offered)
        return [
            (int(line), f"结果“{result}”不适用于“{actions}”事项，请改填适用的结果")
            for line, result, actions in query(con, "returns", "unfit").fetchall()
        ]

    def _take_answers(self, con: duckdb.DuckDBPyConnection, done: FileTaken, night: PublishedNight) -> None:
        con.execute(f"ATTACH '{sql_text(night.mart)}' AS latest (READ_ONLY)")
        counts_from = night.as_of + dt.timedelta(days=1)
        day = min(self._today, counts_from)
        rows: pl.DataFrame = query(con, "returns", "answer", day=day, word=_WORD).pl()
        refused = rows.filter(pl.col("why").is_not_null())
        done.refused += list(refused.select("line", "why").iter_rows())
        rows = rows.filter(pl.col("why").is_null())
        log = AnswerLog(self._home / "state" / done.region / QUESTIONS)
        known = [lot.read().select("question_id", "answer") for lot in log.counting(dt.date.max)]
        new = rows
        if known:
            # An answer without a day that the log has already is the same file again.
            undated = rows.filter(~pl.col("dated")).join(
                pl.concat(known), on=["question_id", "answer"], how="semi"
            )
            new = rows.join(undated.select("line"), on="line", how="anti")
        self._count(done, rows, log.add_new(new, counts_from, IMPORTED) if self._write else log.unknown(new))


def _unpack(path: Path, folder: Path, most: int) -> list[tuple[Path, str]]:
    """The files of an archive, unpacked under names of ours, with their own.

    Raises:
        ReaderError: it is damaged, locked, or too large.
    """
    found = []
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > most:
                raise ReaderError("压缩包过大，请分批导入")
            for number, member in enumerate(members):
                name = member.filename
                if not member.flag_bits & 0x800:
                    # Chinese programs write names in GBK without declaring it; Python takes them for CP437.
                    with suppress(UnicodeError):
                        name = name.encode("cp437").decode("gb18030")
                place = folder / f"{number}{Path(name).suffix.lower()}"
                with archive.open(member) as source, place.open("wb") as target:
                    shutil.copyfileobj(source, target)
                found.append((place, "/".join(Path(name).parts[-2:])))
    # In turn: no archive, or a wrong checksum; a garbled part; one that is cut off; a packing that Python
    # does not know; a password.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ReaderError("压缩包已损坏、受密码保护或压缩方式不受支持，请重新压缩") from error
    return found
