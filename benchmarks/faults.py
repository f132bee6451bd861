"""How long the page takes to name what is wrong with the backend."""

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.load import PRESSURE_SECONDS
from benchmarks.slow_backend import NO_POSTGRESQL, NO_REDIS
from benchmarks.watched import BackendProcess, slow_backend, watching
from ops_dashboard.state.alerts import AlertsState
from ops_dashboard.state.sections import HealthState, ShellState
from tests.e2e.snapshots import snapshot
from tests.e2e.waiting import until
from tests.raw_tab import RawTab

_LIMIT_SECONDS = 240.0
_PLACES = (ShellState, HealthState, AlertsState)
"""Where a fault is named: the header with its banner, the verdict, and the alerts."""


def _stop(backend: BackendProcess) -> float:
    os.kill(backend.pid, signal.SIGSTOP)
    return time.time()


def _ordered(**order: object) -> Callable[[BackendProcess], float]:
    return lambda backend: backend.control(**order)["at"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, the words that name it, and how it is brought about; that returns when it began, unix seconds."""

    title: str
    named: str
    begin: Callable[[BackendProcess], float]


_FAULTS = (
    Fault("process stopped", r"unreachable|does not answer", _stop),
    Fault("Redis gone", r"redis", _ordered(condition=NO_REDIS)),
    Fault("PostgreSQL gone", r"database|postgres", _ordered(condition=NO_POSTGRESQL)),
    Fault("pool full", r"pool", _ordered(pressure_seconds=PRESSURE_SECONDS)),
    Fault("token refused", r"token", _ordered(refuses_token=True)),
)


def faults(scale: float) -> str:
    """Bring each fault about just after a refresh, and return a Markdown table."""
    lines = ["| fault | named after s | in these words |", "|---|---|---|"]
    for fault in _FAULTS:
        with slow_backend(scale) as backend, watching(backend) as server:
            refreshed = snapshot(server)["refreshed_at"]
            until(lambda at=refreshed: snapshot(server)["refreshed_at"] > at, "a second refresh", 300)
            lines.append(asyncio.run(_row(fault, backend, server.origin)))
            print(lines[-1], file=sys.stderr)
    return "\n".join(lines)


async def _row(fault: Fault, backend: BackendProcess, origin: str) -> str:
    async with RawTab(origin) as tab:
        await tab.drain(0.5)
        assert not _words(tab, fault.named), (
            f"{fault.title} is named before it began: {_words(tab, fault.named)}"
        )
        began = await asyncio.to_thread(fault.begin, backend)
        while not (words := _words(tab, fault.named)):
            if time.time() - began > _LIMIT_SECONDS:
                return f"| {fault.title} | **not within {_LIMIT_SECONDS:.0f}** | |"
            await tab.drain(0.1)
        in_a_cell = " ".join(words[0].split()).replace("|", "/")
        return f"| {fault.title} | {time.time() - began:.1f} | {in_a_cell} |"


def _words(tab: RawTab, named: str) -> list[str]:
    return naming([tab.value(place, "view") for place in _PLACES], named)


def naming(shown: object, named: str) -> list[str]:
    """The sentences in what is shown that hold one of the words; keys and single words name nothing."""
    if isinstance(shown, str):
        return [shown] * (" " in shown and re.search(rf"\b({named})\b", shown, re.IGNORECASE) is not None)
    parts = shown.values() if isinstance(shown, dict) else shown if isinstance(shown, list) else ()
    return [sentence for part in parts for sentence in naming(part, named)]
