"""The audit over real sockets: who gets it, what leaves a row, and that it outlasts a restart."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from ops_dashboard.state.alert_preferences import AlertPreferencesState
from ops_dashboard.state.alerts import AlertsState
from ops_dashboard.state.audit import AuditState
from ops_dashboard.state.cache_actions import CacheActionsState
from ops_dashboard.state.demo import DemoState
from ops_dashboard.state.dialogs import CLEAR_CACHE, DialogsState
from ops_dashboard.state.live import LiveState
from ops_dashboard.state.session import SessionState
from tests.dashboard_server import DashboardServer, StartDashboard
from tests.handlers import needing
from tests.logging_in import OPERATOR_TOKEN, TOKENS, VIEWER_TOKEN, logged_in, logged_out
from tests.raw_tab import RawTab

HANDLED: dict[str, dict[str, str]] = {
    "acknowledge": {"note": "on it"},
    "snooze": {"choice": "1h", "reason": ""},
    "unsnooze": {},
    "dismiss": {},
    "restore": {},
}
_PATIENCE = 20.0


@pytest.fixture(scope="module")
def server(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DashboardServer]:
    """A dashboard that wants a login, in the middle of an incident."""
    settings = {**TOKENS, "OPS_DEMO_SCENARIO": "incident", "OPS_REFRESH_SECONDS": "5"}
    server = DashboardServer(settings, tmp_path_factory.mktemp("audit") / "log")
    yield server.start()
    server.close()
    assert "traceback" not in server.output().lower()


@asynccontextmanager
async def tab_of(server: DashboardServer, token: str, name: str) -> AsyncIterator[RawTab]:
    """A tab that follows already: what opens with the address, or closes, has been decided."""
    async with RawTab(server.origin, logged_in(server.origin, token, name)) as tab:
        await tab.until(lambda: tab.value(LiveState, "beat"))
        yield tab


def rows(server: DashboardServer, **wanted: str) -> list[dict[str, Any]]:
    """What the export tells an operator's script, newest first."""
    answer = httpx.get(
        f"{server.origin}/api/audit",
        params={"format": "json", **wanted},
        headers={"Authorization": f"Bearer {OPERATOR_TOKEN}"},
    )
    assert answer.status_code == 200
    return answer.json()


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(_PATIENCE):
        while not true():
            await asyncio.sleep(0.05)


async def row_of(server: DashboardServer, by: str, action: str) -> dict[str, Any]:
    """The newest row of somebody's action, once it is there."""
    found: list[dict[str, Any]] = []

    def there() -> bool:
        found[:] = [row for row in rows(server, action=action) if row["by"] == by]
        return bool(found)

    await until(there)
    return found[0]


@pytest.mark.parametrize(
    ("token", "status"), [("", 401), (f"{VIEWER_TOKEN}x", 401), (VIEWER_TOKEN, 403), (OPERATOR_TOKEN, 200)]
)
def test_only_operators_export_it(server: DashboardServer, token: str, status: int) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = httpx.get(f"{server.origin}/api/audit?format=csv", headers=headers)
    assert answer.status_code == status
    assert ("action_words" in answer.text) == (status == 200)


async def test_a_viewer_neither_opens_it_nor_is_sent_a_row(server: DashboardServer) -> None:
    handlers = [name for name in needing("operator") if name.startswith(AuditState.get_full_name())]
    assert len(handlers) >= 7
    async with tab_of(server, VIEWER_TOKEN, "Vi") as tab:
        for name in handlers:
            await tab.emit(name, {})
        await tab.call(DialogsState, "show", name="audit")
        await tab.ping()
        row = await row_of(server, "Vi", "not_allowed")
        assert (row["outcome"], row["sentence"]) == ("refused", "This needs the role operator.")
        assert row["target"].startswith("AuditState.")
        await tab.until(lambda: tab.value(SessionState, "role") == "viewer")
        assert not tab.value(AuditState, "rows")
        assert tab.value(DialogsState, "open_dialog") != "audit"


