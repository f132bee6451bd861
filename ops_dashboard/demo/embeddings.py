"""Asynchronous runs that generate sparse embeddings, one at a time."""

from dataclasses import dataclass

_PER_SECOND = 8.0
_WARM_UP = 1.5
_KEEP = 50


@dataclass(frozen=True, slots=True)
class Run:
    """One run, wholly determined when it starts. ``fails_after`` items it breaks off, if not None."""

    job_id: str
    total: int
    started_at: float
    speed: float
    fails_after: int | None

    @property
    def finished_at(self) -> float:
        """When it ends, unix seconds."""
        items = self.total if self.fails_after is None else self.fails_after
        return self.started_at + (_WARM_UP + items / _PER_SECOND) / self.speed

    def processed(self, t: float) -> int:
        """Items done at ``t``."""
        done = int(max(0.0, (t - self.started_at) * self.speed - _WARM_UP) * _PER_SECOND)
        return min(done, self.total if self.fails_after is None else self.fails_after)

    def status(self, t: float) -> str:
        """pending while it warms up, then running, then completed or failed."""
        if t >= self.finished_at:
            return "completed" if self.fails_after is None else "failed"
        return "running" if (t - self.started_at) * self.speed >= _WARM_UP else "pending"


class EmbeddingRuns:
    """The runs started since the beginning or the last reset, the newest fifty."""

    def __init__(self, speed: float = 1.0) -> None:
        self._speed = speed
        self._runs: list[Run] = []
        self._number = 0

    def active(self, t: float) -> Run | None:
        """The run under way at ``t``, if there is one."""
        return next((run for run in reversed(self._runs) if t < run.finished_at), None)

    def find(self, job_id: str) -> Run | None:
        """The run with that id."""
        return next((run for run in self._runs if run.job_id == job_id), None)

    def start(self, t: float, total: int, *, fails: bool) -> Run | None:
        """Start a run over ``total`` items; None when one is under way."""
        if self.active(t) is not None:
            return None
        self._number += 1
        run = Run(f"emb-{self._number:04d}", total, t, self._speed, total * 2 // 5 if fails else None)
        self._runs = [*self._runs[-_KEEP + 1 :], run]
        return run
