"""What leaves the server holds no token and no session id: pages, routes, websocket, errors and the log at debug."""

import json

import httpx

from ops_dashboard.demo.api import demo_app
from ops_dashboard.state.session import SessionState
from tests.dashboard_server import StartDashboard
from tests.handlers import arguments_of, needing
from tests.logging_in import OPERATOR_TOKEN, TOKENS, VIEWER_TOKEN, logged_in, logged_out
from tests.raw_tab import RawTab
from tests.secrets_kept import secrets_in
from tests.servers import running

PATHS = (
    "/ops",
    "/login",
    "/readyz",
    "/healthz",
    "/api/snapshot",
    "/api/alerts",
    "/api/alerts/export?format=csv",
    "/api/audit?format=json",
    "/api/tables/database_tables?format=csv",
    "/api/history?range=1h&keys=performance.p95",
    "/api/tables/nope",
    "/nope",
)


async def test_no_secret_leaves_the_server(dashboard: StartDashboard) -> None:
    async with running(demo_app(scenario="healthy")) as backend:
        server = dashboard(
            **TOKENS,
            OPS_BACKEND_URL=backend,
            OPS_LOG_LEVEL="debug",
            OPS_REFRESH_SECONDS="5",
        )
        cookie = logged_in(server.origin, OPERATOR_TOKEN, "Ada")
        told = [httpx.get(server.origin + path, headers={"Cookie": cookie}).text for path in PATHS]
        told.append(
            httpx.get(
                f"{server.origin}/api/snapshot", headers={"Authorization": f"Bearer {VIEWER_TOKEN}x"}
            ).text
        )
        told.append(httpx.post(f"{server.origin}/login", data={"token": f"{OPERATOR_TOKEN}x"}).text)
        async with RawTab(server.origin, cookie) as tab:
            for name in needing("viewer"):
                await tab.emit(name, dict.fromkeys(arguments_of(name), "x"))
            await tab.until(lambda: tab.value(SessionState, "name") == "Ada")
            logged_out(server.origin, cookie)
            await tab.until(lambda: tab.value(SessionState, "ended"))
            told.append(json.dumps(tab.heard()))
        server.stop()
        told.append(server.output())
    session_id = cookie.partition("=")[2]
    assert [leak for text in told for leak in secrets_in(text, session_id)] == []
    assert "Ada" in told[-2], "what is looked through is what was sent"
