"""A served dashboard killed at any moment loses no acknowledgement that was answered, and tells nothing twice."""

import asyncio
import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp

from ops_dashboard.demo.api import demo_app
from ops_dashboard.domain.modules import WATCHED_MODULES
from ops_dashboard.state.alerts import AlertsState
from ops_dashboard.state.sections import InterruptionState
from tests.dashboard_server import DashboardServer
from tests.raw_tab import RawTab
from tests.servers import running

_KILLS = 6
_LONGEST_LIFE = 0.05
"""Seconds from the last click to the kill: about what it takes to write it."""


def rows(tab: RawTab) -> dict[str, dict[str, Any]]:
    """The alerts about modules as the tab shows them, by the module's name."""
    view = tab.value(AlertsState, "view") or {"groups": ()}
    shown = (row for group in view["groups"] for row in group["rows"])
    return {row["target"]: row for row in shown if row["rule_id"] == "module_status"}


def interruption(tab: RawTab) -> dict[str, Any]:
    """What interrupted the tab last."""
    return tab.value(InterruptionState, "view")


def break_module(app: ASGIApp, name: str) -> None:
    """Let a module be down from now on."""
    app.state.simulation.overrides[f"health.modules.{name}.status"] = "down"  # pyright: ignore[reportFunctionMemberAccess, reportAttributeAccessIssue]


async def click(tab: RawTab, name: str) -> None:
    """Acknowledge the alert about a module."""
    row = rows(tab)[name]
    await tab.call(AlertsState, "acknowledge", key=row["key"], incident=row["id"], note=f"note on {name}")


def is_confirmed(tab: RawTab, name: str) -> bool:
    """Whether the tab was told that the acknowledgement of a module's alert is saved."""
    sentence = (tab.value(AlertsState, "outcome") or {"sentence": ""})["sentence"]
    return name in sentence and sentence.endswith(": acknowledged.")


def read(file: Path) -> tuple[list[tuple[str, str, str]], dict[str, list[str]]]:
    """(module, handled, note) of each incident, and what happened to the incidents of each module."""
    mine = "WHERE incident.rule_id = 'module_status'"
    with closing(sqlite3.connect(file)) as connection:
        incidents = connection.execute(f"SELECT target, handled, note FROM incident {mine}").fetchall()
        happened: dict[str, list[str]] = {}
        for target, kind in connection.execute(
            f"SELECT target, kind FROM transition JOIN incident ON incident.id = incident_id {mine}"
            " ORDER BY transition.id"
        ):
            happened.setdefault(target, []).append(kind)
    return incidents, happened


async def test_kill_9_loses_no_answered_acknowledgement_and_repeats_no_interruption(
    built: None, tmp_path: Path
) -> None:
    chance, answered, broken = random.Random(11), set[str](), []
    names = iter(WATCHED_MODULES)
    app = demo_app(scenario="healthy")
    async with running(app) as url:
        env = {"OPS_BACKEND_URL": url, "OPS_ALERT_SECONDS": "0.2"}
        server = DashboardServer(env, tmp_path / "log")
        try:
            for number in range(_KILLS):
                await asyncio.to_thread(server.start)
                async with RawTab(server.origin) as tab:
                    await tab.until(lambda: rows(tab).keys() == set(broken))
                    if number == 0:
                        await tab.until(lambda: interruption(tab)["id"])  # of the demo's job that failed
                    else:
                        assert interruption(tab)["id"] == 0, "all of it was told before"
                    for name in answered:
                        assert rows(tab)[name]["handled"] == "acknowledged"
                        assert rows(tab)[name]["note"] == f"note on {name}"
                    for name in (next(names), next(names)):
                        before = interruption(tab)["id"]
                        break_module(app, name)
                        broken.append(name)
                        await tab.until(lambda before=before: interruption(tab)["id"] != before)
                        told = interruption(tab)
                        assert told["count"] == 1
                        # What the module says of itself follows, where that was read before.
                        assert told["body"].partition(":")[0] == f"Module {name} is down"
                        await tab.until(lambda name=name: name in rows(tab))
                    first, second = broken[-2:]
                    await click(tab, first)
                    await tab.until(lambda first=first: is_confirmed(tab, first))
                    answered.add(first)
                    await click(tab, second)
                    await asyncio.sleep(chance.uniform(0, _LONGEST_LIFE))  # into the middle of writing it
                    server.kill()
                incidents, happened = read(tmp_path / "log.data" / "ops.db")
                assert Counter(module for module, _, _ in incidents) == dict.fromkeys(broken, 1)
                for module, handled, note in incidents:
                    taken = handled == "acknowledged"
                    assert taken or module not in answered
                    assert note == (f"note on {module}" if taken else "")
                    assert happened[module] == ["opened", *["acknowledged"] * taken]
                    if taken:
                        answered.add(module)  # written, though nobody heard: it must stay so
        finally:
            server.close()
    assert len(answered) >= _KILLS
