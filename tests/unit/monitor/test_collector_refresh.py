import itertools

from ops_dashboard.backend.errors import BadStatus, NotOffered, RateLimited
from ops_dashboard.backend.sources import SOURCES
from tests.unit.monitor.world import UNWATCHED, World

PERFORMANCE = {"api_response_time": {"p95": 120}}


def failed() -> BadStatus:
    return BadStatus("failed while answering (HTTP 500)", status=500)


def test_before_anything_ran_nothing_is_known(world: World):
    assert world.snapshot.refreshed_at == 0
    assert {state.display(world.snapshot.at) for state in world.snapshot.sources.values()} == {"waiting"}


def test_the_first_data_is_published_long_before_the_refresh_has_ended(world: World):
    world.client.latency = {"health": 6.0, "workers": 6.0}
    world.start()
    world.run(1)
    assert world.source("performance").received_at and not world.source("health").received_at
    assert world.hub.snapshot.sources["performance"].received_at, "and it was published"
    assert world.hub.snapshot.refreshing
    world.run(14)
    assert world.source("health").received_at and not world.snapshot.refreshing
    workers = world.source("workers")
    assert not workers.received_at and workers.next_read_at > world.snapshot.at + 200, "that one waits"


def test_every_source_is_asked_once_by_a_refresh(settled: World):
    names = [name for at, name in settled.client.calls if at < settled.now]
    modules = {"module_health.graph", "module_health.search"}
    assert sorted(names) == sorted({s.name for s in SOURCES} - UNWATCHED | modules)
    slow_ones = {source.name for source in SOURCES if source.slow}
    assert set(names[-2:]) == slow_ones, "the slow ones come last"


def test_a_refresh_comes_every_thirty_seconds_and_says_when_the_next_is_due(settled: World):
    first = settled.snapshot
    assert 29 < first.next_refresh_at - first.at <= 30
    settled.run(61)
    assert len(settled.client.times("events")) == 3


def test_at_most_two_calls_are_ever_in_flight(world: World):
    world.client.latency = {source.name: 0.3 for source in SOURCES} | {"health": 4}
    world.start()
    world.run(120)
    assert world.client.most_in_flight == 2


def test_a_slow_call_is_never_beside_another_slow_one(world: World):
    world.client.latency = {"health": 4.0, "workers": 5.0}
    world.start()
    world.run(2_000)
    spans = [(began, ended) for began, ended, name in world.client.spans if name in world.client.latency]
    assert len(spans) >= 6
    assert all(end <= begins for (_, end), (begins, _) in itertools.pairwise(spans))


def test_a_dear_call_is_made_rarely(world: World):
    world.client.latency = {"health": 9.0}
    world.start()
    world.run(2_000)
    times = world.client.times("health")
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert len(gaps) > 3 and all(450 <= gap < 480 for gap in gaps), "9 s are 2 % of 450 s"


def test_a_refresh_by_hand_joins_the_one_under_way(world: World):
    world.client.latency = {"events": 0.5}
    world.start()
    world.run(0.2)
    asked = [world.start(world.collector.refresh()) for _ in range(3)]
    world.until(lambda: all(task.done() for task in asked))
    assert len(world.client.times("events")) == 1
    assert not world.snapshot.refreshing


def test_a_refresh_by_hand_reads_everything_again_and_moves_the_next_one(settled: World):
    settled.run(10)
    since = settled.now
    asked = settled.start(settled.collector.refresh())
    settled.until(asked.done)
    assert settled.client.called(since) >= {"events", "cache", "jobs", "health", "workers"}
    assert settled.snapshot.next_refresh_at - settled.snapshot.at > 29


def test_a_refresh_with_nothing_to_read_returns_at_once(settled: World):
    settled.client.latency = {source.name: 0.0 for source in SOURCES}
    settled.client.everything = lambda: RateLimited("slow down", status=429, retry_after=300)
    asked = settled.start(settled.collector.refresh())
    settled.until(asked.done)
    calls, since = len(settled.client.calls), settled.snapshot.refreshed_at
    again = settled.start(settled.collector.refresh())
    settled.run(0.5)
    assert again.done() and len(settled.client.calls) == calls, "the backend asked to be left alone"
    assert settled.snapshot.refreshed_at == since, "and nothing was read"


