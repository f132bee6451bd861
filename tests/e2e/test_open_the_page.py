"""Opening the page: everything is there, with live data, and nobody had to do anything."""

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import OpsPage

REGIONS = (
    "System health",
    "Key metrics",
    "Module health",
    "Performance",
    "Database",
    "Event bus",
    "Cache",
    "Workers",
    "ML models",
    "Ingestion",
    "Sparse embeddings",
    "User engagement",
    "Recommendation quality",
)


@pytest.mark.criterion("nfr.responsiveness.1", "success.4")
def test_every_section_is_there_as_a_named_region_with_a_heading(ops: OpsPage) -> None:
    for name in REGIONS:
        region = ops.region(name)
        expect(region).to_be_attached()
        expect(region.get_by_role("heading", level=2, name=name, exact=True)).to_be_attached()


@pytest.mark.criterion("nfr.errors.2")
def test_no_figure_is_left_waiting_while_the_backend_answers(ops: OpsPage) -> None:
    waiting = ops.page.locator('[data-figure][data-display="waiting"]')
    # Nobody has started a run yet: the one figure that rightly waits.
    expect(waiting).to_have_count(1)
    expect(waiting).to_have_attribute("data-figure", "embeddings.last_run")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.responsiveness.1")
def test_the_links_lead_to_their_sections(ops: OpsPage) -> None:
    sections = ops.page.get_by_role("navigation", name="Sections")
    for link, region in (("Workers", "Workers"), ("Recommendations", "Recommendation quality")):
        sections.get_by_role("link", name=link).click()
        expect(ops.region(region)).to_be_in_viewport()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.responsiveness.1")
def test_the_first_screen_shows_verdict_metrics_modules_and_performance(ops: OpsPage) -> None:
    for name in ("System health", "Key metrics", "Module health", "Performance"):
        expect(ops.region(name)).to_be_in_viewport(ratio=1)
    assert not ops.scrolls_sideways()
