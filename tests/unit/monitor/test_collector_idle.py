from tests.unit.monitor.world import World


def test_counters_that_stay_tell_since_when(settled: World):
    settled.client.bodies["events"] = lambda: {"events_emitted": 7, "events_received": 7}
    settled.run(35)
    first = settled.source("events").received_at
    settled.run(90)
    assert settled.source("events").idle_since == first
    settled.client.bodies["events"] = lambda: {"events_emitted": 0, "events_received": 0}
    settled.run(35)
    assert settled.source("events").idle_since == 0, "a reset is news"


def test_what_counts_nothing_is_never_idle(settled: World):
    settled.client.bodies["events"] = lambda: {"event_latency_ms": {"p95": 2}}
    settled.run(100)
    assert settled.source("events").idle_since == 0
