"""The verdict: the worst evidence wins, but only the backend itself can call the whole system down."""

from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.domain.snapshot import Contact, Snapshot
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.domain.views.alerts import AlertGroup, AlertsView
from ops_dashboard.domain.views.health import HealthView, under_alerts
from ops_dashboard.domain.views.page import PageView, page_view
from tests.bodies import demo_bodies
from tests.snapshots import NOW, failing, snapshot

GOOD = demo_bodies()
LOST = Contact(lost=True, since=NOW - 12, reason="refused the connection", next_retry_at=NOW + 3)


def health(bodies: dict[str, Any], **changes: Any) -> HealthView:
    return page_view(snapshot(bodies, **changes), PageView()).health


def said(status: object, **more: Any) -> dict[str, Any]:
    return {"health": {"status": status, **more}}


MODULE_DOWN = {"modules": {"search": {"status": "down"}, "graph": {"status": "healthy"}}}
MODULE_DEGRADED = {"modules": {"search": {"status": "degraded"}}}
COMPONENT_DOWN = {"components": {"redis": {"status": "unhealthy"}, "api": {"status": "ok"}}}
HIGH_ERRORS = {"performance": {"error_rate": 9.12}}
TRUTH = [
    # what the backend says, what else is known, the word, the reasons
    ({}, "No data yet", "unknown", ""),
    (said("healthy"), "Healthy", "healthy", ""),
    (said("ok"), "Healthy", "healthy", ""),
    (said("degraded"), "Degraded", "degraded", ""),
    (said("warning"), "Degraded", "degraded", ""),
    (said("down"), "Down", "down", ""),
    (said("unhealthy"), "Down", "down", ""),
    (said("not_applicable"), "Not applicable", "not_applicable", ""),
    (said("on fire"), "Unknown", "unknown", ""),
    (said(None), "Unknown", "unknown", ""),
    ({"health": {}}, "Unknown", "unknown", ""),
    (said("healthy", **MODULE_DOWN), "Degraded", "degraded", "Search down."),
    (said("healthy", **MODULE_DEGRADED), "Degraded", "degraded", "Search degraded."),
    (said("down", **MODULE_DOWN), "Down", "down", "Search down."),
    (said(None, **MODULE_DOWN), "Degraded", "degraded", "Search down."),
    (said("healthy", **COMPONENT_DOWN), "Degraded", "degraded", "Redis down."),
    (said("healthy") | HIGH_ERRORS, "Degraded", "degraded", "Error rate 9.12 %."),
    (HIGH_ERRORS, "Degraded", "degraded", "Error rate 9.12 %."),
    (said("healthy") | {"workers": {"queue_length": 127}}, "Degraded", "degraded", "Worker queue 127 tasks."),
    (said("healthy") | {"workers": {"status": "error"}}, "Degraded", "degraded", "Workers down."),
    (said("healthy") | {"workers": {"active_workers": 0}}, "Degraded", "degraded", "Workers down."),
    (
        said("healthy") | {"database": {"database": {"healthy": False}}},
        "Degraded",
        "degraded",
        "Database down.",
    ),
    (said("healthy") | {"database": {"status": "error"}}, "Degraded", "degraded", "Database down."),
]


@pytest.mark.parametrize(("bodies", "word", "status", "reasons"), TRUTH)
def test_the_truth_table(bodies: dict[str, Any], word: str, status: str, reasons: str) -> None:
    refreshed_at = NOW if bodies else 0.0
    view = health(bodies, refreshed_at=refreshed_at)
    assert (view.word, view.status, view.reasons) == (word, status, reasons)


def test_a_thing_said_twice_is_one_reason() -> None:
    components = {"components": {"celery": {"status": "down"}, "database": {"status": "down"}}}
    trouble = {"workers": {"status": "error"}, "database": {"database": {"healthy": False}}}
    assert health(said("healthy", **components) | trouble).reasons == "Celery down and database down."


def test_a_healthy_component_does_not_hide_a_call_that_says_otherwise() -> None:
    components = {"components": {"celery": {"status": "healthy"}}}
    view = health(said("healthy", **components) | {"workers": {"status": "error"}})
    assert (view.word, view.reasons) == ("Degraded", "Workers down.")


def test_many_reasons_are_counted() -> None:
    modules = {"modules": {f"m{n}": {"status": "down"} for n in range(40)}}
    assert health(said("down", **modules)).reasons == "M0 down, m1 down, m10 down, m11 down and 36 more."


def test_a_backend_out_of_reach_is_not_called_down() -> None:
    view = health(GOOD, contact=LOST)
    assert (view.word, view.status) == ("Unreachable", "unknown")
    assert view.modules == "13 of 13 modules healthy when last read"


