"""The past outlasts a restart, and a database that fails costs no more than that."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from ops_dashboard.domain.series.store import Store
from ops_dashboard.monitor import keeper as module
from ops_dashboard.monitor.keeper import Keeper
from ops_dashboard.settings import Settings

NOW = 1_800_000_000.0
BACKEND = "http://backend:80"


class Memory:
    """What a history holds, and how often something was adopted."""

    def __init__(self, *values: float) -> None:
        self.store = Store()
        self.adopted = 0
        for number, value in enumerate(values):
            self.store.add("p95", NOW - 60 + number, value)

    def dump(self) -> bytes:
        return self.store.dump()

    def adopt(self, store: Store) -> None:
        self.store, self.adopted = store, self.adopted + 1

    @property
    def values(self) -> list[float]:
        return [sample.value for sample in self.store.last("p95", 10)]


class Quiet:
    """Alerts that are of no interest here."""

    async def attach(self, database: object) -> None: ...

    async def detach(self, why: str) -> None: ...

    async def flush(self) -> None: ...


def keeper(memory: Memory, folder: Path, now: float = NOW, **changes: object) -> Keeper:
    settings = Settings(data_dir=folder)
    arguments = {
        "backend": BACKEND,
        "now": lambda: now,
        "dump": memory.dump,
        "adopt": memory.adopt,
        "alerts": Quiet(),
    }
    arguments |= changes
    return Keeper(settings, **arguments)  # type: ignore[arg-type]


@asynccontextmanager
async def running(kept: Keeper) -> AsyncIterator[None]:
    task = asyncio.create_task(kept.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


async def stopped_once(kept: Keeper) -> None:
    """Run until the database was opened and read, and end it."""
    async with running(kept):
        await until(lambda: kept._restored)


def made_up() -> Store:
    store = Store()
    store.add("p95", NOW - 60, 77.0)
    return store


async def test_what_was_known_at_the_end_is_known_after_the_start(tmp_path: Path) -> None:
    await stopped_once(keeper(Memory(1, 2, 3), tmp_path))
    after = Memory()
    await stopped_once(keeper(after, tmp_path))
    assert after.values == [1, 2, 3]


async def test_it_saves_every_minute_so_that_a_killed_process_loses_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SAVE_SECONDS", 0.01)
    memory, second = Memory(1), Memory()
    kept = keeper(memory, tmp_path)
    async with running(kept):
        await until(lambda: kept._restored)
        memory.store.add("p95", NOW, 2.0)

        async def saved() -> bool:
            await stopped_once(keeper(second, tmp_path))
            return second.values == [1, 2]

        async with asyncio.timeout(10):
            while not await saved():
                await asyncio.sleep(0.01)


async def test_each_backend_has_a_past_of_its_own(tmp_path: Path) -> None:
    await stopped_once(keeper(Memory(1), tmp_path, backend="http://one"))
    other = Memory()
    await stopped_once(keeper(other, tmp_path, backend="http://two"))
    assert other.adopted == 0


async def test_a_made_up_past_stands_in_where_nothing_was_saved(tmp_path: Path) -> None:
    memory = Memory()
    await stopped_once(keeper(memory, tmp_path, make_up=made_up, youngest=600.0))
    assert memory.values == [77]


@pytest.mark.parametrize(("pause", "expected"), [(599.0, [5]), (601.0, [77])])
async def test_what_is_too_old_is_made_up_anew(tmp_path: Path, pause: float, expected: list[float]) -> None:
    await stopped_once(keeper(Memory(5), tmp_path))
    memory = Memory()
    await stopped_once(keeper(memory, tmp_path, NOW + pause, make_up=made_up, youngest=600.0))
    assert memory.values == expected


async def test_a_damaged_save_is_told_and_replaced(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    await stopped_once(keeper(Memory(), tmp_path, dump=lambda: b"no series"))
    memory = Memory(9)
    await stopped_once(keeper(memory, tmp_path))
    assert "event=history-damaged" in caplog.text and memory.values == [9]
    again = Memory()
    await stopped_once(keeper(again, tmp_path))
    assert again.values == [9]


async def test_without_a_database_it_says_why_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "SAVE_SECONDS", 0.01)
    caplog.set_level("INFO")
    blocked = tmp_path / "data"
    blocked.write_text("a file, where the directory should be")
    memory = Memory(1)
    kept = keeper(memory, blocked)
    async with running(kept):
        await until(lambda: kept.problem)
        assert "OPS_DATA_DIR" in kept.problem and memory.values == [1]
        blocked.unlink()
        await until(lambda: not kept.problem)
    assert caplog.text.count("event=history-not-saved") == 1
    assert "event=history-saved-again" in caplog.text
