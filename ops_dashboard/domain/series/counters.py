"""Rates from counters that only grow, until their process starts anew."""

from ops_dashboard.domain.series.points import Sample, is_value


def counter_rate(previous: Sample, current: Sample) -> float | None:
    """How fast a counter grew from one reading to the next, per second.

    None where that cannot be told: the counter fell back (it was reset, and what it counted before is lost),
    time did not advance, or a reading is no number. Such a step is a gap, never a negative rate.
    """
    if not all(is_value(number) for number in (*previous, *current)):
        return None
    seconds, growth = current.at - previous.at, current.value - previous.value
    if seconds <= 0 or growth < 0:
        return None
    rate = growth / seconds
    return rate if is_value(rate) else None
