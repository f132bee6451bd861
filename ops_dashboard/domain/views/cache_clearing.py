"""Clearing the cache: what is lost with it."""

from ops_dashboard.domain.metrics.cache import CacheReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.units import Unit, quantity


def at_stake(snapshot: Snapshot) -> tuple[str, ...]:
    """What is lost when the cache is cleared now: one phrase for each thing that is known of it."""
    report = snapshot.report("cache", CacheReport)
    if report is None:
        return ("Everything in the cache; how much that is is not known.",)
    phrases = []
    if report.size_mb is not None:
        phrases.append(f"Everything in the cache: {_said(report.size_mb, 'MB')} as last read.")
    else:
        phrases.append("Everything in the cache; its size is not reported.")
    names = [key.key for key in report.top_keys or () if key.key]
    if names:
        many = "the most read key" if len(names) == 1 else f"the {len(names):,} most read keys"
        phrases.append(f"Among it {many}, first of all {names[0]}.")
    if report.hit_rate is not None:
        phrases.append(f"The hit rate, {_said(report.hit_rate, '%')} now, starts cold.")
    return tuple(phrases)


def _said(value: float, unit: Unit) -> str:
    shown = quantity(value, unit)
    return f"{shown.text} {shown.unit}"
