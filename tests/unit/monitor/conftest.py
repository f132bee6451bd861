from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import Database, open_database
from tests.unit.monitor.deployment import Time
from tests.unit.monitor.world import World


@pytest.fixture
def make_world() -> Iterator[Callable[..., World]]:
    """Makes collectors that have not been started, with a backend that answers everything with ``{}``."""
    made: list[World] = []

    def make(**how: Any) -> World:
        made.append(World(**how))
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


@pytest.fixture
def time() -> Time:
    """The time of all processes of a test."""
    return Time()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database in a file."""
    async with await open_database(Settings(data_dir=tmp_path, database_url=None)) as opened:
        yield opened
