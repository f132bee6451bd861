"""User engagement of a time range: reported, derived, and held against the range before."""

import math
from typing import Any

import pytest

from ops_dashboard.demo.hostile.texts import MARKUP
from ops_dashboard.domain.series.points import SPANS
from ops_dashboard.domain.views.compared import ranged_key
from ops_dashboard.domain.views.comparison import with_changes
from ops_dashboard.domain.views.engagement import EngagementPanel
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.domain.views.readings import readings
from tests.bodies import demo_bodies, recorded
from tests.snapshots import NOW, failing, page, read

SIX = [
    "active_users",
    "resources_created",
    "resources_updated",
    "searches_performed",
    "annotations_created",
    "collections_created",
]
PHAROS = {
    "user_engagement.1h": recorded("all-up-busy", "user_engagement.1h"),
    "events": recorded("all-up-busy", "events"),
}


def panel(bodies: dict[str, Any], span: str = "1h") -> EngagementPanel:
    return page(bodies).engagement[span]  # type: ignore[index]


def texts(shown: EngagementPanel) -> dict[str, str]:
    return {f.key.removeprefix("engagement."): f.text or f.display for f in shown.figures}


@pytest.mark.parametrize("span", SPANS)
def test_the_six_counts_of_each_range_of_the_standard_dialect(span: str) -> None:
    bodies = demo_bodies()
    shown = panel(bodies, span)
    assert list(texts(shown)) == SIX
    for figure in shown.figures:
        assert figure.value == bodies[f"user_engagement.{span}"][figure.key.removeprefix("engagement.")]
        assert figure.origin == "reported"
    assert shown.window.sentence == f"Over the last {span}."
    assert shown.charts[0].lines[0].key == f"engagement.active_users.{span}"


def test_the_other_dialect_has_further_counts_and_another_range() -> None:
    shown = panel(PHAROS)
    assert texts(shown)["active_users"] == "0"
    assert {"total_users", "total_interactions", "positive_interactions", "session_seconds"} <= set(
        texts(shown)
    )
    assert shown.window.sentence == "Over the last 7 days. The last 1h was asked for."


def test_what_it_leaves_out_is_derived_from_events_and_says_so() -> None:
    by_key = {f.key.removeprefix("engagement."): f for f in panel(PHAROS).figures}
    for key, count in (
        ("resources_created", "12"),
        ("resources_updated", "10"),
        ("annotations_created", "3"),
    ):
        figure = by_key[key]
        assert (figure.text, figure.origin, figure.display) == (count, "derived", "value")
        assert "since the backend's process started, not over the range" in figure.origin_note
    assert by_key["collections_created"].display == "not_reported", "no such event was counted"
    assert by_key["searches_performed"].display == "not_reported"


def test_a_derived_count_is_not_kept_as_if_it_were_of_the_range_nor_compared() -> None:
    known = page(PHAROS)
    assert not [r for r in readings(known) if r.key.startswith("engagement.resources")]
    change = (
        with_changes(known, lambda key, span: 1.0).engagement["1h"].changes["engagement.resources_created"]
    )
    assert change.direction == "unknown" and "since the backend's process started" in change.exact


@pytest.mark.parametrize(
    ("bodies", "words"),
    [
        ({}, "since the start of the backend"),
        (
            {"prometheus": f"process_start_time_seconds {NOW - 47}\n"},
            "since the start of the backend 47 s ago",
        ),
        ({"performance": {"uptime_seconds": 7_200}}, "since the start of the backend 2 h ago"),
    ],
)
def test_counts_since_the_start_say_how_long_that_is(bodies: dict[str, Any], words: str) -> None:
    for shown in (
        page({**PHAROS, **bodies}),
        with_changes(page({**PHAROS, **bodies}), lambda key, span: 1.0),
    ):
        assert shown.engagement["1h"].changes["engagement.resources_created"].word == words
        assert "since" not in shown.engagement["1h"].changes["engagement.active_users"].word


