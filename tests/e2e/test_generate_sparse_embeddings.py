"""Generating sparse embeddings: asked first, started once, followed to its end in every tab, and remembered."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ops_dashboard.demo.api import demo_app
from tests.dashboard_server import StartDashboard
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage
from tests.e2e.snapshots import until_read
from tests.e2e.waiting import until
from tests.servers import serving

CALL = "/admin/sparse-embeddings/generate"
RARELY = {"OPS_REFRESH_SECONDS": "3600"}
QUICK = 4.0
"""How many times quicker than usual the demo works: a run takes some 8 s."""
PLAIN = {"paths": {CALL: {"post": {}}}}


class Embeddings:
    """The section "Sparse embeddings" as its operator knows it."""

    def __init__(self, ops: OpsPage) -> None:
        self.ops = ops
        self.region = ops.region("Sparse embeddings")
        self.dialog = ops.page.get_by_role("dialog", name="Generate sparse embeddings", exact=True)
        self.bar = self.region.get_by_role("progressbar", name="Progress of the sparse embeddings")
        self.result = ops.page.locator("#embeddings [data-action-state]")
        self.confirm = self.dialog.get_by_role("button", name="Generate", exact=True)

    @property
    def button(self) -> Locator:
        """What opens the dialog."""
        return self.region.get_by_role("button", name="Generate embeddings", exact=True)

    def ask(self) -> "Embeddings":
        """Open the dialog."""
        self.button.click()
        expect(self.dialog).to_be_visible()
        return self

    def start(self) -> "Embeddings":
        """Start a run over all resources."""
        self.ask().confirm.click()
        expect(self.dialog).to_be_hidden()
        return self

    def colleague(self) -> "Embeddings":
        """The same page in another tab."""
        return Embeddings(OpsPage(self.ops.page.context.new_page(), self.ops.url).open_live())

    def expect_state(self, state: str) -> None:
        """Wait until the run is in this state."""
        expect(self.result).to_have_attribute("data-action-state", state)

    def violations(self, of: str = "#embeddings") -> list[str]:
        """What axe objects to in the section, or in another part of the page."""
        return [found["id"] for found in Axe().run(self.ops.page, context=of).response["violations"]]


@pytest.fixture
def demo() -> Iterator[Demo]:
    """A demo whose runs are quick."""
    with serving(demo_app(scenario="healthy", speed=QUICK)) as url:
        yield Demo(url)


class SlowBackend:
    """A backend that answers only when all is done, which is when it is let; nothing else is known of it."""

    def __init__(self) -> None:
        self.started = 0
        self.may_answer = False
        self.body: dict[str, Any] = {"status": "completed", "job_id": "x", "resources_to_process": 8}
        self.app = Starlette(
            routes=[
                Route("/openapi.json", self._calls),
                Route(CALL, self._generate, methods=["POST"]),
                Route("/api/monitoring/cache/stats", self._cache),
            ]
        )

    async def _calls(self, _: Request) -> JSONResponse:
        return JSONResponse(PLAIN)

    async def _cache(self, _: Request) -> JSONResponse:
        return JSONResponse({"hit_rate": 90})

    async def _generate(self, _: Request) -> JSONResponse:
        self.started += 1
        while not self.may_answer:
            await asyncio.sleep(0.02)
        return JSONResponse(self.body)


@pytest.mark.criterion("7.13.1", "7.13.2", "7.13.3", "7.13.4", "7.13.5", "success.8", "nfr.accessibility.2")
def test_a_run_is_started_with_the_keyboard_and_followed_to_its_end_in_every_tab(
    demo: Demo, watch: Watch
) -> None:
    mine = Embeddings(watch(**RARELY))
    other = mine.colleague()
    mine.ops.page.bring_to_front()
    keyboard = mine.ops.page.keyboard
    mine.button.focus()
    keyboard.press("Enter")
    expect(mine.dialog).to_contain_text("The backend reports its progress while it works.")
    assert mine.violations("[role=dialog]") == []
    field = mine.dialog.get_by_role("textbox", name="Batch size")
    field.fill("ten")
    keyboard.press("Tab")
    expect(mine.dialog).to_contain_text("A whole number from 1 to 100,000, or nothing.")
    field.fill("100")
    mine.confirm.focus()
    keyboard.press("Enter")
    expect(mine.dialog).to_be_hidden()
    expect(mine.button).to_be_focused()
    for tab in (mine, other):
        expect(tab.bar).to_have_attribute("aria-valuenow", re.compile(r"^[1-9]\d?$"))
        expect(tab.region).to_contain_text("For all resources, batch size 100")
    expect(mine.region).to_contain_text(re.compile(r"Time left(about \d+ s|a few seconds)"))
    expect(mine.region).to_contain_text(re.compile(r"Rate[\d.]+ /s"))
    expect(mine.button).to_be_disabled()
    assert mine.violations() == []
    for tab in (mine, other):
        tab.expect_state("done")
        expect(tab.result.get_by_role("status").first).to_have_text(
            re.compile(r"^Done\. 240 resources processed in [\d.]+ s\.")
        )
        expect(tab.bar).to_be_hidden()
        expect(tab.region).to_contain_text(re.compile(r"Last run started .* by an operator"))
    expect(mine.region.get_by_role("row", name=re.compile("completed.*240"))).to_be_visible()
    assert demo.calls()[CALL] == 1
    assert mine.violations() == []


@pytest.mark.thorough
@pytest.mark.criterion("7.13.1")
def test_two_tabs_that_start_at_once_make_one_run(demo: Demo, watch: Watch) -> None:
    mine = Embeddings(watch(**RARELY)).ask()
    other = mine.colleague().ask()
    for tab in (mine, other):
        tab.confirm.evaluate("button => { button.click(); button.click(); }")
    for tab in (mine, other):
        tab.expect_state("done")
    assert demo.calls()[CALL] == 1


@pytest.mark.thorough
@pytest.mark.criterion("7.13.2", "7.13.3", "7.13.4")
def test_a_run_is_found_again_after_a_restart_of_the_dashboard(
    demo: Demo, dashboard: StartDashboard, page: Any
) -> None:
    server = dashboard(OPS_BACKEND_URL=demo.origin, OPS_REFRESH_SECONDS="5")
    until_read(server)
    mine = Embeddings(OpsPage(page, server.url).open_live()).start()
    expect(mine.bar).to_have_attribute("aria-valuenow", re.compile(r"^[1-9]\d?$"))
    page.goto("about:blank")
    server.kill()
    server.start()
    until_read(server)
    again = Embeddings(OpsPage(page, server.url).open_live())
    again.expect_state("done")
    expect(again.region).to_contain_text("240 resources processed")
    assert demo.calls()[CALL] == 1


@pytest.mark.thorough
@pytest.mark.criterion("7.13.2", "7.13.3", "nfr.errors.1", "nfr.errors.4")
def test_a_backend_that_dies_during_a_run_is_said_and_a_failed_run_says_what_to_do(
    demo: Demo, watch: Watch
) -> None:
    mine = Embeddings(watch()).start()
    expect(mine.bar).to_have_attribute("aria-valuenow", re.compile(r"^[1-9]\d?$"))
    demo.fault("*", "reset")
    expect(mine.region).to_contain_text(re.compile(r"Not readable since .* Last known: \d+ %\."))
    demo.set({"sparse_job.status": "failed", "sparse_job.error": "The model stopped"})
    demo.mend("*")
    mine.expect_state("failed")
    expect(mine.result).to_contain_text("The backend says that it failed: The model stopped.")
    expect(mine.result).to_contain_text("mend the cause, and start it again")


@pytest.mark.thorough
@pytest.mark.criterion("7.13.2", "7.13.3", "7.13.5")
def test_a_backend_that_reports_no_progress_shows_no_value(dashboard: StartDashboard, page: Any) -> None:
    slow = SlowBackend()
    with serving(slow.app) as url:
        server = dashboard(OPS_BACKEND_URL=url, OPS_REFRESH_SECONDS="5")
        until_read(server)
        mine = Embeddings(OpsPage(page, server.url).open_live()).start()
        until(lambda: slow.started, "the request")
        expect(mine.bar).to_be_visible()
        expect(mine.region).to_contain_text("estimating…")
        assert mine.bar.get_attribute("aria-valuenow") is None
        slow.may_answer = True
        mine.expect_state("done")
        slow.may_answer = False
        mine.start()
        expect(mine.region.get_by_text("estimate", exact=True)).to_have_count(0)
        assert mine.bar.get_attribute("aria-valuenow") is None
        slow.body, slow.may_answer = {"status": "failed"}, True
        mine.expect_state("failed")
        assert slow.started == 2
