"""Using the page with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.charts import TITLES
from tests.e2e.pages import OpsPage

NUMBER_THE_STOPS = """() => {
    const stops = [...document.querySelectorAll("*")].filter(e =>
        e.tabIndex === 0 && !e.disabled && e.checkVisibility({visibilityProperty: true})
        && !e.closest("[inert], [aria-hidden=true]") && e.getBoundingClientRect().width > 0);
    stops.forEach((e, n) => e.dataset.stop = n);
    return stops.length;
}"""
FOCUSED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const style = getComputedStyle(e);
    return {
        number: e.dataset.stop ?? null,
        is: e.outerHTML.slice(0, 160),
        text: e.textContent.trim(),
        ring: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none",
    };
}"""


def walk(ops: OpsPage, longest: int) -> list[dict]:
    """Every stop of the Tab key from the top of the page to its end."""
    stops: list[dict] = []
    for _ in range(longest):
        ops.page.keyboard.press("Tab")
        stop = ops.page.evaluate(FOCUSED)
        if stop is None or stop["number"] in [earlier["number"] for earlier in stops]:
            return stops
        stops.append(stop)
    raise AssertionError("the Tab key does not come to an end")


@pytest.mark.criterion("nfr.accessibility.2", "nfr.accessibility.1")
def test_the_tab_key_reaches_everything_once_in_the_order_of_the_page(ops: OpsPage) -> None:
    for title in TITLES:  # what is there once the charts are drawn is a stop too
        expect(ops.chart(title).zoom_in).to_be_enabled()
    stops_there_are = ops.page.evaluate(NUMBER_THE_STOPS)
    stops = walk(ops, longest=2 * stops_there_are)
    assert stops[0]["text"] == "Skip to content"
    strays = [stop["is"] for stop in stops if stop["number"] is None]
    assert strays == [], "nothing hidden is a stop"
    assert [int(stop["number"]) for stop in stops] == list(range(stops_there_are))
    assert [stop["is"] for stop in stops if not stop["ring"]] == [], "the focus is visible"


@pytest.mark.criterion("nfr.accessibility.2")
def test_the_skip_link_leads_past_the_navigation(ops: OpsPage) -> None:
    ops.page.keyboard.press("Tab")
    skip = ops.page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_visible()
    ops.page.keyboard.press("Enter")
    ops.page.keyboard.press("Tab")
    main = ops.page.get_by_role("main")
    expect(main.locator(":focus")).to_have_count(1)


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2", "7.2.6", "7.2.7")
def test_filter_and_sort_are_chosen_with_the_arrow_keys(ops: OpsPage) -> None:
    sort = ops.page.get_by_role("combobox", name="Sort by")
    sort.focus()
    ops.page.keyboard.press("Enter")
    expect(ops.page.get_by_role("option", name="status")).to_be_focused()
    ops.page.keyboard.press("ArrowDown")
    expect(ops.page.get_by_role("option", name="name")).to_be_focused()
    ops.page.keyboard.press("Enter")
    expect(sort).to_contain_text("name")
    expect(ops.modules.first).to_have_text(re.compile("^annotations"))
    expect(sort).to_be_focused()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2", "7.1.7", "7.1.8")
def test_the_switch_and_the_button_of_the_header_obey_the_keyboard(ops: OpsPage) -> None:
    ops.auto_refresh.focus()
    ops.page.keyboard.press("Space")
    expect(ops.auto_refresh).not_to_be_checked()
    ops.page.keyboard.press("Space")
    expect(ops.auto_refresh).to_be_checked()
    before = ops.updated.get_by_role("time").get_attribute("datetime")
    ops.refresh_now.focus()
    ops.page.keyboard.press("Enter")
    expect(ops.updated.get_by_role("time")).not_to_have_attribute("datetime", str(before))
    expect(ops.refresh_now).to_be_focused()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2")
def test_the_theme_is_chosen_with_the_arrow_keys(ops: OpsPage) -> None:
    display = ops.page.get_by_role("button", name="Display")
    display.focus()
    ops.page.keyboard.press("Enter")
    themes = ops.page.get_by_role("radiogroup", name="Theme")
    expect(themes).to_be_visible()
    themes.get_by_role("radio", name="Light").focus()
    ops.page.keyboard.press("ArrowRight")
    expect(themes.get_by_role("radio", name="Dark")).to_be_checked()
    expect(ops.page.locator("html")).to_have_class(re.compile(r"\bdark\b"))
    ops.page.keyboard.press("Escape")
    expect(themes).to_be_hidden()
    expect(display).to_be_focused()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2")
def test_a_link_of_the_sidebar_takes_the_reader_to_its_section(ops: OpsPage) -> None:
    ops.page.get_by_role("navigation", name="Sections").get_by_role("link", name="Workers").focus()
    ops.page.keyboard.press("Enter")
    expect(ops.region("Workers")).to_be_in_viewport()
    ops.page.keyboard.press("Tab")
    assert ops.region("Workers").locator(":focus").count() == 1


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2")
def test_the_exact_value_of_a_figure_is_told_on_focus_and_goes_with_escape(ops: OpsPage) -> None:
    ops.figure("performance.p95").locator("[tabindex='0']").first.focus()
    told = ops.page.get_by_text("Reported by the backend", exact=True)
    expect(told).to_be_visible()
    ops.page.keyboard.press("Escape")
    expect(told).to_be_hidden()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2", "nfr.performance.2")
def test_a_refresh_does_not_take_the_focus_away(ops: OpsPage) -> None:
    figure = ops.figure("workers.queue_length").locator("[tabindex='0']").first
    figure.focus()
    ops.await_refresh()
    expect(figure).to_be_focused()