async def test_what_an_operator_does_leaves_a_row_each(server: DashboardServer) -> None:
    async with tab_of(server, OPERATOR_TOKEN, "Ada") as tab:
        await tab.until(lambda: (tab.value(AlertsState, "view") or {}).get("groups"))
        alert = tab.value(AlertsState, "view")["groups"][0]["rows"][0]
        about = {"key": alert["key"], "incident": alert["id"]}
        told = {"log_in": await row_of(server, "Ada", "log_in")}
        # One after the other: what is done in the background may overtake what was asked for before.
        for action, more in HANDLED.items():
            await tab.call(AlertsState, action, **about, **more)
            told[action] = await row_of(server, "Ada", action)
        await tab.call(AlertPreferencesState, "show")
        await tab.until(lambda: tab.value(AlertPreferencesState, "rows"))
        await tab.call(AlertPreferencesState, "save", form={"alert-error_rate-warning": "6"})
        told["change_rule"] = await row_of(server, "Ada", "change_rule")
        await tab.call(AlertPreferencesState, "ask_reset", rule_id="error_rate")
        await tab.until(lambda: tab.value(AlertPreferencesState, "resetting"))
        await tab.call(AlertPreferencesState, "reset_asked")
        await tab.call(DemoState, "choose", scenario="degraded")
        told |= {action: await row_of(server, "Ada", action) for action in ("reset_rule", "demo_scenario")}
    assert {row["outcome"] for row in told.values()} == {"done"}
    assert told["acknowledge"]["sentence"].endswith("acknowledged. Note: on it")
    assert "Until 20" in told["snooze"]["sentence"]
    assert told["change_rule"]["sentence"] == "Warning above 5 → 6 %."
    assert (told["demo_scenario"]["target"], told["demo_scenario"]["sentence"]) == (
        *("degraded", "It played incident before."),
    )
    assert told["log_in"]["sentence"] == "As operator, from 127.0.0.1."


async def test_the_sheet_of_an_operator_shows_rows_and_sessions(server: DashboardServer) -> None:
    async with tab_of(server, OPERATOR_TOKEN, "Eve") as tab:
        await tab.call(AuditState, "show")
        await tab.until(lambda: tab.value(AuditState, "rows"))
        newest = tab.value(AuditState, "rows")[0]
        assert (newest["by"], newest["action"], newest["outcome_word"]) == ("Eve", "Log in", "Done")
        mine = [row for row in tab.value(AuditState, "sessions")["rows"] if row["is_this"]]
        assert [(row["name"], row["role"]) for row in mine] == [("Eve", "operator")]


async def test_who_uses_the_tab_next_is_not_sent_what_an_operator_found(server: DashboardServer) -> None:
    cookie = logged_in(server.origin, OPERATOR_TOKEN, "Ada")
    async with RawTab(server.origin, cookie) as tab:
        await tab.call(AuditState, "show")
        await tab.until(lambda: tab.value(AuditState, "rows"))
    logged_out(server.origin, cookie)
    async with RawTab(server.origin, logged_in(server.origin, VIEWER_TOKEN), token=tab.token) as again:
        await again.until(lambda: again.value(SessionState, "role") == "viewer")
        assert not again.value(AuditState, "rows")
        assert not (again.value(AuditState, "sessions") or {}).get("rows")


async def test_a_flood_of_refusals_is_counted_in_a_few_rows(server: DashboardServer) -> None:
    before = len(rows(server, action="not_allowed"))
    async with tab_of(server, VIEWER_TOKEN, "Flo") as tab:
        for _ in range(200):
            await tab.call(DemoState, "choose", scenario="healthy")
        await tab.ping()
    assert len(rows(server, action="not_allowed")) - before <= 11


async def test_it_outlasts_a_restart_with_the_count_of_the_flood(dashboard: StartDashboard) -> None:
    server = dashboard(**TOKENS, OPS_DEMO_SCENARIO="healthy")
    async with tab_of(server, OPERATOR_TOKEN, "Ada") as tab:
        await tab.call(DialogsState, "show", name=CLEAR_CACHE)
        await tab.until(lambda: tab.value(DialogsState, "open_dialog") == CLEAR_CACHE)
        await tab.call(CacheActionsState, "clear", after=0)
        await row_of(server, "Ada", "clear_cache")
    async with tab_of(server, VIEWER_TOKEN, "Flo") as tab:
        for _ in range(100):
            await tab.call(DemoState, "choose", scenario="incident")
        await tab.ping()
        await row_of(server, "Flo", "not_allowed")
    server.stop()
    server.start()
    told = rows(server)
    (summed,) = [row for row in told if "more like this" in row["sentence"]]
    assert (summed["by"], summed["sentence"]) == ("Flo", "90 more like this within a minute.")
    assert [row["by"] for row in told if row["action"] == "clear_cache"] == ["Ada"]
    assert {"Ada", "Flo"} <= {row["by"] for row in told if row["action"] == "log_in"}
