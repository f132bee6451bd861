"""One module in detail, over the time range that is chosen."""

from dataclasses import replace

import pytest

from ops_dashboard.domain.series.points import SPANS, Span
from ops_dashboard.domain.series.store import Store
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.domain.views.alerts import AlertGroup, AlertsView
from ops_dashboard.domain.views.module_sheet import MOST_CHANGES, ModuleSheet, module_sheet
from ops_dashboard.domain.views.modules import ModulesView, Tile
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.domain.views.series_keys import level, status_key
from tests.bodies import demo_bodies
from tests.snapshots import NOW, page

HOUR = NOW - 3_600
GOOD = page(demo_bodies())


def told(*stretches: tuple[float, Status], name: str = "search", until: float = NOW) -> Store:
    """What was kept of a module, each status from its moment to the next."""
    store = Store()
    ends = [*(at for at, _ in stretches), until][1:]
    for (begin, status), end in zip(stretches, ends, strict=True):
        for at in range(int(begin), int(end), 30):
            store.add(status_key(name), at, level(status))
    return store


def sheet(store: Store, span: Span = "1h", **tile: object) -> ModuleSheet:
    """The sheet of "search" as it is now, or with a changed tile."""
    tiles = tuple(replace(one, **tile) if one.name == "search" else one for one in GOOD.modules.tiles)  # pyright: ignore[reportArgumentType]
    return module_sheet("search", replace(GOOD, modules=ModulesView(tiles=tiles)), store, span, NOW)


def test_it_shows_the_tile_and_the_charts_of_its_module():
    shown = sheet(Store())
    assert (shown.known, shown.name, shown.tile.name) == (True, "search", "search")
    assert [line.key for chart in shown.charts for line in chart.lines] == [
        "modules.search.response_time_ms",
        "modules.search.error_count",
    ]


@pytest.mark.parametrize("name", ["", "no such module", "<img src=x>", "Search"])
def test_of_a_module_that_nobody_knows_it_says_just_that(name: str):
    assert module_sheet(name, GOOD, Store(), "1h", NOW) == ModuleSheet(name=name)


def test_a_component_has_a_sheet_too():
    known = PageView(modules=ModulesView(components=(Tile("redis", "down", "Down", "value", at=NOW),)))
    assert module_sheet("redis", known, Store(), "1h", NOW).tile.status == "down"


@pytest.mark.parametrize("span", SPANS)
def test_its_strip_fills_the_time_range(span: Span):
    shown = sheet(told((NOW - 700, Status.HEALTHY)), span)
    assert (shown.start, shown.end) == (NOW - SPANS[span], NOW)
    assert (shown.strip[0].at, shown.strip[-1].until) == (shown.start, shown.end)


def test_the_latest_changes_come_newest_first():
    swings = [(HOUR + 120 * n, (Status.HEALTHY, Status.DOWN)[n % 2]) for n in range(1, 20)]
    shown = sheet(told(*swings))
    assert len(shown.changes) == MOST_CHANGES
    assert shown.changes[0] == shown.strip[-1]
    assert [one.at for one in shown.changes] == sorted((one.at for one in shown.changes), reverse=True)


@pytest.mark.parametrize(
    ("stretches", "percent"),
    [
        ([(HOUR, Status.HEALTHY)], 100.0),
        ([(HOUR, Status.DOWN)], 0.0),
        ([(HOUR, Status.HEALTHY), (NOW - 900, Status.DEGRADED)], 75.0),
        ([(NOW - 1_800, Status.HEALTHY), (NOW - 900, Status.DOWN)], 50.0),
        ([], -1.0),
    ],
    ids=["always", "never", "most of the time", "of the time with data alone", "nothing known"],
)
def test_it_says_how_much_of_the_known_time_was_healthy(
    stretches: list[tuple[float, Status]], percent: float
):
    healthy = sheet(told(*stretches)).healthy
    assert (float(healthy.removesuffix(" %")) if healthy else -1.0) == pytest.approx(percent, abs=1)


@pytest.mark.parametrize("span", SPANS)
def test_a_short_outage_is_not_rounded_away_in_any_range(span: Span):
    begin = NOW - SPANS[span]
    store = told((begin, Status.HEALTHY), (NOW - 1_000, Status.DOWN), (NOW - 970, Status.HEALTHY))
    assert sheet(store, span).healthy.startswith("9")


def test_it_lists_the_active_alerts_about_its_module_alone():
    rows = [
        AlertRow(id=1, key="module_status|search", rule_id="module_status", target="search"),
        AlertRow(id=2, key="module_response_time|search", rule_id="module_response_time", target="search"),
        AlertRow(id=3, key="module_status|graph", rule_id="module_status", target="graph"),
        AlertRow(id=4, key="model_not_loaded|search", rule_id="model_not_loaded", target="search"),
        AlertRow(id=5, key="error_rate|", rule_id="error_rate"),
    ]
    alerts = AlertsView(groups=tuple(AlertGroup(key=row.key, rows=(row,)) for row in rows))
    shown = module_sheet("search", replace(GOOD, alerts=alerts), Store(), "1h", NOW)
    assert [row.id for row in shown.alerts] == [1, 2]


def test_a_module_that_cannot_be_read_any_more_is_not_healthy_up_to_now():
    store = told((HOUR, Status.HEALTHY), until=NOW - 1_800)
    shown = sheet(store, display="stale", at=NOW - 1_830)
    assert [(one.status, one.at, one.until) for one in shown.strip] == [
        ("healthy", HOUR, NOW - 1_830),
        ("no_data", NOW - 1_830, NOW),
    ]
    assert shown.healthy == "100 %", "of the time that is known"


def test_after_a_restart_the_past_ends_where_it_was_kept_until():
    store = told((HOUR, Status.HEALTHY), until=NOW - 1_800)
    shown = sheet(store, display="waiting", at=0.0)
    assert [(one.status, one.until) for one in shown.strip] == [("healthy", NOW - 1_800), ("no_data", NOW)]
    assert [one.status for one in sheet(Store(), display="waiting", at=0.0).strip] == ["no_data"]
