"""Each view keeps apart: a value, a stale one, none yet, not reported, not applicable. Zero is a value."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ops_dashboard.domain.snapshot import Contact, Snapshot
from ops_dashboard.domain.views.figure import Display, Figure
from ops_dashboard.domain.views.page import PageView, page_view
from tests.bodies import demo_bodies
from tests.snapshots import NOW, failing, read, snapshot
from tests.traceable import figures

GOOD = demo_bodies()
NOT_APPLICABLE = {"status": "not_applicable", "message": "removed here"}
# One figure of each view, the source it lives on, and what the source answers when it is zero.
VIEWS = {
    "performance.p95": ("performance", {"api_response_time": {"p95": 0}}),
    "performance.request_rate": ("performance", {"request_rate": 0}),
    "performance.error_rate": ("performance", {"error_rate": 0}),
    "performance.uptime_seconds": ("performance", {"uptime_seconds": 0}),
    "workers.queue_length": ("workers", {"queue_length": 0}),
    "workers.failed_tasks": ("workers", {"failed_tasks": 0}),
    "cache.hit_rate": ("cache", {"hit_rate": 0}),
    "cache.size_mb": ("cache", {"size_mb": 0}),
    "database.avg_query_time_ms": ("database", {"query_performance": {"avg_query_time_ms": 0}}),
    "database.tables": ("database", {"table_stats": {}}),
    "events.emitted": ("events", {"events_emitted": 0}),
    "events.p95": ("events", {"event_latency_ms": {"p95": 0}}),
    "models.embedding": ("model_health", {"models": {"embedding": {"loaded": True, "inference_time_ms": 0}}}),
    "engagement.active_users": ("user_engagement.1h", {"active_users": 0}),
    "recommendation.accuracy": ("recommendation_quality.1h", {"accuracy": 0}),
    "ingestion.last_beat": ("ingestion_heartbeat", {"seconds_since_last_seen": 0}),
}
WITH_STATUS = [key for key, (source, _) in VIEWS.items() if source != "ingestion_heartbeat"]


def shown(known: Snapshot, key: str) -> Figure:
    return next(f for f in figures(page_view(known, PageView())) if f.key == key)


@pytest.mark.parametrize("key", VIEWS)
def test_a_value(key: str) -> None:
    figure = shown(snapshot(GOOD), key)
    assert (figure.display, figure.note, figure.at) == ("value", "", NOW) and figure.text


@pytest.mark.parametrize("key", VIEWS)
def test_zero_is_a_value(key: str) -> None:
    source, body = VIEWS[key]
    figure = shown(snapshot({source: body}), key)
    assert (figure.display, figure.text) == ("value", "0")


@pytest.mark.parametrize("key", VIEWS)
def test_no_data_yet(key: str) -> None:
    figure = shown(snapshot(), key)
    assert (figure.display, figure.text, figure.note, figure.at) == ("waiting", "", "", 0.0)


@pytest.mark.parametrize("key", VIEWS)
def test_no_data_with_the_reason(key: str) -> None:
    figure = shown(snapshot(states=[failing(VIEWS[key][0], "failed (HTTP 500)")]), key)
    assert (figure.display, figure.text, figure.note) == ("waiting", "", "failed (HTTP 500)")


@pytest.mark.parametrize("key", VIEWS)
def test_not_reported(key: str) -> None:
    figure = shown(snapshot({VIEWS[key][0]: {"timestamp": "2026-11-23T08:00:00Z"}}), key)
    assert (figure.display, figure.text, figure.note) == ("not_reported", "", "Not reported by this backend.")


@pytest.mark.parametrize("key", VIEWS)
def test_not_offered_is_not_reported_and_says_why(key: str) -> None:
    gone = failing(VIEWS[key][0], "does not offer this call (HTTP 404)", not_offered=True)
    figure = shown(snapshot(states=[gone]), key)
    assert (figure.display, figure.text) == ("not_reported", "")
    assert "does not offer this call (HTTP 404)" in figure.note


@pytest.mark.parametrize("key", WITH_STATUS)
def test_not_applicable_in_the_backends_words(key: str) -> None:
    figure = shown(snapshot({VIEWS[key][0]: NOT_APPLICABLE}), key)
    assert (figure.display, figure.text, figure.note) == ("not_applicable", "", "removed here")


@pytest.mark.parametrize("key", WITH_STATUS)
def test_an_error_in_an_answer_is_no_data_and_not_a_missing_feature(key: str) -> None:
    said = {"status": "error", "error": "broker gone", "metrics": None, "workers": None}
    figure = shown(snapshot({VIEWS[key][0]: said}), key)
    assert (figure.display, figure.text, figure.note) == ("waiting", "", "broker gone")


STALE: dict[str, Callable[[Snapshot, str], Snapshot]] = {
    "two failures": lambda known, source: _changed(known, source, failures=2, reason="refused"),
    "too old": lambda known, source: _changed(known, source, received_at=NOW - 46),
    "contact lost": lambda known, _: replace(
        known, contact=Contact(lost=True, since=NOW - 9, reason="refused")
    ),
}


def _changed(known: Snapshot, source: str, **changes: object) -> Snapshot:
    state = replace(known.sources[source], **changes)  # type: ignore[arg-type]
    return replace(known, sources={**known.sources, source: state})


@pytest.mark.parametrize("why", STALE)
@pytest.mark.parametrize("key", VIEWS)
def test_a_stale_value_stays_and_says_since_when(key: str, why: str) -> None:
    source, fresh = VIEWS[key][0], shown(snapshot(GOOD), key)
    figure = shown(STALE[why](snapshot(GOOD), source), key)
    assert figure.display == "stale"
    assert (figure.text, figure.unit, figure.exact) == (fresh.text, fresh.unit, fresh.exact)
    assert 0 < figure.at <= NOW


@pytest.mark.parametrize("key", VIEWS)
@pytest.mark.parametrize(
    ("age", "display"), [(0, "value"), (44, "value"), (45.005, "value"), (45.1, "stale"), (3_600, "stale")]
)
def test_a_value_is_stale_after_one_and_a_half_intervals(key: str, age: float, display: Display) -> None:
    known = _changed(snapshot(GOOD), VIEWS[key][0], received_at=NOW - age)
    assert shown(known, key).display == display


def test_a_single_failure_leaves_a_young_value_as_it_is_with_a_note() -> None:
    state = read("cache", GOOD["cache"], failures=1, reason="gave no answer within 5 s")
    figure = shown(snapshot(GOOD, states=[state]), "cache.hit_rate")
    assert (figure.display, figure.note) == ("value", "gave no answer within 5 s")


@pytest.mark.parametrize("display", ["value", "stale"])
def test_the_tiles_have_the_same_displays(display: Display) -> None:
    state = read("health", GOOD["health"], failures=2 if display == "stale" else 0)
    tiles = page_view(snapshot(GOOD, states=[state]), PageView()).modules.tiles
    assert {t.display for t in tiles} == {t.response.display for t in tiles} == {display}
