"""Match weights: how much each comparison level speaks for, or against, one and the same person.

A weight is log2(m/u): m, how often the level is seen on rows of one person; u, on two people taken at
random. These are the shipped priors, versioned; a night does not move them.
"""

from __future__ import annotations

from collections.abc import Mapping

VERSION = "priors-1"

PRIORS: Mapping[str, Mapping[str, float]] = {
    "number": {
        "equal": 20.0,
        "former": 16.0,
        "one slip": 18.0,
        "first 15": 15.0,
        "two slips": 14.0,
        "near, both valid": 13.0,
        "some slips": 3.0,
        "scientific": 1.0,
        "missing": 0.0,
        "held by another": 0.0,
        "unreadable": -1.0,
        "other, damaged": -10.0,
        "other, both valid": -9.0,
    },
    "name": {
        "equal": 18.0,
        "former": 15.0,
        "reading": 9.0,
        "look-alike": 9.0,
        "gap": 7.0,
        "one differs": 0.0,
        "surname": -6.0,
        "different": -11.0,
        "missing": 0.0,
    },
    "birth": {
        "equal": 14.0,
        "swapped": 8.0,
        "one part differs": 3.0,
        "year only": 3.0,
        "lunar": 4.0,
        "differs": -7.0,
        "missing": 0.0,
    },
    "sex": {"equal": 1.0, "differs": -5.0, "missing": 0.0},
    "phone": {"equal": 14.0, "differs": -0.5, "missing": 0.0},
    "address": {"equal": 10.0, "differs": -0.5, "missing": 0.0},
    "relation": {
        "spouse on the row": 14.0,
        "family on the roll": 14.0,
        "holder of the number": 10.0,
        "companion's name": 9.0,
        "not of the spouse's household": -1.5,
        "none": 0.0,
    },
}
"""Weight (log2) by field and level."""

STRONG_PROBABILITY = 0.9995
STRONG_MARGIN = 8.0
REVIEW_PROBABILITY = 0.25
