"""Flapping: a severity that keeps changing. It is said once, and interrupts no more until it calms down."""

from collections.abc import Sequence
from itertools import pairwise

from ops_dashboard.domain.alerts.severity import Severity

SAMPLES = 20
STARTS_AT = 6
ENDS_AT = 4
"""Changes among the last samples; between the two it stays as it was."""
FREE_TURNS = 3
FIRST_CALM_SECONDS = 60.0
LONGEST_CALM_SECONDS = 3600.0


def is_flapping(recent: Sequence[Severity | None], flapping: bool) -> bool:
    """Whether the severities of the last samples, newest last, flap, given whether they did before."""
    changes = sum(one is not other for one, other in pairwise(recent[-SAMPLES:]))
    return changes > ENDS_AT if flapping else changes >= STARTS_AT


def calm_seconds(turns: int) -> float:
    """How long an incident that turned so often must stay calm before it eases, or stops flapping, once more.

    The time doubles with each turn after the first few, so that one that never settles does not fill its history.
    """
    beyond = turns - FREE_TURNS
    return min(FIRST_CALM_SECONDS * 2.0 ** min(beyond, 30), LONGEST_CALM_SECONDS) if beyond >= 0 else 0.0
