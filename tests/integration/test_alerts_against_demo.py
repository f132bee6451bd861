"""Alerts over a real backend's socket: from its breach to the database and to every tab."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from ops_dashboard.demo.api import demo_app
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.monitor import alert_rules
from ops_dashboard.monitor import collector as collector_module
from tests.integration.alerting import alerting, control
from tests.servers import running

ERRORS = "error_rate|"
UNREACHABLE = "backend_unreachable|"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits a minute for a recovery to be believed, nor fifteen seconds for a lost backend.

    The demo's job that failed within the hour is another matter.
    """
    made = alert_rules.rules_with

    def curt(preferences: dict[str, object]) -> tuple[Rule, ...]:
        return tuple(
            replace(rule, hold_seconds=0.5, enabled=rule.id != "jobs_failed") for rule in made(preferences)
        )

    monkeypatch.setattr(alert_rules, "rules_with", curt)
    monkeypatch.setattr(collector_module, "PROBE_CAP_SECONDS", 0.2)


def told(bodies: Iterable[str]) -> list[str]:
    return [body.split(":")[0] for body in bodies]


async def test_a_breach_at_the_backend_is_an_incident_in_the_database_and_in_the_news(tmp_path: Path) -> None:
    async with (
        running(demo_app(scenario="healthy")) as url,
        alerting(url, tmp_path, refresh_seconds=3_600) as seen,
    ):
        assert seen.rows == {}
        await control(url, {"set": {"performance.error_rate": 12}})
        await seen.until(lambda: ERRORS in seen.rows)
        row = seen.rows[ERRORS]
        assert (row.severity, row.message) == ("critical", "Error rate is 12 % (> 10 %)")
        (detail,) = await seen.history()
        assert (detail.row.id, detail.row.peak, detail.row.resolved_at) == (seen.rows[ERRORS].id, 12.0, None)
        assert [one.body for one in seen.told] == [row.message]
        marks = seen.monitor.marks(["performance.error_rate"], 0)
        assert [(mark.kind, mark.until) for mark in marks] == [("critical", 0.0)]
        await control(url, {"set": {"performance.error_rate": 1}})
        await seen.until(lambda: not seen.rows)
        (detail,) = await seen.history()
        assert [transition.kind for transition in detail.transitions] == ["opened", "resolved"]
        assert len(seen.told) == 1


async def test_an_outage_is_one_alert_and_recovery_resolves_it(tmp_path: Path) -> None:
    async with running(demo_app(scenario="healthy")) as url, alerting(url, tmp_path) as seen:
        await control(url, {"set": {"performance.error_rate": 7}})
        await seen.until(lambda: ERRORS in seen.rows)
        await control(url, {"scenario": "outage"})
        await seen.until(lambda: UNREACHABLE in seen.rows)
        assert seen.rows[ERRORS].muted == "muted: the backend is unreachable"
        assert seen.monitor.hub.news.page.alerts.critical == 1
        await control(url, {"scenario": "healthy", "set": {"performance.error_rate": 1}})
        await seen.until(lambda: not seen.rows)
        bodies = [one.body for one in seen.told]
        assert told(bodies) == ["Error rate is 7 % (> 5 %)", "The backend is unreachable"]
        kinds = {d.row.rule_id: [t.kind for t in d.transitions] for d in await seen.history()}
        assert kinds == {
            "error_rate": ["opened", "resolved"],
            "backend_unreachable": ["opened", "resolved"],
        }


async def test_what_was_acknowledged_stays_so_when_the_monitor_is_started_again(tmp_path: Path) -> None:
    app = demo_app(scenario="healthy")
    app.state.simulation.overrides["performance.error_rate"] = 12
    async with running(app) as url:
        async with alerting(url, tmp_path) as first:
            await first.until(lambda: ERRORS in first.rows)
            answer = await first.monitor.alerts.act(
                "acknowledge", ERRORS, first.rows[ERRORS].id, "ana", "mine"
            )
            assert answer.done
            assert len(first.told) == 1
        async with alerting(url, tmp_path) as second:
            await second.until(lambda: ERRORS in second.rows)
            row = second.rows[ERRORS]
            assert (row.handled, row.handled_by, row.note) == ("acknowledged", "ana", "mine")
            await control(url, {"set": {"db_pool.utilization": 99}})
            await second.until(lambda: "db_pool|" in second.rows)
            assert [one.count for one in second.told] == [1], "only what is new"
            assert len(await second.history()) == 2


async def test_a_lowered_threshold_fires_with_the_next_sample_and_a_raised_one_resolves(
    tmp_path: Path,
) -> None:
    app = demo_app(scenario="healthy")
    app.state.simulation.overrides["performance.error_rate"] = 3
    async with running(app) as url, alerting(url, tmp_path, refresh_seconds=3_600) as seen:
        assert await seen.monitor.alerts.set_preferences("error_rate", {"warning": "2"}, "ana") == {}
        await seen.until(lambda: ERRORS in seen.rows)
        assert await seen.monitor.alerts.set_preferences("error_rate", {"warning": "4"}, "ana") == {}
        await seen.until(lambda: not seen.rows)
    async with running(app) as url, alerting(url, tmp_path) as again:
        assert again.rows == {}
