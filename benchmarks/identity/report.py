"""The printed report: tables of figures, world by world and as means with intervals over seeds."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from benchmarks.identity.calibration import Bin, pooled
from benchmarks.identity.contest import SETUPS, Result, splink_name
from benchmarks.identity.figures import Counts, mean_interval, wilson
from benchmarks.identity.judge import AUTOMATIC, BEST, EVEN_ODDS, EXACT, OURS, WITH_REVIEW

Row = Sequence[str]


def table(head: Row, rows: Sequence[Row]) -> str:
    """Rows as a Markdown table, columns as wide as their widest cell."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]

    def line(row: Row) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"

    return "\n".join(
        [line(head), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(line, rows)]
    )


def best_setup(results: Sequence[Result]) -> str | None:
    """Splink's contender with the fewest wrong and missed links on hard rows at its best threshold."""
    ran = [splink_name(s) for s in SETUPS if all(splink_name(s) in r.verdicts for r in results)]
    return min(
        ran, key=lambda name: sum(r.reading(name, BEST).hard.wrong_and_missed for r in results), default=None
    )


def one_world(result: Result) -> str:
    """The figures of a single world: every reading of every contender, and what each cost."""
    seed = "" if result.seed is None else f" seed {result.seed}"
    text = [
        f"\n## {result.damage}{seed}: {result.rows:,} rows of departments, {result.hard_rows:,} hard;"
        f" register: {result.register_rows:,} rows, {result.split} people split, {result.merged} merged\n"
    ]
    head = (
        "contender", "links", "precision [95 %]", "recall [95 %]", "F1", "B³ P", "B³ R",
        "hard: precision", "recall", "F1", "wrong", "missed",
    )  # fmt: skip
    rows = []
    for verdict in result.verdicts.values():
        for reading in verdict.readings:
            every, hard = reading.every, reading.hard
            rows.append((
                reading.contender, reading.name, _share(every.right, every.right + every.wrong),
                _share(every.right, every.registered), f"{every.f1:.5f}",
                f"{reading.b_cubed[0]:.5f}", f"{reading.b_cubed[1]:.5f}", f"{hard.precision:.4f}",
                f"{hard.recall:.4f}", f"{hard.f1:.4f}", f"{hard.wrong}", f"{hard.missed}",
            ))  # fmt: skip
    text.append(table(head, rows))
    text.append("")
    costs = ("contender", "pairs", "wall s", "CPU s", "peak GiB", "wall seconds by step")
    text.append(
        table(
            costs,
            [
                (
                    name,
                    f"{spent.reported['pairs']:,}",
                    f"{spent.seconds:.1f}",
                    f"{spent.cpu:.1f}",
                    f"{spent.peak_gib:.2f}",
                    ", ".join(f"{lap} {seconds:.1f}" for lap, seconds in spent.laps.items()),
                )
                for name, spent in result.spent.items()
            ],
        )
    )
    return "\n".join(text)


