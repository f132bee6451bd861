"""What an alert rule consists of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.units import Unit

Op = Literal["above", "below", "status", "rise"]
"""The value is too high · too low · a bad status · a counter that must not grow."""


@dataclass(frozen=True, slots=True)
class Level:
    """From which value on a severity holds (``at``, not included) and where it ends (``clear``, included).

    The values between the two change nothing, so that one that wavers about the threshold is one alert.
    """

    severity: Severity
    at: float
    clear: float


@dataclass(frozen=True, slots=True)
class Cause:
    """A rule whose critical alert explains this one: about any of ``targets``, or the same target if none.

    With ``effects`` it explains the alerts about these targets alone, and those named after them: "health" stands
    for "health.search", too.
    """

    rule_id: str
    targets: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()

    def explains(self, target: str) -> bool:
        """Whether an alert about ``target`` can come of this cause."""
        return not self.effects or target in self.effects or target.partition(".")[0] in self.effects


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule for one target or many. Durations in seconds, thresholds in ``unit``.

    Missing data has one meaning for every rule: it freezes the condition. What is not read is told by the
    rules about the backend and its sources.
    """

    id: str
    title: str
    metric: str
    """The key of the figure that is judged, with ``{target}`` in the place of a target's name; empty where what
    is judged is no number with a past."""
    op: Op
    phrase: str
    """The message's beginning, with ``{target}`` and ``{value}``."""
    levels: tuple[Level, ...] = ()
    """Worst first; empty for a rule about statuses."""
    statuses: Mapping[Status, Severity] = field(default_factory=dict)
    """The bad statuses; empty for a rule about numbers."""
    unit: Unit = "count"
    cleared: str = ""
    """The phrase once it is over, where adding "again" would not do."""
    for_seconds: float = 0.0
    """How long a breach must last before the alert opens."""
    hold_seconds: float = 60.0
    """How long all must be well before the alert is resolved."""
    minimum_traffic: float = 0.0
    """Fewer requests than this, where their number is known, and a ratio is no breach."""
    inhibited_by: tuple[Cause, ...] = ()
    on_every_chart: bool = False
    """Its alerts are marked on the charts of all metrics."""
    names_all: bool = False
    """There is a sample of every target there is: one without is gone, and its incident over."""
    inhibits_all: bool = False
    """A critical alert of this rule explains those of all rules further down the table."""
    enabled: bool = True

    def level(self, severity: Severity) -> Level | None:
        """The thresholds of one severity; None where the rule has none."""
        return next((level for level in self.levels if level.severity is severity), None)

    def metric_of(self, target: str) -> str:
        """The key of the figure that is judged for ``target``."""
        return self.metric.replace("{target}", target)
