"""A measured figure: several runs, told as minimum, median and maximum, beside its budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure over several runs. ``budget`` is the most its median may be; None where there is none.

    With ``every_run`` the budget is held against the worst run.
    """

    name: str
    unit: str
    runs: Sequence[float]
    budget: float | None = None
    every_run: bool = False

    def row(self) -> str:
        """A line of a Markdown table."""
        low, mid, high = min(self.runs), median(self.runs), max(self.runs)
        verdict = (
            ""
            if self.budget is None
            else ("met" if (high if self.every_run else mid) <= self.budget else "**missed**")
        )
        budget = "" if self.budget is None else f"≤ {_short(self.budget)}"
        numbers = " | ".join(_short(value) for value in (low, mid, high))
        return f"| {self.name} | {self.unit} | {numbers} | {budget} | {verdict} |"


HEAD = "| figure | unit | min | median | max | budget | |\n|---|---|---|---|---|---|---|"


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
