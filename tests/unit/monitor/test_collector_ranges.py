"""Of the calls that take a time range, only those are made that somebody looks at."""

from ops_dashboard.backend.errors import BadStatus
from ops_dashboard.backend.sources import ROOT_HEALTH
from ops_dashboard.domain.metrics.product import NOBODY_LOOKS
from ops_dashboard.domain.series.points import Span
from ops_dashboard.domain.views.shell import Banner, Mark
from tests.unit.monitor.test_collector_contact import lose
from tests.unit.monitor.world import UNWATCHED, World

ENGAGEMENT, QUALITY = "user_engagement", "recommendation_quality"


def look_at(world: World, *spans: Span) -> float:
    """Have these ranges read from now on; returns the moment."""
    world.collector.read_ranges(set(spans))
    return world.now


def told(world: World, span: str) -> bool:
    return all(world.source(f"{name}.{span}").received_at for name in (ENGAGEMENT, QUALITY))


def test_at_first_the_range_of_a_new_tab_is_read_and_no_other(settled: World):
    settled.run(120)
    assert told(settled, "1h")
    assert not settled.client.called(0) & UNWATCHED
    assert {settled.source(name).spared for name in UNWATCHED - {ROOT_HEALTH}} == {NOBODY_LOOKS}


def test_a_newly_wanted_range_is_read_at_once_and_then_with_every_refresh(settled: World):
    since = look_at(settled, "1h", "24h")
    settled.until(lambda: told(settled, "24h"), within=0.2)
    assert settled.client.called(since) <= {f"{ENGAGEMENT}.24h", f"{QUALITY}.24h", "performance", "db_pool"}
    settled.run(90)
    assert len(settled.client.times(f"{ENGAGEMENT}.24h", since)) == 4
    assert len(settled.client.times(f"{ENGAGEMENT}.1h", since)) == 3, "the other one keeps its pace"


def test_the_page_shows_it_a_moment_later(settled: World):
    settled.client.bodies[f"{ENGAGEMENT}.24h"] = {"active_users": 24}
    look_at(settled, "1h", "24h")
    settled.until(lambda: settled.hub.news.page.engagement["24h"].figures[0].text == "24", within=0.5)
    rows = {row.name for row in settled.hub.news.page.sources.rows}
    assert f"{ENGAGEMENT}.24h" in rows and f"{ENGAGEMENT}.7d" not in rows


def test_a_range_that_nobody_wants_any_more_is_not_read_any_more(settled: World):
    look_at(settled, "1h", "24h")
    settled.until(lambda: told(settled, "24h"))
    since = look_at(settled, "1h")
    settled.run(120)
    assert f"{ENGAGEMENT}.1h" in settled.client.called(since)
    assert not settled.client.called(since) & UNWATCHED
    assert f"{ENGAGEMENT}.24h" not in {row.name for row in settled.hub.news.page.sources.rows}


def test_a_range_that_is_wanted_again_is_read_anew_at_once(settled: World):
    look_at(settled, "1h", "24h")
    settled.until(lambda: told(settled, "24h"))
    look_at(settled, "1h")
    settled.run(100)
    assert settled.hub.news.page.engagement["24h"].freshness.display == "stale"
    since = look_at(settled, "24h", "1h")
    settled.until(lambda: settled.client.times(f"{ENGAGEMENT}.24h", since), within=0.2)
    settled.until(lambda: settled.hub.news.page.engagement["24h"].freshness.display == "value", within=0.5)


def test_a_range_that_nobody_looks_at_makes_nothing_stale(settled: World):
    look_at(settled, "1h", "24h")
    settled.until(lambda: told(settled, "24h"))
    look_at(settled, "1h")
    settled.run(300)
    shell = settled.hub.news.page.shell
    assert shell.banner == Banner()
    assert shell.marks is not None
    assert (shell.marks["engagement"], shell.marks["recommendations"]) == (Mark(), Mark())
    assert shell.fresh == shell.read > 0


def test_not_even_when_the_range_that_is_looked_at_cannot_be_read(world: World):
    world.client.bodies[f"{ENGAGEMENT}.1h"] = lambda: BadStatus("failed (HTTP 500)", status=500)
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    look_at(world, "1h", "24h")
    world.until(lambda: told(world, "24h"))
    look_at(world, "1h")
    world.run(300)
    marks = world.hub.news.page.shell.marks
    assert marks is not None
    assert marks["engagement"] == Mark("unknown", 0, "No data")


def test_a_range_that_failed_while_it_was_looked_at_is_no_failure_any_more(settled: World):
    settled.client.bodies[f"{ENGAGEMENT}.24h"] = lambda: BadStatus("failed (HTTP 500)", status=500)
    look_at(settled, "1h", "24h")
    settled.until(lambda: settled.source(f"{ENGAGEMENT}.24h").failures == 2)
    since = look_at(settled, "1h")
    settled.run(200)
    assert settled.source(f"{ENGAGEMENT}.24h").failures == 0
    assert not settled.client.called(since) & UNWATCHED
    assert settled.hub.news.page.shell.fresh == settled.hub.news.page.shell.read


def test_a_range_that_is_given_up_during_its_call_stays_given_up(settled: World):
    settled.client.latency[f"{ENGAGEMENT}.24h"] = 4.0
    look_at(settled, "1h", "24h")
    settled.until(lambda: f"{ENGAGEMENT}.24h" in settled.client.in_flight)
    since = look_at(settled, "1h")
    settled.run(120)
    assert settled.client.times(f"{ENGAGEMENT}.24h", since) == []
    assert settled.source(f"{ENGAGEMENT}.24h").spared == NOBODY_LOOKS


def test_a_range_given_up_and_wanted_again_during_its_call_never_overlaps_itself(settled: World):
    settled.client.latency[f"{ENGAGEMENT}.24h"] = 4.0
    look_at(settled, "1h", "24h")
    settled.until(lambda: f"{ENGAGEMENT}.24h" in settled.client.in_flight)
    look_at(settled, "1h")
    since = look_at(settled, "1h", "24h")
    settled.until(lambda: settled.source(f"{ENGAGEMENT}.24h").received_at)
    settled.run(310)
    assert 1 <= len(settled.client.times(f"{ENGAGEMENT}.24h", since)) <= 3
    assert settled.source(f"{ENGAGEMENT}.24h").spared == ""


def test_while_contact_is_lost_a_newly_wanted_range_waits_for_it(settled: World):
    lose(settled)
    since = look_at(settled, "1h", "24h")
    settled.run(60)
    assert not settled.client.called(since) & UNWATCHED
    settled.client.everything = None
    settled.until(lambda: told(settled, "24h"), within=20)


def test_a_refresh_by_hand_reads_no_range_that_nobody_looks_at(settled: World):
    since = settled.now
    asked = settled.start(settled.collector.refresh())
    settled.until(asked.done)
    assert f"{QUALITY}.1h" in settled.client.called(since)
    assert not settled.client.called(since) & UNWATCHED
