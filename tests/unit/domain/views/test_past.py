from collections.abc import Iterable
from dataclasses import replace

import pytest

from ops_dashboard.domain.series.points import SPANS
from ops_dashboard.domain.series.store import Store
from ops_dashboard.domain.trend import Trend
from ops_dashboard.domain.views.figure import Display, Figure, Past
from ops_dashboard.domain.views.page import PageView, panels_of
from ops_dashboard.domain.views.past import MOST_TILES_DRAWN, past_of, with_past
from ops_dashboard.domain.views.readings import page_figures
from tests.bodies import demo_bodies
from tests.snapshots import NOW, page

P95 = Figure("performance.p95", "p95", "value", "812", "ms", value=812.0, every=30.0, at=NOW)
RANGES = tuple(f".{span}" for span in SPANS)
USUAL = [200.0] * 117
CALM, RISEN = [*USUAL, 200, 200, 200], [*USUAL, 800, 810, 812]


def store_of(values: Iterable[float], key: str = P95.key, until: float = NOW) -> Store:
    """A store whose values were read every 30 s, the last one at ``until``."""
    store, series = Store(), list(values)
    for number, value in enumerate(series):
        assert store.add(key, until - 30 * (len(series) - 1 - number), value)
    return store


def judged(figure: Figure, values: Iterable[float]) -> Past:
    past = past_of(figure, store_of(values), NOW)
    assert past is not None
    return past


def test_a_jump_is_an_anomaly_with_its_sentence_and_beginning():
    past = judged(P95, RISEN)
    assert past.anomaly.startswith("p95 812 ms, usual 200 ms (last ")
    assert past.anomaly_since == (NOW - 60) // 30 * 30
    assert (past.trend.direction, past.trend.judgement) == ("rising", "bad")


@pytest.mark.parametrize("step", [30, 157, 300, 900, 1_800, 3_600])
def test_rarely_read_figures_have_anomalies_too(step: int):
    store, values = Store(), [*[200.0] * 60, 800, 810, 812, 812, 812, 812]
    for number, value in enumerate(values):
        store.add(P95.key, NOW - step * (len(values) - 1 - number), value, step)
    past = past_of(replace(P95, every=float(step)), store, NOW)
    assert past is not None and past.anomaly.startswith("p95 812 ms, usual 200 ms (last ")


def test_what_is_as_usual_is_no_anomaly_and_steady():
    past = judged(P95, CALM)
    assert (past.anomaly, past.anomaly_since) == ("", 0.0)
    assert past.trend.direction == "steady"


def test_a_fall_is_good_for_a_response_time_and_bad_for_a_hit_rate():
    fallen = [*([90.0] * 57), *([20.0] * 3)]
    assert judged(P95, fallen).trend.judgement == "good"
    assert judged(P95, fallen).anomaly == ""
    hits = replace(P95, key="cache.hit_rate")
    past = past_of(hits, store_of(fallen, hits.key), NOW)
    assert past is not None and past.trend.judgement == "bad"
    assert past.anomaly.startswith("Hit rate 20 %")


def test_a_change_below_the_least_of_its_judge_is_none():
    risen = [*([3.0] * 57), 15.0, 15.0, 15.0]
    past = judged(P95, risen)
    assert past.anomaly == ""
    assert past.trend.direction == "steady", "12 ms more are nothing, be it four times as much"


def test_the_sparkline_is_the_last_hour():
    assert judged(P95, CALM).sparkline.count("L") >= 58
    assert judged(P95, [1.0]).sparkline == ""
    two = judged(P95, [1.0, 2.0, 3.0])
    assert two.sparkline.startswith("M9"), "three values stand at the right end"


def test_without_enough_samples_nothing_is_claimed():
    past = judged(P95, [1.0, 900.0])
    assert (past.trend, past.anomaly) == (Trend(), "")


def test_a_stale_figure_keeps_its_sparkline_and_is_not_judged():
    past = judged(replace(P95, display="stale"), RISEN)
    assert past == Past(Trend(), sparkline=judged(P95, RISEN).sparkline)
    assert past.sparkline