def test_counts_of_the_process_before_get_no_age() -> None:
    bodies = {**PHAROS, "prometheus": f"process_start_time_seconds {NOW - 47}\n"}
    events = read("events", bodies.pop("events"), received_at=NOW - 60)
    shown = page(bodies, states=[events]).engagement["1h"]
    assert shown.changes["engagement.resources_created"].word == "since the start of the backend"


def test_a_reported_count_goes_before_a_derived_one() -> None:
    shown = panel({**PHAROS, "user_engagement.1h": {"resources_created": 4, "time_range": "1h"}})
    figure = next(f for f in shown.figures if f.key == "engagement.resources_created")
    assert (figure.text, figure.origin) == ("4", "reported")


def test_nothing_is_derived_while_the_call_itself_fails() -> None:
    events = read("events", PHAROS["events"])
    shown = page(states=[events, failing("user_engagement.1h", "failed (HTTP 500)")]).engagement["1h"]
    assert {(f.display, f.note) for f in shown.figures} == {("waiting", "failed (HTTP 500)")}
    assert shown.window.sentence == ""


def compared(bodies: dict[str, Any], before: float | None, span: str = "1h") -> PageView:
    asked: list[tuple[str, str]] = []

    def earlier(key: str, ago: str) -> float | None:
        asked.append((key, ago))
        return before

    made = with_changes(page(bodies), earlier)
    assert all(key.endswith(f".{span}") for key, _ in asked)
    return made


def test_a_count_is_held_against_the_one_a_range_ago() -> None:
    body = {"user_engagement.24h": {"active_users": 112, "time_range": "24h"}}
    shown = compared(body, 100, "24h").engagement["24h"]
    change = shown.changes["engagement.active_users"]
    assert (change.direction, change.word, change.against) == ("up", "+12 %", "against the 24 h before")


def test_the_answered_range_counts_not_the_one_asked_for() -> None:
    body = {"user_engagement.1h": {"metrics": {"active_users": 112}, "time_window_days": 1}}
    asked: list[tuple[str, str]] = []
    with_changes(page(body), lambda key, span: asked.append((key, span)))
    assert asked == [("engagement.active_users.1h", "24h")]


@pytest.mark.parametrize("word", ["3h", MARKUP, None])
def test_a_range_of_unknown_length_is_not_compared(word: str | None) -> None:
    body = {"user_engagement.1h": {"active_users": 112, "time_range": word}}
    change = compared(body, 100).engagement["1h"].changes["engagement.active_users"]
    assert change.direction == "unknown" and change.exact


def test_without_an_earlier_value_there_is_no_comparison_yet() -> None:
    body = {"user_engagement.1h": {"active_users": 112, "time_range": "1h"}}
    change = compared(body, None).engagement["1h"].changes["engagement.active_users"]
    assert (change.word, change.exact) == ("no comparison yet", "Nothing was read in the hour before.")


def test_a_stale_count_is_not_compared() -> None:
    old = read("user_engagement.1h", {"active_users": 112, "time_range": "1h"}, failures=2)
    assert with_changes(page(states=[old]), lambda key, span: 100.0).engagement["1h"].changes == {}


def test_the_past_of_a_figure_is_looked_up_where_it_is_kept() -> None:
    known = page(demo_bodies())
    kept = {reading.key for reading in readings(known)}
    for span, shown in known.engagement.items():
        assert {ranged_key(figure, span) for figure in shown.figures} <= kept


@pytest.mark.parametrize("body", [{}, {"active_users": []}, {"metrics": "none"}, {"active_users": math.nan}])
def test_an_empty_or_odd_body_reports_nothing_and_keeps_its_place(body: dict[str, object]) -> None:
    shown = panel({"user_engagement.1h": body})
    assert set(texts(shown).values()) == {"not_reported"} and list(texts(shown)) == SIX
    assert shown.changes == {}


def test_a_huge_count_is_shown_in_full() -> None:
    shown = panel({"user_engagement.1h": {"active_users": 987_654_321_012, "time_range": MARKUP * 90}})
    assert texts(shown)["active_users"] == "987,654,321,012"
    assert len(shown.window.sentence) < 140
