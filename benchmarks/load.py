"""What the dashboard costs the users of a backend that slow calls freeze."""

import asyncio
import json
import sys
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from typing import Any

from benchmarks.users import Waits
from benchmarks.watched import BackendProcess, following, slow_backend, watching

_TABS = {"at rest": (None, 0, 1, 5, 50), "under pool pressure": (None, 0, 1, 50)}
"""None: without the dashboard; first, so that the others can be held against it."""
PRESSURE_SECONDS = 28.0
_PRESSURE_WINDOW_SECONDS = 120.0
_FREEZE_PERCENT, _P95_FACTOR, _LONGER_SECONDS = 2.0, 1.1, 1.0


@dataclass(frozen=True, slots=True)
class Extent:
    """For how long users are watched at rest, in seconds, and how slow the slow calls are."""

    rest_seconds: float
    scale: float


FULL = Extent(300, 1.0)
SHORT = Extent(60, 0.2)
"""A budget is a share of the time: a fifth of the costs needs a fifth of the time to show that it is kept."""


@dataclass(frozen=True, slots=True)
class Window:
    """What was measured in one stretch of time: shares in percent, calls a minute, the outage in seconds."""

    waits: Waits
    blocked: float
    calls: float
    outage: float

    def missed(self, without: "Window") -> list[str]:
        """The goals that were missed, beside the same without the dashboard."""
        p95, outage = _P95_FACTOR * without.waits.p95, without.outage + _LONGER_SECONDS
        goals = {
            f"p95 ≤ {p95:.1f} ms": self.waits.p95 <= p95,
            f"blocked ≤ {_FREEZE_PERCENT:g} %": self.blocked <= _FREEZE_PERCENT,
            f"outage ≤ {outage:.1f} s": self.outage <= outage,
        }
        return [goal for goal, met in goals.items() if not met]


def load(extent: Extent) -> str:
    """Measure with and without the dashboard, and return a Markdown table."""
    lines = [
        "| load | users' p50 ms | p95 ms | p99 ms | over 1 s % | longest freeze ms | loop blocked % "
        "| our calls a minute | pool outage s | goals |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for state, all_tabs in _TABS.items():
        without: Window | None = None
        for tabs in all_tabs:
            window = _measure(extent, tabs, pressed=state != "at rest")
            without = without or window
            lines.append(_row(_label(tabs, state), window, window.missed(without)))
            print(lines[-1], file=sys.stderr)
    return "\n".join(lines)


def _measure(extent: Extent, tabs: int | None, *, pressed: bool) -> Window:
    """Start all anew, and watch the users once the dashboard has read everything once."""
    with ExitStack() as stack:
        backend = stack.enter_context(slow_backend(extent.scale))
        origin = None if tabs is None else stack.enter_context(watching(backend)).origin
        seconds = _PRESSURE_WINDOW_SECONDS if pressed else extent.rest_seconds
        return asyncio.run(_window(backend, origin, tabs or 0, seconds, pressed))


async def _window(
    backend: BackendProcess, origin: str | None, tabs: int, seconds: float, pressed: bool
) -> Window:
    order = {"pressure_seconds": PRESSURE_SECONDS} if pressed else {}
    async with AsyncExitStack() as stack:
        if origin is not None:
            await stack.enter_async_context(following(origin, tabs))
        before = await asyncio.to_thread(backend.control, **order)
        users = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.users", f"{backend.url}/user", str(seconds)),
            stdout=asyncio.subprocess.PIPE,
        )
        printed, _ = await users.communicate()
        after = await asyncio.to_thread(backend.control)
    return _summed_up(json.loads(printed), before, after)


def _summed_up(waits: list[float], before: dict[str, Any], after: dict[str, Any]) -> Window:
    passed = after["at"] - before["at"]
    blocked = 100 * (after["blocked"] - before["blocked"]) / passed
    calls = 60 * (after["calls"] - before["calls"]) / passed
    return Window(Waits.of(waits), blocked, calls, after["outage_seconds"])


def _label(tabs: int | None, state: str) -> str:
    who = "without us" if tabs is None else "1 tab" if tabs == 1 else f"{tabs} tabs"
    return f"{who}, {state}"


def _row(label: str, window: Window, missed: list[str]) -> str:
    waits = window.waits
    verdict = f"**missed**: {', '.join(missed)}" if missed else "met"
    numbers = (waits.p50, waits.p95, waits.p99, waits.share_long, waits.longest)
    cells = [label, *(f"{number:,.1f}" for number in (*numbers, window.blocked, window.calls, window.outage))]
    return f"| {' | '.join(cells)} | {verdict} |"
