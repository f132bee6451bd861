"""The past outlasts a restart, and a database that fails costs no more than that."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from ops_dashboard.domain.series.store import Store
from ops_dashboard.monitor import keeper as module
from ops_dashboard.monitor import writer
from ops_dashboard.monitor.keeper import Keeper
from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import Database, open_database
from ops_dashboard.storage.errors import DiskFull, Unwritable
from ops_dashboard.storage.series_archive import Saved, SeriesArchive

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
    """A user that notes how it is dealt with."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.problem = ""

    async def attach(self, database: Database) -> None:
        self.log.append("attached")

    async def detach(self, why: str) -> None:
        self.log.append(f"detached: {why}")

    async def flush(self, within: float) -> None:
        self.log.append("flushed")


def keeper(memory: Memory, folder: Path, now: float = NOW, **changes: object) -> Keeper:
    settings = Settings(data_dir=folder)
    arguments = {
        "backend": BACKEND,
        "now": lambda: now,
        "dump": memory.dump,
        "adopt": memory.adopt,
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


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at once."""
    monkeypatch.setattr(writer, "FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(writer, "LONGEST_PAUSE_SECONDS", 0.001)


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
    monkeypatch.setattr(module, "CHECK_SECONDS", 0.01)
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
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
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
    assert caplog.text.count("event=database-unusable") == 1
    assert "event=database-usable-again" in caplog.text


FULL = "The disk is full."


async def fails(*_: object) -> None:
    raise DiskFull(FULL)


async def test_the_alerts_have_the_database_from_before_the_past_is_read_until_it_closes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alerts = Quiet()
    load, close = SeriesArchive.load, Database.close

    async def noted_load(self: SeriesArchive, backend: str) -> Saved | None:
        alerts.log.append("read")
        return await load(self, backend)

    async def noted_close(self: Database) -> None:
        alerts.log.append("closed")
        await close(self)

    monkeypatch.setattr(SeriesArchive, "load", noted_load)
    monkeypatch.setattr(Database, "close", noted_close)
    await stopped_once(keeper(Memory(1), tmp_path, users=[alerts]))
    assert alerts.log == ["attached", "read", "flushed", f"detached: {module.ENDING}", "closed"]


async def test_a_last_save_that_fails_does_not_hold_up_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    alerts = Quiet()
    kept = keeper(Memory(1), tmp_path, users=[alerts])
    task = asyncio.create_task(kept.run())
    await until(lambda: kept._restored)
    monkeypatch.setattr(SeriesArchive, "save", fails)
    task.cancel()
    done, _ = await asyncio.wait([task], timeout=10)
    assert done == {task}
    assert task.cancelled()
    assert f"event=history-not-saved reason='{FULL}'" in caplog.text
    assert "flushed" in alerts.log


async def test_a_last_save_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def hangs(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(module, "LAST_SAVE_SECONDS", 0.01)
    kept = keeper(Memory(1), tmp_path)
    async with running(kept):
        await until(lambda: kept._restored)
        monkeypatch.setattr(SeriesArchive, "save", hangs)
    assert "the last save took too long" in caplog.text


async def test_save_that_fails_is_repeated_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory, after, alerts = Memory(1), Memory(), Quiet()
    kept = keeper(memory, tmp_path, users=[alerts])
    with monkeypatch.context() as patched:
        patched.setattr(SeriesArchive, "save", fails)
        task = asyncio.create_task(kept.run())
        await until(lambda: kept.problem == FULL)
    await until(lambda: not kept.problem)
    assert alerts.log == ["attached"]
    task.cancel()
    await asyncio.wait([task])
    await stopped_once(keeper(after, tmp_path))
    assert after.values == [1]


@pytest.mark.parametrize("lost", ["ops.db", "ops.db-wal"])
async def test_deleted_file_is_noticed_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    monkeypatch.setattr(module, "CHECK_SECONDS", 0.01)
    memory, alerts = Memory(1, 2), Quiet()
    kept = keeper(memory, tmp_path, users=[alerts])
    async with running(kept):
        await until(lambda: kept._restored and not kept._series.busy)
        (tmp_path / lost).unlink()
        await until(lambda: len(alerts.log) > 2 and not kept._series.busy)
        assert "was deleted or replaced" in alerts.log[1]
        await until(lambda: alerts.log[-1] == "attached")
        await until(lambda: not kept.problem)
        found = Memory()
        await read_saved(tmp_path, found)
        assert found.values == [1, 2]


async def read_saved(folder: Path, memory: Memory) -> None:
    async with await open_database(Settings(data_dir=folder, database_url=None)) as database:
        saved = await SeriesArchive(database).load(BACKEND)
        assert saved is not None
        memory.store.load(saved.data)


async def test_unwritable_database_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await stopped_once(keeper(Memory(1, 2, 3), tmp_path))

    async def refused(_: Settings) -> Database:
        raise Unwritable("It cannot be written.")

    monkeypatch.setattr(module, "open_database", refused)
    memory, alerts = Memory(), Quiet()
    kept = keeper(memory, tmp_path, users=[alerts])
    async with running(kept):
        await until(lambda: len(alerts.log) > 2)
    assert alerts.log[:2] == ["attached", "detached: It cannot be written."]
    assert alerts.log.count("attached") == 1
    assert memory.values == [1, 2, 3]


async def test_unforeseen_error_leads_to_a_life_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def odd(_: Settings) -> Database:
        raise ZeroDivisionError

    monkeypatch.setattr(module, "open_database", odd)
    alerts = Quiet()
    kept = keeper(Memory(), tmp_path, users=[alerts])
    async with running(kept):
        await until(lambda: alerts.log)
    assert alerts.log[0] == "detached: An error in this dashboard, see its log: ZeroDivisionError."
    assert kept.recalled.is_set()
    assert "event=unforeseen what=keeper" in caplog.text


async def test_a_past_that_could_not_be_read_is_not_replaced_by_the_little_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stopped_once(keeper(Memory(1, 2, 3), tmp_path))
    with monkeypatch.context() as patched:
        patched.setattr(SeriesArchive, "load", fails)
        kept = keeper(Memory(9), tmp_path)
        async with running(kept):
            await until(lambda: kept.problem)
    after = Memory()
    await stopped_once(keeper(after, tmp_path))
    assert after.values == [1, 2, 3]


async def test_a_database_that_cannot_be_opened_is_told_to_the_alerts(tmp_path: Path) -> None:
    blocked, alerts = tmp_path / "data", Quiet()
    blocked.write_text("a file, where the directory should be")
    kept = keeper(Memory(), blocked, users=[alerts])
    async with running(kept):
        await until(lambda: alerts.log)
    assert alerts.log[0] == f"detached: {kept.problem}"
