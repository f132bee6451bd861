from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.domain.snapshot import Contact, Snapshot
from ops_dashboard.domain.views.page import PageView, page_view
from ops_dashboard.domain.views.shell import Banner, Mark, ShellView
from tests.bodies import demo_bodies
from tests.snapshots import NOW, failing, read, snapshot

GOOD = demo_bodies()
ALL = list(snapshot().sources)


def shell(known: Snapshot) -> ShellView:
    return page_view(known, PageView()).shell


def everything_fails(**changes: Any) -> Snapshot:
    return snapshot(states=[failing(name, "failed (HTTP 500)") for name in ALL], **changes)


def test_all_is_well_without_a_banner() -> None:
    assert shell(snapshot(GOOD)).banner == Banner()


def test_at_the_start_there_is_no_banner() -> None:
    assert shell(snapshot()).banner == Banner()


def test_a_lost_contact_is_one_banner_with_its_reason_and_the_next_attempt() -> None:
    contact = Contact(lost=True, since=NOW - 60, reason="refused the connection", next_retry_at=NOW + 9)
    assert shell(snapshot(GOOD, contact=contact)).banner == Banner(
        "Backend unreachable", "refused the connection", NOW - 60, NOW + 9, known=True
    )


def test_a_backend_of_which_nothing_can_be_read_is_one_banner_with_the_commonest_reason() -> None:
    odd = failing("cache", "answered with a web page", failing_since=NOW - 90, next_retry_at=NOW + 2)
    known = everything_fails()
    banner = shell(replace(known, sources={**known.sources, "cache": odd})).banner
    assert banner == Banner(
        "The backend answers, but nothing can be read", "failed (HTTP 500)", NOW - 90, NOW + 2
    )


def test_one_source_that_can_be_read_is_enough_against_a_banner() -> None:
    known = everything_fails()
    sources = {**known.sources, "events": read("events", GOOD["events"])}
    assert shell(replace(known, sources=sources)).banner == Banner()


def test_a_list_of_calls_read_long_ago_is_not_data() -> None:
    known = everything_fails()
    sources = {**known.sources, "openapi": read("openapi", {})}
    assert shell(replace(known, sources=sources)).banner.title.startswith("The backend answers, but")


def test_what_is_still_awaited_is_no_failure() -> None:
    known = everything_fails()
    sources = {**known.sources, "health": snapshot().sources["health"]}
    assert shell(replace(known, sources=sources)).banner == Banner()


def test_nobody_is_said_to_answer_while_that_is_in_doubt() -> None:
    in_doubt = Contact(lost=False, since=NOW - 5, reason="gave no answer within 5 s")
    assert shell(everything_fails(contact=in_doubt)).banner == Banner()


def test_fresh_sources_are_counted_among_those_that_are_read() -> None:
    states = [
        failing("model_health"),
        failing("jobs", not_offered=True),
        read("events", GOOD["events"], failures=2),
        replace(snapshot().sources["module_health.graph"], spared="reported elsewhere"),
    ]
    view = shell(snapshot(GOOD, states=states))
    answered = len(GOOD) - 3  # events, jobs and model_health do not count
    assert (view.fresh, view.read) == (answered, len(ALL) - 2)


def mark(bodies: dict[str, Any], key: str, **changes: Any) -> Mark:
    marks = shell(snapshot(bodies, **changes)).marks
    assert marks is not None
    return marks[key]


def test_there_is_no_mark_where_all_is_well() -> None:
    marks = shell(snapshot(GOOD)).marks
    assert marks is not None and set(marks.values()) == {Mark()}


@pytest.mark.parametrize(
    ("bodies", "key", "expected"),
    [
        ({"workers": {"status": "error"}}, "workers", Mark("down", 1, "Down")),
        ({"workers": {"worker_health": "degraded"}}, "workers", Mark("degraded", 1, "Degraded")),
        ({"events": {"status": "error", "error": "x"}}, "events", Mark("down", 1, "Down")),
        ({"performance": {"error_rate": 7}}, "performance", Mark("degraded", 1, "1 beyond the threshold")),
        ({"performance": {"error_rate": 70}}, "performance", Mark("down", 1, "1 beyond the threshold")),
        ({"database": {"database": {"healthy": False}}}, "database", Mark("down", 1, "Down")),
        ({"model_health": {"models": {"embedding": {"loaded": False}}}}, "models", Mark("down", 1, "Down")),
    ],
)
def test_a_panel_that_is_not_well_is_marked(bodies: dict[str, Any], key: str, expected: Mark) -> None:
    assert mark(GOOD | bodies, key) == expected


def test_modules_that_are_not_well_are_counted_by_the_worst() -> None:
    modules = {"graph": {"status": "degraded"}, "search": {"status": "down"}, "auth": {"status": "ok"}}
    assert mark({"health": {"modules": modules}}, "modules") == Mark("down", 2, "2 not healthy")


def test_stale_and_missing_data_have_a_mark_of_their_own() -> None:
    stale = read("cache", GOOD["cache"], failures=2)
    assert mark(GOOD, "cache", states=[stale]) == Mark("unknown", 0, "Stale")
    assert mark({}, "cache", states=[failing("cache")]) == Mark("unknown", 0, "No data")
    assert mark({}, "cache") == Mark(), "nothing was tried yet"
