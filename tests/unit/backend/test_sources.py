import pytest

from ops_dashboard.backend.sources import SOURCES, all_sources
from ops_dashboard.domain.metrics.product import RANGED_SOURCES, of_range
from ops_dashboard.domain.series.points import SPANS, Span

ROWS = {source.name: source for source in SOURCES}


def test_every_source_has_a_name_of_its_own():
    assert len(ROWS) == len(SOURCES)


@pytest.mark.parametrize("name", RANGED_SOURCES)
@pytest.mark.parametrize(("span", "days"), [("1h", "1"), ("6h", "1"), ("24h", "1"), ("7d", "7")])
def test_a_range_is_asked_for_in_hours_and_in_whole_days(name: str, span: Span, days: str):
    row = ROWS[of_range(name, span)]
    assert row.params == {"time_range": span, "time_window_days": days}
    assert row.path == ROWS[of_range(name, "1h")].path
    assert row.title.endswith(f", {span}")


def test_each_range_of_a_call_has_a_source():
    names = {of_range(name, span) for name in RANGED_SOURCES for span in SPANS}
    assert {name for name in ROWS if name.startswith(RANGED_SOURCES)} == names


def test_the_modules_come_before_the_slow_calls():
    rows = all_sources(["graph", "search"])
    assert [row.slow for row in rows] == sorted(row.slow for row in rows)
    assert {row.path for row in rows if row.name.startswith("module_health.")} == {
        "/api/monitoring/health/module/graph",
        "/api/monitoring/health/module/search",
    }
