"""What a tab looks for in the job history: which jobs, in which order, which page of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from ops_dashboard.domain.jobs.job import JobStatus
from ops_dashboard.domain.text import clean
from ops_dashboard.domain.views.jobs import JobRow

ALL, STUCK = "all", "stuck"
STATUSES = (ALL, *(status.value for status in JobStatus), STUCK)
PAGE_ROWS = 20
LONGEST_SEARCH = 100

_RANKS = {status.value: rank for rank, status in enumerate(JobStatus, 1)}
_ORDERS: dict[str, Callable[[JobRow], str | float]] = {
    "repo": lambda row: row.repo.casefold(),
    "status": lambda row: _RANKS.get(row.status, 0),
    "submitted": lambda row: row.submitted_at or row.told_at,
    "started": lambda row: row.started_at,
    "worker": lambda row: row.worker.casefold(),
}
DURATION = "duration"
SORTS = (*_ORDERS, DURATION)
"""The columns that can be sorted by."""
_DESCENDING_AT_FIRST = frozenset({"submitted", "started", DURATION})


@dataclass(frozen=True, slots=True)
class JobFilter:
    """What is looked for. The newest come first, unless something else is chosen."""

    status: str = ALL
    text: str = ""
    sort: str = "submitted"
    descending: bool = True

    def only(self, status: object) -> Self:
        """Those of one status of :data:`STATUSES`; another word changes nothing."""
        return replace(self, status=status) if status in STATUSES else self

    def naming(self, text: object) -> Self:
        """Those in whose repository, id, error or worker the words stand."""
        return replace(self, text=clean(text, LONGEST_SEARCH)) if isinstance(text, str) else self

    def by(self, column: object) -> Self:
        """Sorted by a column of :data:`SORTS`; by the one it is sorted by already, the other way round."""
        if not isinstance(column, str) or column not in SORTS:
            return self
        other_way = column == self.sort
        descending = not self.descending if other_way else column in _DESCENDING_AT_FIRST
        return replace(self, sort=column, descending=descending)

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return self.status != ALL or self.text != ""


@dataclass(frozen=True, slots=True)
class JobsPage:
    """One page of what was found; ``offset`` is the place of its first row among all found, from 0."""

    rows: tuple[JobRow, ...] = ()
    found: int = 0
    offset: int = 0


def jobs_page(rows: Sequence[JobRow], wanted: JobFilter, offset: int, now: float) -> JobsPage:
    """The page at ``offset`` of ``rows`` as ``wanted`` at ``now`` (unix seconds), or the last there is.

    What a job does not have stands last in both directions.
    """
    words = wanted.text.casefold().split()
    found = [row for row in rows if _is_wanted(row, wanted.status) and _names(row, words)]
    read = (lambda row: _seconds(row, now)) if wanted.sort == DURATION else _ORDERS[wanted.sort]
    having = sorted((row for row in found if read(row)), key=read, reverse=wanted.descending)
    ordered = [*having, *(row for row in found if not read(row))]
    last = max(0, len(ordered) - 1) // PAGE_ROWS * PAGE_ROWS
    first = min(last, max(0, offset // PAGE_ROWS * PAGE_ROWS))
    return JobsPage(tuple(ordered[first : first + PAGE_ROWS]), len(ordered), first)


def _is_wanted(row: JobRow, status: str) -> bool:
    return status == ALL or row.status == status or (status == STUCK and row.stuck != "")


def _names(row: JobRow, words: Sequence[str]) -> bool:
    text = f"{row.repo} {row.id} {row.error} {row.worker}".casefold()
    return all(word in text for word in words)


def _seconds(row: JobRow, now: float) -> float:
    return now - row.started_at if row.running and row.started_at else row.duration
