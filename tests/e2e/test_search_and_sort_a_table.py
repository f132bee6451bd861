"""Searching, sorting and downloading a table: one with five hundred rows, and one with keys to be copied."""

import csv
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watch
from tests.e2e.console import Console
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage
from tests.e2e.tables import DataTable

HOSTILE = "=<img src=x onerror=alert(1)>"
STATS: dict[str, dict[str, Any]] = {
    **{f"table_{n}": {"row_count": 1000 - n, "size_mb": n / 2} for n in range(1, 498)},
    HOSTILE: {"row_count": 7, "size_mb": 9000},
    "Ångström": {"row_count": 0, "size_mb": 0},
    "silent": {},
}


@pytest.fixture
def ops(demo: Demo, watch: Watch) -> OpsPage:
    """The page while the database has five hundred tables."""
    demo.set({"database.table_stats": STATS})
    return watch()


@pytest.fixture
def tables(ops: OpsPage) -> DataTable:
    """The tables of the database, with their rows."""
    return DataTable(ops.region("Database"), "Tables").loaded()


@pytest.mark.criterion("7.4.3", "nfr.performance.4")
def test_of_five_hundred_rows_those_in_sight_are_drawn_in_order(tables: DataTable) -> None:
    expect(tables.count("500 rows")).to_be_visible()
    expect(tables.heading("Size")).to_have_attribute("aria-sort", "descending")
    expect(tables.names.first).to_have_text(HOSTILE)
    expect(tables.cells("table_496")).to_have_text(["504", "248 MB"])
    expect(tables.table).to_have_attribute("aria-rowcount", "501")
    assert len(tables.states()["rows"]) < 50
    tables.scroller.focus()
    tables.scroller.press("End")
    expect(tables.names.last).to_have_text("silent")
    expect(tables.cells("silent")).to_have_text(["–not reported", "–not reported"])
    assert tables.states()["rows"][-1] == 500
    tables.scroller.press("Home")
    expect(tables.names.first).to_have_text(HOSTILE)
    tables.heading("Size").get_by_role("button").click()
    expect(tables.heading("Size")).to_have_attribute("aria-sort", "ascending")
    expect(tables.names.first).to_have_text("Ångström")
    tables.heading("Table").get_by_role("button").click()
    expect(tables.names.nth(2)).to_have_text("silent")
    expect(tables.names.nth(4)).to_have_text("table_2")
    expect(tables.heading("Size")).not_to_have_attribute("aria-sort", "ascending")


@pytest.mark.thorough
@pytest.mark.criterion("7.4.3", "nfr.accessibility.2")
def test_sort_search_place_and_focus_outlast_a_refresh(ops: OpsPage, demo: Demo, tables: DataTable) -> None:
    tables.search.fill("TABLE_4")
    expect(tables.count("109 of 500")).to_be_visible()
    tables.heading("Rows").get_by_role("button").press("Enter")
    expect(tables.heading("Rows")).to_have_attribute("aria-sort", "descending")
    expect(tables.names.first).to_have_text("table_4")
    tables.scroller.focus()
    tables.scroller.evaluate("scroller => scroller.scrollTo(0, 1400)")
    demo.set({"database.table_stats": STATS | {"table_4_new": {"row_count": 1, "size_mb": 1}}})
    ops.await_refresh()  # by itself: to press the button would take the focus away
    expect(tables.count("110 of 501")).to_be_visible()
    expect(tables.heading("Rows")).to_have_attribute("aria-sort", "descending")
    expect(tables.search).to_have_value("TABLE_4")
    expect(tables.scroller).to_be_focused()
    assert tables.states()["top"] == 1400


@pytest.mark.thorough
@pytest.mark.criterion("7.4.3", "nfr.errors.1")
def test_a_search_finds_in_every_column_and_says_when_it_finds_nothing(tables: DataTable) -> None:
    tables.search.fill("angstrom")
    expect(tables.names).to_have_text(["Ångström"])
    tables.search.fill("9,000 MB")
    expect(tables.names).to_have_text([HOSTILE])
    assert tables.table.locator("img").count() == 0
    tables.search.fill("nothing like it")
    expect(tables.table).to_contain_text("Nothing matches the search.")
    expect(tables.count("0 of 500")).to_be_visible()


