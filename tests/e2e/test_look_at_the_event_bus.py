"""Looking at the event bus: its types, its latest events, and one of them in full."""

import json
import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.dashboard_server import DashboardServer
from tests.e2e.charts import Chart
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading
from tests.e2e.timeline import Timeline

REGION = "Event bus"


def _events(names: list[str]) -> list[dict[str, object]]:
    return [
        {"name": name, "timestamp": 1_795_000_000 + n, "correlation_id": f"c{n}"}
        for n, name in enumerate(names)
    ]


@pytest.mark.criterion("7.5.1", "7.5.2", "7.5.3", "7.5.4")
def test_counts_rates_latencies_and_types_are_shown(ops: OpsPage) -> None:
    region = ops.region(REGION)
    for key in (
        "events.emitted",
        "events.received",
        "events.failed",
        "events.p50",
        "events.p95",
        "events.p99",
    ):
        expect(ops.figure(key, REGION)).to_have_attribute("data-display", "value")
    expect(ops.figure("events.emitted", REGION)).to_contain_text(re.compile(r"[\d.]+ /s"))
    expect(Chart(region, "Event latency").drawn().caption).to_contain_text("Target 1 ms")
    types = region.get_by_role("group", name="Events by type")
    expect(types.get_by_role("listitem").first).to_contain_text("search.performed")


@pytest.mark.thorough
@pytest.mark.criterion("7.5.3")
def test_of_many_types_ten_and_the_rest_are_drawn_and_all_are_listed_on_demand(
    demo: Demo, watch: Watch
) -> None:
    demo.set({"events.event_types": {f"type.{n:03}": n for n in range(1, 201)}})
    ops = watch()
    region = ops.region(REGION)
    bars = region.get_by_role("group", name="Events by type").get_by_role("listitem")
    expect(bars).to_have_count(11)
    expect(bars.last).to_contain_text("190 other types")
    region.get_by_role("button", name="Exact counts of all types").click()
    table = region.get_by_role("table", name="All event types")
    expect(table.get_by_role("rowheader").first).to_have_text("type.200")
    expect(region.get_by_text("200 rows", exact=True)).to_be_visible()


@pytest.mark.criterion("7.5.5")
def test_the_latest_events_stand_newest_first_and_can_be_chosen_by_type(ops: OpsPage) -> None:
    timeline = Timeline(ops).loaded()
    expect(timeline.events).to_have_count(100)
    moments = timeline.list.get_by_role("time").evaluate_all(
        "all => all.map(each => Date.parse(each.dateTime))"
    )
    assert moments == sorted(moments, reverse=True)
    chosen = timeline.types()[0]
    timeline.type.select_option(chosen)
    assert set(timeline.types()) == {chosen}


@pytest.mark.thorough
@pytest.mark.criterion("7.5.5", "nfr.accessibility.2")
def test_the_details_of_an_event_are_its_json_by_keyboard_too(
    ops: OpsPage, healthy_dashboard: DashboardServer
) -> None:
    timeline = Timeline(ops).loaded()
    timeline.type.focus()
    ops.page.keyboard.press("Tab")
    ops.page.keyboard.press("Tab")
    first = timeline.events.first
    expect(first).to_be_focused()
    expect(timeline.whole).to_have_attribute("data-paused", "true")
    ops.page.keyboard.press("Enter")
    details = timeline.list.get_by_role("region", name=re.compile("^Details of"))
    told = json.loads(details.inner_text())
    assert told["name"] == timeline.types()[0]
    rows = httpx.get(f"{healthy_dashboard.origin}/api/tables/events").json()["rows"]
    assert told["correlation_id"] in {row[3] for row in rows}
    ops.page.keyboard.press("Enter")
    expect(details).to_be_hidden()


@pytest.mark.thorough
@pytest.mark.criterion("7.5.5")
def test_it_stands_still_under_the_mouse_and_says_what_waits(demo: Demo, watch: Watch) -> None:
    demo.set({"event_history": _events(["first"])})
    ops = watch()
    timeline = Timeline(ops).loaded()
    timeline.events.first.hover()
    demo.set({"event_history": _events(["first", "second", "third"])})
    expect(timeline.whole.get_by_text("Paused, 2 newer")).to_be_visible()
    assert timeline.types() == ["first"]
    ops.heading.hover()
    expect(timeline.events).to_have_count(3)
    assert timeline.types() == ["third", "second", "first"]


@pytest.mark.thorough
@pytest.mark.criterion("7.5.5", "nfr.errors.1")
def test_an_event_bus_that_cannot_be_read_says_so_and_no_events_are_no_error(
    demo: Demo, watch: Watch
) -> None:
    demo.set({"event_history": [], "events.event_types": {}})
    ops = watch()
    region = ops.region(REGION)
    expect(region.get_by_role("group", name="Events by type")).to_have_text("No event was emitted yet.")
    timeline = region.locator("[data-timeline]")
    timeline.scroll_into_view_if_needed()
    expect(timeline.get_by_text("No event was emitted yet.")).to_be_visible()
    expect_reading(ops.figure("events.types", REGION), "0")
