"""Indexing several failed jobs again: how it went with all of them."""

from dataclasses import dataclass

from ops_dashboard.domain.actions import Ending, Refusal

STOPS_ALL = frozenset[Refusal]({"unauthorized", "rate_limited", "busy", "edge_offline"})
"""Refusals that the next of several jobs would meet with as well."""


@dataclass(slots=True)
class Tally:
    """Counts the endings of one job after the other, of ``total``."""

    total: int
    queued: int = 0
    refused: int = 0
    worst: Ending | None = None
    """The ending that stopped it, else the last that was no success."""

    def add(self, ending: Ending) -> bool:
        """Count one ending; returns whether to go on to the next."""
        if ending.state == "done":
            self.queued += 1
            return True
        self.refused += ending.state == "failed"
        self.worst = ending
        return ending.state == "failed" and ending.why not in STOPS_ALL

    def ending(self) -> Ending:
        """What came of all."""
        worst = self.worst
        if worst is None:
            return Ending("done", f"{_jobs(self.queued)} queued again.")
        said = f"{self.queued:,} of {_jobs(self.total)} queued again."
        left = self.total - self.queued - self.refused - (worst.state == "unknown")
        if left:
            said = f"{said} {left:,} not tried any more."
        state = "unknown" if worst.state == "unknown" else "failed"
        return Ending(state, f"{said} {worst.sentence}", worst.advice, worst.why)


def _jobs(count: int) -> str:
    return f"{count:,} failed {'job' if count == 1 else 'jobs'}"
