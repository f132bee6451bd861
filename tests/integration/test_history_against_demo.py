"""The past of a backend on a real socket, as the route of the past tells it."""

from collections.abc import Sequence
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from ops_dashboard.demo.api import demo_app
from ops_dashboard.domain.series.points import Span
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.series_keys import level
from ops_dashboard.serving.api import api_routes
from tests.integration.watched import Watched, watching
from tests.servers import running

ERROR_RATE = "performance.error_rate"
ENGAGEMENT = "/api/monitoring/user-engagement"


async def told(seen: Watched, key: str, span: str = "1h") -> dict[str, Any]:
    """What the route answers of one series."""

    async def window(keys: Sequence[str], span: Span, previous: bool) -> dict[str, Any]:
        return seen.history.window(keys, span, seen.collector.now(), previous=previous)

    routes = api_routes(ready=lambda: (True, ""), snapshot=dict, history=window)
    transport = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://ops.example") as client:
        answer = await client.get("/api/history", params={"range": span, "keys": key})
    assert answer.status_code == 200
    return answer.json()["series"][key]


async def control(url: str, order: dict[str, Any]) -> None:
    """Give the demo an order, as a person at its control does."""
    async with httpx.AsyncClient(base_url=url) as client:
        (await client.post("/demo/control", json=order)).raise_for_status()


async def a_second_later(seen: Watched) -> None:
    """Wait for the next second: of each one sample is kept."""
    now = int(seen.collector.now())
    await seen.until(lambda: int(seen.collector.now()) > now)


class Queries:
    """An app that keeps a book of the queries each path was asked with."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.asked: list[tuple[str, dict[str, str]]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            self.asked.append((request.url.path, dict(request.query_params)))
        await self._app(scope, receive, send)

    def of(self, path: str) -> list[dict[str, str]]:
        """The queries that one path was asked with, in order."""
        return [query for asked, query in self.asked if asked == path]


async def test_a_value_set_at_the_backend_is_in_every_window_after_the_next_refresh() -> None:
    async with running(demo_app(scenario="healthy")) as url, watching(url) as seen:
        await seen.first_refresh()
        began = seen.history.store.known_since(ERROR_RATE)
        [[*_, usual]] = (await told(seen, ERROR_RATE))["points"]
        assert usual < 5
        await control(url, {"set": {ERROR_RATE: 9.12}})
        await seen.refresh()
        for span in ("1h", "6h", "24h", "7d"):
            answer = await told(seen, ERROR_RATE, span)
            assert answer["since"] == began
            assert answer["points"][-1][3:] == [9.12, 9.12]
        assert seen.history.store.last(ERROR_RATE, 1)[0].value == 9.12
        assert seen.figure(ERROR_RATE).text == "9.12", "and it is the number that the page shows"


async def test_a_module_that_goes_down_is_kept_as_the_worst_of_its_time() -> None:
    async with running(demo_app(scenario="healthy")) as url, watching(url) as seen:
        await seen.first_refresh()
        for status in ("down", "healthy"):
            await a_second_later(seen)
            await control(url, {"set": {"health.modules.search.status": status}})
            await seen.refresh()
        points = (await told(seen, "modules.search.status"))["points"]
        assert max(high for _, _, _, high, _ in points) == level(Status.DOWN)
        assert seen.history.store.last("modules.search.status", 1)[0].value == level(Status.HEALTHY)


async def test_of_a_call_that_fails_nothing_is_kept() -> None:
    async with running(demo_app(scenario="healthy")) as url, watching(url) as seen:
        await seen.first_refresh()
        before, workers = (seen.history.store.last(key, 99) for key in (ERROR_RATE, "workers.queue_length"))
        await control(url, {"fault": {"path": "/api/monitoring/performance", "kind": "garbage", "value": 0}})
        await a_second_later(seen)
        await seen.refresh()
        assert seen.source("performance").failures >= 1
        assert seen.history.store.last(ERROR_RATE, 99) == before
        assert len(seen.history.store.last("workers.queue_length", 99)) > len(workers)


async def test_a_range_is_asked_for_in_the_words_of_both_dialects_and_only_while_it_is_looked_at() -> None:
    queries = Queries(demo_app(scenario="healthy"))
    async with running(queries) as url, watching(url) as seen:
        await seen.first_refresh()
        hour = {"time_range": "1h", "time_window_days": "1"}
        assert queries.of(ENGAGEMENT) == [hour]
        seen.collector.read_ranges({"1h", "7d"})
        await seen.until(lambda: seen.source("user_engagement.7d").received_at)
        assert queries.of(ENGAGEMENT) == [hour, {"time_range": "7d", "time_window_days": "7"}]
        await seen.until(lambda: seen.page.engagement["7d"].window.sentence == "Over the last 7d.")
        assert seen.page.engagement["1h"].window.sentence == "Over the last 1h."
        seen.collector.read_ranges({"1h"})
        await seen.refresh()
        assert queries.of(ENGAGEMENT)[2:] == [hour]
