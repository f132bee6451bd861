"""Looking at the ML models: whether they are loaded, how they do, and what cannot be known of them."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.charts import Chart
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading
from tests.e2e.times import CLOCK

REGION = "ML models"
MODEL = {"loaded": True, "inference_time_ms": 18.2, "memory_mb": 1270, "error_rate": 0.12}


def card(ops: OpsPage, name: str) -> Locator:
    """The card of one model."""
    return ops.region(REGION).locator(f'[data-model="{name}"]')


@pytest.mark.criterion("7.8.1", "7.8.2", "7.8.3", "7.8.4", "7.8.5")
def test_each_model_has_a_card_with_its_past(ops: OpsPage) -> None:
    for name in ("embedding", "summarizer", "classifier"):
        one = card(ops, name)
        expect_reading(one, "Loaded")
        for key in ("", ".memory", ".errors"):
            figure = ops.figure(f"models.{name}{key}", REGION)
            expect(figure).to_have_attribute("data-display", "value")
        expect(one.locator("[data-trend]")).not_to_have_attribute("data-trend", "unknown")
        expect(one.locator("[data-sparkline=true]")).to_be_attached()
        expect(one.get_by_text("Last inference").locator("..")).to_contain_text(re.compile(rf"{CLOCK}.* ago"))
    chart = Chart(ops.region(REGION), "Inference time").drawn()
    expect(chart.caption).to_contain_text("embedding")
    expect(chart.caption).to_contain_text("classifier")


@pytest.mark.thorough
@pytest.mark.criterion("7.8.1", "7.8.3", "7.8.4", "nfr.accessibility.4")
def test_a_model_that_is_not_loaded_and_one_that_is_not_reported_are_told_apart(
    demo: Demo, watch: Watch
) -> None:
    demo.set({"model_health": {"models": {"summarizer": {"loaded": False}, "embedding": MODEL}}})
    ops = watch()
    expect_reading(card(ops, "summarizer"), "Not loaded")
    expect(card(ops, "summarizer")).to_have_attribute("data-status", "down")
    expect_reading(card(ops, "classifier"), "Not reported")
    expect(ops.figure("models.classifier", REGION)).to_have_attribute("data-display", "not_reported")
    expect_reading(ops.figure("models.embedding.memory", REGION), "1,270 MB")
    expect_reading(ops.figure("models.embedding.errors", REGION), "0.12 %")
    expect(card(ops, "embedding").get_by_text("not reported")).to_be_visible()  # its last inference


@pytest.mark.thorough
@pytest.mark.criterion("7.8.1", "nfr.errors.1")
def test_of_very_many_models_the_rest_stands_in_a_table(demo: Demo, watch: Watch) -> None:
    crowd = {f"model-{n:03}": MODEL for n in range(120)} | {"broken": {"loaded": False}}
    demo.set({"model_health": {"models": crowd}})
    ops = watch()
    region = ops.region(REGION)
    region.scroll_into_view_if_needed()
    expect(region.get_by_role("list", name="Models").locator("[data-model]")).to_have_count(30)
    expect(card(ops, "broken")).to_be_attached()
    table = region.get_by_role("table", name="All models").or_(region.get_by_role("grid", name="All models"))
    table.scroll_into_view_if_needed()
    expect(table).to_contain_text("model-000")
    assert not ops.scrolls_sideways()


@pytest.mark.thorough
@pytest.mark.criterion("7.8.1", "nfr.errors.1")
def test_what_does_not_apply_has_its_reason_once(demo: Demo, watch: Watch) -> None:
    demo.set({"ml_health": {"status": "not_applicable", "message": "Machine learning was removed"}})
    demo.fault("/api/monitoring/model-health", "status", 500)
    ops = watch()
    region = ops.region(REGION)
    expect(region.get_by_text("Machine learning was removed").filter(visible=True).first).to_be_visible()
    expect(region.locator("p").filter(has_text="Machine learning was removed")).to_have_count(1)
    expect(region).to_contain_text("HTTP 500")
    for name in ("embedding", "summarizer", "classifier"):
        expect(card(ops, name)).to_have_attribute("data-status", "not_applicable")
