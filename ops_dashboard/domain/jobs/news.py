"""News of jobs: the entries of a history, put in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ops_dashboard.domain.jobs.job import JobStatus, job_status
from ops_dashboard.domain.metrics.ingestion import JobEntry

_NO_NAME = ("", "unknown")
_RANKS = {JobStatus.PENDING: 0, JobStatus.UNKNOWN: 1, JobStatus.PROCESSING: 2}
_LAST = 3
"""Of all news of one moment that of an end comes last."""


@dataclass(frozen=True, slots=True)
class News:
    """One entry. ``place`` is where it stands in the history, 0 for the newest."""

    entry: JobEntry
    status: JobStatus
    place: int

    @property
    def at(self) -> float | None:
        """Its moment, unix seconds."""
        return self.entry.told_at

    @property
    def repo(self) -> str:
        """The repository; empty where the entry names none."""
        name = self.entry.repo_url or ""
        return "" if name.lower() in _NO_NAME else name


def newest_first(entries: Sequence[JobEntry]) -> list[News]:
    """All entries, but of those that are the same and tell their time one; a history that runs forwards is turned."""
    times = [entry.told_at for entry in entries if entry.told_at is not None]
    ordered = entries[::-1] if times and times[0] < times[-1] else entries
    seen: set[JobEntry] = set()
    found = []
    for place, entry in enumerate(ordered):
        if entry.job_id is None and entry.told_at is not None:  # an id says by itself what belongs together
            if entry in seen:
                continue
            seen.add(entry)
        found.append(News(entry, job_status(entry.status), place))
    return found


def in_order(news: Sequence[News], *, forwards: bool) -> list[News]:
    """Oldest first: by time where all tell it.

    Else as far as each has come, where a job only ever goes ``forwards``, and otherwise as the history has them.
    """
    if len(news) < 2:
        return list(news)
    timed = all(one.at is not None for one in news)
    if not timed and not forwards:
        return list(reversed(news))
    return sorted(news, key=_progress(timed))


def _progress(timed: bool) -> Callable[[News], tuple[float, int, float, str]]:
    def key(one: News) -> tuple[float, int, float, str]:
        at = one.at or 0.0
        return (at if timed else 0.0, _RANKS.get(one.status, _LAST), at, repr(one.entry))

    return key
