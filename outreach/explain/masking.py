"""What of a person may be seen by default: what a list shows, and no more than an answer needs."""

from __future__ import annotations

import datetime as dt


def masked_number(number: str | None) -> str | None:
    """An identity number's first 6 and last 4 characters, as on the lists; short ones wholly hidden."""
    if number is None:
        return None
    if len(number) < 15:
        return "*" * len(number)
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


def masked_date(day: dt.date | None) -> str | None:
    """A birth date of which the year is left: the age is known anyway."""
    return None if day is None else f"{day.year}-**-**"