def _share(hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"{hits / of if of else 1:.5f} [{low:.5f}, {high:.5f}]"


def summary(results: Sequence[Result]) -> str:
    """Means with 95 % t-intervals over the seeds of each damage profile, ratios to Splink's better set-up."""
    text = []
    for damage, group in groupby(results, key=lambda r: r.damage):
        worlds = list(group)
        splink = best_setup(worlds)
        text.append(f"\n## {damage}, {len(worlds)} world(s): mean ± half of the 95 % t-interval\n")
        figures: dict[str, Callable[[Result], float]] = {
            "automatic links: precision": lambda r: r.reading(OURS, AUTOMATIC).every.precision,
            "automatic links: recall": lambda r: r.reading(OURS, AUTOMATIC).every.recall,
            "with review: F1": lambda r: r.reading(OURS, WITH_REVIEW).every.f1,
            "rows in review, share": lambda r: _in_review(r) / r.rows,
            "exact join: recall": lambda r: r.reading(EXACT, "number and name").every.recall,
            "hard rows, wrong + missed: this project, automatic": lambda r: _errors(r, OURS, AUTOMATIC),
            "hard rows, wrong + missed: this project, with review": lambda r: _errors(r, OURS, WITH_REVIEW),
            "hard rows, wrong + missed: this project, p ≥ 0.5": lambda r: _errors(r, OURS, EVEN_ODDS),
            "hard rows, wrong + missed: this project, best threshold": lambda r: _errors(r, OURS, BEST),
        }
        for setup in SETUPS:
            name = splink_name(setup)
            if all(name in r.verdicts for r in worlds):
                for reading in (EVEN_ODDS, BEST):
                    figures[f"hard rows, wrong + missed: {name}, {reading}"] = partial(
                        _errors, contender=name, reading=reading
                    )
        if splink is not None:
            figures |= _ratios(splink)
            if "Splink graded" in worlds[0].verdicts and splink != "Splink graded":
                figures |= {
                    "errors, p ≥ 0.5 : Splink graded (fields alone) at its best": lambda r: (
                        _errors(r, OURS, EVEN_ODDS) / max(_errors(r, "Splink graded", BEST), 1)
                    )
                }
        rows = [(name, _mean([figure(r) for r in worlds])) for name, figure in figures.items()]
        text.append(table(("figure", "mean"), rows))
    return "\n".join(text)


def _ratios(splink: str) -> dict[str, Callable[[Result], float]]:
    def ratio(slice_name: str | None) -> Callable[[Result], float]:
        def of(result: Result) -> float:
            ours, theirs = result.reading(OURS, EVEN_ODDS), result.reading(splink, BEST)
            mine = ours.slices[slice_name] if slice_name else ours.hard
            other = theirs.slices[slice_name] if slice_name else theirs.hard
            return mine.wrong_and_missed / max(other.wrong_and_missed, 1)

        return of

    return {
        f"errors, p ≥ 0.5 : {splink} at its best": ratio(None),
        "errors, without rows of only a name that several have": ratio("hard, without those"),
        f"CPU seconds, {splink} : this project": lambda r: r.spent[splink].cpu / r.spent[OURS].cpu,
        f"wall seconds, {splink} : this project": lambda r: r.spent[splink].seconds / r.spent[OURS].seconds,
        f"peak memory, {splink} : this project": lambda r: r.spent[splink].peak_gib / r.spent[OURS].peak_gib,
    }


def _errors(result: Result, contender: str, reading: str) -> float:
    return result.reading(contender, reading).hard.wrong_and_missed


def _in_review(result: Result) -> int:
    proposed, sure = result.reading(OURS, WITH_REVIEW).every, result.reading(OURS, AUTOMATIC).every
    return proposed.right + proposed.wrong - sure.right - sure.wrong


def _mean(values: list[float]) -> str:
    mean, half = mean_interval(values)
    digits = 5 if 0.9 < mean <= 1 else 4 if mean < 0.1 else 2
    return f"{mean:,.{digits}f}" + ("" if math.isinf(half) else f" ± {half:,.{digits}f}")


def slices(results: Sequence[Result]) -> str:
    """Wrong and missed links by slice, summed over a profile's worlds; marked where Splink does better."""
    text = []
    for damage, group in groupby(results, key=lambda r: r.damage):
        worlds = list(group)
        splink = best_setup(worlds)
        columns = [(OURS, AUTOMATIC), (OURS, WITH_REVIEW), (OURS, EVEN_ODDS)]
        columns += [(splink, EVEN_ODDS), (splink, BEST)] if splink else []
        rows = []
        for name in dict.fromkeys(name for r in worlds for name in r.reading(OURS, AUTOMATIC).slices):
            counts = [_sum(worlds, contender, reading, name) for contender, reading in columns]
            if counts[0].registered + sum(c.wrong for c in counts) == 0:
                continue
            better = splink is not None and counts[-1].wrong_and_missed < counts[2].wrong_and_missed
            rows.append(
                (
                    name,
                    f"{counts[0].registered:,}",
                    *(f"{c.wrong}+{c.missed}" for c in counts),
                    "Splink" if better else "",
                )
            )
        head = ("slice", "registered", *(f"{c}, {r}" for c, r in columns), "better at its best")
        text.append(
            f"\n## {damage}: wrong + missed links by slice, {len(worlds)} world(s)\n\n{table(head, rows)}"
        )
    return "\n".join(text)


def _sum(results: Sequence[Result], contender: str, reading: str, name: str) -> Counts:
    found = [r.reading(contender, reading).slices.get(name, Counts(0, 0, 0)) for r in results]
    return Counts(sum(c.right for c in found), sum(c.wrong for c in found), sum(c.registered for c in found))


def curves(results: Sequence[Result]) -> dict[str, list[Bin]]:
    """Calibration of this project and of Splink's better set-up over all worlds."""
    contenders = [OURS, *([best] if (best := best_setup(results)) else [])]
    return {name: pooled([r.verdicts[name].calibration for r in results]) for name in contenders}


def calibration_table(found: dict[str, list[Bin]]) -> str:
    """Predicted probability against the share that is right, best candidates of hard rows."""
    text = []
    for name, bins in found.items():
        rows = [
            (
                f"{b.low:g} – {b.high:g}",
                f"{b.mean:.5f}",
                f"{b.rows:,}",
                f"{b.right:,}",
                _share(b.right, b.rows),
            )
            for b in bins
        ]
        head = ("probability", "mean", "candidates", "right", "share [95 %]")
        text.append(f"\n### {name}\n\n{table(head, rows)}")
    return "\n".join(text)
