"""Reading the verdict: what the state is, since when, why, and how old that answer is."""

import re
import time

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading
from tests.e2e.times import CLOCK

VERDICTS = {"healthy": "Healthy", "degraded": "Degraded", "down": "Down"}


def verdict(ops: OpsPage, word: str) -> Locator:
    return ops.region("System health").get_by_text(word, exact=True)


@pytest.mark.criterion("7.1.1", "7.1.2", "nfr.accessibility.4")
def test_the_backend_s_verdict_is_shown_with_a_word_a_shape_and_a_colour_of_its_own(
    demo: Demo, watch: Watch
) -> None:
    ops = watch()
    shapes, colours = [], []
    for status, word in VERDICTS.items():
        demo.set({"health.status": status})
        ops.refresh_now.click()
        expect(verdict(ops, word)).to_be_visible()
        icon = verdict(ops, word).locator("svg")
        expect(icon).to_be_visible()
        shapes.append(icon.inner_html())
        colours.append(verdict(ops, word).evaluate(RGB))
    assert len(set(shapes)) == len(VERDICTS)
    green, yellow, red = colours
    assert green[1] > green[0]
    assert yellow[0] > yellow[2] and yellow[1] > yellow[2]
    assert red[0] > 1.5 * max(red[1], red[2])


@pytest.mark.thorough
@pytest.mark.criterion("7.1.1")
def test_the_verdict_names_what_is_wrong(demo: Demo, watch: Watch) -> None:
    demo.set({"health.modules.search.status": "down", "workers.queue_length": 240})
    reasons = watch().region("System health")
    expect(reasons).to_contain_text("search down")
    expect(reasons).to_contain_text(re.compile("worker queue 240 tasks", re.IGNORECASE))


@pytest.mark.thorough
@pytest.mark.criterion("7.1.1")
def test_a_module_that_is_down_is_never_called_healthy_as_a_whole(demo: Demo, watch: Watch) -> None:
    demo.set({"health.status": "healthy", "health.modules.search.status": "down"})
    ops = watch()
    expect(verdict(ops, "Degraded")).to_be_visible()


@pytest.mark.thorough
@pytest.mark.criterion("7.1.1", "7.1.6")
def test_it_says_since_when(demo: Demo, watch: Watch) -> None:
    ops = watch()
    expect(verdict(ops, "Healthy")).to_be_visible()
    before = time.time()
    demo.set({"health.status": "down"})
    ops.refresh_now.click()
    expect(verdict(ops, "Down")).to_be_visible()
    since = ops.region("System health").get_by_text(re.compile("^Since")).get_by_role("time").first
    expect(since).to_have_text(re.compile(rf"^{CLOCK}$"))
    moment = since.evaluate("e => Date.parse(e.dateTime) / 1000")
    assert before - 1 <= moment <= time.time() + 1


@pytest.mark.thorough
@pytest.mark.criterion("7.1.6")
def test_it_says_when_it_was_last_updated_in_absolute_and_relative_terms(ops: OpsPage) -> None:
    updated = ops.region("System health").get_by_text(re.compile("last updated"))
    expect_reading(updated, "UTC")
    expect(updated).to_contain_text(re.compile(rf"last updated {CLOCK}, \d+ s ago"))
    expect(ops.updated).to_contain_text(re.compile(r"Updated \d+ s ago"))


@pytest.mark.thorough
@pytest.mark.criterion("7.1.1", "7.2.1")
def test_it_counts_the_healthy_modules(demo: Demo, watch: Watch) -> None:
    demo.set({"health.modules.search.status": "down", "health.modules.graph.status": "degraded"})
    expect(watch().region("System health")).to_contain_text("11 of 13 modules healthy")


RGB = """element => {
    const pen = new OffscreenCanvas(1, 1).getContext("2d");
    pen.fillStyle = getComputedStyle(element).color;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""
