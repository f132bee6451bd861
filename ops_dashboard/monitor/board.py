"""The board: what is known of every source, from which each snapshot is taken."""

from collections.abc import Iterable
from dataclasses import replace

from ops_dashboard.backend.errors import BackendError, NotOffered, Unauthorized
from ops_dashboard.backend.reading import Reading
from ops_dashboard.backend.sources import Source
from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.ingestion import HeartbeatReport
from ops_dashboard.domain.snapshot import SourceState
from ops_dashboard.monitor.schedule import Slot


def _idle_since(before: SourceState, reading: Reading | None) -> float:
    """Since when nothing new was counted: the moment of the first reading that told as much as the newest."""
    newest, last = reading.report if reading else None, before.value
    if not isinstance(newest, Answer) or not isinstance(last, Answer):
        return 0.0
    if newest.counted is None or newest.counted != last.counted:
        return 0.0
    return before.idle_since or before.received_at


def _beat_at(reading: Reading | None, now: float) -> float:
    report = reading.report if reading else None
    return report.beat_at(now) if isinstance(report, HeartbeatReport) else 0.0


class Board:
    """The :class:`SourceState` of each source, in the order of the table. Moments are unix seconds."""

    def __init__(self, sources: Iterable[Source], refresh_seconds: float) -> None:
        self._states = {
            s.name: SourceState(s.name, s.title, interval=refresh_seconds, pace=refresh_seconds)
            for s in sources
        }

    def state(self, name: str) -> SourceState:
        """What is known of one source."""
        return self._states[name]

    def states(self) -> dict[str, SourceState]:
        """A copy of what is known, safe to hand out."""
        return dict(self._states)

    def answered(
        self,
        slot: Slot,
        reading: Reading | None,
        now: float,
        latency: float,
        rhythm: tuple[float, float],
        *,
        clean: bool,
    ) -> None:
        """Take in a good answer. ``reading`` is None for a source that is no report, ``rhythm`` interval and pace."""
        before = self._states[slot.source.name]
        self._states[slot.source.name] = replace(
            before,
            value=reading.report if reading else None,
            received_at=now,
            last_attempt=now,
            latency=latency,
            clean_latency=latency if clean else before.clean_latency,
            interval=rhythm[0],
            pace=rhythm[1],
            failures=0,
            reads=before.reads + 1,
            failing_since=0.0,
            failing_from=None,
            next_retry_at=0.0,
            reason="",
            not_offered=False,
            token="",
            status=0,
            circuit="closed",
            idle_since=_idle_since(before, reading),
            last_beat_at=_beat_at(reading, now) or before.last_beat_at,
            surprises=reading.surprises if reading else 0,
            surprise_sentences=reading.sentences if reading else (),
        )

    def failed(
        self, slot: Slot, error: BackendError, now: float, retry_at: float, circuit: str
    ) -> SourceState:
        """Take in a failure: the last value stays. Returns the new state."""
        before = self._states[slot.source.name]
        state = replace(
            before,
            last_attempt=now,
            latency=error.latency or before.latency,
            failures=before.failures + 1,
            reads=before.reads + 1,
            failed_reads=before.failed_reads + 1,
            failing_since=before.failing_since or now,
            failing_from=slot.retry.failing_since,
            next_retry_at=retry_at,
            reason=error.sentence,
            not_offered=isinstance(error, NotOffered),
            token=error.token if isinstance(error, Unauthorized) else "",
            status=error.status or 0,
            circuit=circuit,
        )
        self._states[slot.source.name] = state
        return state

    def spare(self, name: str, why: str) -> None:
        """Say why a source is not read, or take that back with an empty text."""
        self._states[name] = replace(
            self._states[name],
            spared=why,
            failures=0,
            failing_since=0.0,
            failing_from=None,
            next_retry_at=0.0,
            reason="",
            token="",
            status=0,
        )
