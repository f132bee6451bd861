"""The route for Prometheus."""

import itertools
from dataclasses import replace

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families as read_text
from starlette.applications import Starlette

from ops_dashboard.serving.metrics import metrics_route
from tests.unit.serving.own_vitals import DROPPED, KNOWN, STARTED


def client() -> httpx.AsyncClient:
    """Asks a dashboard that has one tab more at each scrape."""
    tabs = itertools.count(1)
    route = metrics_route(lambda: replace(KNOWN, tabs=next(tabs)), lambda: DROPPED)
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(Starlette(routes=[route])), base_url="http://ops.example"
    )


async def test_the_text_format_is_what_prometheus_reads() -> None:
    answer = await client().get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    values = {sample.name: sample.value for family in read_text(answer.text) for sample in family.samples}
    assert values["ops_dashboard_history_series"] == 121.0
    assert values["ops_dashboard_tabs"] == 1.0


async def test_who_asks_for_openmetrics_gets_that() -> None:
    answer = await client().get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert answer.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    families = {family.name: family for family in read_openmetrics(answer.text)}
    assert families["ops_dashboard_source_reads"].type == "counter"
    assert families["ops_dashboard_build"].type == "info"


async def test_every_scrape_sees_the_present() -> None:
    async with client() as asking:
        for tabs in ("1.0", "2.0", "3.0"):
            assert f"\nops_dashboard_tabs {tabs}\n" in (await asking.get("/metrics")).text


async def test_a_dashboard_that_has_just_been_started_answers() -> None:
    route = metrics_route(lambda: STARTED, lambda: DROPPED)
    transport = httpx.ASGITransport(Starlette(routes=[route]))
    async with httpx.AsyncClient(transport=transport, base_url="http://ops.example") as asking:
        answer = await asking.get("/metrics")
    assert "\nops_dashboard_start_time_seconds " in answer.text
    assert "\nops_dashboard_last_refresh_timestamp_seconds " not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_nothing_can_be_written(method: str) -> None:
    assert (await client().request(method, "/metrics")).status_code == 405
