"""What the two tables hold, declared by their owner: the kind of each column, and how sure a link has to
be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any

from outreach.errors import ArgumentError, Text

KINDS: Mapping[str, str] = {
    "given_name": "a given name; compared together with the surname, since they are swapped at times",
    "surname": "a surname",
    "full_name": "a whole name in one column; Chinese names also by reading, look-alike and lost characters",
    "birth_date": "a date, or a text such as 19410312 or 1941-03-12",
    "identity_number": "a number that only one person has",
    "sex": "a sex in any of the usual codes (M/F, 男/女, 1/2)",
    "address": "an address or a part of one; several columns are compared crosswise and the best counts",
    "phone": "a telephone number",
    "postcode": "a postcode; also a key by which candidates are found",
    "code": "a short code or number (house number, town code): equal, one slip, or different",
    "text": "any text: equal, alike, or different",
    "exact": "any value: equal or different",
}
"""The kinds of columns, each with what it is for."""

UNKNOWN_KIND = Text(
    "列 `{column}` 的种类 `{kind}` 不存在{hint}；可用：{kinds}",
    "column `{column}`: no kind `{kind}`{hint}; there are {kinds}",
)
UNKNOWN_SETTING = Text(
    "没有名为 `{name}` 的设置{hint}；可用：{names}", "there is no setting `{name}`{hint}; there are {names}"
)
DID_YOU_MEAN = Text("，是否应为 `{name}`？", "; did you mean `{name}`?")
NO_COLUMNS = Text(
    "settings.columns 是空的：请写明两张表的哪些列分别是什么，如 {{'name': 'full_name'}}",
    "settings.columns is empty: declare what the columns are, such as {{'name': 'full_name'}}",
)
ONE_COLUMN = Text(
    "种类 `{kind}` 只能有一列，现有 {columns}；其余的请用 text 或 exact",
    "there can be one column of kind `{kind}`, not {columns}; use text or exact for the others",
)
NO_SHARE = Text("threshold 应为 0 到 1 之间的数", "threshold is a number from 0 to 1")

SINGLE = ("given_name", "surname", "full_name", "birth_date", "identity_number")

Column = str | tuple[str, str]
"""A column of both tables by its name, or its two names (left, right)."""


@dataclass(frozen=True)
class LinkSettings:
    """What two tables hold, and which links are wanted.

    Attributes:
        columns: the kind (:data:`KINDS`) of each column that is to be compared: ``{"name": "full_name",
            ("born", "date_of_birth"): "birth_date"}``; a pair names the column left and right.
        left_id: the column that names the rows of the left table; None: their number from 0.
        right_id: the same of the right table.
        threshold: the least probability of a link; 0 gives every pair that was compared.
        keys: more keys by which candidates are found, each some of the columns, which are then equal.
        most_pairs: a value of a key that gives more pairs than this finds no candidates (a surname that half
            of the people have); ``Linkage.keys`` counts them.
        all_pairs: as long as the tables have no more pairs than this, all are compared and no key is needed.
    """

    columns: Mapping[Column, str]
    left_id: str | None = None
    right_id: str | None = None
    threshold: float = 0.5
    keys: Sequence[Sequence[Column]] = ()
    most_pairs: int = 20_000
    all_pairs: int = 250_000

    def __post_init__(self) -> None:
        if not self.columns:
            raise ArgumentError(NO_COLUMNS())
        for column, kind in self.columns.items():
            if kind not in KINDS:
                raise ArgumentError(
                    UNKNOWN_KIND(column=column, kind=kind, hint=_near(kind, KINDS), kinds=", ".join(KINDS))
                )
        for kind in SINGLE:
            named = [str(column) for column, other in self.columns.items() if other == kind]
            if len(named) > 1:
                raise ArgumentError(ONE_COLUMN(kind=kind, columns=", ".join(named)))
        if isinstance(self.threshold, bool) or not 0 <= self.threshold <= 1:
            raise ArgumentError(NO_SHARE())

    @classmethod
    def of(cls, settings: LinkSettings | Mapping[str, Any]) -> LinkSettings:
        """The settings, given as such or as a mapping of their names.

        Raises:
            ArgumentError: there is no setting of that name, or one cannot be used.
        """
        if isinstance(settings, LinkSettings):
            return settings
        names = [each.name for each in fields(cls) if each.init]
        for name in settings:
            if name not in names:
                raise ArgumentError(
                    UNKNOWN_SETTING(name=name, hint=_near(name, names), names=", ".join(names))
                )
        return cls(**{"columns": {}, **settings})

    def of_kind(self, *kinds: str) -> list[tuple[str, str]]:
        """The columns of these kinds, each by its name left and right."""
        return [sides(column) for column, kind in self.columns.items() if kind in kinds]


def sides(column: Column) -> tuple[str, str]:
    """The name of a column left and right."""
    return (column, column) if isinstance(column, str) else (column[0], column[1])


def _near(name: Any, known: Sequence[str] | Mapping[str, str]) -> str:
    close = get_close_matches(str(name), list(known), n=1)
    return DID_YOU_MEAN(name=close[0]) if close else ""
