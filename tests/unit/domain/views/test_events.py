"""The event bus: its types as bars, its latest events newest first, its charts."""

from typing import Any

import pytest

from ops_dashboard.domain.metrics.events import LONGEST_DETAILS
from ops_dashboard.domain.views.events import EVENT_TYPES, EVENTS, EventsPanel
from ops_dashboard.domain.views.table import table_rows
from tests.bodies import demo_bodies, recorded
from tests.snapshots import page, snapshot

GOOD = demo_bodies()


def panel(**bodies: Any) -> EventsPanel:
    return page(bodies).events


def latest(history: Any) -> list[Any]:
    return list(table_rows(EVENTS, snapshot({"event_history": history})))


def test_a_reporting_backend_has_its_types_greatest_first_and_its_charts():
    shown = panel(**GOOD)
    types = GOOD["events"]["event_types"]
    assert [(p.label, p.value) for p in shown.types.parts] == sorted(types.items(), key=lambda e: -e[1])
    assert [(c.key, [line.label for line in c.lines]) for c in shown.charts] == [
        ("event_latency", ["p50", "p95", "p99"]),
        ("event_rate", ["emitted", "received", "failed"]),
    ]
    assert [t.label for t in shown.charts[0].thresholds] == ["target 1 ms"]
    assert [line.key for line in shown.charts[1].lines] == [
        *("events.emitted.rate", "events.received.rate", "events.failed.rate"),
    ]
    assert (shown.latest.display, shown.latest.count) == ("value", 100)


def test_of_many_types_ten_are_drawn_and_the_others_added_up():
    shown = panel(events={"event_types": {f"type {n:03}": n for n in range(1, 501)}})
    *ten, rest = shown.types.parts
    assert [part.value for part in ten] == list(range(500, 490, -1))
    assert (rest.label, rest.value, rest.look) == ("490 other types", sum(range(1, 491)), "rest")
    assert shown.all_types.count == 500
    rows = table_rows(EVENT_TYPES, snapshot({"events": {"event_types": {"a": 1, "b": 3}}}))
    assert list(rows) == [("a", 1, 25), ("b", 3, 75)]


def test_a_count_that_cannot_be_read_leaves_no_share_of_a_whole_that_is_not_known():
    known = snapshot({"events": {"event_types": {"a": 1, "b": "many"}}})
    assert list(table_rows(EVENT_TYPES, known)) == [("a", 1, None), ("b", None, None)]
    assert [
        part.label for part in page({"events": {"event_types": {"a": 1, "b": "many"}}}).events.types.parts
    ] == ["a"]


def test_the_other_dialect_is_read_too_newest_first():
    body = recorded("all-up-busy", "event_history")
    rows = latest(body)
    assert len(rows) == min(100, len(body["events"]))
    moments = [row[0] for row in rows]
    assert moments == sorted(moments, reverse=True)
    assert rows[0][1] in {event["name"] for event in body["events"]}
    assert '"correlation_id": ' in rows[0][4]


def test_where_times_are_missing_the_last_of_the_list_is_the_newest():
    rows = latest(
        [{"name": "first", "timestamp": "2026-11-23T08:00:00Z"}, {"name": "second"}, {"name": "third"}]
    )
    assert [row[1] for row in rows] == ["third", "second", "first"]


def test_of_a_thousand_events_the_latest_hundred_are_listed():
    events = [{"name": f"n{i}", "timestamp": 1_795_000_000 + i} for i in range(1_000)]
    rows = latest(events)
    assert [row[1] for row in rows] == [f"n{i}" for i in range(999, 899, -1)]


@pytest.mark.parametrize(
    ("event", "part"),
    [
        ({"name": "a", "data": {"x": [1, {"y": None}]}}, '"y": null'),
        ({"name": "<img src=x onerror=alert(1)>"}, "<img src=x onerror=alert(1)>"),
        ({"name": "a", "data": "\u202egnp.exe\ud800\x85"}, "\\u202egnp.exe\\ud800\\u0085"),
        ({"name": "a", "data": "x" * 100_000}, "xxx…"),
        ({"raw": {"b": 1}}, '"raw": {'),
    ],
)
def test_details_are_text_that_hides_nothing_and_ends_somewhere(event: Any, part: str):
    ((*_, details),) = latest([event])
    assert part in details
    assert len(details) <= LONGEST_DETAILS + 100
    details.encode()


def test_of_details_that_are_nested_without_end_the_beginning_is_shown():
    nested: Any = []
    for _ in range(5_000):
        nested = [nested]
    ((*_, details),) = latest([{"name": "a", "data": nested}])
    assert details.startswith('{\n  "name": "a",\n  "data": [\n    [') and details.endswith("…")


def test_details_that_cannot_be_text_say_so():
    ((*_, details),) = latest([{"name": "a", "data": 10**5_000}])
    assert details == "These details cannot be shown as text."


@pytest.mark.parametrize(
    ("bodies", "display", "count"),
    [
        ({}, "waiting", 0),
        ({"event_history": {}}, "not_reported", 0),
        ({"event_history": []}, "value", 0),
        ({"event_history": [7, None, "x"]}, "value", 3),
    ],
)
def test_the_displays_of_the_latest_events_are_kept_apart(bodies: Any, display: str, count: int):
    view = panel(**bodies).latest
    assert (view.display, view.count) == (display, count)


@pytest.mark.parametrize(
    ("body", "display", "note"),
    [
        ({"events_emitted": 1}, "not_reported", "Not reported by this backend."),
        ({"event_types": {}}, "waiting", "No event was emitted yet."),
    ],
)
def test_without_types_the_reason_is_said(body: Any, display: str, note: str):
    types = panel(events=body).types
    assert (types.parts, types.display, types.note) == ((), display, note)