def test_the_sparkline_of_a_stale_figure_ends_where_its_data_ends():
    past = past_of(replace(P95, display="stale"), store_of(CALM, until=NOW - 1_800), NOW)
    assert past is not None
    last_x = float(past.sparkline.rpartition("L")[2].split()[0])
    assert 45 < last_x <= 50


@pytest.mark.parametrize("display", ["waiting", "not_reported", "not_applicable"])
def test_without_a_value_there_is_no_past_to_show(display: Display):
    figure = replace(P95, display=display, text="", value=None)
    assert past_of(figure, store_of(RISEN), NOW) is None


def test_what_has_no_judge_has_no_past_to_show():
    figure = replace(P95, key="database.tables")
    assert past_of(figure, store_of(RISEN, figure.key), NOW) is None


def test_an_observed_value_is_judged_by_what_was_observed_and_not_by_what_was_reported():
    observed = replace(P95, origin="observed")
    assert past_of(observed, store_of(RISEN), NOW) == Past(Trend())
    past = past_of(observed, store_of(RISEN, "performance.p95@observed"), NOW)
    assert past is not None and past.anomaly


def drawn(known: PageView) -> PageView:
    """The page, every figure with a past that names it and with a sparkline."""
    return with_past(known, lambda figure: Past(anomaly=figure.key, sparkline="M0 0"))


def sparklines(shown: Iterable[Figure]) -> set[str]:
    return {figure.past.sparkline for figure in shown if figure.past}


def modules(count: int) -> PageView:
    reported = {f"m{n}": {"status": "healthy", "response_time_ms": 5} for n in range(count - 13)}
    return page({"health": {"modules": reported}})


def test_each_figure_of_the_page_gets_its_own_past():
    shown = drawn(page(demo_bodies()))
    judged_ones = [f for f in page_figures(shown) if f.key and not f.key.endswith(RANGES)]
    assert len(judged_ones) > 60
    for figure in judged_ones:
        assert figure.past is not None and figure.past.anomaly == figure.key


def test_a_total_over_a_time_range_has_no_past_of_its_own():
    shown = drawn(page(demo_bodies()))
    totals = [f for f in page_figures(shown) if f.key.endswith(RANGES)]
    assert totals and {f.past for f in totals} == {None}


def test_sparklines_are_drawn_with_key_metrics_and_response_times_of_modules_alone():
    shown = drawn(page(demo_bodies()))
    assert sparklines(shown.key_metrics) == {"M0 0"}
    assert sparklines(tile.response for tile in shown.modules.tiles) == {"M0 0"}
    assert sparklines(tile.errors for tile in shown.modules.tiles) == {""}
    assert sparklines(f for panel in panels_of(shown) for f in panel.figures) == {""}


@pytest.mark.parametrize(("count", "expected"), [(MOST_TILES_DRAWN, {"M0 0"}), (MOST_TILES_DRAWN + 1, {""})])
def test_of_very_many_modules_no_sparkline_is_sent(count: int, expected: set[str]):
    shown = drawn(modules(count))
    assert len(shown.modules.tiles) == count
    assert sparklines(tile.response for tile in shown.modules.tiles) == expected
    assert sparklines(shown.key_metrics) == {"M0 0"}


@pytest.mark.parametrize(
    ("unusual", "said"),
    [
        (set(), ""),
        ({"modules.search.error_count"}, "modules.search.error_count"),
        (
            {"modules.search.error_count", "modules.search.response_time_ms"},
            "modules.search.response_time_ms. modules.search.error_count",
        ),
    ],
)
def test_a_module_says_all_that_is_unusual_about_it(unusual: set[str], said: str):
    shown = with_past(
        page(demo_bodies()), lambda figure: Past(anomaly=figure.key if figure.key in unusual else "")
    )
    assert {tile.name: tile.unusual for tile in shown.modules.tiles if tile.unusual} == (
        {"search": said} if said else {}
    )


def test_a_page_without_a_past_stays_as_it_is():
    before = page(demo_bodies())
    assert with_past(before, lambda _: None) == before
    assert with_past(PageView(), lambda _: None) == PageView()


def test_nothing_but_the_past_of_the_figures_changes():
    before = page(demo_bodies())
    after = with_past(drawn(before), lambda _: None)
    assert after == before
