"""Rows in the order of time, kept as typed columns: a tenth of the memory that Python objects would take."""

import sys
from array import array
from bisect import bisect_left, bisect_right
from typing import Any, ClassVar, NamedTuple


class Summary(NamedTuple):
    """What several values amount to."""

    low: float
    mean: float
    high: float
    last: float
    weight: int
    """How many values there were."""

    def joined(self, later: "Summary") -> "Summary":
        """Both together; ``later`` has the last word."""
        weight = self.weight + later.weight
        return Summary(
            min(self.low, later.low),
            self.mean + (later.mean - self.mean) * later.weight / weight,
            max(self.high, later.high),
            later.last,
            weight,
        )


class Table:
    """Columns of equal length. The first is the time at which each row begins, in whole unix seconds."""

    TYPES: ClassVar[str]
    """The columns' type codes, as :mod:`array` names them."""

    __slots__ = ("columns", "step", "times")

    def __init__(self, step: int) -> None:
        self.step = step
        """The seconds that a row stands for."""
        self.columns: tuple[array[Any], ...] = tuple(array(code) for code in self.TYPES)
        self.times: array[int] = self.columns[0]

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.times)

    @property
    def size(self) -> int:
        """The bytes the columns take."""
        return sum(sys.getsizeof(column) for column in self.columns)

    def rows(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the rows that begin at ``start`` or later, and before ``end``."""
        first = bisect_left(self.times, start)
        return first, bisect_left(self.times, end, first)

    def drop_before(self, time: int) -> None:
        """Forget the rows that ended by ``time``."""
        end = bisect_right(self.times, time - self.step)
        if end:
            for column in self.columns:
                del column[:end]

    def drop_after(self, time: int) -> None:
        """Forget the rows that begin after ``time``."""
        start = bisect_right(self.times, time)
        for column in self.columns:
            del column[start:]

    def extend(self, newer: "Table") -> None:
        """Let the rows of ``newer`` follow; what is held of their time gives way."""
        if newer:
            self.drop_after(newer.times[0] - 1)
            for column, more in zip(self.columns, newer.columns, strict=True):
                column.extend(more)

    def summary(self, first: int, end: int) -> Summary:
        """The rows ``first`` to before ``end`` in one; there must be at least one."""
        raise NotImplementedError