def test_out_of_reach_what_was_wrong_is_the_last_known() -> None:
    assert health(said("healthy", **MODULE_DOWN), contact=LOST).reasons == "Last known: Search down."


def test_no_health_but_other_data_is_unknown_and_not_healthy() -> None:
    bodies = {name: body for name, body in GOOD.items() if name != "health"}
    view = health(bodies, states=[failing("health", "gave no answer within 20 s")])
    assert (view.word, view.status) == ("Unknown", "unknown")
    assert view.message == "gave no answer within 20 s"
    assert (view.freshness.display, view.freshness.reason) == ("waiting", "gave no answer within 20 s")


@pytest.mark.parametrize(
    ("modules", "words"),
    [
        ({}, ""),
        ({"graph": {"status": "healthy"}}, "1 of 13 modules healthy"),
        ({"graph": {"status": "down"}}, "0 of 13 modules healthy"),
        ({"extra": {"status": "healthy"}}, "1 of 14 modules healthy"),
        ({"graph": {"status": "healthy", "message": "ok (no health check registered)"}}, ""),
    ],
)
def test_modules_are_counted_once_something_is_known_of_them(modules: dict[str, Any], words: str) -> None:
    assert health(said("healthy", modules=modules)).modules == words


def story(*snapshots: Snapshot) -> list[tuple[str, float, bool]]:
    """The verdicts of one snapshot after the other, ten seconds apart: word, since when, at least."""
    told, page = [], PageView()
    for n, known in enumerate(snapshots):
        page = page_view(replace(known, at=NOW + 10 * n), page)
        told.append((page.health.word, page.health.since - NOW, page.health.at_least))
    return told


WELL, ILL = snapshot(said("healthy")), snapshot(said("down"))
GONE = replace(WELL, contact=replace(LOST, since=NOW + 7))
NOTHING = snapshot(refreshed_at=0.0)


def test_what_is_found_at_the_start_is_known_to_be_no_younger() -> None:
    assert story(NOTHING, WELL, WELL) == [
        ("No data yet", -NOW, True),  # since never
        ("Healthy", 10, True),
        ("Healthy", 10, True),
    ]


def test_a_change_that_was_seen_is_exact() -> None:
    assert story(WELL, ILL, ILL, WELL) == [
        ("Healthy", 0, True),
        ("Down", 10, False),
        ("Down", 10, False),
        ("Healthy", 30, False),
    ]


def test_a_lost_contact_began_with_the_first_call_it_swallowed() -> None:
    assert story(WELL, GONE) == [("Healthy", 0, True), ("Unreachable", 7, False)]


def test_what_is_found_after_a_lost_contact_may_have_begun_unseen() -> None:
    assert story(WELL, GONE, ILL)[-1] == ("Down", 20, True)


def test_a_backend_that_was_never_there_is_gone_for_at_least_so_long() -> None:
    assert story(NOTHING, replace(GONE, contact=replace(LOST, since=NOW + 2)))[-1] == ("Unreachable", 2, True)


@pytest.mark.parametrize("dismissed", [False, True])
def test_no_verdict_is_healthy_under_a_critical_alert(dismissed: bool) -> None:
    row = AlertRow(severity="critical", message="Response time p95 is 1,200 ms (> 1,000 ms)", since=NOW - 40)
    alerts = AlertsView(dismissed=(row,)) if dismissed else AlertsView(groups=(AlertGroup(rows=(row,)),))
    shown = under_alerts(health(said("healthy")), alerts)
    assert (shown.word, shown.status, shown.since) == ("Degraded", "degraded", NOW - 40)
    assert shown.reasons == "Response time p95 is 1,200 ms (> 1,000 ms)."


def test_recovering_critical_alert_leaves_the_verdict() -> None:
    row = AlertRow(severity="critical", condition="recovering", message="Error rate is 0.4 % again")
    alerts = AlertsView(groups=(AlertGroup(rows=(row,)),))
    assert under_alerts(health(said("healthy")), alerts) == health(said("healthy"))


@pytest.mark.parametrize("severity", ["warning", "info"])
@pytest.mark.parametrize("status", ["healthy", "down", None])
def test_milder_alerts_leave_the_verdict(severity: str, status: str | None) -> None:
    alerts = AlertsView(groups=(AlertGroup(rows=(AlertRow(severity=severity),)),))
    assert under_alerts(health(said(status)), alerts) == health(said(status))


def test_a_critical_alert_makes_an_unknown_verdict_no_better() -> None:
    alerts = AlertsView(groups=(AlertGroup(rows=(AlertRow(severity="critical"),)),))
    assert under_alerts(health({}), alerts).status == Status.UNKNOWN
