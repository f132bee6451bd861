"""The news of one repository, shared out among its jobs: a history without ids does not say whose each is."""

from collections import deque
from collections.abc import Iterable

from ops_dashboard.domain.jobs.job import ENDED, JobStatus
from ops_dashboard.domain.jobs.news import News

Thread = list[News]
"""The news of one job, oldest first."""


def threads_of(news: Iterable[News]) -> list[Thread]:
    """The jobs behind the news of one repository, which are given oldest first."""
    line = _Line()
    for one in news:
        line.add(one)
    return line.threads


class _Line:
    """The jobs of one repository: who was submitted first is served first."""

    def __init__(self) -> None:
        self.threads: list[Thread] = []
        self._waiting: deque[Thread] = deque()
        self._running: deque[Thread] = deque()
        self._newest: Thread | None = None

    def add(self, one: News) -> None:
        thread = self._newest if self._is_repeat(one) else self._taker(one.status)
        if thread is None:
            thread = []
            self.threads.append(thread)
            if one.status is JobStatus.PENDING:
                self._waiting.append(thread)
            elif one.status not in ENDED:
                self._running.append(thread)
        thread.append(one)
        self._newest = thread

    def _is_repeat(self, one: News) -> bool:
        """Whether the same was just told: at the same moment, or at one that nobody knows.

        Two ends of one moment are those of one job.
        """
        if self._newest is None:
            return False
        last, before = self._newest[-1].status, self._newest[-1].at
        if last is not one.status:
            return last in ENDED and one.status in ENDED and before is not None and one.at == before
        return one.at is None or before is None or one.at == before

    def _taker(self, status: JobStatus) -> Thread | None:
        """Whose news this is; None where it is that of a job not heard of before."""
        waiting, running = self._waiting, self._running
        if status is JobStatus.PENDING:
            return None
        if status is JobStatus.PROCESSING:
            if waiting:
                running.append(waiting.popleft())
                return running[-1]
            return running[0] if running else None
        if status in ENDED:
            return running.popleft() if running else waiting.popleft() if waiting else None
        return running[0] if running else waiting[0] if waiting else None
