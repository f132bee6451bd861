"""The actions of this deployment: one at a time on each target, sent once, known to every tab."""

import asyncio
import logging
from dataclasses import dataclass, replace

from ops_dashboard.backend.actions import Done, Outcome, Refused, Unknown, post
from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.features import CLEAR_CACHE, Feature
from ops_dashboard.domain.actions import CLEARING, ActionKind, Ending, Run
from ops_dashboard.domain.text import NAME_LENGTH, clean
from ops_dashboard.domain.views.action import barred
from ops_dashboard.monitor.collector import Collector
from ops_dashboard.monitor.room import NoRoom

log = logging.getLogger(__name__)

ROOM_SECONDS = 10.0
"""The longest wait for the dashboard's own calls under way, before anything is sent."""
MOST_RUNS = 200
"""Last runs that are remembered, of as many targets; the oldest are forgotten."""

_NO_ROOM = Refused("busy", "The backend still owes the answers to this dashboard's earlier calls.")
_BROKEN_OFF = (
    "This dashboard was stopped before the answer came; whether the request took effect is not known."
)
_OWN_ERROR = "An error in this dashboard, see its log; whether the request took effect is not known."


@dataclass(frozen=True, slots=True)
class Asked:
    """What the asker is told. Where a request was sent its result is shown to all, and ``sentence`` is empty."""

    sent: bool
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class _Order:
    kind: ActionKind
    feature: Feature
    target: str
    by: str
    reread: str
    """The source that shows the effect."""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind.key, self.target


class Actions:
    """Carries out what operators ask for. A run goes on to its end also when the tab that asked is closed."""

    def __init__(self, client: BackendClient, collector: Collector) -> None:
        self._client = client
        self._collector = collector
        self._runs: dict[tuple[str, str], Run] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def runs(self) -> tuple[Run, ...]:
        """The last run of each action on each target."""
        return tuple(self._runs.values())

    async def clear_cache(self, by: str, after: int | None = None) -> Asked:
        """Clear the backend's cache, and read it again at once; returns when the outcome is known.

        ``after`` is the number of the last run the asker knew of: where there is a newer one nothing is sent.
        """
        return await self._do(_Order(CLEARING, CLEAR_CACHE, "", clean(by, NAME_LENGTH), "cache"), after)

    async def close(self) -> None:
        """Break off what is under way, as at the end of the process."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _do(self, order: _Order, after: int | None) -> Asked:
        before, collector = self._runs.get(order.key), self._collector
        number = before.number if before else 0
        path = order.feature.path(collector.capabilities)
        why = barred(order.kind, collector.snapshot())
        if before and before.state == "running":
            return _not_sent(order, order.kind.already)
        if after not in (None, number):
            return _not_sent(order, order.kind.meanwhile)
        if why or path is None:
            return _not_sent(order, why)
        run = Run(*order.key, number + 1, order.by, collector.now())
        self._show(order, run)
        task = asyncio.create_task(self._run(order, run, path), name=f"action {order.kind.key}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.shield(task)
        return Asked(True)

    async def _run(self, order: _Order, run: Run, path: str) -> None:
        ending = order.kind.unknown(_BROKEN_OFF)
        try:
            ending = _ending(order.kind, await self._send(path))
        except Exception:
            log.exception("event=unforeseen action=%s", order.kind.key)
            ending = order.kind.unknown(_OWN_ERROR)
        finally:
            ended = replace(run, ended_at=self._collector.now(), ending=ending)
            self._show(order, ended)
            self._collector.read_again(order.reread)
            _log(order, ending, ended.ended_at - ended.began_at)

    async def _send(self, path: str) -> Outcome:
        try:
            async with self._collector.room.place(ROOM_SECONDS):
                return await post(self._client, path)
        except NoRoom:
            return _NO_ROOM

    def _show(self, order: _Order, run: Run) -> None:
        self._runs.pop(order.key, None)  # so that the newest stands last
        self._runs[order.key] = run
        ended = [key for key, known in self._runs.items() if known.state != "running"]
        for key in ended[: max(0, len(self._runs) - MOST_RUNS)]:
            del self._runs[key]
        self._collector.tell()


def _ending(kind: ActionKind, outcome: Outcome) -> Ending:
    match outcome:
        case Done(body):
            return kind.meaning(body)
        case Refused(why, sentence):
            return kind.refused(why, sentence)
        case Unknown(sentence):
            return kind.unknown(sentence)


def _not_sent(order: _Order, why: str) -> Asked:
    _log(order, Ending("failed", why), 0.0, outcome="not-sent")
    return Asked(False, why)


def _log(order: _Order, ending: Ending, seconds: float, outcome: str = "") -> None:
    log.info(
        "event=action action=%s target=%r by=%r outcome=%s seconds=%.2f sentence=%r",
        order.kind.key,
        order.target,
        order.by,
        outcome or ending.state,
        seconds,
        ending.sentence,
    )
