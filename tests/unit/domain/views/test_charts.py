from typing import Any

import pytest

from ops_dashboard.domain.probes import ProbeSummary
from ops_dashboard.domain.views.chart import ChartLine, ChartView, Threshold
from ops_dashboard.domain.views.charts import REPORTED, chart, module_charts
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.readings import page_figures, readings
from tests.bodies import demo_bodies
from tests.snapshots import failing, page, read

GOOD = demo_bodies()
PROBES = ProbeSummary(calls=40, p50=10, p95=20.5, p99=30, error_rate=2.5)
OBSERVED = "The response time of this dashboard's own calls: 40 calls in the last 5 minutes."
ABSENT = "Not reported by this backend."


def charts(bodies: dict[str, Any], **changes: Any) -> dict[str, ChartView]:
    return {chart.key: chart for chart in page(bodies, **changes).performance.charts}


def keys(drawn: ChartView) -> list[str]:
    return [line.key for line in drawn.lines]


def figure(value: float | None, **more: Any) -> Figure:
    return Figure("a.b", "B", "value" if value is not None else "not_reported", value=value, **more)


def test_a_reporting_backend_has_four_charts_each_with_its_lines():
    drawn = charts(GOOD)
    assert {key: [line.label for line in one.lines] for key, one in drawn.items()} == {
        "response": ["p50", "p95", "p99"],
        "requests": ["requests"],
        "errors": ["errors"],
        "queries": ["average"],
    }
    assert keys(drawn["response"]) == ["performance.p50", "performance.p95", "performance.p99"]
    assert {one.note for one in drawn.values()} == {REPORTED}
    assert [one.unit for one in drawn.values()] == ["ms", "/s", "%", "ms"]


def test_thresholds_are_those_by_which_the_figures_are_marked():
    drawn = charts(GOOD)
    assert drawn["response"].thresholds == (Threshold(500, "threshold 500 ms"),)
    assert drawn["errors"].thresholds == (Threshold(5, "threshold 5 %"),)
    assert drawn["requests"].thresholds == ()


def test_every_line_is_a_series_that_is_kept():
    kept = {reading.key for reading in readings(page(GOOD))}
    tiles = page(GOOD).modules.tiles
    lines = {line.key for one in charts(GOOD).values() for line in one.lines}
    lines |= {line.key for tile in tiles for one in module_charts(tile) for line in one.lines}
    assert len(lines) == 6 + 2 * len(tiles)
    assert lines <= kept


def test_own_calls_are_drawn_under_a_title_that_says_so():
    drawn = charts({"performance": {}}, probes=PROBES)
    times, errors = drawn["response"], drawn["errors"]
    assert (times.title, times.thresholds) == ("Response time of own calls", ())
    assert keys(times) == [f"own_calls.{p}@observed" for p in ("p50", "p95", "p99")]
    assert times.note.count("of this dashboard's own calls") == 1
    assert (errors.title, keys(errors)) == ("Own calls failing", ["own_calls.failing@observed"])


def test_own_calls_are_not_drawn_beside_those_of_users():
    drawn = charts({"performance": GOOD["performance"]}, probes=PROBES)
    assert [drawn[key].title for key in ("response", "errors")] == ["Response time", "Error rate"]


def test_each_origin_among_the_lines_is_named():
    lines = {
        "one": figure(1, origin="reported"),
        "two": figure(2, origin="observed", origin_note="Seen by us."),
        "three": figure(3, origin="observed", origin_note="Seen by us."),
    }
    drawn = chart("k", "K", "ms", lines)
    assert drawn.note == f"{REPORTED} Seen by us."
    assert drawn.lines == (
        ChartLine("a.b", "one"),
        ChartLine("a.b@observed", "two"),
        ChartLine("a.b@observed", "three"),
    )


def test_a_figure_that_is_not_reported_has_no_line_and_its_note_stays_out():
    drawn = chart("k", "K", "ms", {"one": figure(1), "two": figure(None, note=ABSENT)})
    assert (keys(drawn), drawn.note) == (["a.b"], REPORTED)


def test_where_nothing_is_reported_there_is_no_line_and_the_reason_once():
    drawn = charts({"performance": {}})["requests"]
    assert (drawn.lines, drawn.note) == ((), ABSENT)


@pytest.mark.parametrize(
    ("states", "note"),
    [([], ""), ([failing("performance", "failed (HTTP 500)")], "failed (HTTP 500)")],
)
def test_before_the_first_data_a_chart_shows_what_was_known_before_and_says_why_it_waits(
    states: list[Any], note: str
):
    drawn = charts({}, states=states)["requests"]
    assert (keys(drawn), drawn.note) == (["performance.request_rate"], note)


def test_a_zero_has_a_line():
    assert keys(charts({"performance": {"error_rate": 0}})["errors"]) == ["performance.error_rate"]


def test_what_has_grown_stale_keeps_its_line():
    stale = read("performance", GOOD["performance"], failures=2)
    drawn, fresh = charts(GOOD, states=[stale])["response"], charts(GOOD)["response"]
    assert keys(drawn) == keys(fresh)
    assert ([line.fresh for line in drawn.lines], [line.fresh for line in fresh.lines]) == (
        [False] * 3,
        [True] * 3,
    )


def test_a_counter_is_drawn_as_its_rate():
    assert keys(chart("k", "K", "count", {"one": figure(7, counter=True)})) == ["a.b.rate"]


def test_a_module_has_a_chart_of_its_response_time_and_one_of_its_errors():
    health = {"modules": {"search": {"status": "down", "response_time_ms": 812, "error_count": 0}}}
    tile = page({"health": health}).modules.tiles[0]
    response, errors = module_charts(tile)
    assert (keys(response), response.unit) == (["modules.search.response_time_ms"], "ms")
    assert (keys(errors), errors.unit) == (["modules.search.error_count"], "count")


def test_a_module_that_tells_only_its_status_has_charts_without_lines_that_say_so():
    tile = page({"health": {"modules": {"search": "down"}}}).modules.tiles[0]
    assert [(one.lines, one.note) for one in module_charts(tile)] == [((), ABSENT), ((), ABSENT)]


def test_charts_do_not_change_with_the_values():
    before = charts(GOOD)
    changed = GOOD | {"performance": {**GOOD["performance"], "error_rate": 50, "request_rate": 1}}
    assert {f.key for f in page_figures(page(changed)) if f.tone} != {
        f.key for f in page_figures(page(GOOD)) if f.tone
    }
    assert charts(changed) == before, "so that a refresh sends no chart again"