def test_one_failing_source_touches_only_itself(settled: World):
    before = settled.snapshot
    settled.client.bodies["database"] = failed
    settled.run(31)
    after = settled.snapshot
    database = after.sources["database"]
    assert database.value is before.sources["database"].value, "the last value stays"
    assert (database.received_at, database.failures > 0) == (before.sources["database"].received_at, True)
    assert database.reason == "failed while answering (HTTP 500)"
    assert database.next_retry_at > database.last_attempt
    others = {
        name: state
        for name, state in after.sources.items()
        if name not in {"database", "openapi"} | UNWATCHED
    }
    assert all(s.failures == 0 and s.received_at > before.at for s in others.values())
    assert not after.contact.lost


def test_two_failures_make_a_source_stale_and_an_answer_makes_it_fresh(settled: World):
    settled.client.bodies["cache"] = failed
    settled.until(lambda: settled.source("cache").failures == 1)
    assert settled.snapshot.display("cache") == "value", "once is not yet a pattern"
    settled.until(lambda: settled.source("cache").failures == 2)
    assert settled.snapshot.display("cache") == "stale"
    settled.client.bodies["cache"] = {"hit_rate": 50}
    settled.until(lambda: not settled.source("cache").failures)
    assert (settled.snapshot.display("cache"), settled.source("cache").reason) == ("value", "")


def test_a_call_the_backend_does_not_offer_is_not_reported(world: World):
    world.client.bodies["model_health"] = lambda: NotOffered("does not offer this call", status=404)
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    assert world.snapshot.display("model_health") == "not_reported"


def test_the_backend_is_left_alone_as_long_as_it_asks(settled: World):
    settled.client.bodies["jobs"] = lambda: RateLimited("slow down", status=429, retry_after=200)
    settled.until(lambda: settled.source("jobs").failures)
    since = settled.now
    settled.client.bodies["jobs"] = []
    for _ in range(3):
        settled.run(50)
        settled.start(settled.collector.refresh())
    settled.run(40)
    assert settled.client.times("jobs", since) == []
    settled.until(lambda: not settled.source("jobs").failures, within=60)
    assert settled.now - since >= 200


def test_a_source_that_keeps_failing_is_asked_less_and_less(settled: World):
    settled.client.bodies["events"] = failed
    settled.until(lambda: settled.source("events").failures >= 5)
    assert settled.source("events").circuit == "open"
    since = settled.now
    settled.run(300)
    times = settled.client.times("events", since)
    assert times and all(b - a >= 15 for a, b in itertools.pairwise(times))


def test_capabilities_are_read_from_the_description(world: World):
    world.client.bodies["openapi"] = {"paths": {"/api/monitoring/cache/clear": {"post": {}}}}
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    offers = {offer.key: offer.offered for offer in world.snapshot.offers}
    assert (offers["clear_cache"], offers["cancel_job"]) == (True, False)


def test_without_a_description_nothing_is_said_of_what_is_offered(settled: World):
    assert {offer.offered for offer in settled.snapshot.offers} == {None}


def test_a_refresh_says_how_long_it_took_and_one_that_read_nothing_changes_nothing(world: World):
    world.client.latency = {"health": 4.0}
    assert (world.snapshot.refreshed_at, world.snapshot.refresh_took) == (0, 0)
    began = world.now
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    first = world.snapshot
    assert 4.0 <= first.refresh_took <= world.now - began
    world.client.everything = failed()
    world.run(60)
    assert (world.snapshot.refreshed_at, world.snapshot.refresh_took) == (
        *(first.refreshed_at, first.refresh_took),
    )


def test_reads_are_counted_and_those_that_failed_among_them(settled: World):
    assert (settled.source("events").reads, settled.source("events").failed_reads) == (1, 0)
    settled.client.bodies["events"] = failed()
    settled.run(31)
    calls = len(settled.client.times("events"))
    assert (settled.source("events").reads, settled.source("events").failed_reads) == (calls, calls - 1)
    settled.client.bodies["events"] = {}
    settled.until(lambda: not settled.source("events").failures)
    state, calls = settled.source("events"), len(settled.client.times("events"))
    assert (state.reads, state.failed_reads) == (calls, calls - 2)
