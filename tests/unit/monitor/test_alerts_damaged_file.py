"""Bytes of the database's file are changed: each alert is shown all the same, and each loss is said."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.domain.series.store import Store
from ops_dashboard.monitor.keeper import Keeper
from ops_dashboard.settings import Settings
from ops_dashboard.storage.audit import AuditStore
from ops_dashboard.storage.database import open_database
from tests.unit.monitor.deployment import BACKEND, CRITICAL, FINE, WARNING, Process, Time, process, until

NOTE = "on it, see the runbook"
COPIES = 20
MOST_COPIES = 200


def settings(folder: Path) -> Settings:
    return Settings(data_dir=folder, database_url=None)


async def real_file(folder: Path) -> bytes:
    """A file in which an alert is acknowledged, others ended, a rule is changed, and actions are noted."""
    time = Time()
    async with await open_database(settings(folder)) as database:
        async with process(time, database) as one:
            for _ in range(5):
                await one.sees(CRITICAL, *[FINE] * 2, after=40)
            await one.sees(WARNING)
            await one.act("acknowledge", note=NOTE)
            assert await one.alerts.set_preferences("error_rate", {"warning": 6.0}, "ana") == {}
            await one.alerts.flush(5)
        entries = [
            AuditEntry(float(n), "ana", "clear_cache", f"cache {n}", "done", "Done.") for n in range(60)
        ]
        await AuditStore(database).add(BACKEND, entries)
    return (folder / "ops.db").read_bytes()


def damaged(content: bytes, seed: int) -> bytes:
    """A copy with changed bytes: 64 anywhere, a few where there was something, or one of the saved state."""
    chance, copy = random.Random(seed), bytearray(content)
    state = content.index(b'"note":"' + NOTE.encode())
    places = (
        range(len(copy)),
        [place for place, byte in enumerate(copy) if byte],
        range(state - 60, state + 60),
    )[seed % 3]
    for _ in range((64, 4, 1)[seed % 3]):
        copy[chance.choice(places)] ^= chance.randrange(1, 256)
    return bytes(copy)


@asynccontextmanager
async def kept(one: Process, folder: Path) -> AsyncIterator[Keeper]:
    """A process at work on the database in a folder."""
    keeper = Keeper(
        settings(folder), BACKEND, one.time, lambda: Store().dump(), lambda store: None, users=[one.alerts]
    )
    task = asyncio.create_task(keeper.run())
    try:
        yield keeper
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def look_at(copies: Iterable[tuple[int, bytes]], folder: Path) -> list[str]:
    """What is wrong with the copies: an alert that is not shown, or a loss that is not said."""
    wrong: list[str] = []
    for seed, content in copies:
        place = folder / f"copy {seed}"
        place.mkdir()
        (place / "ops.db").write_bytes(content)
        async with process(Time()) as one, kept(one, place) as keeper:
            await until(keeper.recalled.is_set)
            one.feed(7.5, after=3_600)
            await until(lambda one=one: one.alerts.judged == 1 and not one.alerts.busy)
            row = one.rows.get("error_rate|")
            if row is None:
                wrong.append(f"{seed}: the alert is not shown")
                continue
            rule = next(rule for rule in one.alerts.rules() if rule.id == "error_rate")
            level = rule.level(Severity.WARNING)
            found = (row.handled, row.handled_by, row.note, level.at if level else None)
            intact = found == ("acknowledged", "ana", NOTE, 6.0)
            if not intact and not one.view.unsaved and not one.view.damaged:
                wrong.append(f"{seed}: {found}, and nothing is said")
    return wrong


async def test_changed_bytes_hide_no_alert_and_no_loss(tmp_path: Path) -> None:
    content = await real_file(tmp_path)
    copies = ((seed, damaged(content, seed)) for seed in range(COPIES))
    assert await look_at(copies, tmp_path) == []


@pytest.mark.thorough
async def test_changed_bytes_of_many_copies_hide_nothing(tmp_path: Path) -> None:
    content = await real_file(tmp_path)
    copies = ((seed, damaged(content, seed)) for seed in range(COPIES, MOST_COPIES))
    assert await look_at(copies, tmp_path) == []
