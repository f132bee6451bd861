"""Flapping: a severity that keeps changing. It is said once, and interrupts no more until it calms down."""

from collections.abc import Sequence
from itertools import pairwise

from ops_dashboard.domain.alerts.severity import Severity

SAMPLES = 20
STARTS_AT = 6
ENDS_AT = 4
"""Changes among the last samples; between the two it stays as it was."""


def is_flapping(recent: Sequence[Severity | None], flapping: bool) -> bool:
    """Whether the severities of the last samples, newest last, flap, given whether they did before."""
    changes = sum(one is not other for one, other in pairwise(recent[-SAMPLES:]))
    return changes > ENDS_AT if flapping else changes >= STARTS_AT
