"""Five displays that must never be taken for each other: value, stale, no data yet, not reported, not applicable."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import expect_reading

ENGAGEMENT = "/api/monitoring/user-engagement"


@pytest.mark.criterion("7.3.3", "nfr.errors.1", "nfr.errors.2", "nfr.errors.4")
def test_zero_is_a_value_and_what_is_left_out_is_none(demo: Demo, watch: Watch) -> None:
    demo.set({"performance.error_rate": 0, "workers.queue_length": 0, "performance.request_rate": None})
    demo.fault("/metrics", "status", 404)  # from which the rate would be derived after a while
    ops = watch()
    expect_reading(ops.figure("performance.error_rate"), "0 %")
    expect_reading(ops.figure("workers.queue_length"), "0 tasks")
    for key in ("performance.error_rate", "workers.queue_length"):
        expect(ops.figure(key)).to_have_attribute("data-display", "value")
    rate = ops.figure("performance.request_rate")
    expect(rate).to_have_attribute("data-display", "not_reported")
    expect_reading(rate, "not reported")
    # Its neighbours of the same answer are not lost.
    expect(ops.figure("performance.uptime_seconds")).to_have_attribute("data-display", "value")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.1", "nfr.errors.4")
def test_what_has_no_meaning_here_is_not_applicable_with_the_backend_s_reason(
    demo: Demo, watch: Watch
) -> None:
    demo.set({"recommendation_quality": {"status": "not_applicable", "message": "Nothing is recommended"}})
    ops = watch()
    region = ops.region("Recommendation quality")
    accuracy = ops.figure("recommendation.accuracy", "Recommendation quality")
    expect(accuracy).to_have_attribute("data-display", "not_applicable")
    expect_reading(accuracy, "not applicable")
    expect(region).to_contain_text("Nothing is recommended")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.2", "nfr.errors.3")
def test_a_value_that_cannot_be_renewed_grows_old_in_the_open(demo: Demo, watch: Watch) -> None:
    demo.set({"user_engagement.active_users": 481})
    ops = watch()
    users, region = ops.figure("engagement.active_users", "User engagement"), ops.region("User engagement")
    expect_reading(users, "481")
    fresh = users.evaluate(COLOUR_OF_NUMBER, "481")
    demo.fault(ENGAGEMENT, "status", 500)
    expect(users).to_have_attribute("data-display", "stale")
    expect_reading(users, "481")
    assert users.evaluate(COLOUR_OF_NUMBER, "481") != fresh
    expect(region).to_contain_text("HTTP 500")
    expect(region.get_by_role("time").first).to_be_visible()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.1", "nfr.errors.4")
def test_what_was_never_read_is_no_data_yet_and_never_zero(demo: Demo, watch: Watch) -> None:
    demo.fault(ENGAGEMENT, "status", 500)
    ops = watch()
    users = ops.figure("engagement.active_users", "User engagement")
    expect(users).to_have_attribute("data-display", "waiting")
    expect_reading(users, "no data yet")
    expect(ops.region("User engagement")).to_contain_text("HTTP 500")
    demo.mend(ENGAGEMENT)
    ops.refresh_now.click()
    expect(users).to_have_attribute("data-display", "value")


@pytest.mark.thorough
@pytest.mark.criterion("7.6.1")
def test_a_hit_rate_before_the_first_request_is_no_number(demo: Demo, watch: Watch) -> None:
    demo.set({"cache": {"cache_stats": {"hit_rate_percent": 0, "total_requests": 0}}})
    ops = watch()
    expect(ops.figure("cache.hit_rate")).to_have_attribute("data-display", "waiting")
    expect_reading(ops.figure("cache.hit_rate"), "No requests yet")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.1")
def test_own_calls_are_no_figure_of_users(demo: Demo, watch: Watch) -> None:
    demo.set({"performance.api_response_time": None})
    demo.fault("/metrics", "status", 404)  # else its histogram tells of the users
    ops = watch()
    expect_reading(ops.figure("performance.p95"), "not reported")
    expect_reading(ops.figure("own_calls.p95", "Performance"), "Own calls p95")


COLOUR_OF_NUMBER = """(figure, text) => {
    const number = [...figure.querySelectorAll("*")].find(e => !e.children.length && e.textContent === text);
    return getComputedStyle(number).color;
}"""
