from collections.abc import Iterator

import pytest

from tests.unit.monitor.world import World


@pytest.fixture
def world() -> Iterator[World]:
    """A collector that has not been started, with a backend that answers everything with ``{}``."""
    made = World()
    yield made
    made.close()


@pytest.fixture
def settled(world: World) -> World:
    """The same after its first refresh."""
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    return world
