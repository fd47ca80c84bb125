"""The same four programmes in OpenFisca-Core: ``openfisca_side.py INPUTS.npz OUTPUT.npz REPEATS``.

Run by ``benchmarks.decisions`` in a process that has openfisca-core; not imported by anything.
"""

from __future__ import annotations

import sys
import time

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2026-11"
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
NUMBERS = ("age", "ability_level")
RESULTS = ("age_allowance", "disability_nursing_subsidy", "nursing_subsidy", "disability_living_subsidy")

Person = Entity("person", "persons", "A person", "")


def variable(name, value_type, formula=None):
    """A monthly variable of a person."""
    body = {"value_type": value_type, "entity": Person, "definition_period": MONTH, "label": name}
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


def here(person, period):
    return person("alive", period) * person("registered", period)


def age_allowance(person, period):
    age = person("age", period)
    figure = np.select([age >= 100, age >= 90, age >= 80], [300.0, 100.0, 50.0], 0.0)
    return here(person, period) * figure


def disability_nursing_entitled(person, period):
    needs_care = np.logical_not(person("has_assessment", period)) + (person("ability_level", period) >= 1)
    return (
        here(person, period)
        * person("severely_disabled", period)
        * needs_care
        * np.logical_not(person("destitute", period))
        * np.logical_not(person("work_injury_care", period))
    )


def nursing_entitled(person, period):
    return (
        here(person, period)
        * (person("age", period) >= 60)
        * person("on_minimum_living", period)
        * np.logical_not(person("destitute", period))
        * (person("ability_level", period) >= 3)
    )


def disability_nursing_subsidy(person, period):
    return person("disability_nursing_entitled", period) * 75.0


def nursing_subsidy(person, period):
    gives_way = person("disability_nursing_subsidy", period) >= 60.0
    return person("nursing_entitled", period) * np.logical_not(gives_way) * 60.0


def disability_living_subsidy(person, period):
    entitled = (
        here(person, period)
        * person("has_certificate", period)
        * person("on_minimum_living", period)
        * np.logical_not(person("destitute", period))
    )
    return entitled * 75.0


def build_system():
    """The four programmes as a tax-benefit system."""
    system = TaxBenefitSystem([Person])
    for name in FLAGS:
        system.add_variable(variable(name, bool))
    for name in NUMBERS:
        system.add_variable(variable(name, int))
    for formula in (disability_nursing_entitled, nursing_entitled):
        system.add_variable(variable(formula.__name__, bool, formula))
    for formula in (age_allowance, disability_nursing_subsidy, nursing_subsidy, disability_living_subsidy):
        system.add_variable(variable(formula.__name__, float, formula))
    return system


def main(inputs, output, repeats):
    """Compute the four amounts ``repeats`` times; keep the best time and the amounts."""
    data = np.load(inputs)
    system = build_system()
    seconds = []
    for _ in range(int(repeats)):
        simulation = SimulationBuilder().build_default_simulation(system, len(data["age"]))
        for name in FLAGS:
            simulation.set_input(name, PERIOD, data[name].astype(bool))
        for name in NUMBERS:
            simulation.set_input(name, PERIOD, data[name].astype(np.int32))
        started = time.perf_counter()
        results = {name: simulation.calculate(name, PERIOD) for name in RESULTS}
        seconds.append(time.perf_counter() - started)
    np.savez(output, seconds=min(seconds), **results)


if __name__ == "__main__":
    main(*sys.argv[1:])
