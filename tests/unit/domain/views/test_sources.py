from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.domain.probes import ProbeSummary
from ops_dashboard.domain.snapshot import Contact, Offer, SourceState
from ops_dashboard.domain.views.page import PageView, page_view
from ops_dashboard.domain.views.sources import OfferRow, SourceRow, sources_view
from tests.bodies import demo_bodies
from tests.snapshots import NOW, failing, read, snapshot

GOOD = demo_bodies()


def row(state: SourceState, **changes: Any) -> SourceRow:
    view = sources_view(snapshot(states=[state], **changes), ())
    return next(r for r in view.rows if r.name == state.name)


def test_every_source_has_a_row_in_the_order_of_the_table() -> None:
    known = snapshot(GOOD)
    assert [r.name for r in sources_view(known, ()).rows] == list(known.sources)


@pytest.mark.parametrize(
    ("state", "key", "word"),
    [
        (read("cache", GOOD["cache"]), "fresh", "Fresh"),
        (read("cache", GOOD["cache"], failures=1), "fresh", "Fresh"),
        (read("cache", GOOD["cache"], failures=2), "stale", "Stale"),
        (read("cache", GOOD["cache"], received_at=NOW - 100), "stale", "Stale"),
        (failing("cache"), "failing", "No data"),
        (snapshot().sources["cache"], "waiting", "Waiting"),
        (failing("cache", not_offered=True), "not_offered", "Not offered"),
        (read("cache", GOOD["cache"], failures=2, not_offered=True), "stale", "Stale"),
        (replace(read("cache", {}), spared="reported elsewhere"), "spared", "Not needed"),
    ],
)
def test_the_state_of_a_source(state: SourceState, key: str, word: str) -> None:
    assert (row(state).state, row(state).state_word) == (key, word)


def test_a_row_says_how_reading_goes() -> None:
    shown = row(read("cache", {"hit_rate": "50", "size_mb": "x"}, latency=0.0123, pace=30))
    assert (shown.latency, shown.interval, shown.received_at) == ("12.3 ms", "every 30 s", NOW)
    assert shown.surprises == 2 and len(shown.surprise_sentences) == 2
    assert (shown.failures, shown.reason, shown.next_retry_at) == (0, "", 0.0)


def test_a_failing_row_says_why_since_when_and_when_it_is_tried_again() -> None:
    shown = row(failing("cache", "failed (HTTP 500)", failures=3))
    assert (shown.failures, shown.reason) == (3, "failed (HTTP 500)")
    assert (shown.failing_since, shown.next_retry_at, shown.latency) == (NOW - 5, NOW + 5, "0 ms")


def test_nothing_is_said_of_the_latency_of_a_call_that_was_never_made() -> None:
    assert row(snapshot().sources["cache"]).latency == ""


def test_with_contact_lost_the_next_attempt_is_the_probe() -> None:
    contact = Contact(lost=True, since=NOW - 60, reason="refused", next_retry_at=NOW + 9)
    assert row(failing("cache", next_retry_at=NOW + 50), contact=contact).next_retry_at == NOW + 9
    assert row(read("cache", GOOD["cache"]), contact=contact).state == "stale"


def test_why_a_source_is_spared_stands_in_its_row() -> None:
    assert row(replace(read("cache", {}), spared="reported elsewhere")).reason == "reported elsewhere"


def test_what_the_backend_offers() -> None:
    offers = tuple(Offer(str(o), "Title", o, "Sentence.") for o in (True, False, None))
    assert sources_view(snapshot(offers=offers), ()).offers == (
        OfferRow("Title", "offered", "Sentence."),
        OfferRow("Title", "not_offered", "Sentence."),
        OfferRow("Title", "unknown", "Sentence."),
    )


def test_the_metric_that_counts_requests_is_named() -> None:
    text = 'shop_requests_seconds_bucket{le="1"} 3\nshop_requests_seconds_bucket{le="+Inf"} 3\n'
    counted = {"prometheus": text + 'http_requests_total{status="200"} 9\n'}
    page = page_view(snapshot(counted), PageView())
    assert page.sources.requests == "shop_requests_seconds and http_requests_total"
    assert page_view(snapshot({"prometheus": "up 1\n"}), PageView()).sources.requests == ""


def test_what_is_only_observed_is_named() -> None:
    probes = ProbeSummary(calls=40, p50=10, p95=20, p99=30, error_rate=0)
    page = page_view(snapshot({"performance": {}}, probes=probes), PageView())
    assert page.sources.observed == ("Own calls p50", "Own calls p95", "Own calls p99", "Own calls failing")
    assert page_view(snapshot(GOOD, probes=probes), PageView()).sources.observed == ()


SELDOM = {"interval": 302.0, "pace": 302.0, "dear_seconds": 3.017, "next_read_at": NOW + 170}


def test_a_source_read_seldom_says_why_and_when_it_is_next() -> None:
    shown = row(read("workers", GOOD["workers"], received_at=NOW - 130, **SELDOM))
    assert (shown.state, shown.interval) == ("fresh", "every 5 min")
    assert shown.seldom == "read every 5 min, it takes the backend 3 s"
    assert shown.next_read_at == NOW + 170


def test_its_panel_and_its_figures_say_so_too() -> None:
    state = read("workers", GOOD["workers"], received_at=NOW - 130, **SELDOM)
    panel = page_view(snapshot(states=[state]), PageView()).workers
    assert (panel.freshness.display, panel.freshness.next_read_at) == ("value", NOW + 170)
    assert panel.freshness.seldom == "read every 5 min, it takes the backend 3 s"
    assert {f.note for f in panel.figures if f.text} == {panel.freshness.seldom}


@pytest.mark.parametrize(("age", "key"), [(450, "fresh"), (460, "stale")])
def test_it_is_stale_after_one_and_a_half_of_its_own_intervals(age: float, key: str) -> None:
    assert row(read("workers", GOOD["workers"], received_at=NOW - age, **SELDOM)).state == key


def test_what_is_left_out_says_why_with_its_age() -> None:
    why = "not read while the connection pool is 95 % used"
    state = read("database", GOOD["database"], received_at=NOW - 100, left_out=why)
    shown = row(state)
    assert (shown.state, shown.reason, shown.received_at) == ("stale", why, NOW - 100)
    assert page_view(snapshot(states=[state]), PageView()).database.freshness.reason in ("", why)
