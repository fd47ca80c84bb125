"""The same four programmes in OpenFisca-Core: ``python openfisca_side.py FOLDER MONTHS REPEATS``.

Run by ``benchmarks.decisions`` with the Python of an environment that has openfisca-core. As fast as it can
be written: facts that do not change in the year are set once for all time, age follows from one number of
months, formulas are whole-array arithmetic in float32 without a branch. Setting the inputs is not counted.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

FLAGS = (
    "alive",
    "registered",
    "on_minimum_living",
    "destitute",
    "severely_disabled",
    "has_certificate",
    "work_injury_care",
    "has_assessment",
)
NUMBERS = ("birth_month", "ability_level")
RESULTS = ("age_allowance", "disability_nursing_subsidy", "nursing_subsidy", "disability_living_subsidy")
YUAN = np.float32


def peak_gib() -> float:
    """The most memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def age(person: Any, period: Any) -> Any:
    month = period.start.year * 12 + period.start.month - 1
    return (month - person("birth_month", period)) // 12


def here(person: Any, period: Any) -> Any:
    return person("alive", period) * person("registered", period)


def age_allowance(person: Any, period: Any) -> Any:
    years = person("age", period)
    figure = YUAN(50) * (years >= 80) + YUAN(50) * (years >= 90) + YUAN(200) * (years >= 100)
    return here(person, period) * figure


def disability_nursing_subsidy(person: Any, period: Any) -> Any:
    needs_care = np.logical_not(person("has_assessment", period)) + (person("ability_level", period) >= 1)
    entitled = (
        here(person, period)
        * person("severely_disabled", period)
        * needs_care
        * np.logical_not(person("destitute", period))
        * np.logical_not(person("work_injury_care", period))
    )
    return YUAN(75) * entitled


def nursing_subsidy(person: Any, period: Any) -> Any:
    entitled = (
        here(person, period)
        * (person("age", period) >= 60)
        * person("on_minimum_living", period)
        * np.logical_not(person("destitute", period))
        * (person("ability_level", period) >= 3)
    )
    is_highest = person("disability_nursing_subsidy", period) < YUAN(60)
    return YUAN(60) * (entitled * is_highest)


def disability_living_subsidy(person: Any, period: Any) -> Any:
    entitled = (
        here(person, period)
        * person("has_certificate", period)
        * person("on_minimum_living", period)
        * np.logical_not(person("destitute", period))
    )
    return YUAN(75) * entitled


def build_system() -> Any:
    """The four programmes as a tax-benefit system."""
    from openfisca_core.entities import Entity
    from openfisca_core.periods import ETERNITY, MONTH
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    entity = Entity("person", "persons", "A person", "")

    def variable(name: str, value_type: type, period: Any, formula: Callable[..., Any] | None = None) -> Any:
        body = {"value_type": value_type, "entity": entity, "definition_period": period, "label": name}
        return type(name, (Variable,), body | ({"formula": formula} if formula else {}))

    system = TaxBenefitSystem([entity])
    for name in FLAGS:
        system.add_variable(variable(name, bool, ETERNITY))
    for name in NUMBERS:
        system.add_variable(variable(name, int, ETERNITY))
    system.add_variable(variable("age", int, MONTH, age))
    formulas = (age_allowance, disability_nursing_subsidy, nursing_subsidy, disability_living_subsidy)
    for formula in formulas:
        system.add_variable(variable(formula.__name__, float, MONTH, formula))
    return system


def main(folder: Path, months: int, repeats: int) -> None:
    """Compute the four amounts of every month; print the best time and put the last amounts into
    ``folder``."""
    from openfisca_core.simulations import SimulationBuilder

    data = {name: np.load(folder / f"{name}.npy") for name in (*FLAGS, *NUMBERS)}
    periods = [f"2026-{month:02}" for month in range(1, months + 1)]
    system = build_system()
    best: dict[str, float] = {}
    found: list[list[Any]] = []
    for _ in range(repeats):
        simulation, found = None, []  # freed before the next is built
        simulation = SimulationBuilder().build_default_simulation(system, len(data["alive"]))
        for name, values in data.items():
            simulation.set_input(name, "ETERNITY", values)
        wall, cpu = time.perf_counter(), time.process_time()
        found = [[simulation.calculate(name, period) for name in RESULTS] for period in periods]
        measured = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        best = measured if not best or measured["wall"] < best["wall"] else best
    print(json.dumps({**best, "peak": peak_gib()}))
    for period, arrays in zip(periods, found, strict=True):
        for name, array in zip(RESULTS, arrays, strict=True):
            np.save(folder / f"openfisca-{name}-{period}-01.npy", array)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
