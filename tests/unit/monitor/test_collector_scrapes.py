from ops_dashboard.backend.errors import BadStatus
from tests.unit.monitor.world import World


def exposition(count: int) -> str:
    name = "http_request_duration_seconds"
    return (
        "process_start_time_seconds 1700000000\n"
        f'{name}_bucket{{handler="/a",le="0.1"}} {count}\n'
        f'{name}_bucket{{handler="/a",le="+Inf"}} {count}\n'
    )


def counting(world: World, per_second: float) -> None:
    world.client.bodies["prometheus"] = lambda: exposition(int(1_000 + per_second * world.now))


def test_requests_are_counted_from_reading_to_reading(world: World):
    counting(world, 5)
    world.start()
    world.run(10)
    assert world.snapshot.scrapes.request_rate is None, "one reading tells nothing"
    world.run(60)
    scrapes = world.snapshot.scrapes
    assert scrapes.request_rate is not None and 4.8 < scrapes.request_rate < 5.2
    assert scrapes.p50 is not None and 49 < scrapes.p50 < 51


def test_a_text_that_cannot_be_read_costs_no_more_than_its_reading(world: World):
    counting(world, 5)
    world.start()
    world.run(65)
    world.client.bodies["prometheus"] = "<html>502 Bad Gateway</html>"
    world.run(31)
    assert world.source("prometheus").failures > 0
    assert world.snapshot.scrapes.request_rate is not None
    counting(world, 5)
    world.run(65)
    scrapes = world.snapshot.scrapes
    assert scrapes.request_rate is not None and 4.8 < scrapes.request_rate < 5.2


def test_once_metrics_are_gone_for_long_nothing_is_told_of_them(world: World):
    counting(world, 5)
    world.start()
    world.run(65)
    world.client.bodies["prometheus"] = lambda: BadStatus("failed", status=500)
    world.run(360)
    assert world.snapshot.scrapes.requests == 0 and world.snapshot.scrapes.p50 is None
