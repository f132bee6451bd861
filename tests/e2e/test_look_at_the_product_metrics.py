"""Looking at what the users do and how well they are advised, over the range that was chosen."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading

USERS, QUALITY = "User engagement", "Recommendation quality"
COUNTS = (
    "active_users",
    "resources_created",
    "resources_updated",
    "searches_performed",
    "annotations_created",
)


@pytest.mark.criterion("7.9.1", "7.9.2", "7.9.3", "7.9.4", "7.9.5", "7.9.6")
def test_every_count_is_held_against_the_range_before(ops: OpsPage) -> None:
    for span, before in (("24h", "the 24 h before"), ("1h", "the hour before")):
        ops.choose_range(span)
        expect(ops.region(USERS)).to_contain_text(f"Over the last {span}.")
        for name in (*COUNTS, "collections_created"):
            change = ops.figure(f"engagement.{name}", USERS).locator("[data-change]")
            expect(change).to_have_attribute("data-change", re.compile("up|down|same"))
            expect(change).to_contain_text(f"against {before}")


@pytest.mark.thorough
@pytest.mark.criterion("7.9.1", "7.9.6")
def test_a_link_to_a_range_shows_the_numbers_of_that_range(ops: OpsPage) -> None:
    ops.open("?range=24h")
    for region in (USERS, QUALITY):
        expect(ops.region(region)).to_contain_text("Over the last 24h.")
    expect(ops.figure("engagement.active_users", USERS)).to_have_attribute("data-display", "value")


@pytest.mark.thorough
@pytest.mark.criterion("7.9.2", "7.9.4", "7.9.6")
def test_another_range_a_derived_count_and_a_missing_past_are_said(demo: Demo, watch: Watch) -> None:
    engagement: dict[str, Any] = {"metrics": {"active_users": 481, "total_users": 900}, "time_window_days": 7}
    demo.set({"user_engagement": engagement, "events.event_types": {"resource.created": 12}})
    ops = watch()
    region = ops.region(USERS)
    expect(region).to_contain_text("Over the last 7 days. The last 1h was asked for.")
    expect_reading(ops.figure("engagement.active_users", USERS), "481")
    expect(ops.figure("engagement.active_users", USERS)).to_contain_text("no comparison yet")
    expect_reading(ops.figure("engagement.total_users", USERS), "900")
    derived = ops.figure("engagement.resources_created", USERS)
    expect_reading(derived, "12")
    derived.get_by_text("derived").focus()
    expect(ops.page.get_by_text("since the backend's process started, not over the range")).to_be_visible()
    missing = ops.figure("engagement.searches_performed", USERS)
    expect(missing).to_have_attribute("data-display", "not_reported")


@pytest.mark.criterion("7.10.1", "7.10.2", "7.10.3", "7.10.4", "7.10.5")
def test_models_are_compared_and_experiments_listed(demo: Demo, watch: Watch) -> None:
    scores = {
        "plain": {"precision": 0.5, "recall": 0.25, "f1_score": 0.333},
        "hybrid": {"precision": 0.881, "recall": 0.858, "f1_score": 0.869},
    }
    tests = [{"name": "ranking", "variants": [{"name": "B", "users": 398, "ctr": 13.4}], "p_value": 0.031}]
    demo.set(
        {
            "recommendation_quality.avg_user_rating": 4.25,
            "recommendation_quality.model_performance": scores,
            "recommendation_quality.ab_tests": tests,
        }
    )
    ops = watch()
    region = ops.region(QUALITY)
    region.scroll_into_view_if_needed()
    expect_reading(ops.figure("recommendation.avg_user_rating", QUALITY), "4.25 of 5")
    expect(region.locator('[data-stars="4.25"]')).to_be_visible()
    models = region.get_by_role("list", name="Scores of the models").locator("> li")
    expect(models).to_have_text([re.compile("^hybrid"), re.compile("^plain")])
    expect_reading(models.first, "0.88")
    expect(
        region.get_by_role("cell", name="0.86").or_(region.get_by_role("gridcell", name="0.86"))
    ).to_be_visible()
    for text in ("ranking", "398", "0.031"):
        expect(region.get_by_text(text, exact=True).last).to_be_visible()