@pytest.mark.thorough
@pytest.mark.criterion("7.4.3")
def test_the_file_holds_what_the_page_holds(ops: OpsPage, tables: DataTable, tmp_path: Path) -> None:
    with ops.page.expect_download() as download:
        tables.csv.click()
    file = tmp_path / "tables.csv"
    download.value.save_as(file)
    assert download.value.suggested_filename.startswith("database_tables-20")
    told = httpx.get(f"{ops.url.removesuffix('/ops')}/api/tables/database_tables").json()
    with file.open(newline="", encoding="utf-8-sig") as text:
        heading, *rows = csv.reader(text)
    assert heading == ["Table", "Rows", "Size (MB)"]
    numbers = [[name, *(float(n) if n else None for n in cells)] for name, *cells in rows]
    assert numbers == [[f"'{name}" if name == HOSTILE else name, *cells] for name, *cells in told["rows"]]
    assert {name for name, *_ in told["rows"]} == set(STATS)


@pytest.mark.thorough
@pytest.mark.criterion("7.6.3", "nfr.accessibility.2")
def test_a_key_of_the_cache_is_copied_with_the_keyboard(demo: Demo, watch: Watch) -> None:
    key = "search:query:" + "long " * 60
    demo.set({"cache.top_keys": [{"key": key, "hits": 12, "size_bytes": 2048}, {"key": "b", "hits": 99}]})
    ops = watch()
    ops.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    keys = DataTable(ops.region("Cache"), "Top keys").loaded()
    expect(keys.cells("b")).to_have_text(["99", "–not reported"])
    shown = ops.page.evaluate("() => fetch('/api/tables/cache_keys').then(answer => answer.json())")["rows"][
        0
    ][0]
    copy = keys.names.nth(1).get_by_role("button")
    keys.heading("Size").get_by_role("button").focus()
    ops.page.keyboard.press("Tab")
    ops.page.keyboard.press("Tab")
    expect(copy).to_be_focused()
    expect(copy).to_have_css("opacity", "1")
    ops.page.keyboard.press("Enter")
    expect(keys.whole.get_by_role("status")).to_have_text("Copied.")
    assert ops.page.evaluate("navigator.clipboard.readText()") == shown


@pytest.mark.thorough
@pytest.mark.criterion("7.4.3", "nfr.errors.2")
def test_rows_that_cannot_be_loaded_anew_stay_and_it_says_since_when(
    ops: OpsPage, tables: DataTable, console: Console
) -> None:
    console.allow("/api/tables/")
    ops.page.route("**/api/tables/**", lambda route: route.abort())
    ops.await_refresh()
    trouble = tables.whole.get_by_text("The rows could not be loaded since")
    expect(trouble).to_contain_text("next try in")
    expect(tables.names.first).to_have_text(HOSTILE)
    ops.page.unroute("**/api/tables/**")
    expect(trouble).to_be_hidden()


@pytest.mark.thorough
@pytest.mark.criterion("7.4.3", "7.6.3", "nfr.errors.1")
def test_what_is_not_reported_is_one_line_of_the_same_height(demo: Demo, watch: Watch) -> None:
    demo.set({"database.table_stats": None, "cache.top_keys": []})
    ops = watch()
    for region, key, sentence, height in (
        ("Database", "database_tables", "Not reported by this backend.", 240),
        ("Cache", "cache_keys", "No key has been read yet.", 340),
    ):
        whole = ops.region(region).locator(f'[data-table="{key}"]')
        whole.scroll_into_view_if_needed()
        expect(whole).to_contain_text(sentence)
        box = whole.bounding_box()
        assert box is not None and box["height"] == height + 32


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.1", "7.4.3", "7.6.3")
@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_axe_finds_nothing_in_the_tables(ops: OpsPage, tables: DataTable, theme: str) -> None:
    ops.choose_theme(theme)
    DataTable(ops.region("Cache"), "Top keys").loaded().names.first.hover()
    tables.search.fill("table_1")
    expect(tables.count("111 of 500")).to_be_visible()
    assert ops.accessibility_violations("#database", "#cache") == []
