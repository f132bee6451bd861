"""Using the whole page while everything that reaches the browser is written down, and looked through for secrets."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ops_dashboard.demo.api import demo_app
from tests.dashboard_server import StartDashboard
from tests.e2e.frames import Frames
from tests.e2e.pages import OpsPage
from tests.logging_in import OPERATOR_TOKEN, TOKENS
from tests.secrets_kept import BACKEND_TOKEN, secrets_in
from tests.servers import serving

pytestmark = pytest.mark.criterion("nfr.errors.4")

EXPORTS = (
    "api/snapshot",
    "api/alerts",
    "api/alerts/export?format=csv",
    "api/audit?format=csv",
    "api/tables/database_tables?format=csv",
    "api/history?range=1h&keys=performance.p95&format=csv",
    "nope",
)
IN_THE_BROWSER = "document.cookie + JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})"


class Telltale:
    """A backend that repeats, in the errors of some calls, the token that it was given."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.repeated = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if path.endswith(("/workers/status", "/cache/clear")) or "/ingest/" in path:
            given = Headers(scope=scope).get("authorization", "")
            self.repeated += BACKEND_TOKEN in given
            answer = JSONResponse({"detail": f"not accepted: {given}"}, 403, {"X-Given": given})
            return await answer(scope, receive, send)
        return await self._app(scope, receive, send)


@pytest.fixture
def recorded(browser: Browser, tmp_path: Path) -> Iterator[tuple[BrowserContext, Path]]:
    """A browser's profile that keeps all answers in a file, which is there once it is closed."""
    har = tmp_path / "all.har"
    context = browser.new_context(record_har_path=har, record_har_content="embed", reduced_motion="reduce")
    yield context, har
    context.close()


def told_in(har: Path) -> list[str]:
    """Head and body of every answer; the head without the cookie, which is where a session's id belongs."""
    entries: list[dict[str, Any]] = json.loads(har.read_text())["log"]["entries"]
    told: list[str] = []
    for answer in (entry["response"] for entry in entries):
        content = answer["content"]
        text = content.get("text", "")
        if content.get("encoding") == "base64":
            text = base64.b64decode(text).decode(errors="replace")
        heads = [h["value"] for h in answer["headers"] if h["name"].lower() != "set-cookie"]
        told.append("\n".join([text, *heads]))
    return told


def log_in(page: Page) -> None:
    page.get_by_label("Token").fill(f"{OPERATOR_TOKEN}x")
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Token").fill(OPERATOR_TOKEN)
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Log in").click()


def use_everything(ops: OpsPage) -> None:
    """Open what can be opened, and do what can be done."""
    page = ops.page
    for opener in ("Data sources", "Alert history", "Alert preferences"):
        page.get_by_role("button", name=opener).first.click()
        expect(page.get_by_role("dialog", name=opener)).to_be_visible()
        page.keyboard.press("Escape")
    ops.choose_range("24h")
    ops.module_button("search").click()
    expect(ops.module_sheet("search")).to_be_visible()
    page.keyboard.press("Escape")
    cache = ops.region("Cache")
    cache.get_by_role("button", name="Clear cache").click()
    page.get_by_role("dialog", name="Clear cache").get_by_role("button", name="Clear cache").click()
    expect(cache.locator("[data-action-state=failed]")).to_be_visible()
    for path in EXPORTS:
        page.evaluate("path => fetch(path).then(answer => answer.text())", path)


def test_nothing_that_reaches_the_browser_or_the_log_holds_a_token_or_a_session_s_id(
    recorded: tuple[BrowserContext, Path], dashboard: StartDashboard
) -> None:
    context, har = recorded
    frames, backend = Frames(context), Telltale(demo_app(scenario="incident"))
    with serving(backend) as url:
        server = dashboard(**TOKENS, OPS_BACKEND_URL=url, OPS_LOG_LEVEL="debug", OPS_REFRESH_SECONDS="5")
        page = context.new_page()
        page.goto(server.url)
        log_in(page)
        ops = OpsPage(page, server.url)
        expect(page.locator("[data-figure][data-display=value]").first).to_be_visible()
        session_id = next(
            cookie.get("value", "")
            for cookie in context.cookies()
            if cookie.get("name", "").startswith("ops_session")
        )
        use_everything(ops)
        kept = page.evaluate(IN_THE_BROWSER) + page.content()
        page.get_by_role("button", name="You", exact=True).click()
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_label("Token")).to_be_visible()
        context.close()
    told = told_in(har)
    assert [leak for text in (*told, kept, server.output()) for leak in secrets_in(text, session_id)] == []
    assert frames.leaks(session_id) == []
    assert backend.repeated > 1 and frames.number > 5, "there was something to be found"
    assert any("performance.p95" in text for text in told) and "Ada" in kept
