import asyncio

from ops_dashboard.domain.alerts.interruption import Interruption
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.domain.views.alerts import AlertGroup, AlertsView
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.monitor.hub import Hub
from tests.bodies import demo_bodies
from tests.snapshots import NOW, snapshot

GOOD = demo_bodies()


def test_an_empty_hub_has_an_empty_page():
    hub = Hub()
    assert hub.news.page == PageView() and hub.news.revision == 0 and hub.news.since(0) == []


def test_only_sections_that_changed_are_new():
    hub = Hub()
    hub.publish(snapshot(GOOD), quiet=False)
    first = hub.news
    assert {"shell", "health", "key_metrics", "modules", "cache", "sources"} <= set(first.since(0))
    hub.publish(snapshot(GOOD), quiet=False)
    assert hub.news.since(first.revision) == [], "the same again is no news"
    hub.publish(snapshot(GOOD | {"cache": {**GOOD["cache"], "hit_rate": 12.5}}), quiet=False)
    assert set(hub.news.since(first.revision)) == {"cache", "key_metrics"}


def test_who_missed_a_revision_still_hears_of_it():
    hub = Hub()
    hub.publish(snapshot(GOOD), quiet=False)
    seen = hub.news.revision
    hub.publish(snapshot(GOOD | {"workers": {"active_workers": 1}}), quiet=False)
    hub.publish(snapshot(GOOD | {"workers": {"active_workers": 1}, "events": {}}), quiet=False)
    assert {"workers", "events"} <= set(hub.news.since(seen))


def test_a_quiet_snapshot_moves_only_the_beat_and_that_seldom():
    hub = Hub()
    hub.publish(snapshot(GOOD), quiet=False)
    before = hub.news
    hub.publish(
        snapshot(GOOD | {"events": {"events_emitted": 1, "events_received": 1}}, at=NOW + 7), quiet=True
    )
    # All figures of the event bus but two are gone: that is a judgement, and so it is shown.
    assert "events" in hub.news.since(before.revision)
    shown = hub.news
    hub.publish(
        snapshot(GOOD | {"events": {"events_emitted": 2, "events_received": 2}}, at=NOW + 8), quiet=True
    )
    assert hub.news is shown, "values alone wake nobody"
    hub.publish(
        snapshot(GOOD | {"events": {"events_emitted": 3, "events_received": 3}}, at=NOW + 30), quiet=True
    )
    assert hub.news.page is shown.page and hub.news.at == NOW + 30, "but a beat does, now and then"
    assert hub.news.since(shown.revision) == []


def test_it_beats_even_when_the_clock_was_set_back():
    hub = Hub()
    hub.publish(snapshot(GOOD), quiet=False)
    before = hub.news
    hub.publish(snapshot(GOOD, at=NOW - 3_600), quiet=True)
    assert (hub.news.at, hub.news.revision) == (NOW - 3_600, before.revision + 1)


def test_a_quiet_snapshot_that_changes_a_judgement_is_shown():
    hub = Hub()
    hub.publish(snapshot(GOOD), quiet=False)
    seen = hub.news.revision
    hub.publish(snapshot(GOOD | {"performance": {**GOOD["performance"], "error_rate": 9.0}}), quiet=True)
    assert {"health", "key_metrics", "performance"} <= set(hub.news.since(seen))
    assert hub.news.page.health.word == "Degraded"


def test_beside_a_changed_judgement_the_other_sections_wait_for_the_refresh():
    hub = Hub()
    hub.publish(snapshot(GOOD), quiet=False)
    shown, seen = hub.news.page, hub.news.revision
    moved = {"performance": {**GOOD["performance"], "error_rate": 9.0}, "events": {"events_emitted": 1}}
    hub.publish(snapshot(GOOD | {"performance": moved["performance"]}), quiet=True)
    assert "events" not in hub.news.since(seen) and hub.news.page.sources == shown.sources
    hub.publish(snapshot(GOOD | moved), quiet=False)
    assert "events" in hub.news.since(seen)


def test_the_newest_snapshot_is_always_at_hand():
    hub = Hub()
    known = snapshot(GOOD)
    hub.publish(known, quiet=True)
    assert hub.snapshot is known


async def test_readers_are_woken_all_of_them_and_miss_nothing():
    hub = Hub()
    readers = [asyncio.create_task(hub.after(0)) for _ in range(50)]
    await asyncio.sleep(0)
    assert not any(reader.done() for reader in readers)
    hub.publish(snapshot(GOOD), quiet=False)
    async with asyncio.timeout(5):
        news = await asyncio.gather(*readers)
    assert {n.revision for n in news} == {1}


async def test_who_is_behind_does_not_wait():
    hub = Hub()
    hub.publish(snapshot(GOOD), quiet=False)
    async with asyncio.timeout(5):
        assert (await hub.after(0)).revision == 1


async def test_a_slow_reader_gets_the_newest_and_holds_nobody_up():
    hub = Hub()
    reader = asyncio.create_task(hub.after(0))
    await asyncio.sleep(0)
    for n in range(100):
        hub.publish(snapshot(GOOD, at=NOW + 10 * n), quiet=False)
    async with asyncio.timeout(5):
        assert (await reader).revision == 100


def test_interruptions_are_counted_whatever_the_clock_says():
    hub, told = Hub(), Interruption(Severity.CRITICAL, 1, "Critical alert", "It is down")
    seen = []
    for at in (NOW, NOW - 7_200, NOW - 7_200):
        hub.show_alerts(AlertsView(), told, at)
        seen.append(hub.news.page.interruption)
    assert [one.id for one in seen] == [1, 2, 3]
    assert len({one.boot for one in seen}) == 1
    Hub().show_alerts(AlertsView(), told, NOW)
    other = Hub()
    other.show_alerts(AlertsView(), told, NOW)
    assert other.news.page.interruption.boot != seen[0].boot


def test_the_verdict_follows_the_critical_alerts():
    hub = Hub()
    hub.publish(snapshot({"health": {"status": "healthy"}}), quiet=False)
    assert hub.news.page.health.word == "Healthy"
    since = hub.news.page.health.since
    row = AlertRow(severity="critical", message="The database is down", since=NOW - 9)
    hub.show_alerts(AlertsView(groups=(AlertGroup(rows=(row,)),)), None, NOW)
    assert (hub.news.page.health.word, hub.news.page.health.since) == ("Degraded", NOW - 9)
    hub.publish(snapshot({"health": {"status": "healthy"}}, at=NOW + 1), quiet=True)
    hub.publish(snapshot({"health": {"status": "healthy"}}, at=NOW + 2), quiet=False)
    assert hub.news.page.health.word == "Degraded"
    hub.show_alerts(AlertsView(), None, NOW + 3)
    assert (hub.news.page.health.word, hub.news.page.health.since) == ("Healthy", since)
