"""The last hour as it was read."""

from array import array
from bisect import bisect_left
from typing import ClassVar

from ops_dashboard.domain.series.table import Summary, Table


class Samples(Table):
    """One value for each second at most, so that an hour is never more than 3,600 rows."""

    TYPES: ClassVar[str] = "If"

    __slots__ = ("values",)

    def __init__(self) -> None:
        super().__init__(step=1)
        self.values: array[float] = self.columns[1]

    def put(self, at: int, value: float) -> None:
        """Take in ``value``, in its place; it replaces the value of the same second."""
        row = len(self) if not self.times or at > self.times[-1] else bisect_left(self.times, at)
        if row < len(self) and self.times[row] == at:
            self.values[row] = value
        else:
            self.times.insert(row, at)
            self.values.insert(row, value)

    def summary(self, first: int, end: int) -> Summary:
        """The values of the rows ``first`` to before ``end``."""
        values = self.values[first:end]
        return Summary(min(values), sum(values) / len(values), max(values), values[-1], len(values))
