from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.domain.probes import ProbeSummary
from ops_dashboard.domain.series.points import SPANS
from ops_dashboard.domain.snapshot import Contact
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.readings import Reading, page_figures, readings
from ops_dashboard.domain.views.series_keys import level, status_at
from tests.bodies import demo_bodies
from tests.snapshots import NOW, failing, page, read

GOOD = demo_bodies()


def taken(bodies: dict[str, Any], **changes: Any) -> dict[str, Reading]:
    return {reading.key: reading for reading in readings(page(bodies, **changes))}


def test_nothing_is_read_from_an_empty_page():
    assert taken({}) == {}


def test_every_number_of_a_healthy_page_is_read_as_it_is_shown():
    shown = {f.key: f for f in page_figures(page(GOOD)) if f.value is not None}
    found = taken(GOOD)
    assert len(found) > len(shown) > 60
    for key, figure in shown.items():
        reading = found[f"{key}.rate" if figure.counter else key]
        assert (reading.value, reading.at, reading.every) == (figure.value, NOW, figure.every)


def test_a_zero_is_read():
    assert taken({"workers": {"queue_length": 0}})["workers.queue_length"].value == 0


def test_what_has_no_value_is_not_read():
    assert taken({"cache": {"hit_rate": "often", "size_mb": None}}) == {}
    assert taken({"performance": {"status": "not_applicable"}}) == {}
    assert taken({}, states=[failing("cache"), failing("health")]) == {}


def test_words_are_not_read():
    found = taken({"model_health": {"models": {"embedding": {"loaded": True}}}})
    assert found == {}


@pytest.mark.parametrize(
    "changes",
    [{"failures": 2}, {"received_at": NOW - 100}],
    ids=["failing", "too old"],
)
def test_a_stale_source_is_not_read_and_its_neighbours_are(changes: dict[str, Any]):
    found = taken(GOOD, states=[read("cache", GOOD["cache"], **changes)])
    assert not [key for key in found if key.startswith("cache.")]
    assert "workers.queue_length" in found


def test_the_statuses_of_a_stale_health_answer_are_not_read():
    found = taken(GOOD, states=[read("health", GOOD["health"], failures=2)])
    assert not [key for key in found if key.startswith("modules.")]


def test_with_contact_lost_nothing_at_all_is_read():
    assert taken(GOOD, contact=Contact(lost=True, since=NOW, reason="refused")) == {}


def test_counters_are_marked_and_gauges_are_not():
    found = taken(GOOD)
    assert found["workers.failed_tasks.rate"].counter
    assert found["workers.failed_tasks.rate"].value == GOOD["workers"]["failed_tasks"]
    assert not found["workers.queue_length"].counter


def test_a_time_range_has_keys_of_its_own():
    bodies = {f"user_engagement.{span}": {"active_users": n} for n, span in enumerate(SPANS)}
    found = {key: reading.value for key, reading in taken(bodies).items()}
    assert found == {f"engagement.active_users.{span}": n for n, span in enumerate(SPANS)}


def test_a_range_that_has_grown_old_because_nobody_looks_is_not_read():
    old = read("user_engagement.7d", {"active_users": 7}, received_at=NOW - 100)
    assert list(taken({"user_engagement.1h": {"active_users": 1}}, states=[old])) == [
        "engagement.active_users.1h"
    ]


def test_what_was_observed_is_read_under_a_key_of_its_own():
    probes = ProbeSummary(timed=140, p50=10, p95=20.5, p99=30)
    found = taken({"performance": {}}, probes=probes)
    assert {key: reading.value for key, reading in found.items()} == {
        "own_calls.p50@observed": 10,
        "own_calls.p95@observed": 20.5,
        "own_calls.p99@observed": 30,
    }


@pytest.mark.parametrize("status", ["healthy", "degraded", "down", "not_applicable", "on fire"])
def test_a_status_is_read_as_its_level(status: str):
    modules = {"graph": {"status": status}}
    reading = taken({"health": {"modules": modules}})["modules.graph.status"]
    expected = Status(status) if status in set(Status) else Status.UNKNOWN
    assert reading == Reading("modules.graph.status", NOW, level(expected), 30.0)
    assert status_at(reading.value) is expected


def test_components_have_statuses_too():
    bodies = {"health": {"components": {"redis": {"status": "unhealthy"}}}}
    assert status_at(taken(bodies)["modules.redis.status"].value) is Status.DOWN


def test_a_number_shown_in_two_places_is_the_same_reading_twice():
    counts = Counter(reading for reading in readings(page(GOOD)))
    assert max(counts.values()) == 2
    assert len({reading.key for reading in counts}) == len(counts), "one key never tells two numbers"


def test_a_figure_that_is_not_expected_again_is_not_read():
    known = page({"workers": {"queue_length": 3}})
    shown = next(f for f in known.key_metrics if f.key == "workers.queue_length")
    once = replace(
        known, key_metrics=(replace(shown, every=0.0),), workers=replace(known.workers, figures=())
    )
    assert list(readings(once)) == []
