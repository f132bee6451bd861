"""Looking through the modules: all of them, filtered and sorted, and the address says how."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from ops_dashboard.domain.modules import WATCHED_MODULES
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading

STATUSES = {
    "healthy": [
        "annotations",
        "auth",
        "authority",
        "collections",
        "mcp",
        "monitoring",
        "planning",
        "quality",
    ],
    "degraded": ["graph", "resources", "scholarly"],
    "down": ["ingestion", "search"],
}
"""A state in which the order by name, by status and by response time all differ."""
RESPONSE_MS = dict(zip(sorted(WATCHED_MODULES), range(130, 0, -10), strict=True)) | {"search": 1240.25}


def reported() -> dict[str, dict[str, Any]]:
    return {
        name: {"status": status, "response_time_ms": RESPONSE_MS[name], "error_count": len(name)}
        for status, names in STATUSES.items()
        for name in names
    }


@pytest.fixture
def modules(demo: Demo) -> dict[str, dict[str, Any]]:
    """What the backend reports of its modules."""
    demo.set({"health.modules": reported()})
    return demo.get("/api/monitoring/health")["modules"]


def names(ops: OpsPage) -> list[str]:
    return [text.split()[0] for text in ops.modules.all_inner_texts()]


@pytest.mark.criterion("7.2.1", "7.2.2", "success.1")
def test_all_thirteen_modules_are_there_with_status_response_time_and_errors(
    modules: dict[str, dict[str, Any]], watch: Watch
) -> None:
    ops = watch()
    expect(ops.modules).to_have_count(13)
    for name, module in modules.items():
        tile = ops.module(name)
        expect_reading(tile, name)
        expect_reading(tile, module["status"].capitalize())
        expect_reading(tile, "1,240 ms" if name == "search" else f"{module['response_time_ms']} ms")
        expect_reading(tile, f"{module['error_count']} errors")


@pytest.mark.thorough
@pytest.mark.criterion("7.2.1", "nfr.errors.1")
def test_a_module_the_backend_says_nothing_of_is_unknown_and_not_healthy(demo: Demo, watch: Watch) -> None:
    demo.set({"health.modules": {"auth": reported()["auth"], "extra": reported()["auth"]}})
    ops = watch()
    expect(ops.modules).to_have_count(14)
    expect_reading(ops.module("extra"), "Healthy")
    expect_reading(ops.module("search"), "Unknown")


@pytest.mark.thorough
@pytest.mark.criterion("7.2.6")
def test_filtering_by_status_shows_those_alone_and_is_in_the_address(
    modules: dict[str, dict[str, Any]], watch: Watch
) -> None:
    ops = watch()
    for status, expected in STATUSES.items():
        ops.choose("Status", status)
        expect(ops.modules).to_have_count(len(expected))
        assert sorted(names(ops)) == expected
        ops.expect_query(status=status)
    ops.choose("Status", "all")
    expect(ops.modules).to_have_count(13)
    ops.expect_query()


@pytest.mark.thorough
@pytest.mark.criterion("7.2.6")
def test_a_filter_that_nothing_passes_says_so(ops: OpsPage) -> None:
    ops.choose("Status", "down")
    expect(ops.region("Module health")).to_contain_text("No module has this status.")
    expect(ops.modules).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.criterion("7.2.7")
def test_modules_are_sorted_worst_first_by_name_or_by_response_time(
    modules: dict[str, dict[str, Any]], watch: Watch
) -> None:
    ops = watch()
    worst_first = STATUSES["down"] + STATUSES["degraded"] + STATUSES["healthy"]
    expect(ops.modules).to_have_text([re.compile(f"^{name}") for name in worst_first])
    ops.choose("Sort by", "name")
    expect(ops.modules).to_have_text([re.compile(f"^{name}") for name in sorted(modules)])
    ops.expect_query(sort="name")
    ops.choose("Sort by", "response time")
    slowest_first = sorted(modules, key=lambda name: -RESPONSE_MS[name])
    expect(ops.modules).to_have_text([re.compile(f"^{name}") for name in slowest_first])
    ops.expect_query(sort="response")


@pytest.mark.criterion("7.2.6", "7.2.7")
def test_a_link_shows_a_colleague_the_same_modules_in_the_same_order(
    modules: dict[str, dict[str, Any]], watch: Watch
) -> None:
    ops = watch("?status=degraded&sort=response")
    slowest_first = sorted(STATUSES["degraded"], key=lambda name: -RESPONSE_MS[name])
    expect(ops.modules).to_have_text([re.compile(f"^{name}") for name in slowest_first])
    expect(ops.page.get_by_role("combobox", name="Status")).to_contain_text("degraded")
    expect(ops.page.get_by_role("combobox", name="Sort by")).to_contain_text("response time")
    ops.page.reload()
    expect(ops.modules).to_have_text([re.compile(f"^{name}") for name in slowest_first])


@pytest.mark.thorough
@pytest.mark.criterion("7.2.6", "7.2.7")
def test_a_link_with_nonsense_in_it_shows_everything(
    modules: dict[str, dict[str, Any]], watch: Watch
) -> None:
    ops = watch("?status=%3Cb%3E&sort=;--&open=nothing&range=9y")
    expect(ops.modules).to_have_count(13)


@pytest.mark.thorough
@pytest.mark.criterion("7.1.2", "7.2.2", "nfr.accessibility.4")
def test_each_status_of_a_module_has_a_shape_of_its_own(demo: Demo, watch: Watch) -> None:
    modules = reported() | {"auth": {"status": "fine?"}, "mcp": {"status": "not_applicable"}}
    demo.set({"health.modules": modules})
    ops = watch()
    shapes = {
        ops.module(name).locator("svg").first.inner_html()
        for name in ("quality", "graph", "search", "auth", "mcp")
    }
    assert len(shapes) == 5
