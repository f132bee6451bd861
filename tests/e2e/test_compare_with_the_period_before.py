"""Comparing with the period before: a faint line beneath, where it is known."""

from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.dashboard_server import DashboardServer
from tests.e2e.charts import Chart
from tests.e2e.conftest import Watch
from tests.e2e.pages import OpsPage
from tests.e2e.snapshots import P95, history, means

BEFORE = {"1h": "the hour before", "6h": "the 6 hours before", "24h": "the day before"}
SECONDS = {"1h": 3_600, "6h": 21_600, "24h": 86_400}


def colours(chart: Chart) -> Counter[str | None]:
    """How many lines are drawn in each colour."""
    return Counter(line.get_attribute("stroke") for line in chart.lines.all())


def earlier(server: DashboardServer, span: str) -> dict[int, float]:
    """What the server holds of the period before, by the times of then."""
    return means(history(server, P95, span=span, previous=True)[P95]["previous"])


def compare_and_redraw(ops: OpsPage) -> None:
    """Switch it on, and wait until the charts have been drawn after its answer."""
    with ops.page.expect_response(lambda answer: "previous=1" in answer.url):
        ops.compare.click()
    expect(ops.compare).to_be_checked()
    ops.refresh()


def assert_nothing_is_promised(chart: Chart) -> None:
    """The period before has no value: neither a line nor the legend nor the table speaks of it."""
    expect(chart.legend).to_have_text(["p50", "p95", "p99"])
    assert chart.figure.locator('path[stroke="var(--faint)"]').count() == 0
    chart.show_table()
    expect(chart.table.get_by_role("columnheader", name="p95", exact=True)).to_be_visible()
    expect(chart.table.get_by_role("columnheader", name="p95 before")).to_have_count(0)


@pytest.mark.criterion("7.3.1")
def test_faint_lines_are_drawn_and_named_and_go_again(ops: OpsPage) -> None:
    chart = ops.chart("Response time")
    expect(ops.compare).not_to_be_checked()
    expect(chart.lines).to_have_count(3)
    present = colours(chart)
    ops.compare.click()
    expect(ops.compare).to_be_checked()
    expect(chart.lines).to_have_count(6)
    expect(chart.legend).to_have_text(["p50", "p95", "p99", "the hour before"])
    faint = colours(chart) - present
    assert sorted(faint.values()) == [3], "one colour for all of the period before"
    assert not set(faint) & set(present)
    expect(ops.chart("Request rate").lines).to_have_count(2)
    ops.compare.click()
    expect(chart.lines).to_have_count(3)
    expect(chart.legend).to_have_text(["p50", "p95", "p99"])


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "7.3.5")
def test_each_value_stands_beside_the_one_of_a_period_earlier(
    ops: OpsPage, healthy_dashboard: DashboardServer
) -> None:
    held = {span: earlier(healthy_dashboard, span) for span in BEFORE}
    ops.compare.click()
    chart = ops.chart("Response time").show_table()
    for span, words in BEFORE.items():
        ops.choose_range(span)
        expect(chart.legend.last).to_have_text(words)
        for name in ("p50", "p50 before", "p95", "p95 before", "p99", "p99 before"):
            expect(chart.table.get_by_role("columnheader", name=name, exact=True)).to_be_attached()
        shown = chart.values()
        # While the page looks, samples grow older than the hour that is held as it was read: theirs become means.
        same = dict(held[span].items() & earlier(healthy_dashboard, span).items())
        compared = [t for t in sorted(shown)[2:-2] if t - SECONDS[span] in same]
        assert len(compared) > 30
        assert [shown[t][3] for t in compared] == [same[t - SECONDS[span]] for t in compared]


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "nfr.accessibility.2")
def test_the_choice_is_kept_by_this_browser(ops: OpsPage) -> None:
    ops.compare.focus()
    ops.page.keyboard.press("Space")
    expect(ops.compare).to_be_checked()
    ops.open_live()
    expect(ops.compare).to_be_checked()
    expect(ops.chart("Response time").lines).to_have_count(6)
    ops.compare.click()
    expect(ops.compare).not_to_be_checked()
    ops.page.reload()
    expect(ops.compare).not_to_be_checked()
    expect(ops.chart("Response time").lines).to_have_count(3)


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "7.3.5")
def test_of_the_week_before_nothing_is_held_and_nothing_is_drawn(ops: OpsPage) -> None:
    ops.choose_range("7d")
    chart = ops.chart("Response time")
    expect(chart.caption).to_contain_text("the week")
    compare_and_redraw(ops)
    assert_nothing_is_promised(chart)


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "nfr.errors.1")
def test_a_dashboard_that_began_just_now_draws_none(watch: Watch) -> None:
    ops = watch()
    chart = ops.chart("Response time")
    compare_and_redraw(ops)
    assert_nothing_is_promised(chart)
