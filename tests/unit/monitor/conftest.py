from collections.abc import Callable, Iterator

import pytest

from tests.unit.monitor.world import World


@pytest.fixture
def make_world() -> Iterator[Callable[..., World]]:
    """Makes collectors that have not been started, with a backend that answers everything with ``{}``."""
    made: list[World] = []

    def make(**cadence: float) -> World:
        made.append(World(**cadence))
        return made[-1]

    yield make
    for world in made:
        world.close()


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """One such collector, with the usual cadence."""
    return make_world()


@pytest.fixture
def settled(world: World) -> World:
    """The same after its first refresh."""
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    return world
