"""The actions of this deployment: one of each kind in flight, sent once, known to every tab."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

from ops_dashboard.backend.actions import Done, Outcome, Refused, Unknown, post
from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.features import CLEAR_CACHE
from ops_dashboard.domain.actions import CLEARING, ActionKind, Ending, Run
from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.domain.rate_limit import Pace
from ops_dashboard.domain.text import NAME_LENGTH, clean
from ops_dashboard.domain.views.action import barred
from ops_dashboard.monitor.collector import Collector
from ops_dashboard.monitor.room import NoRoom

log = logging.getLogger(__name__)

ROOM_SECONDS = 10.0
"""The longest wait for the dashboard's own calls under way, and for another of its kind, before one is sent."""
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
class Order:
    """What is to be done. ``do`` carries it out, once, and says how it ended."""

    kind: ActionKind
    target: str
    by: str
    do: Callable[[], Awaitable[Ending]]
    reread: str
    """The source that shows the effect."""
    name: str = ""
    """The target for people, where it is not its own name: for log and audit."""

    @property
    def key(self) -> tuple[str, str]:
        """By which runs of the same action on the same target are known."""
        return self.kind.key, self.target


class Actions:
    """Carries out what operators ask for. A run goes on to its end also when the tab that asked is closed.

    ``audit`` is told of each, whether anything was sent or not; it must return at once.
    """

    def __init__(
        self, client: BackendClient, collector: Collector, audit: Callable[[AuditEntry], None]
    ) -> None:
        self._client = client
        self._collector = collector
        self._audit = audit
        self._runs: dict[tuple[str, str], Run] = {}
        self._tasks: set[asyncio.Task[Ending]] = set()
        self._paces: dict[str, Pace] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def runs(self) -> tuple[Run, ...]:
        """The last run of each action on each target."""
        return tuple(self._runs.values())

    async def clear_cache(self, by: str, after: int | None = None) -> Asked:
        """Clear the backend's cache, and read it again at once; returns when the outcome is known.

        ``after`` is the number of the last run the asker knew of: where there is a newer one nothing is sent.
        """
        path = CLEAR_CACHE.path(self._collector.capabilities)
        do = partial(self._post, CLEARING, path or "")
        order = Order(CLEARING, "", clean(by, NAME_LENGTH), do, "cache")
        why = barred(CLEARING, self._collector.snapshot())
        return await self._do(order, after, why)

    async def close(self) -> None:
        """Break off what is under way, as at the end of the process."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _do(self, order: Order, after: int | None, why: str) -> Asked:
        """Carry out ``order`` unless it is being done already, is too many, or ``why`` says why it cannot be."""
        before = self._runs.get(order.key)
        if before and before.state == "running":
            return self._not_sent(order, order.kind.already)
        if after not in (None, before.number if before else 0):
            return self._not_sent(order, order.kind.meanwhile)
        if why:
            return self._not_sent(order, why)
        if wait := self._paces.setdefault(order.kind.key, Pace(order.kind.limit)).take(
            self._collector.monotonic()
        ):
            return self._not_sent(order, order.kind.too_many(wait))
        run = self._begun(order)
        task = asyncio.create_task(self._run(order, run), name=f"action {order.kind.key}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.shield(task)
        return Asked(True)

    def _begun(self, order: Order) -> Run:
        """A new run, which everybody sees from now on: no other of its key begins before it has ended."""
        before = self._runs.get(order.key)
        run = Run(*order.key, (before.number if before else 0) + 1, order.by, self._collector.now())
        self._show(run)
        return run

    async def _run(self, order: Order, run: Run) -> Ending:
        ending = order.kind.unknown(_BROKEN_OFF)
        try:
            ending = await order.do()
        except Exception:
            log.exception("event=unforeseen action=%s", order.kind.key)
            ending = order.kind.unknown(_OWN_ERROR)
        finally:
            ended = replace(run, ended_at=self._collector.now(), ending=ending)
            self._show(ended)
            self._collector.read_again(order.reread)
            self._keep(order, ending.state, ending.sentence, ended.ended_at - ended.began_at)
        return ending

    async def _post(self, kind: ActionKind, path: str) -> Ending:
        return ending_of(kind, await self._send(kind, path))

    async def _send(self, kind: ActionKind, path: str) -> Outcome:
        try:
            async with self._turn(kind), self._collector.room.place(ROOM_SECONDS):
                return await post(self._client, path)
        except NoRoom:
            return _NO_ROOM

    @asynccontextmanager
    async def _turn(self, kind: ActionKind) -> AsyncIterator[None]:
        """Alone of its kind for as long as the context is open.

        Raises:
            NoRoom: another one took too long.
        """
        lock = self._turns[kind.key]
        try:
            async with asyncio.timeout(ROOM_SECONDS):
                await lock.acquire()
        except TimeoutError:
            raise NoRoom from None
        try:
            yield
        finally:
            lock.release()

    def _show(self, run: Run) -> None:
        key = run.action, run.target
        self._runs.pop(key, None)  # so that the newest stands last
        self._runs[key] = run
        ended = [key for key, known in self._runs.items() if known.state != "running"]
        for key in ended[: max(0, len(self._runs) - MOST_RUNS)]:
            del self._runs[key]
        self._collector.tell()

    def _not_sent(self, order: Order, why: str) -> Asked:
        self._keep(order, "not-sent", why, 0.0)
        return Asked(False, why)

    def _keep(self, order: Order, outcome: str, sentence: str, seconds: float) -> None:
        """One line of the log and one row of the audit."""
        name = order.name or order.target
        log.info(
            "event=action action=%s target=%r by=%r outcome=%s seconds=%.2f sentence=%r",
            order.kind.key,
            name,
            order.by,
            outcome,
            seconds,
            sentence,
        )
        at = self._collector.now()
        self._audit(AuditEntry(at, order.by, order.kind.key, name, outcome, sentence))


def ending_of(kind: ActionKind, outcome: Outcome) -> Ending:
    """What an outcome means for a run of ``kind``."""
    match outcome:
        case Done(body):
            return kind.meaning(body)
        case Refused(why, sentence, _, detail):
            return kind.refused(why, sentence, detail)
        case Unknown(sentence):
            return kind.unknown(sentence)
