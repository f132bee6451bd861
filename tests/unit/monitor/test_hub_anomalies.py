"""An anomaly that begins or ends is a judgement: it reaches the page at once, though its value alone would not."""

from typing import Any

from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.figure import Figure, Past
from ops_dashboard.domain.views.modules import Tile
from ops_dashboard.monitor.hub import Hub
from tests.bodies import demo_bodies
from tests.snapshots import NOW, read, snapshot

GOOD = demo_bodies()


def known(step: int, source: str, body: Any) -> Snapshot:
    """What is known ``step`` times 30 s from now, when one source has just answered ``body``."""
    at = NOW + 30 * step
    changes = {"received_at": at, "last_attempt": at}
    states = [read(name, GOOD[name], **changes) for name in ("performance", "health") if name != source]
    return snapshot(states=[*states, read(source, body, **changes)], at=at, refreshed_at=at)


def performance(step: int, p95: float) -> Snapshot:
    return known(step, "performance", {**GOOD["performance"], "api_response_time": {"p95": p95}})


def errors(step: int, count: int) -> Snapshot:
    return known(step, "health", {"modules": {"search": {"status": "healthy", "error_count": count}}})


def p95(hub: Hub) -> Figure:
    return next(f for f in hub.news.page.key_metrics if f.key == "performance.p95")


def search(hub: Hub) -> Tile:
    return next(tile for tile in hub.news.page.modules.tiles if tile.name == "search")


def past(figure: Figure) -> Past:
    assert figure.past is not None
    return figure.past


def test_an_anomaly_that_begins_changes_the_page_at_once_though_quiet():
    hub = Hub()
    for step in range(30):
        hub.publish(performance(step, 200), quiet=False)
    seen = hub.news.revision
    hub.publish(performance(30, 300), quiet=True)
    assert p95(hub).text == "200", "one spike is noise, and a value alone waits"
    hub.publish(performance(31, 310), quiet=True)
    assert (p95(hub).text, p95(hub).tone) == ("310", ""), "below its threshold"
    assert past(p95(hub)).anomaly.startswith("p95 310 ms, usual 200 ms")
    assert {"key_metrics", "performance"} <= set(hub.news.since(seen))


def test_an_anomaly_that_ends_does_so_too():
    hub = Hub()
    for step, value in enumerate([*[200] * 30, 300, 310]):
        hub.publish(performance(step, value), quiet=False)
    assert past(p95(hub)).anomaly
    for step in (32, 33):
        hub.publish(performance(step, 201), quiet=True)
    assert past(p95(hub)).anomaly == ""
    assert p95(hub).text == "201"


def test_an_anomaly_that_goes_on_wakes_nobody_with_its_values():
    hub = Hub()
    for step, value in enumerate([*[200] * 30, 300, 310]):
        hub.publish(performance(step, value), quiet=False)
    page = hub.news.page
    hub.publish(performance(32, 320), quiet=True)
    assert hub.news.page is page


def test_an_anomaly_of_a_module_changes_the_page_at_once_though_quiet():
    hub = Hub()
    for step in range(30):
        hub.publish(errors(step, 0), quiet=False)
    for step, count in ((30, 20), (31, 21)):
        hub.publish(errors(step, count), quiet=True)
    assert search(hub).status == "healthy"
    assert past(search(hub).errors).anomaly == "Errors 21, usual 0 (last 16 min)"


def test_a_page_is_given_its_past_with_every_snapshot():
    hub = Hub()
    for step in range(10):
        hub.publish(performance(step, 200 + step), quiet=False)
    assert past(p95(hub)).sparkline.count("L") == 9, "ten samples"
    assert past(p95(hub)).trend.direction == "steady"
